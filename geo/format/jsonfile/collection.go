package jsonfile

import (
	"io"

	"kawasan/geo"
	"kawasan/geo/format/export"
	"kawasan/geo/format/geojson"
)

type collection struct {
	file
	exportOptions export.Options
	count         int
}

func newCollection(out io.Writer, o export.Options) (export.Writer, error) {
	return &collection{file: file{out: out}, exportOptions: o}, nil
}

// Open begins the collection with its name and provenance.
func (w *collection) Open(l export.Layer) error {
	if err := w.open(l, Collection()); err != nil {
		return err
	}
	w.bytes = append(w.bytes, `{"type":"FeatureCollection","name":`...)
	w.bytes = geojson.AppendString(w.bytes, l.Collection.ID)
	w.bytes = appendCRS(w.bytes, l)
	w.bytes = append(w.bytes, `,"provenance":{`...)
	for i, fact := range l.Provenance(w.exportOptions) {
		if i > 0 {
			w.bytes = append(w.bytes, ',')
		}
		w.bytes = append(geojson.AppendString(w.bytes, fact.Name), ':')
		w.bytes = geojson.AppendString(w.bytes, fact.Value)
	}
	w.bytes = append(w.bytes, `},"features":[`...)
	return w.flush(0)
}

// Write adds a feature on a line of its own.
func (w *collection) Write(f *geo.Feature) error {
	if err := w.state.Write(); err != nil {
		return err
	}
	if w.count > 0 {
		w.bytes = append(w.bytes, ',')
	}
	w.count++
	w.bytes = append(w.bytes, '\n')
	if err := w.feature(f); err != nil {
		return err
	}
	return w.flush(flushAt)
}

// Close ends the collection.
func (w *collection) Close() error {
	if done, err := w.state.Close(); done {
		return err
	}
	w.bytes = append(w.bytes, "\n]}\n"...)
	return w.flush(0)
}
