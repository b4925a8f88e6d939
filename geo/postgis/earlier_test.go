package postgis_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"kawasan/geo"
)

// everyType is a table with a column of each kind whose values must come back from the history as they were.
const everyType = `CREATE TABLE kawasan.plots (
	id text COLLATE "C" PRIMARY KEY, geom geometry(GeometryZ, 4326), name text, size double precision, small real, price numeric(9,3), n bigint, sure boolean, built date, seen timestamptz, local timestamp,
	tags text[], counts int[], extra jsonb, code char(4), span interval, secret bytea, second geometry(Point, 32750), revision bigint NOT NULL DEFAULT 1, x int, o bit(4), ba bool[], ta timestamptz[])`

// randomEdit changes the table by hand in one statement. Keys are taken from a part of all, so that two
// transactions that are open together don't wait for each other.
func randomEdit(r *rand.Rand, part string) string {
	id := func() string { return fmt.Sprintf("'%s%d'", part, r.IntN(6)) }
	row := func(id string) string {
		return fmt.Sprintf(`(%s, ST_SetSRID(ST_MakePoint(116 + %[3]g, %[2]d / 1000.0, 1.0/3), 4326), 'Ä %[2]d', %[3]g, %[3]g, %[2]d.5, %[2]d, %[2]d %% 2 = 0, date '2020-01-01' + %[2]d, 'infinity', '2020-02-29T12:00:00.%06[2]d',
			'{a,NULL,"q\"%[2]d"}', '{1,%[2]d}', '{"k": [%[2]d, 1.50]}', 'x', '%[2]d days 2 hours', '\x00ff', ST_SetSRID(ST_Point(%[2]d, %[2]d), 32750), %[2]d, nullif(%[2]d %% 3, 0), %[2]d::bit(4), '{t,f}', '{2020-01-01 10:00+08}')`, id, r.IntN(1000), r.Float64())
	}
	switch r.IntN(9) {
	case 0, 1, 2:
		return `INSERT INTO kawasan.plots VALUES ` + row(id()) + ` ON CONFLICT (id) DO UPDATE SET name = excluded.name, geom = NULL, small = 'NaN'`
	case 3, 4:
		return fmt.Sprintf(`UPDATE kawasan.plots SET name = 'new %d', size = 'Infinity', extra = NULL, geom = ST_Force3D(ST_Buffer(geom, 0.01)) WHERE id LIKE '%s%%' AND n %% 2 = 0`, r.IntN(1000), part)
	case 5:
		return `DELETE FROM kawasan.plots WHERE id = ` + id()
	case 6:
		a, b := id(), id()
		return fmt.Sprintf(`UPDATE kawasan.plots SET id = %[2]s WHERE id = %[1]s AND NOT EXISTS (SELECT FROM kawasan.plots WHERE id = %[2]s)`, a, b)
	case 7:
		return fmt.Sprintf(`INSERT INTO kawasan._unlocated VALUES ('plots', %s, '{"name": "lost %d"}') ON CONFLICT (collection, id) DO UPDATE SET properties = excluded.properties`, id(), r.IntN(1000))
	}
	return `DELETE FROM kawasan._unlocated WHERE collection = 'plots' AND id = ` + id()
}

// stateOf writes all that a collection answers at a version, to the last byte.
func stateOf(t *testing.T, store geo.Reader, at geo.Version) (string, geo.Version) {
	t.Helper()
	var b strings.Builder
	var seen geo.Version
	for _, q := range []geo.Query{{}, {SortBy: []geo.SortKey{{Property: "name", Descending: true}}, Limit: 3, Offset: 1}, {Unlocated: true}} {
		q.Collection, q.AtVersion, q.Count = "plots", at, true
		s, err := store.Open(t.Context(), q)
		if err != nil {
			t.Fatalf("version %d: %v", at, err)
		}
		defer s.Close()
		n, _ := s.Matched()
		seen = s.Collection().Version
		fmt.Fprintf(&b, "%d matched\n", n)
		for f, err := range s.Features() {
			if err != nil {
				t.Fatalf("version %d: %v", at, err)
			}
			fmt.Fprintf(&b, "%s %x %v\n", f.ID, f.WKB, f.Values)
		}
	}
	return b.String(), seen
}

// Every state that was read once is read again the same later, whatever was done by
// hand meanwhile, and in whichever order transactions were committed.
func TestEarlierVersions(t *testing.T) {
	t.Parallel()
	options := shippedDatabase(t)
	exec(t, options, everyType, `SELECT kawasan._track('kawasan.plots', 'id', 'geom')`)
	store := openStore(t, options)
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	r := rand.New(rand.NewPCG(seed, 1)) // a test
	connect := func() *pgx.Conn {
		conn, err := pgx.Connect(t.Context(), options.URL)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = conn.Close(context.Background()) })
		return conn
	}
	one, other := connect(), connect()
	do := func(conn *pgx.Conn, sql string) {
		if _, err := conn.Exec(t.Context(), sql); err != nil {
			t.Fatalf("%s: %v", sql, err)
		}
	}
	known := map[geo.Version]string{}
	look := func() {
		state, at := stateOf(t, store, 0)
		if before, ok := known[at]; ok && before != state {
			t.Fatalf("version %d has two states:\n%s\n%s", at, before, state)
		}
		known[at] = state
	}
	for step := range 40 {
		switch {
		case step%13 == 12:
			do(one, `TRUNCATE kawasan.plots`)
		case step%3 == 0: // two transactions; the one that began first is committed last
			for _, tx := range []struct {
				conn *pgx.Conn
				part string
			}{{one, "a"}, {other, "b"}} {
				do(tx.conn, "BEGIN")
				for range 1 + r.IntN(3) {
					do(tx.conn, randomEdit(r, tx.part))
				}
			}
			look()
			do(other, "COMMIT")
			look()
			do(one, []string{"COMMIT", "COMMIT", "ROLLBACK"}[r.IntN(3)])
		default:
			do(one, randomEdit(r, string("ab"[r.IntN(2)])))
		}
		look()
	}
	if len(known) < 20 {
		t.Errorf("only %d versions were made", len(known))
	}
	for at, want := range known {
		got, seen := stateOf(t, store, at)
		if seen != at {
			t.Errorf("version %d was asked for, %d is answered", at, seen)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("version %d (-then +now):\n%s", at, diff)
		}
	}
}

