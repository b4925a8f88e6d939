package postgis

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"kawasan/geo"
	"kawasan/geo/format/wkb"
)

// maxShared is how many ids may be those of several rows each. With more of them the
// column is not taken for one of ids.
const maxShared = 1000

// checkIDs finds rows that no id names: those without one, and those whose id others
// have too. They are left out, or else pages that end between two of them would lose
// some without a word. It gives the reason if the ids are no ids.
func (t *table) checkIDs(ctx context.Context, tx pgx.Tx) (reason geo.Phrase, err error) {
	rows, err := tx.Query(ctx, fmt.Sprintf("SELECT min(t.%[1]s::text), count(*) FROM %[2]s t GROUP BY %[3]s HAVING count(*) > 1 OR %[3]s IS NULL ORDER BY %[3]s NULLS FIRST LIMIT %[4]d",
		quote(t.key), t.relation, t.keyExpression(), maxShared+2))
	if err != nil {
		return geo.Phrase{}, fmt.Errorf("check ids of %s: %w", t.relation, err)
	}
	var id *string
	var n int64
	var without, shared int64
	_, err = pgx.ForEachRow(rows, []any{&id, &n}, func() error {
		if id == nil {
			without = n
			return nil
		}
		shared += n
		t.shared = append(t.shared, *id)
		return nil
	})
	if err != nil {
		return geo.Phrase{}, fmt.Errorf("check ids of %s: %w", t.relation, err)
	}
	if len(t.shared) > maxShared {
		return geo.Phrasef("more than %d values of its column %s are those of several rows, such as %q, so they are no ids; a column that differs in each row, such as row_number() OVER (ORDER BY ...) AS id, would be one",
			maxShared, t.key, t.shared[0]), nil
	}
	if without > 0 {
		t.collection.Defects = append(t.collection.Defects, geo.Defect{Kind: geo.WithoutID, Rows: without})
	}
	if shared > 0 {
		t.collection.Defects = append(t.collection.Defects, geo.Defect{Kind: geo.SharedID, Rows: shared, IDs: t.shared[:min(len(t.shared), geo.DefectIDs)]})
	}
	return geo.Phrase{}, nil
}

// reportDefects logs what is wrong with rows of a table, when that has changed.
func (s *Store) reportDefects(before, now *measurement) {
	var was []geo.Defect
	if before != nil && before.table != nil {
		was = before.table.collection.Defects
	}
	if now.table == nil || now.failed {
		return
	}
	is, name := now.table.collection.Defects, now.found.collection.ID
	same := func(a, b geo.Defect) bool { return a.Kind == b.Kind && a.Rows == b.Rows && slices.Equal(a.IDs, b.IDs) }
	if slices.EqualFunc(was, is, same) {
		return
	}
	for _, d := range is {
		s.options.Log.Warn("rows of a table are not served as they stand", "table", name, "defect", d.Kind, "rows", d.Rows, "ids", strings.Join(d.IDs, ", "))
	}
	if len(is) == 0 {
		s.options.Log.Info("all rows of a table are served again as they stand", "table", name)
	}
}

// isAboutRows reports whether the database says that it can't make out a value of a row: by its
// data, by what a view or a function computes of them, or on another server where they come from.
func isAboutRows(err error) bool {
	var pg *pgconn.PgError
	if !errors.As(err, &pg) || len(pg.Code) != len("00000") {
		return false
	}
	return slices.Contains([]string{
		"21",                   // of several rows where one is meant
		"22",                   // of values
		"2F", "38", "39", "P0", // of functions
		"42", // of a view over what has changed
		"HV", // of foreign tables
		"XX", // how PostGIS says that it fails
	}, pg.Code[:2]) || pg.Code == "55000" // not filled yet
}

// readFault is queryFault of a query on a table. Where it is the rows that fail, it says
// so, and has the table looked at again, which may find another way to read it.
func (s *Store) readFault(ctx context.Context, t *table, err error) error {
	var pg *pgconn.PgError
	if !t.mayFail() || !isAboutRows(err) || errors.As(err, &pg) && (pg.Code == "42P01" || pg.Code == "42703" || pg.Code == "42501") {
		return queryFault(ctx, err)
	}
	s.lookAgain(t.collection.ID, unreadable)
	e := geo.Errorf(geo.Unavailable, "rows of the collection %q can't be read in the database", t.collection.ID).Because(err).
		Try("the same request again once whoever keeps it has mended it: SELECT * FROM kawasan.%s says there what fails", quote(t.collection.ID))
	e.Place.Collection = t.collection.ID
	return e
}

// mayFail reports whether reading can fail by what the rows are: where they are computed or come from
// elsewhere, or where their geometry is transformed. In a plain table it would be our fault.
func (t *table) mayFail() bool {
	g := t.geometry
	return !t.keyed || g.name != "" && !g.guarded && (g.srid != wgs84 || g.open || g.curved)
}

// sharedFault is for an id that came twice in a row. A page that ended between the two would
// lose one: the table is looked at again, which leaves out both and tells of them.
func (s *Store) sharedFault(t *table, id string) error {
	s.lookAgain(t.collection.ID, unreadable)
	e := geo.Errorf(geo.Unavailable, "rows of the collection %q have the same id", t.collection.ID).
		Try("the same request again in a few seconds, without them; with them, once whoever keeps it has given them ids of their own")
	e.Place.Collection, e.Place.Feature = t.collection.ID, id
	return e
}

// placed gives a geometry that was read; nil for one with coordinates that are no finite numbers.
// Where those lie inside its box nothing else tells of them, so the table is looked at again, which
// counts such rows and has the database take them for ones without a geometry, too.
func (r *selection) placed(data []byte) []byte {
	if finite, err := wkb.Finite(data); err != nil || finite {
		return slices.Clone(data)
	}
	if !r.earlier {
		r.store.lookAgain(r.collection.ID, unplaced)
	}
	return nil
}

// lookAgain has the rows of a table looked at again at the next occasion.
func (s *Store) lookAgain(name string, why doubt) {
	s.measurements.mu.Lock()
	s.measurements.doubt(name, why)
	s.measurements.mu.Unlock()
	s.Look()
}
