package proximity

import (
	"context"

	"github.com/paulmach/orb"

	"kawasan/geo"
	"kawasan/geo/geodesy"
)

// OverlapRequest asks what origins and targets share.
type OverlapRequest struct {
	Question
	// Touching keeps pairs that share only points or lines, with an area of 0.
	Touching bool
}

// Shared is what an origin and a target have in common.
type Shared struct {
	// Geometry is the shared area, lon, lat; nil if they only touch.
	Geometry orb.MultiPolygon
	// Hectares of it on the ellipsoid.
	Hectares float64
	// OfFrom and OfTo are its part, 0 to 1, of the origin and of the target; nil
	// for one without an area.
	OfFrom, OfTo *float64
}

// Overlap gives the area that each origin shares with each target that it
// meets, largest first, ties by ref, with the intersection as geometry. The
// verdict says how sure it is that they meet at all.
func (e *Engine) Overlap(ctx context.Context, r OverlapRequest) (*Answer, error) {
	r.Measure = Boundary // areas have no other
	s, err := e.begin(ctx, r.Question)
	if err != nil {
		return nil, err
	}
	origins, err := s.origins(ctx)
	if err != nil {
		return nil, err
	}
	a := s.answer(kindOverlap)
	a.Method = geo.Text{
		EN: "intersection by " + geodesy.OverlapEngine + ", area on the WGS84 ellipsoid",
		ID: "irisan dengan " + geodesy.OverlapEngine + ", luas pada elipsoid WGS84",
	}
	for _, o := range origins {
		pairs, err := s.overlapsOf(ctx, o, r.Touching)
		if err != nil {
			return nil, err
		}
		if len(a.Pairs)+len(pairs) > MaxPairs {
			return nil, geo.Errorf(geo.TooLarge, "more than %d pairs overlap", MaxPairs).Try("name fewer places, or filter")
		}
		a.add(o, pairs)
		if len(pairs) == 0 {
			if err := s.addApart(ctx, a, o); err != nil {
				return nil, err
			}
		}
	}
	return a.finish(ctx)
}

// addApart finds the target that is nearest to an origin which shares nothing with any.
func (s *session) addApart(ctx context.Context, a *building, o *Origin) error {
	b := newBest(1, 0)
	for _, t := range s.question.To {
		if err := s.nearestTo(ctx, o, t, b); err != nil {
			return err
		}
	}
	pairs, err := s.pairs(o, b.sorted(), 0)
	if err != nil {
		return err
	}
	for _, p := range pairs {
		if _, err := p.shape(); err != nil {
			return err
		}
		j := geodesy.JudgeMeets(p.Metres, o.Party, p.party)
		p.Judgement = &j
		if a.Apart == nil {
			a.Apart = map[*Origin]*Pair{}
		}
		a.Apart[o] = p
	}
	return nil
}

func (s *session) overlapsOf(ctx context.Context, o *Origin, touching bool) ([]*Pair, error) {
	own, err := o.Geometry()
	if err != nil {
		return nil, err
	}
	area := geodesy.Area(o.Party.Shape)
	var pairs []*Pair
	for _, t := range s.question.To {
		q := s.targetQuery(t)
		q.Bounds = Around(o.measured.Bound(), 1)
		err := s.each(ctx, q, func(f *geo.Feature) error {
			c, ok, err := s.measure(ctx, o, f, 0)
			if err != nil || !ok {
				return err
			}
			p := &Pair{From: o, To: f, Result: c.result, party: geodesy.Party{Shape: c.shape, Basis: basis(f)}}
			shape, err := p.shape()
			if err != nil {
				return err
			}
			if p.Shared, err = shared(ctx, o, own, area, f, shape); err != nil {
				return err
			}
			if p.Shared.Hectares == 0 && !touching {
				return nil
			}
			if p.Interval, err = s.interval(p); err != nil {
				return err
			}
			j := geodesy.JudgeMeets(p.Metres, o.Party, p.party)
			p.Judgement = &j
			pairs = append(pairs, p)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	byArea(pairs)
	return pairs, nil
}

// shared computes what two shapes that meet have in common.
func shared(ctx context.Context, o *Origin, own orb.Geometry, ownArea float64, f *geo.Feature, shape *geodesy.Shape) (*Shared, error) {
	if ownArea <= 0 || shape.Dimension() < 2 {
		return sharedShares(0, ownArea, shape), nil // what has no area shares none
	}
	g, err := f.Geometry()
	if err != nil {
		return nil, err
	}
	common, squareMetres, err := geodesy.Overlap(ctx, own, g)
	if err != nil {
		return nil, overlapFault(err, o, f)
	}
	s := sharedShares(squareMetres, ownArea, shape)
	s.Geometry = polygons(common)
	return s, nil
}

func sharedShares(squareMetres, ownArea float64, shape *geodesy.Shape) *Shared {
	return &Shared{
		Hectares: geodesy.Hectares(squareMetres),
		OfFrom:   shareOf(squareMetres, ownArea), OfTo: shareOf(squareMetres, geodesy.Area(shape)),
	}
}

func shareOf(part, whole float64) *float64 {
	if whole <= 0 {
		return nil
	}
	v := min(1, part/whole)
	return &v
}

// polygons keeps the areas of a geometry.
func polygons(g orb.Geometry) orb.MultiPolygon {
	switch g := g.(type) {
	case orb.Polygon:
		if len(g) > 0 {
			return orb.MultiPolygon{g}
		}
	case orb.MultiPolygon:
		return g
	case orb.Collection:
		var all orb.MultiPolygon
		for _, member := range g {
			all = append(all, polygons(member)...)
		}
		return all
	}
	return nil
}
