package geodesy

import (
	"math"

	"github.com/paulmach/orb"
	"github.com/tidwall/geodesic"
)

// The WGS84 ellipsoid (NIMA TR8350.2, table 3.1) and figures that follow from it.
const (
	semiMajor  = 6378137.0                     // equatorial radius a, metres
	flattening = 1 / 298.257223563             // f
	ecc2       = flattening * (2 - flattening) // first eccentricity squared
	semiMinor  = semiMajor * (1 - flattening)  // polar radius b, metres
	equatorM   = semiMajor * (1 - ecc2)        // meridional radius at the equator, its smallest value
	radians    = math.Pi / 180                 // radians in a degree
	halfwayM   = 20003931.458625447            // pole to pole along a meridian: no two points are further apart
	minDegreeM = equatorM * radians            // shortest degree of latitude, metres
	ecc        = 0.081819190842621494335       // sqrt(ecc2)
	hectare    = 10000.0                       // square metres
)

// Geodesic is the shortest path between two points.
type Geodesic struct {
	Metres   float64 // length
	FromDeg  float64 // azimuth at the first point, degrees clockwise from north, 0 <= x < 360
	ToDeg    float64 // azimuth at the second point, in the direction of travel, same range
	From, To orb.Point
}

// Distance returns the length in metres of the WGS84 geodesic between two
// points (lon, lat), to about 15 nanometres. It costs about a microsecond.
func Distance(a, b orb.Point) float64 {
	if a == b {
		return 0
	}
	var s float64
	geodesic.WGS84.Inverse(snapped(a[1]), a[0], snapped(b[1]), b[0], &s, nil, nil)
	return s
}

// Inverse returns the geodesic between two points (lon, lat). Both azimuths are
// 0 when the points coincide.
func Inverse(a, b orb.Point) Geodesic {
	s, az1, az2 := inverse(a, b)
	return Geodesic{Metres: s, FromDeg: compass(az1), ToDeg: compass(az2), From: a, To: b}
}

// Direct returns the point reached from p after the given metres along the
// geodesic that starts at azimuth degrees clockwise from north. The longitude
// returned lies in -180..180.
func Direct(p orb.Point, azimuth, metres float64) orb.Point {
	var lat, lon float64
	geodesic.WGS84.Direct(p[1], p[0], azimuth, metres, &lat, &lon, nil)
	return orb.Point{lon, lat}
}

// inverse gives length and the two azimuths in -180..180. Points that coincide
// give zeros.
func inverse(a, b orb.Point) (s, az1, az2 float64) {
	if a == b {
		return 0, 0, 0
	}
	geodesic.WGS84.Inverse(snapped(a[1]), a[0], snapped(b[1]), b[0], &s, &az1, &az2)
	return s, az1, az2
}

// onEquator is the latitude in degrees below which a point counts as on the
// equator: a nanometre. Of nearly antipodal points less than 2e-18 degrees off it, the
// library gives lengths of 0 or below.
const onEquator = 1e-14

func snapped(lat float64) float64 {
	if lat > -onEquator && lat < onEquator {
		return 0
	}
	return lat
}

// compass brings an azimuth into 0 <= x < 360.
func compass(az float64) float64 {
	if az < 0 {
		az += 360
	}
	if az >= 360 {
		az -= 360
	}
	return az + 0 // no negative zero
}

// degreeMetres returns the exact length of a degree of longitude and of
// latitude at a latitude in degrees.
func degreeMetres(lat float64) (lon, lati float64) {
	sin, cos := math.Sincos(lat * radians)
	w2 := 1 - ecc2*sin*sin
	w := math.Sqrt(w2)
	return semiMajor * max(cos, 0) / w * radians, equatorM / (w2 * w) * radians
}
