package snapshot

import (
	"encoding/binary"
	"math"

	"github.com/paulmach/orb"

	"kawasan/geo/geodesy"
)

// meets reports whether a geometry has a point in common with a closed box, in
// the plane of longitude and latitude with straight edges. The answer is exact
// for the coordinates as stored. A polygon includes its boundary and, by the
// even-odd rule over its rings, its interior. The bytes must have passed measure.
func meets(wkb []byte, box orb.Bound) bool {
	found, _ := boxTest{box}.geometry(wkb)
	return found
}

// meetsWithin is meets for a geometry whose bound is known and meets the box;
// it reads the geometry only where the bound does not decide.
func meetsWithin(wkb []byte, bound, box orb.Bound) bool {
	across, along := inside(bound, box)
	return across && along || (across || along) && isConnected(wkb) || meets(wkb, box)
}

// inside reports in which direction a bound lies inside a box that it meets. A
// connected geometry crosses every line across its bound, so if its bound is inside
// in one direction, it meets the box.
func inside(bound, box orb.Bound) (across, along bool) {
	return bound.Min[0] >= box.Min[0] && bound.Max[0] <= box.Max[0], bound.Min[1] >= box.Min[1] && bound.Max[1] <= box.Max[1]
}

// isConnected reports whether a geometry is a line or a polygon, or has just one
// of them as its member.
func isConnected(wkb []byte) bool {
	kind, _ := kindOf(wkb)
	switch kind {
	case wkbLineString, wkbPolygon:
		return true
	case wkbMultiLineString, wkbMultiPolygon:
		return binary.LittleEndian.Uint32(wkb[wkbHeader:]) == 1
	}
	return false
}

// overlap reports whether two closed boxes meet.
func overlap(a, b orb.Bound) bool {
	return a.Min[0] <= b.Max[0] && a.Max[0] >= b.Min[0] && a.Min[1] <= b.Max[1] && a.Max[1] >= b.Min[1]
}

type boxTest struct{ box orb.Bound }

// geometry tests the geometry at the front and gives the bytes behind it, which
// have no meaning once the answer is true.
func (t boxTest) geometry(b []byte) (bool, []byte) {
	kind, size := kindOf(b)
	b = b[wkbHeader:]
	switch kind {
	case wkbPoint:
		x, y := position(b)
		return t.holds(x, y), b[size:]
	case wkbLineString:
		n, rest := run(b, size)
		return t.line(b[wkbCount:], n, size), rest
	case wkbPolygon:
		return t.polygon(b, size)
	}
	n := binary.LittleEndian.Uint32(b)
	b = b[wkbCount:]
	var found bool
	for range n {
		if found, b = t.geometry(b); found {
			return true, nil
		}
	}
	return false, b
}

// run gives the number of positions in a counted run and the bytes behind it.
func run(b []byte, size int) (n int, rest []byte) {
	n = int(binary.LittleEndian.Uint32(b))
	return n, b[wkbCount+n*size:]
}

// polygon meets the box if a ring does, or else if it holds all of the box.
func (t boxTest) polygon(b []byte, size int) (bool, []byte) {
	rings := binary.LittleEndian.Uint32(b)
	b = b[wkbCount:]
	inside := false
	for range rings {
		n, rest := run(b, size)
		if t.line(b[wkbCount:], n, size) {
			return true, nil
		}
		if crossings(b[wkbCount:], n, size, t.box.Min) {
			inside = !inside
		}
		b = rest
	}
	return inside, b
}

func (t boxTest) holds(x, y float64) bool { // false for NaN
	return x >= t.box.Min[0] && x <= t.box.Max[0] && y >= t.box.Min[1] && y <= t.box.Max[1]
}

func (t boxTest) line(b []byte, n, size int) bool {
	if n == 0 {
		return false
	}
	ax, ay := position(b)
	if t.holds(ax, ay) {
		return true
	}
	for i := 1; i < n; i++ {
		bx, by := position(b[i*size:])
		if t.edge(ax, ay, bx, by) {
			return true
		}
		ax, ay = bx, by
	}
	return false
}

// edge reports whether a segment whose first end lies outside meets the box.
// Two convex sets are apart if and only if one of these lines separates them:
// a side of the box, or the line of the segment.
func (t boxTest) edge(ax, ay, bx, by float64) bool {
	lo, hi := t.box.Min, t.box.Max
	if ax < lo[0] && bx < lo[0] || ax > hi[0] && bx > hi[0] || ay < lo[1] && by < lo[1] || ay > hi[1] && by > hi[1] {
		return false
	}
	if ax == bx || ay == by || t.holds(bx, by) {
		return true
	}
	// The corners furthest to either side of the line lie on one diagonal.
	x0, x1 := lo[0], hi[0]
	if (bx > ax) == (by > ay) {
		x0, x1 = x1, x0
	}
	one := geodesy.Side(ax, ay, bx, by, x0, lo[1])
	two := geodesy.Side(ax, ay, bx, by, x1, hi[1])
	return one != two || one == 0
}

// crossings reports whether a ray from p to the east crosses a ring an odd
// number of times; p must not lie on the ring.
func crossings(b []byte, n, size int, p orb.Point) bool {
	if n == 0 {
		return false
	}
	odd := false
	ax, ay := position(b)
	for i := 1; i < n; i++ {
		bx, by := position(b[i*size:])
		if (ay > p[1]) != (by > p[1]) {
			switch {
			case math.Min(ax, bx) > p[0]:
				odd = !odd
			case math.Max(ax, bx) < p[0]:
			case (geodesy.Side(ax, ay, bx, by, p[0], p[1]) > 0) == (by > ay):
				odd = !odd
			}
		}
		ax, ay = bx, by
	}
	return odd
}
