package geodesy

import (
	"math"

	"github.com/paulmach/orb"
)

// tangent bounds distances between places of two small boxes that lie far
// apart. It measures one geodesic, between the middles; the distance of any
// other pair is that plus what both ends gain along it, to first order, less
// what the second order can take away.
type tangent struct {
	a, b       orb.Point // the middles, longitudes as stored
	metres     float64   // between them, less the allowance
	aLon, aLat float64   // metres gained by a degree at a
	bLon, bLat float64   // and at b
}

// tangentReach is the least distance for which there are such bounds.
const tangentReach = 1e3

// newTangent prepares the bounds for a pair of boxes; it refuses boxes that are
// too large, too near a pole, too far apart or closer than they are large.
//
// The allowance: with K the curvature of the surface, about 1/R², the second
// variation of a geodesic of length d whose ends move at speeds v and w is at
// least -(v²+w²) tan(d/2R)/R; a path straight in lon/lat itself bends by at most
// (2 tan φ + 0.02) v²/R. Half of both is taken off, and half as much again.
func newTangent(x, y box) (tangent, bool) {
	const small, far, north = 100e3, 9000e3, 80.0
	t := tangent{
		a: orb.Point{(x.west + x.east) / 2, (x.south + x.north) / 2},
		b: orb.Point{(y.west + y.east) / 2, (y.south + y.north) / 2},
	}
	top := max(x.north, y.north, -x.south, -y.south)
	if top > north {
		return t, false
	}
	f, g := greatestFrame(x.south, x.north), greatestFrame(y.south, y.north)
	ra := math.Hypot((x.east-x.west)/2*f.lon, (x.north-x.south)/2*f.lat)
	rb := math.Hypot((y.east-y.west)/2*g.lon, (y.north-y.south)/2*g.lat)
	if ra > small || rb > small {
		return t, false
	}
	d, az1, az2 := inverse(t.a, t.b)
	if d < max(tangentReach, ra+rb) || d > far {
		return t, false
	}
	bend := math.Tan((d+ra+rb)/(2*equatorM)) + 2*math.Tan(top*radians) + 0.02
	t.metres = d - 0.75*(ra*ra+rb*rb)*bend/equatorM - 1e-3
	t.aLon, t.aLat = degreeMetres(t.a[1])
	t.bLon, t.bLat = degreeMetres(t.b[1])
	sin, cos := math.Sincos(az1 * radians)
	t.aLon, t.aLat = -sin*t.aLon, -cos*t.aLat
	sin, cos = math.Sincos(az2 * radians)
	t.bLon, t.bLat = sin*t.bLon, cos*t.bLat
	return t, true
}

// gainA and gainB are how much further a place of a box is than its middle.
func (t *tangent) gainA(x, y float64) float64 { return (x-t.a[0])*t.aLon + (y-t.a[1])*t.aLat }
func (t *tangent) gainB(x, y float64) float64 { return (x-t.b[0])*t.bLon + (y-t.b[1])*t.bLat }

// lower is a lower bound of the distance of two boxes that lie in those prepared for.
func (t *tangent) lower(x, y box) float64 {
	return t.metres +
		min((x.west-t.a[0])*t.aLon, (x.east-t.a[0])*t.aLon) + min((x.south-t.a[1])*t.aLat, (x.north-t.a[1])*t.aLat) +
		min((y.west-t.b[0])*t.bLon, (y.east-t.b[0])*t.bLon) + min((y.south-t.b[1])*t.bLat, (y.north-t.b[1])*t.bLat)
}

// farPair walks the edges of two leaves that lie far apart.
func (s *search) farPair(la, lb leaf, t tangent) {
	na, nb := max(1, int32(la.edges)), max(1, int32(lb.edges))
	var ga, gb [leafEdges]float64
	ia, ib := int32(0), int32(0)
	for i := range na {
		e := s.a.edge(la, i)
		if ga[i] = min(t.gainA(e.ax, e.ay), t.gainA(e.bx, e.by)); ga[i] < ga[ia] {
			ia = i
		}
	}
	for j := range nb {
		e := s.b.edge(lb, j)
		if gb[j] = min(t.gainB(e.ax, e.ay), t.gainB(e.bx, e.by)); gb[j] < gb[ib] {
			ib = j
		}
	}
	if t.metres+ga[ia]+gb[ib] > s.best {
		return
	}
	// The most promising pair first: it mostly rules out the rest.
	s.pair(s.a.edge(la, ia), s.b.edge(lb, ib))
	for i := range na {
		for j := range nb {
			if s.done {
				return
			}
			if t.metres+ga[i]+gb[j] <= s.best && (i != ia || j != ib) {
				s.pair(s.a.edge(la, i), s.b.edge(lb, j))
			}
		}
	}
}
