package tile_test

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"kawasan/geo"
	"kawasan/geo/geotest"
	"kawasan/geo/tile"
)

// slow is a reader that gives whole collections only when it is let.
type slow struct {
	geo.Reader
	let chan struct{}
}

func (s slow) Open(ctx context.Context, q geo.Query) (geo.Selection, error) {
	if q.Bounds == nil {
		select {
		case <-s.let:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	return s.Reader.Open(ctx, q)
}

// A tile that shows little of a collection does not wait until all of it is read,
// and is the same as one that is made when it is.
func TestTileBeforeLayer(t *testing.T) {
	t.Parallel()
	l := plantations(3000)
	let := make(chan struct{})
	maker := tile.NewMaker(slow{geotest.NewReader(l), let}, tile.Options{CacheBytes: -1})
	a := at(orb.Point{116.5, 0.3}, 10)
	early := mustMake(t, maker, a, "plantations")
	close(let)
	mustMake(t, maker, at(orb.Point{116.5, 0.3}, 4), "plantations") // waits for the layer
	if late := mustMake(t, maker, a, "plantations"); string(late.Data) != string(early.Data) || early.Features == 0 {
		t.Errorf("%d bytes with %d features before the layer was read, %d bytes after", len(early.Data), early.Features, len(late.Data))
	}
}

// A tile that shows much of a collection waits until it is read, but not for ever;
// once it is read the tile can be had.
func TestTileWaitsForLayer(t *testing.T) {
	t.Parallel()
	let := make(chan struct{})
	maker := tile.NewMaker(slow{geotest.NewReader(plantations(300)), let}, tile.Options{Timeout: 100 * time.Millisecond})
	r := tile.Request{Address: at(orb.Point{116.5, 0.3}, 4), Collections: []string{"plantations"}}
	if _, err := maker.Make(t.Context(), r); !geo.IsCode(err, geo.Unavailable) {
		t.Fatalf("while the layer is read: %v, want that it is unavailable", err)
	}
	close(let)
	for range 600 {
		if made, err := maker.Make(t.Context(), r); err == nil && made.Features > 0 {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Error("the tile can't be had though the layer can be read")
}

// versioned is a reader whose data can be changed.
type versioned struct{ atomic.Pointer[geotest.Reader] }

func (v *versioned) Catalogue(ctx context.Context) (*geo.Catalogue, error) {
	return v.Load().Catalogue(ctx)
}

func (v *versioned) Open(ctx context.Context, q geo.Query) (geo.Selection, error) {
	return v.Load().Open(ctx, q)
}

// After an edit tiles are those of the new data, though most of the layer before
// is used again.
func TestEdit(t *testing.T) {
	t.Parallel()
	l := plantations(2000)
	reader := &versioned{}
	reader.Store(geotest.NewReader(l))
	maker := tile.NewMaker(reader, tile.Options{})
	places := []tile.Address{at(orb.Point{116.5, 0.3}, 0), at(orb.Point{116.5, 0.3}, 6), at(orb.Point{116.5, 0.3}, 9), at(orb.Point{116.5, 0.3}, 11), at(orb.Point{116.5, 0.3}, 13)}
	for edit := range 4 {
		fresh := tile.NewMaker(reader, tile.Options{LayerBytes: -1, CacheBytes: -1})
		for _, a := range places {
			got, want := mustMake(t, maker, a, "plantations"), mustMake(t, fresh, a, "plantations")
			if string(got.Data) != string(want.Data) || got.Versions[0] != want.Versions[0] {
				t.Fatalf("edit %d, z%d: %d bytes at version %d, want %d bytes at version %d", edit, a.Zoom, len(got.Data), got.Versions[0], len(want.Data), want.Versions[0])
			}
		}
		// One is moved, one goes, one comes: the others keep their places in memory.
		next := geotest.NewLayer("plantations", "Polygon", l.Collection.Properties...)
		next.Collection.Version, next.Collection.Extent = l.Collection.Version+1, l.Collection.Extent
		next.Features = append(next.Features, l.Features[1:]...)
		moved := *next.Features[700+edit]
		moved.WKB = l.Features[0].WKB
		next.Features[700+edit] = &moved
		next.Add("a new one", orb.Polygon{{{116.4, 0.2}, {116.6, 0.2}, {116.5, 0.4}, {116.4, 0.2}}}, geotest.Values{"name": "new"}).ID += string(rune('a' + edit))
		l = next
		reader.Store(geotest.NewReader(l))
	}
}

// A collection that is too large to be held with its projected shapes is held
// without, and if that is too large too it is read tile by tile: all the same tiles.
func TestLayerMemory(t *testing.T) {
	t.Parallel()
	l := plantations(3000)
	for _, c := range []struct {
		name  string
		bytes int
		reads int64 // of the reader, for the whole layer and for tiles
	}{{"all", 64 << 20, 1}, {"lean", 8 << 20, 1}, {"none", 1 << 20, 1 + 8}} {
		reader := geotest.NewReader(l)
		maker := tile.NewMaker(reader, tile.Options{LayerBytes: c.bytes, CacheBytes: -1})
		fresh := tile.NewMaker(geotest.NewReader(l), tile.Options{LayerBytes: -1, CacheBytes: -1})
		for _, z := range []int{3, 6, 7, 8, 9, 10, 12, 15} {
			a := at(orb.Point{116.5, 0.3}, z)
			if got, want := mustMake(t, maker, a, "plantations"), mustMake(t, fresh, a, "plantations"); string(got.Data) != string(want.Data) {
				t.Errorf("%s, z%d: %d bytes, want %d", c.name, z, len(got.Data), len(want.Data))
			}
		}
		if got := reader.Opened.Load(); got != c.reads {
			t.Errorf("%s: read %d times, want %d", c.name, got, c.reads)
		}
	}
}
