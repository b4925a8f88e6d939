package jsonfile

import (
	"kawasan/geo"
	"kawasan/geo/format/export"
)

type sequence struct {
	file
	format    export.Format
	separator string
}

// Open writes nothing yet.
func (w *sequence) Open(l export.Layer) error {
	if err := w.open(l, w.format); err != nil {
		return err
	}
	if !l.IsWGS84() {
		w.options.Members = func(dst []byte) []byte { return appendCRS(dst, l) }
	}
	return nil
}

// Write adds a line.
func (w *sequence) Write(f *geo.Feature) error {
	if err := w.state.Write(); err != nil {
		return err
	}
	w.bytes = append(w.bytes, w.separator...)
	if err := w.feature(f); err != nil {
		return err
	}
	w.bytes = append(w.bytes, '\n')
	return w.flush(flushAt)
}

// Close writes the last lines.
func (w *sequence) Close() error {
	if done, err := w.state.Close(); done {
		return err
	}
	return w.flush(0)
}
