package geo

import (
	"context"
	"iter"

	"github.com/paulmach/orb"
)

// Reader answers queries from some store. Implementations are safe for
// concurrent use and answer the same query on the same data with the same
// features in the same order, whichever store it is.
type Reader interface {
	// Catalogue gives what is published now. It is cheap: callers need not keep it.
	Catalogue(ctx context.Context) (*Catalogue, error)
	// Open starts to read. NotFound for an unknown collection, Invalid for a
	// property that does not exist. The caller closes the selection.
	Open(ctx context.Context, q Query) (Selection, error)
}

// Selection is an open read: which features it yields is fixed when it is
// opened. It is for one goroutine.
type Selection interface {
	// Collection describes the features, at the version that is read.
	Collection() *Collection
	// Matched gives how many features match regardless of After, Offset and
	// Limit; ok is false if the query did not ask, or above MatchedLimit.
	Matched() (n int, ok bool)
	// Features yields the features in order, once. After an error it ends.
	Features() iter.Seq2[*Feature, error]
	// Close frees what the selection holds; safe to call again.
	Close()
}

// Near is a candidate with a bound on how near it can be.
type Near struct {
	Feature *Feature
	// AtLeast is never larger than the feature's distance in metres.
	AtLeast float64
}

// NearReader is a Reader that can yield candidates nearest first without
// reading them all; proximity uses it where it is offered.
type NearReader interface {
	Reader
	// Near yields the features of q in order of rising AtLeast, measured from the
	// box. Sort, cursor, offset and limit of q are ignored. ok is false when this
	// query can't be answered that way; use Open then.
	Near(ctx context.Context, q Query, from orb.Bound) (found iter.Seq2[Near, error], collection *Collection, ok bool)
}

// Collect reads all features of a query into memory. Give the query a limit where
// the collection may be large.
func Collect(ctx context.Context, r Reader, q Query) ([]*Feature, *Collection, error) {
	s, err := r.Open(ctx, q)
	if err != nil {
		return nil, nil, err
	}
	defer s.Close()
	var features []*Feature
	for f, err := range s.Features() {
		if err != nil {
			return nil, nil, err
		}
		features = append(features, f)
	}
	return features, s.Collection(), nil
}

// FeatureByID reads one feature; NotFound if there is none with that id.
func FeatureByID(ctx context.Context, r Reader, collection, id string) (*Feature, error) {
	found, _, err := Collect(ctx, r, Query{Collection: collection, IDs: []string{id}, Limit: 1})
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		e := Errorf(NotFound, "collection %q has no feature %q", collection, Clip(id)).Try("an id that /collections/%s/items lists", collection)
		e.Place = Place{Collection: collection, Feature: Clip(id)}
		return nil, e
	}
	return found[0], nil
}
