package crs

import (
	"math"
	"strings"
)

// method is how a system is projected.
type method string

const (
	none            method = "none" // geographic
	transverseM     method = "Transverse Mercator"
	mercatorM       method = "Mercator"
	webMercatorM    method = "Web Mercator"
	otherProjection method = "other"
)

// described is a system by its parameters, whatever the notation: what makes it
// the same as another, and how it calls itself.
type described struct {
	name, datum        string
	authority          string // of the whole system; upper case
	code               string
	method             method
	projection         string // as the text names it
	semiMajor, inverse float64
	prime              float64    // longitude of the prime meridian, degrees
	angle, length      float64    // units, in degrees and metres
	p                  [5]float64 // as parameter names them; degrees and metres
}

// Places in described.p.
const (
	latitudeOfOrigin = iota
	centralMeridian
	scaleFactor
	falseEasting
	falseNorthing
)

// plain takes everything but letters and digits out of a name.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, strings.ToLower(s))
}

// parameter finds the place of a parameter by any of its names.
func parameter(name string) (int, bool) {
	switch plain(name) {
	case "latitudeoforigin", "latitudeofnaturalorigin", "latitudeoffalseorigin", "latitudeofcenter":
		return latitudeOfOrigin, true
	case "centralmeridian", "longitudeofnaturalorigin", "longitudeoforigin", "longitudeofcenter":
		return centralMeridian, true
	case "scalefactor", "scalefactoratnaturalorigin":
		return scaleFactor, true
	case "falseeasting", "eastingatfalseorigin":
		return falseEasting, true
	case "falsenorthing", "northingatfalseorigin":
		return falseNorthing, true
	}
	return 0, false
}

// methodNamed tells a projection by any of its names.
func methodNamed(name string) method {
	switch plain(name) {
	case "transversemercator", "gausskruger", "tmerc":
		return transverseM
	case "mercator", "mercator1sp", "mercator2sp", "mercatorvarianta", "mercatorvariantb", "merc":
		return mercatorM
	case "popularvisualisationpseudomercator", "mercatorauxiliarysphere", "webmerc", "pseudomercator":
		return webMercatorM
	}
	return otherProjection
}

// datum names a reference frame that is known here.
type datum string

const (
	wgs84       datum = "WGS 84"
	dgn95       datum = "DGN95"
	srgi2013    datum = "SRGI2013"
	id74        datum = "ID74 (Indonesian Datum 1974)"
	batavia     datum = "Batavia (Genuk)"
	segara      datum = "Gunung Segara"
	makassar    datum = "Makassar"
	samboja     datum = "Samboja"
	sphere      datum = "a sphere"
	unnamed     datum = "unnamed"
	otherDatums datum = ""
)

// frames are the names of datums, without anything but letters and digits.
var frames = []struct {
	part string
	is   datum
}{
	{"wgs1984", wgs84},
	{"wgs84", wgs84},
	{"worldgeodeticsystem1984", wgs84},
	{"datumgeodesinasional1995", dgn95},
	{"dgn95", dgn95},
	{"dgn1995", dgn95},
	{"sistemreferensigeospasialindonesia2013", srgi2013},
	{"srgi2013", srgi2013},
	{"indonesiandatum1974", id74},
	{"indonesian1974", id74},
	{"id74", id74},
	{"batavia", batavia},
	{"genuk", batavia},
	{"gunungsegara", segara},
	{"segara", segara},
	{"makassar", makassar},
	{"samboja", samboja},
}

// frame tells the datum by its name and its ellipsoid.
func (d *described) frame() datum {
	name := plain(d.datum)
	for _, f := range frames {
		if strings.Contains(name, f.part) && !strings.Contains(name, "basedon") {
			return f.is
		}
	}
	switch {
	case d.inverse == 0 && d.semiMajor == semiMajor:
		return sphere
	case name == "" || strings.Contains(name, "unknown") || strings.Contains(name, "unnamed") || strings.Contains(name, "undefined") || strings.Contains(name, "custom") || strings.Contains(name, "notspecified"):
		return unnamed
	}
	return otherDatums
}

// ellipsoidOfWGS84 reports whether the ellipsoid is that of WGS84. GRS80 differs by
// 0.1 mm at the pole and is often written in its place.
func (d *described) ellipsoidOfWGS84() bool {
	return math.Abs(d.semiMajor-semiMajor) < 1e-3 && math.Abs(d.inverse-1/flattening) < 1e-5
}

// same reports whether two systems project alike, to far less than a millimetre.
func (d *described) same(o *described) bool {
	if d.method != o.method {
		return false
	}
	tolerances := [...]float64{1e-9, 1e-9, 1e-10, 1e-5, 1e-5}
	for i, tolerance := range tolerances {
		if d.method == webMercatorM && (i == scaleFactor || i == latitudeOfOrigin) || d.method == none {
			continue
		}
		if !(math.Abs(d.p[i]-o.p[i]) <= tolerance) {
			return false
		}
	}
	return true
}
