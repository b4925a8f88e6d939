package proximity

import (
	"context"
	"slices"

	"kawasan/geo"
	"kawasan/geo/geodesy"
)

// WithinRequest asks for the features within a distance of each origin.
type WithinRequest struct {
	Question
	// Distances in metres; the features within the largest are listed, and each
	// has its summary. 1 to [MaxRings].
	Distances []float64
	// Sums are numeric properties to sum.
	Sums []Sum
	// Possible lists too what lies outside the distance as stored but may lie
	// within it, as far as the uncertainties are known.
	Possible bool
	// SummaryOnly leaves out the features.
	SummaryOnly bool
}

func (r *WithinRequest) check() error {
	if len(r.Distances) == 0 {
		return geo.Invalidf("distance", "no distance is given").Try("write a number and a unit, for example 50km")
	}
	if len(r.Distances) > MaxRings {
		return geo.Errorf(geo.TooLarge, "more than %d distances are given", MaxRings).Try("give fewer").In("distance")
	}
	if len(r.Sums) > MaxSums {
		return geo.Errorf(geo.TooLarge, "more than %d properties are to be summed", MaxSums).Try("name fewer").In("sum")
	}
	for _, d := range r.Distances {
		if err := checkDistance(d); err != nil {
			return geo.AsError(err).In("distance")
		}
	}
	r.Distances = slices.Clone(r.Distances)
	slices.Sort(r.Distances)
	r.Distances = slices.Compact(r.Distances)
	return nil
}

// Within lists what lies within the largest distance of each origin, nearest
// first, ties by ref, and sums up each distance: how many there are, how many for
// sure, how many there may be, and the sums asked for. An origin is not near itself.
//
// The verdict of each pair speaks of the largest distance. More than [MaxPairs]
// pairs are TooLarge unless only the summary is asked for.
func (e *Engine) Within(ctx context.Context, r WithinRequest) (*Answer, error) {
	if err := r.check(); err != nil {
		return nil, err
	}
	s, err := e.begin(ctx, r.Question)
	if err != nil {
		return nil, err
	}
	if err := s.checkSums(r.Sums); err != nil {
		return nil, err
	}
	origins, err := s.origins(ctx)
	if err != nil {
		return nil, err
	}
	spans := make([]Spread, len(s.question.To))
	for i, t := range s.question.To {
		if spans[i], err = s.uncertainties(ctx, t); err != nil {
			return nil, err
		}
	}
	a := s.answer(kindWithin)
	for _, o := range origins {
		w := withinOrigin{s: s, request: r, origin: o, largest: r.Distances[len(r.Distances)-1], tally: s.newTally(o, r), room: MaxPairs - len(a.Pairs)}
		for i, target := range s.question.To {
			if err := w.look(ctx, target, spans[i]); err != nil {
				return nil, err
			}
		}
		summaries, err := w.tally.summaries(ctx)
		if err != nil {
			return nil, err
		}
		a.Summaries = append(a.Summaries, summaries...)
		pairs, err := w.judged()
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(pairs, func(p *Pair) bool { return !p.Judgement.Holds }) {
			a.note("Those further away than asked may lie within the distance, as far as the uncertainties of the positions go.",
				"Yang lebih jauh daripada jarak yang diminta mungkin berada di dalamnya, sejauh ketidakpastian posisinya.")
		}
		a.add(o, pairs)
	}
	return a.finish(ctx)
}

// withinOrigin finds what lies within a distance of one origin.
type withinOrigin struct {
	s       *session
	request WithinRequest
	origin  *Origin
	largest float64 // of the distances, metres
	tally   *tally
	room    int // for so many more pairs in the answer
	listed  []candidate
}

// look goes through the features of a target that lie, or may lie, within the largest distance.
func (w *withinOrigin) look(ctx context.Context, target Target, sp Spread) error {
	s, o, t := w.s, w.origin, w.tally
	reach := w.largest
	if u, ok := uncertainty(o.Party.Basis); ok && s.question.Measure == Boundary {
		reach = min(MaxDistance, w.largest+u+sp.LargestM)
	}
	t.see(sp)
	t.prepare(reach)
	q := s.targetQuery(target)
	if s.question.Measure == Boundary {
		q.Bounds = Around(o.measured.Bound(), reach)
	}
	return s.each(ctx, q, func(f *geo.Feature) error {
		if counted, err := t.countBounded(f, reach); counted || err != nil {
			return err
		}
		c, ok, err := s.measure(ctx, o, f, reach)
		if err != nil || !ok {
			return err
		}
		p := new(Pair)
		if err := s.fill(p, o, c); err != nil {
			return err
		}
		if c.result.Metres > w.largest && p.Interval.MinM > w.largest {
			return nil
		}
		if err := t.count(p); err != nil {
			return err
		}
		return w.list(c)
	})
}

