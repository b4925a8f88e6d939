package crs

import "math"

// WGS84; DGN95 and SRGI2013 use the same ellipsoid.
const (
	semiMajor  = 6378137.0
	flattening = 1 / 298.257223563
	radians    = math.Pi / 180
)

// eccentricity is the first eccentricity.
func eccentricity() float64 { return math.Sqrt(flattening * (2 - flattening)) }

// conformal gives the tangent of the conformal latitude for that of the geodetic
// one (Karney 2011, Transverse Mercator with an accuracy of a few nanometers, eq. 7-9).
func conformal(tau, e float64) float64 {
	sigma := math.Sinh(e * math.Atanh(e*tau/math.Hypot(1, tau)))
	return tau*math.Hypot(1, sigma) - sigma*math.Hypot(1, tau)
}

// geodetic inverts conformal by Newton's method (Karney 2011, eq. 19-21); three
// steps reach the last bit, five are the limit.
func geodetic(want, e float64) float64 {
	e2 := e * e
	tau := want / (1 - e2)
	for range 5 {
		got := conformal(tau, e)
		step := (want - got) / math.Hypot(1, got) * (1 + (1-e2)*tau*tau) / ((1 - e2) * math.Hypot(1, tau))
		tau += step
		if !(math.Abs(step) > 1e-15*math.Max(1, math.Abs(tau))) {
			break
		}
	}
	return tau
}

// webMercator is the Mercator projection of a sphere with the semi-major axis as
// its radius, fed with geodetic latitudes (EPSG method 1024).
type webMercator struct{}

func (webMercator) forward(lon, lat float64) (x, y float64) {
	return semiMajor * lon, semiMajor * math.Asinh(math.Tan(lat))
}

func (webMercator) inverse(x, y float64) (lon, lat float64) {
	return x / semiMajor, math.Atan(math.Sinh(y / semiMajor))
}

// mercator is the Mercator projection of the ellipsoid (EPSG method 9804).
type mercator struct{ e float64 }

func (m mercator) forward(lon, lat float64) (x, y float64) {
	return semiMajor * lon, semiMajor * math.Asinh(conformal(math.Tan(lat), m.e))
}

func (m mercator) inverse(x, y float64) (lon, lat float64) {
	const pole = 1e15 // the tangent from which on the latitude is that of the pole in all its digits
	return x / semiMajor, math.Atan(geodetic(max(-pole, min(pole, math.Sinh(y/semiMajor))), m.e))
}
