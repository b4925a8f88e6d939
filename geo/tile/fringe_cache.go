package tile

import (
	"bytes"
	"slices"
	"sync"

	"kawasan/geo"
	"kawasan/geo/geodesy"
)

// fringeBytes is the memory for the boundaries of features made ready for bands.
const fringeBytes = 32 << 20

// fringeCache keeps boundaries as simple as a zoom lets them be, ready for the bands
// around them in any tile of that zoom. A boundary is known by what it is made of, so an
// edit of one feature leaves those of all others. When memory is full the older half goes.
type fringeCache struct {
	mu    sync.Mutex
	known map[fringeKey]*heldFringe
	bytes int
	clock int // of the use last
}

// fringeKey names a feature and a zoom.
type fringeKey struct {
	collection, id string
	zoom           int
}

// heldFringe is a fringe, or the fact that there is none, and what it was made of.
type heldFringe struct {
	fringe      *geodesy.Fringe
	wkb         []byte
	kind        string
	uncertainty float64
	bytes, used int
}

// of gives the fringe of a feature at a zoom; nil where no band can be drawn around it.
func (c *fringeCache) of(f *geo.Feature, zoom int) (*geodesy.Fringe, error) {
	u, _ := f.Number("position_uncertainty_m")
	kind := f.Text("boundary_kind")
	key := fringeKey{f.Collection.ID, f.ID, zoom}
	if h := c.get(key); h != nil && h.uncertainty == u && h.kind == kind && bytes.Equal(h.wkb, f.WKB) {
		return h.fringe, nil
	}
	g, err := f.Geometry()
	if err != nil {
		return nil, unreadable(f, err)
	}
	h := &heldFringe{wkb: f.WKB, kind: kind, uncertainty: u, bytes: 256 + len(f.WKB)}
	perPixel := metresPerPixel(zoom)
	basis := geodesy.Basis{Kind: geodesy.BoundaryKind(kind), UncertaintyM: &u}
	if h.fringe, err = basis.Fringe(g, bandSteps(u/perPixel), perPixel/2); err != nil {
		h.fringe = nil
	}
	if h.fringe != nil {
		h.bytes += h.fringe.Bytes()
	}
	c.put(key, h)
	return h.fringe, nil
}

func (c *fringeCache) get(key fringeKey) *heldFringe {
	c.mu.Lock()
	defer c.mu.Unlock()
	h := c.known[key]
	if h != nil {
		c.clock++
		h.used = c.clock
	}
	return h
}

func (c *fringeCache) put(key fringeKey, h *heldFringe) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if old := c.known[key]; old != nil {
		c.bytes -= old.bytes
	}
	if c.known == nil {
		c.known = map[fringeKey]*heldFringe{}
	}
	c.clock++
	h.used = c.clock
	c.known[key] = h
	if c.bytes += h.bytes; c.bytes > fringeBytes {
		c.forget()
	}
}

// forget lets go of those whose last use is longest ago, until half of the memory is free.
func (c *fringeCache) forget() {
	keys := make([]fringeKey, 0, len(c.known))
	for key := range c.known {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, func(a, b fringeKey) int { return c.known[a].used - c.known[b].used })
	for _, key := range keys {
		if c.bytes <= fringeBytes/2 {
			return
		}
		c.bytes -= c.known[key].bytes
		delete(c.known, key)
	}
}
