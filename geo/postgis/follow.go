package postgis

import (
	"context"
	"hash/fnv"
	"maps"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"kawasan/geo"
)

const (
	// pollEvery is how often the log is read even if nothing was announced.
	pollEvery = time.Second
	// A large table is measured again at most this often, a small one at each change.
	measureEvery = 5 * time.Second
	smallTable   = 20_000
	// Tables without triggers are measured this often, since nothing tells of changes.
	untrackedEvery = time.Minute
)

var snapshotTx = pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}

// Change tells that features of a collection were changed by committed
// transactions.
type Change struct {
	Collection string
	// IDs of the features; nil if any may have changed, or the structure.
	IDs []string
	// Version that the collection has with the change.
	Version geo.Version
}

// Catalogue gives what is published, as of the last reading of the change log.
func (s *Store) Catalogue(context.Context) (*geo.Catalogue, error) {
	return s.current().public, nil
}

func (s *Store) current() *catalogue {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.catalogue
}

// refresh reads the structure if it has changed, then the change log.
func (s *Store) refresh(ctx context.Context) error {
	_, err := s.advance(ctx)
	return err
}

// advance brings catalogue and versions up to date and gives the changes since the last time.
func (s *Store) advance(ctx context.Context) ([]Change, error) {
	ctx, cancel := context.WithTimeout(ctx, s.options.Timeout)
	defer cancel()
	tx, err := s.readers.BeginTx(ctx, snapshotTx)
	if err != nil {
		return nil, queryFault(ctx, err)
	}
	defer func() { _ = tx.Rollback(context.WithoutCancel(ctx)) }()
	s.mu.RLock()
	before, progress := s.catalogue, s.progress
	s.mu.RUnlock()
	next := before
	var restructured bool
	if before == nil {
		restructured = true
	} else {
		var fingerprint string
		if err := tx.QueryRow(ctx, fingerprintSQL).Scan(&fingerprint); err != nil {
			return nil, queryFault(ctx, err)
		}
		restructured = fingerprint != before.fingerprint
	}
	if restructured {
		if next, err = discover(ctx, tx); err != nil {
			return nil, queryFault(ctx, err)
		}
	}
	progress, found, err := progress.advance(ctx, tx)
	if err != nil {
		return nil, queryFault(ctx, err)
	}
	next, err = s.measured(ctx, tx, next, before, progress)
	if err != nil {
		return nil, queryFault(ctx, err)
	}
	s.mu.Lock()
	s.catalogue, s.progress = next, progress
	s.mu.Unlock()
	if restructured && before != nil {
		s.reportUnpublished(before, next)
	}
	return changesOf(found, progress, before, next, restructured), nil
}

// measured gives the catalogue with versions, counts and extents. Tables that have not changed keep what they had.
func (s *Store) measured(ctx context.Context, tx pgx.Tx, found, before *catalogue, p progress) (*catalogue, error) {
	now := time.Now()
	next := &catalogue{
		fingerprint: found.fingerprint, tables: map[string]*table{},
		public: &geo.Catalogue{Unpublished: slices.Clone(found.public.Unpublished)},
	}
	if before == found {
		next.public.Unpublished = slices.Clone(before.public.Unpublished)
	}
	for _, name := range slices.Sorted(maps.Keys(found.tables)) {
		t := found.tables[name]
		version := geo.Version(0)
		if t.tracked {
			version = p.version(name)
		}
		var old *table
		if before != nil && before == found {
			old = before.tables[name]
		}
		if old != nil && !old.stale(version, now) {
			next.tables[name] = old
			next.public.Collections = append(next.public.Collections, old.collection)
			continue
		}
		m := t
		if old == nil || old.measureDue(now) {
			var reason string
			var err error
			if m, reason, err = t.measure(ctx, tx); err != nil {
				return nil, err
			}
			if reason != "" {
				next.public.Unpublished = append(next.public.Unpublished, geo.Unpublished{Table: name, Reason: reason})
				continue
			}
			m.measuredAt, m.measuredVersion = now, version
		}
		copied := *m
		collection := *m.collection
		collection.Version, collection.Modified = version, p.modified[name]
		if !t.tracked {
			collection.Note = "changes to it are not announced, so it is read from the database each time"
		}
		copied.collection = &collection
		next.tables[name] = &copied
		next.public.Collections = append(next.public.Collections, &collection)
	}
	// The structure alone: extents and counts change with the data.
	h := fnv.New64a()
	_, _ = h.Write([]byte(found.fingerprint))
	for _, name := range slices.Sorted(maps.Keys(next.tables)) {
		_, _ = h.Write([]byte(name))
	}
	next.public.Version = geo.Version(h.Sum64())
	return next, nil
}

// stale reports whether what is known of the table no longer holds.
func (t *table) stale(version geo.Version, now time.Time) bool {
	return t.collection.Version != version || t.measuredVersion != version && t.measureDue(now) || !t.tracked && t.measureDue(now)
}

