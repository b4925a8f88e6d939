package snapshot

import (
	"context"
	"sync"
	"time"

	"kawasan/geo"
)

const (
	// maxEarlier is the number of features up to which a collection is held as it was
	// at an earlier version, once that has been asked for twice.
	maxEarlier = 5000
	// earlierBytes bounds the memory of all such views together, and earlierFor the
	// time that one is held: it is meant for an answer made of many questions.
	earlierBytes = 64 << 20
	earlierFor   = 30 * time.Second
)

// past names a collection at a version.
type past struct {
	collection string
	version    geo.Version
}

// earlier are the views of earlier versions, the oldest first.
type earlier struct {
	mu    sync.Mutex
	views []*pastView
}

type pastView struct {
	past
	view *Collection // nil as long as it was asked for but once
	from time.Time
}

// earlierView gives the view of an earlier version that is asked for again; nil where
// the source has to answer.
func (r *Reader) earlierView(ctx context.Context, q geo.Query) *Collection {
	if q.AtVersion == 0 {
		return nil
	}
	catalogue, err := r.source.Catalogue(ctx)
	if err != nil {
		return nil
	}
	now, err := catalogue.Collection(q.Collection)
	if err != nil || now.Count < 0 || now.Count > maxEarlier || now.Version <= q.AtVersion {
		return nil
	}
	known, again := r.earlier.find(past{q.Collection, q.AtVersion}, r.options.Now())
	if known.view == nil && again {
		known.view = r.buildEarlier(ctx, known.past)
		r.earlier.keep(known)
	}
	if v := known.view; v != nil && sameShape(v.about, now) && v.answers(q) {
		return v
	}
	return nil
}

// buildEarlier reads a collection as it was; nil if that can't be held.
func (r *Reader) buildEarlier(ctx context.Context, p past) *Collection {
	q := geo.Query{Collection: p.collection, AtVersion: p.version, Unlocated: true}
	rows, about, err := geo.Collect(ctx, r.source, q)
	if err != nil || about.Version != p.version {
		return nil
	}
	q.Unlocated = false
	s, err := r.source.Open(ctx, q)
	if err != nil {
		return nil
	}
	defer s.Close()
	o := r.options.Options
	o.MaxBytes = earlierBytes / 4
	view, err := build(ctx, s.Collection(), s.Features(), rows, o)
	if err != nil || view.Version() != p.version {
		return nil
	}
	view.about = s.Collection() // as the source tells of it
	return view
}

// find gives what is known of a version, and whether it was asked for before.
func (e *earlier) find(p past, now time.Time) (known pastView, again bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for len(e.views) > 0 && now.Sub(e.views[0].from) > earlierFor {
		e.views = e.views[1:]
	}
	for _, v := range e.views {
		if v.past == p {
			return *v, true
		}
	}
	known = pastView{past: p, from: now}
	e.views = append(e.views, &known)
	return pastView{past: p, from: now}, false
}

// keep holds a view, as long as it is not too old and there is room.
func (e *earlier) keep(made pastView) {
	e.mu.Lock()
	defer e.mu.Unlock()
	total := int64(0)
	for _, v := range e.views {
		if v.past == made.past {
			v.view = made.view
		}
		if v.view != nil {
			total += v.view.Bytes()
		}
	}
	for total > earlierBytes && len(e.views) > 0 {
		if v := e.views[0].view; v != nil {
			total -= v.Bytes()
		}
		e.views = e.views[1:]
	}
}
