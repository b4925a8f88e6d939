package tile

import (
	"context"
	"slices"
	"sync"

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

// heldLayer is a layer, or the fact that this version is too large for one.
type heldLayer struct {
	key     string
	version geo.Version
	layer   *layer // nil: too large
}

func newLayerCache(most int) *layerCache { return &layerCache{most: most} }

func (c *layerCache) get(key string, version geo.Version) (*heldLayer, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	i := slices.IndexFunc(c.order, func(h *heldLayer) bool { return h.key == key })
	if i < 0 || c.order[i].version != version {
		return nil, false
	}
	h := c.order[i]
	c.order = append(slices.Delete(c.order, i, i+1), h)
	return h, true
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

// reserve is what the layer takes once all its levels are there, at most: steps
// of a level take about a tenth of the coordinates, and a level's table 96 bytes
// a feature.
func (l *layer) reserve() int { return 2*l.size() + levelZooms*96*len(l.features) }

// layer gives the collection's layer at its present version; nil when it is
// untracked, without geometry or too large to hold.
func (m *Maker) layer(ctx context.Context, set *MatrixSet, id string) (*layer, error) {
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
	key := set.ID + "/" + id
	if h, ok := m.layers.get(key, about.Version); ok {
		return h.layer, nil
	}
	// One reading serves all who wait; the first to come sets its time limit.
	v, err, _ := m.layers.flights.Do(key, func() (any, error) {
		if h, ok := m.layers.get(key, about.Version); ok {
			return h, nil
		}
		h, err := m.readLayer(ctx, set, id)
		if err == nil && h.version != 0 {
			h.key = key
			m.layers.put(h)
		}
		return h, err
	})
	if err != nil {
		return nil, err
	}
	return v.(*heldLayer).layer, nil
}

// readLayer reads a whole collection.
func (m *Maker) readLayer(ctx context.Context, set *MatrixSet, id string) (*heldLayer, error) {
	s, err := m.reader.Open(ctx, geo.Query{Collection: id})
	if err != nil {
		return nil, err
	}
	defer s.Close()
	h := &heldLayer{version: s.Collection().Version}
	l := newLayer(s.Collection(), set)
	for f, err := range s.Features() {
		if err != nil {
			return nil, err
		}
		if f.WKB == nil {
			continue
		}
		if err := l.add(f, nil); err != nil {
			return nil, err
		}
		if l.reserve() > m.options.LayerBytes/2 {
			return h, nil // too large: read it tile by tile
		}
	}
	h.layer = l
	return h, nil
}
