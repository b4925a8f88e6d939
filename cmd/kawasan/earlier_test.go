package main

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb"

	"kawasan/geo"
	"kawasan/geo/localpg/pgtest"
	"kawasan/geo/postgis"
	"kawasan/geo/snapshot"
)

// An earlier version that is asked for again is held for a while; that never shows.
func TestEarlierVersionsAreHeldAlike(t *testing.T) {
	t.Parallel()
	options := postgis.Options{URL: pgtest.DSN(t)}
	if err := postgis.Migrate(t.Context(), options, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := postgis.Load(t.Context(), options, false, nil); err != nil {
		t.Fatal(err)
	}
	conn, err := pgx.Connect(t.Context(), options.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(context.Background()) }()
	for _, sql := range []string{`UPDATE kawasan.ports SET name = 'x', geom = ST_Translate(geom, 1, 0)`, `DELETE FROM kawasan.zones`} {
		if _, err := conn.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	store, err := postgis.Open(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(store.Close)
	memory := snapshot.NewReader(store, snapshot.ReaderOptions{Options: snapshot.Options{Encode: encode}})
	if err := memory.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	s := &twoStores{store: store, memory: memory}
	catalogue, err := store.Catalogue(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"ports", "zones"} {
		c, err := catalogue.Collection(name)
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			for _, q := range []geo.Query{
				{},
				{Count: true, Limit: 2, Offset: 1, SortBy: []geo.SortKey{{Property: "name", Descending: true}}},
				{Unlocated: true},
				{NoPosition: true},
				{Bounds: []orb.Bound{{Min: orb.Point{116.5, -1.5}, Max: orb.Point{117, -1}}}},
				{AtVersion: 99},
			} {
				q.Collection = name
				if q.AtVersion == 0 {
					q.AtVersion = c.Version - 1
				}
				want, got := ask(s.store, q), ask(s.memory, q)
				if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
					t.Errorf("%s: %+v (-database +memory):\n%s", name, q, diff)
				}
			}
		}
		near, _, ok := memory.Near(t.Context(), geo.Query{Collection: name, AtVersion: c.Version - 1}, orb.Bound{})
		if !ok || near == nil {
			t.Errorf("%s: the earlier version is not held", name)
		}
	}
}
