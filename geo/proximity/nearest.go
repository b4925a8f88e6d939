package proximity

import (
	"context"

	"kawasan/geo"
)

// NearestRequest asks for the features nearest to each origin.
type NearestRequest struct {
	Question
	// K is how many, for each origin and over all target collections together: 1 to [MaxK].
	K int
	// MaxDistance leaves out what is further away, in metres; 0 means any distance.
	MaxDistance float64
}

// Nearest gives the k features nearest to each origin, in the exact order of
// their geodesic distance, ties by ref; the origins come in the order given. An
// origin is never near itself.
//
// With a geo.NearReader the cost is that of the candidates nearer than the
// k-th; otherwise of the features in a box a little larger than that distance.
func (e *Engine) Nearest(ctx context.Context, r NearestRequest) (*Answer, error) {
	if r.K < 1 || r.K > MaxK {
		return nil, geo.Invalidf("k", "%d nearest can't be given", r.K).Try("ask for 1 to %d", MaxK)
	}
	if err := checkDistance(r.MaxDistance); err != nil {
		return nil, geo.AsError(err).In("max_distance")
	}
	s, err := e.begin(ctx, r.Question)
	if err != nil {
		return nil, err
	}
	origins, err := s.origins(ctx)
	if err != nil {
		return nil, err
	}
	if len(origins)*r.K > MaxPairs {
		return nil, geo.Errorf(geo.TooLarge, "%d nearest to each of %d places are more than %d", r.K, len(origins), MaxPairs).
			Try("ask for fewer").In("k")
	}
	a := s.answer(kindNearest)
	for _, o := range origins {
		// One more than asked for tells whether the last place is contested.
		b := newBest(r.K+1, r.MaxDistance)
		for _, t := range s.question.To {
			if err := s.nearestTo(ctx, o, t, b); err != nil {
				return nil, err
			}
		}
		pairs, err := s.pairs(o, b.sorted(), r.MaxDistance)
		if err != nil {
			return nil, err
		}
		tellApart(pairs)
		if len(pairs) > r.K {
			a.contested(pairs[r.K-1], pairs[r.K])
			pairs = pairs[:r.K]
		}
		a.addNearest(o, pairs)
	}
	return a.finish(ctx)
}
