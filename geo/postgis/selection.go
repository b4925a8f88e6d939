package postgis

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"slices"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"kawasan/geo"
)

// Open starts a query in a transaction of its own, so that version, number
// matched and features belong together.
func (s *Store) Open(ctx context.Context, q geo.Query) (geo.Selection, error) {
	c := s.current()
	if _, err := c.public.Collection(q.Collection); err != nil {
		return nil, err
	}
	t := c.tables[q.Collection]
	if q.AtVersion != 0 && !t.tracked {
		return nil, geo.Untracked(t.collection)
	}
	statement, err := build(t, q)
	if err != nil {
		return nil, err
	}
	ctx, cancel := s.limited(ctx, q)
	r := &selection{store: s, ctx: ctx, cancel: cancel, statement: statement, collection: t.collection}
	if err := r.begin(s); err != nil {
		r.Close()
		return nil, s.readFault(ctx, t, err)
	}
	return r, nil
}

// limited bounds the time of a query, unless it reads in bulk.
func (s *Store) limited(ctx context.Context, q geo.Query) (context.Context, context.CancelFunc) {
	if q.Bulk {
		return context.WithCancel(ctx)
	}
	return context.WithTimeout(ctx, s.options.Timeout)
}

// selection reads the rows of one statement.
type selection struct {
	store      *Store
	ctx        context.Context //nolint:containedctx // one query, opened and closed together
	cancel     context.CancelFunc
	conn       *pgxpool.Conn
	tx         pgx.Tx
	statement  *statement
	collection *geo.Collection
	matched    int
	counted    bool
	earlier    bool // an earlier version is read
	unlocated  []*geo.Feature
	places     chan struct{}  // one of which it takes, unless read at once
	page       []*geo.Feature // if paged: all that is asked for
	paged      bool
}

func (r *selection) begin(s *Store) error {
	if !r.statement.atOnce() {
		select {
		case s.streams <- struct{}{}:
			r.places = s.streams
		case <-r.ctx.Done():
			return busyFault(r.ctx.Err())
		}
	}
	var err error
	if r.conn, err = s.readers.Acquire(r.ctx); err != nil {
		return busyFault(err)
	}
	if r.statement.atOnce() {
		err := r.readPage(s)
		r.conn.Release()
		r.conn = nil
		return err
	}
	if r.tx, err = r.conn.BeginTx(r.ctx, snapshotTx); err != nil {
		return err
	}
	if r.statement.query.Bulk {
		if _, err := r.tx.Exec(r.ctx, "SET LOCAL statement_timeout = 0"); err != nil {
			return err
		}
	}
	if r.statement.table.tracked {
		if err := r.readVersion(s); err != nil {
			return err
		}
		if at := r.statement.query.AtVersion; at != 0 && at != r.collection.Version {
			if err := r.goBack(at); err != nil {
				return err
			}
		}
	}
	if r.statement.query.Unlocated {
		return r.readUnlocated()
	}
	if r.statement.query.Count {
		return r.count()
	}
	return nil
}

// readVersion finds the version that this transaction sees: the settled entries and those since.
func (r *selection) readVersion(s *Store) error {
	s.mu.RLock()
	horizon, settled := s.progress.horizon, s.progress.settled[r.collection.ID]
	s.mu.RUnlock()
	var n int64
	if err := r.tx.QueryRow(r.ctx, versionSQL, r.collection.ID, fmt.Sprint(horizon)).Scan(&n); err != nil {
		return err
	}
	r.setVersion(geo.Version(settled + n)) // a count
	return nil
}

// versionSQL counts the entries of a collection from a transaction on.
const versionSQL = `SELECT count(*) FROM kawasan._change_log WHERE collection = $1 AND transaction >= $2::text::xid8`

func (r *selection) setVersion(version geo.Version) {
	if version != r.collection.Version {
		copied := *r.collection
		copied.Version = version
		r.collection = &copied
	}
}

func (r *selection) count() error {
	if r.statement.exact {
		if err := r.tx.QueryRow(r.ctx, r.statement.countSQL(), r.statement.args...).Scan(&r.matched); err != nil {
			return err
		}
		r.counted = r.matched <= geo.MatchedLimit
		return nil
	}
	every := *r.statement
	every.args = append([]any(nil), r.statement.args...)
	every.query.After, every.query.Limit, every.query.Offset = nil, 0, 0
	for f, err := range r.rows(&every) {
		if err != nil {
			return err
		}
		_ = f
		if r.matched++; r.matched > geo.MatchedLimit {
			return nil
		}
	}
	r.counted = true
	return nil
}

// Collection describes the features at the version that is read.
func (r *selection) Collection() *geo.Collection { return r.collection }

// Matched gives the number that matches, if it was asked for and is not above the limit.
func (r *selection) Matched() (int, bool) { return r.matched, r.counted }

