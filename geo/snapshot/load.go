package snapshot

import (
	"context"
	"errors"
	"iter"
	"time"

	"kawasan/geo"
)

// maxSettling is how often a build reads again when features and rows without
// position were read at different versions.
const maxSettling = 5

// errUnsettled tells that a collection was written to between two reads.
var errUnsettled = errors.New("the collection is being changed too quickly to be read at one version")

// errLate tells that the source gave nothing more of a collection.
var errLate = errors.New("the source stopped in the middle of the collection")

// Load builds views of all that the source publishes, one after the other, the
// smallest first. What can't be held stays on the source and is told by Status. It
// fails only if the catalogue can't be read or ctx ends.
func (r *Reader) Load(ctx context.Context) error {
	r.loading.Lock()
	defer r.loading.Unlock()
	if err := r.reconcile(ctx); err != nil {
		return err
	}
	for {
		name := r.nextBuild()
		if name == "" {
			return ctx.Err()
		}
		began := r.options.Now()
		view, err := r.build(ctx, name)
		r.finish(ctx, built{name, view, began, r.options.Now().Sub(began), err})
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
}

// reconcile compares what is held with the source's catalogue and marks what must
// be built: what is new, described otherwise, or newer without a change having told.
func (r *Reader) reconcile(ctx context.Context) error {
	catalogue, err := r.source.Catalogue(ctx)
	if err != nil {
		return err
	}
	r.last.Store(catalogue)
	r.mu.Lock()
	defer r.mu.Unlock()
	published := map[string]bool{}
	for _, c := range catalogue.Collections {
		published[c.ID] = true
		k := r.keeping[c.ID]
		if k == nil {
			k = &keeping{}
			r.keeping[c.ID] = k
		}
		r.compare(k, c)
	}
	for name, k := range r.keeping {
		if !published[name] && !k.building {
			delete(r.keeping, name)
			r.publish(name, nil, geo.Phrase{})
		}
	}
	return nil
}

// compare holds a view against the description in the catalogue. r.mu is held.
func (r *Reader) compare(k *keeping, c *geo.Collection) {
	view := r.newest(c.ID)
	switch {
	case c.Version == 0:
		k.wanted, k.pending = false, nil
		k.say(Untracked, geo.Words("changes to this collection can't be followed, so it is read from the database"))
		r.publish(c.ID, nil, k.note)
	case k.building || k.wanted:
	case view == nil:
		k.wanted = !k.refuses(attempt{collection: c, room: r.room(c.ID)}, r.options.Now())
	case !sameShape(view.about, c):
		k.wanted = true
	case k.missed(c.Version, view.Version()):
		r.options.Log.Warn("a change was not announced; the collection is read anew", "collection", c.ID, "held", view.Version(), "version", c.Version)
		k.wanted = true
	case c.Version == view.Version() && view.source != c:
		r.replace(c.ID, view.described(c))
	}
}

// nextBuild takes the smallest collection that is to be built and due.
func (r *Reader) nextBuild() string {
	catalogue := r.last.Load()
	r.mu.Lock()
	defer r.mu.Unlock()
	if catalogue == nil {
		return ""
	}
	best, now := (*geo.Collection)(nil), r.options.Now()
	for _, c := range catalogue.Collections {
		if k := r.keeping[c.ID]; k != nil && k.wanted && !k.building && !now.Before(k.retryAt) && (best == nil || uint64(c.Count) < uint64(best.Count)) { // unknown last
			best = c
		}
	}
	if best == nil {
		return ""
	}
	// A change of the whole collection during the build wants another one.
	k := r.keeping[best.ID]
	k.building, k.wanted, k.begun = true, false, attempt{collection: best, room: r.room(best.ID)}
	return best.ID
}

// build reads a collection whole, with its rows without position at the same version.
func (r *Reader) build(ctx context.Context, name string) (*Collection, error) {
	o := r.options.Options
	o.MaxBytes = r.room(name)
	for range maxSettling {
		rows, version, err := r.readUnlocated(ctx, name)
		if err != nil {
			return nil, err
		}
		view, err := r.readFeatures(ctx, name, rows, o)
		if err != nil {
			return nil, err
		}
		if view.Version() == version {
			return view, nil
		}
		// Only the rows may be out of step: read them again, which is quick.
		rows, version, err = r.readUnlocated(ctx, name)
		if err != nil {
			return nil, err
		}
		if view.Version() == version {
			return view.apply(nil, nil, rows, view.source)
		}
	}
	return nil, errUnsettled
}

// readFeatures reads a collection, however long that takes, as long as it goes on.
func (r *Reader) readFeatures(ctx context.Context, name string, rows []*geo.Feature, o Options) (*Collection, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	late := time.AfterFunc(r.options.Patience, func() { cancel(errLate) })
	defer late.Stop()
	fault := func(err error) error {
		if err != nil && context.Cause(ctx) == errLate { //nolint:errorlint // it is ours, as given
			return errLate
		}
		return err
	}
	s, err := r.source.Open(ctx, geo.Query{Collection: name, Bulk: true})
	if err != nil {
		return nil, fault(err)
	}
	defer s.Close()
	if s.Collection().Version == 0 {
		return nil, geo.Errorf(geo.Unsupported, "changes to this collection can't be followed, so it is read from the database")
	}
	view, err := build(ctx, s.Collection(), unlessLate(s.Features(), late, r.options.Patience), rows, o)
	return view, fault(err)
}

// unlessLate hands features on, and winds the alarm up as they come; at their end it is off.
func unlessLate(features iter.Seq2[*geo.Feature, error], alarm *time.Timer, patience time.Duration) iter.Seq2[*geo.Feature, error] {
	return func(yield func(*geo.Feature, error) bool) {
		const every = 256 // features, as it costs more than to hand one on
		n := 0
		for f, err := range features {
			if n++; n%every == 0 {
				alarm.Reset(patience)
			}
			if !yield(f, err) {
				return
			}
		}
		alarm.Stop()
	}
}

func (r *Reader) readUnlocated(ctx context.Context, name string) ([]*geo.Feature, geo.Version, error) {
	rows, c, err := geo.Collect(ctx, r.source, geo.Query{Collection: name, Unlocated: true})
	if err != nil {
		return nil, 0, err
	}
	return rows, c.Version, nil
}

// finish swaps in what was built, or reports why there is nothing. What is held
// stays if a build fails, unless it no longer fits its collection.
func (r *Reader) finish(ctx context.Context, b built) {
	name, view, err := b.name, b.view, b.err
	r.mu.Lock()
	defer r.mu.Unlock()
	k := r.keeping[name]
	if k == nil {
		return
	}
	k.building = false
	if k.outdated || ctx.Err() != nil {
		k.outdated, k.wanted = false, true
		return
	}
	if err == nil {
		k.refused, k.ahead, k.lag = attempt{}, 0, 0
		k.settled(view.Version())
		k.fresh(r.options, view, b.began)
		k.took = b.took
		r.offer(name, k, view)
		r.options.Log.Info("collection is held in memory", "collection", name, "version", view.Version(), "features", view.Len(), "bytes", view.Bytes(), "encoded", view.Encoded(), "seconds", b.took.Seconds())
		return
	}
	kept := false
	switch e := geo.AsError(err); e.Code {
	case geo.TooLarge:
		k.refused = k.begun
		k.putOffLong(r.options, b.took)
		k.refused.until = r.options.Now().Add(tooLargeFor)
		k.say(TooLarge, geo.Words("the collection is too large for the memory that it may have"))
		r.publish(name, nil, k.note)
	case geo.Unsupported:
		k.refused = k.begun
		k.putOffLong(r.options, b.took)
		why, _ := e.Said()
		k.say(Unsupported, why)
		r.publish(name, nil, k.note)
	default:
		k.wanted = e.Code != geo.NotFound
		k.putOff(r.options, geo.Words("the last attempt to read it into memory failed"))
		if kept = k.wanted && r.newest(name) != nil; kept {
			r.tell(name, k.note)
		} else {
			r.publish(name, nil, k.note)
		}
	}
	r.options.Log.Warn("collection is not read into memory", "collection", name, "kept", kept, "reason", k.note.String(), "error", err)
}
