package cql2

import (
	"math"

	"github.com/paulmach/orb"

	"kawasan/geo"
)

// Bounds gives a box in lon, lat outside which a checked expression can't be
// true: no feature whose bounding box misses it can match. ok is false when
// the expression says nothing about the place. Where a reach goes over the
// antimeridian or a pole the box takes in all longitudes.
func Bounds(e Expr) (orb.Bound, bool) {
	switch e := e.(type) {
	case *Call:
		if e.Name == withinName && len(e.Args) == 3 {
			return reach(e.Args[0], e.Args[1], e.Args[2])
		}
	case *Operation:
		switch e.Op {
		case And:
			return boundsOfAll(e.Args)
		case Or:
			return boundsOfAny(e.Args)
		case SIntersects, SEquals, STouches, SWithin, SOverlaps, SCrosses, SContains:
			return meeting(e.Args[0], e.Args[1])
		case Less, LessOrEqual, Equal:
			return boundsOfDistance(e.Args[0], e.Args[1])
		case Greater, GreaterOrEqual:
			return boundsOfDistance(e.Args[1], e.Args[0])
		}
	}
	return orb.Bound{}, false
}

func boundsOfAll(parts []Expr) (common orb.Bound, found bool) {
	for _, part := range parts {
		b, ok := Bounds(part)
		switch {
		case !ok:
		case found:
			common = intersection(common, b)
		default:
			common, found = b, true
		}
	}
	return common, found
}

// meets gives the smallest of the boxes of conditions joined with AND; see [Filter.Meets].
// What is below OR or NOT need not hold, and gives none.
func meets(e Expr) (best orb.Bound, found bool) {
	o, ok := e.(*Operation)
	if ok && o.Op == Or {
		return orb.Bound{}, false
	}
	if !ok || o.Op != And {
		return Bounds(e)
	}
	for _, part := range o.Args {
		if b, ok := meets(part); ok && !isNowhere(b) && (!found || planarArea(b) < planarArea(best)) {
			best, found = b, true
		}
	}
	return best, found
}

func boundsOfAny(parts []Expr) (all orb.Bound, ok bool) {
	for i, part := range parts {
		b, bounded := Bounds(part)
		switch {
		case !bounded:
			return orb.Bound{}, false
		case i == 0 || isNowhere(all):
			all = b
		case !isNowhere(b):
			all = all.Union(b)
		}
	}
	return all, len(parts) > 0
}

// nowhere is a box that no other meets.
func nowhere() orb.Bound {
	return orb.Bound{Min: orb.Point{math.Inf(1), math.Inf(1)}, Max: orb.Point{math.Inf(-1), math.Inf(-1)}}
}

func isNowhere(b orb.Bound) bool { return b.Min[0] > b.Max[0] || b.Min[1] > b.Max[1] }

// intersection bounds what meets two boxes: what they share. A feature can meet
// two boxes that share nothing; then it is the smaller of the two.
func intersection(a, b orb.Bound) orb.Bound {
	if isNowhere(a) || isNowhere(b) {
		return nowhere()
	}
	c := orb.Bound{
		Min: orb.Point{max(a.Min[0], b.Min[0]), max(a.Min[1], b.Min[1])},
		Max: orb.Point{min(a.Max[0], b.Max[0]), min(a.Max[1], b.Max[1])},
	}
	switch {
	case !isNowhere(c):
		return c
	case planarArea(b) < planarArea(a):
		return b
	}
	return a
}

func planarArea(b orb.Bound) float64 { return (b.Max[0] - b.Min[0]) * (b.Max[1] - b.Min[1]) }

// literalBeside gives the literal that is compared with the feature's geometry.
func literalBeside(a, b Expr) (*Value, bool) {
	for _, pair := range [][2]Expr{{a, b}, {b, a}} {
		p, ok := pair[0].(*Property)
		if v := literalOf(pair[1]); ok && p.Binding.Role == IsGeometry && v != nil {
			return v, true
		}
	}
	return nil, false
}

func meeting(a, b Expr) (orb.Bound, bool) {
	v, ok := literalBeside(a, b)
	if !ok {
		return orb.Bound{}, false
	}
	return v.Bound()
}

// boundsOfDistance is for distance_m(…) < number.
func boundsOfDistance(distance, limit Expr) (orb.Bound, bool) {
	call, ok := distance.(*Call)
	if !ok || call.Name != distanceName || len(call.Args) != 2 {
		return orb.Bound{}, false
	}
	return reach(call.Args[0], call.Args[1], limit)
}

func reach(a, b, limit Expr) (orb.Bound, bool) {
	v, ok := literalBeside(a, b)
	l, isLiteral := limit.(*Literal)
	if !ok || !isLiteral {
		return orb.Bound{}, false
	}
	metres, isNumber := geo.NumberOf(l.Value)
	bound, exists := v.Bound()
	if !isNumber || !exists {
		return orb.Bound{}, false
	}
	if metres < 0 {
		return nowhere(), true
	}
	return widen(bound, metres), true
}

// widen grows a box so that it holds everything within so many metres. The
// shortest degree of latitude on WGS84 has 110,574 m; a degree of longitude is
// taken at the latitude nearest the pole that can be reached, on a sphere of the
// smallest radius of curvature (6,335 km), with a hundredth added.
func widen(b orb.Bound, metres float64) orb.Bound {
	const degree = 110_574.0
	up := metres/degree*1.01 + 1e-9
	b.Min[1], b.Max[1] = max(b.Min[1]-up, -90), min(b.Max[1]+up, 90)
	all := func() orb.Bound { b.Min[0], b.Max[0] = -180, 180; return b }
	polar := max(math.Abs(b.Min[1]), math.Abs(b.Max[1]))
	angle := metres / 6_335_000 * 1.01
	if polar >= 89 || angle >= 1 {
		return all()
	}
	// the meridians farthest from a small circle of that radius (Todhunter,
	// Spherical Trigonometry): sin(dLon) = sin(angle) / cos(latitude)
	s := math.Sin(angle) / math.Cos(polar*math.Pi/180)
	if s >= 1 {
		return all()
	}
	side := math.Asin(s)*180/math.Pi*1.01 + 1e-9
	b.Min[0], b.Max[0] = b.Min[0]-side, b.Max[0]+side
	if b.Min[0] < -180 || b.Max[0] > 180 {
		return all()
	}
	return b
}
