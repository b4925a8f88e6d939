package api

import (
	"slices"
	"strings"

	"kawasan/geo"
	"kawasan/geo/tile"
)

// templateLink is a link whose address may have variables in braces.
type templateLink struct {
	link
	Templated bool `json:"templated,omitempty"`
}

type tilesetDocument struct {
	tile.Tileset
	Links []templateLink `json:"links"`
}

// matrixSets answers /tileMatrixSets.
func (s *Server) matrixSets(x *exchange) error {
	if x.format == asHTML {
		return x.sendDocument(x.stateOf(), "tiles", x.matrixSetsPage())
	}
	sets := []any{}
	for _, set := range tile.MatrixSets() {
		sets = append(sets, object{
			"id": set.ID, "title": set.Title.In(x.lang), "uri": set.URI, "crs": set.CRS,
			"links": []link{{Href: x.base + "/tileMatrixSets/" + set.ID, Rel: "self", Type: asJSON.mediaType, Title: set.Title.In(x.lang)}},
		})
	}
	return x.sendDocument(x.stateOf(), "", object{"tileMatrixSets": sets, "links": x.selfLinks()})
}

// matrixSet answers /tileMatrixSets/{id} with the OGC definition.
func (s *Server) matrixSet(x *exchange) error {
	set, err := tile.MatrixSetByID(x.Params("tileMatrixSetId"))
	if err != nil {
		return err
	}
	if x.format == asHTML {
		return x.sendDocument(x.stateOf(), "tiles", x.matrixSetPage(set))
	}
	return x.sendDocument(x.stateOf(), "", set.Document(x.lang))
}

// tilesets answers with the list of tilesets, one for each grid.
func (s *Server) tilesets(x *exchange) error {
	collections, err := x.tiled()
	if err != nil {
		return err
	}
	if x.format == asHTML {
		return x.sendDocument(x.stateOf(collections...), "tiles", x.tilesetsPage())
	}
	list := []tilesetDocument{}
	for _, set := range tile.MatrixSets() {
		list = append(list, x.describeTileset(set, collections))
	}
	return x.sendDocument(x.stateOf(collections...), "", object{"tilesets": list, "links": x.selfLinks()})
}

// tileset answers with one tileset's metadata, or with its TileJSON.
func (s *Server) tileset(x *exchange) error {
	set, err := tile.MatrixSetByID(x.Params("tileMatrixSetId"))
	if err != nil {
		return err
	}
	collections, err := x.tiled()
	if err != nil {
		return err
	}
	r, err := x.tileRequest(tile.Address{Set: set}, collections)
	if err != nil {
		return err
	}
	if x.format == asTileJSON {
		if set.ID != tile.WebMercatorQuad().ID {
			return geo.Invalidf("f", "TileJSON knows no grid but Web Mercator's").Try("the tileset WebMercatorQuad")
		}
		d := tile.Describe(collections, x.lang, x.versionedTiles(set, collections))
		if err := d.Keep(collections, r.Properties); err != nil {
			return err
		}
		if x.labelled() {
			d.AddLabels(collections, x.lang)
		}
		if x.uncertain() {
			extent, err := x.tiledExtent(collections)
			if err != nil {
				return err
			}
			d.AddUncertainty(collections, x.lang, extent)
		}
		return x.sendDocument(x.stateOf(collections...), "", d)
	}
	if x.format == asHTML {
		return x.sendDocument(x.stateOf(collections...), "tiles", x.tilesetPage(set, collections))
	}
	return x.sendDocument(x.stateOf(collections...), "", x.describeTileset(set, collections))
}

// tilesPath is where the tiles of this request's collections are.
func (x *exchange) tilesPath() string {
	if x.collection != nil {
		return x.collectionURL(x.collection.ID) + "/tiles"
	}
	return x.base + "/tiles"
}

// chosen repeats in the query of a link what the query chooses to show
// (collections, filters, properties ...); what follows it begins with &.
func (x *exchange) chosen() string {
	common := commonParameters(nil)
	choice := slices.DeleteFunc(slices.Clone(x.values), func(v value) bool { return declared(common, v.name) != nil })
	if len(choice) == 0 {
		return ""
	}
	return "?" + choice.encode()
}

// tileAddress gives a template of a tile's address.
func (x *exchange) tileAddress(set *tile.MatrixSet, variables string) string {
	return x.tilesPath() + "/" + set.ID + "/" + variables + x.chosen()
}

// versionedTiles is the template of TileJSON: it names the version of the data, so
// that whoever fetches tiles by it may keep them.
func (x *exchange) versionedTiles(set *tile.MatrixSet, collections []*geo.Collection) string {
	address := x.tileAddress(set, "{z}/{y}/{x}")
	version := x.versionOf(versionsOf(collections))
	switch {
	case version == "" || len(collections) == 0:
		return address
	case strings.Contains(address, "?"):
		return address + "&" + versionParameter + "=" + version
	}
	return address + "?" + versionParameter + "=" + version
}

// withForm adds f to an address.
func withForm(address, query, f string) string {
	if query == "" {
		return address + "?f=" + f
	}
	return address + query + "&f=" + f
}

func (x *exchange) describeTileset(set *tile.MatrixSet, collections []*geo.Collection) tilesetDocument {
	d := tilesetDocument{Tileset: tile.DescribeSet(set, collections, x.lang)}
	here := x.tilesPath() + "/" + set.ID
	d.Links = []templateLink{
		{link: link{Href: here + x.chosen(), Rel: "self", Type: asJSON.mediaType, Title: d.Title}},
		{link: link{Href: x.tileAddress(set, "{tileMatrix}/{tileRow}/{tileCol}"), Rel: "item", Type: asMVT.mediaType, Title: asMVT.title.In(x.lang)}, Templated: true},
		{link: link{Href: x.base + "/tileMatrixSets/" + set.ID, Rel: relTilingScheme, Type: asJSON.mediaType, Title: set.Title.In(x.lang)}},
	}
	if set.ID == tile.WebMercatorQuad().ID {
		d.Links = append(d.Links, templateLink{link: link{Href: withForm(here, x.chosen(), asTileJSON.name), Rel: "describedby", Type: asTileJSON.mediaType, Title: asTileJSON.title.In(x.lang)}})
	}
	return d
}

// mapStyles answers /styles.
func (s *Server) mapStyles(x *exchange) error {
	if x.format == asHTML {
		return x.sendDocument(x.stateOf(), "tiles", x.stylesPage())
	}
	styles := []any{}
	for _, theme := range tile.Themes() {
		name := string(theme)
		styles = append(styles, object{
			"id": name, "title": "Kawasan " + name,
			"links": []link{{Href: x.base + "/styles/" + name, Rel: "stylesheet", Type: asMapStyle.mediaType, Title: asMapStyle.title.In(x.lang)}},
		})
	}
	return x.sendDocument(x.stateOf(), "", object{"default": string(tile.Themes()[0]), "styles": styles, "links": x.selfLinks()})
}

// mapStyle answers /styles/{id}.
func (s *Server) mapStyle(x *exchange) error {
	theme := tile.Theme(x.Params("styleId"))
	collections, err := x.tiled()
	if err != nil {
		return err
	}
	source := withForm(x.base+"/tiles/"+tile.WebMercatorQuad().ID, x.chosen(), asTileJSON.name) + "&" + uncertaintyParameter + "=true&" + labelsParameter + "=true"
	style := tile.StyleOf(collections, theme, x.lang, source)
	if _, chosen := x.values.get("collections"); !chosen {
		style.HideAtFirst(collections)
	}
	return x.sendDocument(x.stateOf(collections...), "", style)
}
