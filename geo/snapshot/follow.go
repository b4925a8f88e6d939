package snapshot

import (
	"context"
	"maps"
	"slices"
	"time"

	"kawasan/geo"
)

// Follow keeps the views fresh until ctx ends, and builds what is not held yet
// in the background, one at a time. It returns ctx's error; a feed or source that fails
// is tried again, and the views held go on answering meanwhile.
func (r *Reader) Follow(ctx context.Context, feed Feed) error {
	r.loading.Lock()
	defer r.loading.Unlock()
	f := follower{Reader: r, events: make(chan event), built: make(chan built)}
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		f.listen(ctx, feed)
	}()
	for {
		f.startBuild(ctx)
		select {
		case e := <-f.events:
			f.handle(ctx, e)
		case b := <-f.built:
			f.complete(ctx, b)
		case <-ctx.Done():
			<-stopped
			if f.building {
				b := <-f.built
				r.finish(ctx, built{name: b.name, err: ctx.Err()})
			}
			return ctx.Err()
		}
	}
}

// follower is one run of Follow. Its fields belong to that goroutine.
type follower struct {
	*Reader
	events   chan event
	built    chan built
	building bool
	fault    string // why changes can't be followed now; "" if they can
}

type event struct {
	change Change
	err    error
}

type built struct {
	name  string
	view  *Collection
	began time.Time
	took  time.Duration
	err   error
}

// listen passes the feed's changes on and begins it again when it ends.
func (f *follower) listen(ctx context.Context, feed Feed) {
	failures := 0
	for ctx.Err() == nil {
		for change, err := range feed.Changes(ctx) {
			if err == nil {
				failures = 0
			}
			select {
			case f.events <- event{change, err}:
			case <-ctx.Done():
				return
			}
		}
		failures++
		pause := time.NewTimer(f.options.pause(failures))
		select {
		case <-pause.C:
		case <-ctx.Done():
			pause.Stop()
		}
	}
}

func (f *follower) startBuild(ctx context.Context) {
	if f.building {
		return
	}
	name := f.nextBuild()
	if name == "" {
		return
	}
	f.building = true
	go func() {
		began := f.options.Now()
		view, err := f.build(ctx, name)
		f.built <- built{name, view, began, f.options.Now().Sub(began), err}
	}()
}

func (f *follower) complete(ctx context.Context, b built) {
	f.building = false
	f.finish(ctx, b)
	_ = f.applyAll(ctx) // what failed is tried again, and said
}

func (f *follower) handle(ctx context.Context, e event) {
	if e.err == nil {
		e.err = f.take(ctx, e.change)
	}
	if ctx.Err() != nil {
		return
	}
	fault := ""
	if e.err != nil {
		fault = e.err.Error()
	}
	switch {
	case fault == f.fault:
	case fault != "":
		f.options.Log.Error("changes can't be followed now; answers go on from memory", "error", e.err)
	default:
		f.options.Log.Info("changes are followed again")
	}
	f.fault = fault
}

// take records a change and applies all that can be. A zero change confirms.
func (f *follower) take(ctx context.Context, c Change) error {
	if c.Collection != "" {
		f.note(c)
	}
	confirming := c.Collection == "" && !c.Catalogue
	asked := c.Asked
	if asked.IsZero() {
		asked = f.options.Now()
	}
	if confirming || c.Catalogue {
		if err := f.reconcile(ctx); err != nil {
			return err
		}
	}
	err := f.applyAll(ctx)
	if confirming {
		f.confirm(asked)
	}
	return err
}

// confirm notes that the views have all that the source had, but for those that are known to be behind.
func (f *follower) confirm(asked time.Time) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for name, k := range f.keeping {
		view := f.newest(name)
		if k.behind(view) {
			continue
		}
		k.confirmed = asked
		f.offer(name, k, view)
	}
	f.setOldest()
}

