// Package plain does in the database what a user would who has no Kawasan, so that the
// benchmark can compare the two: it serves nobody.
package plain

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"kawasan/geo/postgis"
)

// Database is asked in SQL for what PostGIS itself computes, and changed as by an editor.
type Database struct{ pool *pgxpool.Pool }

// Open connects with up to connections connections. PROJ has started in each, as in Kawasan's own.
func Open(ctx context.Context, url string, connections int) (*Database, error) {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, err
	}
	config.MaxConns = int32(connections) // a few
	config.AfterConnect = func(ctx context.Context, conn *pgx.Conn) error {
		_, err := conn.Exec(ctx, "SET statement_timeout = '21s'; SET plan_cache_mode = force_custom_plan; SELECT ST_Transform(ST_SetSRID(ST_MakePoint(116, 0), 4326), 32750)")
		return err
	}
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, err
	}
	return &Database{pool}, nil
}

// relation is a table of Kawasan's schema, as SQL names it.
func relation(table string) string { return pgx.Identifier{postgis.Schema, table}.Sanitize() }

// Within counts the features of a table at most metres from a feature of
// another, and sums a column of theirs: by spheroid distance on geography.
func (d *Database) Within(ctx context.Context, table, sum, from, id string, metres float64) (count int64, total float64, err error) {
	err = d.pool.QueryRow(ctx, "SELECT count(*), coalesce(sum(t."+pgx.Identifier{sum}.Sanitize()+"), 0)::float8 FROM "+relation(table)+" t, "+relation(from)+
		" f WHERE f.id = $1 AND ST_DWithin(t.geom::geography, f.geom::geography, $2::float8) AND t.geom && ST_Expand(ST_Envelope(f.geom), $2::float8 / 110000.0)", id, metres).Scan(&count, &total)
	return count, total, err
}

// Touch changes a row of a table without changing what it says, as an editor
// that saves would: the change is logged, and read again.
func (d *Database) Touch(ctx context.Context, table, id string) error {
	_, err := d.pool.Exec(ctx, "UPDATE "+relation(table)+" SET name = name WHERE id = $1", id)
	return err
}

// PublishNearest makes a function of a table that gives the ten features nearest to a
// place in degrees, by the index, as a user of pg_featureserv would write it; that serves
// it at /functions/nearest_TABLE. Its order is that of straight lines in longitude and latitude.
func (d *Database) PublishNearest(ctx context.Context, table string) error {
	of := relation(table)
	var columns string
	if err := d.pool.QueryRow(ctx, `SELECT string_agg(format('%I %s', attname, format_type(atttypid, atttypmod)), ', ' ORDER BY attnum)
		FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped`, of).Scan(&columns); err != nil {
		return err
	}
	name := pgx.Identifier{"postgisftw", "nearest_" + table}.Sanitize()
	_, err := d.pool.Exec(ctx, "CREATE SCHEMA IF NOT EXISTS postgisftw; DROP FUNCTION IF EXISTS "+name+"; CREATE FUNCTION "+name+
		"(lon double precision DEFAULT 0, lat double precision DEFAULT 0) RETURNS TABLE("+columns+
		") AS $$ SELECT * FROM "+of+" t ORDER BY t.geom <-> ST_SetSRID(ST_MakePoint(lon, lat), 4326) LIMIT 10 $$ LANGUAGE sql STABLE PARALLEL SAFE", pgx.QueryExecModeSimpleProtocol)
	return err
}

// Close ends the connections.
func (d *Database) Close() { d.pool.Close() }
