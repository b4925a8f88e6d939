package geotest

import (
	"cmp"
	"context"
	"iter"
	"slices"

	"github.com/paulmach/orb"

	"kawasan/geo"
	"kawasan/geo/geodesy"
)

// NearReader is a Reader that also yields candidates nearest first.
type NearReader struct{ *Reader }

var _ geo.NearReader = NearReader{}

// Near sorts all candidates by the bound of their boxes' distance.
func (r NearReader) Near(ctx context.Context, q geo.Query, from orb.Bound) (found iter.Seq2[geo.Near, error], collection *geo.Collection, ok bool) {
	q.SortBy, q.After, q.Offset, q.Limit = nil, nil, 0, 0
	s, err := r.Open(ctx, q)
	if err != nil {
		return nil, nil, false
	}
	defer s.Close()
	var all []geo.Near
	box := geodesy.NewFrom(from)
	for f := range s.Features() {
		if b, ok := boundOf(f); ok {
			all = append(all, geo.Near{Feature: f, AtLeast: box.LowerBound(b)})
		}
	}
	slices.SortStableFunc(all, func(a, b geo.Near) int { return cmp.Compare(a.AtLeast, b.AtLeast) })
	return func(yield func(geo.Near, error) bool) {
		for _, n := range all {
			if !yield(n, nil) {
				return
			}
		}
	}, s.Collection(), true
}
