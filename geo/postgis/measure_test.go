package postgis_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"kawasan/geo"
	"kawasan/geo/postgis"
)

// Tables whose rows can't be read, or not now, hold up none of the others: neither the
// start nor the changes that are followed.
func TestTablesThatCannotBeReadHoldUpNothing(t *testing.T) {
	t.Parallel()
	options := shippedDatabase(t)
	exec(t, options, `CREATE MATERIALIZED VIEW kawasan.unfilled AS SELECT id, name, geom FROM kawasan.zones WITH NO DATA;
		CREATE VIEW kawasan.failing AS SELECT id, (1/(length(name) - length(name)))::text || ST_AsText(geom) AS t, ST_Scale(geom, 1/(length(name)-length(name)), 1)::geometry(Geometry,4326) AS geom FROM kawasan.zones;
		CREATE TABLE kawasan.outside (id int PRIMARY KEY, geom geometry(Point, 32750));
		INSERT INTO kawasan.outside VALUES (1, ST_SetSRID(ST_Point(1e300, 1e300), 32750));
		CREATE TABLE kawasan.locked (id int PRIMARY KEY, geom geometry(Point, 4326));
		CREATE VIEW kawasan.over_locked AS SELECT id, geom FROM kawasan.locked`)
	locker, err := pgx.Connect(t.Context(), options.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = locker.Close(context.WithoutCancel(t.Context())) }()
	if _, err := locker.Exec(t.Context(), "BEGIN; LOCK TABLE kawasan.locked"); err != nil {
		t.Fatal(err)
	}
	store := openStore(t, options)
	changes := feed(t, store)
	exec(t, options, `UPDATE kawasan.towns SET district = 'y' WHERE id = 'town-kuaro'`)
	await(t, changes, "towns")
	catalogue, _ := store.Catalogue(t.Context())
	reasons := map[string]string{}
	for _, u := range catalogue.Unpublished {
		reasons[u.Table] = u.Reason.String()
	}
	if c := described(t, store, "outside", func(c *geo.Collection) bool { return len(c.Defects) == 1 }); c == nil || c.Count != 1 || len(c.Defects) != 1 {
		t.Errorf("table beyond reach: got %+v; want it published with its defect", c)
	}
	for _, name := range []string{"unfilled", "failing"} {
		if reasons[name] != "its rows can't be read; the operator's log has the details" {
			t.Errorf("%s: got reason %q", name, reasons[name])
		}
	}
	if c, err := catalogue.Collection("locked"); err != nil || c.Count != -1 || c.GeometryType != "Point" || c.Extent.Max[0] != 180 {
		t.Errorf("locked table: got %+v, %v; want it published without a number", c, err)
	}
	_, _, err = geo.Collect(t.Context(), store, geo.Query{Collection: "over_locked", Limit: 1})
	if !geo.IsCode(err, geo.Unavailable) || !strings.Contains(err.Error(), "locked") {
		t.Errorf("read of a locked table: got %v", err)
	}
	if _, err := locker.Exec(t.Context(), "COMMIT"); err != nil {
		t.Fatal(err)
	}
	exec(t, options, `INSERT INTO kawasan.locked VALUES (1, ST_Point(116, -1, 4326)); ALTER TABLE kawasan.locked ADD COLUMN a int`)
	awaitCount(t, store, "locked", 1)
}

// awaitCount waits until the catalogue has the number of features, which may be a moment
// after the change has been told.
func awaitCount(t *testing.T, store *postgis.Store, collection string, want int64) {
	t.Helper()
	var got int64
	for until := time.Now().Add(30 * time.Second); time.Now().Before(until); time.Sleep(20 * time.Millisecond) {
		catalogue, _ := store.Catalogue(t.Context())
		if c, err := catalogue.Collection(collection); err == nil {
			if got = c.Count; got == want {
				return
			}
		}
	}
	t.Fatalf("number of features of %s: got %d, want %d", collection, got, want)
}
