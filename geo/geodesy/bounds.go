package geodesy

import (
	"math"

	"github.com/paulmach/orb"
)

// planarReach is the distance in metres up to which bounds are taken in a
// frame; beyond it they are taken on the conformal sphere.
const planarReach = 200e3

// From bounds the distances of many boxes from one, by what is worked out once for
// that one. It is immutable.
type From struct {
	box    box
	frames [len(fromReaches)]frame
}

// fromReaches are the distances in metres up to which each frame of a From is used.
var fromReaches = [3]float64{planarReach / 16, planarReach / 4, planarReach}

// NewFrom prepares the bounds for a box (lon, lat). It takes about 100 ns.
func NewFrom(b orb.Bound) From {
	f := From{box: boxOf(b)}
	for i, reach := range fromReaches {
		// A geodesic no longer than the reach, with an end in the box, stays that near to it.
		f.frames[i] = leastFrame(f.box.south, f.box.north, reach)
	}
	return f
}

// LowerBound returns a length in metres that no geodesic between a point of the box
// and a point of b (lon, lat) falls below: the exact distance less at most 0.05 %
// near the equator, less 0.5 % elsewhere. It is 0 when the boxes meet, and takes
// longitudes modulo 360. It costs some 10 ns up to 200 km, 300 ns beyond.
func (f *From) LowerBound(b orb.Bound) float64 {
	x := boxOf(b)
	lon, lat := gaps(f.box, x)
	if lon == 0 && lat == 0 {
		return 0
	}
	for i, reach := range fromReaches {
		dx, dy := lon*f.frames[i].lon, lat*f.frames[i].lat
		if d2 := dx*dx + dy*dy; d2 <= reach*reach {
			return below(math.Sqrt(d2))
		}
	}
	// Longer than the last reach, by the frame if not by the geodesic.
	return max(below(planarReach), gapBound(f.box, x, lon, lat, upperGap(f.box, x, lon, lat)))
}

// UpperBound returns a length in metres that no geodesic between a point of a
// and a point of b exceeds, so that any two shapes inside the boxes are no
// further apart.
func UpperBound(a, b orb.Bound) float64 { return upperBound(boxOf(a), boxOf(b)) }

func boxOf(b orb.Bound) box { return box{b.Min[0], b.Min[1], b.Max[0], b.Max[1]} }

// lowerBound is a lower bound of the distance of two boxes, given that it is at most
// limit metres: when it is not, the result still exceeds the limit or is a lower bound.
func lowerBound(a, b box, limit float64) float64 {
	lon, lat := gaps(a, b)
	return gapBound(a, b, lon, lat, limit)
}

// gaps is how many degrees of longitude and of latitude separate two boxes.
func gaps(a, b box) (lon, lat float64) {
	return lonGap(a, b), max(0, b.south-a.north, a.south-b.north)
}

// gapBound is lowerBound for boxes whose gaps are known.
func gapBound(a, b box, lon, lat, limit float64) float64 {
	if lon == 0 && lat == 0 {
		return 0
	}
	if limit <= planarReach {
		f := leastFrame(min(a.south, b.south), max(a.north, b.north), limit/2)
		dx, dy := lon*f.lon, lat*f.lat
		return below(math.Sqrt(dx*dx + dy*dy))
	}
	return conformalBound(a, b, lon, lat, limit)
}

// lonGap is how many degrees of longitude separate two boxes, the shorter way round.
func lonGap(a, b box) float64 {
	shift := turns((a.west+a.east)-(b.west+b.east), 720)
	west, east := b.west+shift, b.east+shift
	gap := max(0, west-a.east, a.west-east)
	if gap > 0 || east > a.west+180 || west < a.east-180 {
		other := 360 - (max(a.east, east) - min(a.west, west))
		gap = min(gap, max(0, other))
	}
	return gap
}

// turns is the multiple of 360 nearest to x·360/period: how far to shift
// something that lies x/period turns away.
func turns(x, period float64) float64 {
	if x <= period/2 && x >= -period/2 {
		return 0
	}
	return 360 * math.Round(x/period)
}