// A version that can't be read is refused with what would be right.
func TestVersionsOutOfReach(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		sql  []string
		at   geo.Version // before the statements, if 0
		code geo.Code
		last bool // before the last of the statements
	}{
		{"not yet", nil, 1000, geo.NotFound, false},
		{"new column", []string{`ALTER TABLE kawasan.ports ADD COLUMN berths int`}, 0, geo.Conflict, false},
		{"new column between changes", []string{`UPDATE kawasan.ports SET status = NULL`, `ALTER TABLE kawasan.ports ADD COLUMN berths int`, `UPDATE kawasan.ports SET berths = 2`}, 0, geo.Conflict, false},
		{"dropped column", []string{`UPDATE kawasan.ports SET status = NULL`, `ALTER TABLE kawasan.ports DROP COLUMN status`}, 0, geo.Conflict, false},
		{"another title", []string{`UPDATE kawasan._collection SET title_id = 'Dermaga' WHERE id = 'ports'`}, 0, geo.Conflict, false},
		{"another title of a column", []string{`UPDATE kawasan._property SET title_en = 'State' WHERE collection = 'ports' AND name = 'status'`}, 0, geo.Conflict, false},
		{"history thrown away", []string{`UPDATE kawasan.ports SET status = NULL`, `DELETE FROM kawasan._history`}, 0, geo.Conflict, false},
		{"history of a truncate thrown away", []string{`TRUNCATE kawasan.ports`, `DELETE FROM kawasan._history`}, 0, geo.Conflict, false},
		{"tracked anew", []string{`SELECT kawasan._track('kawasan.ports', 'id', 'geom')`}, 0, geo.Conflict, false},
		{"json, whose text is not kept", []string{
			`ALTER TABLE kawasan.ports ADD COLUMN raw json`, `UPDATE kawasan.ports SET raw = '{"b":1, "a":1.0, "a":2}'`, `SELECT kawasan._track('kawasan.ports', 'id', 'geom')`, `UPDATE kawasan.ports SET raw = '{}'`,
		}, 0, geo.Conflict, true},
		{"hstore, which does not come back", []string{
			`CREATE EXTENSION hstore`, `ALTER TABLE kawasan.ports ADD COLUMN tags hstore`, `UPDATE kawasan.ports SET tags = 'a=>1'`, `SELECT kawasan._track('kawasan.ports', 'id', 'geom')`, `UPDATE kawasan.ports SET tags = 'b=>2'`,
		}, 0, geo.Conflict, true},
		{"a view", []string{`DROP TABLE kawasan.ports`, `CREATE VIEW kawasan.ports AS SELECT id, name, geom FROM kawasan.towns`}, 1, geo.Unsupported, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			options := shippedDatabase(t)
			_, ports, err := geo.Collect(t.Context(), openStore(t, options), geo.Query{Collection: "ports"})
			if err != nil {
				t.Fatal(err)
			}
			wanted, _ := ports.DataVersions()
			if test.at != 0 {
				wanted[0].Version = test.at
			}
			exec(t, options, test.sql...)
			if test.last {
				_, now, err := geo.Collect(t.Context(), openStore(t, options), geo.Query{Collection: "ports"})
				if err != nil {
					t.Fatal(err)
				}
				wanted, _ = now.DataVersions()
				wanted[0].Version--
			}
			pin := geo.NewPin(openStore(t, options), wanted)
			_, _, err = geo.Collect(t.Context(), pin, geo.Query{Collection: "ports"})
			if e := geo.AsError(err); !geo.IsCode(err, test.code) || e.Place.Parameter != "version" {
				t.Errorf("got %v, want %s in version", err, test.code)
			}
		})
	}
}

// A version without the letters that stand for the description gives the data of
// then, whatever they are called by now.
func TestVersionWithoutDescription(t *testing.T) {
	t.Parallel()
	options := shippedDatabase(t)
	then, ports, err := geo.Collect(t.Context(), openStore(t, options), geo.Query{Collection: "ports"})
	if err != nil {
		t.Fatal(err)
	}
	wanted := geo.DataVersions{{Collection: "ports", Version: ports.Version}}
	exec(t, options, `UPDATE kawasan._collection SET title_en = 'Quays' WHERE id = 'ports'`, `UPDATE kawasan.ports SET name = 'x'`)
	now, ports, err := geo.Collect(t.Context(), geo.NewPin(openStore(t, options), wanted), geo.Query{Collection: "ports"})
	if err != nil {
		t.Fatal(err)
	}
	if ports.Title.EN != "Quays" || len(now) != len(then) || now[0].Value("name") != then[0].Value("name") {
		t.Errorf("got %q, %d features, the first called %v; want Quays, %d, %v", ports.Title.EN, len(now), now[0].Value("name"), len(then), then[0].Value("name"))
	}
}
