package geodesy

import (
	"math"

	"github.com/paulmach/orb"
)

const (
	// meetMetres is the distance below which shapes are said to meet. Positions
	// in degrees have a grain of some nanometres in double precision.
	meetMetres = 1e-6
	// gainMetres ends an iteration: the next step would shorten the geodesic by less.
	gainMetres = 1e-6
	// curved is the distance beyond which a geodesic's length need not have a
	// single minimum along an edge, so that both ends are tried.
	curved = 5e6
)

// touch is a geodesic found between a point of one segment and a point of another.
type touch struct {
	metres   float64
	p, q     orb.Point // on the first and on the second
	az1, az2 float64   // azimuths of the geodesic at p and at q, travelling from p to q
}

// better reports whether t is shorter than b; equals are told apart by
// position, so that the answer does not depend on the order of the search.
func (t touch) better(b touch) bool {
	if t.metres != b.metres {
		return t.metres < b.metres
	}
	for _, c := range [4][2]float64{{t.p[0], b.p[0]}, {t.p[1], b.p[1]}, {t.q[0], b.q[0]}, {t.q[1], b.q[1]}} {
		if c[0] != c[1] {
			return c[0] < c[1]
		}
	}
	return false
}

// solver measures exactly. It remembers the last geodesic, because neighbouring
// edges share vertices.
type solver struct {
	last touch
	warm bool
}

// measure gives the geodesic from p to q.
func (s *solver) measure(p, q orb.Point) touch {
	if s.warm && s.last.p == p && s.last.q == q {
		return s.last
	}
	t := touch{p: p, q: q}
	t.metres, t.az1, t.az2 = inverse(p, q)
	s.last, s.warm = t, true
	return t
}

// slopeP is how many metres the geodesic grows for a unit step of its first end
// along a segment; slopeQ the same for its second end. First variation of arc
// length: minus, and plus, the cosine of the angle between path and geodesic
// times the speed.
func (t touch) slopeP(a segment) float64 { return -slope(t.p[1], t.az1, a) }
func (t touch) slopeQ(b segment) float64 { return slope(t.q[1], t.az2, b) }

func slope(lat, az float64, s segment) float64 {
	lon, lati := degreeMetres(lat)
	sin, cos := math.Sincos(az * radians)
	return sin*lon*(s.bx-s.ax) + cos*lati*(s.by-s.ay)
}

// length2 is about the squared length of a segment in metres.
func (s segment) length2() float64 {
	lon, lat := degreeMetres((s.ay + s.by) / 2)
	x, y := (s.bx-s.ax)*lon, (s.by-s.ay)*lat
	return x*x + y*y
}

// nearestQ gives the shortest geodesic from p to a segment, starting at the
// guess t in 0..1; nearestP the shortest from a segment to q.
func (s *solver) nearestQ(p orb.Point, b segment, t float64) touch {
	return s.along(b, t, func(x, y float64) (touch, float64) {
		g := s.measure(p, orb.Point{x, y})
		return g, g.slopeQ(b)
	})
}

func (s *solver) nearestP(a segment, q orb.Point, t float64) touch {
	return s.along(a, t, func(x, y float64) (touch, float64) {
		g := s.measure(orb.Point{x, y}, q)
		return g, g.slopeP(a)
	})
}

// along minimises the length of a geodesic over the place of one end on a
// segment. eval gives the geodesic of a place and its slope. The root of the
// slope is bracketed and found by secants, with a first step as if on a plane.
func (s *solver) along(e segment, u float64, eval func(x, y float64) (touch, float64)) touch {
	if e.isPoint() {
		t, _ := eval(e.ax, e.ay)
		return t
	}
	best := touch{metres: math.Inf(1)}
	lo, hi := 0.0, 1.0             // the minimum lies between
	loSeen, hiSeen := false, false // whether the slope at lo and hi is known
	h := 0.0                       // curvature of half the square of the length; begins as if on a plane
	var lastU, lastG float64
	for i := range 100 {
		t, d := eval(e.at(u))
		if t.better(best) {
			best = t
		}
		if t.metres <= meetMetres || u == 0 && d >= 0 || u == 1 && d <= 0 {
			break
		}
		g := t.metres * d // slope of half the square, which is nearly a parabola
		if i > 0 && (g-lastG)*(u-lastU) > 0 {
			h = (g - lastG) / (u - lastU)
		} else if h == 0 {
			h = e.length2()
		}
		if d > 0 {
			hi, hiSeen = u, true
		} else {
			lo, loSeen = u, true
		}
		next := u - g/h
		switch {
		case next <= lo && !loSeen:
			next = lo
		case next >= hi && !hiSeen:
			next = hi
		case !(next > lo && next < hi):
			next = lo + (hi-lo)/2
		}
		if math.Abs(d*(next-u)) < gainMetres {
			break
		}
		lastU, lastG = u, g
		u = next
	}
	if best.metres > curved {
		for _, u := range [2]float64{0, 1} {
			if t, _ := eval(e.at(u)); t.better(best) {
				best = t
			}
		}
	}
	return best
}

