package crs

import "math"

// widest is how far from its central meridian (radians) a transverse Mercator is
// used at most; the plane has no sensible value much beyond.
const widest = 80 * radians

// transverse is the transverse Mercator projection by Krüger's series to the
// sixth power of the third flattening (Karney 2011, eq. 35 and 36). It is exact
// to 5 nm within 3,900 km of the central meridian.
type transverse struct {
	meridian        float64 // longitude of the origin, radians; its latitude is 0
	scaled          float64 // rectifying radius times the scale at the origin, metres
	easting, origin float64 // false easting and northing, metres
	e               float64
	alpha, beta     [6]float64
}

func newTransverse(meridian, scale, easting, northing float64) *transverse {
	n := flattening / (2 - flattening)
	n2, n3 := n*n, n*n*n
	n4, n5, n6 := n2*n2, n2*n3, n3*n3
	return &transverse{
		meridian: meridian * radians,
		scaled:   scale * semiMajor / (1 + n) * (1 + n2/4 + n4/64 + n6/256),
		easting:  easting,
		origin:   northing,
		e:        eccentricity(),
		alpha: [6]float64{
			n/2 - 2*n2/3 + 5*n3/16 + 41*n4/180 - 127*n5/288 + 7891*n6/37800,
			13*n2/48 - 3*n3/5 + 557*n4/1440 + 281*n5/630 - 1983433*n6/1935360,
			61*n3/240 - 103*n4/140 + 15061*n5/26880 + 167603*n6/181440,
			49561*n4/161280 - 179*n5/168 + 6601661*n6/7257600,
			34729*n5/80640 - 3418889*n6/1995840,
			212378941 * n6 / 319334400,
		},
		beta: [6]float64{
			n/2 - 2*n2/3 + 37*n3/96 - n4/360 - 81*n5/512 + 96199*n6/604800,
			n2/48 + n3/15 - 437*n4/1440 + 46*n5/105 - 1118711*n6/3870720,
			17*n3/480 - 37*n4/840 - 209*n5/4480 + 5569*n6/90720,
			4397*n4/161280 - 11*n5/504 - 830251*n6/7257600,
			4583*n5/161280 - 108847*n6/3991680,
			20648693 * n6 / 638668800,
		},
	}
}

func (t *transverse) forward(lon, lat float64) (x, y float64) {
	lambda := math.Remainder(lon-t.meridian, 2*math.Pi)
	if !(math.Abs(lambda) <= widest) {
		return math.NaN(), math.NaN()
	}
	tau := conformal(math.Tan(lat), t.e)
	sin, cos := math.Sincos(lambda)
	xi0, eta0 := math.Atan2(tau, cos), math.Asinh(sin/math.Hypot(tau, cos))
	xi, eta := xi0, eta0
	for k, a := range t.alpha {
		j := 2 * float64(k+1)
		sin, cos := math.Sincos(j * xi0)
		xi += a * sin * math.Cosh(j*eta0)
		eta += a * cos * math.Sinh(j*eta0)
	}
	return t.easting + t.scaled*eta, t.origin + t.scaled*xi
}

func (t *transverse) inverse(x, y float64) (lon, lat float64) {
	xi, eta := (y-t.origin)/t.scaled, (x-t.easting)/t.scaled
	xi0, eta0 := xi, eta
	for k, b := range t.beta {
		j := 2 * float64(k+1)
		sin, cos := math.Sincos(j * xi)
		xi0 -= b * sin * math.Cosh(j*eta)
		eta0 -= b * cos * math.Sinh(j*eta)
	}
	sinh := math.Sinh(eta0)
	sin, cos := math.Sincos(xi0)
	lambda := math.Atan2(sinh, cos)
	if !(math.Abs(lambda) <= widest) {
		return math.NaN(), math.NaN()
	}
	tau := geodetic(sin/math.Hypot(sinh, cos), t.e)
	return math.Remainder(t.meridian+lambda, 2*math.Pi), math.Atan(tau)
}
