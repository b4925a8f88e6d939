package main

import (
	"context"
	"iter"

	"github.com/paulmach/orb"

	"kawasan/geo"
	"kawasan/geo/snapshot"
)

// held is one collection in memory as a reader, for collections that are computed.
type held struct{ view *snapshot.Collection }

var _ geo.NearReader = held{}

// inMemory holds computed features the way stored ones are held.
func inMemory(ctx context.Context, collection *geo.Collection, features []*geo.Feature) (geo.Reader, error) {
	view, err := snapshot.Build(ctx, collection, func(yield func(*geo.Feature, error) bool) {
		for _, f := range features {
			if !yield(f, nil) {
				return
			}
		}
	}, snapshot.Options{Encode: encode})
	if err != nil {
		return nil, err
	}
	return held{view}, nil
}

// Catalogue lists the one collection.
func (h held) Catalogue(context.Context) (*geo.Catalogue, error) {
	return &geo.Catalogue{Collections: []*geo.Collection{h.view.Collection()}, Version: h.view.Version()}, nil
}

// Open reads it.
func (h held) Open(ctx context.Context, q geo.Query) (geo.Selection, error) {
	if q.Collection != h.view.Collection().ID {
		catalogue, _ := h.Catalogue(ctx)
		_, err := catalogue.Collection(q.Collection)
		return nil, err
	}
	return h.view.Open(ctx, q)
}

// Near yields candidates from it.
func (h held) Near(ctx context.Context, q geo.Query, from orb.Bound) (iter.Seq2[geo.Near, error], *geo.Collection, bool) {
	found, err := h.view.Near(ctx, q, from)
	return found, h.view.Collection(), err == nil
}
