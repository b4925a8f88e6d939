package postgis_test

import (
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb"

	"kawasan/geo"
)

// Columns that leave type and reference system open may hold anything: each row is read
// as it says itself, curves as lines, and what has no place in WGS84 as no position.
func TestGeometriesOfOpenColumns(t *testing.T) {
	t.Parallel()
	options := shippedDatabase(t)
	exec(t, options, `CREATE TABLE kawasan.anything (id int PRIMARY KEY, geom geometry);
		INSERT INTO kawasan.anything VALUES (1, ST_Point(116, -1, 4326)), (2, ST_Transform(ST_Point(116.5, -1, 4326), 32750)), (3, ST_Point(1, 1)),
		(4, 'SRID=4326;CIRCULARSTRING(116 -1,117 0,118 -1)'), (5, 'SRID=4326;TIN(((0 0,0 1,1 1,0 0)))'), (6, NULL),
		(7, 'SRID=4326;CURVEPOLYGON(CIRCULARSTRING(116 -1,117 0,118 -1,117 -2,116 -1))');
		CREATE INDEX ON kawasan.anything USING gist (geom);
		CREATE TABLE kawasan.curves (id int PRIMARY KEY, geom geometry(MultiSurface, 4326) NOT NULL);
		INSERT INTO kawasan.curves VALUES (1, 'SRID=4326;MULTISURFACE(CURVEPOLYGON(CIRCULARSTRING(116 -1,117 0,118 -1,117 -2,116 -1)))'), (2, 'SRID=4326;MULTISURFACE(((10 10,11 10,11 11,10 10)))')`)
	store := openStore(t, options)
	conn, err := pgx.Connect(t.Context(), options.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(t.Context()) }()
	for _, c := range []struct {
		collection, id, want string // as a SQL expression of the row's geometry
	}{
		{"anything", "1", "geom"},
		{"anything", "2", "ST_Transform(geom, 4326)"},
		{"anything", "3", "NULL"},
		{"anything", "4", "ST_CurveToLine(geom)"},
		{"anything", "5", "NULL"},
		{"anything", "7", "ST_CurveToLine(geom)"},
		{"curves", "1", "ST_CurveToLine(geom)"},
		{"curves", "2", "ST_CurveToLine(geom)"},
	} {
		found, _, err := geo.Collect(t.Context(), store, geo.Query{Collection: c.collection, IDs: []string{c.id}})
		if err != nil || len(found) != 1 {
			t.Fatalf("%s/%s: got %v, %v", c.collection, c.id, found, err)
		}
		var want []byte
		if err := conn.QueryRow(t.Context(), "SELECT ST_AsBinary(("+c.want+")::geometry, 'NDR') FROM kawasan."+c.collection+" WHERE id::text = $1", c.id).Scan(&want); err != nil {
			t.Fatal(err)
		}
		if string(found[0].WKB) != string(want) {
			t.Errorf("%s/%s: got %x, want %x", c.collection, c.id, found[0].WKB, want)
		}
	}
	for _, c := range []struct {
		collection string
		box        orb.Bound
		want       int
	}{
		{"anything", orb.Bound{Min: orb.Point{116.4, -1.1}, Max: orb.Point{116.6, -0.9}}, 5}, // 2 and 7, and the three without position
		{"anything", orb.Bound{Min: orb.Point{115.9, -1.1}, Max: orb.Point{116.1, -0.9}}, 6},
		{"curves", orb.Bound{Min: orb.Point{116.9, -0.2}, Max: orb.Point{117.1, 0.5}}, 1},
	} {
		found, about, err := geo.Collect(t.Context(), store, geo.Query{Collection: c.collection, Bounds: []orb.Bound{c.box}})
		if err != nil || len(found) != c.want {
			t.Errorf("%s in %v: got %d features, %v, want %d", c.collection, c.box, len(found), err, c.want)
		}
		if want := map[string]string{"anything": "Geometry", "curves": "MultiPolygon"}[c.collection]; about.GeometryType != want {
			t.Errorf("%s: got type %s, want %s", c.collection, about.GeometryType, want)
		}
	}
}
