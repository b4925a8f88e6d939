package parquet

import (
	"fmt"
	"io"
	"strconv"

	"kawasan/geo"
	"kawasan/geo/format/export"
	"kawasan/geo/format/wkb"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"
)

// A row group is held in memory until it is complete: it ends at one of these.
const (
	groupRows  = 50_000
	groupBytes = 32 << 20 // of geometries and text
	// Text that fills its dictionary is written plainly from there on.
	dictionaryBytes = 1 << 20
)

type writer struct {
	export.State
	out     io.Writer
	options export.Options
	layer   export.Layer
	columns []export.Column
	file    *parquet.Writer //nolint:staticcheck // rows of columns known at run time need it
	row     parquet.Row
	wkb     []byte
	flat    []byte // the geometry without measures
	types   []string
	known   map[wkb.Type]bool
	box     wkb.Box
	rows    int // in the row group
	bytes   int
}

// New starts a file.
func New(out io.Writer, o export.Options) (export.Writer, error) {
	return &writer{out: out, options: o, types: []string{}, known: map[wkb.Type]bool{}, box: wkb.EmptyBox()}, nil
}

// Open begins the table.
func (w *writer) Open(l export.Layer) error {
	if err := w.State.Open(l, Format()); err != nil {
		return err
	}
	w.layer, w.columns = l, l.Columns()
	w.file = parquet.NewWriter(w.out, newSchema(l, w.columns), parquet.CreatedBy("kawasan", "1", ""),
		parquet.Compression(&zstd.Codec{Level: zstd.SpeedFastest}), parquet.MaxRowsPerRowGroup(groupRows), parquet.SkipPageBounds(geometryColumn),
		parquet.DictionaryMaxBytes(dictionaryBytes))
	return nil
}

// Write adds a row.
func (w *writer) Write(f *geo.Feature) error {
	if err := w.State.Write(); err != nil {
		return err
	}
	if err := w.makeRow(f); err != nil {
		return w.Fail(err)
	}
	if _, err := w.file.WriteRows([]parquet.Row{w.row}); err != nil {
		return w.Fail(fmt.Errorf("write GeoParquet: %w", err))
	}
	for _, v := range w.row {
		if v.Kind() == parquet.ByteArray {
			w.bytes += len(v.ByteArray())
		}
	}
	if w.rows++; w.bytes < groupBytes && w.rows < groupRows {
		return nil
	}
	w.rows, w.bytes = 0, 0
	if err := w.file.Flush(); err != nil {
		return w.Fail(fmt.Errorf("write GeoParquet: %w", err))
	}
	return nil
}

func (w *writer) makeRow(f *geo.Feature) error {
	w.row = w.row[:0]
	if w.layer.Collection.IntegerID {
		n, err := strconv.ParseInt(f.ID, 10, 64)
		if err != nil {
			return export.Locate(geo.Errorf(geo.Internal, "the id %q is no integer", f.ID), w.layer, f)
		}
		w.row = append(w.row, parquet.Int64Value(n).Level(0, 0, 0))
	} else {
		w.row = append(w.row, parquet.ByteArrayValue([]byte(f.ID)).Level(0, 0, 0))
	}
	for i, c := range w.columns {
		w.row = appendValue(w.row, c.Value(f), i+1)
	}
	if w.layer.HasGeometry() {
		return w.geometry(f)
	}
	return nil
}

// geometry adds the columns of the geometry and its box.
func (w *writer) geometry(f *geo.Feature) (err error) {
	at := len(w.columns) + 1
	if w.wkb, err = w.layer.AppendWKB(w.wkb[:0], f); err != nil {
		return err
	}
	box := wkb.EmptyBox()
	if len(w.wkb) == 0 {
		w.row = append(w.row, parquet.NullValue().Level(0, 0, at))
	} else {
		r := wkb.NewReader(w.wkb)
		h, err := r.Header()
		bytes := w.wkb
		if err == nil && h.HasM {
			w.flat, err = wkb.AppendWithoutM(w.flat[:0], w.wkb)
			bytes = w.flat
		}
		if err == nil {
			box, err = wkb.Bounds(w.wkb)
		}
		if err != nil {
			return export.Locate(err, w.layer, f)
		}
		w.note(h)
		w.box.Union(box)
		w.row = append(w.row, parquet.ByteArrayValue(bytes).Level(0, 1, at))
	}
	for i, v := range [4]float64{box.MinX, box.MinY, box.MaxX, box.MaxY} {
		if box.IsEmpty() {
			w.row = append(w.row, parquet.NullValue().Level(0, 0, at+1+i))
			continue
		}
		w.row = append(w.row, parquet.DoubleValue(v).Level(0, 1, at+1+i))
	}
	return nil
}

// note keeps the types that occur.
func (w *writer) note(h wkb.Header) {
	key := h.Type
	if h.HasZ {
		key += 100
	}
	if w.known[key] {
		return
	}
	w.known[key] = true
	name := h.Type.String()
	if h.HasZ {
		name += " Z"
	}
	w.types = append(w.types, name)
}

// Close writes the last row group and the footer.
func (w *writer) Close() error {
	if done, err := w.State.Close(); done {
		return err
	}
	if w.layer.HasGeometry() {
		about, err := describe(w.layer, w.types, w.box)
		if err != nil {
			return w.Fail(err)
		}
		w.file.SetKeyValueMetadata("geo", about)
	}
	facts, err := origin(w.layer, w.options)
	if err != nil {
		return w.Fail(err)
	}
	w.file.SetKeyValueMetadata("provenance", facts)
	if err := w.file.Close(); err != nil {
		return w.Fail(fmt.Errorf("write GeoParquet: %w", err))
	}
	return nil
}

// Discard gives the file up.
func (w *writer) Discard() { w.State.Discard() }
