package style

import (
	"fmt"
	"strings"

	"kawasan/geo"
	"kawasan/geo/format/export"
	"kawasan/geo/xmltext"
)

// Form is the kind of geometry that a symbol is for.
type Form string

// The forms, as QGIS calls their symbols.
const (
	Marker Form = "marker"
	Line   Form = "line"
	Fill   Form = "fill"
)

// FormOf gives the form of a type of geometry; "" for mixed ones and none.
func FormOf(geometryType string) Form {
	switch strings.TrimPrefix(geometryType, "Multi") {
	case "Point":
		return Marker
	case "LineString":
		return Line
	case "Polygon":
		return Fill
	}
	return ""
}

// qgisVersion is the version whose form the XML has; later ones read it.
const qgisVersion = "3.22.0"

// QML gives the style of a layer as a document of QGIS, with the element that titles its
// columns; of a layer without geometry, or with mixed ones, that element alone.
func QML(l export.Layer, lang, aliases string) string {
	categories, symbols := "Fields", ""
	if form := FormOf(l.Collection.GeometryType); form != "" {
		categories, symbols = "Symbology|Labeling|Fields", QGIS(l, form, lang)
	}
	return "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n" +
		fmt.Sprintf(`<qgis version="%s" styleCategories="%s">`, qgisVersion, categories) + symbols + aliases + "</qgis>"
}

// QGIS gives the elements of a style: the renderer, by kind of boundary where the
// layer tells it, and names as labels.
func QGIS(l export.Layer, form Form, lang string) string {
	s := Of(l.Collection.ID)
	var b strings.Builder
	if known := Kinds(l); known != nil {
		fmt.Fprintf(&b, `<renderer-v2 type="categorizedSymbol" attr="%s" symbollevels="0" enableorderby="0" forceraster="0"><categories>`, KindProperty)
		for i, k := range known {
			fmt.Fprintf(&b, `<category value="%s" symbol="%d" label="%s" render="true"/>`, xmltext.Escape(k.Value), i, xmltext.Escape(k.Title.In(lang)))
		}
		b.WriteString("</categories><symbols>")
		for i, k := range known {
			b.WriteString(s.symbol(form, i, k))
		}
	} else {
		b.WriteString(`<renderer-v2 type="singleSymbol" symbollevels="0" enableorderby="0" forceraster="0"><symbols>` + s.symbol(form, 0, Kind{Firm: true}))
	}
	b.WriteString("</symbols></renderer-v2>")
	if p, ok := l.Collection.Property("name"); ok && p.Type == geo.String {
		b.WriteString(labels(form))
	}
	b.WriteString("<blendMode>0</blendMode><featureBlendMode>0</featureBlendMode><layerOpacity>1</layerOpacity>")
	return b.String()
}

// labels shows names where there is room, larger scales only.
func labels(form Form) string {
	placement := map[Form]string{Marker: "6", Line: "2", Fill: "1"}[form] // around, along, over the middle
	return `<labeling type="simple"><settings><text-style fieldName="name" isExpression="0" fontFamily="Sans Serif" fontSize="8" fontSizeUnit="Point" textColor="40,40,40,255" namedStyle="" multilineHeight="1">` +
		`<text-buffer bufferDraw="1" bufferSize="0.8" bufferSizeUnits="MM" bufferColor="255,255,255,255" bufferOpacity="0.8" bufferNoFill="1"/></text-style>` +
		fmt.Sprintf(`<placement placement="%s" placementFlags="10" centroidWhole="0" centroidInside="1" priority="5"/>`, placement) +
		`<rendering scaleVisibility="1" scaleMin="2000000" scaleMax="0" displayAll="0" obstacle="1"/></settings></labeling>`
}

// symbol gives one symbol of QGIS.
func (s Style) symbol(form Form, name int, k Kind) string {
	c := s.Colour
	opaque := fmt.Sprintf("%d,%d,%d,255", c.R, c.G, c.B)
	line := "solid"
	if !k.Firm {
		line = "dash"
	}
	switch form {
	case Marker:
		inside := opaque
		if k.Sketch {
			inside = "255,255,255,255"
		}
		return symbol(form, "SimpleMarker", name, "name", "circle", "color", inside, "outline_color", map[bool]string{false: "255,255,255,255", true: opaque}[k.Sketch],
			"outline_style", "solid", "outline_width", "0.4", "outline_width_unit", "MM", "size", "3", "size_unit", "MM")
	case Line:
		return symbol(form, "SimpleLine", name, "line_color", opaque, "line_style", line, "line_width", fmt.Sprint(s.Width), "line_width_unit", "Pixel")
	}
	inside := fmt.Sprintf("%d,%d,%d,%d", c.R, c.G, c.B, int(s.Opacity*255+0.5))
	return symbol(form, "SimpleFill", name, "color", inside, "style", "solid", "outline_color", opaque, "outline_style", line,
		"outline_width", fmt.Sprint(s.Width), "outline_width_unit", "Pixel")
}

// symbol writes a symbol with pairs of name and value.
func symbol(form Form, class string, name int, pairs ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<symbol type="%s" name="%d" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="%s" enabled="1" locked="0" pass="0"><Option type="Map">`, form, name, class)
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
