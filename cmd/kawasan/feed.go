package main

import (
	"context"
	"iter"
	"time"

	"kawasan/geo"
	"kawasan/geo/postgis"
	"kawasan/geo/snapshot"
)

// feed tells the views in memory of what the store reads from its change log.
type feed struct{ store *postgis.Store }

var _ snapshot.Feed = feed{}

// Changes yields the changes of each reading of the log, then the zero change
// that confirms it.
func (f feed) Changes(ctx context.Context) iter.Seq2[snapshot.Change, error] {
	return func(yield func(snapshot.Change, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		wanted := true
		hand := func(c snapshot.Change, err error) {
			if wanted && !yield(c, err) {
				wanted = false
				cancel()
			}
		}
		var structure geo.Version
		f.store.Follow(ctx, func(changes []postgis.Change, asked time.Time, err error) {
			if err != nil {
				hand(snapshot.Change{}, err)
				return
			}
			for _, c := range changes {
				hand(snapshot.Change{Collection: c.Collection, IDs: c.IDs, Version: c.Version, Since: c.Since, Anew: c.Anew}, nil)
			}
			if catalogue, err := f.store.Catalogue(ctx); err == nil && catalogue.Version != structure {
				structure = catalogue.Version
				hand(snapshot.Change{Catalogue: true}, nil)
			}
			hand(snapshot.Change{Asked: asked}, nil)
		})
	}
}
