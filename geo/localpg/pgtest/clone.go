package pgtest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// serial numbers this process's clones.
var serial atomic.Int64

// clone makes a database from the template and drops it at cleanup.
func (s *server) clone(t testing.TB, template string) string {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	name := fmt.Sprintf("%s_%d", s.run, serial.Add(1))
	if err := s.create(ctx, name, template); err != nil {
		t.Fatalf("clone %s: %v", template, err)
	}
	t.Cleanup(func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		if _, err := s.conn.Exec(ctx, "drop database if exists "+quoted(name)+" with (force)"); err != nil {
			t.Errorf("drop %s: %v", name, err)
		}
	})
	return s.database(name)
}

// template returns the database of that name for this run, made on first use.
// A nil prepare makes the plain one with PostGIS.
func (s *server) template(t testing.TB, name string, prepare func(dsn string) error) string {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	defer cancel()
	plain, err := s.once(ctx, "postgis", "template0", func(dsn string) error {
		return execute(ctx, dsn, "create extension if not exists postgis")
	})
	if err == nil && prepare != nil {
		plain, err = s.once(ctx, "named "+name, plain, prepare)
	}
	if err != nil {
		t.Fatalf("template %s: %v", name, err)
	}
	return plain
}

// once makes a template under a lock that all test processes share. A database
// is marked as a template only when it is complete.
func (s *server) once(ctx context.Context, name, from string, prepare func(dsn string) error) (_ string, err error) {
	sum := sha256.Sum256([]byte(name))
	database := runName() + "_" + hex.EncodeToString(sum[:8])
	if _, err := s.conn.Exec(ctx, "select pg_advisory_lock(hashtextextended($1, 0))", database); err != nil {
		return "", err
	}
	defer func() {
		_, unlock := s.conn.Exec(context.WithoutCancel(ctx), "select pg_advisory_unlock(hashtextextended($1, 0))", database)
		err = errors.Join(err, unlock)
	}()
	var complete bool
	err = s.conn.QueryRow(ctx, "select datistemplate from pg_database where datname = $1", database).Scan(&complete)
	switch {
	case err == nil && complete:
		return database, nil
	case err != nil && !errors.Is(err, pgx.ErrNoRows):
		return "", err
	}
	if _, err := s.conn.Exec(ctx, "drop database if exists "+quoted(database)+" with (force)"); err != nil {
		return "", err
	}
	if err := s.create(ctx, database, from); err != nil {
		return "", err
	}
	if err := prepare(s.database(database)); err != nil {
		return "", err
	}
	_, err = s.conn.Exec(ctx, "alter database "+quoted(database)+" with is_template true")
	return database, err
}

// create makes a database from a template, waiting a little for connections to
// the template that are just closing.
func (s *server) create(ctx context.Context, name, template string) error {
	for {
		_, err := s.conn.Exec(ctx, "create database "+quoted(name)+" template "+quoted(template)+
			localeOf(template))
		var refused *pgconn.PgError
		const objectInUse = "55006"
		if !errors.As(err, &refused) || refused.Code != objectInUse {
			return err
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("a connection to the template stays open: %w", err)
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// localeOf fixes encoding and order where they are ours to choose, so that a
// server of other habits gives the same answers.
func localeOf(template string) string {
	if template == "template0" {
		return " encoding 'UTF8' lc_collate 'C'"
	}
	return ""
}

// dropStale removes what processes left behind that are no more, one process
// after the other: to alter a database that is half dropped, by another process
// or by one that was ended meanwhile, costs the connection.
func (s *server) dropStale(ctx context.Context) (err error) {
	const turn = gate + 1
	if _, err := s.conn.Exec(ctx, "select pg_advisory_lock($1)", turn); err != nil {
		return err
	}
	defer func() {
		_, unlock := s.conn.Exec(context.WithoutCancel(ctx), "select pg_advisory_unlock($1)", turn)
		err = errors.Join(err, unlock)
	}()
	rows, err := s.conn.Query(ctx, "select datname, datistemplate from pg_database where datname ~ '^(test|template)_[0-9]+_[0-9]+(_|$)'")
	if err != nil {
		return err
	}
	type left struct {
		Name     string
		Template bool
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[left])
	if err != nil {
		return err
	}
	for _, l := range all {
		name := l.Name
		parts := strings.Split(name, "_")
		if len(parts) < 3 || alive(parts[1], parts[2]) {
			continue
		}
		if l.Template {
			if _, err := s.conn.Exec(ctx, "alter database "+quoted(name)+" with is_template false"); err != nil && !missing(err) {
				return err
			}
		}
		if _, err := s.conn.Exec(ctx, "drop database if exists "+quoted(name)+" with (force)"); err != nil && !missing(err) {
			return err
		}
	}
	return nil
}

// missing reports that another process was first to drop the database.
func missing(err error) bool {
	var refused *pgconn.PgError
	return errors.As(err, &refused) && (refused.Code == "3D000" || refused.Code == "XX000")
}

func execute(ctx context.Context, dsn, sql string) error {
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return err
	}
	_, err = conn.Exec(ctx, sql)
	return errors.Join(err, conn.Close(ctx))
}

func quoted(name string) string { return pgx.Identifier{name}.Sanitize() }
