package snapshot

import (
	"iter"

	"kawasan/geo"
)

// selection is an open read of a view: features chosen when it was opened, or a
// walk through an order of the view.
type selection struct {
	about   *geo.Collection
	page    []candidate
	walk    func(yield func(*geo.Feature) bool) // nil: the page
	matched int
	counted bool
	// bare leaves out the geometries.
	bare bool
}

var _ geo.Selection = (*selection)(nil)

// Collection describes the features at the version of the view.
func (s *selection) Collection() *geo.Collection { return s.about }

// Matched gives the number that matches, if it was asked for and is not above the limit.
func (s *selection) Matched() (int, bool) {
	if !s.counted {
		return 0, false
	}
	return s.matched, true
}

// Features yields the features. They are those of the view, with everything
// that it holds of them, unless the query leaves out geometries.
func (s *selection) Features() iter.Seq2[*geo.Feature, error] {
	if s.walk == nil {
		return func(yield func(*geo.Feature, error) bool) {
			for _, c := range s.page {
				if !yield(s.given(c.feature), nil) {
					return
				}
			}
		}
	}
	return func(yield func(*geo.Feature, error) bool) {
		s.walk(func(f *geo.Feature) bool { return yield(s.given(f), nil) })
	}
}

func (s *selection) given(f *geo.Feature) *geo.Feature {
	if !s.bare || len(f.WKB) == 0 {
		return f
	}
	return &geo.Feature{ID: f.ID, Collection: f.Collection, Values: f.Values}
}

// Close lets the view go.
func (s *selection) Close() { s.page, s.walk = nil, nil }
