package qgis

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"kawasan/geo"
	"kawasan/geo/crs"
	"kawasan/geo/format/export"
	"kawasan/geo/format/gpkg"
	"kawasan/geo/format/style"
	"kawasan/geo/tile"
	"kawasan/geo/wording"
	"kawasan/geo/xmltext"
)

// entry is a layer as QGIS has it: of one form of geometry, or of none.
type entry struct {
	layer
	id, title, source string
	form              style.Form
}

// idPrefix begins the ids of layers: QGIS gives a layer whose id has 10 letters or less another, so
// that the tree does not find it.
const idPrefix = "kawasan_"

// entries gives the layers of the project, what is drawn on top first: points,
// lines, surfaces, tables, and among each what maps have on top. A layer of mixed geometries becomes one for each form.
func (w *writer) entries() []entry {
	var list []entry
	for _, form := range []style.Form{style.Marker, style.Line, style.Fill, ""} {
		for _, i := range w.topFirst() {
			l := w.layers[i]
			title := l.title(w.options.Lang)
			e := entry{layer: l, id: idPrefix + xmltext.Escape(l.table) + "_" + string(cmp.Or(form, "table")), title: title, form: form, source: "./" + dataFile + "|layername=" + l.table}
			own := style.FormOf(l.Collection.GeometryType)
			if !l.HasGeometry() {
				own = ""
			}
			switch {
			case own == form && (form != "" || !l.HasGeometry()):
			case own == "" && l.HasGeometry() && form != "":
				e.title += " (" + formTitle(form).In(w.options.Lang) + ")"
				e.source += "|geometrytype=" + formType(form)
			default:
				continue
			}
			list = append(list, e)
		}
	}
	return list
}

// title is what the layer is called.
func (l layer) title(lang string) string {
	return cmp.Or(l.Collection.Title.In(lang), l.Collection.ID)
}

// title is what the project is called: as its layer, if it has just one.
func (w *writer) title() string {
	if len(w.layers) == 1 {
		return w.layers[0].title(w.options.Lang)
	}
	return "Kawasan"
}

// topFirst gives the numbers of the layers in the order in which maps have them, the
// topmost first.
func (w *writer) topFirst() []int {
	numbers := make([]int, len(w.layers))
	for i := range numbers {
		numbers[i] = i
	}
	slices.SortStableFunc(numbers, func(a, b int) int {
		return tile.Rank(w.layers[b].Collection.ID) - tile.Rank(w.layers[a].Collection.ID)
	})
	return numbers
}

func formTitle(f style.Form) geo.Text {
	return map[style.Form]geo.Text{
		style.Marker: {EN: "points", ID: "titik"}, style.Line: {EN: "lines", ID: "garis"}, style.Fill: {EN: "areas", ID: "area"},
	}[f]
}

func formType(f style.Form) string {
	return map[style.Form]string{style.Marker: "Point", style.Line: "LineString", style.Fill: "Polygon"}[f]
}

// project gives the document.
func (w *writer) project() string {
	system := w.layers[0].EPSG()
	entries := w.entries()
	var b strings.Builder
	b.WriteString("<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n")
	b.WriteString(`<qgis version="3.22.0"><homePath path=""/><title>` + xmltext.Escape(w.title()) + "</title>")
	b.WriteString("<projectCrs>" + reference(system) + "</projectCrs><layer-tree-group><customproperties/>")
	for _, e := range entries {
		fmt.Fprintf(&b, `<layer-tree-layer id="%s" name="%s" source="%s" providerKey="ogr" checked="%s" expanded="%d"><customproperties/></layer-tree-layer>`,
			e.id, xmltext.Escape(e.title), xmltext.Escape(e.source), w.checked(e), expanded(e))
	}
	b.WriteString(`</layer-tree-group><mapcanvas name="theMapCanvas" annotationsVisible="1"><units>` + units(system) + "</units>" + extent(w.layers, system) +
		"<rotation>0</rotation><destinationsrs>" + reference(system) + "</destinationsrs></mapcanvas><projectlayers>")
	for _, e := range entries {
		b.WriteString(w.mapLayer(e))
	}
	b.WriteString("</projectlayers><layerorder>")
	for _, e := range entries {
		fmt.Fprintf(&b, `<layer id="%s"/>`, e.id)
	}
	b.WriteString(`</layerorder><properties><Paths><Absolute type="bool">false</Absolute></Paths><SpatialRefSys><ProjectionsEnabled type="int">1</ProjectionsEnabled></SpatialRefSys></properties>`)
	b.WriteString(`<projectMetadata><identifier></identifier><title>` + xmltext.Escape(w.title()) + `</title><abstract>` + xmltext.Escape(w.abstract()) + "</abstract></projectMetadata></qgis>\n")
	return b.String()
}

