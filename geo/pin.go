package geo

import (
	"context"
	"iter"
	"sync"

	"github.com/paulmach/orb"
)

// Pin is a reader for one answer: each collection is read at one version only,
// the one wanted or else the one met first, however the data change meanwhile. It
// tells afterwards which versions those were. It is safe for concurrent use.
type Pin struct {
	now    Reader
	reader Reader
	wanted DataVersions

	mu    sync.Mutex
	read  map[string]*Collection // by id, at the version read
	mixed bool                   // a computed collection was read at two versions
}

// NewPin makes the reader for one answer, at the versions wanted; collections
// that wanted does not name are read as they are now.
func NewPin(r Reader, wanted DataVersions) *Pin {
	p := &Pin{now: r, reader: r, wanted: wanted, read: map[string]*Collection{}}
	if layer, ok := r.(Layer); ok && len(wanted) > 0 {
		// What is computed is computed anew, from the data at the versions wanted.
		p.reader = layer.Over(func(inner Reader) Reader { return pinned{p, inner} })
	}
	return p
}

// pinned is the reader that a layer computes from.
type pinned struct {
	*Pin
	inner Reader
}

// Open reads at the version pinned.
func (r pinned) Open(ctx context.Context, q Query) (Selection, error) { return r.open(ctx, r.inner, q) }

// Near reads at the version pinned, where the reader below can.
func (r pinned) Near(ctx context.Context, q Query, from orb.Bound) (iter.Seq2[Near, error], *Collection, bool) {
	return r.near(ctx, r.inner, q, from)
}

// Catalogue gives what is published now.
func (r pinned) Catalogue(ctx context.Context) (*Catalogue, error) { return r.inner.Catalogue(ctx) }

// Catalogue gives what is published now.
func (p *Pin) Catalogue(ctx context.Context) (*Catalogue, error) { return p.now.Catalogue(ctx) }

// Open reads at the version wanted, or at the one read before.
func (p *Pin) Open(ctx context.Context, q Query) (Selection, error) { return p.open(ctx, p.reader, q) }

// Near yields candidates at the version wanted, or at the one read before, where the reader below can.
func (p *Pin) Near(ctx context.Context, q Query, from orb.Bound) (iter.Seq2[Near, error], *Collection, bool) {
	return p.near(ctx, p.reader, q, from)
}

func (p *Pin) open(ctx context.Context, r Reader, q Query) (Selection, error) {
	for {
		pinned := p.at(q)
		s, err := r.Open(ctx, pinned)
		if err != nil {
			return nil, err
		}
		again, err := p.note(s.Collection(), pinned)
		if err == nil && !again {
			return s, nil
		}
		s.Close()
		if err != nil {
			return nil, err
		}
	}
}

func (p *Pin) near(ctx context.Context, r Reader, q Query, from orb.Bound) (iter.Seq2[Near, error], *Collection, bool) {
	near, ok := r.(NearReader)
	if !ok {
		return nil, nil, false
	}
	for {
		pinned := p.at(q)
		found, collection, ok := near.Near(ctx, pinned, from)
		if !ok {
			return nil, nil, false
		}
		again, err := p.note(collection, pinned)
		if err != nil {
			return nil, nil, false // Open will say what is wrong
		}
		if !again {
			return found, collection, true
		}
	}
}

// at sets the version of a query.
func (p *Pin) at(q Query) Query {
	if q.AtVersion != 0 {
		return q
	}
	if v, ok := p.wanted.Of(q.Collection); ok {
		q.AtVersion = v.Version
		return q
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if c := p.read[q.Collection]; c != nil && len(c.RestsOn) == 0 {
		q.AtVersion = c.Version
	}
	return q
}

// note remembers what was read, and refuses what is not what was wanted. Again tells
// that another has read another version meanwhile, so that this one must read that.
func (p *Pin) note(c *Collection, q Query) (again bool, err error) {
	if v, ok := p.wanted.Of(c.ID); ok {
		if err := v.checkDescription(c); err != nil {
			return false, err
		}
		if q.AtVersion != c.Version {
			return false, Untracked(c)
		}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if before := p.read[c.ID]; before != nil && before.Version != c.Version {
		if q.AtVersion == 0 && before.Version != 0 && len(before.RestsOn) == 0 {
			return true, nil
		}
		p.mixed = true
	}
	p.read[c.ID] = c
	return false, nil
}

// Versions gives the state of all that was read so far; false if the answer can't
// be repeated, since changes to some of it are not tracked.
func (p *Pin) Versions() (DataVersions, bool) {
	versions, ok := DataVersionsOf(p.Collections()...)
	p.mu.Lock()
	defer p.mu.Unlock()
	return versions, ok && !p.mixed
}

// Collections are what was read so far, at the version read, in no order.
func (p *Pin) Collections() []*Collection {
	p.mu.Lock()
	defer p.mu.Unlock()
	all := make([]*Collection, 0, len(p.read))
	for _, c := range p.read {
		all = append(all, c)
	}
	return all
}

var _, _ NearReader = (*Pin)(nil), pinned{}