// measureDue reports whether counting again is worth its cost.
func (t *table) measureDue(now time.Time) bool {
	age := now.Sub(t.measuredAt)
	switch {
	case !t.tracked:
		return age >= untrackedEvery
	case t.collection.Count < smallTable:
		return true
	}
	return age >= measureEvery
}

func (s *Store) reportUnpublished(before, next *catalogue) {
	known := map[geo.Unpublished]bool{}
	for _, u := range before.public.Unpublished {
		known[u] = true
	}
	for _, u := range next.public.Unpublished {
		if !known[u] {
			s.options.Log.Warn("table is not published", "table", u.Table, "reason", u.Reason)
		}
	}
}

// changesOf sums the entries up into one change for each collection. When the
// structure has changed, every collection whose columns or descriptions differ counts as changed whole.
func changesOf(found []change, p progress, before, next *catalogue, restructured bool) []Change {
	byCollection := map[string]*Change{}
	touch := func(name string) *Change {
		c := byCollection[name]
		if c == nil {
			c = &Change{Collection: name, IDs: []string{}, Version: p.version(name)}
			byCollection[name] = c
		}
		return c
	}
	for _, f := range found {
		c := touch(f.collection)
		if f.ids == nil {
			c.IDs = nil
		} else if c.IDs != nil {
			c.IDs = append(c.IDs, f.ids...)
		}
	}
	if restructured && before != nil {
		for name, t := range next.tables {
			if old := before.tables[name]; old == nil || old.structure != t.structure {
				touch(name).IDs = nil
			}
		}
		for name := range before.tables {
			if next.tables[name] == nil {
				touch(name).IDs = nil
			}
		}
	}
	changes := make([]Change, 0, len(byCollection))
	for _, name := range slices.Sorted(maps.Keys(byCollection)) {
		c := byCollection[name]
		slices.Sort(c.IDs)
		if c.IDs != nil {
			c.IDs = slices.Compact(c.IDs)
		}
		changes = append(changes, *c)
	}
	return changes
}

// Follow reads the change log until ctx ends: at each announcement and every
// second. It calls handle after each reading, with the changes found (perhaps
// none) or the error; on errors it tries again with growing pauses.
func (s *Store) Follow(ctx context.Context, handle func(changes []Change, asked time.Time, err error)) {
	s.done.Go(func() { s.listen(ctx, s.announced) })
	pause := pollEvery
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.announced:
		case <-time.After(pause):
		}
		asked := time.Now()
		changes, err := s.advance(ctx)
		if ctx.Err() != nil {
			return
		}
		if err != nil {
			pause = min(2*pause, 10*time.Second)
		} else {
			pause = pollEvery
			s.trackUntracked(ctx)
		}
		handle(changes, asked, err)
	}
}

// Look has Follow read the log now, without waiting for an announcement or its time.
func (s *Store) Look() {
	select {
	case s.announced <- struct{}{}:
	default: // it is about to
	}
}

// listen waits for announcements on a connection of its own. Behind a pooler
// that does not pass them on, the poll does the work alone.
func (s *Store) listen(ctx context.Context, announced chan<- struct{}) {
	for ctx.Err() == nil {
		err := func() error {
			conn, err := connect(ctx, s.options.URL)
			if err != nil {
				return err
			}
			defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
			if _, err := conn.Exec(ctx, "LISTEN kawasan_change"); err != nil {
				return err
			}
			for {
				if _, err := conn.WaitForNotification(ctx); err != nil {
					return err
				}
				select {
				case announced <- struct{}{}:
				default:
				}
			}
		}()
		if ctx.Err() != nil {
			return
		}
		s.options.Log.Debug("announcements of changes are interrupted; polling goes on", "error", err)
		select {
		case <-ctx.Done():
		case <-time.After(5 * time.Second):
		}
	}
}

// trackUntracked puts our triggers on plain tables that lack them, where the
// user for structure may; such a table is tried once.
func (s *Store) trackUntracked(ctx context.Context) {
	c := s.current()
	for name, t := range c.tables {
		if t.tracked || !t.plain {
			continue
		}
		s.mu.Lock()
		tried := s.tried[name] == c.fingerprint
		if s.tried == nil {
			s.tried = map[string]string{}
		}
		s.tried[name] = c.fingerprint
		s.mu.Unlock()
		if tried {
			continue
		}
		if err := s.track(ctx, t); err != nil {
			s.options.Log.Warn("changes to a table can't be followed, so it is served from the database and not from memory",
				"table", name, "fix", "SELECT kawasan._track as the owner of the table", "error", err)
		}
	}
}

func (s *Store) track(ctx context.Context, t *table) error {
	conn, err := connect(ctx, s.options.MigratorURL)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	_, err = conn.Exec(ctx, `SELECT kawasan._track($1::text::regclass, $2, $3)`, t.relation, t.key, t.geometry.name)
	return err
}
