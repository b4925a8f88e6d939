package geodesy

import (
	"github.com/paulmach/orb"
)

// Shape is a geometry prepared for measuring: a set of points, edges and
// polygons with a box hierarchy over runs of edges. It is immutable and safe
// for use by several goroutines. [Prepare] and [PrepareWKB] make one; the zero
// value is an empty shape that no function accepts.
//
// Memory: 16 bytes a vertex for the coordinates and about 2 for the hierarchy,
// plus some 130 bytes a shape. A polygon of 72 vertices takes 1.5 kB.
type Shape struct {
	xy     []float64 // lon, lat of each vertex, all parts one after the other; rings repeat their first vertex
	parts  []part
	leaves []leaf  // runs of edges
	boxes  []box32 // the hierarchy, see tree.go; nil for a shape of one leaf
	bound  orb.Bound
}

// partKind says what a run of vertices is.
type partKind uint8

const (
	pointPart partKind = iota
	linePart
	outerPart // exterior ring, stored counter-clockwise
	holePart  // interior ring of the polygon before it, stored clockwise
)

// part is a point, a line or a ring: vertices start..end (end excluded).
type part struct {
	start, end int32
	kind       partKind
}

// Bound returns the smallest box in lon/lat that holds the shape, in the
// longitudes as stored.
func (s *Shape) Bound() orb.Bound { return s.bound }

// Vertices returns the number of positions, closing ones included.
func (s *Shape) Vertices() int { return len(s.xy) / 2 }

// Dimension returns 0 for points only, 1 when there are lines, 2 when there are polygons.
func (s *Shape) Dimension() int {
	d := 0
	for _, p := range s.parts {
		switch p.kind {
		case linePart:
			d = max(d, 1)
		case outerPart, holePart:
			return 2
		}
	}
	return d
}

// Bytes returns roughly how much memory the shape holds.
func (s *Shape) Bytes() int {
	return 136 + 8*cap(s.xy) + 12*cap(s.parts) + 8*cap(s.leaves) + 16*cap(s.boxes)
}

// IsPoint reports whether the shape is a single position, and which.
func (s *Shape) IsPoint() (orb.Point, bool) {
	if len(s.parts) == 1 && s.parts[0].kind == pointPart {
		return s.vertex(0), true
	}
	return orb.Point{}, false
}

// vertex gives the i-th position.
func (s *Shape) vertex(i int32) orb.Point { return orb.Point{s.xy[2*i], s.xy[2*i+1]} }

// edges calls yield for the edges of a part.
func (s *Shape) edges(p part, yield func(a, b orb.Point)) {
	for i := p.start; i+1 < p.end; i++ {
		yield(s.vertex(i), s.vertex(i+1))
	}
}
