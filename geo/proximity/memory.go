package proximity

import (
	"context"
	"sync"

	"kawasan/geo"
)

// Memory keeps between questions what follows from one collection at the version
// read: the land that lines are compared with, the distances that were published, who
// has no position, how uncertain positions are at most, how an answer is described. Of each collection it has one version.
// It is safe for concurrent use; a nil one keeps nothing.
type Memory struct {
	mu   sync.Mutex
	kept map[matter]remembered
}

// NewMemory makes an empty memory.
func NewMemory() *Memory { return &Memory{kept: map[matter]remembered{}} }

// matter names something that follows from a collection.
type matter struct{ what, collection string }

// state is that of the collection that it follows from.
type state struct {
	structure geo.Version // of the catalogue: another after a database was restored
	version   geo.Version
	shape     uint64 // of the description
}

type remembered struct {
	state
	value any
}

// maxMatters bounds what is kept: beyond it all is forgotten.
const maxMatters = 1000

func (m *Memory) find(at matter, catalogue *geo.Catalogue, c *geo.Collection) (any, bool) {
	if m == nil || !isOneState(c) {
		return nil, false
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	r, ok := m.kept[at]
	return r.value, ok && r.state == stateOf(catalogue, c)
}

func (m *Memory) keep(at matter, catalogue *geo.Catalogue, c *geo.Collection, value any) {
	if m == nil || !isOneState(c) {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.kept) >= maxMatters {
		clear(m.kept)
	}
	m.kept[at] = remembered{stateOf(catalogue, c), value}
}

func stateOf(catalogue *geo.Catalogue, c *geo.Collection) state {
	return state{catalogue.Version, c.Version, c.Shape()}
}

// isOneState reports whether version and description tell all of a collection.
func isOneState(c *geo.Collection) bool { return c.Version != 0 && len(c.RestsOn) == 0 }

// isCommon reports whether a query asks for what all who ask get: all of the
// collection as it is, whoever asks.
func isCommon(q geo.Query) bool {
	return q.IDs == nil && q.Filter == nil && q.AsOf == nil && q.Principal.Name == "" && q.Principal.Scopes == nil
}

// asRead gives a collection as it is read, which may be at another version than the
// catalogue's: as it was read before, or else as the reading of one feature of the query finds it.
func (s *session) asRead(ctx context.Context, q geo.Query) (*geo.Collection, error) {
	if c, ok := s.used[q.Collection]; ok {
		return c, nil
	}
	q.SkipGeometry, q.Limit = true, 1
	selection, err := s.reader.Open(ctx, q)
	if err != nil {
		return nil, err
	}
	defer selection.Close()
	s.used[q.Collection] = selection.Collection()
	return selection.Collection(), nil
}

// recall gives what is remembered of all features of a query, or has it made.
func recall[T any](s *session, what string, q geo.Query, c *geo.Collection, make func() (T, error)) (T, error) {
	at := matter{what, q.Collection}
	if !isCommon(q) {
		return make()
	}
	if v, ok := s.options.Memory.find(at, s.catalogue, c); ok {
		return v.(T), nil
	}
	made, err := make()
	if err == nil {
		if read, ok := s.used[q.Collection]; ok { // it may have moved on
			c = read
		}
		s.options.Memory.keep(at, s.catalogue, c, made)
	}
	return made, err
}

// recallEach is recall for what a pass over the features of a query makes.
func recallEach[T any](ctx context.Context, s *session, what string, q geo.Query, made T, add func(T, *geo.Feature) error) (T, error) {
	selection, err := s.reader.Open(ctx, q)
	if err != nil {
		return made, err
	}
	defer selection.Close()
	s.used[q.Collection] = selection.Collection()
	return recall(s, what, q, selection.Collection(), func() (T, error) {
		return made, eachOf(ctx, selection, func(f *geo.Feature) error { return add(made, f) })
	})
}
