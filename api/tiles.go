package api

import (
	"slices"
	"strconv"
	"strings"

	"kawasan/geo"
	"kawasan/geo/tile"
)

var (
	asMVT      = &representation{"mvt", "application/vnd.mapbox-vector-tile", "Mapbox Vector Tile", false}
	asTileJSON = &representation{"tilejson", "application/json", "TileJSON", false}
	asMapStyle = &representation{"mbs", "application/vnd.mapbox.style+json", "MapLibre style", false}
)

const (
	relTilesets       = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector"
	relTilingScheme   = "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme"
	relTileMatrixSets = "http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes"
)

// droppedHeader gives the number of features that found no room in a tile.
const droppedHeader = "Kawasan-Features-Dropped"

// tileEndpoints are the resources of OGC API Tiles, and the styles.
func (s *Server) tileEndpoints() []*endpoint {
	plain, sets, tiles := []*representation{asJSON}, []*representation{asJSON, asTileJSON}, []*representation{asMVT}
	common := commonParameters(plain)
	choose := &parameter{
		name: "collections", description: "The collections to show, separated by commas; all without it",
		schema: object{"type": "array", "items": text()}, list: true,
	}
	with := func(forms []*representation, more ...*parameter) []*parameter {
		return append(commonParameters(forms), more...)
	}
	properties := &parameter{name: "properties", description: "The attributes wanted, separated by commas; all without it", schema: object{"type": "array", "items": text()}, list: true}
	datetime := &parameter{name: "datetime", description: "When the features were valid: " + datetimeForm, schema: text()}
	const one = "/collections/:collection/tiles"
	const address = "/:tileMatrixSetId/:tileMatrix/:tileRow/:tileCol"
	return []*endpoint{
		{id: "getTileMatrixSets", path: "/tileMatrixSets", tag: "tiles", summary: "The grids that tiles follow", parameters: common, formats: plain, answers: "object", needsData: true, handle: s.matrixSets},
		{id: "getTileMatrixSet", path: "/tileMatrixSets/:tileMatrixSetId", tag: "tiles", summary: "One grid", parameters: common, formats: plain, answers: "object", needsData: true, handle: s.matrixSet},
		{id: "vector.getTileSetsList", path: one, tag: "tiles", summary: "Its tilesets", parameters: common, formats: plain, answers: "object", needsData: true, handle: s.tilesets},
		{id: "vector.getTileSet", path: one + "/:tileMatrixSetId", tag: "tiles", summary: "One tileset", parameters: commonParameters(sets), formats: sets, answers: "object", needsData: true, handle: s.tileset},
		{id: "vector.getTile", path: one + address, tag: "tiles", summary: "A vector tile", parameters: with(tiles, properties, datetime), formats: tiles, answers: "object", takesProperties: true, needsData: true, handle: s.tile},
		{id: "dataset.vector.getTileSetsList", path: "/tiles", tag: "tiles", summary: "The tilesets of all collections together", parameters: with(plain, choose), formats: plain, answers: "object", needsData: true, handle: s.tilesets},
		{id: "dataset.vector.getTileSet", path: "/tiles/:tileMatrixSetId", tag: "tiles", summary: "One tileset of all collections together", parameters: with(sets, choose), formats: sets, answers: "object", needsData: true, handle: s.tileset},
		{id: "dataset.vector.getTile", path: "/tiles" + address, tag: "tiles", summary: "A vector tile of all collections together", parameters: with(tiles, choose, datetime), formats: tiles, answers: "object", needsData: true, handle: s.tile},
		{id: "getMapStyles", path: "/styles", tag: "tiles", summary: "The styles of the map", parameters: common, formats: plain, answers: "object", needsData: true, handle: s.mapStyles},
		{id: "getMapStyle", path: "/styles/:styleId", tag: "tiles", summary: "A style for MapLibre", parameters: with([]*representation{asMapStyle}, choose), formats: []*representation{asMapStyle}, answers: "object", needsData: true, handle: s.mapStyle},
	}
}

// tiled gives the collections that a request for tiles is about: the one in the
// path, those that the parameter names, or all that have a geometry.
func (x *exchange) tiled() ([]*geo.Collection, error) {
	if x.collection != nil {
		if !x.collection.HasGeometry() {
			return nil, geo.Errorf(geo.NotFound, "collection %q has no geometry and so no tiles", x.collection.ID)
		}
		return []*geo.Collection{x.collection}, nil
	}
	names, given := x.values.get("collections")
	if !given {
		all := slices.Clone(x.catalogue.Collections)
		return slices.DeleteFunc(all, func(c *geo.Collection) bool { return !c.HasGeometry() }), nil
	}
	var chosen []*geo.Collection
	for name := range strings.SplitSeq(names, ",") {
		c, err := x.catalogue.Collection(name)
		if err != nil {
			return nil, geo.Invalidf("collections", "there is no collection %q", clip(name)).Try("collections that /collections lists, separated by commas")
		}
		if c.HasGeometry() && !slices.Contains(chosen, c) {
			chosen = append(chosen, c)
		}
	}
	return chosen, nil
}

// tile answers with a vector tile.
func (s *Server) tile(x *exchange) error {
	address, err := tile.ParseAddress(x.Params("tileMatrixSetId"), x.Params("tileMatrix"), x.Params("tileRow"), x.Params("tileCol"))
	if err != nil {
		return err
	}
	collections, err := x.tiled()
	if err != nil {
		return err
	}
	if err := address.Set.LimitsAt(tile.ExtentOf(collections), address.Zoom).Check(address); err != nil {
		return err
	}
	if len(collections) == 0 {
		return x.sendTile(&tile.Tile{}, collections)
	}
	r, err := x.tileRequest(address, collections)
	if err != nil {
		return err
	}
	made, err := s.tiles.Make(x.ctx, r)
	if err != nil {
		return err
	}
	return x.sendTile(made, collections)
}

// tileRequest reads the parameters that choose what a tile shows.
func (x *exchange) tileRequest(address tile.Address, collections []*geo.Collection) (tile.Request, error) {
	r := tile.Request{Address: address, Principal: x.principal}
	for _, c := range collections {
		r.Collections = append(r.Collections, c.ID)
	}
	var items itemsRequest
	if err := x.parseTime(&items); err != nil {
		return r, err
	}
	if x.collection != nil {
		if err := x.parseFilters(&items); err != nil {
			return r, err
		}
	}
	if names, given := x.values.get("properties"); given {
		r.Properties = []string{}
		for name := range strings.SplitSeq(names, ",") {
			if name != "" {
				r.Properties = append(r.Properties, name)
			}
		}
	}
	r.Time, r.Filter = items.query.Time, items.query.Filter
	return r, nil
}

// sendTile answers with the tile, labelled by the versions that it shows.
func (x *exchange) sendTile(made *tile.Tile, collections []*geo.Collection) error {
	state := x.stateOf(collections...)
	state.versions = append(state.versions[:1], made.Versions...)
	if x.begin(state) {
		return nil
	}
	if made.Dropped > 0 {
		x.Set(droppedHeader, strconv.Itoa(made.Dropped))
	}
	return x.send(made.Data)
}
