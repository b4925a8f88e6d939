package bbox

import (
	"math"

	"github.com/paulmach/orb"
	"github.com/peterstace/simplefeatures/geom"

	"kawasan/geo"
	"kawasan/geo/crs"
)

// Selection is a box as a query asks for it. Where the box is none in lon, lat, Bounds is
// one around it (empty: anywhere) and Filter decides exactly; else Filter is nil.
type Selection struct {
	Bounds []orb.Bound
	Filter geo.Filter
}

// Select reads a box in a reference system. An error names no parameter.
func Select(text string, in *crs.CRS) (Selection, error) {
	b, err := parse(text)
	if err != nil {
		return Selection{}, err
	}
	return b.in(in)
}

// in gives what a box in a reference system selects.
func (b box) in(c *crs.CRS) (s Selection, err error) {
	if isAligned(c) {
		s.Bounds, err = b.bounds(c)
		return s, err
	}
	b = b.inOrder().padded(rounding)
	if around, ok := b.around(c); ok {
		s.Bounds = []orb.Bound{around}
	}
	s.Filter = filter{system: c, box: geom.NewEnvelope(geom.XY{X: b.first[0], Y: b.first[1]}, geom.XY{X: b.second[0], Y: b.second[1]}).AsGeometry(), text: b.text}
	return s, nil
}

// isAligned reports whether a box in the system is a box in lon, lat too.
func isAligned(c *crs.CRS) bool { return c.IsGeographic() || c.EPSG == 3857 || c.EPSG == 3395 }

// limits are those of the two axes in degrees; 0 where they are metres.
func limits(c *crs.CRS) [2]float64 {
	switch {
	case !c.IsGeographic():
		return [2]float64{}
	case c.Axes == crs.LatLon:
		return [2]float64{90, 180}
	}
	return [2]float64{180, 90}
}

// rounding is by how much, in metres, a box of a projected system is taken wider:
// what lies on its border must not depend on the last digit that was written.
const rounding = 0.001

// around gives a box of lon, lat that holds a box of a system: its border is
// walked in steps, and the result widened by more than the bulge between two
// steps. ok is false for boxes so large that only the exact test can decide.
func (b box) around(s *crs.CRS) (orb.Bound, bool) {
	const steps, metresPerDegree, widest = 64, 110_000, 500_000
	width, height := b.second[0]-b.first[0], b.second[1]-b.first[1]
	if math.Max(width, height) > widest {
		return orb.Bound{}, false
	}
	var found orb.Bound
	for i := range steps + 1 {
		t := float64(i) / steps
		for k, corner := range [...][2]float64{
			{b.first[0] + t*width, b.first[1]},
			{b.first[0] + t*width, b.second[1]},
			{b.first[0], b.first[1] + t*height},
			{b.second[0], b.first[1] + t*height},
		} {
			lon, lat := s.Inverse(corner[0], corner[1])
			if math.IsNaN(lon) || math.IsNaN(lat) || math.Abs(lon) > 180 || math.Abs(lat) > 85 || lon < s.Area[0]-3 || lon > s.Area[2]+3 {
				return orb.Bound{}, false
			}
			if i == 0 && k == 0 {
				found = orb.Point{lon, lat}.Bound()
			}
			found = found.Extend(orb.Point{lon, lat})
		}
	}
	margin := 0.25 + (width+height)/metresPerDegree*0.05
	// An edge straight in the system is curved in lon, lat, and the other way
	// round: features with long edges bulge into the box. The margin covers edges
	// of a thousand kilometres at middle latitudes.
	return found.Pad(margin), true
}

// bounds turns a box into one of lon, lat, or two where it crosses the antimeridian.
func (b box) bounds(s *crs.CRS) ([]orb.Bound, error) {
	if s.Axes == crs.LatLon && b.isLonLat() {
		b.first[0], b.first[1], b.second[0], b.second[1] = b.first[1], b.first[0], b.second[1], b.second[0]
	}
	for i, limit := range limits(s) {
		for _, v := range [...]float64{b.first[i], b.second[i]} {
			if limit > 0 && math.Abs(v) > limit {
				return nil, outOfRange([...]geo.Phrase{geo.Phrasef("the first axis"), geo.Phrasef("the second axis")}[i], v, limit)
			}
		}
	}
	if !s.IsGeographic() && b.first[0] <= b.second[0] && b.first[1] <= b.second[1] {
		b = b.padded(rounding)
	}
	low, high := b.first, b.second
	low[0], low[1] = s.Inverse(low[0], low[1])
	high[0], high[1] = s.Inverse(high[0], high[1])
	if low[1] > high[1] {
		return nil, geo.Errorf(geo.Invalid, "the southern border of bbox is north of the northern one").Try(Form)
	}
	if low[0] <= high[0] {
		return []orb.Bound{{Min: low, Max: high}}, nil
	}
	if limits(s) == [2]float64{} {
		return nil, geo.Errorf(geo.Invalid, "the western border of bbox is east of the eastern one").Try(Form)
	}
	return []orb.Bound{
		{Min: orb.Point{low[0], low[1]}, Max: orb.Point{180, high[1]}},
		{Min: orb.Point{-180, low[1]}, Max: orb.Point{high[0], high[1]}},
	}, nil
}
