package snapshot

import (
	"context"
	"iter"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/paulmach/orb"

	"kawasan/geo"
)

// ReaderOptions are the settings of a [Reader].
type ReaderOptions struct {
	// Options are those of each view; MaxBytes bounds a single one.
	Options
	// Budget is the most memory that all views together may take; 0 means no
	// bound. While a view is built anew, the old one is held beside it.
	Budget int64
	// Log takes what the operator should know; nil drops it.
	Log *slog.Logger
	// Now is the clock; nil means time.Now.
	Now func() time.Time
	// Retry is the shortest pause before something that failed is tried again;
	// it doubles with each failure up to 64 times. 0 means a second.
	Retry time.Duration
	// Patience is how long the source may give nothing while a collection is read. The
	// whole may take longer. 0 means 30 seconds.
	Patience time.Duration
}

func (o ReaderOptions) withDefaults() ReaderOptions {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Retry <= 0 {
		o.Retry = time.Second
	}
	if o.Patience <= 0 {
		o.Patience = 30 * time.Second
	}
	return o
}

// pause is how long to wait after a number of failures in a row.
func (o ReaderOptions) pause(failures int) time.Duration {
	return o.Retry << min(max(failures-1, 0), 6)
}

// Reader answers queries from the views that it holds and hands the rest to its
// source. It is safe for concurrent use. It holds nothing until [Reader.Load]
// or [Reader.Follow] has built something.
type Reader struct {
	source  geo.Reader
	options ReaderOptions

	held   atomic.Pointer[holdings]
	merged atomic.Pointer[merged]
	// last is the newest catalogue that the source gave.
	last atomic.Pointer[geo.Catalogue]
	// oldest is when the view was confirmed whose confirmation is the longest ago; nil without views.
	oldest atomic.Pointer[time.Time]

	earlier earlier

	loading sync.Mutex // Load or Follow: one at a time

	mu        sync.Mutex
	keeping   map[string]*keeping
	confirmed chan struct{} // closed when a view has been confirmed or swapped
	promised  time.Time     // what was committed before it is read by those who were told so
}

// merged is a catalogue of the source with what is held filled in.
type merged struct {
	source *geo.Catalogue
	held   *holdings
	result *geo.Catalogue
}

var (
	_ geo.Reader     = (*Reader)(nil)
	_ geo.NearReader = (*Reader)(nil)
)

// NewReader puts a Reader before a source. The source's Open must give
// selections that see one state of the data, whose version it tells.
func NewReader(source geo.Reader, o ReaderOptions) *Reader {
	r := &Reader{source: source, options: o.withDefaults(), keeping: map[string]*keeping{}, confirmed: make(chan struct{})}
	r.held.Store(&holdings{})
	return r
}

// Catalogue gives the source's catalogue. Collections held are described at the
// version held, with InMemory; for the others Note says why they are not. When the
// source does not answer, the last catalogue that it gave counts.
func (r *Reader) Catalogue(ctx context.Context) (*geo.Catalogue, error) {
	source, err := r.source.Catalogue(ctx)
	if err != nil {
		if source = r.last.Load(); source == nil {
			return nil, err
		}
	} else if r.last.Load() != source {
		r.last.Store(source)
	}
	held := r.held.Load()
	if m := r.merged.Load(); m != nil && m.source == source && m.held == held {
		return m.result, nil
	}
	result := *source
	result.Collections = make([]*geo.Collection, len(source.Collections))
	for i, c := range source.Collections {
		if view := held.views[c.ID]; view != nil {
			result.Collections[i] = view.about
			continue
		}
		about := *c
		about.InMemory, about.Note = false, held.notes[c.ID]
		result.Collections[i] = about.Index()
	}
	r.merged.Store(&merged{source, held, &result})
	return &result, nil
}

// Open answers from memory where it can, else from the source.
func (r *Reader) Open(ctx context.Context, q geo.Query) (geo.Selection, error) {
	if view := r.View(q.Collection); view != nil && view.answers(q) {
		return view.Open(ctx, q)
	}
	if view := r.earlierView(ctx, q); view != nil {
		return view.Open(ctx, q)
	}
	return r.source.Open(ctx, q)
}

// Near yields candidates from memory, or from the source if it can.
func (r *Reader) Near(ctx context.Context, q geo.Query, from orb.Bound) (iter.Seq2[geo.Near, error], *geo.Collection, bool) {
	if view := r.View(q.Collection); view != nil && view.answers(geo.Query{AtVersion: q.AtVersion}) && !q.Unlocated {
		found, err := view.Near(ctx, q, from)
		return found, view.about, err == nil
	}
	if view := r.earlierView(ctx, q); view != nil && !q.Unlocated {
		found, err := view.Near(ctx, q, from)
		return found, view.about, err == nil
	}
	if near, ok := r.source.(geo.NearReader); ok {
		return near.Near(ctx, q, from)
	}
	return nil, nil, false
}

// Fresh waits until all views held have what was committed to the source before a
// time, so that a writer reads what was written. What is not held is read from the
// source anyway, until a view has as much. It returns ctx's error when that ends first, which it
// does only if the source does not answer or changes come faster than they can be read.
func (r *Reader) Fresh(ctx context.Context, since time.Time) error {
	for {
		r.mu.Lock()
		confirmed, oldest := r.confirmed, r.oldest.Load()
		fresh := oldest == nil || !oldest.Before(since)
		if fresh && since.After(r.promised) {
			r.promised = since
		}
		r.mu.Unlock()
		if fresh {
			return nil
		}
		select {
		case <-confirmed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
