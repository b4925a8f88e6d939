package tile

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"

	"kawasan/geo"
)

// Options bound what a Maker uses. A zero field takes the default.
type Options struct {
	// MaxTileBytes is the size of a tile, uncompressed; default 500,000.
	MaxTileBytes int
	// CacheBytes is the memory for finished tiles; default 64 MiB, negative none.
	CacheBytes int
	// LayerBytes is the memory for collections held ready; default 256 MiB,
	// negative none. One that would take more than two thirds of it is held without its
	// projected shapes, or, if that is too much too, read from the Reader each time;
	// its tiles have the same bytes.
	LayerBytes int
	// Timeout ends the work on one tile; default 20 s.
	Timeout time.Duration
}

func (o Options) withDefaults() Options {
	if o.MaxTileBytes == 0 {
		o.MaxTileBytes = 500_000
	}
	if o.CacheBytes == 0 {
		o.CacheBytes = 64 << 20
	}
	if o.LayerBytes == 0 {
		o.LayerBytes = 256 << 20
	}
	if o.Timeout == 0 {
		o.Timeout = 20 * time.Second
	}
	return o
}

// Maker makes tiles from a reader and keeps what is worth keeping: finished tiles
// and projected collections, each by the version of the data, so that nothing
// stale is ever given. It is safe for concurrent use.
type Maker struct {
	reader  geo.Reader
	options Options
	tiles   *tileCache
	layers  *layerCache
	reaches reachCache
	fringes fringeCache
	flights singleflight.Group

	stocks    map[string]*Stock // by collection; see NewStockMaker
	composers sync.Pool
}

// NewMaker makes tiles of what the reader publishes.
func NewMaker(reader geo.Reader, o Options) *Maker {
	o = o.withDefaults()
	return &Maker{reader: reader, options: o, tiles: newTileCache(o.CacheBytes), layers: newLayerCache(o.LayerBytes)}
}

// Make gives a tile. A collection without geometry gives no layer. NotFound for
// an unknown collection, Invalid for a property that none of them has, Unavailable
// while a collection is being read of which the tile shows much, Timeout when it
// takes too long. Requests for the same tile wait for one making.
func (m *Maker) Make(ctx context.Context, r Request) (*Tile, error) {
	ids, err := r.layers()
	if err != nil {
		return nil, err
	}
	catalogue, err := m.reader.Catalogue(ctx)
	if err != nil {
		return nil, err
	}
	collections := make([]*geo.Collection, len(ids))
	versions := make([]geo.Version, len(ids))
	for i, id := range ids {
		if collections[i], err = catalogue.Collection(id); err != nil {
			return nil, err
		}
		versions[i] = collections[i].Version
	}
	if err := checkProperties(collections, r.Properties); err != nil {
		return nil, err
	}
	key := r.key(ids, versions)
	if t, ok := m.tiles.get(key); ok {
		return t, nil
	}
	if t, err := m.atOnce(ctx, r, collections); t != nil || err != nil {
		if err == nil {
			t.Versions = versions
			m.tiles.put(key, t)
		}
		return t, late(err)
	}
	if slices.Contains(versions, 0) || m.stocks != nil {
		// Untracked: two requests may rest on different data. Of stocks nobody else asks for tiles.
		return m.make(ctx, r, ids)
	}
	done := m.flights.DoChan(key, func() (any, error) {
		// The work outlives the first who asked, since others may wait for it.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), m.options.Timeout)
		defer cancel()
		t, err := m.make(ctx, r, ids)
		if err == nil && !slices.Contains(t.Versions, 0) {
			m.tiles.put(r.key(ids, t.Versions), t)
		}
		return t, err
	})
	select {
	case <-ctx.Done():
		return nil, late(ctx.Err())
	case result := <-done:
		if result.Err != nil {
			return nil, late(result.Err)
		}
		return result.Val.(*Tile), nil
	}
}

// late turns the end of the time allowed into an error with that code.
func late(err error) error {
	if errors.Is(err, context.DeadlineExceeded) {
		return geo.Errorf(geo.Timeout, "the tile took too long to make").Because(err).Try("a deeper zoom or a narrower filter")
	}
	return err
}

// fewFeatures is how many features a tile may show that is made by whoever asks:
// it takes less time than to see whether somebody else makes it.
const fewFeatures = 512

// atOnce makes a tile of few features, of layers that are ready; nil if it isn't that.
func (m *Maker) atOnce(ctx context.Context, r Request, collections []*geo.Collection) (*Tile, error) {
	if r.Uncertainty {
		return nil, nil
	}
	c := m.composer(r.Address)
	defer m.recycle(c)
	found := 0
	for _, about := range collections {
		h, ok := m.layers.get(layerKey{r.Address.Set, about.ID}, about.Version)
		if !ok || h.layer == nil || !r.whole(about.ID) {
			return nil, nil
		}
		s := c.source(h.layer, r, h.layer.level(r.Address.Zoom))
		s.found = h.layer.within(s.found, r.Address)
		if found += len(s.found); found > fewFeatures {
			return nil, nil
		}
	}
	return c.tile(ctx, r, m.options.MaxTileBytes)
}

// make makes a tile.
func (m *Maker) make(ctx context.Context, r Request, ids []string) (*Tile, error) {
	c := m.composer(r.Address)
	defer m.recycle(c)
	var versions []geo.Version
	for _, id := range ids {
		version, err := m.find(ctx, c, r, id)
		if err != nil {
			return nil, err
		}
		versions = append(versions, version)
	}
	t, err := c.tile(ctx, r, m.options.MaxTileBytes)
	if err != nil {
		return nil, err
	}
	for _, s := range m.stocks {
		if s.fault != nil {
			return nil, s.fault
		}
	}
	t.Versions = versions
	if r.Uncertainty {
		return t, m.addBands(ctx, r, ids, t)
	}
	return t, nil
}

// find finds the features of a collection that a tile may show.
func (m *Maker) find(ctx context.Context, c *composer, r Request, id string) (geo.Version, error) {
	if s := m.stocks[id]; s != nil {
		return s.find(c, r)
	}
	l, err := m.layer(ctx, r.Address, id)
	if err != nil {
		return 0, err
	}
	if l == nil || !r.whole(id) {
		return m.selected(ctx, c, r, id, l)
	}
	s := c.source(l, r, l.level(r.Address.Zoom))
	s.found = l.within(s.found, r.Address)
	return l.collection.Version, nil
}

// selected finds the features that a query gives, in the layer held ready where
// there is one of the same version.
func (m *Maker) selected(ctx context.Context, c *composer, r Request, id string, ready *layer) (geo.Version, error) {
	selection, err := m.reader.Open(ctx, r.query(id))
	if err != nil {
		return 0, err
	}
	defer selection.Close()
	about := selection.Collection()
	l := newLayer(about, r.Address.Set)
	held := ready != nil && r.AsOf == nil && r.Principal.Name == "" && about.Version != 0 && ready.collection.Version == about.Version
	var v *level
	if held {
		l = ready
		v = l.level(r.Address.Zoom)
	}
	wanted := wantedProperties(about, r.Properties)
	var found []int32
	for f, err := range selection.Features() {
		if err != nil {
			return 0, err
		}
		if f.WKB == nil {
			continue
		}
		if !held {
			if err := l.add(f, wanted); err != nil {
				return 0, err
			}
		}
		// An empty geometry is not in the layer.
		if at, known := l.byID[f.ID]; known {
			found = append(found, at)
		}
	}
	s := c.source(l, r, v)
	s.found = append(s.found, found...)
	return about.Version, nil
}
