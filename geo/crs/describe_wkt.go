package crs

import (
	"math"
	"strconv"
	"strings"
)

// describeWKT takes the parameters out of well-known text of any kind. Of a compound
// system it takes the horizontal part, of a bound one the source.
func describeWKT(n *node) *described {
	switch n.keyword {
	case "COMPD_CS", "COMPOUNDCRS", "BOUNDCRS", "SOURCECRS":
		for _, c := range n.children {
			if d := describeWKT(c); d != nil {
				return d
			}
		}
		return nil
	case "PROJCS", "PROJCRS", "PROJECTEDCRS":
		return describeProjected(n)
	case "GEOGCS", "GEOGCRS", "GEOGRAPHICCRS", "BASEGEOGCRS", "BASEGEODCRS", "GEODCRS", "GEODETICCRS":
		return describeGeographic(n)
	}
	return nil
}

func describeGeographic(n *node) *described {
	d := &described{name: n.name(), method: none, angle: 1, length: 1}
	frame := n.child("DATUM", "ENSEMBLE", "GEODETICDATUM", "TRF")
	d.datum = frame.name()
	if ellipsoid := frame.child("SPHEROID", "ELLIPSOID"); ellipsoid != nil {
		d.semiMajor, _ = ellipsoid.number(0)
		d.inverse, _ = ellipsoid.number(1)
	}
	d.angle = unit(n, "UNIT", "ANGLEUNIT", "CS") * 180 / math.Pi
	if axis := n.child("AXIS"); axis.child("ANGLEUNIT") != nil {
		d.angle = unit(axis, "ANGLEUNIT") * 180 / math.Pi
	}
	d.prime, _ = n.child("PRIMEM", "PRIMEMERIDIAN").number(0)
	d.identify(n)
	return d
}

func describeProjected(n *node) *described {
	base := n.child("GEOGCS", "BASEGEOGCRS", "BASEGEODCRS")
	if base == nil {
		return nil
	}
	d := describeGeographic(base)
	d.name, d.authority, d.code = n.name(), "", ""
	d.length = unit(n, "UNIT", "LENGTHUNIT")
	if axis := n.child("AXIS"); axis.child("LENGTHUNIT") != nil {
		d.length = unit(axis, "LENGTHUNIT")
	}
	conversion := n
	if c := n.child("CONVERSION"); c != nil {
		conversion = c
	}
	named := conversion.child("PROJECTION", "METHOD")
	d.projection = named.name()
	d.method = methodNamed(d.projection)
	d.p[scaleFactor] = 1
	for _, p := range conversion.children {
		if p.keyword == "PARAMETER" {
			d.parameter(p)
		}
	}
	d.identify(n)
	d.webMercator(n)
	return d
}

// parameter takes one PARAMETER, converting its unit.
func (d *described) parameter(p *node) {
	value, ok := p.number(0)
	if !ok {
		return
	}
	i, known := parameter(p.name())
	if !known {
		d.standardParallel(p.name(), value)
		return
	}
	factor := 1.0
	switch i {
	case latitudeOfOrigin, centralMeridian:
		if factor = d.angle; p.child("ANGLEUNIT", "UNIT") != nil {
			factor = unit(p, "ANGLEUNIT", "UNIT") * 180 / math.Pi
		}
	case falseEasting, falseNorthing:
		if factor = d.length; p.child("LENGTHUNIT", "UNIT") != nil {
			factor = unit(p, "LENGTHUNIT", "UNIT")
		}
	}
	d.p[i] = value * factor
}

// standardParallel turns Mercator with a standard parallel into one with a scale at the equator.
func (d *described) standardParallel(name string, degrees float64) {
	known := plain(name)
	if d.method != mercatorM || known != "standardparallel1" && known != "latitudeof1ststandardparallel" {
		return
	}
	e, phi := eccentricity(), degrees*d.angle*radians
	d.p[scaleFactor] = math.Cos(phi) / math.Sqrt(1-e*e*math.Sin(phi)*math.Sin(phi))
}

// webMercator tells the Mercator of a sphere, which WKT1 can only write as that of the
// ellipsoid with a remark beside it.
func (d *described) webMercator(n *node) {
	if d.method != mercatorM {
		return
	}
	for _, c := range n.children {
		if c.keyword == "EXTENSION" && len(c.texts) > 1 && strings.Contains(c.texts[1], "+a=6378137") && strings.Contains(c.texts[1], "+b=6378137") {
			d.method = webMercatorM
		}
	}
	if d.frame() == sphere || d.callsItselfWeb() && d.authority == "EPSG" && aliased(d.code) == 3857 {
		d.method = webMercatorM
	}
}

// callsItselfWeb reports whether the name is one of Web Mercator's.
func (d *described) callsItselfWeb() bool {
	name := plain(d.name)
	for _, part := range []string{"pseudomercator", "webmercator", "googlemercator", "popularvisualisation", "sphericalmercator"} {
		if strings.Contains(name, part) {
			return true
		}
	}
	return false
}

// identify reads AUTHORITY["EPSG","3857"] or ID["EPSG",3857].
func (d *described) identify(n *node) {
	id := n.child("AUTHORITY", "ID")
	if id == nil || len(id.texts) == 0 {
		return
	}
	d.authority = strings.ToUpper(id.texts[0])
	if len(id.texts) > 1 {
		d.code = id.texts[1]
	} else if x, ok := id.number(0); ok {
		d.code = strconv.FormatFloat(x, 'f', -1, 64)
	}
}

// unit gives the factor of a unit: radians or metres. Degrees where none is said of an angle
// and metres of a length follow from what is asked for.
func unit(n *node, keywords ...string) float64 {
	if x, ok := n.child(keywords...).number(0); ok && x > 0 {
		if math.Abs(x-radians) < 1e-12 {
			return radians // written with fewer digits
		}
		return x
	}
	for _, k := range keywords {
		if k == "ANGLEUNIT" {
			return radians
		}
	}
	return 1
}
