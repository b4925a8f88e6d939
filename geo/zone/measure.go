package zone

import (
	"context"

	"kawasan/geo"
	"kawasan/geo/proximity"
)

// values measures a criterion for all candidates, in their order.
func (k *ranker) values(ctx context.Context, c Criterion) ([]raw, error) {
	switch {
	case c.Property != "":
		return k.property(c)
	case c.Area:
		return k.areas(ctx)
	case c.Nearest != nil:
		return k.nearest(ctx, *c.Nearest)
	}
	return k.within(ctx, *c.Within)
}

// unit is what the values of a criterion are given in: m, ha, that of a property, or "" for a count.
func (k *ranker) unit(c Criterion) string {
	switch {
	case c.Nearest != nil:
		return "m"
	case c.Area:
		return "ha"
	case c.Property != "":
		p, _ := k.collection.Property(c.Property)
		return p.Unit
	case c.Within != nil && c.Within.Sum != "":
		if around, err := k.catalogue.Collection(c.Within.Collection); err == nil {
			p, _ := around.Property(c.Within.Sum)
			return p.Unit
		}
	}
	return ""
}

func (k *ranker) property(c Criterion) ([]raw, error) {
	p, ok := k.collection.Property(c.Property)
	if !ok || !p.Type.IsNumeric() {
		return nil, geo.Invalidf("criteria", "the collection %q has no numeric property %q", k.collection.ID, c.Property)
	}
	all := make([]raw, len(k.candidates))
	for i, f := range k.candidates {
		v := numberOf(f, c.Property)
		all[i] = raw{value: v, min: v, max: v}
	}
	return all, nil
}

func (k *ranker) areas(ctx context.Context) ([]raw, error) {
	if !k.collection.HasGeometry() {
		return nil, geo.Invalidf("criteria", "the collection %q has no geometry, so its features have no area", k.collection.ID).
			Try("another criterion, or a collection with geometry")
	}
	all := make([]raw, len(k.candidates))
	for i, f := range k.candidates {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		a, ok, err := AreaOf(ctx, f)
		if err != nil {
			return nil, err
		}
		if ok {
			all[i] = raw{value: &a.Hectares, min: &a.Min, max: a.Max}
		}
	}
	return all, nil
}

// question asks from all candidates.
func (k *ranker) question(around Around) (proximity.Question, error) {
	q := proximity.Question{AsOf: k.AsOf, Principal: k.Principal}
	c, err := k.catalogue.Collection(around.Collection)
	if err != nil {
		return q, geo.AsError(err).In("criteria")
	}
	f, err := filter(k.Parse, c, around.Filter)
	if err != nil {
		return q, geo.AsError(err).In("criteria")
	}
	q.To = []proximity.Target{{Collection: around.Collection, Filter: f}}
	for _, z := range k.candidates {
		q.From = append(q.From, proximity.Source{Ref: proximity.Ref{Collection: z.Collection.ID, ID: z.ID}})
	}
	return q, nil
}

func (k *ranker) nearest(ctx context.Context, around Around) ([]raw, error) {
	q, err := k.question(around)
	if err != nil {
		return nil, err
	}
	spread, err := k.engine.Spread(ctx, q)
	if err != nil {
		return nil, err
	}
	for n := maxNearest; ; n *= 4 {
		a, err := k.engine.Nearest(ctx, proximity.NearestRequest{Question: q, K: n})
		if err != nil {
			return nil, err
		}
		byOrigin := map[string][]*proximity.Pair{}
		for _, p := range a.Pairs {
			byOrigin[p.From.Ref] = append(byOrigin[p.From.Ref], p)
		}
		more := 4*n <= proximity.MaxK && 4*n*len(k.candidates) <= proximity.MaxPairs
		all, settled := make([]raw, len(k.candidates)), true
		for i, f := range k.candidates {
			pairs := byOrigin[f.Ref()]
			all[i] = neighbour(pairs)
			if len(pairs) < n || all[i].settle(pairs[n-1], spread) {
				continue
			}
			if settled = false; !more {
				nothing := 0.0 // one further on may lie anywhere nearer
				all[i].min = &nothing
			}
		}
		if settled || !more {
			k.unlocated(around, a)
			k.reads(a)
			return all, nil
		}
	}
}

func (k *ranker) within(ctx context.Context, ring Ring) ([]raw, error) {
	q, err := k.question(ring.Around)
	if err != nil {
		return nil, err
	}
	r := proximity.WithinRequest{Question: q, Distances: []float64{ring.DistanceM}, SummaryOnly: true}
	if ring.Sum != "" {
		r.Sums = []proximity.Sum{{Property: ring.Sum, ByArea: true}}
	}
	a, err := k.engine.Within(ctx, r)
	if err != nil {
		return nil, err
	}
	k.unlocated(ring.Around, a)
	k.reads(a)
	bySource := map[string]*proximity.Summary{}
	for _, s := range a.Summaries {
		bySource[s.From] = s
	}
	all := make([]raw, len(k.candidates))
	for i, f := range k.candidates {
		s, ok := bySource[f.Ref()]
		switch {
		case !ok:
		case ring.Sum != "":
			if share := s.Sums[0].ByArea; share != nil {
				all[i] = raw{value: &share.Sum, min: &share.Min, max: share.Max}
			}
		default:
			count, least := float64(s.Count), float64(s.CountMin)
			all[i] = raw{value: &count, min: &least}
			if s.CountMax != nil {
				most := float64(*s.CountMax)
				all[i].max = &most
			}
		}
	}
	return all, nil
}