// upperGap is an upper bound of the smallest distance between two boxes: the
// straight line across the gaps.
func upperGap(a, b box, lon, lat float64) float64 {
	lo, hi := max(a.south, b.south), min(a.north, b.north)
	f := greatestFrame(min(lo, hi), max(lo, hi))
	return min(halfwayM, above(hypot(lon*f.lon, lat*f.lat)))
}

// upperBound is an upper bound of the largest distance between two boxes.
func upperBound(a, b box) float64 {
	shift := turns((a.west+a.east)-(b.west+b.east), 720)
	lon := min(180, max(a.east, b.east+shift)-min(a.west, b.west+shift))
	south, north := min(a.south, b.south), max(a.north, b.north)
	f := greatestFrame(south, north)
	return min(halfwayM, above(hypot(lon*f.lon, (north-south)*f.lat)))
}

// hypot is math.Hypot for lengths on the earth, which need no care for overflow.
func hypot(x, y float64) float64 { return math.Sqrt(x*x + y*y) }

// conformalBound bounds the distance of two boxes from below on the conformal
// sphere: the map from the ellipsoid by the conformal latitude multiplies every
// length at a latitude by the same figure whatever its direction, and that
// figure changes by less than 0.7 % between equator and pole (J. P. Snyder, Map
// Projections, 1987, p. 15-18). So a geodesic is at least the great circle of
// its ends times the least scale on its way.
func conformalBound(a, b box, lon, lat, limit float64) float64 {
	pad := limit / 2 / minDegreeM
	far := max(-min(a.south, b.south), max(a.north, b.north)) + pad
	scale := conformalScale(min(90, far))
	var sigma float64
	a0, a1 := conformal(a.south), conformal(a.north)
	b0, b1 := conformal(b.south), conformal(b.north)
	if lon == 0 {
		if lat > 0 {
			sigma = max(b0-a1, a0-b1)
		}
	} else {
		// Two stretches of different meridians do not cross (their ends may
		// meet at a pole): the nearest pair has an end of one of them.
		sin, cos := math.Sincos(lon * radians)
		sigma = min(toMeridian(a0, b0, b1, sin, cos), toMeridian(a1, b0, b1, sin, cos),
			toMeridian(b0, a0, a1, sin, cos), toMeridian(b1, a0, a1, sin, cos))
	}
	return below(sigma*scale - 1e-3) // a millimetre for the rounding of arc functions
}

// toMeridian is the angle on the sphere from a point at latitude p to the
// stretch c0..c1 of a meridian that lies the given longitude away.
func toMeridian(p, c0, c1, sinLon, cosLon float64) float64 {
	sinP, cosP := math.Sincos(p)
	// The cosine of the distance to latitude c is sinP sin c + cosP cosLon cos c.
	foot := math.Atan2(sinP, cosP*cosLon)
	if foot >= c0 && foot <= c1 {
		return math.Asin(min(1, cosP*sinLon))
	}
	return min(arc(p, c0, cosP, cosLon), arc(p, c1, cosP, cosLon))
}

// arc is the great-circle angle between latitudes p and c, by haversines.
func arc(p, c, cosP, cosLon float64) float64 {
	s := math.Sin((c - p) / 2)
	h := s*s + cosP*math.Cos(c)*(1-cosLon)/2
	return 2 * math.Asin(math.Sqrt(min(1, max(0, h))))
}

// conformal gives the conformal latitude, in radians, of a latitude in degrees.
func conformal(lat float64) float64 {
	sin := math.Sin(lat * radians)
	if sin >= 1 || sin <= -1 {
		return math.Copysign(math.Pi/2, sin)
	}
	return math.Atan(math.Sinh(math.Atanh(sin) - ecc*math.Atanh(ecc*sin)))
}

// conformalScale is how many metres a radian of the conformal sphere has at a
// latitude in degrees >= 0. It falls from the equator to the pole: its
// logarithm changes by (M/N)(sin χ - sin φ)/cos φ a radian, and χ < φ.
func conformalScale(lat float64) float64 {
	if lat > 89.9 {
		lat = 89.9 // within 1e-8 of its value at the pole; taken off below
	}
	sin, cos := math.Sincos(lat * radians)
	return semiMajor / math.Sqrt(1-ecc2*sin*sin) * cos / math.Cos(conformal(lat)) * (1 - 1e-7)
}
