package qgis

import (
	"io"

	"kawasan/geo"
	"kawasan/geo/format/export"
	"kawasan/geo/format/gpkg"
	"kawasan/geo/format/internal/archive"
)

// Names in the archive.
const (
	projectFile = "kawasan.qgs"
	dataFile    = "kawasan.gpkg"
)

type writer struct {
	export.State
	out     io.Writer
	options export.Options
	data    export.Writer
	entry   *later
	names   *export.Names
	layers  []layer
}

// layer is a layer with its table in the GeoPackage.
type layer struct {
	export.Layer
	table string
}

// later writes to what is known when the GeoPackage is complete.
type later struct{ out io.Writer }

// Write hands on.
func (l *later) Write(b []byte) (int, error) { return l.out.Write(b) }

// New starts a project.
func New(out io.Writer, o export.Options) (export.Writer, error) {
	w := &writer{out: out, options: o, entry: &later{}, names: gpkg.TableNames()}
	var err error
	w.data, err = gpkg.New(w.entry, o)
	return w, err
}

// Open begins a layer.
func (w *writer) Open(l export.Layer) error {
	if err := w.State.Open(l, Format()); err != nil {
		return err
	}
	w.layers = append(w.layers, layer{l, w.names.Take(gpkg.TableName(l.Collection.ID))})
	return w.Fail(w.data.Open(l))
}

// Write adds a feature to the data.
func (w *writer) Write(f *geo.Feature) error {
	if err := w.State.Write(); err != nil {
		return err
	}
	return w.Fail(w.data.Write(f))
}

// Close writes the project and then the data.
func (w *writer) Close() error {
	defer w.data.Discard()
	if done, err := w.State.Close(); done {
		return err
	}
	return w.Fail(w.assemble())
}

func (w *writer) assemble() error {
	z := archive.NewWriter(w.out, w.layers[0].Modified())
	out, err := z.Create(projectFile)
	if err != nil {
		return err
	}
	if _, err := io.WriteString(out, w.project()); err != nil {
		return err
	}
	if w.entry.out, err = z.Create(dataFile); err != nil {
		return err
	}
	if err := w.data.Close(); err != nil {
		return err
	}
	return z.Close()
}

// Discard gives the project up.
func (w *writer) Discard() {
	w.State.Discard()
	w.data.Discard()
}
