package postgis_test

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"kawasan/geo"
	"kawasan/geo/cql2"
	"kawasan/geo/postgis"
)

// mixedTable has values of all types, nulls, text beyond ASCII and all geometry types.
const mixedTable = `CREATE TABLE kawasan.mixed (
	id text COLLATE "C" PRIMARY KEY, name text, "luas tanah" double precision, small real, exact numeric(20,4), n bigint, flag boolean,
	day date, seen timestamptz, local timestamp, until timestamptz, tags text[], sizes int[], extra jsonb, geom geometry(Geometry, 4326));
CREATE INDEX ON kawasan.mixed USING gist (geom);
INSERT INTO kawasan.mixed VALUES
	('a', 'Straße', 1.5, 1.5, 1.5, 9007199254740993, true, '2024-02-29', '2024-02-29T10:00:00.000001Z', '2024-02-29T10:00:00', '2024-03-02T00:00:00Z', '{CPO,container}', '{1,2}', '{"a":1}', 'SRID=4326;POLYGON((0 0,2 0,2 2,0 2,0 0))'),
	('b', 'débárquér', -2, -2, -2, 0, false, '2023-12-31', '2023-12-31T23:59:59.999999Z', '2023-12-31T23:59:59', '2023-12-31T23:59:59.999999Z', '{}', '{}', 'null', 'SRID=4326;POINT(1 1)'),
	('c', '100%_it''s\', 1e300, 'NaN', 99999.0001, -7, NULL, 'infinity', '-infinity', NULL, NULL, '{container,NULL}', '{2,1,2}', NULL, 'SRID=4326;LINESTRING(-1 1,3 1)'),
	('d', 'ΟΔΟΣ', 0, 'Infinity', 0, 5, NULL, '0001-01-01', '0001-01-01T00:00:00Z', NULL, NULL, NULL, NULL, '3', 'SRID=4326;MULTIPOLYGON(((10 10,11 10,11 11,10 11,10 10)),((12 10,13 10,13 11,12 11,12 10)))'),
	('e', '', 'NaN', -0.1, NULL, NULL, true, NULL, NULL, NULL, NULL, '{"q\"r"}', '{9}', NULL, 'SRID=4326;MULTIPOINT((5 5),(1 1))'),
	('f', E'two\nlines', -0.0, 3, 3, 3, false, '2024-03-01', '2024-03-01T00:00:00Z', '2024-03-01', '2024-03-01T00:00:00Z', '{CPO}', '{3}', NULL, 'SRID=4326;MULTILINESTRING((0 0,1 0),(5 5,6 6))'),
	('g', '日本 Zone', 7, 7, 7, 7, true, '1969-07-20', '1969-07-20T20:17:40Z', '1969-07-20T20:17:40', 'infinity', '{日本}', '{7}', NULL, 'SRID=4326;GEOMETRYCOLLECTION(POINT(20 20),LINESTRING(0 0,0 2))'),
	('h', 'zebra', 8, 8, 8, 8, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'SRID=4326;POINT EMPTY'),
	('i', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);`

