package postgis

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/paulmach/orb"

	"kawasan/geo"
)

// Rows are looked at for number, extent, types and span of time. Each table is
// looked at by itself and behind the reading of the change log, so that a view
// that fails, a remote table that does not answer or a table under a lock holds
// up none of the others.
const (
	// measuringAtOnce is how many tables are looked at at the same time.
	measuringAtOnce = 2
	// measureFor is how long looking at one table may take, in timeouts of a query.
	measureFor = 15
	// The first catalogue waits so long for what is not known; later ones for
	// tables that are usually quick, such as those that have just changed.
	firstPatience, patience = 3 * time.Second, time.Second
	quick                   = 100 * time.Millisecond
	// A large table is looked at again at most this often, a small one at each change.
	measureEvery = 5 * time.Second
	smallTable   = 20_000
	// Tables without triggers are looked at this often, since nothing tells of
	// changes; those that can't be read are tried again after a while.
	untrackedEvery = time.Minute
	failedEvery    = 10 * time.Second
)

// measurement is what looking at the rows of a table has given.
type measurement struct {
	found    *table     // as it was discovered
	table    *table     // with what its rows tell; nil if it can't be published
	reason   geo.Phrase // why not
	failed   bool
	outdated bool   // versions have another meaning now
	fault    string // what the database said
	version  geo.Version
	ended    time.Time
	took     time.Duration
}

// doubt is what reading the rows of a table has shown since they were looked at.
type doubt int

const (
	unreadable doubt = iota + 1 // some can't be read as they are
	unplaced                    // the geometry of some has coordinates that are no finite numbers
)

// due reports whether looking again is worth its cost: at most a tenth of the time goes into it.
func (m *measurement) due(found *table, version geo.Version, doubted doubt, now time.Time) bool {
	pause := 10 * m.took
	switch {
	case m.found.structure != found.structure, m.outdated:
		return true
	case doubted != 0:
	case m.failed:
		pause = max(pause, failedEvery)
	case m.table == nil:
		pause = max(pause, pollEvery)
	case !found.tracked:
		pause = max(pause, untrackedEvery)
	case m.version == version:
		return false
	case m.table.collection.Count >= smallTable:
		pause = max(pause, measureEvery)
	}
	return now.Sub(m.ended) >= pause
}

// measurements are the newest of each table.
type measurements struct {
	mu      sync.Mutex
	newest  map[string]*measurement
	interim map[string]*measurement  // what counts until the rows have been looked at
	running map[string]chan struct{} // closed at the end
	doubts  map[string]doubt
	places  chan struct{}
}

// doubt notes why a table is to be looked at again. m.mu is held.
func (m *measurements) doubt(name string, why doubt) {
	if m.doubts == nil {
		m.doubts = map[string]doubt{}
	}
	m.doubts[name] = max(m.doubts[name], why)
}

// of gives a table with what is known of its rows, or says why it can't be published.
func (m *measurements) of(found *table) (*table, geo.Unpublished) {
	m.mu.Lock()
	defer m.mu.Unlock()
	name := found.collection.ID
	known := m.newest[name]
	if known == nil || known.found.structure != found.structure {
		interim := m.interim[name]
		if interim == nil || interim.found != found {
			interim = &measurement{found: found, failed: true, reason: geo.Words("its rows are being looked at")}
			if t, ok := found.unmeasured(known); ok {
				interim.table = t
			}
			m.interim[name] = interim
		}
		known = interim
	}
	if known.table == nil {
		return nil, geo.Unpublished{Table: name, Reason: known.reason, Passing: known.failed}
	}
	return known.table, geo.Unpublished{}
}

// unmeasured is a table whose rows are not known yet: either they are taken to be as
// when it was looked at before, or their number is left open, and they may be anywhere.
// It is false where the rows have to tell what the table is.
func (t *table) unmeasured(before *measurement) (*table, bool) {
	next, c := *t, *t.collection
	next.collection = &c
	c.Count, c.Extent = -1, orb.Bound{Min: orb.Point{-180, -90}, Max: orb.Point{180, 90}}
	switch {
	case before != nil && before.table != nil && before.found.geometry == t.geometry:
		old := before.table.collection
		next.geometry, next.shared = before.table.geometry, before.table.shared
		c.GeometryType, c.HasZ, c.HasM, c.Count, c.Extent = old.GeometryType, old.HasZ, old.HasM, old.Count, old.Extent
		c.Interval, c.Defects = old.Interval, old.Defects
	case next.geometry.name != "":
		if next.settleSystem(); next.geometry.srid == 0 || next.geometry.isOpen() || !next.settleType(next.geometry.base()).IsZero() {
			return nil, false
		}
	}
	next.describe()
	return &next, true
}

