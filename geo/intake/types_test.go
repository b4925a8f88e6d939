package intake_test

import (
	"testing"

	"kawasan/geo/format/geojson"
	"kawasan/geo/intake"
)

// allTypes is a table whose columns have every kind of type, made by hand, and what is published of its row.
const (
	allTypes = `CREATE TYPE kawasan.phase AS ENUM ('planned', 'built');
		CREATE TYPE kawasan.size AS (w int, note text);
		CREATE DOMAIN kawasan.positive AS int CHECK (VALUE > 0);
		CREATE DOMAIN kawasan.small AS kawasan.positive CHECK (VALUE < 100);
		CREATE DOMAIN kawasan.stage AS kawasan.phase;
		CREATE TABLE kawasan.types (id int PRIMARY KEY, geom geometry(Point, 4326), x real, c char(4), m money, t time, iv interval, ip inet, mac macaddr8, b bit(4), vb bit varying(8),
			e kawasan.phase, small kawasan.small, stage kawasan.stage, size kawasan.size, sizes kawasan.size[], r daterange, bx box, xm xml, j json,
			ba bool[], da date[], la timestamp[], ta timestamptz[], ea kawasan.phase[], pa kawasan.positive[], fa real[], ma money[], bta bit(3)[], secret bytea, second geometry(Point, 4326));
		INSERT INTO kawasan.types VALUES (1, 'SRID=4326;POINT(116 -1)', 0.1, 'ab', '12.50', '10:11:12.5', '1 year 02:03:00', '10.0.0.1/24', '08:00:2b:01:02:03:04:05', B'1010', B'101',
			'built', 6, 'planned', ROW(1, 'n"x'), ARRAY[ROW(1, NULL)]::kawasan.size[], '[2024-01-01,2024-02-01)', '(1,1),(0,0)', '<a/>', '{"b": [1]}',
			'{t,f}', '{1850-02-03,infinity}', '{2024-01-01 10:00:00.5}', '{2024-01-01 10:00:00+08}', '{built}', '{1,2}', '{0.1}', '{1.5}', ARRAY[B'101'], '\xff', 'SRID=4326;POINT(1 1)');
		UPDATE kawasan.types SET da = '{1850-02-03}'`
	published = `{"x":0.1,"c":"ab","m":12.5,"t":"10:11:12.5","iv":"1 year 02:03:00","ip":"10.0.0.1/24","mac":"08:00:2b:01:02:03:04:05","b":"1010","vb":"101",` +
		`"e":"built","small":6,"stage":"planned","size":{"w":1,"note":"n\"x"},"sizes":[{"w":1,"note":null}],"r":"[2024-01-01,2024-02-01)","bx":"(1,1),(0,0)","xm":"<a/>","j":{"b":[1]},` +
		`"ba":[true,false],"da":["1850-02-03"],"la":["2024-01-01T10:00:00.5Z"],"ta":["2024-01-01T02:00:00Z"],"ea":["built"],"pa":[1,2],"fa":[0.1],"ma":[1.5],"bta":["101"]}`
)

// Of a table made by hand values of every type are published, and what is published comes
// back by an import as it was.
func TestTypesOfPostgreSQL(t *testing.T) {
	t.Parallel()
	b := newBase(t)
	b.exec(allTypes)
	b.reopen()
	f := b.features("types")["1"]
	if got := string(geojson.AppendProperties(nil, f, nil)); got != published {
		t.Errorf("got  %s\nwant %s", got, published)
	}
	const row = "SELECT (SELECT x FROM (SELECT id, x::text AS x1, c, m, t, iv, ip, mac, b, vb, e, small, stage, size, sizes, r, bx::text, xm::text, j::jsonb, ba, da, la, ta, ea, pa, fa, ma, bta FROM kawasan.types) x)::text"
	before := b.text(row)
	path := file(t, "types.geojson", `{"type":"Feature","id":1,"geometry":{"type":"Point","coordinates":[116,-1]},"properties":`+published+`}`)
	o := intake.Options{Collection: "types", Mode: intake.Upsert, NameAsSource: true} // for which the table has no column yet
	if out := b.must(path, o); out.Unchanged != 1 {
		t.Errorf("what was published changes the row: %+v", out.Record)
	}
	b.exec(`UPDATE kawasan.types SET x = 1, c = NULL, m = NULL, t = NULL, iv = NULL, ip = NULL, mac = NULL, b = NULL, vb = NULL, e = NULL, small = NULL, stage = NULL, size = NULL, sizes = NULL, r = NULL,
		bx = '(2,2),(1,1)', xm = '<b/>', j = '{}', ba = NULL, da = NULL, la = NULL, ta = NULL, ea = NULL, pa = NULL, fa = NULL, ma = NULL, bta = NULL`)
	if out := b.must(path, o); out.Updated != 1 {
		t.Errorf("the row is not put back: %+v", out.Record)
	}
	if after := b.text(row); after != before {
		t.Errorf("got  %s\nwant %s", after, before)
	}
}
