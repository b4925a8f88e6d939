package postgis_test

import (
	"slices"
	"testing"

	"kawasan/geo"
)

// keyed are tables and views whose keys have types of their own.
const keyed = `
CREATE TABLE kawasan.by_uuid (k uuid PRIMARY KEY, geom geometry(Point, 4326));
INSERT INTO kawasan.by_uuid SELECT md5(i::text)::uuid, ST_Point(116, i, 4326) FROM generate_series(1, 5) i;
CREATE TABLE kawasan.by_day (k date PRIMARY KEY, geom geometry(Point, 4326));
INSERT INTO kawasan.by_day SELECT '2024-02-27'::date + i, ST_Point(116, i, 4326) FROM generate_series(1, 5) i;
CREATE TABLE kawasan.by_number (k numeric PRIMARY KEY, geom geometry(Point, 4326));
INSERT INTO kawasan.by_number SELECT i + 0.5, ST_Point(116, i, 4326) FROM generate_series(-2, 2) i;
CREATE TABLE kawasan.by_code (k char(4) PRIMARY KEY, geom geometry(Point, 4326));
INSERT INTO kawasan.by_code SELECT 'c' || i, ST_Point(116, i, 4326) FROM generate_series(1, 5) i;
CREATE TABLE kawasan.by_name (k varchar(20) PRIMARY KEY, geom geometry(Point, 4326));
INSERT INTO kawasan.by_name SELECT 'ä ' || i, ST_Point(116, i, 4326) FROM generate_series(1, 5) i;
CREATE TABLE kawasan.by_small (k smallint PRIMARY KEY, geom geometry(Point, 4326));
INSERT INTO kawasan.by_small SELECT i, ST_Point(116, i, 4326) FROM generate_series(-2, 2) i;
CREATE VIEW kawasan.uuid_view AS SELECT k AS id, geom FROM kawasan.by_uuid;
CREATE VIEW kawasan.day_view AS SELECT k AS id, geom FROM kawasan.by_day;
CREATE MATERIALIZED VIEW kawasan.number_view AS SELECT k AS id, geom FROM kawasan.by_number;`

// TestKeysOfAnyType reads each feature by the id that its list gives, and page by
// page; what can't be an id is no feature, whatever the type.
func TestKeysOfAnyType(t *testing.T) {
	t.Parallel()
	options := shippedDatabase(t)
	exec(t, options, keyed)
	store := openStore(t, options)
	for _, collection := range []string{"by_uuid", "by_day", "by_number", "by_code", "by_name", "by_small", "uuid_view", "day_view", "number_view"} {
		t.Run(collection, func(t *testing.T) {
			t.Parallel()
			all := ids(t, store, geo.Query{Collection: collection})
			if len(all) != 5 {
				t.Fatalf("got the ids %q", all)
			}
			var paged []string
			var after *geo.Cursor
			for range 6 {
				page := ids(t, store, geo.Query{Collection: collection, After: after, Limit: 1})
				if len(page) == 0 {
					break
				}
				paged = append(paged, page...)
				after = &geo.Cursor{ID: page[0]}
			}
			if !slices.Equal(paged, all) {
				t.Errorf("by page: got %q, want %q", paged, all)
			}
			for _, id := range all {
				f, err := geo.FeatureByID(t.Context(), store, collection, id)
				if err != nil || f.ID != id {
					t.Errorf("%q: got %v, %v", id, f, err)
				}
			}
			for _, id := range []string{"", "none", "1e400", all[0] + "0", " " + all[0], "2024-02-30", "{" + all[0] + "}"} {
				if f, err := geo.FeatureByID(t.Context(), store, collection, id); !geo.IsCode(err, geo.NotFound) {
					t.Errorf("%q: got %v, %v", id, f, err)
				}
			}
		})
	}
}
