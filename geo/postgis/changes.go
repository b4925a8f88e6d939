package postgis

import (
	"context"
	"fmt"
	"maps"
	"time"

	"github.com/jackc/pgx/v5"

	"kawasan/geo"
)

// progress is how far the change log has been read. Entries of transactions
// older than horizon are settled: none can appear any more. Those at or above it
// are remembered one by one, since transactions commit out of order.
type progress struct {
	// source tells databases apart, and the lines that one takes when it is restored
	// or a replica takes its place.
	source   string
	anew     bool // the source is another than before
	horizon  uint64
	settled  map[string]int64     // committed entries below the horizon, by collection
	recent   map[int64]recent     // committed entries at or above it that were read
	modified map[string]time.Time // newest change, by collection
}

type recent struct {
	collection  string
	transaction uint64
}

// change is one entry of the log.
type change struct {
	collection string
	ids        []string // nil: everything
}

// advance reads the entries that were committed since p, and gives the new
// progress with the changes in order of entry.
func (p progress) advance(ctx context.Context, tx pgx.Tx) (progress, []change, error) {
	source, horizon, err := readSource(ctx, tx)
	if err != nil {
		return p, nil, err
	}
	anew := false
	switch {
	case p.settled == nil:
	case source != p.source, source == "" && horizon < p.horizon:
		p, anew = progress{}, true
	case horizon < p.horizon:
		return p, nil, geo.Errorf(geo.Unavailable, "the database answers from a replica that lags behind what was read before").Try("the same request again in a few seconds")
	}
	next := progress{source: source, anew: anew, horizon: horizon, settled: maps.Clone(p.settled), recent: map[int64]recent{}, modified: maps.Clone(p.modified)}
	since := p.horizon
	if p.settled == nil {
		since = next.horizon
		if err := next.countSettled(ctx, tx); err != nil {
			return p, nil, err
		}
	}
	changes, err := next.read(ctx, tx, since, p)
	if err != nil {
		return p, nil, err
	}
	return next, changes, nil
}

// countSettled begins a progress: with the number of entries up to the horizon and the newest change of each collection.
func (p *progress) countSettled(ctx context.Context, tx pgx.Tx) error {
	p.settled, p.modified = map[string]int64{}, map[string]time.Time{}
	rows, err := tx.Query(ctx, `SELECT collection, count(*) FILTER (WHERE transaction < $1::text::xid8), max(changed_at) FROM kawasan._change_log GROUP BY collection`, fmt.Sprint(p.horizon))
	if err != nil {
		return fmt.Errorf("count change log: %w", err)
	}
	var collection string
	var n int64
	var at time.Time
	if _, err := pgx.ForEachRow(rows, []any{&collection, &n, &at}, func() error {
		p.settled[collection], p.modified[collection] = n, at.UTC()
		return nil
	}); err != nil {
		return fmt.Errorf("count change log: %w", err)
	}
	return nil
}

// read takes in the entries of transactions from one on, and gives the changes that are not known from before.
func (p *progress) read(ctx context.Context, tx pgx.Tx, since uint64, before progress) ([]change, error) {
	rows, err := tx.Query(ctx, `SELECT entry, collection, ids, transaction::text::int8, changed_at FROM kawasan._change_log WHERE transaction >= $1::text::xid8 ORDER BY entry`, fmt.Sprint(since))
	if err != nil {
		return nil, fmt.Errorf("read change log: %w", err)
	}
	var changes []change
	var entry, transaction int64
	var collection string
	var ids []string
	var at time.Time
	_, err = pgx.ForEachRow(rows, []any{&entry, &collection, &ids, &transaction, &at}, func() error {
		if uint64(transaction) < p.horizon { // transaction ids are positive
			p.settled[collection]++
		} else {
			p.recent[entry] = recent{collection, uint64(transaction)} // as above
		}
		if _, seen := before.recent[entry]; !seen && before.settled != nil {
			changes = append(changes, change{collection, ids})
		}
		if at.After(p.modified[collection]) {
			p.modified[collection] = at.UTC()
		}
		ids = nil
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read change log: %w", err)
	}
	return changes, nil
}

// readSource reads which database it is that answers, and the oldest transaction that may still write.
// The source is "" where the user may not know.
func readSource(ctx context.Context, tx pgx.Tx) (source string, horizon uint64, err error) {
	var may bool
	err = tx.QueryRow(ctx, `SELECT pg_snapshot_xmin(pg_current_snapshot())::text::int8,
		has_function_privilege('pg_control_system()', 'EXECUTE') AND has_function_privilege('pg_control_checkpoint()', 'EXECUTE')`).Scan(&horizon, &may)
	if err == nil && may {
		err = tx.QueryRow(ctx, `SELECT concat_ws('/', (SELECT system_identifier FROM pg_control_system()), (SELECT timeline_id FROM pg_control_checkpoint()),
			'kawasan._change_log'::regclass::oid)`).Scan(&source)
	}
	if err != nil {
		return "", 0, fmt.Errorf("read horizon: %w", err)
	}
	return source, horizon, nil
}

// version is the number of committed entries of a collection as far as read.
func (p progress) version(collection string) geo.Version {
	n := p.settled[collection]
	for _, r := range p.recent {
		if r.collection == collection {
			n++
		}
	}
	return geo.Version(n) // a count
}
