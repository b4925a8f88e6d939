package api

import (
	"context"
	"iter"
	"maps"
	"slices"
	"sync"

	"github.com/paulmach/orb"

	"kawasan/geo"
)

// recorder notes what is read for an answer, so that the answer is labelled by
// the collections that it rests on, at the versions that were read.
type recorder struct {
	geo.Reader
	mu    sync.Mutex
	read  map[string]*geo.Collection
	mixed bool // a collection was read at two versions
}

var _ geo.NearReader = (*recorder)(nil)

// record gives a reader for the work on one answer.
func (x *exchange) record() *recorder {
	return &recorder{Reader: x.server.config.Reader, read: map[string]*geo.Collection{}}
}

func (r *recorder) note(c *geo.Collection) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if before := r.read[c.ID]; before != nil && before.Version != c.Version {
		r.mixed = true
	}
	r.read[c.ID] = c
}

// Open reads and notes.
func (r *recorder) Open(ctx context.Context, q geo.Query) (geo.Selection, error) {
	s, err := r.Reader.Open(ctx, q)
	if err == nil {
		r.note(s.Collection())
	}
	return s, err
}

// Near reads nearest first where the reader can, and notes.
func (r *recorder) Near(ctx context.Context, q geo.Query, from orb.Bound) (iter.Seq2[geo.Near, error], *geo.Collection, bool) {
	near, ok := r.Reader.(geo.NearReader)
	if !ok {
		return nil, nil, false
	}
	found, c, ok := near.Near(ctx, q, from)
	if ok {
		r.note(c)
	}
	return found, c, ok
}

// beginRecorded is begin for an answer that has been made from what was recorded.
func (x *exchange) beginRecorded(r *recorder) (done bool) {
	s := x.stateOf()
	for _, id := range slices.Sorted(maps.Keys(r.read)) {
		s.add(r.read[id])
	}
	if r.mixed {
		s.structure = 0 // no label fits
	}
	return x.begin(s)
}
