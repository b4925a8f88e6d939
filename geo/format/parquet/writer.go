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
	groupBytes = 16 << 20 // of geometries and text
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
	shelf   *export.Shelf   // until all have come; nil where they are written as they come
	row     parquet.Row
	wkb     []byte
	flat    []byte // the geometry without measures
	record  []byte
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
	if l.HasGeometry() && !l.Ordered {
		w.shelf = export.NewShelf(w.options)
	}
	// The header of a page would have its least and greatest value in full, twice; a header
	// beyond 16 MB is refused by Arrow. The index of the columns has them, cut short.
	w.file = parquet.NewWriter(w.out, newSchema(l, w.columns), parquet.CreatedBy("kawasan", "1", ""),
		parquet.Compression(&zstd.Codec{Level: zstd.SpeedFastest}), parquet.MaxRowsPerRowGroup(groupRows), parquet.SkipPageBounds(geometryColumn),
		parquet.DictionaryMaxBytes(dictionaryBytes), parquet.DataPageStatistics(false))
	return nil
}

// Write adds a row, or keeps it until all have come.
func (w *writer) Write(f *geo.Feature) error {
	if err := w.State.Write(); err != nil {
		return err
	}
	geometry, box, err := w.geometry(f)
	if err != nil {
		return w.Fail(err)
	}
	if w.shelf == nil {
		return w.Fail(w.write(f, geometry, box))
	}
	if w.record, err = export.AppendRecord(w.record[:0], f, geometry); err != nil {
		return w.Fail(err)
	}
	return w.Fail(w.shelf.Add(w.record, box))
}

// geometry gives the geometry as it is written, and its box.
func (w *writer) geometry(f *geo.Feature) ([]byte, wkb.Box, error) {
	box := wkb.EmptyBox()
	if !w.layer.HasGeometry() {
		return nil, box, nil
	}
	var err error
	if w.wkb, err = w.layer.AppendWKB(w.wkb[:0], f); err != nil || len(w.wkb) == 0 {
		return nil, box, err
	}
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
		return nil, box, export.Locate(err, w.layer, f)
	}
	w.note(h)
	w.box.Union(box)
	return bytes, box, nil
}

// write adds a row to the row group, and ends that when it is large enough.
func (w *writer) write(f *geo.Feature, geometry []byte, box wkb.Box) error {
	if err := w.makeRow(f, geometry, box); err != nil {
		return err
	}
	if _, err := w.file.WriteRows([]parquet.Row{w.row}); err != nil {
		return fmt.Errorf("write GeoParquet: %w", err)
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
		return fmt.Errorf("write GeoParquet: %w", err)
	}
	return nil
}

func (w *writer) makeRow(f *geo.Feature, geometry []byte, box wkb.Box) error {
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
	if !w.layer.HasGeometry() {
		return nil
	}
	at := len(w.columns) + 1
	w.row = append(w.row, optional(len(geometry) > 0, parquet.ByteArrayValue(geometry), at))
	for i, v := range [4]float64{box.MinX, box.MinY, box.MaxX, box.MaxY} {
		w.row = append(w.row, optional(!box.IsEmpty(), parquet.DoubleValue(v), at+1+i))
	}
	return nil
}

// optional gives a value, or null where it isn't there.
func optional(there bool, v parquet.Value, column int) parquet.Value {
	if !there {
		return parquet.NullValue().Level(0, 0, column)
	}
	return v.Level(0, 1, column)
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

// Close writes the rows that were kept and the footer.
func (w *writer) Close() error {
	defer w.Discard()
	if done, err := w.State.Close(); done {
		return err
	}
	if err := w.unload(); err != nil {
		return w.Fail(err)
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

// unload writes the rows that were kept, neighbours together.
func (w *writer) unload() error {
	if w.shelf == nil {
		return nil
	}
	places, err := w.shelf.Sort()
	if err != nil {
		return err
	}
	f := geo.Feature{Collection: w.layer.Collection}
	for _, p := range places {
		if w.record, err = w.shelf.Get(p, w.record); err != nil {
			return err
		}
		if err := export.ReadRecord(w.record, &f); err != nil {
			return err
		}
		if err := w.write(&f, f.WKB, p.Box); err != nil {
			return err
		}
	}
	return nil
}

// Discard gives the file up.
func (w *writer) Discard() {
	w.State.Discard()
	if w.shelf != nil {
		w.shelf.Remove()
	}
}
