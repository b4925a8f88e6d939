package postgis

import (
	"errors"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"kawasan/geo"
)

// readAtOnce is the size of a page up to which version, number matched and rows
// are asked for in one message and read before the first is given: one journey
// to the database instead of five, and a connection that does not wait for a client.
const readAtOnce = 1001

// atOnce reports whether the query is answered that way.
func (s *statement) atOnce() bool {
	q := s.query
	return s.exact && !q.Unlocated && !q.Bulk && q.AtVersion == 0 && q.Limit > 0 && q.Limit <= readAtOnce
}

// readPage reads the page.
func (r *selection) readPage(s *Store) error {
	err := r.tryPage(s)
	var pg *pgconn.PgError
	if errors.As(err, &pg) && (pg.Code == "0A000" || pg.Code == "26000") {
		// The table was altered since the statement was prepared, or a pooler has
		// another session: it is prepared anew.
		err = r.tryPage(s)
	}
	return err
}

func (r *selection) tryPage(s *Store) error {
	tracked, q := r.statement.table.tracked, r.statement.query
	asked := *r.statement
	asked.args = slices.Clone(asked.args)
	var batch pgx.Batch
	batch.Queue("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
	s.mu.RLock()
	horizon, settled := s.progress.horizon, s.progress.settled[r.collection.ID]
	s.mu.RUnlock()
	if tracked {
		batch.Queue(versionSQL, r.collection.ID, fmt.Sprint(horizon))
	}
	if q.Count {
		batch.Queue(asked.countSQL(), asked.args...)
		asked.args = slices.Clone(asked.args)
	}
	sql := asked.selectSQL()
	batch.Queue(sql, asked.args...)
	batch.Queue("COMMIT")
	results := r.conn.SendBatch(r.ctx, &batch)
	err := r.readResults(results, &asked, tracked, settled)
	if closing := results.Close(); err == nil {
		err = closing
	}
	if err != nil && r.conn.Conn().PgConn().TxStatus() != 'I' && !r.conn.Conn().IsClosed() {
		_, _ = r.conn.Exec(r.ctx, "ROLLBACK")
	}
	return err
}

func (r *selection) readResults(results pgx.BatchResults, asked *statement, tracked bool, settled int64) error {
	if _, err := results.Exec(); err != nil {
		return err
	}
	if tracked {
		var since int64
		if err := results.QueryRow().Scan(&since); err != nil {
			return err
		}
		r.setVersion(geo.Version(settled + since)) // a count
	}
	if asked.query.Count {
		if err := results.QueryRow().Scan(&r.matched); err != nil {
			return err
		}
		r.counted = r.matched <= geo.MatchedLimit
	}
	rows, err := results.Query()
	if err != nil {
		return err
	}
	defer rows.Close()
	r.page, r.paged = r.page[:0], true
	last := noID
	for rows.Next() {
		f, err := r.feature(asked, rows.RawValues(), &last)
		if err != nil {
			return err
		}
		r.page = append(r.page, f)
	}
	return rows.Err()
}
