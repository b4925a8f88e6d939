package postgis_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb"

	"kawasan/geo"
	"kawasan/geo/postgis"
)

// statement is what is asked of the database for a query.
type statement func(*postgis.Store, geo.Query) (sql string, args []any, err error)

// planner gives a collection, and tells how the database goes about a statement on it.
func planner(t *testing.T, options postgis.Options, store *postgis.Store, collection string) (*geo.Collection, func(statement, geo.Query) string) {
	t.Helper()
	catalogue, err := store.Catalogue(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	c, err := catalogue.Collection(collection)
	if err != nil {
		t.Fatal(err)
	}
	conn, err := pgx.Connect(t.Context(), options.URL)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(context.WithoutCancel(t.Context())) })
	return c, func(s statement, q geo.Query) string {
		t.Helper()
		sql, args, err := s(store, q)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := conn.Query(t.Context(), "EXPLAIN "+sql, args...)
		if err != nil {
			t.Fatal(err)
		}
		lines, err := pgx.CollectRows(rows, pgx.RowTo[string])
		if err != nil {
			t.Fatal(err)
		}
		return strings.Join(lines, "\n")
	}
}

// TestPlanOfItems asks for a page of items by place and attribute from many polygons
// (200,000 of them when KAWASAN_TEST=all), and looks at the plan: the index on the
// geometry is used, to find them and to count them, and the table is never read
// from end to end. How long it takes is logged, and no matter of the test.
func TestPlanOfItems(t *testing.T) {
	t.Parallel()
	n := 20_000
	if os.Getenv("KAWASAN_TEST") == "all" {
		n = 200_000
	}
	options := shippedDatabase(t)
	exec(t, options, fmt.Sprintf(`
CREATE TABLE kawasan.estates (id int PRIMARY KEY, name text, planted_area_ha float8, geom geometry(MultiPolygon, 4326) NOT NULL);
INSERT INTO kawasan.estates SELECT i, 'estate ' || i, (i * 7919) %% 5000,
	ST_Multi(ST_Buffer(ST_Point(114 + (i %% 500) / 100.0, -2.5 + (i / 500) * 5.0 / %d, 4326), 0.004, 4)) FROM generate_series(0, %d) i;
CREATE INDEX estates_geom_idx ON kawasan.estates USING gist (geom);`, n/500, n-1), "VACUUM ANALYZE kawasan.estates")
	store := openStore(t, options)
	c, explain := planner(t, options, store, "estates")
	box := []orb.Bound{{Min: orb.Point{116.5, -1}, Max: orb.Point{116.8, -0.7}}}
	for name, query := range map[string]geo.Query{
		"bbox and filter":         {Bounds: box, Filter: checked(t, c, "planted_area_ha > 1000 AND name LIKE 'estate%'"), Limit: 11},
		"filter by place":         {Filter: checked(t, c, "S_INTERSECTS(geometry, BBOX(116.5, -1, 116.8, -0.7)) AND planted_area_ha > 1000"), Limit: 11},
		"bbox, filter and cursor": {Bounds: box, Filter: checked(t, c, "planted_area_ha > 1000"), After: &geo.Cursor{ID: "1000"}, Limit: 11},
		"bbox, filter and order":  {Bounds: box, Filter: checked(t, c, "planted_area_ha > 1000"), SortBy: []geo.SortKey{{Property: "planted_area_ha", Descending: true}}, Limit: 11},
	} {
		query.Collection = "estates"
		for kind, s := range map[string]statement{"page": postgis.Statement, "count": postgis.CountStatement} {
			plan := explain(s, query)
			if !strings.Contains(plan, "estates_geom_idx") || strings.Contains(plan, "Seq Scan") {
				t.Errorf("%s, %s: the plan is\n%s", name, kind, plan)
			}
		}
		query.Count = true
		began := time.Now() // logged, not judged
		if got := len(ids(t, store, query)); got != 11 {
			t.Errorf("%s: got %d features", name, got)
		}
		t.Logf("%s, of %d polygons, counted: %s", name, n, time.Since(began).Round(100*time.Microsecond))
	}
}
