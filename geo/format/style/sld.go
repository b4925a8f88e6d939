package style

import (
	"fmt"
	"strings"

	"kawasan/geo/format/export"
	"kawasan/geo/xmltext"
)

// SLD gives the style of a layer as OGC SLD 1.0; "" for a layer of mixed geometries.
func SLD(l export.Layer, lang string) string {
	form := FormOf(l.Collection.GeometryType)
	if form == "" {
		return ""
	}
	s := Of(l.Collection.ID)
	var rules strings.Builder
	known := Kinds(l)
	for _, k := range known {
		filter := "<ElseFilter/>"
		if k.Value != "" {
			filter = fmt.Sprintf(`<Filter xmlns="http://www.opengis.net/ogc"><PropertyIsEqualTo><PropertyName>%s</PropertyName><Literal>%s</Literal></PropertyIsEqualTo></Filter>`, KindProperty, k.Value)
		}
		fmt.Fprintf(&rules, "<Rule><Name>%s</Name>%s%s</Rule>", xmltext.Escape(k.Title.In(lang)), filter, s.symbolizer(form, k))
	}
	if known == nil {
		rules.WriteString("<Rule>" + s.symbolizer(form, Kind{Firm: true}) + "</Rule>")
	}
	return `<?xml version="1.0" encoding="UTF-8"?>` + "\n" +
		`<StyledLayerDescriptor xmlns="http://www.opengis.net/sld" version="1.0.0"><NamedLayer><Name>` + xmltext.Escape(l.Collection.ID) +
		"</Name><UserStyle><FeatureTypeStyle>" + rules.String() + "</FeatureTypeStyle></UserStyle></NamedLayer></StyledLayerDescriptor>"
}

func (s Style) symbolizer(form Form, k Kind) string {
	dash := ""
	if !k.Firm {
		dash = `<CssParameter name="stroke-dasharray">6 4</CssParameter>`
	}
	stroke := fmt.Sprintf(`<Stroke><CssParameter name="stroke">%s</CssParameter><CssParameter name="stroke-width">%g</CssParameter>%s</Stroke>`, s.Colour.Hex(), s.Width, dash)
	switch form {
	case Marker:
		inside := s.Colour.Hex()
		if k.Sketch {
			inside = "#ffffff"
		}
		return fmt.Sprintf(`<PointSymbolizer><Graphic><Mark><WellKnownName>circle</WellKnownName><Fill><CssParameter name="fill">%s</CssParameter></Fill>`+
			`<Stroke><CssParameter name="stroke">%s</CssParameter></Stroke></Mark><Size>10</Size></Graphic></PointSymbolizer>`, inside, s.Colour.Hex())
	case Line:
		return "<LineSymbolizer>" + stroke + "</LineSymbolizer>"
	}
	return fmt.Sprintf(`<PolygonSymbolizer><Fill><CssParameter name="fill">%s</CssParameter><CssParameter name="fill-opacity">%g</CssParameter></Fill>%s</PolygonSymbolizer>`,
		s.Colour.Hex(), s.Opacity, stroke)
}