// conditions pairs a filter with the same condition as somebody would write it in
// SQL for that table; "" where PostgreSQL has no such condition.
func conditions() []struct{ cql2, sql string } {
	// ST_Touches, ST_Crosses and ST_Overlaps refuse collections
	const simple = "GeometryType(geom) <> 'GEOMETRYCOLLECTION' AND "
	// geography draws great circles between vertices; short pieces stay on the straight edge
	const metres = "ST_Distance(ST_Segmentize(geom, 0.001)::geography, 'SRID=4326;POINT(3 5)'::geography)"
	return []struct{ cql2, sql string }{
		{"TRUE", "true"},
		{"FALSE", "false"},
		{"flag", "flag"},
		{"NOT flag", "NOT flag"},
		{"flag = FALSE", "flag = false"},
		{"flag IS NULL", "flag IS NULL"},
		{"name = 'Straße'", "name = 'Straße'"},
		{"name <> 'zebra'", "name <> 'zebra'"},
		{"name < 'a'", `name COLLATE "C" < 'a'`},
		{"NOT name > 'Z'", `NOT name COLLATE "C" > 'Z'`},
		{"name LIKE '%r%'", "name LIKE '%r%'"},
		{"name LIKE '___Zone'", "name LIKE '___Zone'"},
		{"name LIKE '__ Zone'", "name LIKE '__ Zone'"},
		{`name LIKE '100\%\_%'`, `name LIKE '100\%\_%'`},
		{"name NOT LIKE '%e%'", "name NOT LIKE '%e%'"},
		{"name LIKE 'two_lines'", "name LIKE 'two_lines'"},
		{"name LIKE ''", "name = ''"},
		{`name LIKE 'zebra\'`, ""},
		{`name LIKE 'z\ebra'`, `name LIKE 'z\ebra'`},
		{"name IN ('zebra', 'ΟΔΟΣ')", "name IN ('zebra', 'ΟΔΟΣ')"},
		{"name NOT IN ('zebra', 'ΟΔΟΣ')", "name NOT IN ('zebra', 'ΟΔΟΣ')"},
		{"name BETWEEN 'A' AND 'a'", `name COLLATE "C" BETWEEN 'A' AND 'a'`},
		{`"luas tanah" > 1`, `"luas tanah" > 1 AND "luas tanah" <> 'NaN'`},
		{`NOT "luas tanah" > 1`, `NOT "luas tanah" > 1`},
		{"small = 1.5", "small = 1.5"},
		{"small < 100", "small < 100"},
		{"small > -0.1", "small > -0.1::float8 AND small < 'Infinity'"},
		{"exact = 99999.0001", "exact = 99999.0001"},
		{"exact IS NULL", "exact IS NULL"},
		{"small IS NULL", "small IS NULL OR small IN ('NaN', 'Infinity')"},
		{"n = 9007199254740993", "n = 9007199254740993"},
		{"n = 9007199254740992", "false"},
		{"n > 4.5", "n > 4.5"},
		{"n < 1E30", "n IS NOT NULL"},
		{"n IN (5, 7.0, 8)", "n IN (5, 7, 8)"},
		{"n = small", "n = small AND small <> 'NaN'"},
		{"n BETWEEN 0 AND 5", "n BETWEEN 0 AND 5"},
		{"n NOT BETWEEN 0 AND 5", "n NOT BETWEEN 0 AND 5"},
		{"n NOT IN (5, 7)", "n NOT IN (5, 7)"},
		{"n IN (exact, 8)", "n = exact OR n = 8"},
		{"5 < n", "n > 5"},
		{"small > exact", "small::float8 > exact::float8 AND small NOT IN ('NaN', 'Infinity')"},
		{"n + 1 = 6", "n + 1 = 6"},
		{"n / 0 IS NULL", "true"},
		{"exact * 2 > 13", "exact * 2 > 13"},
		{"n % 4 = -3", "n % 4 = -3"},
		{"n div 4 = -1", "n / 4 = -1"},
		{"exact ^ 2 = 9", "exact ^ 2 = 9"},
		{"day = DATE('2024-02-29')", "day = '2024-02-29'"},
		{"day > DATE('2023-12-31')", "day > '2023-12-31' AND day < 'infinity'"},
		{"day < DATE('0001-01-02')", "day < '0001-01-02'"},
		{"day > DATE('0000-01-01')", "isfinite(day)"},
		{"seen > TIMESTAMP('2024-02-29T10:00:00Z')", "seen > '2024-02-29T10:00:00Z'"},
		{"seen <= DATE('2024-02-29')", "seen < '2024-03-01T00:00:00Z' AND isfinite(seen)"},
		{"seen = DATE('2023-12-31')", "(seen AT TIME ZONE 'UTC')::date = '2023-12-31'"},
		{"local >= TIMESTAMP('2024-02-29T10:00:00Z')", "local >= '2024-02-29T10:00:00'"},
		{"day = TIMESTAMP('2024-03-01T12:00:00Z')", "day = '2024-03-01'"},
		{"day = seen", "isfinite(seen) AND (seen AT TIME ZONE 'UTC')::date = day"},
		{"day IN (DATE('2024-03-01'), DATE('1969-07-20'))", "day IN ('2024-03-01', '1969-07-20')"},
		{"seen IS NULL", "seen IS NULL OR NOT isfinite(seen)"},
		{"extra IS NULL", "extra IS NULL"},
		{"extra IS NOT NULL", "extra IS NOT NULL"},
		{"id = 'a'", "id = 'a'"},
		{"id > 'c'", "id > 'c'"},
		{"id IN ('a','z')", "id IN ('a','z')"},
		{"T_AFTER(seen, TIMESTAMP('2024-01-01T00:00:00Z'))", "seen > '2024-01-01'"},
		{"T_DURING(day, INTERVAL('1969-01-01', '2024-03-01'))", "day > '1969-01-01' AND day < '2024-03-01'"},
		{"T_INTERSECTS(INTERVAL(seen, until), TIMESTAMP('2024-03-01T00:00:00Z'))", "seen <= '2024-03-01T00:00:00Z' AND until >= '2024-03-01T00:00:00Z' AND isfinite(until) AND isfinite(seen)"},
		{"T_EQUALS(INTERVAL(seen, until), INTERVAL(until, seen))", "seen = until"},
		{"NOT T_BEFORE(seen, DATE('2023-12-31'))", "seen >= '2023-12-31T00:00:00Z'"},
		{"A_CONTAINS(tags, ('container'))", "tags @> '{container}'"},
		{"A_CONTAINS(tags, ('CPO','container'))", "tags @> '{CPO,container}'"},
		{"A_OVERLAPS(tags, ('日本','CPO'))", "tags && '{日本,CPO}'"},
		{"A_CONTAINEDBY(tags, ('CPO','x'))", "tags <@ '{CPO,x}'"},
		{"A_EQUALS(sizes, (2,1))", "sizes <@ '{1,2}' AND sizes @> '{1,2}'"},
		{"NOT A_CONTAINS(tags, ('CPO'))", "NOT tags @> '{CPO}'"},
		{"A_CONTAINS(sizes, (9))", "9 = ANY(sizes)"},
		{"CASEI(name) = CASEI('STRASSE')", "name = 'Straße'"},
		{"CASEI(name) LIKE CASEI('%ZONE')", "name ILIKE '%zone'"},
		{"ACCENTI(name) = 'debarquer'", "name = 'débárquér'"},
		{"CASEI(name) IN (CASEI('οδος'))", "name = 'ΟΔΟΣ'"},
		{"S_INTERSECTS(geometry, POINT(1 1))", "ST_Intersects(geom, 'SRID=4326;POINT(1 1)')"},
		{"S_INTERSECTS(geometry, BBOX(0.5,-1,1.5,0.5))", "ST_Intersects(geom, ST_MakeEnvelope(0.5,-1,1.5,0.5,4326))"},
		{"NOT S_INTERSECTS(geometry, POINT(1 1))", "NOT ST_Intersects(geom, 'SRID=4326;POINT(1 1)')"},
		{"S_DISJOINT(geometry, BBOX(0,0,2,2))", "ST_Disjoint(geom, ST_MakeEnvelope(0,0,2,2,4326))"},
		{"S_WITHIN(geometry, BBOX(0,0,2,2))", "ST_Within(geom, ST_MakeEnvelope(0,0,2,2,4326))"},
		{"S_CONTAINS(geometry, POINT(1 1))", "ST_Contains(geom, 'SRID=4326;POINT(1 1)')"},
		{"S_EQUALS(geometry, POINT(1 1))", "ST_Equals(geom, 'SRID=4326;POINT(1 1)')"},
		{"S_TOUCHES(geometry, BBOX(2,0,3,2))", simple + "ST_Touches(geom, ST_MakeEnvelope(2,0,3,2,4326))"},
		{"S_CROSSES(geometry, BBOX(0,0,2,2))", simple + "ST_Crosses(geom, ST_MakeEnvelope(0,0,2,2,4326))"},
		{"S_OVERLAPS(geometry, BBOX(1,0,3,2))", simple + "ST_Overlaps(geom, ST_MakeEnvelope(1,0,3,2,4326))"},
		{"S_WITHIN(POINT(10.5 10.5), geometry)", "ST_Within('SRID=4326;POINT(10.5 10.5)', geom)"},
		{"S_INTERSECTS(geometry, BBOX(170,-10,-170,10))", "false"},
		{"geometry IS NULL", "geom IS NULL"},
		{"geometry IS NOT NULL AND n > 6", "geom IS NOT NULL AND n > 6"},
		{"within_distance(geometry, POINT(3 5), 250000)", metres + " <= 250000"},
		{"distance_m(geometry, POINT(3 5)) < 250000", metres + " < 250000"},
		{"NOT within_distance(geometry, POINT(3 5), 250000)", metres + " > 250000"},
		{"within_distance(geometry, POINT(3 5), -1)", "false"},
		{"lower(name) = 'straße'", "lower(name) = 'straße'"},
		{"length(name) = 9", "length(name) = 9"},
		{"n > 4 AND S_INTERSECTS(geometry, BBOX(9,9,12,12)) AND CASEI(name) = CASEI('οδος')", "id = 'd'"},
		{"n > 7 OR S_INTERSECTS(geometry, POINT(5.5 5.5))", "n > 7 OR ST_Intersects(geom, 'SRID=4326;POINT(5.5 5.5)')"},
		{"NOT (n > 4 AND n + 1 > 6)", "NOT (n > 4 AND n + 1 > 6)"},
		{"n > 4 OR n + 1 = 4", "n > 4 OR n + 1 = 4"},
		{"NOT (name IS NULL OR flag)", "NOT (name IS NULL OR flag)"},
		{"(flag AND n > 1) IS NULL", "(flag AND n > 1) IS NULL"},
	}
}

