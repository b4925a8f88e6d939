package geodesy

import (
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// shareStep is the longest piece, in metres, that a geodesic is cut into where
// it is compared with polygons: its lon/lat-straight pieces then stray from it
// by a decimetre at 4 degrees of latitude, and by less than 4 m at 70.
const shareStep = 5000

// LengthInside returns which share, 0 to 1, of the geodesic from p to q runs
// through the polygons, taken together: where two overlap it counts once. One
// minus the share over land is the share over water. Of points that coincide it
// returns 1 inside and 0 outside.
func LengthInside(p, q orb.Point, polygons []*Shape) float64 {
	inside := func(v orb.Point) bool {
		for _, s := range polygons {
			if s.Contains(v) {
				return true
			}
		}
		return false
	}
	path := orb.LineString{p, {q[0] + turns(p[0]-q[0], 360), q[1]}}
	if UpperBound(p.Bound(), q.Bound()) > shareStep {
		path = Path(p, q, shareStep)
	}
	total, within := 0.0, 0.0
	var cuts []float64
	for i := 1; i < len(path); i++ {
		g := segment{path[i-1][0], path[i-1][1], path[i][0], path[i][1]}
		cuts = append(cuts[:0], 0, 1)
		for _, s := range polygons {
			cuts = s.cuts(s.root(), g, cuts)
		}
		slices.Sort(cuts)
		metres := 1.0 // of a single piece the share is all that is asked
		if len(path) > 2 || path[0] == path[1] {
			metres = Distance(path[i-1], path[i])
		}
		total += metres
		for j := 1; j < len(cuts); j++ {
			if w := cuts[j] - cuts[j-1]; w > 0 {
				x, y := g.at(cuts[j-1] + w/2)
				if inside(orb.Point{x, y}) {
					within += w * metres
				}
			}
		}
	}
	if total == 0 {
		if inside(p) {
			return 1
		}
		return 0
	}
	return min(1, within/total)
}

// Path returns points along the geodesic from p to q, both included, at most
// step metres apart (and at most 100,000 of them). Longitudes run on across the antimeridian, so that they may
// leave -180..180 by up to 180 degrees.
func Path(p, q orb.Point, step float64) orb.LineString {
	const most = 100_000
	g := Inverse(p, q)
	n := 1
	if step > 0 {
		n = int(min(most, max(1, math.Ceil(g.Metres/step))))
	}
	path := make(orb.LineString, 0, n+1)
	path = append(path, p)
	last := p[0]
	for i := 1; i <= n; i++ {
		v := q
		if i < n {
			v = Direct(p, g.FromDeg, g.Metres*float64(i)/float64(n))
		}
		v[0] += turns(last-v[0], 360)
		last = v[0]
		path = append(path, v)
	}
	return path
}

// cuts appends the places, 0 to 1, where a segment crosses ring edges below a node.
func (s *Shape) cuts(n node, g segment, out []float64) []float64 {
	b := s.box(n)
	if lonGap(b, g.box()) > 0 || b.south > max(g.ay, g.by) || b.north < min(g.ay, g.by) {
		return out
	}
	if n.level > 0 {
		child, count := s.children(n)
		for range count {
			out = s.cuts(child, g, out)
			child.i++
		}
		return out
	}
	l := s.leaves[n.i]
	if l.kind < outerPart {
		return out
	}
	for i := range int32(l.edges) {
		e := s.edge(l, i)
		e = e.shifted(turns((g.ax+g.bx)-(e.ax+e.bx), 720))
		if t, _, ok := crossingOf(g, e); ok && t > 0 && t < 1 {
			out = append(out, t)
		}
	}
	return out
}
