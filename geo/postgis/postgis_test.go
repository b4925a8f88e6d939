package postgis_test

import (
	"context"
	"testing"

	"github.com/jackc/pgx/v5"

	"kawasan/geo"
	"kawasan/geo/postgis"
	"kawasan/geo/postgis/postgistest"
)

// shippedDatabase gives a database of its own with the structure and the shipped data.
func shippedDatabase(t *testing.T) postgis.Options {
	t.Helper()
	dsn := postgistest.Shipped(t)
	return postgis.Options{URL: dsn}
}

func openStore(t *testing.T, options postgis.Options) *postgis.Store {
	t.Helper()
	store, err := postgis.Open(t.Context(), options)
	if err != nil {
		t.Fatalf("open store: %v", err)
	}
	t.Cleanup(store.Close)
	return store
}

// exec runs statements by hand, as somebody with psql would.
func exec(t *testing.T, options postgis.Options, statements ...string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), options.URL)
	if err != nil {
		t.Fatalf("connect: %v", err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(t.Context())) }()
	for _, s := range statements {
		if _, err := conn.Exec(t.Context(), s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
}

func ids(t *testing.T, r geo.Reader, q geo.Query) []string {
	t.Helper()
	features, _, err := geo.Collect(t.Context(), r, q)
	if err != nil {
		t.Fatalf("query %+v: %v", q, err)
	}
	list := []string{}
	for _, f := range features {
		list = append(list, f.ID)
	}
	return list
}

// version reads the version that a query sees.
func version(t *testing.T, r geo.Reader, collection string) geo.Version {
	t.Helper()
	s, err := r.Open(t.Context(), geo.Query{Collection: collection, Limit: 1})
	if err != nil {
		t.Fatalf("open %s: %v", collection, err)
	}
	defer s.Close()
	return s.Collection().Version
}
