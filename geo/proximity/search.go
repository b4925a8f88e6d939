package proximity

import (
	"context"
	"math"

	"kawasan/geo"
	"kawasan/geo/geodesy"
)

// measure gives the candidate for a feature at most limit metres from the
// origin; false if it is further away, has no geometry or is the origin itself.
func (s *session) measure(ctx context.Context, o *Origin, f *geo.Feature, limit float64) (candidate, bool, error) {
	if o.Feature != nil && o.Feature.ID == f.ID && o.Feature.Collection.ID == f.Collection.ID {
		return candidate{}, false, nil
	}
	if s.question.Measure == Boundary {
		kept, _ := f.Prepared.(*geodesy.Shape)
		if r, within, decided := s.scratch().FromPoint(o.measured, f.WKB, f.Bound, limit); decided {
			return candidate{f, kept, r}, within, nil
		}
		shape, err := shapeOf(f, s.scratch().WKB) // most are needed for this moment only
		if err != nil || shape == nil {
			return candidate{}, false, err
		}
		r, ok, err := geodesy.Measure(ctx, o.measured, shape, limit)
		return candidate{f, kept, r}, ok, err
	}
	shape, err := ShapeOf(f)
	if err != nil || shape == nil {
		return candidate{}, false, err
	}
	to, err := measured(shape, f, s.question.Measure)
	if err != nil {
		return candidate{}, false, err
	}
	r, ok, err := geodesy.Measure(ctx, o.measured, to, limit)
	return candidate{f, shape, r}, ok, err
}

// nearestTo offers to b the features of a target that are nearest to the origin.
func (s *session) nearestTo(ctx context.Context, o *Origin, t Target, b *best) error {
	// A centroid may lie outside the box that an index knows, so only distances
	// between boundaries are led by the index.
	if s.question.Measure != Boundary {
		return s.scan(ctx, o, s.targetQuery(t), b)
	}
	if near, ok := s.reader.(geo.NearReader); ok {
		done, err := s.byIndex(ctx, near, o, t, b)
		if done || err != nil {
			return err
		}
	}
	return s.byBoxes(ctx, o, t, b)
}

// byIndex takes candidates nearest first and stops when the rest can't be near enough.
func (s *session) byIndex(ctx context.Context, near geo.NearReader, o *Origin, t Target, b *best) (bool, error) {
	found, collection, ok := near.Near(ctx, s.targetQuery(t), o.measured.Bound())
	if !ok {
		return false, nil
	}
	s.used[t.Collection] = collection
	n := 0
	for candidate, err := range found {
		if err != nil {
			return true, err
		}
		if candidate.AtLeast > b.reach() {
			break
		}
		if n++; n%64 == 0 && ctx.Err() != nil {
			break
		}
		if err := s.offer(ctx, o, candidate.Feature, b); err != nil {
			return true, err
		}
	}
	return true, ctx.Err()
}

func (s *session) offer(ctx context.Context, o *Origin, f *geo.Feature, b *best) error {
	c, ok, err := s.measure(ctx, o, f, b.reach())
	if ok {
		b.offer(c)
	}
	return err
}

// scan looks at all features of a query.
func (s *session) scan(ctx context.Context, o *Origin, q geo.Query, b *best) error {
	return s.each(ctx, q, func(f *geo.Feature) error { return s.offer(ctx, o, f, b) })
}

// byBoxes reads growing boxes around the origin until the k-th nearest lies no
// further than the box reaches: then nothing outside can be nearer.
func (s *session) byBoxes(ctx context.Context, o *Origin, t Target, b *best) error {
	known := append([]candidate(nil), b.kept...) // of other targets
	radius := s.firstRadius(t, b.k)
	for {
		radius = min(radius, b.limit)
		q := s.targetQuery(t)
		q.Bounds = Around(o.measured.Bound(), radius)
		b.kept = append(b.kept[:0], known...)
		heapify(b)
		if err := s.scan(ctx, o, q, b); err != nil {
			return err
		}
		if q.Bounds == nil || radius >= MaxDistance || b.full() && b.reach() <= radius || radius >= b.limit {
			return nil
		}
		if b.full() {
			radius = max(radius*1.0001, b.reach()) // the k-th is known: one more look decides
		} else {
			radius *= 4
		}
	}
}

// firstRadius guesses how far to look for k features, from how densely the
// collection fills its extent. A wrong guess costs time only.
func (s *session) firstRadius(t Target, k int) float64 {
	const unknown = 25_000.0
	c, err := s.catalogue.Collection(t.Collection)
	if err != nil || c.Count <= 0 || c.Extent.IsEmpty() {
		return unknown
	}
	area := (c.Extent.Max[0] - c.Extent.Min[0]) * (c.Extent.Max[1] - c.Extent.Min[1]) * 111_000 * 111_000
	radius := math.Sqrt(area * float64(k+1) / float64(c.Count) / math.Pi)
	if !(radius >= 1000) {
		return 1000
	}
	return min(radius, 2_000_000)
}
