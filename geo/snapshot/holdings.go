package snapshot

import (
	"maps"

	"kawasan/geo"
)

// holdings are the views held at one moment, and why others are not. Immutable.
type holdings struct {
	views map[string]*Collection
	notes map[string]geo.Phrase
	// ready are the first views of collections that were read from the source until now, and
	// may have been read there as they are not in these. They answer once they have that.
	ready map[string]*Collection
}

// View gives the view held of a collection; nil if there is none.
func (r *Reader) View(collection string) *Collection { return r.held.Load().views[collection] }

// newest gives the view that changes are applied to: the one held, or the one that is ready.
func (r *Reader) newest(collection string) *Collection {
	held := r.held.Load()
	if view := held.views[collection]; view != nil {
		return view
	}
	return held.ready[collection]
}

// offer swaps in a view that was confirmed when k says. The first of a collection waits until it has
// what has been read from the source. r.mu is held.
func (r *Reader) offer(collection string, k *keeping, view *Collection) {
	if r.View(collection) != nil || k.version <= view.Version() && !k.confirmed.Before(r.promised) {
		r.publish(collection, view, geo.Phrase{})
		return
	}
	r.hold(func(next *holdings) { next.ready[collection] = view })
}

// replace puts a view in the place of the newest. r.mu is held.
func (r *Reader) replace(collection string, view *Collection) {
	r.hold(func(next *holdings) {
		if next.views[collection] != nil {
			next.views[collection] = view
		} else {
			next.ready[collection] = view
		}
	})
}

// publish swaps a view in, or out with the reason. r.mu is held.
func (r *Reader) publish(collection string, view *Collection, note geo.Phrase) {
	now := r.held.Load()
	if now.views[collection] == view && now.ready[collection] == nil && now.notes[collection].Equal(note) {
		return
	}
	r.hold(func(next *holdings) {
		delete(next.views, collection)
		delete(next.ready, collection)
		if view != nil {
			next.views[collection] = view
		}
		next.say(collection, note)
	})
}

// tell says why a collection is not held as it should be. r.mu is held.
func (r *Reader) tell(collection string, note geo.Phrase) {
	if r.held.Load().notes[collection].Equal(note) {
		return
	}
	r.hold(func(next *holdings) { next.say(collection, note) })
}

// say sets the note of a collection, or takes it away.
func (h *holdings) say(collection string, note geo.Phrase) {
	delete(h.notes, collection)
	if !note.IsZero() {
		h.notes[collection] = note
	}
}

// hold makes the next holdings. r.mu is held.
func (r *Reader) hold(change func(next *holdings)) {
	now := r.held.Load()
	next := &holdings{views: cloned(now.views), notes: cloned(now.notes), ready: cloned(now.ready)}
	change(next)
	r.held.Store(next)
	r.setOldest()
}

func cloned[V any](m map[string]V) map[string]V {
	if m == nil {
		return map[string]V{}
	}
	return maps.Clone(m)
}

// Bytes is the memory that all views take.
func (r *Reader) Bytes() int64 { return r.bytesBut("") }

// bytesBut is the memory that all views but one take.
func (r *Reader) bytesBut(collection string) int64 {
	n, held := int64(0), r.held.Load()
	for _, views := range []map[string]*Collection{held.views, held.ready} {
		for name, view := range views {
			if name != collection {
				n += view.Bytes()
			}
		}
	}
	return n
}

// room is how much memory a collection may take beside the others; 0 means no bound.
func (r *Reader) room(collection string) int64 {
	one := r.options.MaxBytes
	if r.options.Budget <= 0 {
		return one
	}
	left := max(1, r.options.Budget-r.bytesBut(collection))
	if one > 0 {
		return min(one, left)
	}
	return left
}