func checked(t *testing.T, c *geo.Collection, text string) *cql2.Filter {
	t.Helper()
	e, err := cql2.ParseText(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	f, err := cql2.Check(e, c, cql2.Options{})
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return f
}

// The store answers each filter like the evaluator, and both like plain SQL.
func TestFiltersAgreeWithPlainSQL(t *testing.T) {
	t.Parallel()
	options := shippedDatabase(t)
	exec(t, options, mixedTable)
	store := openStore(t, options)
	everything, c, err := geo.Collect(t.Context(), store, geo.Query{Collection: "mixed"})
	if err != nil {
		t.Fatal(err)
	}
	if len(everything) != 9 {
		t.Fatalf("got %d rows, want 9", len(everything))
	}
	conn, err := pgx.Connect(t.Context(), options.URL)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(context.WithoutCancel(t.Context())) })
	for _, condition := range conditions() {
		t.Run(condition.cql2, func(t *testing.T) {
			filter := checked(t, c, condition.cql2)
			evaluated := []string{}
			for _, feature := range everything {
				ok, err := filter.Match(feature)
				if err != nil {
					t.Fatal(err)
				}
				if ok {
					evaluated = append(evaluated, feature.ID)
				}
			}
			if d := cmp.Diff(evaluated, ids(t, store, geo.Query{Collection: "mixed", Filter: filter})); d != "" {
				t.Errorf("store (-evaluator +store):\n%s", d)
			}
			if condition.sql == "" {
				return
			}
			rows, err := conn.Query(t.Context(), "SELECT id FROM kawasan.mixed WHERE "+condition.sql+" ORDER BY id")
			if err != nil {
				t.Fatal(err)
			}
			want, err := pgx.AppendRows([]string{}, rows, pgx.RowTo[string])
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(want, evaluated); d != "" {
				t.Errorf("against WHERE %s (-SQL +evaluator):\n%s", condition.sql, d)
			}
		})
	}
}

