package quality

import (
	"math"

	"github.com/paulmach/orb"

	"kawasan/geo/geodesy"
)

// orientation tells exactly on which side of the line from a to b the point c lies:
// 1 left, -1 right, 0 on it.
func orientation(a, b, c orb.Point) int { return geodesy.Side(a[0], a[1], b[0], b[1], c[0], c[1]) }

// meeting is how two segments meet.
type meeting uint8

const (
	apart   meeting = iota
	touches         // in one point that is an end of at least one of them
	crosses         // in one point inside both
	shares          // along a piece of positive length
)

// meet tells how the segments ab and cd meet, and where: the point, or one point of
// the shared piece. All finite, none of length 0.
func meet(a, b, c, d orb.Point) (meeting, orb.Point) {
	abc, abd := orientation(a, b, c), orientation(a, b, d)
	if abc == 0 && abd == 0 {
		return meetOnLine(a, b, c, d)
	}
	if abc == abd {
		return apart, orb.Point{}
	}
	cda, cdb := orientation(c, d, a), orientation(c, d, b)
	if cda == cdb {
		return apart, orb.Point{}
	}
	switch {
	case abc == 0:
		return touches, c
	case abd == 0:
		return touches, d
	case cda == 0:
		return touches, a
	case cdb == 0:
		return touches, b
	}
	return crosses, crossing(a, b, c, d)
}

// meetOnLine is meet for four points on one line.
func meetOnLine(a, b, c, d orb.Point) (meeting, orb.Point) {
	k := 0 // the axis along which the line runs more
	if math.Abs(b[1]-a[1]) > math.Abs(b[0]-a[0]) {
		k = 1
	}
	if a[k] > b[k] {
		a, b = b, a
	}
	if c[k] > d[k] {
		c, d = d, c
	}
	from, to := a, b
	if c[k] > from[k] {
		from = c
	}
	if d[k] < to[k] {
		to = d
	}
	switch {
	case from[k] > to[k]:
		return apart, orb.Point{}
	case from[k] == to[k]:
		return touches, from
	}
	return shares, orb.Point{(from[0] + to[0]) / 2, (from[1] + to[1]) / 2}
}

// crossing is the point in which two segments cross, kept within both their boxes.
func crossing(a, b, c, d orb.Point) orb.Point {
	rx, ry, sx, sy := b[0]-a[0], b[1]-a[1], d[0]-c[0], d[1]-c[1]
	t := ((c[0]-a[0])*sy - (c[1]-a[1])*sx) / (rx*sy - ry*sx)
	if !(t >= 0) { // also NaN, where the division had no value
		t = 0
	}
	t = math.Min(t, 1)
	return orb.Point{a[0] + t*rx, a[1] + t*ry}
}