// isPlain reports whether the structure of a table tells how its rows are read, whatever is in them.
func (t *table) isPlain() bool {
	known, ok := t.unmeasured(nil)
	return ok && !known.mayFail()
}

// lookAt starts to look at the tables whose rows are not known or have changed, and waits a
// little for the answers. What takes longer is in a later catalogue.
func (s *Store) lookAt(ctx context.Context, found, before *catalogue, p progress) {
	now, wait := time.Now(), patience
	if before == nil {
		wait = firstPatience
	}
	m := &s.measurements
	var awaited []chan struct{}
	m.mu.Lock()
	if m.newest == nil {
		m.newest, m.interim = map[string]*measurement{}, map[string]*measurement{}
		m.running, m.places = map[string]chan struct{}{}, make(chan struct{}, measuringAtOnce)
	}
	for name, known := range m.newest {
		known.outdated = known.outdated || p.anew
		if found.found[name] == nil {
			delete(m.newest, name)
			delete(m.interim, name)
			delete(m.doubts, name)
		}
	}
	for name, t := range found.found {
		version := geo.Version(0)
		if t.tracked {
			version = p.version(name)
		}
		known, why := m.newest[name], m.doubts[name]
		if m.running[name] != nil || known != nil && !known.due(t, version, why, now) || s.options.Brief && t.isPlain() {
			continue
		}
		ended := make(chan struct{})
		m.running[name] = ended
		delete(m.doubts, name)
		s.done.Go(func() { s.look(t, p, why, ended) })
		if known == nil || known.took < quick {
			awaited = append(awaited, ended)
		}
	}
	m.mu.Unlock()
	until := time.NewTimer(wait)
	defer until.Stop()
	for _, ended := range awaited {
		select {
		case <-ended:
		case <-until.C:
			return
		case <-ctx.Done():
			return
		}
	}
}

// look looks at the rows of one table and notes what it finds.
func (s *Store) look(t *table, p progress, why doubt, ended chan struct{}) {
	m, name := &s.measurements, t.collection.ID
	began := time.Now()
	result, err := s.measureOne(t, p, why)
	m.mu.Lock()
	delete(m.running, name)
	known := false
	if result != nil {
		if err != nil {
			result.fault = err.Error()
			known = m.newest[name] != nil && m.newest[name].fault == result.fault
		}
		result.ended, result.took = time.Now(), time.Since(began)
		s.reportDefects(m.newest[name], result)
		m.newest[name] = result
	} else if why != 0 {
		m.doubt(name, why)
	}
	m.mu.Unlock()
	close(ended)
	if err != nil && !known && s.working.Err() == nil {
		s.options.Log.Warn("the rows of a table can't be looked at", "table", name, "error", err)
	}
	if time.Since(began) > quick {
		s.Look()
	}
}

// measureOne looks at a table in a transaction of its own. The result is nil if the
// database did not answer.
func (s *Store) measureOne(t *table, p progress, why doubt) (*measurement, error) {
	ctx, cancel := context.WithTimeout(s.working, measureFor*s.options.Timeout)
	defer cancel()
	select {
	case s.measurements.places <- struct{}{}:
		defer func() { <-s.measurements.places }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	s.measurements.mu.Lock()
	before := s.measurements.newest[t.collection.ID]
	s.measurements.mu.Unlock()
	guarded := why == unplaced || before != nil && before.table != nil && before.table.geometry.guarded
	result := &measurement{found: t}
	err := pgx.BeginTxFunc(ctx, s.readers, snapshotTx, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "SET LOCAL statement_timeout = 0"); err != nil {
			return err
		}
		if t.tracked {
			var since int64
			if err := tx.QueryRow(ctx, versionSQL, t.collection.ID, fmt.Sprint(p.horizon)).Scan(&since); err != nil {
				return err
			}
			result.version = geo.Version(p.settled[t.collection.ID] + since) // a count
		}
		var err error
		if result.table, result.reason, err = t.measure(ctx, tx, guarded); result.table != nil {
			result.table.measuredVersion = result.version
		}
		return err
	})
	var refused *pgconn.PgError
	switch {
	case err == nil:
		return result, nil
	case s.working.Err() != nil:
		return nil, err
	case errors.As(err, &refused) && (refused.Code == "57014" || refused.Code == "55P03"), ctx.Err() != nil:
		// It is there, but large or locked.
		result.failed, result.reason = true, geo.Words("its rows could not be looked at in time")
		if unmeasured, ok := t.unmeasured(before); ok {
			result.table, result.reason = unmeasured, geo.Phrase{}
		}
	case errors.As(err, &refused) && !lostCode(refused.Code):
		result.failed, result.reason = true, geo.Words("its rows can't be read; the operator's log has the details")
	default:
		return nil, err
	}
	return result, err
}
