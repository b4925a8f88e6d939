package postgis

import (
	"context"
	"errors"
	"hash/fnv"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgconn/ctxwatch"

	"kawasan/geo"
)

const (
	// pollEvery is how often the log is read even if nothing was announced.
	pollEvery = time.Second
)

var snapshotTx = pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}

// Change tells that features of a collection were changed by committed
// transactions.
type Change struct {
	Collection string
	// IDs of the features; nil if any may have changed, or the structure.
	IDs []string
	// Version that the collection has with the change, and Since the one it had before.
	Version, Since geo.Version
	// Anew says that the database is another, or was put back: versions known before
	// tell nothing any more.
	Anew bool
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

// advance brings catalogue and versions up to date and gives the changes since the last time.
func (s *Store) advance(ctx context.Context) ([]Change, error) {
	ctx, cancel := context.WithTimeout(ctx, s.options.Timeout)
	defer cancel()
	before, since := s.state()
	found, next, entries, err := s.readLog(ctx, before, since)
	if err != nil {
		s.suspect(err)
		return nil, queryFault(ctx, err)
	}
	s.lookAt(ctx, found, before, next)
	published := s.publish(found, before, next)
	s.mu.Lock()
	s.catalogue, s.progress = published, next
	s.mu.Unlock()
	s.reportUnpublished(before, published)
	return changesOf(entries, next, before, published), nil
}

// state gives what is published and how far the log has been read.
func (s *Store) state() (*catalogue, progress) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.catalogue, s.progress
}

// readLog reads the structure if it has changed, then the change log, in one transaction.
func (s *Store) readLog(ctx context.Context, before *catalogue, since progress) (*catalogue, progress, []change, error) {
	tx, end, err := s.begin(ctx)
	if err != nil {
		return nil, since, nil, err
	}
	defer end()
	found := before
	if before != nil {
		var fingerprint string
		if err := tx.QueryRow(ctx, fingerprintSQL).Scan(&fingerprint); err != nil {
			return nil, since, nil, err
		}
		if fingerprint != before.fingerprint {
			found = nil
		}
	}
	if found == nil {
		if found, err = discover(ctx, tx); err != nil {
			return nil, since, nil, err
		}
	}
	next, entries, err := since.advance(ctx, tx)
	return found, next, entries, err
}

// publish puts the catalogue together: what was found in the structure, with
// versions and what is known of the rows. Collections that have not changed stay as they were.
func (s *Store) publish(found, before *catalogue, p progress) *catalogue {
	next := &catalogue{
		fingerprint: found.fingerprint, found: found.found, refused: found.refused, tables: map[string]*table{},
		public: &geo.Catalogue{Unpublished: slices.Clone(found.refused)},
	}
	for _, name := range slices.Sorted(maps.Keys(found.found)) {
		t, unpublished := s.measurements.of(found.found[name])
		if t == nil {
			next.public.Unpublished = append(next.public.Unpublished, unpublished)
			continue
		}
		version := geo.Version(0)
		if t.tracked {
			version = p.version(name)
		}
		if before != nil && before.fingerprint == found.fingerprint {
			if old := before.tables[name]; old != nil && old.measuredFrom == t && old.collection.Version == version {
				t = old
			}
		}
		if t.measuredFrom == nil { // it is not published as it stands
			copied, collection := *t, *t.collection
			copied.measuredFrom, copied.collection = t, &collection
			collection.Version = version
			if t.tracked {
				collection.Modified = p.modified[name]
			} else {
				collection.Note = geo.Words("changes to it are not announced, so it is read from the database each time")
			}
			t = &copied
		}
		next.tables[name] = t
		next.public.Collections = append(next.public.Collections, t.collection)
	}
	// The structure and where it is from alone: extents and counts change with the data.
	h := fnv.New64a()
	_, _ = h.Write([]byte(found.fingerprint + p.source))
	for _, name := range slices.Sorted(maps.Keys(next.tables)) {
		_, _ = h.Write([]byte(name))
	}
	next.public.Version = geo.Version(h.Sum64())
	return next
}

// reportUnpublished tells of tables that can't be published any more, and of those made since.
func (s *Store) reportUnpublished(before, next *catalogue) {
	if before == nil {
		return // the catalogue tells
	}
	for _, u := range next.public.Unpublished {
		if !slices.ContainsFunc(before.public.Unpublished, u.Equal) {
			s.options.Log.Warn("table is not published", "table", u.Table, "reason", u.Reason.String())
		}
	}
	s.reportLeftOut(before, next)
}

// reportLeftOut tells of columns that are not published.
func (s *Store) reportLeftOut(before, next *catalogue) {
	for _, name := range slices.Sorted(maps.Keys(next.tables)) {
		t, old := next.tables[name], before.tables[name]
		if len(t.leftOut) > 0 && (old == nil || !slices.Equal(old.leftOut, t.leftOut)) {
			s.options.Log.Info("columns of types that are not published are left out", "collection", name, "columns", strings.Join(t.leftOut, ", "))
		}
	}
}

// changesOf sums the entries up into one change for each collection. Every
// collection whose columns or descriptions differ counts as changed whole, and so
// do those that came or went.
func changesOf(found []change, p progress, before, next *catalogue) []Change {
	byCollection := map[string]*Change{}
	touch := func(name string) *Change {
		c := byCollection[name]
		if c == nil {
			c = &Change{Collection: name, IDs: []string{}, Version: p.version(name), Since: p.version(name)}
			byCollection[name] = c
		}
		return c
	}
	for _, f := range found {
		c := touch(f.collection)
		c.Since-- // each entry is a version
		if f.ids == nil {
			c.IDs = nil
		} else if c.IDs != nil {
			c.IDs = append(c.IDs, f.ids...)
		}
	}
	if before != nil {
		for name, t := range next.tables {
			if old := before.tables[name]; old == nil || old.structure != t.structure || p.anew {
				c := touch(name)
				c.IDs, c.Anew = nil, p.anew
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
	s.reportLeftOut(&catalogue{}, s.current())
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
			s.trackUntracked()
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
		err := s.hear(ctx, announced)
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

// quietFor is how long no announcement may come until the connection is tried.
const quietFor = 30 * time.Second

// hear passes announcements on until its connection fails.
func (s *Store) hear(ctx context.Context, announced chan<- struct{}) error {
	conn, err := connect(ctx, s.options.URL, waitWithoutCancelling)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	within := func(d time.Duration, do func(context.Context) error) error {
		ctx, cancel := context.WithTimeout(ctx, d)
		defer cancel()
		return do(ctx)
	}
	listen := func(ctx context.Context) error {
		_, err := conn.Exec(ctx, "LISTEN kawasan_change")
		return err
	}
	wait := func(ctx context.Context) error {
		_, err := conn.WaitForNotification(ctx)
		return err
	}
	if err := within(s.options.Timeout, listen); err != nil {
		return err
	}
	for {
		err := within(quietFor, wait)
		switch {
		case err == nil:
			select {
			case announced <- struct{}{}:
			default:
			}
		case ctx.Err() != nil, !errors.Is(err, context.DeadlineExceeded):
			return err
		default:
			if err := within(answersWithin, conn.Ping); err != nil {
				return err
			}
		}
	}
}

// waitWithoutCancelling has the end of a wait send nothing: there is no query to cancel.
func waitWithoutCancelling(config *pgx.ConnConfig) {
	config.BuildContextWatcherHandler = func(c *pgconn.PgConn) ctxwatch.Handler {
		return &pgconn.DeadlineContextWatcherHandler{Conn: c.Conn()}
	}
}
