package quality

import (
	"context"

	"kawasan/geo"
)

// Collection judges what a store holds of a collection. Of o it takes what is not
// about where features come from and what is there already.
func Collection(ctx context.Context, r geo.Reader, id string, o Options) (*Report, error) {
	s, err := r.Open(ctx, geo.Query{Collection: id})
	if err != nil {
		return nil, err
	}
	defer s.Close()
	o.Collection, o.Stored, o.Judged, o.Fix = s.Collection(), r, true, false
	j := NewJudge(o)
	defer func() { _ = j.Close() }() // what waited is temporary
	for f, err := range s.Features() {
		if err != nil {
			return nil, err
		}
		if _, err := j.Feature(ctx, f, 0); err != nil {
			return nil, err
		}
	}
	if err := j.Finish(ctx); err != nil {
		return nil, err
	}
	return j.Report(), nil
}
