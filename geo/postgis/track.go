package postgis

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

// trackAgain is when a table is tried again that another transaction held locked.
const trackAgain = 10 * time.Second

// attempt is the last time that we tried to put our triggers on a table.
type attempt struct {
	structure string
	again     time.Time // zero: not while the structure is the same
}

// trackUntracked puts our triggers on plain tables that lack them, where the
// user for structure may. It goes on behind the reading of the change log, which a
// locked table must not hold up.
func (s *Store) trackUntracked() {
	if !s.tracking.CompareAndSwap(false, true) {
		return
	}
	s.done.Go(func() {
		defer s.tracking.Store(false)
		for name, t := range s.current().tables {
			if !t.tracked && t.plain && s.working.Err() == nil {
				s.tryTrack(name, t)
			}
		}
	})
}

// tryTrack tracks a table once for each structure that it has, and again where it was only locked.
func (s *Store) tryTrack(name string, t *table) {
	last, tried := s.tried[name]
	if tried && last.structure == t.structure && (last.again.IsZero() || time.Now().Before(last.again)) {
		return
	}
	if s.tried == nil {
		s.tried = map[string]attempt{}
	}
	this := attempt{structure: t.structure}
	if err := s.track(s.working, t); err != nil {
		var refused *pgconn.PgError
		if lost(err) || errors.As(err, &refused) && (refused.Code == "55P03" || refused.Code == "57014" || lostCode(refused.Code)) {
			this.again = time.Now().Add(trackAgain)
		}
		s.options.Log.Warn("changes to a table can't be followed, so it is served from the database and not from memory",
			"table", name, "fix", "SELECT kawasan._track as the owner of the table", "again", !this.again.IsZero(), "error", err)
	}
	s.tried[name] = this
}

// track puts our triggers on a table. It waits only a moment for a lock, since who wants to write
// waits behind it.
func (s *Store) track(ctx context.Context, t *table) error {
	ctx, cancel := context.WithTimeout(ctx, s.options.Timeout)
	defer cancel()
	conn, err := connect(ctx, s.options.MigratorURL)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	if _, err := conn.Exec(ctx, `SET lock_timeout = '200ms'`); err != nil {
		return err
	}
	_, err = conn.Exec(ctx, `SELECT kawasan._track($1::text::regclass, $2, $3)`, t.relation, t.key, t.geometry.name)
	return err
}
