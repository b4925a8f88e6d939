package dxf

import (
	"io"
	"math"

	"kawasan/geo"
	"kawasan/geo/crs"
	"kawasan/geo/format/export"
	"kawasan/geo/format/style"
	"kawasan/geo/format/wkb"
)

// application names our extended data.
const application = "KAWASAN"

type writer struct {
	export.State
	out        io.Writer
	options    export.Options
	entities   *export.Spool
	layer      export.Layer
	system     *crs.CRS // of the whole drawing
	columns    []export.Column
	origin     []export.Fact
	names      map[string]layerLook // layers that occur
	order      []string
	box        wkb.Box
	textHeight float64
	wkb        []byte
	bytes      []byte
}

// layerLook is how a layer is drawn.
type layerLook struct {
	colour int
	firm   bool
}

// New starts a drawing.
func New(out io.Writer, o export.Options) (export.Writer, error) {
	return &writer{out: out, options: o, entities: export.NewSpool(o), names: map[string]layerLook{}, box: wkb.EmptyBox()}, nil
}

// Open begins the layers of a collection. The first collection decides the
// reference system of the drawing and the size of its text.
func (w *writer) Open(l export.Layer) error {
	if err := w.State.Open(l, Format()); err != nil {
		return err
	}
	if w.system == nil && l.HasGeometry() {
		w.system, w.textHeight = System(l), textHeight(l)
	}
	l.CRS = w.system
	w.layer, w.columns = l, l.Columns()
	w.origin = append(w.origin, l.Provenance(w.options)...)
	return nil
}

// textHeight fits some hundred lines of text into the extent of the collection, in metres.
func textHeight(l export.Layer) float64 {
	const metresPerDegree, least, most = 111_000, 5, 2_000
	b := l.Collection.Extent
	if b.IsEmpty() {
		return 50
	}
	size := math.Max(b.Max[0]-b.Min[0], b.Max[1]-b.Min[1]) * metresPerDegree / 400
	return math.Round(math.Min(math.Max(size, least), most))
}

// Write draws a feature. One without a geometry can't be drawn.
func (w *writer) Write(f *geo.Feature) error {
	if err := w.State.Write(); err != nil {
		return err
	}
	if !w.layer.HasGeometry() {
		return nil
	}
	var err error
	if w.wkb, err = w.layer.AppendWKB(w.wkb[:0], f); err != nil {
		return w.Fail(err)
	}
	if len(w.wkb) == 0 {
		return nil
	}
	w.bytes = w.bytes[:0]
	if err := w.draw(f, w.layerOf(f)); err != nil {
		return w.Fail(export.Locate(err, w.layer, f))
	}
	_, err = w.entities.Write(w.bytes)
	return w.Fail(err)
}

// layerOf gives the layer of a feature, and notes that it occurs.
func (w *writer) layerOf(f *geo.Feature) string {
	kind := f.Text("boundary_kind")
	name := layerName(w.layer.Collection.ID, kind)
	if _, known := w.names[name]; !known {
		w.names[name] = layerLook{colour: colour(w.layer.Collection.ID), firm: style.Firm(w.layer.Collection, kind)}
		w.order = append(w.order, name)
	}
	return name
}

// Close writes the drawing.
func (w *writer) Close() error {
	defer w.entities.Remove()
	if done, err := w.State.Close(); done {
		return err
	}
	if w.system == nil {
		return w.Fail(geo.Errorf(geo.Unsupported, "what has no geometry makes no drawing").Try("a collection with geometries, or a format such as csv"))
	}
	return w.Fail(w.assemble())
}

func (w *writer) assemble() error {
	if err := w.entities.Finish(); err != nil {
		return err
	}
	w.bytes = w.bytes[:0]
	w.head()
	if _, err := w.out.Write(w.bytes); err != nil {
		return err
	}
	if err := w.entities.Copy(w.out); err != nil {
		return err
	}
	_, err := io.WriteString(w.out, "  0\nENDSEC\n  0\nEOF\n")
	return err
}

// Discard removes what has been drawn.
func (w *writer) Discard() {
	w.State.Discard()
	w.entities.Remove()
}
