package proximity

import (
	"errors"

	"github.com/paulmach/orb"

	"kawasan/geo"
	"kawasan/geo/geodesy"
)

// ShapeOf gives the geometry of a feature ready for measuring: the one that its
// store keeps, or one made from the WKB. Nil if the feature has no geometry,
// or an empty one.
func ShapeOf(f *geo.Feature) (*geodesy.Shape, error) { return shapeOf(f, geodesy.PrepareWKB) }

// shapeOf is ShapeOf with what makes a shape.
func shapeOf(f *geo.Feature, prepare func([]byte) (*geodesy.Shape, error)) (*geodesy.Shape, error) {
	if s, ok := f.Prepared.(*geodesy.Shape); ok && s != nil {
		return s, nil
	}
	if len(f.WKB) == 0 {
		return nil, nil
	}
	s, err := prepare(f.WKB)
	if errors.Is(err, geodesy.ErrEmpty) {
		return nil, nil
	}
	if err != nil {
		e := geo.Errorf(geo.Internal, "the stored geometry of %s can't be measured", f.Ref()).Because(err)
		e.Place = geo.Place{Collection: f.Collection.ID, Feature: f.ID}
		return nil, e
	}
	return s, nil
}

// measured is the shape that distances are taken from: the feature's own, or
// the point that the measure names.
func measured(s *geodesy.Shape, f *geo.Feature, m Measure) (*geodesy.Shape, error) {
	if m == Boundary || s == nil {
		return s, nil
	}
	if _, ok := s.IsPoint(); ok {
		return s, nil
	}
	p := geodesy.Centroid(s)
	if m == Anchor {
		lon, okLon := number(f, "anchor_lon")
		lat, okLat := number(f, "anchor_lat")
		if okLon && okLat {
			p = orb.Point{lon, lat}
		} else if nearest, _, err := geodesy.ClosestPoint(s, p); err == nil {
			p = nearest
		}
	}
	return geodesy.Prepare(p)
}

func number(f *geo.Feature, property string) (float64, bool) {
	if f == nil {
		return 0, false
	}
	return f.Number(property)
}