// list keeps a feature for the answer, if the request wants it listed.
func (w *withinOrigin) list(c candidate) error {
	possible := c.result.Metres > w.largest
	if w.request.SummaryOnly || possible && !w.request.Possible {
		return nil
	}
	if w.listed = append(w.listed, c); len(w.listed) > w.room {
		return geo.Errorf(geo.TooLarge, "more than %d features lie within the distance", MaxPairs).
			Try("ask for a smaller distance, filter, or ask for the summary only")
	}
	return nil
}

// judged gives what is listed, nearest first, each with how sure it is that it lies within.
func (w *withinOrigin) judged() ([]*Pair, error) {
	slices.SortFunc(w.listed, nearer)
	pairs, err := w.s.pairs(w.origin, w.listed, 0)
	if err != nil {
		return nil, err
	}
	for _, p := range pairs {
		j := geodesy.JudgeWithin(p.Metres, w.largest, p.Interval, w.origin.Party.Basis, p.party.Basis)
		p.Judgement = &j
	}
	return pairs, nil
}

// Spread is what is known of how uncertain the positions of features are.
type Spread struct {
	LargestM float64 // the largest uncertainty that is known, metres
	Unknown  bool    // some are not known
}

// Spread gives the spread over all targets of a question. What it costs is remembered, of whole collections.
func (e *Engine) Spread(ctx context.Context, q Question) (Spread, error) {
	s, err := e.begin(ctx, q)
	if err != nil {
		return Spread{}, err
	}
	var all Spread
	for _, t := range q.To {
		one, err := s.uncertainties(ctx, t)
		if err != nil {
			return Spread{}, err
		}
		all.LargestM, all.Unknown = max(all.LargestM, one.LargestM), all.Unknown || one.Unknown
	}
	return all, nil
}

// uncertainties gives the largest uncertainty of a target, and whether any is unknown. It
// costs two reads of one row each in its order, but is remembered of whole collections.
func (s *session) uncertainties(ctx context.Context, t Target) (Spread, error) {
	c, err := s.catalogue.Collection(t.Collection)
	if err != nil {
		return Spread{}, err
	}
	if !statesUncertainty(c) {
		return Spread{Unknown: true}, nil
	}
	q := s.targetQuery(t)
	if c, err = s.asRead(ctx, q); err != nil {
		return Spread{}, err
	}
	return recall(s, "uncertainties", q, c, func() (Spread, error) { return s.readUncertainties(ctx, q) })
}

// readUncertainties is uncertainties for what is not remembered.
func (s *session) readUncertainties(ctx context.Context, q geo.Query) (sp Spread, err error) {
	q.SkipGeometry, q.Limit, q.SortBy = true, 1, []geo.SortKey{{Property: uncertaintyProperty, Descending: true}}
	err = s.each(ctx, q, func(f *geo.Feature) error {
		u, ok := uncertainty(basis(f))
		sp = Spread{LargestM: u, Unknown: !ok}
		return nil
	})
	if err != nil {
		return Spread{}, err
	}
	q.Backward = true // nulls are last in the order, so first from its end
	err = s.each(ctx, q, func(f *geo.Feature) error {
		if _, ok := uncertainty(basis(f)); !ok {
			sp.Unknown = true
		}
		return nil
	})
	return sp, err
}

const uncertaintyProperty = "position_uncertainty_m"

// statesUncertainty reports whether the features of a collection may say how uncertain they are.
func statesUncertainty(c *geo.Collection) bool {
	p, ok := c.Property(uncertaintyProperty)
	return ok && p.Type.IsNumeric()
}

// uncertainty gives the uncertainty of a basis where it is known.
func uncertainty(b geodesy.Basis) (float64, bool) {
	if b.UncertaintyM == nil || !(*b.UncertaintyM >= 0) || *b.UncertaintyM > MaxDistance {
		return 0, false
	}
	return *b.UncertaintyM, true
}

// checkSums refuses to sum what is not a number in any target.
func (s *session) checkSums(sums []Sum) error {
	for _, sum := range sums {
		known, numeric := false, false
		for _, t := range s.question.To {
			c, err := s.catalogue.Collection(t.Collection)
			if err != nil {
				return err
			}
			if p, ok := c.Property(sum.Property); ok {
				known = true
				numeric = numeric || p.Type.IsNumeric()
			}
		}
		if !known {
			return geo.Invalidf("sum", "the targets have no property %q", clip(sum.Property)).Try("a numeric property that the queryables of the targets list")
		}
		if !numeric {
			return geo.Invalidf("sum", "the property %q is not a number, so it has no sum", clip(sum.Property)).Try("a numeric property that the queryables of the targets list")
		}
	}
	return nil
}
