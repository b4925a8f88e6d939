package cartography

import (
	"math"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/clip"
)

// shape is a geometry in a drawing.
type shape struct {
	areas []Line  // closed, outer rings one way round and holes the other, cut to the window
	edges []Line  // outlines of areas, without the cuts
	lines []Line  // of line strings
	spots []Point // of points
	box   Box     // of all of it, uncut
}

// beyond is how many units outside the frame geometries are kept: wide lines end there.
const beyond = 60

// shapeOf puts a geometry into the window. Vertices that fall within a third of a
// unit of the one before are left out.
func (w window) shapeOf(g orb.Geometry) shape {
	s := &shaper{w: w, keep: w.bound(beyond)}
	s.add(g)
	lo, hi := w.place(orb.Point{g.Bound().Min[0], g.Bound().Max[1]}), w.place(orb.Point{g.Bound().Max[0], g.Bound().Min[1]})
	s.out.box = Box{lo.X, lo.Y, hi.X - lo.X, hi.Y - lo.Y}
	return s.out
}

type shaper struct {
	w    window
	keep orb.Bound
	out  shape
}

func (s *shaper) add(g orb.Geometry) {
	switch g := g.(type) {
	case orb.Point:
		if s.keep.Contains(g) {
			s.out.spots = append(s.out.spots, s.w.place(g))
		}
	case orb.MultiPoint:
		for _, p := range g {
			s.add(p)
		}
	case orb.LineString:
		s.out.lines = s.cutLine(s.out.lines, g)
	case orb.MultiLineString:
		for _, l := range g {
			s.add(l)
		}
	case orb.Ring:
		s.add(orb.Polygon{g})
	case orb.Polygon:
		s.polygon(g)
	case orb.MultiPolygon:
		for _, p := range g {
			s.polygon(p)
		}
	case orb.Collection:
		for _, part := range g {
			s.add(part)
		}
	}
}

func (s *shaper) polygon(p orb.Polygon) {
	if len(p) == 0 || !p.Bound().Intersects(s.keep) {
		return
	}
	for i, ring := range p {
		if len(ring) < 4 || !ring.Bound().Intersects(s.keep) {
			continue
		}
		s.out.edges = s.cutLine(s.out.edges, orb.LineString(ring))
		cut := ring.Clone() // clip works in place
		if b := ring.Bound(); !s.keep.Contains(b.Min) || !s.keep.Contains(b.Max) {
			cut = clip.Ring(s.keep, cut)
		}
		line := Line{Points: s.w.path(cut, true), Closed: true}
		if len(line.Points) > 2 {
			if turnsRight(line.Points) != (i == 0) {
				reverse(line.Points)
			}
			s.out.areas = append(s.out.areas, line)
		}
	}
}

// cutLine appends the pieces of a line that can be seen; a ring that is seen whole
// stays closed.
func (s *shaper) cutLine(lines []Line, l orb.LineString) []Line {
	b := l.Bound()
	if !b.Intersects(s.keep) {
		return lines
	}
	if s.keep.Contains(b.Min) && s.keep.Contains(b.Max) {
		closed := len(l) > 3 && l[0] == l[len(l)-1]
		if points := s.w.path(l, closed); len(points) > 1 {
			lines = append(lines, Line{points, closed && len(points) > 2})
		}
		return lines
	}
	for _, piece := range clip.LineString(s.keep, l.Clone()) {
		if points := s.w.path(piece, false); len(points) > 1 {
			lines = append(lines, Line{Points: points})
		}
	}
	return lines
}

// path places positions; a closed one loses its last, which repeats the first.
func (w window) path(positions []orb.Point, closed bool) []Point {
	if n := len(positions); closed && n > 1 && positions[0] == positions[n-1] {
		positions = positions[:n-1]
	}
	const least = 0.33
	points := make([]Point, 0, min(len(positions), 1024))
	for i, p := range positions {
		at := w.place(p)
		if n := len(points); n > 0 && i < len(positions)-1 && math.Abs(at.X-points[n-1].X)+math.Abs(at.Y-points[n-1].Y) < least {
			continue
		}
		points = append(points, at)
	}
	return points
}

// turnsRight reports whether a ring has positive area where y runs down.
func turnsRight(ring []Point) bool {
	var sum float64
	for i := range ring {
		a, b := ring[i], ring[(i+1)%len(ring)]
		sum += a.X*b.Y - b.X*a.Y
	}
	return sum > 0
}

func reverse(points []Point) {
	for i, j := 0, len(points)-1; i < j; i, j = i+1, j-1 {
		points[i], points[j] = points[j], points[i]
	}
}
