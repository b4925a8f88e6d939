package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"kawasan/geo/localpg/pgtest"
	"kawasan/geo/postgis"
)

// mixedTables are made by hand, as others make theirs: of every type, with nulls and
// with values that are none of ours.
var mixedTables = []struct{ name, key, geometry string }{
	{"mixed", `id text`, "geometry(Geometry, 4326)"},
	{"numbered", `id bigint`, "geometry(GeometryZ, 4326)"},
	{"projected", `id text`, "geometry(Geometry, 32750)"},
	{"rows_only", `id text`, ""},
}

const mixedColumns = `name text, size double precision, n bigint, ratio numeric, open boolean, built date, seen timestamptz,
	tags text[], counts bigint[], shares double precision[], extra jsonb, valid_from date, valid_to date`

// mixedDatabase gives a database with the shipped data and the mixed tables.
func mixedDatabase(t *testing.T) postgis.Options {
	t.Helper()
	dsn := pgtest.Template(t, "shipped and mixed, followed", func(dsn string) error {
		ctx := context.Background()
		options := postgis.Options{URL: dsn}
		if err := postgis.Migrate(ctx, options, nil); err != nil {
			return err
		}
		if _, err := postgis.Load(ctx, options, false, nil); err != nil {
			return err
		}
		conn, err := pgx.Connect(ctx, dsn)
		if err != nil {
			return err
		}
		defer func() { _ = conn.Close(ctx) }()
		for _, table := range mixedTables {
			columns := table.key + " PRIMARY KEY, " + mixedColumns
			if table.geometry != "" {
				columns += ", geom " + table.geometry
			}
			if _, err := conn.Exec(ctx, "CREATE TABLE kawasan."+table.name+" ("+columns+")"); err != nil {
				return err
			}
			if err := fillMixed(ctx, conn, table.name, table.geometry); err != nil {
				return fmt.Errorf("fill %s: %w", table.name, err)
			}
			geometry := ""
			if table.geometry != "" {
				geometry = "geom"
			}
			if _, err := conn.Exec(ctx, "SELECT kawasan._track($1::text::regclass, 'id', $2)", "kawasan."+table.name, geometry); err != nil {
				return err
			}
		}
		return nil
	})
	return postgis.Options{URL: dsn}
}

func fillMixed(ctx context.Context, conn *pgx.Conn, table, geometry string) error {
	rng := rand.New(rand.NewPCG(7, 32750)) // the same rows each time
	pick := func(list ...string) string { return list[rng.IntN(len(list))] }
	for i := range 240 {
		id := fmt.Sprint(i*7 - 300)
		if table != "numbered" {
			id = pick("a", "B", "é", "Ä", "𐍈", "z_", "\uffee") + fmt.Sprint(i)
		}
		values := []any{
			id, pick("Ärger", "ärger", "zebra", "Zoo", "", "näher", "𐍈", "\uffee", "NULL", `a "b" \ c`, "a\tb", "NULL"),
			pick("NULL", "NaN", "Infinity", "-Infinity", "-0", "0", "2.5", "-1", "1e-300", "1e300", "0.1"),
			pick("NULL", "0", "1", "-5", "2", "9007199254740993", "-9223372036854775808"),
			pick("NULL", "0.1", "1.00", "NaN", "12345678901234567890.5", "-3"), pick("NULL", "true", "false"),
			pick("NULL", "infinity", "-infinity", "1900-02-28", "2020-01-01", "2020-01-02", "0044-03-15 BC"),
			pick("NULL", "infinity", "2020-01-01T00:00:00.000001Z", "1899-12-31T23:59:59Z", "2020-01-01T08:00:00+08"),
			pick("NULL", "{}", "{x,y}", `{NULL,"q\"r"}`, "{é}"), pick("NULL", "{}", "{1,NULL,-2}", "{9007199254740993}"),
			pick("NULL", "{NaN,1.5}", "{}", "{0.1,-0}"), pick("NULL", "null", "3", `{"k": [1, 2], "é": null}`, `"t"`, "[]"),
			pick("NULL", "2019-01-01", "2020-01-01", "2020-01-01", "infinity"), pick("NULL", "2020-06-01", "2021-01-01", "infinity"),
		}
		types := strings.Split("text text float8 int8 numeric bool date timestamptz text[] int8[] float8[] jsonb date date", " ")
		if table == "numbered" {
			types[0] = "int8"
		}
		var places []string
		for j, kind := range types {
			if values[j] == "NULL" {
				values[j] = nil
			}
			places = append(places, fmt.Sprintf("$%d::text::%s", j+1, kind))
		}
		if geometry != "" {
			values = append(values, mixedGeometry(rng, table == "numbered"))
			place := fmt.Sprintf("ST_GeomFromText($%d::text, 4326)", len(values))
			if table == "projected" {
				place = "ST_Transform(" + place + ", 32750)"
			}
			places = append(places, place)
		}
		if _, err := conn.Exec(ctx, "INSERT INTO kawasan."+table+" VALUES ("+strings.Join(places, ", ")+")", values...); err != nil {
			return fmt.Errorf("row %v: %w", values, err)
		}
	}
	return nil
}

