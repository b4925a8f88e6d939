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

// tryTrack tracks a table. What was refused is not tried again while the structure stays; what was
// only locked, after a while.
func (s *Store) tryTrack(name string, t *table) {
	last, tried := s.tried[name]
	if tried && last.structure == t.structure && (last.again.IsZero() || time.Now().Before(last.again)) {
		return
	}
	if s.tried == nil {
		s.tried = map[string]attempt{}
	}
	delete(s.tried, name)
	err := s.track(s.working, t)
	if err == nil || s.working.Err() != nil {
		return
	}
	this := attempt{structure: t.structure}
	var refused *pgconn.PgError
	if !errors.As(err, &refused) || refused.Code == "55P03" || refused.Code == "57014" || lostCode(refused.Code) {
		this.again = time.Now().Add(trackAgain)
	}
	if s.tried == nil {
		s.tried = map[string]attempt{}
	}
	s.tried[name] = this
	s.options.Log.Warn("changes to a table can't be followed, so it is served from the database and not from memory",
		"table", name, "fix", "SELECT kawasan._track as the owner of the table", "again", !this.again.IsZero(), "error", err)
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
	// Unless another server was first.
	_, err = conn.Exec(ctx, `SELECT kawasan._track(r, $2, $3) FROM (SELECT $1::text::regclass) t(r) WHERE NOT EXISTS (
		SELECT FROM kawasan._tracked k WHERE k.relation = r AND k.key = $2 AND k.geometry = $3 AND k.stamp = kawasan._stamp(r))`, t.relation, t.key, t.geometry.name)
	return err
}
