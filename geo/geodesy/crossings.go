package geodesy

import (
	"context"
	"errors"

	"github.com/paulmach/orb"
	sf "github.com/peterstace/simplefeatures/geom"

	"kawasan/geo"
)

// An overlay of two geometries takes time and memory by their vertices and by the
// crossings of their edges, and can't be stopped once it runs.
const (
	maxOverlayVertices  = 1_500_000
	maxOverlayCrossings = 300_000
)

// overlayable refuses, as TooLarge, an overlay that would take more than some
// seconds. It gives the error of the context when that is done.
func overlayable(ctx context.Context, a, b *Shape) error {
	if n := a.Vertices() + b.Vertices(); n > maxOverlayVertices {
		return geo.Errorf(geo.TooLarge, "the two shapes have %d vertices together, more than %d", n, maxOverlayVertices).
			Try("simplify them first")
	}
	c := crossings{ctx: ctx, a: a, b: b, most: maxOverlayCrossings}
	if c.visit(a.root(), b.root()); c.err != nil {
		return c.err
	}
	if c.n > maxOverlayCrossings {
		return geo.Errorf(geo.TooLarge, "the edges of the two shapes cross in more than %d places", maxOverlayCrossings).
			Try("simplify them first")
	}
	return nil
}

// crossings counts the edges of two shapes whose boxes meet and that cross, in
// the longitudes as stored.
type crossings struct {
	ctx   context.Context //nolint:containedctx // of one call of overlayable
	a, b  *Shape
	n     int
	most  int // the walk ends when there are more
	steps int
	err   error
}

func (b box) meets(c box) bool {
	return b.west <= c.east && c.west <= b.east && b.south <= c.north && c.south <= b.north
}

func (c *crossings) visit(x, y node) {
	bx, by := c.a.box(x), c.b.box(y)
	if c.err != nil || c.n > c.most || !bx.meets(by) {
		return
	}
	if c.steps++; c.steps%1024 == 0 {
		if c.err = c.ctx.Err(); c.err != nil {
			return
		}
	}
	switch {
	case x.level == 0 && y.level == 0:
		c.leaves(c.a.leaves[x.i], c.b.leaves[y.i], by)
	case x.level > 0 && (y.level == 0 || bx.size() >= by.size()):
		k, n := c.a.children(x)
		for range n {
			c.visit(k, y)
			k.i++
		}
	default:
		k, n := c.b.children(y)
		for range n {
			c.visit(x, k)
			k.i++
		}
	}
}

func (c *crossings) leaves(x, y leaf, by box) {
	for i := range int32(x.edges) {
		e := c.a.edge(x, i)
		if !e.box().meets(by) {
			continue
		}
		for j := range int32(y.edges) {
			if e.crosses(c.b.edge(y, j)) {
				c.n++
			}
		}
	}
}

// crosses reports whether two segments cross, each from one side of the other
// to the other side, as far as rounding tells.
func (s segment) crosses(t segment) bool {
	side := func(s segment, x, y float64) float64 { return (s.bx-s.ax)*(y-s.ay) - (s.by-s.ay)*(x-s.ax) }
	return s.box().meets(t.box()) && side(s, t.ax, t.ay)*side(s, t.bx, t.by) < 0 && side(t, s.ax, s.ay)*side(t, s.bx, s.by) < 0
}

// validAtOnce is how many vertices the library may check: it takes time with their
// square where edges are long and close together, and can't be stopped.
const validAtOnce = 4000

// checkPlanar finds what keeps a geometry, the same as shape, from being overlaid. Of large ones
// it looks at whether edges cross only, which is what imports and other hands do wrong.
func checkPlanar(ctx context.Context, shape *Shape, g sf.Geometry) error {
	if shape.Vertices() <= validAtOnce {
		return g.Validate()
	}
	if shape.Dimension() < 2 {
		return nil // lines may cross
	}
	c := crossings{ctx: ctx, a: shape, b: shape, most: 0}
	if c.visit(shape.root(), shape.root()); c.err != nil {
		return c.err
	}
	if c.n > 0 {
		return errCross
	}
	return nil
}

var errCross = errors.New("rings cross")

// flatShape indexes the rings of polygons in any plane.
func flatShape(polygons orb.MultiPolygon) *Shape {
	s := &Shape{bound: polygons.Bound()}
	for _, p := range polygons {
		for _, r := range p {
			start := int32(s.Vertices()) // bounded by what was buffered
			for _, v := range r {
				s.xy = append(s.xy, v[0], v[1])
			}
			s.parts = append(s.parts, part{start: start, end: int32(s.Vertices()), kind: outerPart})
		}
	}
	s.index()
	return s
}
