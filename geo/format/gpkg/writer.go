package gpkg

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"net/url"
	"path/filepath"

	"kawasan/geo"
	"kawasan/geo/format/export"

	_ "modernc.org/sqlite" // the driver
)

// Format describes the files.
func Format() export.Format {
	return export.Format{
		Name: "gpkg", MediaType: "application/geopackage+sqlite3", Extension: ".gpkg",
		Title: geo.Text{EN: "GeoPackage"}, Use: geo.Text{EN: "for QGIS and ArcGIS, with styles and origin", ID: "untuk QGIS dan ArcGIS, dengan gaya dan asal-usul"},
		MultiLayer: true, Binary: true, New: New,
		Size: export.Weights{File: 89_000, Column: 410, Feature: 12.5, Vertex: 21, Text: 2.15}.Size,
	}
}

type writer struct {
	export.State
	out     io.Writer
	options export.Options
	folder  *folder
	db      *sql.DB
	tx      *sql.Tx
	tables  *export.Names
	systems map[int]bool // srs_id written
	table   *table       // of the layer opened last
}

// New starts a file in a folder below o.TempDir.
func New(out io.Writer, o export.Options) (export.Writer, error) {
	folder, err := newFolder(o)
	if err != nil {
		return nil, err
	}
	w := &writer{out: out, options: o, folder: folder, tables: TableNames(), systems: map[int]bool{}}
	if err := w.begin(); err != nil {
		w.Discard()
		return nil, export.NoRoom(err)
	}
	return w, nil
}

// begin makes the tables that every GeoPackage has.
func (w *writer) begin() error {
	if err := w.connect(); err != nil {
		return err
	}
	if err := w.exec(identity); err != nil {
		return err
	}
	if err := w.exec(schema); err != nil {
		return err
	}
	if err := w.exec(`insert into gpkg_contents (table_name, data_type, identifier, description, last_change) values
		('layer_styles', 'attributes', 'layer_styles', 'styles for QGIS', ?1), ('provenance', 'attributes', 'provenance', 'where each layer comes from', ?1)`,
		epoch); err != nil {
		return err
	}
	return w.system(export.Layer{}) // WGS84 has to be there
}

// connect lets SQLite have the file, unless it has it.
func (w *writer) connect() error {
	if w.tx != nil {
		return nil
	}
	var err error
	name := url.URL{Scheme: "file", Path: filepath.ToSlash(w.folder.file())}
	if w.db, err = sql.Open("sqlite", name.String()); err != nil {
		return export.NoRoom(err)
	}
	w.db.SetMaxOpenConns(1) // pragmas hold for a connection
	ctx := context.Background()
	if _, err = w.db.ExecContext(ctx, pragmas); err != nil {
		return export.NoRoom(err)
	}
	if w.tx, err = w.db.BeginTx(ctx, nil); err != nil {
		return export.NoRoom(err)
	}
	return nil
}

// disconnect has SQLite write all it knows and close the file.
func (w *writer) disconnect() error {
	if w.tx == nil {
		return nil
	}
	err := w.tx.Commit()
	w.tx = nil
	if e := w.db.Close(); err == nil {
		err = e
	}
	w.db = nil
	if err != nil {
		return export.NoRoom(err)
	}
	return nil
}

func (w *writer) exec(statement string, args ...any) error {
	if _, err := w.tx.ExecContext(context.Background(), statement, args...); err != nil {
		return fmt.Errorf("write GeoPackage: %w", err)
	}
	return nil
}

// Open makes the table of the layer.
func (w *writer) Open(l export.Layer) error {
	if err := w.State.Open(l, Format()); err != nil {
		return err
	}
	if err := w.endTable(); err != nil {
		return w.Fail(err)
	}
	if err := w.connect(); err != nil {
		return w.Fail(err)
	}
	if err := w.system(l); err != nil {
		return w.Fail(err)
	}
	var err error
	if w.table, err = w.newTable(l); err != nil {
		w.table = nil
	}
	return w.Fail(err)
}

// system writes the row of the layer's system unless it is there.
func (w *writer) system(l export.Layer) error {
	c := l.EPSG()
	if w.systems[c.EPSG] {
		return nil
	}
	w.systems[c.EPSG] = true
	return w.exec(`insert into gpkg_spatial_ref_sys values (?, ?, 'EPSG', ?, ?, ?)`, c.Name, c.EPSG, c.EPSG, c.WKT1, c.URI)
}

// Write adds a row.
func (w *writer) Write(f *geo.Feature) error {
	if err := w.State.Write(); err != nil {
		return err
	}
	return w.Fail(w.table.write(f))
}

func (w *writer) endTable() error {
	if w.table == nil {
		return nil
	}
	t := w.table
	w.table = nil
	defer t.release()
	return t.end()
}

// Close completes the file and sends it.
func (w *writer) Close() error {
	defer w.release()
	if done, err := w.State.Close(); done {
		return err
	}
	if err := w.endTable(); err != nil {
		return w.Fail(err)
	}
	if err := w.disconnect(); err != nil {
		return w.Fail(err)
	}
	return w.Fail(w.folder.copy(w.out))
}

// Discard removes what has been built.
func (w *writer) Discard() {
	w.State.Discard()
	w.release()
}

func (w *writer) release() {
	if w.table != nil {
		w.table.release()
		w.table = nil
	}
	if w.tx != nil {
		_ = w.tx.Rollback() // the file is deleted next
		w.tx = nil
	}
	if w.db != nil {
		_ = w.db.Close()
		w.db = nil
	}
	w.folder.remove()
}
