package api

import (
	"cmp"
	"fmt"
	"strconv"

	"kawasan/geo"
	"kawasan/geo/crs"
	"kawasan/geo/tile"
)

// tilePage is what people see of tilesets, grids and styles: what to do with them, and a table.
type tilePage struct {
	Title, Called, Lead string
	OnTheMap            string // address of the map with them, "" for none
	Snippets            []snippet
	Table               pageTable
}

func (p tilePage) here() string { return p.Called }

// tilesOf says what tiles are of.
func (x *exchange) tilesOf() string {
	if c := x.collection; c != nil {
		return cmp.Or(c.Title.In(x.lang), c.ID)
	}
	return x.say("all collections")
}

// tileSnippets are the addresses by which maps take the tiles at hand.
func (x *exchange) tileSnippets() []snippet {
	quad, style, xyz, page := tile.WebMercatorQuad(), x.base+"/styles/light", x.base, ""
	if c := x.collection; c != nil {
		style, xyz, page = style+"?collections="+escapeSegment(c.ID), x.collectionURL(c.ID), c.ID
	}
	return []snippet{
		{"TileJSON", withForm(x.tilesPath()+"/"+quad.ID, "", asTileJSON.name)},
		{x.say("for QGIS, OpenLayers"), xyz + "/xyz/{z}/{x}/{y}"},
		{asMapStyle.title.In(x.lang), style},
		{"MapLibre", x.mapLibrePage(page)},
	}
}

// tilesetsPage shows the tilesets of a collection, or of all together.
func (x *exchange) tilesetsPage() tilePage {
	p := tilePage{Called: x.say("vector tiles"), Lead: x.say("tiles lead"), OnTheMap: x.base + "/map?lang=" + x.lang, Snippets: x.tileSnippets()}
	p.Title = x.tilesOf() + ": " + p.Called
	if x.collection != nil {
		p.OnTheMap += "#l=" + escapeSegment(x.collection.ID)
	}
	p.Table.Columns = []string{x.say("grid"), x.say("address"), x.say("reference system")}
	for _, set := range tile.MatrixSets() {
		p.Table.Rows = append(p.Table.Rows, []pageCell{
			{Text: set.Title.In(x.lang), Href: x.pagePath(x.path + "/" + set.ID), Heads: true},
			{Text: x.tileAddress(set, "{tileMatrix}/{tileRow}/{tileCol}"), Code: true},
			systemCell(set),
		})
	}
	return p
}

// tilesetPage shows which tiles there are at each zoom.
func (x *exchange) tilesetPage(set *tile.MatrixSet, collections []*geo.Collection) tilePage {
	d := tile.DescribeSet(set, collections, x.lang)
	p := tilePage{Title: x.tilesOf() + ": " + set.Title.In(x.lang), Called: set.ID, Lead: x.say("tileset lead")}
	if set.ID == tile.WebMercatorQuad().ID {
		p.Snippets = x.tileSnippets()
	}
	p.Snippets = append(p.Snippets, snippet{x.say("tile address"), x.tileAddress(set, "{tileMatrix}/{tileRow}/{tileCol}")})
	p.Table.Columns = []string{x.say("zoom"), x.say("tile rows"), x.say("tile columns")}
	for _, l := range d.Limits {
		p.Table.Rows = append(p.Table.Rows, []pageCell{
			{Text: l.TileMatrix, Heads: true},
			{Text: fmt.Sprintf("%d – %d", l.MinTileRow, l.MaxTileRow)},
			{Text: fmt.Sprintf("%d – %d", l.MinTileCol, l.MaxTileCol)},
		})
	}
	return p
}

// matrixSetsPage lists the grids.
func (x *exchange) matrixSetsPage() tilePage {
	p := tilePage{Title: x.say("Tile grids"), Lead: x.say("grids lead")}
	p.Table.Columns = []string{x.say("grid"), "id", x.say("reference system")}
	for _, set := range tile.MatrixSets() {
		p.Table.Rows = append(p.Table.Rows, []pageCell{{Text: set.Title.In(x.lang), Href: x.pagePath("/tileMatrixSets/" + set.ID), Heads: true}, {Text: set.ID}, systemCell(set)})
	}
	return p
}

// matrixSetPage lists the zoom levels of a grid.
func (x *exchange) matrixSetPage(set *tile.MatrixSet) tilePage {
	p := tilePage{Title: set.Title.In(x.lang), Called: set.ID, Lead: x.say("grid lead"), Snippets: []snippet{{x.say("definition"), set.URI}, {x.say("reference system"), set.CRS}}}
	p.Table.Columns = []string{x.say("zoom"), x.say("scale"), x.say("tiles across and down")}
	for z, m := range set.Document(x.lang).TileMatrices {
		p.Table.Rows = append(p.Table.Rows, []pageCell{
			{Text: strconv.Itoa(z), Heads: true},
			{Text: "1 : " + x.number(m.ScaleDenominator, 0)},
			{Text: x.number(float64(set.Columns(z)), 0) + " × " + x.number(float64(set.Rows(z)), 0)},
		})
	}
	return p
}

// systemCell names the reference system of a grid, such as EPSG:3857, and leads to its definition.
func systemCell(set *tile.MatrixSet) pageCell {
	cell := pageCell{Text: set.CRS, Href: set.CRS}
	if c, err := crs.Parse(set.CRS); err == nil {
		cell.Text = c.Code
	}
	return cell
}

// stylesPage lists the styles of the map.
func (x *exchange) stylesPage() tilePage {
	p := tilePage{Title: x.say("Map styles"), Lead: x.say("styles lead"), Snippets: []snippet{{"MapLibre", x.mapLibrePage("")}}}
	p.Table.Columns = []string{x.say("style"), x.say("address"), x.say("map application")}
	for _, theme := range tile.Themes() {
		name := string(theme)
		p.Table.Rows = append(p.Table.Rows, []pageCell{
			{Text: x.say("style " + name), Heads: true},
			{Text: x.base + "/styles/" + name, Href: x.base + "/styles/" + name},
			{Text: x.say("show on the map"), Href: x.base + "/map?lang=" + x.lang + "#style=" + name},
		})
	}
	return p
}
