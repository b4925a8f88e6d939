package cartography

import (
	"context"
	"math"

	"kawasan/geo"
	"kawasan/geo/geodesy"
	"kawasan/geo/tile"
)

// layer is a collection as far as a map shows it.
type layer struct {
	collection *geo.Collection
	features   []drawn
	// left is how many features there was no room for.
	left int
}

// drawn is a feature in the window.
type drawn struct {
	feature *geo.Feature
	shape   shape
	// firm boundaries are solid lines; sketches say that they are none.
	firm, sketch bool
	// band is how uncertain the position is, in units; 0 when it isn't known.
	band float64
}

// maxShown is how many features of a collection one map shows, the first in order of id.
const maxShown = 50_000

// read opens a query of one collection and puts what the window shows into a
// layer. Features for which skip is true are left out; it may be nil.
func (w window) read(ctx context.Context, reader geo.Reader, q geo.Query, skip func(*geo.Feature) bool) (*layer, error) {
	q.Bounds = append(q.Bounds[:0:0], w.bound(beyond))
	s, err := reader.Open(ctx, q)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	l := &layer{collection: s.Collection()}
	for f, err := range s.Features() {
		if err != nil {
			return nil, err
		}
		if f.WKB == nil || skip != nil && skip(f) {
			continue
		}
		if len(l.features) == maxShown {
			l.left++
			continue
		}
		d, err := w.draw(f)
		if err != nil {
			return nil, err
		}
		l.features = append(l.features, d)
		if len(l.features)%512 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
	}
	return l, nil
}

func (w window) draw(f *geo.Feature) (drawn, error) {
	g, err := f.Geometry()
	if err != nil || g == nil {
		return drawn{feature: f}, err
	}
	kind, judged := f.Value("boundary_kind").(string)
	d := drawn{feature: f, shape: w.shapeOf(g), firm: tile.IsFirm(kind), sketch: tile.IsSketch(kind)}
	if _, known := f.Collection.PropertyIndex("boundary_kind"); !known && !judged {
		d.firm = true // nothing is said about its boundaries
	}
	if u, ok := f.Number("position_uncertainty_m"); ok && u > 0 && !math.IsInf(u, 1) {
		d.band = u / w.metres
	}
	return d, nil
}

// basis is how good the feature's boundary is.
func (d drawn) basis() geodesy.Basis {
	b := geodesy.Basis{Kind: geodesy.BoundaryKind(d.feature.Text("boundary_kind"))}
	if u, ok := d.feature.Number("position_uncertainty_m"); ok {
		b.UncertaintyM = &u
	}
	return b
}

// seen reports whether anything of the feature lies in the frame.
func (d drawn) seen(frame Box) bool {
	if b := d.shape.box; frame.contains(b) {
		return true
	}
	for _, p := range d.shape.spots {
		if frame.contains(Box{X: p.X, Y: p.Y}) {
			return true
		}
	}
	for _, lines := range [][]Line{d.shape.areas, d.shape.lines} {
		for _, l := range lines {
			if boxOf(l.Points).meets(frame) {
				return true
			}
		}
	}
	return false
}

func boxOf(points []Point) Box {
	lo, hi := Point{math.Inf(1), math.Inf(1)}, Point{math.Inf(-1), math.Inf(-1)}
	for _, p := range points {
		lo.X, lo.Y = math.Min(lo.X, p.X), math.Min(lo.Y, p.Y)
		hi.X, hi.Y = math.Max(hi.X, p.X), math.Max(hi.Y, p.Y)
	}
	return Box{lo.X, lo.Y, hi.X - lo.X, hi.Y - lo.Y}
}
