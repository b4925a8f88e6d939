package cql2

import (
	"math"

	"github.com/paulmach/orb"
)

// edges are the edges and points of a literal in runs with a box each, to tell
// quickly that the box of a feature lies wholly inside or outside.
type edges struct {
	segments []segment
	runs     []orb.Bound
	// areal says that all of the literal is polygons, so that it has an interior.
	areal bool
}

// segment is an edge; a point is one with equal ends.
type segment struct{ a, b orb.Point }

const edgesInRun = 32

// clearance is how far, in degrees, an edge stays from a box that it is said not
// to touch: more than rounding can be wrong, less than a micrometre.
const clearance = 1e-12

type place uint8

const (
	onEdge place = iota // an edge may touch the box
	inInterior
	inExterior
)

// edgesOf takes a valid literal apart.
func edgesOf(g *Geometry) *edges {
	e := &edges{areal: true}
	g.each(func(m *Geometry) {
		stride := m.stride()
		n := len(m.Coordinates) / stride
		at := func(i int) orb.Point { return orb.Point{m.Coordinates[i*stride], m.Coordinates[i*stride+1]} }
		if n == 1 {
			e.segments = append(e.segments, segment{at(0), at(0)})
		}
		for i := 1; i < n; i++ {
			e.segments = append(e.segments, segment{at(i - 1), at(i)})
		}
	})
	switch g.Type {
	case Polygon, MultiPolygon:
	default:
		e.areal = false
	}
	for i := 0; i < len(e.segments); i += edgesInRun {
		run := nowhere()
		for _, s := range e.segments[i:min(i+edgesInRun, len(e.segments))] {
			for _, p := range []orb.Point{s.a, s.b} {
				run.Min = orb.Point{min(run.Min[0], p[0]), min(run.Min[1], p[1])}
				run.Max = orb.Point{max(run.Max[0], p[0]), max(run.Max[1], p[1])}
			}
		}
		e.runs = append(e.runs, run)
	}
	return e
}

// place tells where a box lies. A literal that is not all polygons has no
// interior that counts; collections with polygons are left to the exact test.
func (e *edges) place(box orb.Bound) place {
	box.Min = orb.Point{box.Min[0] - clearance, box.Min[1] - clearance}
	box.Max = orb.Point{box.Max[0] + clearance, box.Max[1] + clearance}
	if !e.areal {
		return onEdge
	}
	odd := false
	p := box.Min
	for i, run := range e.runs {
		inWay := run.Min[1] <= p[1] && run.Max[1] >= p[1] && run.Max[0] >= p[0]
		if !inWay && !run.Intersects(box) {
			continue
		}
		for _, s := range e.segments[i*edgesInRun : min((i+1)*edgesInRun, len(e.segments))] {
			if s.touches(box) {
				return onEdge
			}
			if s.crossesRay(p) {
				odd = !odd
			}
		}
	}
	if odd {
		return inInterior
	}
	return inExterior
}

// touches reports whether the segment meets the box; it may say so of one that
// only comes near.
func (s segment) touches(box orb.Bound) bool {
	if max(s.a[0], s.b[0]) < box.Min[0] || min(s.a[0], s.b[0]) > box.Max[0] ||
		max(s.a[1], s.b[1]) < box.Min[1] || min(s.a[1], s.b[1]) > box.Max[1] {
		return false
	}
	dx, dy := s.b[0]-s.a[0], s.b[1]-s.a[1]
	// all corners on one side of the line: how far they lie off it, times its length
	limit := clearance * (math.Abs(dx) + math.Abs(dy))
	left, right := false, false
	for _, x := range []float64{box.Min[0], box.Max[0]} {
		for _, y := range []float64{box.Min[1], box.Max[1]} {
			side := dx*(y-s.a[1]) - dy*(x-s.a[0])
			left, right = left || side >= -limit, right || side <= limit
		}
	}
	return left && right
}

// crossesRay reports whether the segment crosses the ray from p towards greater longitudes.
func (s segment) crossesRay(p orb.Point) bool {
	if (s.a[1] > p[1]) == (s.b[1] > p[1]) {
		return false
	}
	return p[0] < s.a[0]+(p[1]-s.a[1])/(s.b[1]-s.a[1])*(s.b[0]-s.a[0])
}
