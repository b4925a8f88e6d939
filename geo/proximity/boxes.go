package proximity

import (
	"math"

	"github.com/paulmach/orb"
)

// Radii of curvature of the WGS84 ellipsoid that no place goes below, in metres:
// along the meridian (at the equator) and across it.
const (
	leastMeridional = 6335439.0
	leastNormal     = 6378137.0
)

// slack widens boxes by a little more than rounding, in degrees.
const slack = 1e-9

// Around gives boxes, in longitudes from -180 to 180, that hold every point
// within radius metres of the box b: one, or two where it crosses the antimeridian.
// Nil means the whole earth.
//
// A path of length r changes the latitude by at most r/M and, while it stays below
// a latitude, the longitude by at most r/(N cos of it); M and N are taken at their
// least, so that the boxes are never too small.
func Around(b orb.Bound, radius float64) []orb.Bound {
	north := radius/leastMeridional*180/math.Pi + slack
	south, top := b.Min[1]-north, b.Max[1]+north
	if south <= -90 && top >= 90 {
		return nil
	}
	far := max(math.Abs(south), math.Abs(top))
	west, width := b.Min[0], b.Max[0]-b.Min[0]
	if far >= 90 {
		width = 360
	} else {
		east := radius/(leastNormal*math.Cos(far*math.Pi/180))*180/math.Pi + slack
		west -= east
		width += 2 * east
	}
	south, top = max(south, -90), min(top, 90)
	if !(width < 360) {
		return []orb.Bound{{Min: orb.Point{-180, south}, Max: orb.Point{180, top}}}
	}
	west -= 360 * math.Floor((west+180)/360) // into -180 <= west < 180
	east := west + width
	box := func(west, east float64) orb.Bound {
		return orb.Bound{Min: orb.Point{west, south}, Max: orb.Point{east, top}}
	}
	switch {
	case east >= 180:
		return []orb.Bound{box(west, 180), box(-180, east-360)}
	case west == -180: // the meridian of 180 is on its edge, under either name
		return []orb.Bound{box(west, east), box(180, 180)}
	}
	return []orb.Bound{box(west, east)}
}
