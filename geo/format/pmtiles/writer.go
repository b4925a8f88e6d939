package pmtiles

import (
	"bufio"
	"io"
	"os"

	"kawasan/geo"
	"kawasan/geo/format/export"
	"kawasan/geo/format/wkb"
)

const tilesFile = "tiles"

type writer struct {
	export.State
	out      io.Writer
	options  export.Options
	folder   *export.Folder
	spool    *os.File
	buffered *bufio.Writer
	size     int64 // of the spool
	layers   []*layer
	skip     bool // the layer opened last has no geometry
}

// New starts a file.
func New(out io.Writer, o export.Options) (export.Writer, error) {
	return &writer{out: out, options: o, folder: export.NewFolder(o)}, nil
}

// Open begins a layer of the tiles.
func (w *writer) Open(l export.Layer) error {
	if err := w.State.Open(l, Format()); err != nil {
		return err
	}
	if w.skip = !l.HasGeometry(); w.skip {
		return nil
	}
	if w.spool == nil {
		spool, err := w.folder.Create("geometries")
		if err != nil {
			return w.Fail(err)
		}
		w.spool, w.buffered = spool, bufio.NewWriterSize(spool, 256<<10)
	}
	w.layers = append(w.layers, newLayer(l))
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
	box, err := wkb.Bounds(f.WKB)
	if err != nil {
		return w.Fail(export.Locate(err, l.layer, f))
	}
	if box.IsEmpty() {
		return nil
	}
	if _, err := w.buffered.Write(f.WKB); err != nil {
		return w.Fail(export.NoRoom(err))
	}
	l.add(f, box, w.size)
	w.size += int64(len(f.WKB))
	return nil
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
	if err := w.buffered.Flush(); err != nil {
		return w.Fail(export.NoRoom(err))
	}
	return w.Fail(w.assemble())
}

func (w *writer) assemble() error {
	p, err := w.makeTiles()
	if err != nil {
		return err
	}
	root, leaves, err := packDirectories(p.entries)
	if err != nil {
		return err
	}
	about := w.described(p.maxZoom)
	metadata, err := w.metadata(about)
	if err != nil {
		return err
	}
	h := header{
		root: uint64(len(root)), metadata: uint64(len(metadata)), leaves: uint64(len(leaves)), tiles: p.size,
		addressed: p.addressed, entries: uint64(len(p.entries)), contents: p.contents, maxZoom: uint8(p.maxZoom), about: about,
	}
	for _, part := range [][]byte{h.bytes(), root, metadata, leaves} {
		if _, err := w.out.Write(part); err != nil {
			return err
		}
	}
	return w.folder.Copy(w.out, tilesFile)
}

// Discard removes what has been kept.
func (w *writer) Discard() {
	w.State.Discard()
	w.release()
}

func (w *writer) release() {
	if w.spool != nil {
		_ = w.spool.Close() // the file is deleted next
		w.spool = nil
	}
	w.folder.Remove()
	w.layers = nil
}
