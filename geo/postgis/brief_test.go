package postgis_test

import (
	"testing"
	"time"

	"kawasan/geo"
)

// A store opened for a question looks at the rows of those tables alone whose structure does not
// tell how they are read, and reads all the same from each.
func TestBriefStoreLooksAtFewTables(t *testing.T) {
	t.Parallel()
	options := shippedDatabase(t)
	exec(t, options, `CREATE TABLE kawasan.any (id int PRIMARY KEY, geom geometry); INSERT INTO kawasan.any VALUES (1, ST_Point(116, 0, 4326)), (2, NULL);
		CREATE TABLE kawasan.utm (id int PRIMARY KEY, geom geometry(Point, 32750)); INSERT INTO kawasan.utm VALUES (1, ST_SetSRID(ST_Point(500000, 9900000), 32750)), (2, ST_SetSRID(ST_Point(1e300, 1e300), 32750));
		CREATE VIEW kawasan.twice AS SELECT coalesce(nullif(id, 2), 1) AS id, geom FROM kawasan.utm UNION ALL SELECT 3, NULL`)
	whole := openStore(t, options)
	options.Brief = true
	store := openStore(t, options)
	looked := map[string]bool{"any": true, "utm": true, "twice": true}
	for name := range looked {
		described(t, store, name, func(c *geo.Collection) bool { return c.Count >= 0 })
	}
	time.Sleep(200 * time.Millisecond) // for whatever should not be running
	catalogue, _ := store.Catalogue(t.Context())
	for _, name := range []string{"towns", "mills", "zones", "published_distances", "any", "utm", "twice"} {
		c, err := catalogue.Collection(name)
		if err != nil {
			t.Fatal(err)
		}
		if (c.Count >= 0) != looked[name] {
			t.Errorf("%s: got the number %d; looked at is wanted %t", name, c.Count, looked[name])
		}
		of := described(t, whole, name, func(c *geo.Collection) bool { return c.Count >= 0 })
		if c.GeometryType != of.GeometryType || len(c.Defects) != len(of.Defects) {
			t.Errorf("%s: got %+v, want %+v", name, c, of)
		}
		for _, q := range []geo.Query{{}, {NoPosition: true}, {Limit: 3}} {
			q.Collection = name
			got, want := ids(t, store, q), ids(t, whole, q)
			if len(got) != len(want) {
				t.Errorf("%s, %+v: got %q, want %q", name, q, got, want)
			}
		}
	}
}
