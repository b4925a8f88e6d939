package shp

import (
	"fmt"
	"io"
	"strings"
	"time"

	"kawasan/geo"
	"kawasan/geo/format/export"
	"kawasan/geo/format/internal/archive"
	"kawasan/geo/format/wkb"
)

// Format describes the files.
func Format() export.Format {
	return export.Format{
		Name: "shp", MediaType: "application/zip", Extension: ".zip",
		Title: geo.Text{EN: "Shapefile", ID: "Shapefile"}, Use: geo.Text{EN: "for older GIS programs; names of columns are cut", ID: "untuk program SIG lama; nama kolom dipendekkan"},
		MultiLayer: true, Binary: true, New: New,
		Size: export.Weights{File: 1390, Column: 50, Feature: 23, Text: 0.09, Digit: 0.665}.Size,
	}
}

// mostFields is how many columns a dBASE table can have.
const mostFields = 255

type writer struct {
	export.State
	out     io.Writer
	options export.Options
	names   *export.Names
	layers  []*layer
	shape   shape
	wkb     []byte
	cells   [][]byte
}

// layer is a layer with its shapefiles, one for each kind of geometry met.
type layer struct {
	export.Layer
	base    string
	columns []export.Column
	fields  []field
	single  bool // one kind only
	kind    kind // that kind
	files   []*shapefile
}

// New starts a zip.
func New(out io.Writer, o export.Options) (export.Writer, error) {
	return &writer{out: out, options: o, names: export.NewNames("layer")}, nil
}

// Open begins the shapefiles of a layer.
func (w *writer) Open(l export.Layer) error {
	if err := w.State.Open(l, Format()); err != nil {
		return err
	}
	if err := w.endLayer(); err != nil {
		return w.Fail(err)
	}
	next := &layer{Layer: l, base: w.names.Take(baseName(l.Collection.ID)), columns: l.Columns()}
	next.kind, next.single = kindOfCollection(l.Collection)
	if !l.HasGeometry() {
		next.kind, next.single = none, true
	}
	if len(next.columns)+1 > mostFields {
		return w.Fail(geo.Errorf(geo.Unsupported, "a shapefile holds at most %d attributes", mostFields-1).In("properties").Try("fewer properties"))
	}
	names := fieldNames{}
	id := field{name: names.take("id"), property: "id", kind: 'C'}
	if l.Collection.IntegerID {
		id.kind, id.whole = 'N', true
	}
	next.fields = append(next.fields, id)
	for _, c := range next.columns {
		next.fields = append(next.fields, field{name: names.take(c.Name), property: c.Name, kind: fieldKind(c.Type), whole: c.Type == geo.Integer})
	}
	w.cells = make([][]byte, len(next.fields))
	w.layers = append(w.layers, next)
	if next.single { // there is a file even without features
		w.file(next.kind)
	}
	return nil
}

// baseName keeps letters, digits, - and _.
func baseName(id string) string {
	name := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_' {
			return r
		}
		return '_'
	}, id)
	return clip(name, 64)
}

// file gives the shapefile for a kind of the layer opened last.
func (w *writer) file(k kind) *shapefile {
	l := w.layers[len(w.layers)-1]
	for _, f := range l.files {
		if f.kind == k {
			return f
		}
	}
	base := l.base
	if !l.single {
		base = w.names.Take(base + k.suffix())
	}
	f := newShapefile(w.options, base, k, l.Layer, l.fields)
	l.files = append(l.files, f)
	return f
}

// Write adds a record; several for a geometry collection.
func (w *writer) Write(f *geo.Feature) error {
	if err := w.State.Write(); err != nil {
		return err
	}
	l := w.layers[len(w.layers)-1]
	w.cells[0] = append(w.cells[0][:0], f.ID...)
	for i, c := range l.columns {
		w.cells[i+1] = appendValue(w.cells[i+1][:0], c.Value(f))
	}
	var err error
	if w.wkb, err = l.AppendWKB(w.wkb[:0], f); err != nil {
		return w.Fail(err)
	}
	if err := w.geometry(l); err != nil {
		return w.Fail(export.Locate(err, l.Layer, f))
	}
	return nil
}

func (w *writer) geometry(l *layer) error {
	w.shape.reset()
	if len(w.wkb) == 0 {
		return w.record(l.kind)
	}
	r := wkb.NewReader(w.wkb)
	h, err := r.Header()
	if err != nil {
		return err
	}
	written, err := w.records(l, &r, h)
	if err != nil || written {
		return err
	}
	w.shape.reset() // an empty collection
	return w.record(l.kind)
}

// records writes a record for each part of the geometry that is no collection,
// and reports whether there was any.
func (w *writer) records(l *layer, r *wkb.Reader, h wkb.Header) (bool, error) {
	k, simple := kindOf(h.Type)
	if !simple {
		n, err := r.Count(h, wkb.MemberSize)
		written := false
		for i := 0; i < n && err == nil; i++ {
			var m wkb.Header
			if m, err = r.Member(h); err == nil {
				var some bool
				some, err = w.records(l, r, m)
				written = written || some
			}
		}
		return written, err
	}
	if l.single && k != l.kind && !(k == point && l.kind == multipoint) {
		return false, geo.Errorf(geo.Internal, "a %s stands in a collection of %s", h.Type, l.Collection.GeometryType)
	}
	if l.single {
		k = l.kind
	}
	w.shape.reset()
	if err := w.shape.read(r, h); err != nil {
		return false, err
	}
	return true, w.record(k)
}

// record writes the gathered shape and the row.
func (w *writer) record(k kind) error {
	file := w.file(k)
	if err := file.add(&w.shape); err != nil {
		return err
	}
	return file.rows.add(w.cells)
}

func (w *writer) endLayer() error {
	if len(w.layers) == 0 {
		return nil
	}
	l := w.layers[len(w.layers)-1]
	if len(l.files) == 0 { // mixed, and empty
		w.file(none)
	}
	for _, f := range l.files {
		if err := f.end(); err != nil {
			return err
		}
	}
	return nil
}

// Close writes the zip.
func (w *writer) Close() error {
	defer w.release()
	if done, err := w.State.Close(); done {
		return err
	}
	if err := w.endLayer(); err != nil {
		return w.Fail(err)
	}
	if err := w.zip(); err != nil {
		return w.Fail(fmt.Errorf("write zip of shapefiles: %w", err))
	}
	return nil
}

func (w *writer) zip() error {
	var at time.Time
	for _, l := range w.layers {
		if l.Modified().After(at) {
			at = l.Modified()
		}
	}
	out := archive.NewWriter(w.out, at)
	if err := entry(out, "README.txt", w.readme()); err != nil {
		return err
	}
	for _, l := range w.layers {
		for _, f := range l.files {
			if f.kind != none {
				if err := entry(out, f.base+".prj", l.EPSG().ESRI); err != nil {
					return err
				}
			}
			if err := entry(out, f.base+".cpg", "UTF-8"); err != nil {
				return err
			}
			for _, p := range f.files() {
				file, err := out.Create(f.base + p.extension)
				if err != nil {
					return err
				}
				if err := p.write(file); err != nil {
					return err
				}
			}
		}
	}
	return out.Close()
}

func entry(out *archive.Writer, name, text string) error {
	file, err := out.Create(name)
	if err != nil {
		return err
	}
	_, err = io.WriteString(file, text)
	return err
}

// Discard removes what has been built.
func (w *writer) Discard() {
	w.State.Discard()
	w.release()
}

func (w *writer) release() {
	for _, l := range w.layers {
		for _, f := range l.files {
			f.release()
		}
	}
	w.layers = nil
}
