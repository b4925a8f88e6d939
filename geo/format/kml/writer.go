package kml

import (
	"fmt"
	"io"

	"kawasan/geo"
	"kawasan/geo/format/export"
	"kawasan/geo/format/internal/archive"
	"kawasan/geo/format/style"
	"kawasan/geo/xmltext"
)

// Format describes plain files.
func Format() export.Format {
	return export.Format{
		Name: "kml", MediaType: "application/vnd.google-earth.kml+xml", Extension: ".kml",
		Title: geo.Text{EN: "KML"}, Use: geo.Text{EN: "for Google Earth, uncompressed", ID: "untuk Google Earth, tanpa kompresi"},
		Streaming: true, MultiLayer: true, WGS84Only: true,
		Size: export.Weights{File: 3070, Feature: 188, Value: 80, Text: 2.81, Digit: 1.29}.Size,
		New: func(out io.Writer, o export.Options) (export.Writer, error) {
			return &writer{format: Format(), out: out, options: o}, nil
		},
	}
}

// Zipped describes zipped files.
func Zipped() export.Format {
	return export.Format{
		Name: "kmz", MediaType: "application/vnd.google-earth.kmz", Extension: ".kmz",
		Title: geo.Text{EN: "KMZ"}, Use: geo.Text{EN: "for Google Earth", ID: "untuk Google Earth"},
		Streaming: true, MultiLayer: true, WGS84Only: true, Binary: true,
		Size: export.Weights{File: 410, Column: 74, Feature: 46, Text: 0.22, Digit: 0.42}.Size,
		New: func(out io.Writer, o export.Options) (export.Writer, error) {
			return &writer{format: Zipped(), out: out, options: o, zipped: true}, nil
		},
	}
}

// flushAt is how many bytes are collected before they are written.
const flushAt = 32 << 10

type writer struct {
	export.State
	format  export.Format
	out     io.Writer
	options export.Options
	zipped  bool
	zip     *archive.Writer
	layers  int
	layer   export.Layer
	columns []column
	id      string // what the id is called in the schema
	bytes   []byte
	wkb     []byte
}

// column is an attribute with the name that it has in the schema.
type column struct {
	export.Column
	name, title string
}

// Open begins the document of a layer.
func (w *writer) Open(l export.Layer) error {
	if err := w.State.Open(l, w.format); err != nil {
		return err
	}
	if err := w.open(l); err != nil {
		return w.Fail(fmt.Errorf("write KML: %w", err))
	}
	return nil
}

func (w *writer) open(l export.Layer) error {
	if w.layers++; w.layers == 1 {
		if w.zipped {
			w.zip = archive.NewWriter(w.out, l.Modified())
			out, err := w.zip.Create("doc.kml")
			if err != nil {
				return err
			}
			w.out = out
		}
		w.bytes = append(w.bytes, `<?xml version="1.0" encoding="UTF-8"?>`+"\n"+`<kml xmlns="http://www.opengis.net/kml/2.2"><Document>`+"\n"...)
	} else {
		w.bytes = append(w.bytes, "</Document>\n"...)
	}
	w.bytes = append(w.bytes, "<Document>"...)
	w.layer, w.columns = l, nil
	names, titles := export.NewNames(""), export.NewNames("")
	w.id = names.Take("id")
	titles.Reserve("id")
	for _, c := range l.Columns() {
		w.columns = append(w.columns, column{Column: c, name: names.Take(c.Name), title: titles.Take(title(c.Property, w.options.Lang))})
	}
	w.document()
	return w.flush(0)
}

// title names a property for people, with its unit.
func title(p geo.Property, lang string) string {
	t := p.Title.In(lang)
	if t == "" {
		t = p.Name
	}
	if p.Unit != "" {
		t += " (" + p.Unit + ")"
	}
	return t
}