// shortest gives the shortest geodesic between two short segments, unless it is
// longer than limit: then anything longer. Where two short edges do not
// cross, the shortest geodesic almost always ends at an end of one of them, so
// the four ends are solved, those that a planar bound cannot rule out. Only where the
// slope at the best of them points inwards is the minimum sought inside both.
func (s *solver) shortest(a, b segment, limit float64) touch {
	best := touch{metres: math.Inf(1)}
	shift := turns((a.ax+a.bx)-(b.ax+b.bx), 720)
	c := b.shifted(shift)
	lo, hi := min(a.ay, a.by, b.ay, b.by), max(a.ay, a.by, b.ay, b.by)
	// The guesses hang on the two segments only, so that the result does too.
	var guess frame
	guess.lon, guess.lat = degreeMetres((lo + hi) / 2)
	var d2, at [4]float64
	d2[0], at[0] = guess.toSegment(a.ax, a.ay, c)
	d2[1], at[1] = guess.toSegment(a.bx, a.by, c)
	d2[2], at[2] = guess.toSegment(c.ax, c.ay, a)
	d2[3], at[3] = guess.toSegment(c.bx, c.by, a)
	// Both ends of a point are one.
	if a.isPoint() {
		d2[1] = math.Inf(1)
	}
	if b.isPoint() {
		d2[3] = math.Inf(1)
	}
	near := min(limit, planarReach)
	least := leastFrame(lo, hi, near/2)
	// In the least frame distances shrink by no more than either of its figures does.
	shrink := min(least.lon/guess.lon, least.lat/guess.lat)
	side := -1
	for range 4 {
		k := 0
		for i := range d2 {
			if d2[i] < d2[k] {
				k = i
			}
		}
		if math.IsInf(d2[k], 1) {
			break
		}
		if bound := min(limit, best.metres); bound <= near && below(math.Sqrt(d2[k])*shrink) > bound {
			break
		}
		d2[k] = math.Inf(1)
		var t touch
		switch k {
		case 0:
			t = s.nearestQ(orb.Point{a.ax, a.ay}, b, at[k])
		case 1:
			t = s.nearestQ(orb.Point{a.bx, a.by}, b, at[k])
		case 2:
			t = s.nearestP(a, orb.Point{b.ax, b.ay}, at[k])
		case 3:
			t = s.nearestP(a, orb.Point{b.bx, b.by}, at[k])
		}
		if t.better(best) {
			best, side = t, k
		}
	}
	if side < 0 || best.metres <= meetMetres || a.isPoint() || b.isPoint() {
		return best
	}
	return s.inside(a, b, side, best)
}

// inside looks for a shorter geodesic between inner points of both segments,
// when the best one from an end (side 0, 1: of a; 2, 3: of b) still shortens as that end moves inwards.
func (s *solver) inside(a, b segment, side int, best touch) touch {
	var inward, h float64
	if side < 2 {
		inward, h = best.slopeP(a), a.length2()
	} else {
		inward, h = best.slopeQ(b), b.length2()
	}
	if side == 1 || side == 3 {
		inward = -inward
	}
	if inward >= 0 || inward*inward*best.metres/h < gainMetres && -inward < gainMetres {
		return best
	}
	var t touch
	u := 0.5
	if side < 2 {
		t = s.along(a, u, func(x, y float64) (touch, float64) {
			g := s.nearestQ(orb.Point{x, y}, b, 0.5)
			return g, g.slopeP(a)
		})
	} else {
		t = s.along(b, u, func(x, y float64) (touch, float64) {
			g := s.nearestP(a, orb.Point{x, y}, 0.5)
			return g, g.slopeQ(b)
		})
	}
	if t.better(best) {
		return t
	}
	return best
}
