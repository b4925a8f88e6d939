package postgis

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/tern/v2/migrate"

	"kawasan/geo"
	"kawasan/migrations"
)

const versionTable = Schema + "._schema_version"

// Migrate brings the database at the migrator's URL to the structure this
// program needs. It runs under a lock, so several may start at once; each step
// is one transaction. A database that is newer than the program is refused.
// Report, if not nil, hears of each step.
func Migrate(ctx context.Context, options Options, report func(step string)) error {
	options = options.withDefaults()
	conn, err := connect(ctx, options.MigratorURL)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	if err := prepareDatabase(ctx, conn); err != nil {
		return err
	}
	m, err := migrate.NewMigrator(ctx, conn, versionTable)
	if err != nil {
		if fault := ownerFault(err); fault != nil {
			return fault
		}
		return fmt.Errorf("prepare migrations: %w", err)
	}
	if err := m.LoadMigrations(migrations.Files); err != nil {
		return fmt.Errorf("load migrations: %w", err)
	}
	current, err := m.GetCurrentVersion(ctx)
	if err != nil {
		return fmt.Errorf("read the database's version: %w", err)
	}
	if int(current) > len(m.Migrations) {
		return newerDatabase(int(current), len(m.Migrations))
	}
	m.OnStart = func(sequence int32, name, _, _ string) {
		if report != nil {
			report(fmt.Sprintf("migration %d: %s", sequence, name))
		}
	}
	if err := m.Migrate(ctx); err != nil {
		if fault := ownerFault(err); fault != nil {
			return fault
		}
		var at migrate.MigrationPgError
		if errors.As(err, &at) {
			return geo.Errorf(geo.Internal, "migration %s does not run on this database", at.MigrationName).Because(err)
		}
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}

func newerDatabase(have, need int) error {
	return geo.Errorf(geo.Conflict, "the database has structure %d, this program knows %d at most", have, need).
		Try("a newer kawasan, or a database of its own for this one")
}

// prepareDatabase makes sure of PostGIS and the schema, creating what is missing
// where the user may.
func prepareDatabase(ctx context.Context, conn *pgx.Conn) error {
	if _, err := conn.Exec(ctx, `DO $$ BEGIN
		IF NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'postgis') THEN CREATE EXTENSION postgis; END IF;
	END $$`); err != nil {
		return geo.Errorf(geo.Unavailable, "the database has no PostGIS extension and its user can't create it").Because(err).
			Try("%s, run in that database by a superuser (Debian package postgresql-15-postgis-3)", "CREATE EXTENSION postgis")
	}
	if _, err := conn.Exec(ctx, `DO $$ BEGIN
		IF NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = 'kawasan') THEN CREATE SCHEMA kawasan; END IF;
	END $$`); err != nil {
		return geo.Errorf(geo.Unavailable, "the schema kawasan does not exist and the database user can't create it").Because(err).
			Try("%s, run by the owner of the database", "CREATE SCHEMA kawasan AUTHORIZATION the_user")
	}
	return usePostGIS(ctx, conn)
}

// Migrated reports whether the database at the reader's URL has the structure
// that this program needs; the error says what to do if not.
func Migrated(ctx context.Context, options Options) error {
	options = options.withDefaults()
	conn, err := connect(ctx, options.URL)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	files, err := fs.Glob(migrations.Files, "*.sql")
	if err != nil {
		return err
	}
	var have int
	err = conn.QueryRow(ctx, `SELECT version FROM `+versionTable).Scan(&have)
	switch {
	case mayNot(err):
		return connectFault(err)
	case err != nil, have < len(files):
		return geo.Errorf(geo.Conflict, "the database has not been migrated for this program").Because(err).
			Try("kawasan migrate, with the URL of a user who owns the schema kawasan")
	case have > len(files):
		return newerDatabase(have, len(files))
	}
	return nil
}

// connect opens one connection that is not of the pool.
func connect(ctx context.Context, url string, changes ...func(*pgx.ConnConfig)) (*pgx.Conn, error) {
	config, err := pgx.ParseConfig(url)
	if err != nil {
		return nil, geo.Errorf(geo.Invalid, "the database URL can't be read").Because(err).
			Try("a URL such as postgres://user:password@host:5432/database")
	}
	prepareConfig(config)
	// A few statements each: none is worth being prepared, which old poolers can't pass on.
	if config.DefaultQueryExecMode == pgx.QueryExecModeCacheStatement {
		config.DefaultQueryExecMode = pgx.QueryExecModeCacheDescribe
	}
	for _, change := range changes {
		change(config)
	}
	conn, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		return nil, connectFault(err)
	}
	return conn, nil
}
