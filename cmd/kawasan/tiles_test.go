package main

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/mvt"
	"github.com/paulmach/orb/maptile"

	"kawasan/geo"
	"kawasan/geo/cql2"
	"kawasan/geo/localpg/pgtest"
	"kawasan/geo/postgis"
	"kawasan/geo/snapshot"
	"kawasan/geo/tile"
)

// tileStores opens the shipped data in a database, with a view of the regencies,
// and the same held in memory.
func tileStores(t *testing.T) (store *postgis.Store, memory *snapshot.Reader, dsn string) {
	t.Helper()
	dsn = pgtest.Template(t, "tiles", func(dsn string) error {
		ctx := context.Background()
		options := postgis.Options{URL: dsn}
		if err := postgis.Migrate(ctx, options, nil); err != nil {
			return err
		}
		if _, err := postgis.Load(ctx, options, false, nil); err != nil {
			return err
		}
		c, err := pgx.Connect(ctx, dsn)
		if err != nil {
			return err
		}
		defer func() { _ = c.Close(ctx) }()
		_, err = c.Exec(ctx, `CREATE VIEW kawasan.regency_view AS SELECT * FROM kawasan.regencies`)
		return err
	})
	store, err := postgis.Open(t.Context(), postgis.Options{URL: dsn})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(store.Close)
	memory = snapshot.NewReader(store, snapshot.ReaderOptions{})
	if err := memory.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	return store, memory, dsn
}

func tileAt(lon, lat float64, z int) tile.Address {
	at := maptile.At(orb.Point{lon, lat}, maptile.Zoom(z))
	return tile.Address{Set: tile.WebMercatorQuad(), Zoom: z, Row: int(at.Y), Col: int(at.X)}
}

// Tiles from the database are the tiles from memory, filtered ones too; those of a
// view, whose changes nobody tracks, have the features of its table and are never kept.
func TestTilesOfBothStores(t *testing.T) {
	t.Parallel()
	store, memory, dsn := tileStores(t)
	fromStore := tile.NewMaker(store, tile.Options{LayerBytes: -1, CacheBytes: -1})
	fromMemory := tile.NewMaker(memory, tile.Options{})
	catalogue, err := memory.Catalogue(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	expression, err := cql2.Parse("position_uncertainty_m > 500 AND S_INTERSECTS(geometry, BBOX(116,-2,117.5,0))", "cql2-text")
	if err != nil {
		t.Fatal(err)
	}
	for z := 3; z <= 14; z++ {
		r := tile.Request{Address: tileAt(116.78, -1.16, z), Filters: map[string]geo.Filter{}}
		for _, id := range []string{"zones", "ikn", "ports", "mills", "regencies"} {
			c, err := catalogue.Collection(id)
			if err != nil || !c.InMemory {
				t.Fatalf("%s is not in memory: %v", id, err)
			}
			r.Collections = append(r.Collections, id)
			if z%2 == 0 {
				if r.Filters[id], err = cql2.Check(expression, c, cql2.Options{}); err != nil {
					t.Fatal(err)
				}
			}
		}
		one, err := fromStore.Make(t.Context(), r)
		if err != nil {
			t.Fatal(err)
		}
		other, err := fromMemory.Make(t.Context(), r)
		if err != nil {
			t.Fatal(err)
		}
		if string(one.Data) != string(other.Data) || one.Features == 0 {
			t.Errorf("z%d: %d bytes from the database with %d features, %d bytes from memory", z, len(one.Data), one.Features, len(other.Data))
		}
		view, err := fromMemory.Make(t.Context(), tile.Request{Address: r.Address, Collections: []string{"regency_view"}})
		if err != nil {
			t.Fatal(err)
		}
		table, err := fromMemory.Make(t.Context(), tile.Request{Address: r.Address, Collections: []string{"regencies"}})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(features(t, table.Data), features(t, view.Data)); diff != "" {
			t.Errorf("z%d: a view has other features than its table (-table +view):\n%.800s", z, diff)
		}
	}
	c, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close(context.WithoutCancel(t.Context())) }()
	if _, err := c.Exec(t.Context(), `CREATE OR REPLACE VIEW kawasan.regency_view AS SELECT * FROM kawasan.regencies WHERE name LIKE 'Kota%'`); err != nil {
		t.Fatal(err)
	}
	view, err := fromMemory.Make(t.Context(), tile.Request{Address: tileAt(116.78, -1.16, 3), Collections: []string{"regency_view"}})
	if err != nil {
		t.Fatal(err)
	}
	if got := len(features(t, view.Data)); got != 3 {
		t.Errorf("after the view changed its tile has %d features, want 3", got)
	}
}

// features are those of the only layer, by id.
func features(t *testing.T, data []byte) map[string]any {
	t.Helper()
	layers, err := mvt.Unmarshal(data)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]any{}
	for _, l := range layers {
		for _, f := range l.Features {
			all[f.Properties["id"].(string)] = []any{f.ID, f.Geometry, f.Properties["name"], f.Properties["position_uncertainty_m"]}
		}
	}
	return all
}

// A tile does not wait for a database that does not answer beyond its time.
func TestTileTimeout(t *testing.T) {
	t.Parallel()
	store, _, dsn := tileStores(t)
	c, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close(context.WithoutCancel(t.Context())) }()
	lock, err := c.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = lock.Rollback(context.WithoutCancel(t.Context())) }()
	if _, err := lock.Exec(t.Context(), `LOCK TABLE kawasan.regencies IN ACCESS EXCLUSIVE MODE`); err != nil {
		t.Fatal(err)
	}
	maker := tile.NewMaker(store, tile.Options{Timeout: 300 * time.Millisecond})
	_, err = maker.Make(t.Context(), tile.Request{Address: tileAt(116.78, -1.16, 6), Collections: []string{"regencies"}})
	if !geo.IsCode(err, geo.Unavailable) || !strings.Contains(err.Error(), "deeper zoom") {
		t.Errorf("with the table locked: %v, want unavailable for now, and what helps", err)
	}
}
