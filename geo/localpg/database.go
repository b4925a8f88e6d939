package localpg

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"kawasan/geo"
	"kawasan/geo/localpg/internal/cluster"
)

// database is the one that holds everything.
const database = "kawasan"

// await waits until the server takes connections; after a crash it first
// replays its log, which may take a while. It fails when the server ends.
func await(ctx context.Context, p *process, socket string, progress func(string)) error {
	began := time.Now()
	next := 5 * time.Second
	for {
		err := knock(ctx, socket)
		if err == nil {
			return nil
		}
		select {
		case <-p.ended:
			return cluster.Said(geo.Phrasef("start PostgreSQL"), p.said.tail(), p.err)
		case <-ctx.Done():
			return geo.Errorf(geo.Unavailable, "PostgreSQL was not ready before the start was called off").
				Try("start again; recovery goes on where it stopped").Because(errors.Join(context.Cause(ctx), err))
		case <-time.After(30 * time.Millisecond):
		}
		if waited := time.Since(began); waited > next {
			progress("PostgreSQL is still starting (" + waited.Round(time.Second).String() + ")")
			next *= 2
		}
	}
}

func knock(ctx context.Context, socket string) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	conn, err := pgx.Connect(ctx, cluster.URL(socket, "postgres"))
	if err != nil {
		return err
	}
	return conn.Close(ctx)
}

// furnish makes the database and the extension where they are missing, and
// brings the extension to the version of the installed library.
func furnish(ctx context.Context, socket string) error {
	const exists = "42P04"
	err := execute(ctx, cluster.URL(socket, "postgres"), "create database "+database)
	var refused *pgconn.PgError
	if errors.As(err, &refused) && refused.Code == exists {
		err = nil
	}
	if err == nil {
		err = execute(ctx, cluster.URL(socket, database), `
			create extension if not exists postgis;
			do $$ begin
				if (select installed_version <> default_version from pg_available_extensions where name = 'postgis') then
					alter extension postgis update;
				end if;
			end $$`)
	}
	if err != nil {
		return cluster.Said(geo.Phrasef("set up the database"), err.Error(), err)
	}
	return nil
}

func execute(ctx context.Context, dsn, sql string) error {
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return err
	}
	_, err = conn.Exec(ctx, sql)
	return errors.Join(err, conn.Close(context.WithoutCancel(ctx)))
}
