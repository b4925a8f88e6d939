package api

import (
	"math"

	"github.com/paulmach/orb"
	"github.com/peterstace/simplefeatures/geom"

	"kawasan/geo"
	"kawasan/geo/crs"
)

// parseBounds reads bbox and bbox-crs into boxes of lon, lat. Where the box is
// none in lon, lat, the query takes one around it and a filter decides exactly,
// before limit and count, so that no page shrinks.
func (x *exchange) parseBounds(r *itemsRequest) error {
	in := x.server.systems()[0]
	var err error
	if text, given := x.values.get("bbox-crs"); given {
		if in, err = x.findSystem("bbox-crs", text); err != nil {
			return err
		}
	}
	text, given := x.values.get("bbox")
	if !given {
		return nil
	}
	b, err := parseBox(text)
	if err != nil {
		return err
	}
	if in.aligned {
		r.query.Bounds, err = in.bounds(b)
		return err
	}
	b = b.inOrder().padded(rounding)
	around, ok := in.around(b)
	if ok {
		r.query.Bounds = []orb.Bound{around}
	}
	r.query.Filter = boxFilter{system: in, box: geom.NewEnvelope(geom.XY{X: b.first[0], Y: b.first[1]}, geom.XY{X: b.second[0], Y: b.second[1]}).AsGeometry(), text: text}
	return nil
}

// rounding is by how much, in metres, a box of a projected system is taken wider:
// what lies on its border must not depend on the last digit that was written.
const rounding = 0.001

// around gives a box of lon, lat that holds a box of the system: its border is
// walked in steps, and the result widened by more than the bulge between two
// steps. ok is false for boxes so large that only the exact test can decide.
func (s *system) around(b box) (orb.Bound, bool) {
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
func (s *system) bounds(b box) ([]orb.Bound, error) {
	if s.Axes == crs.LatLon && b.isLonLat() {
		b.first[0], b.first[1], b.second[0], b.second[1] = b.first[1], b.first[0], b.second[1], b.second[0]
	}
	for i, limit := range s.limits {
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
		return nil, geo.Invalidf("bbox", "the southern border of bbox is north of the northern one").Try(bboxForm)
	}
	if low[0] <= high[0] {
		return []orb.Bound{{Min: low, Max: high}}, nil
	}
	if s.limits == [2]float64{} {
		return nil, geo.Invalidf("bbox", "the western border of bbox is east of the eastern one").Try(bboxForm)
	}
	return []orb.Bound{
		{Min: orb.Point{low[0], low[1]}, Max: orb.Point{180, high[1]}},
		{Min: orb.Point{-180, low[1]}, Max: orb.Point{high[0], high[1]}},
	}, nil
}
