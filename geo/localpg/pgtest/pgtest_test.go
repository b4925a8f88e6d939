package pgtest_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"kawasan/geo/localpg/pgtest"
)

func connect(t *testing.T, dsn string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatalf("connect: %v", err)
	}
	t.Cleanup(func() {
		if err := conn.Close(context.Background()); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return conn
}

func ask(t *testing.T, conn *pgx.Conn, sql string, args ...any) string {
	t.Helper()
	var got string
	if err := conn.QueryRow(t.Context(), sql, args...).Scan(&got); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return got
}

func TestDatabaseHasPostGISAndOrdersByCodePoint(t *testing.T) {
	t.Parallel()
	conn := connect(t, pgtest.DSN(t))
	// One degree of the equator is the WGS84 semi-major axis 6378137 m times pi/180.
	if got, want := ask(t, conn, `select round(st_distance('srid=4326;point(116 0)'::geography,
		'srid=4326;point(117 0)'::geography)::numeric, 2)::text`), "111319.49"; got != want {
		t.Errorf("distance: got %s, want %s", got, want)
	}
	if got, want := ask(t, conn, `select string_agg(w, ' ' order by w) from unnest(array['é','b','B','a','z']) w`), "B a b z é"; got != want {
		t.Errorf("order: got %s, want %s", got, want)
	}
	if got, want := ask(t, conn, `select upper('é') || ' ' || current_setting('server_encoding')`), "É UTF8"; got != want {
		t.Errorf("letters: got %s, want %s", got, want)
	}
}

func TestDatabasesAreApart(t *testing.T) {
	t.Parallel()
	a, b := connect(t, pgtest.DSN(t)), connect(t, pgtest.DSN(t))
	if _, err := a.Exec(t.Context(), "create table only_here (x int)"); err != nil {
		t.Fatal(err)
	}
	if got := ask(t, b, "select (to_regclass('only_here') is null)::text"); got != "true" {
		t.Error("a table made in one database shows in another")
	}
}

func TestDatabaseIsDroppedAtCleanup(t *testing.T) {
	t.Parallel()
	var name string
	t.Run("use", func(t *testing.T) {
		name = ask(t, connect(t, pgtest.DSN(t)), "select current_database()::text")
	})
	admin := connect(t, pgtest.AdminDSN(t))
	if got := ask(t, admin, "select count(*)::text from pg_database where datname = $1", name); got != "0" {
		t.Errorf("database %s is still there", name)
	}
}

func TestTemplateIsPreparedOnce(t *testing.T) {
	t.Parallel()
	var times atomic.Int32
	prepare := func(dsn string) error {
		times.Add(1)
		conn, err := pgx.Connect(t.Context(), dsn)
		if err != nil {
			return err
		}
		_, err = conn.Exec(t.Context(), "create table ports (name text); insert into ports values ('Kariangau')")
		return errors.Join(err, conn.Close(t.Context()))
	}
	var got []string
	for range 3 {
		conn := connect(t, pgtest.Template(t, t.Name(), prepare))
		got = append(got, ask(t, conn, "select string_agg(name, ',') from ports"))
		if _, err := conn.Exec(t.Context(), "insert into ports values ('Maloy')"); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff([]string{"Kariangau", "Kariangau", "Kariangau"}, got); diff != "" {
		t.Errorf("clones differ (-want +got):\n%s", diff)
	}
	// Under -count the template of the same run is used again.
	if n := times.Load(); n > 1 {
		t.Errorf("prepared %d times", n)
	}
}
