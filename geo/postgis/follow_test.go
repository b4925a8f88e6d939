package postgis_test

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"kawasan/geo"
	"kawasan/geo/geotest"
	"kawasan/geo/postgis"
)

// feed follows a store and hands on the changes, one at a time.
func feed(t *testing.T, store *postgis.Store) <-chan postgis.Change {
	t.Helper()
	changes := make(chan postgis.Change, 100)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		store.Follow(ctx, func(found []postgis.Change, _ time.Time, err error) {
			if err != nil {
				t.Errorf("follow: %v", err)
			}
			for _, c := range found {
				changes <- c
			}
		})
	}()
	t.Cleanup(func() { cancel(); <-done })
	return changes
}

// await gives the next change of a collection.
func await(t *testing.T, changes <-chan postgis.Change, collection string) postgis.Change {
	t.Helper()
	for {
		select {
		case c := <-changes:
			if c.Collection == collection {
				return c
			}
		case <-time.After(30 * time.Second): // a net under a hanging test, not a measure of speed
			t.Fatalf("no change of %s was announced", collection)
		}
	}
}

func TestFollowSeesEveryKindOfChange(t *testing.T) {
	t.Parallel()
	options := shippedDatabase(t)
	store := openStore(t, options)
	changes := feed(t, store)
	steps := []struct {
		name, sql string
		ids       []string // nil: everything
	}{
		{"update", `UPDATE kawasan.ports SET status = 'listed' WHERE id IN ('kkt', 'maloy')`, []string{"kkt", "maloy"}},
		{"delete", `DELETE FROM kawasan.ports WHERE id = 'kkt'`, []string{"kkt"}},
		{"new id", `UPDATE kawasan.ports SET id = 'maloy-2' WHERE id = 'maloy'`, []string{"maloy", "maloy-2"}},
		{"insert", `INSERT INTO kawasan.ports (id, name, geom) VALUES ('new', 'New', ST_Point(117, 0, 4326))`, []string{"new"}},
		{"truncate", `TRUNCATE kawasan.ports`, nil},
		{"new column", `ALTER TABLE kawasan.ports ADD COLUMN berths int`, nil},
	}
	version := version(t, store, "ports")
	for _, step := range steps {
		exec(t, options, step.sql)
		got := await(t, changes, "ports")
		if (got.IDs == nil) != (step.ids == nil) || len(got.IDs) != len(step.ids) {
			t.Errorf("%s: got ids %v, want %v", step.name, got.IDs, step.ids)
		}
		for i := range step.ids {
			if got.IDs[i] != step.ids[i] {
				t.Errorf("%s: got ids %v, want %v", step.name, got.IDs, step.ids)
			}
		}
		if step.name != "new column" {
			version++
		}
		if got.Version != version {
			t.Errorf("%s: got version %d, want %d", step.name, got.Version, version)
		}
	}
	c, _ := store.Catalogue(t.Context())
	ports, err := c.Collection("ports")
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := ports.Property("berths"); !ok {
		t.Error("the new column is not there")
	}
	awaitCount(t, store, "ports", 0)
}