// mixedGeometry gives well-known text on coordinates that coincide often, or nil.
func mixedGeometry(rng *rand.Rand, z bool) any {
	at := func(dx, dy float64) func(x, y float64) string {
		return func(x, y float64) string {
			s := fmt.Sprintf("%v %v", dx+x, dy+y)
			if z {
				s += fmt.Sprintf(" %v", x*10)
			}
			return s
		}
	}
	x, y := 114+float64(rng.IntN(12))/2, -3+float64(rng.IntN(12))/2
	switch rng.IntN(5) {
	case 0:
		x, y = x+rng.Float64(), y+rng.Float64()
	case 1:
		x += 0.1 // no finite binary fraction
	}
	p, tag := at(x, y), ""
	if z {
		tag = " Z"
	}
	list := func(points ...string) string { return "(" + strings.Join(points, ", ") + ")" }
	square := func(at func(x, y float64) string, w, s, e, n float64) string {
		return list(at(w, s), at(e, s), at(e, n), at(w, n), at(w, s))
	}
	switch rng.IntN(12) {
	case 0:
		return nil
	case 1, 2:
		return "POINT" + tag + list(p(0, 0))
	case 3:
		return "LINESTRING" + tag + list(p(0, 0), p(1, 0.5), p(0.25, 1))
	case 4:
		return "POLYGON" + tag + list(square(p, 0, 0, 1, 1), square(p, 0.25, 0.25, 0.75, 0.75))
	case 5:
		return "POLYGON" + tag + list(list(p(0, 0), p(1.3, 0.1), p(0.4, 0.9), p(0, 0)))
	case 6:
		return "MULTIPOINT" + tag + list(p(0, 0), p(2, 1))
	case 7:
		return "MULTILINESTRING" + tag + list(list(p(0, 0), p(1, 1)), list(p(0, 1), p(0.5, 2)))
	case 8:
		return "MULTIPOLYGON" + tag + list(list(square(p, 0, 0, 0.5, 0.5)), list(square(p, 1, 1, 2, 1.5)))
	case 9:
		return "GEOMETRYCOLLECTION" + tag + list("POINT"+tag+list(p(0, 0)), "POLYGON"+tag+list(square(p, 1, 0, 2, 1)))
	case 10:
		return "POLYGON" + tag + " EMPTY"
	default:
		// Invalid: a bow tie. Inside is what the even-odd rule says.
		if rng.IntN(2) == 0 {
			return "POLYGON" + tag + list(list(p(0, 0), p(1, 1), p(1, 0), p(0, 1), p(0, 0)))
		}
		far := at(179.5, y) // to the antimeridian
		return "POLYGON" + tag + list(square(far, 0, 0, 0.5, 1))
	}
}
