package xlsx

import (
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"kawasan/geo"
	"kawasan/geo/format/export"
	"kawasan/geo/format/internal/archive"
)

// Format describes the files.
func Format() export.Format {
	return export.Format{
		Name: "xlsx", MediaType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Extension: ".xlsx",
		Title: geo.Text{EN: "Excel spreadsheet", ID: "Lembar kerja Excel"}, Use: geo.Text{EN: "for Excel and LibreOffice, columns explained", ID: "untuk Excel dan LibreOffice, kolom dijelaskan"},
		Streaming: true, MultiLayer: true, Binary: true, New: New,
		Size: export.Weights{File: 3580, Column: 102, Feature: 8.6, Value: 5.8, Text: 0.14}.Size,
	}
}

type writer struct {
	export.State
	out     io.Writer
	options export.Options
	rows    int // of a sheet, at most
	zip     *archive.Writer
	names   *export.Names
	sheets  []string // names
	layers  []described
	current *sheet
	wkb     []byte
	text    []byte
}

// described is what the last sheet says about a layer.
type described struct {
	export.Layer
	sheet  string
	more   []string // sheets in which it goes on
	titles []string // of Columns
}

// New starts a file.
func New(out io.Writer, o export.Options) (export.Writer, error) {
	w := &writer{out: out, options: o, rows: mostRows, names: export.NewNames("Sheet")}
	w.names.Reserve("History") // kept by Excel
	return w, nil
}

// Open begins a sheet. All entries of the zip carry the date of the first layer.
func (w *writer) Open(l export.Layer) error {
	if err := w.State.Open(l, Format()); err != nil {
		return err
	}
	if err := w.endSheet(); err != nil {
		return w.Fail(err)
	}
	if w.zip == nil {
		if err := w.start(l.Modified()); err != nil {
			return w.Fail(err)
		}
	}
	columns := l.Columns()
	if len(columns)+4 > mostColumns {
		return w.Fail(geo.Errorf(geo.Unsupported, "a sheet holds at most %d columns", mostColumns).In("properties").Try("fewer properties"))
	}
	name := w.sheetName(l.Collection.ID)
	titles := export.NewNames("")
	d := described{Layer: l, sheet: name}
	heads := []string{titles.Take("id")}
	for _, c := range columns {
		d.titles = append(d.titles, titles.Take(title(c.Property, w.options.Lang)))
	}
	heads = append(heads, d.titles...)
	axes := l.PointAxes()
	if w.options.WKT && l.HasGeometry() {
		axes = nil
		heads = append(heads, titles.Take("WKT"))
	}
	for _, axis := range axes {
		heads = append(heads, titles.Take(axis))
	}
	w.layers = append(w.layers, d)
	var err error
	w.current, err = w.newSheet(name, heads)
	if err != nil {
		return w.Fail(err)
	}
	w.current.columns, w.current.axes = columns, len(axes)
	return nil
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

// longestName of a sheet, in characters.
const longestName = 31

// sheetName gives a name that Excel takes, and takes it.
func (w *writer) sheetName(id string) string {
	name := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\'`, r) || r < ' ' || r == utf8.RuneError {
			return '_'
		}
		return r
	}, id)
	if r := []rune(name); len(r) > longestName-8 { // room for numbers
		name = string(r[:longestName-8])
	}
	return w.names.Take(name)
}

// Write adds a row.
func (w *writer) Write(f *geo.Feature) error {
	if err := w.State.Write(); err != nil {
		return err
	}
	return w.Fail(w.row(f))
}

func (w *writer) row(f *geo.Feature) error {
	if err := w.makeRoom(); err != nil {
		return err
	}
	s, l := w.current, w.layers[len(w.layers)-1]
	s.beginRow()
	if n, ok := integer(f.ID); ok && l.Collection.IntegerID {
		s.value(n)
	} else {
		s.value(f.ID)
	}
	for _, c := range s.columns {
		s.value(c.Value(f))
	}
	if err := w.geometry(s, l.Layer, f); err != nil {
		return err
	}
	return s.endRow()
}

// makeRoom goes on in another sheet when one has as many rows as a sheet can have.
func (w *writer) makeRoom() error {
	full := w.current
	if full.row < w.rows {
		return nil
	}
	if err := w.endSheet(); err != nil {
		return err
	}
	l := &w.layers[len(w.layers)-1]
	name := w.names.Take(l.sheet)
	l.more = append(l.more, name)
	var err error
	if w.current, err = w.newSheet(name, full.heads); err == nil {
		w.current.columns, w.current.axes = full.columns, full.axes
	}
	return err
}

// Close writes the last sheet and the parts that list the sheets.
func (w *writer) Close() error {
	defer w.release()
	if done, err := w.State.Close(); done {
		return err
	}
	if err := w.finish(); err != nil {
		return w.Fail(fmt.Errorf("write spreadsheet: %w", err))
	}
	return nil
}

func (w *writer) finish() error {
	if err := w.endSheet(); err != nil {
		return err
	}
	if err := w.about(); err != nil {
		return err
	}
	return w.end()
}

func (w *writer) endSheet() error {
	if w.current == nil {
		return nil
	}
	s := w.current
	w.current = nil
	return s.end()
}

// Discard gives the file up.
func (w *writer) Discard() {
	w.State.Discard()
	w.release()
}

func (w *writer) release() { w.current, w.zip = nil, nil }

// start writes what doesn't depend on the sheets.
func (w *writer) start(at time.Time) error {
	w.zip = archive.NewWriter(w.out, at)
	for _, part := range []struct{ name, text string }{
		{"[Content_Types].xml", contentTypes}, {"_rels/.rels", relations}, {"xl/styles.xml", styles},
	} {
		if err := w.part(part.name, part.text); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) part(name, text string) error {
	out, err := w.zip.Create(name)
	if err != nil {
		return err
	}
	_, err = io.WriteString(out, text)
	return err
}