// Features yields the rows.
func (r *selection) Features() iter.Seq2[*geo.Feature, error] {
	if r.paged {
		return func(yield func(*geo.Feature, error) bool) {
			for _, f := range r.page {
				if !yield(f, nil) {
					return
				}
			}
		}
	}
	if r.statement.query.Unlocated {
		return func(yield func(*geo.Feature, error) bool) {
			for _, f := range r.unlocated {
				if !yield(f, nil) {
					return
				}
			}
		}
	}
	return func(yield func(*geo.Feature, error) bool) {
		skip, left := 0, 0
		if !r.statement.exact {
			skip, left = r.statement.query.Offset, r.statement.query.Limit
		}
		rows := r.rows(r.statement)
		if r.statement.query.Bulk {
			rows = ahead(rows, r.cancel)
		}
		for f, err := range rows {
			if err != nil {
				yield(nil, r.store.readFault(r.ctx, r.statement.table, err))
				return
			}
			if skip > 0 {
				skip--
				continue
			}
			if !yield(f, nil) {
				return
			}
			if left > 0 {
				if left--; left == 0 {
					return
				}
			}
		}
	}
}

// rows runs a statement and yields the features that its filter accepts.
func (r *selection) rows(s *statement) iter.Seq2[*geo.Feature, error] {
	return func(yield func(*geo.Feature, error) bool) {
		sql := s.selectSQL()
		rows, err := r.tx.Query(r.ctx, sql, s.args...)
		if err != nil {
			yield(nil, err)
			return
		}
		defer rows.Close()
		last := noID
		for rows.Next() {
			f, err := r.feature(s, rows.RawValues(), &last)
			if err != nil {
				yield(nil, err)
				return
			}
			if !s.exact {
				matches, err := s.query.Filter.Match(f)
				if err != nil {
					yield(nil, err)
					return
				}
				if !matches {
					continue
				}
				if s.query.SkipGeometry {
					f.WKB = nil
				}
			}
			if !yield(f, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(nil, err)
		}
	}
}

// noID is no id: no text of a database has it.
const noID = "\x00"

// feature reads a row. last is the id of the row before, noID for the first, and becomes that of this one.
func (r *selection) feature(s *statement, raw [][]byte, last *string) (*geo.Feature, error) {
	f := &geo.Feature{ID: text(raw[0]), Collection: r.collection, Values: make([]any, len(s.table.columns))}
	if !s.table.keyed && f.ID == *last {
		return nil, r.store.sharedFault(s.table, f.ID)
	}
	*last = f.ID
	if raw[1] != nil {
		f.WKB = r.placed(raw[1])
	}
	next := 2
	for i, c := range s.table.columns {
		if !s.wanted[i] {
			continue
		}
		v, err := decode(c.property.Type, raw[next])
		if err != nil {
			return nil, fmt.Errorf("column %s of %s: %w", c.property.Name, s.table.relation, err)
		}
		f.Values[i] = v
		next++
	}
	return f, nil
}

// readUnlocated reads the rows without a position, as features without geometry.
func (r *selection) readUnlocated() error {
	q := r.statement.query
	sql, args := `SELECT id, properties FROM kawasan._unlocated WHERE collection = $1 ORDER BY id COLLATE "C"`, []any{r.collection.ID}
	if r.earlier {
		sql, args = unlocatedEarlierSQL, append(args, int64(r.collection.Version)) // checked against a count
	}
	rows, err := r.tx.Query(r.ctx, sql, args...)
	if err != nil {
		return err
	}
	var id string
	var properties map[string]json.RawMessage
	_, err = pgx.ForEachRow(rows, []any{&id, &properties}, func() error {
		f := &geo.Feature{ID: id, Collection: r.collection, Values: make([]any, len(r.collection.Properties))}
		for i, p := range r.collection.Properties {
			v, err := geo.ValueFromJSON(p.Type, properties[p.Name])
			if err != nil {
				return fmt.Errorf("unlocated %s/%s: property %s: %w", r.collection.ID, id, p.Name, err)
			}
			f.Values[i] = v
		}
		properties = nil
		if len(q.IDs) > 0 && !slices.Contains(q.IDs, id) {
			return nil
		}
		if q.Filter != nil {
			if ok, err := q.Filter.Match(f); err != nil || !ok {
				return err
			}
		}
		r.unlocated = append(r.unlocated, f)
		return nil
	})
	r.matched, r.counted = len(r.unlocated), q.Count
	if err == nil && q.Offset > 0 {
		r.unlocated = r.unlocated[min(q.Offset, len(r.unlocated)):]
	}
	if err == nil && q.Limit > 0 {
		r.unlocated = r.unlocated[:min(q.Limit, len(r.unlocated))]
	}
	return err
}

// Close ends the transaction and gives the connection back.
func (r *selection) Close() {
	if r.places != nil {
		defer func(places chan struct{}) { <-places }(r.places)
		r.places = nil
	}
	if r.conn == nil {
		r.cancel()
		return
	}
	release(r.ctx, r.conn, r.tx)
	r.cancel()
	r.conn = nil
}
