package fgb

import (
	"bufio"
	"io"

	"kawasan/geo"
	"kawasan/geo/format/export"
	"kawasan/geo/format/wkb"

	flatbuffers "github.com/google/flatbuffers/go"
)

// Format describes the files.
func Format() export.Format {
	return export.Format{
		Name: "fgb", MediaType: "application/flatgeobuf", Extension: ".fgb",
		Title: geo.Text{EN: "FlatGeobuf"}, Binary: true, New: New,
	}
}

// magic begins the file: the name with the version, twice.
const magic = "fgb\x03fgb\x00"

type writer struct {
	export.State
	out     io.Writer
	options export.Options
	spool   *export.Spool
	layer   export.Layer
	columns []export.Column
	builder *flatbuffers.Builder
	items   []item
	box     wkb.Box
	wkb     []byte
	values  []byte
	scratch []byte
	encoder encoder
}

// New starts a file.
func New(out io.Writer, o export.Options) (export.Writer, error) {
	return &writer{out: out, options: o, spool: export.NewSpool(o), builder: flatbuffers.NewBuilder(4096), box: wkb.EmptyBox()}, nil
}

// Open begins the one layer.
func (w *writer) Open(l export.Layer) error {
	if err := w.State.Open(l, Format()); err != nil {
		return err
	}
	w.layer, w.columns = l, l.Columns()
	return nil
}

// Write puts the feature into the temporary file and notes where it lies.
func (w *writer) Write(f *geo.Feature) error {
	if err := w.State.Write(); err != nil {
		return err
	}
	bytes, box, err := w.encode(f)
	if err != nil {
		return w.Fail(err)
	}
	w.items = append(w.items, item{box: box, offset: w.spool.Size(), size: uint32(len(bytes))})
	if _, err := w.spool.Write(bytes); err != nil {
		return w.Fail(err)
	}
	w.box.Union(box)
	return nil
}

// Close writes header, index and features.
func (w *writer) Close() error {
	defer w.release()
	if done, err := w.State.Close(); done {
		return err
	}
	return w.Fail(w.assemble())
}

func (w *writer) assemble() error {
	if err := w.spool.Finish(); err != nil {
		return err
	}
	out := bufio.NewWriterSize(w.out, 256<<10)
	indexed := len(w.items) > 0 && w.layer.HasGeometry()
	// What a buffered writer fails with it gives again on Flush.
	_, _ = out.WriteString(magic)
	_, _ = out.Write(w.header(indexed))
	if indexed {
		sortByHilbert(w.items, w.box)
		if err := writeIndex(out, w.items); err != nil {
			return err
		}
	}
	for _, it := range w.items {
		if cap(w.scratch) < int(it.size) {
			w.scratch = make([]byte, it.size)
		}
		b := w.scratch[:it.size]
		if _, err := w.spool.ReadAt(b, it.offset); err != nil {
			return export.NoRoom(err)
		}
		if _, err := out.Write(b); err != nil {
			return err
		}
	}
	return out.Flush()
}

// Discard removes what has been built.
func (w *writer) Discard() {
	w.State.Discard()
	w.release()
}

func (w *writer) release() {
	w.spool.Remove()
	w.items = nil
}
