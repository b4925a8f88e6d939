package fgb

import (
	"bufio"
	"io"

	"kawasan/geo"
	"kawasan/geo/format/export"

	flatbuffers "github.com/google/flatbuffers/go"
)

// Format describes the files.
func Format() export.Format {
	return export.Format{
		Name: "fgb", MediaType: "application/flatgeobuf", Extension: ".fgb",
		Title: geo.Text{EN: "FlatGeobuf"}, Use: geo.Text{EN: "for web maps and GDAL, read in parts over the network", ID: "untuk peta web dan GDAL, dapat dibaca sebagian lewat jaringan"},
		Binary: true, New: New,
		Size: export.Weights{File: 1160, Column: 105, Feature: 148, Text: 1.4, Vertex: 16.8}.Size,
	}
}

// magic begins the file: the name with the version, twice.
const magic = "fgb\x03fgb\x00"

type writer struct {
	export.State
	out     io.Writer
	options export.Options
	shelf   *export.Shelf
	layer   export.Layer
	columns []export.Column
	builder *flatbuffers.Builder
	wkb     []byte
	values  []byte
	scratch []byte
	encoder encoder
}

// New starts a file.
func New(out io.Writer, o export.Options) (export.Writer, error) {
	return &writer{out: out, options: o, shelf: export.NewShelf(o), builder: flatbuffers.NewBuilder(4096)}, nil
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
	return w.Fail(w.shelf.Add(bytes, box))
}

// Close writes header, index and features.
func (w *writer) Close() error {
	defer w.shelf.Remove()
	if done, err := w.State.Close(); done {
		return err
	}
	return w.Fail(w.assemble())
}

func (w *writer) assemble() error {
	out := bufio.NewWriterSize(w.out, 256<<10)
	indexed := w.shelf.Len() > 0 && w.layer.HasGeometry()
	// What a buffered writer fails with it gives again on Flush.
	_, _ = out.WriteString(magic)
	_, _ = out.Write(w.header(indexed))
	places, err := w.shelf.Sort()
	if err != nil {
		return err
	}
	if indexed {
		if err := writeIndex(out, places); err != nil {
			return err
		}
	}
	for _, p := range places {
		if w.scratch, err = w.shelf.Get(p, w.scratch); err != nil {
			return err
		}
		if _, err := out.Write(w.scratch); err != nil {
			return err
		}
	}
	return out.Flush()
}

// Discard removes what has been built.
func (w *writer) Discard() {
	w.State.Discard()
	w.shelf.Remove()
}
