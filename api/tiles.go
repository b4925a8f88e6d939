package api

import (
	"slices"
	"strings"

	"kawasan/geo"
)

var (
	asMVT      = &representation{"mvt", "application/vnd.mapbox-vector-tile", geo.Text{EN: "Mapbox Vector Tile"}, false}
	asTileJSON = &representation{"tilejson", "application/json", geo.Text{EN: "TileJSON"}, false}
	asMapStyle = &representation{"mbs", "application/vnd.mapbox.style+json", geo.Text{EN: "MapLibre style", ID: "Gaya MapLibre"}, false}
)

const (
	relTilesets       = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector"
	relTilingScheme   = "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme"
	relTileMatrixSets = "http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes"
)

// tileEndpoints are the resources of OGC API Tiles, and the styles.
func (s *Server) tileEndpoints() []*endpoint {
	plain, sets, tiles := []*representation{asJSON, asHTML}, []*representation{asJSON, asTileJSON, asHTML}, []*representation{asMVT}
	common := commonParameters(plain)
	choose := &parameter{
		name: "collections", description: "The collections to show, separated by commas; all without it",
		schema: object{"type": "array", "items": text()}, list: true,
	}
	uncertainty := &parameter{
		name: uncertaintyParameter, description: "Whether tiles have, for each collection, a layer with the areas in which its boundaries may truly lie, to scale: its name followed by _uncertainty",
		schema: choice("true", "false"), emptyIsNone: true,
	}
	labels := &parameter{
		name: labelsParameter, description: "Whether tiles have, for each collection of areas or lines, a layer with the point at which the name of each stands, in the one tile that holds it: its name followed by _labels",
		schema: choice("true", "false"), emptyIsNone: true,
	}
	with := func(forms []*representation, more ...*parameter) []*parameter {
		return append(commonParameters(forms), more...)
	}
	showing := append([]*parameter{
		{name: "properties", description: "The attributes wanted, separated by commas; all without it", schema: object{"type": "array", "items": text()}, list: true},
		uncertainty, labels,
	}, choiceParameters()...)
	ofSet, ofSets := with(sets, showing...), with(sets, append(slices.Clone(showing), choose)...)
	showing = append(showing, &parameter{name: versionParameter, description: "The version of the data, as TileJSON has it in the address of tiles: as long as it is the present one, the answer may be kept for ever", schema: text()})
	ofOne := with(tiles, showing...)
	ofAll := with(tiles, append(showing, choose)...)
	const one = "/collections/:collection/tiles"
	const address = "/:tileMatrixSetId/:tileMatrix/:tileRow/:tileCol"
	const xyz = "/xyz/:z/:x/:y"
	return []*endpoint{
		{id: "getTileMatrixSets", path: "/tileMatrixSets", tag: "tiles", summary: geo.Words("The grids that tiles follow"), parameters: common, formats: plain, answers: "object", needsData: true, handle: s.matrixSets},
		{id: "getTileMatrixSet", path: "/tileMatrixSets/:tileMatrixSetId", tag: "tiles", summary: geo.Words("One grid"), parameters: common, formats: plain, answers: "object", needsData: true, handle: s.matrixSet},
		{id: "vector.getTileSetsList", path: one, tag: "tiles", summary: geo.Words("Its tilesets"), parameters: common, formats: plain, answers: "object", needsData: true, handle: s.tilesets},
		{id: "vector.getTileSet", path: one + "/:tileMatrixSetId", tag: "tiles", summary: geo.Words("One tileset"), parameters: ofSet, formats: sets, answers: "object", takesProperties: true, needsData: true, handle: s.tileset},
		{id: "vector.getTile", path: one + address, tag: "tiles", summary: geo.Words("A vector tile"), parameters: ofOne, formats: tiles, answers: "object", takesProperties: true, needsData: true, handle: s.tile},
		{id: "dataset.vector.getTileSetsList", path: "/tiles", tag: "tiles", summary: geo.Words("The tilesets of all collections together"), parameters: with(plain, choose), formats: plain, answers: "object", needsData: true, handle: s.tilesets},
		{id: "dataset.vector.getTileSet", path: "/tiles/:tileMatrixSetId", tag: "tiles", summary: geo.Words("One tileset of all collections together"), parameters: ofSets, formats: sets, answers: "object", takesFilters: true, needsData: true, handle: s.tileset},
		{id: "dataset.vector.getTile", path: "/tiles" + address, tag: "tiles", summary: geo.Words("A vector tile of all collections together"), parameters: ofAll, formats: tiles, answers: "object", takesFilters: true, needsData: true, handle: s.tile},
		{id: "getXYZ", path: "/collections/:collection" + xyz, tag: "tiles", summary: geo.Words("A vector tile, addressed as web maps do: column before row, .mvt or .pbf allowed behind"), parameters: ofOne, formats: tiles, answers: "object", takesProperties: true, needsData: true, handle: s.tileXYZ},
		{id: "dataset.getXYZ", path: xyz, tag: "tiles", summary: geo.Words("A vector tile of all collections together, column before row"), parameters: ofAll, formats: tiles, answers: "object", takesFilters: true, needsData: true, handle: s.tileXYZ},
		{id: "getMapStyles", path: "/styles", tag: "tiles", summary: geo.Words("The styles of the map"), parameters: common, formats: plain, answers: "object", needsData: true, handle: s.mapStyles},
		{id: "getMapStyle", path: "/styles/:styleId", tag: "tiles", summary: geo.Words("A style for MapLibre"), parameters: with([]*representation{asMapStyle}, choose), formats: []*representation{asMapStyle}, answers: "object", needsData: true, handle: s.mapStyle},
	}
}

// tiled gives the collections that a request for tiles is about: the one in the
// path, those that the parameter names, or all that have a geometry.
func (x *exchange) tiled() ([]*geo.Collection, error) {
	if x.collection != nil {
		if !x.collection.HasGeometry() {
			return nil, geo.Errorf(geo.NotFound, "collection %q has no geometry and so no tiles", x.collection.ID).Try("a collection with a geometry")
		}
		return []*geo.Collection{x.collection}, nil
	}
	if _, given := x.values.get("collections"); !given {
		all := slices.Clone(x.catalogue.Collections)
		return slices.DeleteFunc(all, func(c *geo.Collection) bool { return !c.HasGeometry() }), nil
	}
	return x.chosenCollections()
}

// chosenCollections are those that the parameter collections names, as far as they
// have a geometry, each once.
func (x *exchange) chosenCollections() ([]*geo.Collection, error) {
	var chosen []*geo.Collection
	for name := range strings.SplitSeq(x.values.text("collections"), ",") {
		c, err := x.catalogue.Collection(name)
		if err != nil {
			return nil, geo.Invalidf("collections", "there is no collection %q", geo.Clip(name)).Try("collections that /collections lists, separated by commas")
		}
		if c.HasGeometry() && !slices.Contains(chosen, c) {
			chosen = append(chosen, c)
		}
	}
	return chosen, nil
}
