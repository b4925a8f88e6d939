package geodesy

import (
	"math"

	"github.com/paulmach/orb"
)

// Contains reports whether p (lon, lat; any multiple of 360 in longitude) lies
// in the interior of one of the shape's polygons. On a boundary it may say
// either; [Between] says 0 there. Points and lines contain nothing. It costs
// the number of leaves the ray crosses, not the number of vertices.
func (s *Shape) Contains(p orb.Point) bool {
	x, y := p[0], p[1]
	if y < s.bound.Min[1] || y > s.bound.Max[1] {
		return false
	}
	// The first representative of the longitude that is not west of the shape.
	for x += 360 * math.Ceil((s.bound.Min[0]-x)/360); x <= s.bound.Max[0]; x += 360 {
		if s.winding(s.root(), x, y) != 0 {
			return true
		}
	}
	return false
}

// winding counts how often the rings below a node cross the ray from (x, y)
// east, upwards less downwards. Summed over all rings, exteriors
// counter-clockwise and holes clockwise, it is the number of polygons around
// the point.
func (s *Shape) winding(n node, x, y float64) int {
	b := s.box(n)
	if y < b.south || y > b.north || x > b.east {
		return 0
	}
	if n.level > 0 {
		sum := 0
		child, count := s.children(n)
		for range count {
			sum += s.winding(child, x, y)
			child.i++
		}
		return sum
	}
	l := s.leaves[n.i]
	if l.kind < outerPart {
		return 0
	}
	xy := s.xy[2*l.first : 2*(l.first+int32(l.edges)+1)]
	if x < b.west {
		// The whole run lies east: only whether it ends on the other side counts.
		return crossing(xy[1], xy[len(xy)-1], y)
	}
	sum := 0
	for i := 0; i+3 < len(xy); i += 2 {
		sum += windingOf(xy[i], xy[i+1], xy[i+2], xy[i+3], x, y)
	}
	return sum
}

// windingOf is crossing for an edge that crosses the ray from (x, y) east, else 0.
func windingOf(ax, ay, bx, by, x, y float64) int {
	c := crossing(ay, by, y)
	if c == 0 {
		return 0
	}
	// Is the point to the left of the edge, seen upwards?
	side := (bx-ax)*(y-ay) - (x-ax)*(by-ay)
	if (c > 0) == (side > 0) && side != 0 {
		return c
	}
	return 0
}

// crossing is 1 for an edge that goes up through y, -1 down, else 0. The lower
// end belongs to an edge, the upper does not.
func crossing(y0, y1, y float64) int {
	switch {
	case y0 <= y && y < y1:
		return 1
	case y1 <= y && y < y0:
		return -1
	}
	return 0
}
