package proximity

import (
	"context"
	"math"

	"github.com/paulmach/orb"

	"kawasan/geo"
	"kawasan/geo/geodesy"
)

// landMap is the land that lines are compared with.
type landMap struct {
	shapes []*geodesy.Shape
	extent orb.Bound
}

// loadLand gives the land polygons, read once a question at most. An empty map when there are none.
func (s *session) loadLand(ctx context.Context) (*landMap, error) {
	if s.land != nil {
		return s.land, nil
	}
	s.land = &landMap{extent: orb.Bound{Min: orb.Point{1, 1}, Max: orb.Point{-1, -1}}}
	c, err := s.catalogue.Collection(s.options.Land)
	if err != nil || !c.HasGeometry() {
		return s.land, nil //nolint:nilerr // no such collection: the share is unknown
	}
	q := s.query(c.ID)
	q.Properties = []string{}
	s.land, err = recallEach(ctx, s, "land", q, s.land, (*landMap).add)
	return s.land, err
}

func (l *landMap) add(f *geo.Feature) error {
	shape, err := ShapeOf(f)
	if err != nil || shape == nil {
		return err
	}
	if len(l.shapes) == 0 {
		l.extent = shape.Bound()
	} else {
		l.extent = l.extent.Union(shape.Bound())
	}
	l.shapes = append(l.shapes, shape)
	return nil
}

// waterShare is the part of the geodesic from p to q that is not land; nil when
// an end lies outside the extent of the land that is known, where the share
// would say nothing. Points that coincide have no line and share 0.
func (l *landMap) waterShare(r geodesy.Result) *float64 {
	if len(l.shapes) == 0 || !l.extent.Contains(r.From) || !l.extent.Contains(r.To) {
		return nil
	}
	share := 0.0
	if !r.Meets() {
		share = 1 - geodesy.LengthInside(r.From, r.To, l.shapes)
		share = math.Round(max(0, share)*1e4) / 1e4
	}
	return &share
}

// addWater fills the water share of the pairs.
func (s *session) addWater(ctx context.Context, b *building) error {
	if len(b.Pairs) == 0 || b.kind == kindOverlap {
		return nil
	}
	if len(b.Pairs) > maxWaterLines {
		b.note("There are too many lines to compare each with the land; water_share is left out.",
			"Garis terlalu banyak untuk dibandingkan satu per satu dengan daratan; water_share tidak diisi.")
		return nil
	}
	land, err := s.loadLand(ctx)
	if err != nil {
		return err
	}
	for i, p := range b.Pairs {
		if i%64 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		p.WaterShare = land.waterShare(p.Result)
	}
	return nil
}
