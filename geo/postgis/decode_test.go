package postgis

import (
	"context"
	"encoding/binary"
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"kawasan/geo"
	"kawasan/geo/cql2"
	"kawasan/geo/localpg/pgtest"
)

// Times at the ends of what PostgreSQL knows never become another time.
func TestDecodeOfTimestamps(t *testing.T) {
	t.Parallel()
	const lastOfPostgres = 9223371331200000000 - 1 // 294276-12-31 23:59:59.999999
	for _, c := range []struct {
		micros int64
		want   any
	}{
		{0, time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)},
		{-211813488000000000, time.Date(-4713, 11, 24, 0, 0, 0, 0, time.UTC)}, // the first
		{math.MaxInt64 - epochSeconds*1e6, time.UnixMicro(math.MaxInt64).UTC()},
		{math.MaxInt64 - epochSeconds*1e6 + 1, nil},
		{lastOfPostgres, nil},
		{math.MaxInt64, nil}, // infinity
		{math.MinInt64, nil},
	} {
		got, err := decode(geo.Timestamp, binary.BigEndian.AppendUint64(nil, uint64(c.micros)))
		if err != nil {
			t.Fatal(err)
		}
		if want, ok := c.want.(time.Time); got != c.want && (!ok || !want.Equal(got.(time.Time))) {
			t.Errorf("%d: got %v, want %v", c.micros, got, c.want)
		}
	}
}

// A number of four bytes is the one that its owner wrote, in answers and in filters.
func TestNumbersOfFourBytes(t *testing.T) {
	t.Parallel()
	ctx, dsn := t.Context(), pgtest.DSN(t)
	options := Options{URL: dsn}
	if err := Migrate(ctx, options, nil); err != nil {
		t.Fatal(err)
	}
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	if _, err := conn.Exec(ctx, `CREATE TABLE kawasan.tides (id int PRIMARY KEY, height real, heights real[]);
		INSERT INTO kawasan.tides VALUES (1, 0.1, '{0.1,3.4e38,NULL}'), (2, 'NaN', '{}'), (3, NULL, NULL), (4, '-Infinity', '{Infinity}')`); err != nil {
		t.Fatal(err)
	}
	store, err := Open(ctx, options)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	features, _, err := geo.Collect(ctx, store, geo.Query{Collection: "tides"})
	if err != nil {
		t.Fatal(err)
	}
	var got [][]any
	for _, f := range features {
		got = append(got, f.Values)
	}
	want := [][]any{{0.1, []float64{0.1, 3.4e38}}, {nil, []float64{}}, {nil, nil}, {nil, []float64{}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	expression, err := cql2.ParseText("height = 0.1")
	if err != nil {
		t.Fatal(err)
	}
	filter, err := cql2.Check(expression, features[0].Collection, cql2.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if found, _, err := geo.Collect(ctx, store, geo.Query{Collection: "tides", Filter: filter}); err != nil || len(found) != 1 {
		t.Errorf("height = 0.1 finds %d rows, %v", len(found), err)
	}
}
