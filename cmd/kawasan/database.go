package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"time"

	"kawasan/geo"
	"kawasan/geo/localpg"
	"kawasan/geo/postgis"
)

// databaseFlags say which database is used.
type databaseFlags struct {
	DatabaseURL string        `help:"PostgreSQL to read from, as postgres://user:password@host/database. Without it a private one is started." env:"KAWASAN_DATABASE_URL" placeholder:"URL"`
	WriterURL   string        `help:"The same database for a user who may change features. Default: --database-url." env:"KAWASAN_WRITER_URL" placeholder:"URL"`
	MigratorURL string        `help:"The same database for the user who owns the schema. Default: --database-url." env:"KAWASAN_MIGRATOR_URL" placeholder:"URL"`
	DataDir     string        `help:"Where the private database lives. Default: ${dataDir}." env:"KAWASAN_DATA_DIR" placeholder:"DIR"`
	PoolSize    int           `help:"Largest number of connections for reading." default:"8" env:"KAWASAN_POOL_SIZE"`
	Timeout     time.Duration `help:"Longest time that one query may take." default:"20s" env:"KAWASAN_TIMEOUT"`
}

// Validate refuses settings with which nothing could be read.
func (f *databaseFlags) Validate() error {
	switch {
	case f.PoolSize < 1:
		return geo.Invalidf("--pool-size", "--pool-size is %d", f.PoolSize).Try("1 or more")
	case f.Timeout <= 0:
		return geo.Invalidf("--timeout", "--timeout is %s", f.Timeout).Try("a time such as 20s")
	}
	return nil
}

// database is one that can be opened, with what must be stopped afterwards.
type database struct {
	options postgis.Options
	private *localpg.Server
}

// start gives the database that the flags name, starting the private one if they name none.
func (f databaseFlags) start(ctx context.Context, log *slog.Logger, progress func(string)) (*database, error) {
	d := &database{options: postgis.Options{
		URL: f.DatabaseURL, WriterURL: f.WriterURL, MigratorURL: f.MigratorURL, PoolSize: f.PoolSize, Timeout: f.Timeout, Log: log,
	}}
	if f.DatabaseURL != "" {
		return d, nil
	}
	server, err := localpg.Start(ctx, localpg.Options{DataDir: f.DataDir, Log: log, Progress: progress})
	if err != nil {
		return nil, err
	}
	d.private = server
	d.options.URL = server.URL()
	return d, nil
}

// attach gives the database to work on: the one named, the private one that a
// server runs at this moment, or else the private one, started for the occasion.
func (f databaseFlags) attach(ctx context.Context, log *slog.Logger) (*database, error) {
	if f.DatabaseURL == "" {
		if address, ok := localpg.Running(ctx, f.DataDir); ok {
			f.DatabaseURL = address
			return f.start(ctx, log, nil)
		}
	}
	quiet := func(string) {}
	d, err := f.start(ctx, log, quiet)
	if err != nil {
		return nil, err
	}
	if f.DatabaseURL == "" {
		if err := d.prepare(ctx, quiet); err != nil {
			d.stop(log)
			return nil, err
		}
	}
	return d, nil
}

// openStore opens the store of the database that attach finds; closeAll frees both. Brief is for a
// question that needs neither number nor extent of features, which take a pass over each table.
func (f databaseFlags) openStore(ctx context.Context, log *slog.Logger, brief bool) (store *postgis.Store, closeAll func(), err error) {
	d, err := f.attach(ctx, log)
	if err != nil {
		return nil, nil, err
	}
	d.options.Brief = brief
	return d.openStore(ctx, log)
}

// openMigrated is openStore for commands that need the structure of this program.
func (f databaseFlags) openMigrated(ctx context.Context, log *slog.Logger, brief bool) (store *postgis.Store, closeAll func(), err error) {
	d, err := f.attach(ctx, log)
	if err != nil {
		return nil, nil, err
	}
	if err := postgis.Migrated(ctx, d.options); err != nil {
		d.stop(log)
		return nil, nil, err
	}
	d.options.Brief = brief
	return d.openStore(ctx, log)
}

func (d *database) openStore(ctx context.Context, log *slog.Logger) (store *postgis.Store, closeAll func(), err error) {
	store, err = postgis.Open(ctx, d.options)
	if err != nil {
		d.stop(log)
		return nil, nil, err
	}
	return store, func() { store.Close(); d.stop(log) }, nil
}

// prepare migrates and makes sure that the shipped data are there.
func (d *database) prepare(ctx context.Context, progress func(string)) error {
	if err := postgis.Migrate(ctx, d.options, progress); err != nil {
		return err
	}
	_, err := postgis.Load(ctx, d.options, false, progress)
	return err
}

// stop ends the private database, if there is one.
func (d *database) stop(log *slog.Logger) {
	if d.private == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	if err := d.private.Close(ctx); err != nil {
		log.Error("the private database did not stop cleanly", "error", err)
	}
}

// progressTo gives a function that shows each step of a long work on a line of its own.
func progressTo(w io.Writer) func(string) {
	began := time.Now()
	return func(step string) {
		_, _ = fmt.Fprintf(w, "[%5.1fs] %s\n", time.Since(began).Seconds(), step)
	}
}

// defaultDataDir is shown in the help.
func defaultDataDir() string {
	directory, err := localpg.DefaultDataDir()
	if err != nil {
		return "none: this user has no home directory"
	}
	return directory
}
