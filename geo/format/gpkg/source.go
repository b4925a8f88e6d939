package gpkg

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"slices"

	"kawasan/geo"
	"kawasan/geo/format/source"

	"modernc.org/sqlite"
)

// Source describes the files as they are read: GeoPackages of any version, and
// their tables without geometry too.
func Source() source.Format {
	return source.Format{
		Name: "gpkg", Extensions: []string{".gpkg"}, Title: geo.Text{EN: "GeoPackage"},
		Recognises: func(m *source.Member) bool { return bytes.HasPrefix(m.Head(), []byte("SQLite format 3\x00")) },
		Open:       openSource,
	}
}

// reading is for a file that a stranger made: nothing in it may act.
const reading = `
pragma trusted_schema = off;
pragma query_only = on;
pragma cell_size_check = on;
pragma mmap_size = 0;
pragma cache_size = -8000;
pragma temp_store = memory;
`

// Limits of SQLite by number, and what is needed to read a table.
var limits = map[int]int{
	1:  1 << 20, // SQLITE_LIMIT_SQL_LENGTH
	3:  100,     // SQLITE_LIMIT_EXPR_DEPTH
	4:  2,       // SQLITE_LIMIT_COMPOUND_SELECT
	5:  50_000,  // SQLITE_LIMIT_VDBE_OP
	7:  0,       // SQLITE_LIMIT_ATTACHED
	10: 0,       // SQLITE_LIMIT_TRIGGER_DEPTH
	11: 0,       // SQLITE_LIMIT_WORKER_THREADS
}

type reader struct {
	at     source.Place
	limits source.Limits
	db     *sql.DB
	conn   *sql.Conn
	tables []*readTable
}

func openSource(ctx context.Context, in *source.Input, members []*source.Member, o source.Options) (source.Source, error) {
	at := source.Place{File: members[0].Name}
	if len(members) > 1 {
		return nil, source.Place{File: in.Name}.Errorf(geo.Unsupported, "there are %d GeoPackages in it", len(members)).Try("one at a time")
	}
	journals := members[0].Journals()
	own := len(journals) > 0 // SQLite is to put them together with the file: with a copy
	place := members[0].Path
	if own {
		place = func() (string, error) { return members[0].CopyWith(journals) }
	}
	path, err := place()
	if err == nil && own {
		err = checkJournal(path, at)
	}
	if err != nil {
		return nil, err
	}
	r := &reader{at: at, limits: o.WithDefaults()}
	if err := r.open(ctx, path, own); err != nil {
		return nil, errors.Join(r.fault(ctx, err), r.Close())
	}
	if err := r.list(ctx); err != nil {
		var known *geo.Error
		if ctx.Err() == nil && !errors.As(err, &known) && !named(members[0].Head()) {
			err = r.foreign()
		}
		err = r.fault(ctx, err)
		_ = r.Close() // the first error tells
		return nil, err
	}
	return r, nil
}

// superJournal ends a journal of a transaction over several databases. Before it stands the
// name of a file that SQLite deletes once it has taken the transaction back, wherever that
// lies: a file that a stranger made could name any. (https://www.sqlite.org/fileformat2.html, 3)
var superJournal = []byte{0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7}

// checkJournal refuses the rollback journal of a file if it ends so.
func checkJournal(path string, at source.Place) error {
	f, err := os.Open(path + "-journal")
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // only read
	end := make([]byte, len(superJournal))
	if _, err := f.Seek(-int64(len(end)), io.SeekEnd); err != nil {
		return nil // it is too short to hold anything
	}
	if _, err := io.ReadFull(f, end); err != nil {
		return err
	}
	if bytes.Equal(end, superJournal) {
		return at.Errorf(geo.Unsupported, "the journal beside the file is of a transaction over several databases").
			Try("the file alone, once the program that wrote it has opened it again")
	}
	return nil
}

// open connects to the file. It is not changed unless it is a copy of our own: SQLite takes no
// lock on it and looks for no journal.
func (r *reader) open(ctx context.Context, path string, own bool) error {
	absolute, err := filepath.Abs(path)
	if err != nil {
		return err
	}
	name := url.URL{Scheme: "file", Path: filepath.ToSlash(absolute), RawQuery: "mode=ro&immutable=1"}
	if own {
		name.RawQuery = "mode=rw&_pragma=locking_mode(exclusive)" // alone, so that nothing is shared in memory
	}
	if r.db, err = sql.Open("sqlite", name.String()); err != nil {
		return err
	}
	r.db.SetMaxOpenConns(1)
	if r.conn, err = r.db.Conn(ctx); err != nil {
		return err
	}
	for id, value := range limits {
		if _, err := sqlite.Limit(r.conn, id, value); err != nil {
			return err
		}
	}
	if _, err := sqlite.Limit(r.conn, 0, r.limits.FeatureBytes); err != nil { // SQLITE_LIMIT_LENGTH
		return err
	}
	_, err = r.conn.ExecContext(ctx, reading)
	return err
}

// Layers describes the tables.
func (r *reader) Layers() []source.Layer {
	list := make([]source.Layer, len(r.tables))
	for i, t := range r.tables {
		list[i] = t.layer
	}
	return list
}

// Close closes the file.
func (r *reader) Close() error {
	var err error
	if r.conn != nil {
		err = r.conn.Close()
	}
	if r.db != nil {
		err = errors.Join(err, r.db.Close())
	}
	r.conn, r.db = nil, nil
	return err
}

// named reports whether the head of a SQLite file says that it is a GeoPackage.
func named(head []byte) bool {
	const at = 68 // of the application's number
	return len(head) >= at+4 && slices.Contains([]string{"GPKG", "GP10", "GP11"}, string(head[at:at+4]))
}

func (r *reader) foreign() error {
	return r.at.Errorf(geo.Invalid, "the file is a SQLite database, but no GeoPackage").Try("a GeoPackage; ogr2ogr -f GPKG layers.gpkg FILE converts other databases")
}

// fault turns an error of SQLite into one about the file.
func (r *reader) fault(ctx context.Context, err error) error {
	var known *geo.Error
	switch {
	case err == nil || errors.As(err, &known):
		return err
	case ctx.Err() != nil:
		return ctx.Err()
	}
	return r.at.Broken("the GeoPackage is damaged or not complete").Because(err)
}
