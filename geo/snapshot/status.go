package snapshot

import (
	"maps"
	"slices"
	"time"

	"kawasan/geo"
)

// Status tells how one collection is held.
type Status struct {
	Collection string
	InMemory   bool
	// Encoded says that GeoJSON is held, too; where memory is short it is made for each answer.
	Encoded  bool
	Version  geo.Version // held; 0 if it is not
	Features int
	Bytes    int64
	// Age is how long ago the view was last confirmed to be what the source has.
	Age time.Duration
	// Behind says that changes are known which the view does not have yet.
	Behind bool
	// Building says that a view is being built.
	Building bool
	// Note says why the collection is not in memory, or what failed last.
	Note geo.Phrase
	// Reason is the kind of Note; empty when there is nothing to say.
	Reason Reason
	// Built is how long the last build took; 0 when there was none.
	Built time.Duration
	// Failures is how many builds and applications of changes have failed.
	Failures int
	// Lag is how long after it was made the newest change was to be read here.
	Lag time.Duration
}

// Reason is why a collection is not held as it should be.
type Reason string

// The reasons.
const (
	Untracked   Reason = "untracked"   // nothing tells of its changes
	TooLarge    Reason = "too_large"   // for the memory that it may have
	Unsupported Reason = "unsupported" // it has a geometry that can't be held
	Failed      Reason = "failed"      // the last reading failed; it is tried again
)

// Status tells how each collection is held, in order of id.
func (r *Reader) Status() []Status {
	r.mu.Lock()
	defer r.mu.Unlock()
	held, now := r.held.Load(), r.options.Now()
	var all []Status
	for _, name := range slices.Sorted(maps.Keys(r.keeping)) {
		k := r.keeping[name]
		s := Status{
			Collection: name, Building: k.building, Note: k.note, Reason: k.reason,
			Built: k.took, Failures: k.failed, Lag: k.trailed,
		}
		if view := held.views[name]; view != nil {
			s.Behind = k.behind(view)
			s.Encoded = view.Encoded()
			s.InMemory, s.Version, s.Features, s.Bytes = true, view.Version(), view.Len(), view.Bytes()
			s.Age = now.Sub(k.confirmed)
		}
		all = append(all, s)
	}
	return all
}

// DataAge is how long ago the oldest view was last confirmed to be what the
// source has; 0 when nothing is held.
func (r *Reader) DataAge() time.Duration {
	oldest := r.oldest.Load()
	if oldest == nil {
		return 0
	}
	return max(0, r.options.Now().Sub(*oldest))
}

// setOldest notes when the view was confirmed whose confirmation is the longest ago,
// and wakes those who wait for that. r.mu is held.
func (r *Reader) setOldest() {
	var oldest *time.Time
	for name, k := range r.keeping {
		if r.newest(name) != nil && (oldest == nil || k.confirmed.Before(*oldest)) {
			at := k.confirmed
			oldest = &at
		}
	}
	r.oldest.Store(oldest)
	close(r.confirmed)
	r.confirmed = make(chan struct{})
}
