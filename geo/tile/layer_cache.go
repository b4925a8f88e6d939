package tile

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/paulmach/orb"
	"golang.org/x/sync/singleflight"

	"kawasan/geo"
)

// layerCache keeps the newest layer of each collection and grid, the ones last
// used first, bounded by bytes.
type layerCache struct {
	mu      sync.Mutex
	order   []*heldLayer // last used last
	most    int
	flights singleflight.Group
}

// layerKey names a layer: a collection on a grid.
type layerKey struct {
	set        *MatrixSet
	collection string
}

// heldLayer is a layer, or the fact that this version is too large for one.
type heldLayer struct {
	key     layerKey
	version geo.Version
	layer   *layer // nil: too large
	// alone says that it was read from a store that does not hold the collection in
	// memory, which makes a layer larger.
	alone bool
}

// judges reports whether what is held still tells if a layer fits.
func (h *heldLayer) judges(about *geo.Collection) bool {
	return h.layer != nil || !h.alone || !about.InMemory
}

func newLayerCache(most int) *layerCache { return &layerCache{most: most} }

func (c *layerCache) get(key layerKey, version geo.Version) (*heldLayer, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	i := slices.IndexFunc(c.order, func(h *heldLayer) bool { return h.key == key })
	if i < 0 || c.order[i].version != version {
		return nil, false
	}
	h := c.order[i]
	if i < len(c.order)-1 {
		c.order = append(slices.Delete(c.order, i, i+1), h)
	}
	return h, true
}

// before gives the layer of an earlier version, if there is one.
func (c *layerCache) before(key layerKey) *layer {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, h := range c.order {
		if h.key == key {
			return h.layer
		}
	}
	return nil
}

func (c *layerCache) put(h *heldLayer) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.order = slices.DeleteFunc(c.order, func(o *heldLayer) bool { return o.key == h.key })
	c.order = append(c.order, h)
	total := 0
	for i := len(c.order) - 1; i >= 0; i-- {
		if c.order[i].layer != nil {
			total += c.order[i].layer.reserve()
		}
		if total > c.most {
			c.order = slices.Delete(c.order, 0, i+1)
			return
		}
	}
}

// layer gives the collection's layer at its present version; nil when it is
// untracked, without geometry, too large to hold, or not ready yet. A layer is
// read by itself: a tile that needs much of it waits, half of the time that it may
// take, and is Unavailable then; any other is better made without it than late.
func (m *Maker) layer(ctx context.Context, a Address, id string) (*layer, error) {
	catalogue, err := m.reader.Catalogue(ctx)
	if err != nil {
		return nil, err
	}
	about, err := catalogue.Collection(id)
	if err != nil {
		return nil, err
	}
	if m.options.LayerBytes < 0 || about.Version == 0 || !about.HasGeometry() {
		return nil, nil
	}
	key := layerKey{a.Set, id}
	if h, ok := m.layers.get(key, about.Version); ok && h.judges(about) {
		return h.layer, nil
	}
	reading := m.layers.flights.DoChan(a.Set.ID+"/"+id, func() (any, error) {
		if h, ok := m.layers.get(key, about.Version); ok && h.judges(about) {
			return h, nil
		}
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), layerTimeout)
		defer cancel()
		h, err := m.readLayer(ctx, a.Set, id, m.layers.before(key))
		if err == nil && h.version != 0 {
			h.key = key
			m.layers.put(h)
		}
		return h, err
	})
	needed := coversMuch(a, about.Extent)
	wait := layerPatience
	if needed {
		wait = m.options.Timeout / 2
	}
	patience := time.NewTimer(wait)
	defer patience.Stop()
	select {
	case r := <-reading:
		if r.Err != nil {
			return nil, r.Err
		}
		return r.Val.(*heldLayer).layer, nil
	case <-patience.C:
		if needed {
			return nil, geo.Errorf(geo.Unavailable, "the collection %q is being read for tiles, of which this one shows much", id).
				Try("ask again in some seconds; tiles of deeper zooms can be had meanwhile")
		}
		return nil, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

const (
	// layerTimeout ends the reading of a layer, which no tile need wait for.
	layerTimeout = 2 * time.Minute
	// layerPatience is how long a tile waits for a layer of which it needs little.
	layerPatience = 30 * time.Millisecond
)

// coversMuch reports whether a tile may show a sixteenth of a collection or more.
func coversMuch(a Address, extent orb.Bound) bool {
	b := a.Bounds()
	width := min(b.Max[0], extent.Max[0]) - max(b.Min[0], extent.Min[0])
	height := min(b.Max[1], extent.Max[1]) - max(b.Min[1], extent.Min[1])
	return 16*max(0, width)*max(0, height) >= (extent.Max[0]-extent.Min[0])*(extent.Max[1]-extent.Min[1])
}

// readLayer reads a whole collection; before is the same at an earlier version, or nil.
func (m *Maker) readLayer(ctx context.Context, set *MatrixSet, id string, before *layer) (*heldLayer, error) {
	s, err := m.reader.Open(ctx, geo.Query{Collection: id})
	if err != nil {
		return nil, err
	}
	defer s.Close()
	h := &heldLayer{version: s.Collection().Version, alone: !s.Collection().InMemory}
	l := newLayer(s.Collection(), set)
	l.lean = before != nil && before.lean
	for f, err := range s.Features() {
		if err != nil {
			return nil, err
		}
		if f.WKB == nil {
			continue
		}
		if err := l.addFrom(before, f); err != nil {
			return nil, err
		}
		if l.reserve() > m.options.LayerBytes*2/3 && !l.lean {
			l.thin()
		}
		if l.reserve() > m.options.LayerBytes*2/3 {
			return h, nil // too large: read it tile by tile
		}
	}
	l.about.seal()
	if before != nil {
		l.carry(before)
	}
	h.layer = l
	return h, nil
}