// Two writers that commit in the other order than they wrote must both be seen, and counted.
func TestFollowSeesWritersOutOfOrder(t *testing.T) {
	t.Parallel()
	options := shippedDatabase(t)
	store := openStore(t, options)
	changes := feed(t, store)
	before := version(t, store, "towns")
	first, err := pgx.Connect(t.Context(), options.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = first.Close(context.WithoutCancel(t.Context())) }()
	for _, sql := range []string{`BEGIN`, `UPDATE kawasan.towns SET district = 'x' WHERE id = 'town-waru'`} {
		if _, err := first.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	exec(t, options, `UPDATE kawasan.towns SET district = 'y' WHERE id = 'town-kuaro'`)
	if got := await(t, changes, "towns"); len(got.IDs) != 1 || got.IDs[0] != "town-kuaro" || got.Version != before+1 {
		t.Errorf("second writer, first to commit: got %+v", got)
	}
	if got := version(t, store, "towns"); got != before+1 {
		t.Errorf("version while the first writer is open: got %d, want %d", got, before+1)
	}
	if _, err := first.Exec(t.Context(), `COMMIT`); err != nil {
		t.Fatal(err)
	}
	if got := await(t, changes, "towns"); len(got.IDs) != 1 || got.IDs[0] != "town-waru" || got.Version != before+2 {
		t.Errorf("first writer, last to commit: got %+v", got)
	}
}

// A database that was restored, or that a replica has taken the place of, is read anew.
func TestFollowAnotherDatabase(t *testing.T) {
	t.Parallel()
	store := openStore(t, shippedDatabase(t))
	want := version(t, store, "towns")
	postgis.Elsewhere(store)
	got := await(t, feed(t, store), "towns")
	if !got.Anew || got.IDs != nil || got.Version != want {
		t.Errorf("got %+v, want version %d anew", got, want)
	}
}

func TestTableMadeByHandAppears(t *testing.T) {
	t.Parallel()
	options := shippedDatabase(t)
	var log geotest.Log
	options.Log = slog.New(slog.NewTextHandler(&log, nil))
	store := openStore(t, options)
	changes := feed(t, store)
	before, _ := store.Catalogue(t.Context())
	exec(t, options, `CREATE TABLE kawasan.wells (gid serial PRIMARY KEY, depth_m real, g geometry(Polygon, 32750));
		COMMENT ON TABLE kawasan.wells IS 'Wells by hand';
		INSERT INTO kawasan.wells (depth_m, g) VALUES (12, ST_Transform(ST_MakeEnvelope(116.5, -1.5, 116.6, -1.4, 4326), 32750));
		CREATE TABLE kawasan.keyless (a int, g geometry(Point, 4326))`)
	await(t, changes, "wells")
	for await(t, changes, "wells").Version == 0 { // until it carries our triggers
	}
	catalogue, _ := store.Catalogue(t.Context())
	wells, err := catalogue.Collection("wells")
	if err != nil {
		t.Fatal(err)
	}
	if wells.Modified.IsZero() || catalogue.Version == before.Version {
		t.Errorf("modified %v; version of the catalogue %v, before %v", wells.Modified, catalogue.Version, before.Version)
	}
	if wells.Description.EN != "Wells by hand" || wells.GeometryType != "MultiPolygon" || !wells.IntegerID || wells.Count != 1 {
		t.Errorf("wells: got %+v", wells)
	}
	features, _, err := geo.Collect(t.Context(), store, geo.Query{Collection: "wells"})
	if err != nil {
		t.Fatal(err)
	}
	g, err := features[0].Geometry()
	if err != nil || g.GeoJSONType() != "MultiPolygon" || g.Bound().Min[0] < 116.49 || g.Bound().Max[0] > 116.61 {
		t.Errorf("geometry of the well: got %v, %v", g, err)
	}
	if len(catalogue.Unpublished) != 1 || catalogue.Unpublished[0].Table != "keyless" {
		t.Errorf("unpublished: got %+v, want keyless", catalogue.Unpublished)
	}
	if said := log.String(); strings.Count(said, "table is not published") != 1 || !strings.Contains(said, "table=keyless") {
		t.Errorf("the log does not tell once of the table that is not published:\n%s", said)
	}
	for n, last := 0, wells.Version; n < 3; n, last = n+1, last+1 { // each counts, also when no one can write before it any more
		exec(t, options, fmt.Sprintf(`UPDATE kawasan.wells SET depth_m = %d`, 13+n))
		if got := await(t, changes, "wells"); len(got.IDs) != 1 || got.IDs[0] != "1" || got.Version != last+1 {
			t.Errorf("change of the well: got %+v after version %d", got, last)
		}
	}
}

// Measures make no other type of the geometries of an open column.
func TestTypesOfAnOpenColumn(t *testing.T) {
	t.Parallel()
	options := shippedDatabase(t)
	exec(t, options, `CREATE TABLE kawasan.measured (id int PRIMARY KEY, g geometry);
		INSERT INTO kawasan.measured VALUES (1, 'SRID=4326;POINT(1 1)'), (2, 'SRID=4326;POINT M(1 1 5)');
		CREATE TABLE kawasan.tall (id int PRIMARY KEY, g geometry(PointZ, 4326));
		CREATE TABLE kawasan.heights (id int PRIMARY KEY, g geometry);
		INSERT INTO kawasan.heights VALUES (1, 'SRID=4326;LINESTRING(1 1, 2 2)'), (2, 'SRID=4326;MULTILINESTRING Z((1 1 5, 2 2 5))')`)
	catalogue, err := openStore(t, options).Catalogue(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if c, err := catalogue.Collection("measured"); err != nil || c.GeometryType != "Point" || !c.HasM {
		t.Errorf("measured: got %+v, %v", c, err)
	}
	if c, err := catalogue.Collection("tall"); err != nil || c.GeometryType != "Point" || !c.HasZ || c.HasM {
		t.Errorf("tall: got %+v, %v", c, err)
	}
	if c, err := catalogue.Collection("heights"); err != nil || c.GeometryType != "MultiLineString" || !c.HasZ || c.HasM {
		t.Errorf("heights: got %+v, %v", c, err)
	}
}

// What is found out about rows can change how they are read, at the same version: the description tells of it.
func TestReadingOfAnOpenColumn(t *testing.T) {
	t.Parallel()
	options := shippedDatabase(t)
	exec(t, options, `CREATE TABLE kawasan.roads (id int PRIMARY KEY, g geometry);
		INSERT INTO kawasan.roads VALUES (1, 'SRID=4326;LINESTRING(1 1, 2 2)'), (2, 'SRID=4326;POINT(1 1)')`)
	reading := func() (string, uint64) {
		catalogue, err := openStore(t, options).Catalogue(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		c, err := catalogue.Collection("roads")
		if err != nil || c.GeometryType != "Geometry" {
			t.Fatalf("got %+v, %v", c, err)
		}
		return c.Reading, c.Shape()
	}
	straight, shape := reading()
	exec(t, options, `INSERT INTO kawasan.roads VALUES (3, 'SRID=4326;POINT(3 3)')`)
	if same, sameShape := reading(); same != straight || sameShape != shape || straight == "" {
		t.Errorf("with another point: %q, want %q as before", same, straight)
	}
	exec(t, options, `INSERT INTO kawasan.roads VALUES (4, 'SRID=4326;CIRCULARSTRING(1 1, 2 2, 3 1)')`)
	if curved, other := reading(); curved == straight || other == shape {
		t.Errorf("with a curve: still %q", curved)
	}
}
