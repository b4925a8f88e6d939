package postgis_test

import (
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"kawasan/geo"
	"kawasan/geo/geotest"
	"kawasan/geo/postgis"
	"kawasan/geo/snapshot"
)

// described gives a collection of the catalogue, when it is as wanted or after a while.
func described(t *testing.T, store *postgis.Store, name string, wanted func(*geo.Collection) bool) *geo.Collection {
	t.Helper()
	var c *geo.Collection
	for until := time.Now().Add(20 * time.Second); time.Now().Before(until); time.Sleep(20 * time.Millisecond) {
		catalogue, _ := store.Catalogue(t.Context())
		if found, err := catalogue.Collection(name); err == nil {
			if c = found; wanted(c) {
				break
			}
		}
	}
	return c
}

// pages reads a collection page by page, as clients do.
func pages(t *testing.T, r geo.Reader, q geo.Query, limit int) (paged []string, matched int) {
	t.Helper()
	q.Limit, q.Count = limit, true
	for range 100 {
		s, err := r.Open(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for f, err := range s.Features() {
			if err != nil {
				t.Fatal(err)
			}
			n++
			paged = append(paged, f.ID)
		}
		if q.After == nil {
			matched, _ = s.Matched()
		}
		s.Close()
		if n < limit {
			return paged, matched
		}
		q.After = &geo.Cursor{ID: paged[len(paged)-1]}
	}
	t.Fatal("the pages do not end")
	return nil, 0
}

// Rows that no id names are left out of every answer, counted and told; pages lose none of the others.
func TestRowsWithoutAnIDOfTheirOwn(t *testing.T) {
	t.Parallel()
	options := shippedDatabase(t)
	exec(t, options, `CREATE TABLE kawasan._rows (k text, n int, day date, geom geometry(Point, 4326));
		INSERT INTO kawasan._rows SELECT 'r' || i, i, '2024-01-01'::date + i, ST_Point(116, i / 10.0, 4326) FROM generate_series(1, 30) i;
		UPDATE kawasan._rows SET k = 'twice', n = 100 WHERE n IN (3, 4); UPDATE kawasan._rows SET k = 'thrice', n = 200 WHERE n IN (10, 11, 12); UPDATE kawasan._rows SET k = NULL, n = NULL WHERE n IN (20, 21);
		CREATE VIEW kawasan.by_text AS SELECT k AS id, day, geom FROM kawasan._rows;
		CREATE MATERIALIZED VIEW kawasan.by_number AS SELECT n AS id, day, geom FROM kawasan._rows;
		CREATE VIEW kawasan.by_nothing AS SELECT day, geom, 7 AS id FROM kawasan._rows;
		CREATE VIEW kawasan.by_gaps AS SELECT nullif(i, 3) AS id, ST_Point(116, 1 + i / 10.0, 4326) AS geom, '2024-01-01'::date AS day FROM generate_series(1, 24) i;
		CREATE VIEW kawasan.by_few AS SELECT i / 2 AS id, ST_Point(116, 0, 4326) AS geom FROM generate_series(0, 5000) i`)
	store := openStore(t, options)
	for name, want := range map[string][]geo.Defect{
		"by_text":    {{Kind: geo.WithoutID, Rows: 2}, {Kind: geo.SharedID, Rows: 5, IDs: []string{"thrice", "twice"}}},
		"by_number":  {{Kind: geo.WithoutID, Rows: 2}, {Kind: geo.SharedID, Rows: 5, IDs: []string{"100", "200"}}},
		"by_gaps":    {{Kind: geo.WithoutID, Rows: 1}},
		"by_nothing": {{Kind: geo.SharedID, Rows: 30, IDs: []string{"7"}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := described(t, store, name, func(*geo.Collection) bool { return true })
			if d := cmp.Diff(want, c.Defects); d != "" {
				t.Errorf("defects (-want +got):\n%s", d)
			}
			all := ids(t, store, geo.Query{Collection: name})
			served := 23
			if name == "by_nothing" {
				served = 0
			}
			if len(all) != served || c.Count != int64(served) || slices.Contains(all, "") || slices.Contains(all, "twice") || slices.Contains(all, "200") {
				t.Errorf("got %d features, %d in the description: %q", len(all), c.Count, all)
			}
			for limit := 1; limit < 5; limit++ {
				if paged, matched := pages(t, store, geo.Query{Collection: name}, limit); matched != served || !slices.Equal(paged, all) {
					t.Errorf("pages of %d: got %d matching, %q", limit, matched, paged)
				}
			}
			for _, q := range []geo.Query{{IDs: []string{"twice", "100", "200", ""}}, {Bounds: []orb.Bound{{Min: orb.Point{115, 0.29}, Max: orb.Point{117, 0.41}}}}} {
				q.Collection = name
				if got := ids(t, store, q); len(got) != 0 {
					t.Errorf("%+v: got %q", q, got)
				}
			}
		})
	}
	t.Run("hardly any id", func(t *testing.T) {
		t.Parallel()
		catalogue, _ := store.Catalogue(t.Context())
		_, err := catalogue.Collection("by_few")
		if !geo.IsCode(err, geo.NotFound) || !strings.Contains(err.Error(), "they are no ids") {
			t.Errorf("got %v", err)
		}
	})
}

// An id that comes to be shared after the rows have been looked at fails a page rather than
// losing a feature; a moment later the rows are left out, and when they are mended they are there again.
func TestIDThatComesToBeShared(t *testing.T) {
	t.Parallel()
	options := shippedDatabase(t)
	exec(t, options, `CREATE TABLE kawasan._rows (k text, geom geometry(Point, 4326));
		INSERT INTO kawasan._rows SELECT 'r' || i, ST_Point(116, i / 10.0, 4326) FROM generate_series(1, 9) i;
		CREATE VIEW kawasan.rows AS SELECT k AS id, geom FROM kawasan._rows`)
	store := openStore(t, options)
	feed(t, store)
	exec(t, options, `UPDATE kawasan._rows SET k = 'r3' WHERE k = 'r4'`)
	for name, q := range map[string]geo.Query{"page": {Limit: 4}, "whole": {}} {
		q.Collection = "rows"
		if _, _, err := geo.Collect(t.Context(), store, q); !geo.IsCode(err, geo.Unavailable) {
			if c := described(t, store, "rows", func(*geo.Collection) bool { return true }); len(c.Defects) == 0 {
				t.Errorf("%s: got %v; want it refused until the rows have been looked at", name, err)
			}
		}
	}
	if c := described(t, store, "rows", func(c *geo.Collection) bool { return len(c.Defects) == 1 }); c.Count != 7 {
		t.Errorf("got %+v", c)
	}
	if got := ids(t, store, geo.Query{Collection: "rows"}); len(got) != 7 {
		t.Errorf("got %q", got)
	}
}

// Rows whose geometry can't be taken to longitude and latitude are served without it, counted
// and told: from the database and from memory alike. The others stay what they are.
func TestGeometriesThatCannotBeTransformed(t *testing.T) {
	t.Parallel()
	options := shippedDatabase(t)
	exec(t, options, `CREATE TABLE kawasan.far (id int PRIMARY KEY, geom geometry(Point, 32750) NOT NULL);
		INSERT INTO kawasan.far VALUES (1, ST_SetSRID(ST_Point(1e300, 1e300), 32750)), (2, ST_SetSRID(ST_Point(500000, 9900000), 32750)),
			(3, ST_SetSRID(ST_Point('Infinity', 1), 32750)), (4, ST_SetSRID(ST_Point('NaN', 1), 32750)), (5, ST_SetSRID(ST_Point(510000, 9900000), 32750));
		CREATE TABLE kawasan.endless (id int PRIMARY KEY, geom geometry(Point, 4326));
		INSERT INTO kawasan.endless VALUES (1, ST_SetSRID(ST_Point('-Infinity', 1), 4326)), (2, ST_Point(117, -0.9, 4326)), (3, ST_SetSRID(ST_Point('NaN', 1), 4326)), (4, NULL);
		CREATE TABLE kawasan.between (id int PRIMARY KEY, geom geometry(Point, 4326));
		INSERT INTO kawasan.between VALUES (1, ST_Point(116.95, -0.9, 4326)), (2, ST_SetSRID(ST_Point('NaN', 1), 4326)), (3, ST_Point(117, -0.9, 4326));
		CREATE TABLE kawasan.any (id int PRIMARY KEY, geom geometry);
		INSERT INTO kawasan.any VALUES (1, ST_SetSRID(ST_Point(1, 1), 998000)), (2, ST_SetSRID(ST_Point(500000, 9900000), 32750)), (3, ST_Point(1, 1)), (4, ST_Point(117, -0.9, 4326));
		CREATE TABLE kawasan.unknown (id int PRIMARY KEY, geom geometry(Point, 998000));
		INSERT INTO kawasan.unknown VALUES (1, ST_SetSRID(ST_Point(1, 1), 998000))`)
	for _, name := range []string{"far", "endless", "between", "any", "unknown"} {
		exec(t, options, `SELECT kawasan._track('kawasan.`+name+`', 'id', 'geom')`)
	}
	store := openStore(t, options)
	for _, name := range []string{"far", "endless", "between", "any", "unknown"} {
		described(t, store, name, func(c *geo.Collection) bool { return len(c.Defects) == 1 })
	}
	memory := snapshot.NewReader(store, snapshot.ReaderOptions{})
	if err := memory.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	box := []orb.Bound{{Min: orb.Point{116.99, -0.91}, Max: orb.Point{117.01, -0.89}}}
	for name, want := range map[string]struct {
		without, inBox, nowhere []string
	}{
		"far":     {[]string{"1", "3", "4"}, []string{"1", "2", "3", "4"}, []string{"1", "3", "4"}},
		"endless": {[]string{"1", "3"}, []string{"1", "2", "3", "4"}, []string{"1", "3", "4"}},
		"between": {[]string{"2"}, []string{"2", "3"}, []string{"2"}},
		"any":     {[]string{"1", "3"}, []string{"1", "2", "3", "4"}, []string{"1", "3"}},
		"unknown": {[]string{"1"}, []string{"1"}, []string{"1"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for from, r := range map[string]geo.Reader{"database": store, "memory": memory} {
				catalogue, _ := r.Catalogue(t.Context())
				c, err := catalogue.Collection(name)
				if err != nil {
					t.Fatal(err)
				}
				if c.InMemory != (from == "memory") {
					t.Errorf("%s: in memory: %t, %s", from, c.InMemory, c.Note)
				}
				if d := cmp.Diff([]geo.Defect{{Kind: geo.WithoutPosition, Rows: int64(len(want.without)), IDs: want.without}}, c.Defects); d != "" {
					t.Errorf("%s: defects (-want +got):\n%s", from, d)
				}
				if name != "unknown" && (c.Extent.Min[0] < 116.9 || c.Extent.Max[0] > 117.2) {
					t.Errorf("%s: got the extent %v", from, c.Extent)
				}
				if got := ids(t, r, geo.Query{Collection: name, Bounds: box}); !slices.Equal(got, want.inBox) {
					t.Errorf("%s: in a box: got %q, want %q", from, got, want.inBox)
				}
				if got := ids(t, r, geo.Query{Collection: name, NoPosition: true}); !slices.Equal(got, want.nowhere) {
					t.Errorf("%s: without position: got %q, want %q", from, got, want.nowhere)
				}
				features, _, err := geo.Collect(t.Context(), r, geo.Query{Collection: name})
				if err != nil {
					t.Fatal(err)
				}
				for _, f := range features {
					if without := slices.Contains(want.nowhere, f.ID); without != (f.WKB == nil) {
						t.Errorf("%s: %s: got the geometry %x", from, f.ID, f.WKB)
					}
				}
			}
		})
	}
}

// Coordinates that are no numbers, in geometries whose box does not tell of them, are found as soon as anyone reads
// them. From then on both stores take the rows for ones without a geometry, until they are mended.
func TestNumbersInsideGeometries(t *testing.T) {
	t.Parallel()
	options := shippedDatabase(t)
	exec(t, options, `CREATE TABLE kawasan.holes (id int PRIMARY KEY, geom geometry(Geometry, 4326));
		INSERT INTO kawasan.holes SELECT id, ST_SetSRID(g, 4326) FROM (SELECT ST_MakePoint('NaN', 1) AS n, ST_MakePoint('NaN', 'NaN') AS e, ST_MakePoint(116, 0) AS a, ST_MakePoint(117, 1) AS b) p, LATERAL (VALUES
			(1, ST_MakeLine(ARRAY[a, n, b])), (2, ST_MakePolygon('LINESTRING(116 0, 117 0, 117 1, 116 0)'::geometry, ARRAY[ST_MakeLine(ARRAY[a, b, n, a])])), (3, ST_Collect(ST_MakeLine(a, b), n)),
			(4, ST_Collect(ARRAY[a, n, b])), (5, ST_MakeLine(ARRAY[a, e, b])), (6, ST_MakeLine(a, b)), (8, 'POLYGON EMPTY'::geometry), (9, b),
			(10, ST_GeomFromText('GEOMETRYCOLLECTION(POINT EMPTY, POINT(116 0))'))) v(id, g);
		SELECT kawasan._track('kawasan.holes', 'id', 'geom')`)
	store := openStore(t, options)
	feed(t, store)
	memory := snapshot.NewReader(store, snapshot.ReaderOptions{})
	if err := memory.Load(t.Context()); err != nil { // which reads it
		t.Fatal(err)
	}
	want := []string{"1", "2", "3", "4", "5"}
	described(t, store, "holes", func(c *geo.Collection) bool { return len(c.Defects) == 1 })
	if err := memory.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	for from, r := range map[string]geo.Reader{"database": store, "memory": memory} {
		catalogue, _ := r.Catalogue(t.Context())
		c, err := catalogue.Collection("holes")
		if err != nil {
			t.Fatal(err)
		}
		if c.InMemory != (from == "memory") {
			t.Errorf("%s: in memory: %t, %s", from, c.InMemory, c.Note)
		}
		if d := cmp.Diff([]geo.Defect{{Kind: geo.WithoutPosition, Rows: 5, IDs: want}}, c.Defects); d != "" {
			t.Errorf("%s: defects (-want +got):\n%s", from, d)
		}
		for name, q := range map[string]geo.Query{
			"nowhere": {NoPosition: true}, "in a box": {Bounds: []orb.Bound{{Min: orb.Point{116.9, -1}, Max: orb.Point{116.95, 2}}}},
		} {
			q.Collection = "holes"
			wanted := append(slices.Clone(want), map[string]string{"nowhere": "8", "in a box": "6"}[name])
			if got := ids(t, r, q); !slices.Equal(got, wanted) {
				t.Errorf("%s: %s: got %q, want %q", from, name, got, wanted)
			}
		}
		features, _, err := geo.Collect(t.Context(), r, geo.Query{Collection: "holes"})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range features {
			if without := slices.Contains(want, f.ID); without != (f.WKB == nil) {
				t.Errorf("%s: %s: got the geometry %x", from, f.ID, f.WKB)
			}
		}
	}
	exec(t, options, `DELETE FROM kawasan.holes WHERE id <= 5`)
	if c := described(t, store, "holes", func(c *geo.Collection) bool { return len(c.Defects) == 0 }); len(c.Defects) != 0 {
		t.Errorf("mended, but still said to have %v", c.Defects)
	}
}

// A geometry that comes to be beyond reach fails nothing for longer than a moment.
func TestGeometryThatComesToBeBeyondReach(t *testing.T) {
	t.Parallel()
	options := shippedDatabase(t)
	exec(t, options, `CREATE TABLE kawasan.far (id int PRIMARY KEY, geom geometry(Point, 32750));
		INSERT INTO kawasan.far VALUES (1, ST_SetSRID(ST_Point(500000, 9900000), 32750))`)
	var log geotest.Log
	options.Log = slog.New(slog.NewTextHandler(&log, nil))
	store := openStore(t, options)
	feed(t, store)
	exec(t, options, `INSERT INTO kawasan.far VALUES (2, ST_SetSRID(ST_Point(1e300, 1e300), 32750))`)
	described(t, store, "far", func(c *geo.Collection) bool { return len(c.Defects) == 1 })
	if got := ids(t, store, geo.Query{Collection: "far"}); len(got) != 2 {
		t.Errorf("got %q", got)
	}
	exec(t, options, `DELETE FROM kawasan.far WHERE id = 2`)
	if c := described(t, store, "far", func(c *geo.Collection) bool { return len(c.Defects) == 0 }); len(c.Defects) != 0 {
		t.Errorf("mended, but still said to have %v", c.Defects)
	}
	for _, want := range []string{"rows of a table are not served as they stand", "all rows of a table are served again"} {
		if n := strings.Count(log.String(), want); n != 1 {
			t.Errorf("said %d times that %s:\n%s", n, want, log.String())
		}
	}
}

// A view whose rows fail when they are read says so, and gives nothing away; it is
// there again as soon as it is mended, and others are not touched by it.
func TestViewWhoseRowsFail(t *testing.T) {
	t.Parallel()
	options := shippedDatabase(t)
	exec(t, options, `CREATE VIEW kawasan.divides AS SELECT id, name, 1 / (length(name) - length(name)) AS x, geom FROM kawasan.towns;
		CREATE VIEW kawasan.casts AS SELECT id, name::int AS x, geom FROM kawasan.towns;
		CREATE VIEW kawasan.some AS SELECT id, 1 / (length(name) - 6) AS x, geom FROM kawasan.towns;
		CREATE VIEW kawasan.selects AS SELECT id, (SELECT t.name FROM kawasan.towns t) AS x, geom FROM kawasan.towns;
		CREATE FUNCTION kawasan.refuse() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'secret'; END $$;
		CREATE VIEW kawasan.raises AS SELECT id, kawasan.refuse() AS x, geom FROM kawasan.towns`)
	store := openStore(t, options)
	for _, name := range []string{"divides", "casts", "some", "selects", "raises"} {
		for _, q := range []geo.Query{{Limit: 100}, {}, {Bulk: true}, {Limit: 100, Count: true}} {
			q.Collection = name
			_, _, err := geo.Collect(t.Context(), store, q)
			e := geo.AsError(err)
			if e == nil || e.Code != geo.Unavailable || e.Place.Collection != name || !strings.Contains(e.Message, "can't be read") {
				t.Errorf("%s %+v: got %v", name, q, err)
				continue
			}
			if strings.Contains(e.Message+e.Fix, "secret") {
				t.Errorf("%s: tells %q, %q", name, e.Message, e.Fix)
			}
			if name == "raises" { // it fails however it is read, so its rows can't be looked at either
				continue
			}
			if !strings.Contains(e.Fix, fmt.Sprintf("SELECT * FROM kawasan.%q", name)) {
				t.Errorf("%s: got the remedy %q", name, e.Fix)
			}
		}
	}
	if len(ids(t, store, geo.Query{Collection: "towns"})) == 0 {
		t.Error("the table below is not read any more")
	}
	exec(t, options, `CREATE OR REPLACE VIEW kawasan.divides AS SELECT id, name, 1 / length(name) AS x, geom FROM kawasan.towns`)
	if got := ids(t, store, geo.Query{Collection: "divides"}); len(got) == 0 {
		t.Error("mended, but nothing is read")
	}
}
