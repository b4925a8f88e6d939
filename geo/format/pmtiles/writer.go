package pmtiles

import (
	"io"

	"kawasan/geo"
	"kawasan/geo/format/export"
)

type writer struct {
	export.State
	out      io.Writer
	options  export.Options
	features *export.Spool
	tiles    *export.Spool
	record   []byte
	layers   []*layer
	gzip     compressor
	skip     bool // the layer opened last has no geometry
}

// New starts a file.
func New(out io.Writer, o export.Options) (export.Writer, error) {
	return &writer{out: out, options: o, features: export.NewSpool(o), tiles: export.NewSpool(o)}, nil
}

// Open begins a layer of the tiles.
func (w *writer) Open(l export.Layer) error {
	if err := w.State.Open(l, Format()); err != nil {
		return err
	}
	if w.skip = !l.HasGeometry(); w.skip {
		return nil
	}
	w.layers = append(w.layers, newLayer(l, w.features, w.deepest()))
	return nil
}

// Write keeps a feature for the tiles.
func (w *writer) Write(f *geo.Feature) error {
	if err := w.State.Write(); err != nil || w.skip {
		return err
	}
	if len(f.WKB) == 0 {
		return nil
	}
	l := w.layers[len(w.layers)-1]
	record, shown, err := l.add(w.record[:0], f, w.features.Size())
	w.record = record
	if err != nil {
		return w.Fail(export.Locate(err, l.layer, f))
	}
	if shown {
		_, err = w.features.Write(w.record)
	}
	return w.Fail(err)
}

// Close makes the tiles and writes the file.
func (w *writer) Close() error {
	defer w.release()
	if done, err := w.State.Close(); done {
		return err
	}
	if len(w.layers) == 0 {
		return w.Fail(geo.Errorf(geo.Unsupported, "what has no geometry makes no tiles").Try("a collection with geometries, or a format such as csv"))
	}
	return w.Fail(w.assemble())
}

func (w *writer) assemble() error {
	if err := w.features.Finish(); err != nil {
		return err
	}
	p, err := w.makeTiles()
	if err != nil {
		return err
	}
	root, leaves, err := w.gzip.packDirectories(p.entries)
	if err != nil {
		return err
	}
	about := w.described(p.maxZoom)
	metadata, err := w.metadata(about)
	if err != nil {
		return err
	}
	h := header{
		root: uint64(len(root)), metadata: uint64(len(metadata)), leaves: uint64(len(leaves)), tiles: uint64(w.tiles.Size()),
		addressed: p.addressed, entries: uint64(len(p.entries)), contents: p.contents, maxZoom: uint8(p.maxZoom), about: about,
	}
	for _, part := range [][]byte{h.bytes(), root, metadata, leaves} {
		if _, err := w.out.Write(part); err != nil {
			return err
		}
	}
	if err := w.tiles.Finish(); err != nil {
		return err
	}
	return w.tiles.Copy(w.out)
}

// Discard removes what has been kept.
func (w *writer) Discard() {
	w.State.Discard()
	w.release()
}

func (w *writer) release() {
	w.features.Remove()
	w.tiles.Remove()
	w.layers = nil
}
