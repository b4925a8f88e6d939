// Package csv writes features as comma-separated values (RFC 4180, UTF-8): the
// id, the attributes, then the geometry.
//
// Points in two or three dimensions get a column for each coordinate (lon and lat, or
// easting and northing, and height), all other geometries one column WKT. Null is
// an empty cell, empty text a pair of quotes; lists are written as JSON.
package csv

import (
	"bytes"
	"encoding/json"
	"io"
	"math"
	"strconv"
	"strings"
	"time"

	"kawasan/geo"
	"kawasan/geo/format/decimal"
	"kawasan/geo/format/export"
	"kawasan/geo/format/geojson"
	"kawasan/geo/format/wkt"
)

// Format describes the files.
func Format() export.Format {
	return export.Format{
		Name: "csv", MediaType: "text/csv; charset=utf-8", Extension: ".csv",
		Title: geo.Text{EN: "CSV", ID: "CSV"}, Use: geo.Text{EN: "for tables and databases", ID: "untuk tabel dan basis data"},
		Streaming: true, New: New,
		Size: export.Weights{Feature: 7.4, Cell: 1.27, Text: 1.11, Digit: 1.14}.Size,
	}
}

// flushAt is how many bytes are collected before they are written.
const flushAt = 32 << 10

type writer struct {
	export.State
	out     io.Writer
	options export.Options
	layer   export.Layer
	columns []export.Column
	axes    int // columns for coordinates; 0 writes WKT
	row     []byte
	wkb     []byte
	scratch []byte
}

// New starts a file.
func New(out io.Writer, o export.Options) (export.Writer, error) {
	return &writer{out: out, options: o}, nil
}

// Open writes the header line.
func (w *writer) Open(l export.Layer) error {
	if err := w.State.Open(l, Format()); err != nil {
		return err
	}
	w.layer, w.columns = l, l.Columns()
	if w.options.BOM {
		w.row = append(w.row, "\ufeff"...)
	}
	names := export.NewNames("")
	w.row = w.appendText(w.row, names.Take("id"))
	for _, c := range w.columns {
		w.row = append(w.row, ',')
		w.row = w.appendText(w.row, names.Take(lines.Replace(c.Name))) // few readers understand a heading of several lines
	}
	for _, name := range w.geometryColumns() {
		w.row = append(w.row, ',')
		w.row = w.appendText(w.row, names.Take(name))
	}
	return w.end(0)
}

var lines = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ")

// geometryColumns names the columns for the geometry and notes how many are coordinates.
func (w *writer) geometryColumns() []string {
	if !w.layer.HasGeometry() {
		return nil
	}
	if axes := w.layer.PointAxes(); axes != nil && !w.options.WKT {
		w.axes = len(axes)
		return axes
	}
	return []string{"WKT"}
}

// Write writes a line.
func (w *writer) Write(f *geo.Feature) error {
	if err := w.State.Write(); err != nil {
		return err
	}
	w.row = w.appendText(w.row, f.ID)
	for _, c := range w.columns {
		w.row = append(w.row, ',')
		w.row = w.appendValue(w.row, c.Value(f))
	}
	if w.layer.HasGeometry() {
		if err := w.geometry(f); err != nil {
			return w.Fail(err)
		}
	}
	return w.end(flushAt)
}

// end ends the line, and writes what has been collected if it is more than limit.
func (w *writer) end(limit int) error {
	w.row = append(w.row, '\r', '\n')
	if len(w.row) <= limit {
		return nil
	}
	return w.flush()
}

func (w *writer) flush() error {
	_, err := w.out.Write(w.row)
	w.row = w.row[:0]
	return w.Fail(err)
}

// Close writes the last lines.
func (w *writer) Close() error {
	if done, err := w.State.Close(); done {
		return err
	}
	return w.flush()
}

func (w *writer) geometry(f *geo.Feature) error {
	var err error
	if w.wkb, err = w.layer.AppendWKB(w.wkb[:0], f); err != nil {
		return err
	}
	if w.axes > 0 {
		return w.coordinates(f)
	}
	if w.scratch, err = wkt.Append(w.scratch[:0], w.wkb, w.layer.Decimals()); err != nil {
		return export.Locate(err, w.layer, f)
	}
	w.row = append(w.row, ',')
	w.row = appendQuoted(w.row, w.scratch)
	return nil
}

// coordinates writes those of a point; empty cells if there is none.
func (w *writer) coordinates(f *geo.Feature) error {
	c, err := w.layer.PointCoordinates(f, w.wkb)
	if err != nil {
		return err
	}
	for _, v := range c[:w.axes] {
		w.row = append(w.row, ',')
		if !math.IsNaN(v) {
			w.row = decimal.Append(w.row, v, w.layer.Decimals())
		}
	}
	return nil
}

func (w *writer) appendValue(dst []byte, v any) []byte {
	switch v := v.(type) {
	case nil:
		return dst
	case string:
		return w.appendText(dst, v)
	case bool:
		return strconv.AppendBool(dst, v)
	case int64:
		return strconv.AppendInt(dst, v, 10)
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return dst
		}
		return decimal.AppendShortest(dst, v)
	case geo.Date:
		return append(dst, v.String()...)
	case time.Time:
		return append(dst, geo.FormatTimestamp(v)...)
	case json.RawMessage:
		return appendQuoted(dst, v)
	}
	w.scratch = geojson.AppendValue(w.scratch[:0], v)
	return appendQuoted(dst, w.scratch)
}

// appendText writes text, guarded if the options ask for it.
func (w *writer) appendText(dst []byte, s string) []byte {
	if w.options.GuardFormulas && (isFormula(s) || isGuarded(s)) {
		s = "'" + s
	}
	if s == "" {
		return append(dst, '"', '"')
	}
	if !strings.ContainsAny(s, ",\"\r\n;\t") && s[0] != ' ' && s[len(s)-1] != ' ' {
		return append(dst, s...)
	}
	return appendQuoted(dst, []byte(s))
}

// appendQuoted writes a cell in quotes, quotes in it doubled.
func appendQuoted(dst, s []byte) []byte {
	if len(s) == 0 {
		return dst
	}
	dst = append(dst, '"')
	for {
		i := bytes.IndexByte(s, '"')
		if i < 0 {
			break
		}
		dst = append(append(dst, s[:i+1]...), '"')
		s = s[i+1:]
	}
	return append(append(dst, s...), '"')
}
