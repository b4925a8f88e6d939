package proximity

import (
	"context"

	"kawasan/geo"
)

// MatrixRequest asks for the distance of every origin to every target.
type MatrixRequest struct{ Question }

// Matrix measures all pairs: origins in the order given, the targets of each
// nearest first, ties by ref. A feature is not paired with itself. More than
// [MaxPairs] pairs are TooLarge, said before anything is measured.
func (e *Engine) Matrix(ctx context.Context, r MatrixRequest) (*Answer, error) {
	s, err := e.begin(ctx, r.Question)
	if err != nil {
		return nil, err
	}
	origins, err := s.origins(ctx)
	if err != nil {
		return nil, err
	}
	var targets []*geo.Feature
	for _, t := range s.question.To {
		q := s.targetQuery(t)
		q.Limit = MaxPairs + 1
		if err := s.each(ctx, q, func(f *geo.Feature) error {
			if targets = append(targets, f); len(targets)*len(origins) > MaxPairs {
				return geo.Errorf(geo.TooLarge, "the pairs of %d places and the targets are more than %d", len(origins), MaxPairs).
					Try("name fewer places, or filter the targets; for the nearest few of many ask nearest")
			}
			return nil
		}); err != nil {
			return nil, err
		}
	}
	a := s.answer(kindMatrix)
	for _, o := range origins {
		b := newBest(max(1, len(targets)), 0)
		for i, f := range targets {
			if i%64 == 0 && ctx.Err() != nil {
				return nil, ctx.Err()
			}
			c, ok, err := s.measure(ctx, o, f, infinite)
			if err != nil {
				return nil, err
			}
			if ok {
				b.kept = append(b.kept, c)
			}
		}
		pairs, err := s.pairs(o, b.sorted(), 0)
		if err != nil {
			return nil, err
		}
		a.add(o, pairs)
	}
	return a.finish(ctx)
}
