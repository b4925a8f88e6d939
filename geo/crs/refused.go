package crs

import (
	"fmt"

	"kawasan/geo"
)

// ranges of EPSG codes of Indonesian systems on older datums.
var older = []struct {
	from, to int
	datum    datum
}{
	{4238, 4238, id74},
	{23846, 23853, id74},
	{23886, 23894, id74},
	{4211, 4211, batavia},
	{4813, 4813, batavia},
	{3001, 3001, batavia},
	{5330, 5330, batavia},
	{21100, 21100, batavia},
	{21148, 21150, batavia},
	{4613, 4613, segara},
	{4820, 4820, segara},
	{2933, 2933, segara},
	{3000, 3000, segara},
	{5329, 5329, segara},
	{4257, 4257, makassar},
	{4804, 4804, makassar},
	{3002, 3002, makassar},
	{5331, 5331, makassar},
	{2550, 2550, samboja},
	{4125, 4125, samboja},
}

// needsShift refuses a datum by its name.
func needsShift(d datum) *geo.Error {
	return geo.Errorf(geo.Unsupported, "the data are on the datum %s, which has to be shifted to WGS 84; left out, boundaries would lie tens to hundreds of metres off", d).
		Try("the data shifted to WGS 84, DGN95 or SRGI2013, for example by ogr2ogr -t_srs EPSG:4326, which picks the transformation of the area")
}

// refused says why a code is known but not supported; nil if it isn't known.
func refused(code string) error {
	if len(code) < 5 || code[:5] != "EPSG:" {
		return nil
	}
	n := atoi(code)
	for _, r := range older {
		if n >= r.from && n <= r.to {
			return needsShift(r.datum)
		}
	}
	return nil
}

// refuse says why a system can't be used however well it is understood.
func (d *described) refuse() error {
	switch frame := d.frame(); frame {
	case id74, batavia, segara, makassar, samboja:
		return needsShift(frame)
	case otherDatums:
		return geo.Errorf(geo.Unsupported, "the datum %q is not known here", clip(d.datum)).Try("data on WGS 84, DGN95 or SRGI2013")
	case sphere:
		if d.method != webMercatorM && d.method != none {
			return geo.Errorf(geo.Unsupported, "the data are on a sphere").Try("data on WGS 84")
		}
	default:
		if !d.ellipsoidOfWGS84() {
			return geo.Errorf(geo.Unsupported, "the ellipsoid (%g m, 1/%g) is not that of WGS 84, so that a datum shift is needed", d.semiMajor, d.inverse).
				Try("data on WGS 84, DGN95 or SRGI2013")
		}
	}
	switch {
	case d.prime != 0:
		return geo.Errorf(geo.Unsupported, "longitudes count from %g° instead of Greenwich", d.prime).Try("longitudes from Greenwich")
	case d.method == none && (d.angle < 0.999999 || d.angle > 1.000001):
		return geo.Errorf(geo.Unsupported, "the unit of angles is not the degree").Try("data in degrees")
	case d.method != none && (d.length < 0.999999 || d.length > 1.000001):
		return geo.Errorf(geo.Unsupported, "the unit of lengths is not the metre (%s m)", fmt.Sprintf("%.6g", d.length)).Try("data in metres")
	}
	return nil
}
