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
	// negative none. One that takes more than half of it is read from the Reader
	// each time; its tiles have the same bytes.
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
	flights singleflight.Group

	composers sync.Pool
}

// NewMaker makes tiles of what the reader publishes.
func NewMaker(reader geo.Reader, o Options) *Maker {
	o = o.withDefaults()
	return &Maker{reader: reader, options: o, tiles: newTileCache(o.CacheBytes), layers: newLayerCache(o.LayerBytes)}
}

// Make makes one tile without keeping anything, within the default size.
// Errors are those of [Maker.Make].
func Make(ctx context.Context, reader geo.Reader, r Request) ([]byte, error) {
	t, err := NewMaker(reader, Options{CacheBytes: -1, LayerBytes: -1}).Make(ctx, r)
	if err != nil {
		return nil, err
	}
	return t.Data, nil
}

// Make gives a tile. A collection without geometry gives no layer. NotFound for
// an unknown collection, Invalid for a property that none of them has, Timeout
// when it takes too long. Requests for the same tile wait for one making.
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
	if slices.Contains(versions, 0) {
		// Untracked: two requests may rest on different data.
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

// make makes a tile from the layers.
func (m *Maker) make(ctx context.Context, r Request, ids []string) (*Tile, error) {
	c := m.composer(r.Address)
	defer m.recycle(c)
	t := &Tile{}
	var layers []*layerWriter
	for _, id := range ids {
		w, version, err := m.write(ctx, c, r, id)
		if err != nil {
			return nil, err
		}
		t.Versions = append(t.Versions, version)
		if len(w.items) > 0 {
			layers = append(layers, w)
		}
	}
	dropped := fit(layers, m.options.MaxTileBytes)
	scratch := &c.output
	for i, w := range layers {
		t.Data = w.append(t.Data, scratch)
		t.Features += len(w.items) - dropped[i]
		t.Dropped += dropped[i]
		w.release()
	}
	if t.Dropped > 0 {
		t.Data = appendNotes(t.Data, layers, dropped, scratch)
	}
	return t, nil
}

// write draws a collection's features into a new layer.
func (m *Maker) write(ctx context.Context, c *composer, r Request, id string) (*layerWriter, geo.Version, error) {
	l, err := m.layer(ctx, r.Address, id)
	if err != nil {
		return nil, 0, err
	}
	if l == nil || !r.whole(id) {
		return m.writeSelected(ctx, c, r, id, l)
	}
	w := &layerWriter{name: id, about: l.about, wanted: wantedProperties(l.collection, r.Properties)}
	found := l.within(r.Address)
	v := l.level(r.Address.Zoom, 4*len(found) >= len(l.features))
	for i, at := range found {
		if i%1024 == 0 && ctx.Err() != nil {
			return nil, 0, ctx.Err()
		}
		c.add(w, l, v, at)
	}
	return w, l.collection.Version, nil
}

// writeSelected draws the features that a query gives, from the layer held ready
// where there is one of the same version.
func (m *Maker) writeSelected(ctx context.Context, c *composer, r Request, id string, ready *layer) (*layerWriter, geo.Version, error) {
	s, err := m.reader.Open(ctx, r.query(id))
	if err != nil {
		return nil, 0, err
	}
	defer s.Close()
	about := s.Collection()
	l := newLayer(about, r.Address.Set)
	held := ready != nil && r.AsOf == nil && r.Principal.Name == "" && about.Version != 0 && ready.collection.Version == about.Version
	if held {
		l = ready
	}
	w := &layerWriter{name: id, about: l.about, wanted: wantedProperties(about, r.Properties)}
	var v *level
	if held {
		v = l.level(r.Address.Zoom, false)
	}
	for f, err := range s.Features() {
		if err != nil {
			return nil, 0, err
		}
		if f.WKB == nil {
			continue
		}
		if !held {
			if err := l.add(f, w.wanted); err != nil {
				return nil, 0, err
			}
		}
		// An empty geometry is not in the layer.
		if at, known := l.byID[f.ID]; known {
			c.add(w, l, v, at)
		}
	}
	return w, about.Version, nil
}