// A filter by place on a large table reads the index, not the table.
func TestFilterByPlaceReadsTheIndex(t *testing.T) {
	t.Parallel()
	options := shippedDatabase(t)
	exec(t, options, `CREATE TABLE kawasan.grid (id text COLLATE "C" PRIMARY KEY, n bigint, geom geometry(Polygon, 4326))`,
		`INSERT INTO kawasan.grid SELECT x || '-' || y, x * y, ST_MakeEnvelope(x / 10.0, y / 10.0, x / 10.0 + 0.05, y / 10.0 + 0.05, 4326) FROM generate_series(0, 199) x, generate_series(0, 99) y`,
		`CREATE INDEX ON kawasan.grid USING gist (geom)`, `ANALYZE kawasan.grid`)
	store := openStore(t, options)
	c, explain := planner(t, options, store, "grid")
	for _, text := range []string{
		"S_INTERSECTS(geometry, BBOX(3, 3, 3.2, 3.2)) AND n > 10", "n > 10 AND S_WITHIN(geometry, POLYGON((3 3, 3.5 3, 3 3.5, 3 3)))",
		"within_distance(geometry, POINT(3 3), 10000)", "distance_m(geometry, POINT(3 3)) < 10000 AND NOT n = 5",
		"S_INTERSECTS(geometry, POINT(3 3)) OR S_INTERSECTS(geometry, POINT(3.5 3.5))",
	} {
		query := geo.Query{Collection: "grid", Filter: checked(t, c, text)}
		if n := len(ids(t, store, query)); n == 0 || n > 1000 {
			t.Errorf("%s: got %d features, want some, not most", text, n)
		}
		if plan := explain(postgis.Statement, query); !strings.Contains(plan, "grid_geom_idx") {
			t.Errorf("%s: the plan has no index:\n%s", text, plan)
		}
	}
}