// document writes what stands before the placemarks of a layer.
func (w *writer) document() {
	c := w.layer.Collection
	w.element("name", c.ID)
	w.bytes = append(w.bytes, "<description><![CDATA[<table>"...)
	for _, fact := range w.layer.Provenance(w.options) {
		w.tableRow(fact.Title.In(w.options.Lang), fact.Value)
	}
	w.bytes = append(w.bytes, "</table>]]></description>\n"...)
	s := style.Of(c.ID)
	// Opacity, blue, green, red.
	opaque := fmt.Sprintf("ff%02x%02x%02x", s.Colour.B, s.Colour.G, s.Colour.R)
	inside := fmt.Sprintf("%02x%s", int(s.Opacity*255+0.5), opaque[2:])
	w.bytes = fmt.Appendf(w.bytes, `<Style id="style%d"><IconStyle><color>%s</color></IconStyle><LineStyle><color>%s</color><width>%g</width></LineStyle><PolyStyle><color>%s</color></PolyStyle>`+
		`<BalloonStyle><text><![CDATA[<h3>$[name]</h3>$[description]]]></text></BalloonStyle></Style>`+"\n", w.layers, opaque, opaque, s.Width, inside)
	w.bytes = fmt.Appendf(w.bytes, `<Schema name="%s" id="schema%d">`, xmltext.Append(nil, c.ID), w.layers)
	w.simpleField(w.id, "id", "string")
	for _, c := range w.columns {
		w.simpleField(c.name, c.title, schemaType(c.Type))
	}
	w.bytes = append(w.bytes, "</Schema>\n"...)
}

func schemaType(t geo.PropertyType) string {
	switch t {
	case geo.Number:
		return "double"
	case geo.Boolean:
		return "bool"
	}
	return "string"
}

func (w *writer) simpleField(name, title, kind string) {
	w.bytes = fmt.Appendf(w.bytes, `<SimpleField name="%s" type="%s">`, xmltext.Append(nil, name), kind)
	w.element("displayName", title)
	w.bytes = append(w.bytes, "</SimpleField>"...)
}

func (w *writer) element(name, text string) {
	w.bytes = append(append(append(w.bytes, '<'), name...), '>')
	w.bytes = append(append(xmltext.Append(w.bytes, text), "</"...), name...)
	w.bytes = append(w.bytes, '>')
}

// Write adds a placemark.
func (w *writer) Write(f *geo.Feature) error {
	if err := w.State.Write(); err != nil {
		return err
	}
	if err := w.placemark(f); err != nil {
		return w.Fail(export.Locate(err, w.layer, f))
	}
	return w.Fail(w.flush(flushAt))
}

func (w *writer) placemark(f *geo.Feature) error {
	w.bytes = append(w.bytes, "<Placemark>"...)
	w.element("name", f.Name())
	w.bytes = append(w.bytes, "<description><![CDATA[<table>"...)
	for _, c := range w.columns {
		if text := export.Plain(c.Value(f)); text != "" {
			w.tableRow(c.title, text)
		}
	}
	w.bytes = fmt.Appendf(w.bytes, `</table>]]></description><styleUrl>#style%d</styleUrl><ExtendedData><SchemaData schemaUrl="#schema%d">`, w.layers, w.layers)
	w.simpleData(w.id, f.ID)
	for _, c := range w.columns {
		v := c.Value(f)
		if b, ok := v.(bool); ok { // GDAL reads no other form of it
			v = map[bool]string{true: "1", false: "0"}[b]
		}
		if text := export.Plain(v); text != "" || v == any("") {
			w.simpleData(c.name, text)
		}
	}
	w.bytes = append(w.bytes, "</SchemaData></ExtendedData>"...)
	if err := w.geometry(f); err != nil {
		return err
	}
	w.bytes = append(w.bytes, "</Placemark>\n"...)
	return nil
}

func (w *writer) simpleData(name, text string) {
	w.bytes = append(xmltext.Append(append(w.bytes, `<SimpleData name="`...), name), `">`...)
	w.bytes = append(xmltext.Append(w.bytes, text), "</SimpleData>"...)
}

// tableRow writes HTML within CDATA: with > escaped, nothing can end that.
func (w *writer) tableRow(title, text string) {
	w.bytes = append(xmltext.Append(append(w.bytes, "<tr><td>"...), title), "</td><td>"...)
	w.bytes = append(xmltext.Append(w.bytes, text), "</td></tr>"...)
}

// flush writes what has been collected if it is more than limit.
func (w *writer) flush(limit int) error {
	if len(w.bytes) <= limit {
		return nil
	}
	_, err := w.out.Write(w.bytes)
	w.bytes = w.bytes[:0]
	return err
}

// Close ends the documents.
func (w *writer) Close() error {
	if done, err := w.State.Close(); done {
		return err
	}
	w.bytes = append(w.bytes, "</Document></Document></kml>\n"...)
	if err := w.flush(0); err != nil || !w.zipped {
		return w.Fail(err)
	}
	return w.Fail(w.zip.Close())
}