// note adds a change to those that are pending.
func (f *follower) note(c Change) {
	f.mu.Lock()
	defer f.mu.Unlock()
	k := f.keeping[c.Collection]
	if k == nil {
		return // the catalogue will tell of it
	}
	view := f.newest(c.Collection)
	if c.Anew {
		k.wanted, k.refused, k.retryAt, k.outdated = true, attempt{}, time.Time{}, k.building
		k.version, k.pending, k.ahead, k.lag = c.Version, nil, 0, 0
		return
	}
	if c.IDs == nil {
		// The structure may have changed without a new version.
		if view == nil || c.Version >= view.Version() || k.building {
			k.wanted, k.refused, k.retryAt = true, attempt{}, time.Time{}
		}
		k.version = max(k.version, c.Version)
		return
	}
	if view == nil && !k.building || view != nil && c.Version <= view.Version() && !k.building {
		return // not held, or had already
	}
	switch {
	case k.pending == nil:
		k.pending, k.since = map[string]struct{}{}, c.Since
	case c.Since > k.version: // what lies between was not told
		k.since = c.Since
	}
	for _, id := range c.IDs {
		k.pending[id] = struct{}{}
	}
	k.version = max(k.version, c.Version)
}

// applyAll applies the pending changes; the first error of the source counts.
func (f *follower) applyAll(ctx context.Context) error {
	f.mu.Lock()
	var names []string
	for name, k := range f.keeping {
		if view := f.newest(name); view != nil && k.version > view.Version() && !k.wanted && !k.building && !f.options.Now().Before(k.retryAt) {
			names = append(names, name)
		}
	}
	f.mu.Unlock()
	slices.Sort(names)
	var first error
	for _, name := range names {
		if err := f.applyPending(ctx, name); err != nil && first == nil {
			first = err
		}
	}
	return first
}

// applyPending reads the features that have changed and swaps the next view in. It
// does so only when the source stands at just the version up to which changes are
// known: else the view would mix two states, and waits for the next change.
func (f *follower) applyPending(ctx context.Context, name string) error {
	f.mu.Lock()
	k, view := f.keeping[name], f.newest(name)
	// Not nil, which would ask for all features.
	ids, version := slices.AppendSeq(make([]string, 0, len(k.pending)), maps.Keys(k.pending)), k.version
	slices.Sort(ids)
	if view == nil || version <= view.Version() {
		k.pending = nil
		f.mu.Unlock()
		return nil
	}
	if k.since > view.Version() || len(ids) > maxApplied && len(ids) > view.Len()/4 {
		k.wanted = true
		f.mu.Unlock()
		return nil
	}
	f.mu.Unlock()
	asked := f.options.Now()
	next, err := f.next(ctx, view, ids, version)
	f.mu.Lock()
	defer f.mu.Unlock()
	switch {
	case err != nil && ctx.Err() != nil:
		return ctx.Err()
	case geo.IsCode(err, geo.Conflict), geo.IsCode(err, geo.TooLarge), geo.IsCode(err, geo.Unsupported), geo.IsCode(err, geo.NotFound):
		k.wanted = true // the build decides, and reports
		return nil
	case err != nil:
		k.putOff(f.options, geo.Words("the last changes could not be read"))
		// Reading all may take longer.
		k.wanted = k.failures > 1 && geo.IsCode(err, geo.Timeout)
		return err
	case next == nil:
		if k.deferred++; k.deferred >= maxDeferred {
			k.wanted = true
		}
		return nil
	}
	k.fresh(f.options, next, asked)
	k.settled(version)
	f.offer(name, k, next)
	return nil
}

// next reads the features with these ids at the version and gives the next view;
// nil if the source stands at another version.
func (f *follower) next(ctx context.Context, view *Collection, touched []string, version geo.Version) (*Collection, error) {
	name := view.about.ID
	changed, about, err := geo.Collect(ctx, f.source, geo.Query{Collection: name, IDs: touched})
	if err != nil || about.Version != version {
		return nil, err
	}
	rows, at, err := f.readUnlocated(ctx, name)
	if err != nil || at != version {
		return nil, err
	}
	found := make(ids, len(changed))
	for _, c := range changed {
		found[c.ID] = struct{}{}
	}
	removed := slices.DeleteFunc(slices.Clone(touched), func(id string) bool { return found.has(id) })
	grown := *view
	grown.options.MaxBytes = f.room(name)
	return grown.apply(changed, removed, rows, about)
}
