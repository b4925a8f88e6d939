package gpkg

import (
	"fmt"
	"strings"

	"kawasan/geo/format/style"
)

// addStyle writes the style of the layer, as QGIS keeps it and as OGC SLD. Layers
// of mixed geometries have none: neither form has a symbol for them.
func (t *table) addStyle() error {
	kind := strings.TrimPrefix(t.layer.Collection.GeometryType, "Multi")
	qml, sld := symbols(kind, style.Of(t.layer.Collection.ID))
	if qml == "" {
		return nil
	}
	return t.w.exec(`insert into layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description, update_time)
		values ('', '', ?, 'geom', ?, ?, ?, 1, '', ?)`, t.name, t.name, fmt.Sprintf(qgis, qml), fmt.Sprintf(sldFile, sld), lastChange(t.layer))
}

const qgis = `<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22" styleCategories="Symbology"><renderer-v2 type="singleSymbol" symbollevels="0" enableorderby="0" forceraster="0"><symbols>%s</symbols></renderer-v2></qgis>`

const sldFile = `<?xml version="1.0" encoding="UTF-8"?>
<StyledLayerDescriptor xmlns="http://www.opengis.net/sld" version="1.0.0"><NamedLayer><Name>layer</Name><UserStyle><FeatureTypeStyle><Rule>%s</Rule></FeatureTypeStyle></UserStyle></NamedLayer></StyledLayerDescriptor>`

// symbols gives the symbol of a kind of geometry in both forms; "" for a kind without.
func symbols(kind string, s style.Style) (qml, sld string) {
	opaque := fmt.Sprintf("%d,%d,%d,255", s.Colour.R, s.Colour.G, s.Colour.B)
	inside := fmt.Sprintf("%d,%d,%d,%d", s.Colour.R, s.Colour.G, s.Colour.B, int(s.Opacity*255+0.5))
	stroke := fmt.Sprintf(`<Stroke><CssParameter name="stroke">%s</CssParameter><CssParameter name="stroke-width">%g</CssParameter></Stroke>`, s.Colour.Hex(), s.Width)
	switch kind {
	case "Point":
		return symbol("marker", "SimpleMarker", "name", "circle", "color", opaque, "outline_color", "255,255,255,255", "size", "3", "size_unit", "MM"),
			fmt.Sprintf(`<PointSymbolizer><Graphic><Mark><WellKnownName>circle</WellKnownName><Fill><CssParameter name="fill">%s</CssParameter></Fill></Mark><Size>10</Size></Graphic></PointSymbolizer>`, s.Colour.Hex())
	case "LineString":
		return symbol("line", "SimpleLine", "line_color", opaque, "line_width", fmt.Sprint(s.Width), "line_width_unit", "Pixel"),
			"<LineSymbolizer>" + stroke + "</LineSymbolizer>"
	case "Polygon":
		return symbol("fill", "SimpleFill", "color", inside, "style", "solid", "outline_color", opaque, "outline_width", fmt.Sprint(s.Width), "outline_width_unit", "Pixel"),
			fmt.Sprintf(`<PolygonSymbolizer><Fill><CssParameter name="fill">%s</CssParameter><CssParameter name="fill-opacity">%g</CssParameter></Fill>%s</PolygonSymbolizer>`, s.Colour.Hex(), s.Opacity, stroke)
	}
	return "", ""
}

// symbol writes one symbol of QGIS with pairs of name and value.
func symbol(kind, class string, pairs ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<symbol type="%s" name="0" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="%s" enabled="1" locked="0" pass="0"><Option type="Map">`, kind, class)
	for i := 0; i+1 < len(pairs); i += 2 {
		fmt.Fprintf(&b, `<Option name="%s" value="%s" type="QString"/>`, pairs[i], pairs[i+1])
	}
	b.WriteString("</Option>")
	for i := 0; i+1 < len(pairs); i += 2 { // versions before 3.22 read these
		fmt.Fprintf(&b, `<prop k="%s" v="%s"/>`, pairs[i], pairs[i+1])
	}
	b.WriteString("</layer></symbol>")
	return b.String()
}