// checked says whether a layer is shown at first: as on maps, unless it is the only one.
func (w *writer) checked(e entry) string {
	if len(w.layers) > 1 && tile.IsHiddenAtFirst(e.Collection) {
		return "Qt::Unchecked"
	}
	return "Qt::Checked"
}

func expanded(e entry) int {
	if style.Kinds(e.Layer) != nil {
		return 1
	}
	return 0
}

func units(c *crs.CRS) string {
	if c.IsGeographic() {
		return "degrees"
	}
	return "meters"
}

// mapLayer writes a layer: where its data are, how it looks, what its columns are
// called, and whose it is.
func (w *writer) mapLayer(e entry) string {
	var b strings.Builder
	geometry := map[style.Form]string{style.Marker: "Point", style.Line: "Line", style.Fill: "Polygon", "": "No geometry"}[e.form]
	fmt.Fprintf(&b, `<maplayer type="vector" geometry="%s" readOnly="0" hasScaleBasedVisibilityFlag="0"><id>%s</id><datasource>%s</datasource><layername>%s</layername>`,
		geometry, e.id, xmltext.Escape(e.source), xmltext.Escape(e.title))
	b.WriteString("<srs>" + reference(e.EPSG()) + `</srs><provider encoding="UTF-8">ogr</provider>`)
	c := e.Collection
	b.WriteString("<resourceMetadata><identifier>" + xmltext.Escape(c.ID) + "</identifier><type>dataset</type><title>" + xmltext.Escape(e.title) + "</title><abstract>" +
		xmltext.Escape(c.Description.In(w.options.Lang)) + "</abstract>")
	if rights := wording.Attribution(c).In(w.options.Lang); rights != "" {
		b.WriteString("<rights>" + xmltext.Escape(rights) + "</rights>")
	}
	if licence := wording.Licence(c).In(w.options.Lang); licence != "" {
		b.WriteString("<license>" + xmltext.Escape(licence) + "</license>")
	}
	b.WriteString("<crs>" + reference(e.EPSG()) + "</crs>")
	for _, f := range e.Provenance(w.options) {
		b.WriteString("<history>" + xmltext.Escape(f.Title.In(w.options.Lang)+": "+f.Value) + "</history>")
	}
	b.WriteString("</resourceMetadata>")
	if e.form != "" {
		b.WriteString(style.QGIS(e.Layer, e.form, w.options.Lang))
	}
	b.WriteString(gpkg.Aliases(e.Layer, w.options.Lang) + "</maplayer>")
	return b.String()
}

// abstract says where all comes from.
func (w *writer) abstract() string {
	var lines []string
	for _, l := range w.layers {
		for _, f := range l.Provenance(w.options) {
			if f.Name == "query" || f.Name == "licence" || f.Name == "attribution" {
				lines = append(lines, l.Collection.ID+", "+f.Title.In(w.options.Lang)+": "+f.Value)
			}
		}
	}
	return strings.Join(lines, "\n")
}

// reference names a reference system.
func reference(c *crs.CRS) string {
	geographic := "false"
	if c.IsGeographic() {
		geographic = "true"
	}
	return fmt.Sprintf("<spatialrefsys><wkt>%s</wkt><srid>%d</srid><authid>%s</authid><description>%s</description><geographicflag>%s</geographicflag></spatialrefsys>",
		xmltext.Escape(c.WKT2), c.EPSG, c.Code, xmltext.Escape(c.Name), geographic)
}

// extent bounds the layers in the system of the map.
func extent(layers []layer, system *crs.CRS) string {
	var all orb.Bound
	found := false
	for _, l := range layers {
		b := l.Collection.Extent
		if !l.HasGeometry() || b.IsEmpty() {
			continue
		}
		if !found {
			all, found = b, true
		}
		all = all.Union(b)
	}
	if !found {
		return ""
	}
	west, south := system.Project(all.Min[0], all.Min[1])
	east, north := system.Project(all.Max[0], all.Max[1])
	if !(west <= east && south <= north) {
		return ""
	}
	return fmt.Sprintf("<extent><xmin>%g</xmin><ymin>%g</ymin><xmax>%g</xmax><ymax>%g</ymax></extent>", west, south, east, north)
}

var _ export.Writer = (*writer)(nil)
