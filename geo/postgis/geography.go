package postgis

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Geography answers with what PostGIS itself computes on geography: spheroid
// distance in SQL. Kawasan's own answers are compared with it, in time and in
// number; none is made by it.
type Geography struct{ pool *pgxpool.Pool }

// OpenGeography connects with up to connections connections.
func OpenGeography(ctx context.Context, o Options, connections int) (*Geography, error) {
	config, err := pgxpool.ParseConfig(o.URL)
	if err != nil {
		return nil, err
	}
	config.MaxConns = int32(connections) // a few
	config.AfterConnect = func(ctx context.Context, conn *pgx.Conn) error { return warm(ctx, conn, o.withDefaults().Timeout) }
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, connectFault(err)
	}
	return &Geography{pool}, nil
}

// Within counts the features of a table at most metres from a feature of
// another, and sums a column of theirs.
func (g *Geography) Within(ctx context.Context, table, sum, from, id string, metres float64) (count int64, total float64, err error) {
	err = g.pool.QueryRow(ctx, "SELECT count(*), coalesce(sum(t."+quote(sum)+"), 0)::float8 FROM "+quote(Schema)+"."+quote(table)+" t, "+quote(Schema)+"."+quote(from)+
		" f WHERE f.id = $1 AND ST_DWithin(t.geom::geography, f.geom::geography, $2::float8) AND t.geom && ST_Expand(ST_Envelope(f.geom), $2::float8 / 110000.0)", id, metres).Scan(&count, &total)
	return count, total, err
}

// Touch changes a row of a table without changing what it says, as an editor
// that saves would: the change is logged, and read again.
func (g *Geography) Touch(ctx context.Context, table, id string) error {
	_, err := g.pool.Exec(ctx, "UPDATE "+quote(Schema)+"."+quote(table)+" SET name = name WHERE id = $1", id)
	return err
}

// PublishNearest makes a function of a table that gives the ten features nearest to a
// place in degrees, by the index, as a user of pg_featureserv would write it; that serves
// it at /functions/nearest_TABLE. Its order is that of straight lines in longitude and latitude.
func (g *Geography) PublishNearest(ctx context.Context, table string) error {
	of := quote(Schema) + "." + quote(table)
	var columns string
	if err := g.pool.QueryRow(ctx, `SELECT string_agg(format('%I %s', attname, format_type(atttypid, atttypmod)), ', ' ORDER BY attnum)
		FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped`, of).Scan(&columns); err != nil {
		return err
	}
	name := "postgisftw." + quote("nearest_"+table)
	_, err := g.pool.Exec(ctx, "CREATE SCHEMA IF NOT EXISTS postgisftw; DROP FUNCTION IF EXISTS "+name+"; CREATE FUNCTION "+name+
		"(lon double precision DEFAULT 0, lat double precision DEFAULT 0) RETURNS TABLE("+columns+
		") AS $$ SELECT * FROM "+of+" t ORDER BY t.geom <-> ST_SetSRID(ST_MakePoint(lon, lat), 4326) LIMIT 10 $$ LANGUAGE sql STABLE PARALLEL SAFE", pgx.QueryExecModeSimpleProtocol)
	return err
}

// Close ends the connections.
func (g *Geography) Close() { g.pool.Close() }
