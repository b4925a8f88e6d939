package export

import (
	"math"

	"kawasan/geo"
	"kawasan/geo/format/wkb"
)

// PointAxes names a column for each coordinate if the geometries of the layer are
// points with nothing but a position and perhaps a height: lon and lat, or easting
// and northing, and height. Nil for all other layers.
func (l Layer) PointAxes() []string {
	if !l.HasGeometry() || l.Collection.GeometryType != wkb.Point.String() || l.Collection.HasM {
		return nil
	}
	axes := []string{"lon", "lat"}
	if !l.System().IsGeographic() {
		axes = []string{"easting", "northing"}
	}
	if l.Collection.HasZ {
		axes = append(axes, "height")
	}
	return axes
}

// PointCoordinates gives a coordinate for each of PointAxes from what AppendWKB
// gave, NaN for each that isn't there.
func (l Layer) PointCoordinates(f *geo.Feature, bytes []byte) ([3]float64, error) {
	c := [3]float64{math.NaN(), math.NaN(), math.NaN()}
	if len(bytes) == 0 {
		return c, nil
	}
	r := wkb.NewReader(bytes)
	h, err := r.Header()
	if err == nil && h.Type != wkb.Point {
		err = geo.Errorf(geo.Internal, "a %s stands in a collection of points", h.Type)
	}
	var p wkb.Positions
	if err == nil {
		p, err = r.Positions(h, 1)
	}
	if err != nil {
		return c, Locate(err, l, f)
	}
	c[0], c[1] = p.XY(0)
	if h.HasZ {
		c[2] = p.Z(0)
	}
	for i := range c {
		if math.IsInf(c[i], 0) {
			c[i] = math.NaN()
		}
	}
	return c, nil
}
