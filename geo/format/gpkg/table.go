package gpkg

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"kawasan/geo"
	"kawasan/geo/format/export"
	"kawasan/geo/format/wkb"
)

// table is the table of one layer. SQLite makes it and its index, empty; the rows
// are then written as pages.
type table struct {
	w         *writer
	layer     export.Layer
	name      string
	columns   []export.Column
	root      uint32
	indexRoot roots
	pages     *pages
	rows      *btree
	index     *rtree
	fid       int64
	box       wkb.Box
	kinds     [4]bool // which there are of flat, with heights, with measures, with both: as ISO counts them
	record    record
	geometry  []byte
	wkb       []byte
}

// newTable makes the table and its rows in the tables of the standard.
func (w *writer) newTable(l export.Layer) (*table, error) {
	t := &table{w: w, layer: l, name: w.tables.Take(TableName(l.Collection.ID)), columns: l.Columns(), box: wkb.EmptyBox()}
	if err := t.create(); err != nil {
		return nil, err
	}
	for _, fact := range l.Provenance(w.options) {
		if err := w.exec(`insert into provenance (layer, name, title, value) values (?, ?, ?, ?)`, t.name, fact.Name, fact.Title.In(w.options.Lang), fact.Value); err != nil {
			return nil, err
		}
	}
	return t, t.prepare()
}

// TableName gives the table of a collection; names that SQLite and the standard
// reserve are kept from it.
func TableName(id string) string {
	lower := strings.ToLower(id)
	for _, prefix := range []string{"gpkg", "sqlite_", "rtree_"} {
		if strings.HasPrefix(lower, prefix) {
			return "layer_" + id
		}
	}
	return id
}

// TableNames is the set of names that tables are taken from, in the order of layers.
func TableNames() *export.Names {
	names := export.NewNames("layer")
	names.Reserve("layer_styles", "provenance")
	return names
}

func columnNames() *export.Names {
	names := export.NewNames("")
	names.Reserve("fid", "geom")
	return names
}

// ColumnNames gives the name that each of the layer's columns has in its table.
func ColumnNames(l export.Layer) []string {
	names := columnNames()
	names.Take("id")
	var list []string
	for _, c := range l.Columns() {
		list = append(list, names.Take(c.Name))
	}
	return list
}

func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

func (t *table) rtree() string { return "rtree_" + t.name + "_geom" }

func (t *table) create() error {
	c := t.layer.Collection
	var b strings.Builder
	fmt.Fprintf(&b, "create table %s (fid integer primary key autoincrement not null", quote(t.name))
	kind := "attributes"
	var srs any
	if t.layer.HasGeometry() {
		kind, srs = "features", t.layer.System().EPSG
		fmt.Fprintf(&b, ", geom %s", geometryType(c))
	}
	names := columnNames()
	titles := export.NewNames("")
	idType := "text"
	if c.IntegerID {
		idType = "integer"
	}
	fmt.Fprintf(&b, ", %s %s not null", quote(names.Take("id")), idType)
	titles.Reserve("id")
	var described []func() error
	for _, column := range t.columns {
		name := names.Take(column.Name)
		fmt.Fprintf(&b, ", %s %s", quote(name), columnType(column.Type))
		title := titles.Take(TitleOf(column.Property, t.w.options.Lang))
		described = append(described, func() error { return t.describe(column.Property, name, title) })
	}
	b.WriteString(")")
	if err := t.w.exec(b.String()); err != nil {
		return err
	}
	identifier := t.name
	if err := t.w.exec(`insert into gpkg_contents (table_name, data_type, identifier, description, last_change, srs_id) values (?, ?, ?, ?, ?, ?)`,
		t.name, kind, identifier, about(c, t.w.options.Lang), lastChange(t.layer), srs); err != nil {
		return err
	}
	for _, describe := range described {
		if err := describe(); err != nil {
			return err
		}
	}
	if t.layer.HasGeometry() {
		if err := t.createGeometry(); err != nil {
			return err
		}
	}
	return t.addStyle()
}

func (t *table) createGeometry() error {
	c := t.layer.Collection
	if err := t.w.exec(`insert into gpkg_geometry_columns values (?, 'geom', ?, ?, ?, ?)`,
		t.name, geometryType(c), t.layer.System().EPSG, flag(c.HasZ), flag(c.HasM)); err != nil {
		return err
	}
	if err := t.w.exec(`insert into gpkg_extensions values (?, 'geom', 'gpkg_rtree_index', 'http://www.geopackage.org/spec/#extension_rtree', 'write-only')`, t.name); err != nil {
		return err
	}
	return t.w.exec(fmt.Sprintf("create virtual table %s using rtree(id, minx, maxx, miny, maxy)", quote(t.rtree())))
}

func flag(set bool) int {
	if set {
		return 1
	}
	return 0
}

// describe writes the title of a column, and the values allowed.
func (t *table) describe(p geo.Property, name, title string) error {
	var mime, constraint any
	if p.Type == geo.JSON || p.Type.IsArray() {
		mime = "application/json"
	}
	if len(p.Enum) > 0 && p.Type == geo.String {
		constraint = t.name + "." + name
		for _, value := range p.Enum {
			if err := t.w.exec(`insert or ignore into gpkg_data_column_constraints (constraint_name, constraint_type, value) values (?, 'enum', ?)`, constraint, value); err != nil {
				return err
			}
		}
	}
	return t.w.exec(`insert into gpkg_data_columns values (?, ?, ?, ?, ?, ?, ?)`, t.name, name, title, title, p.Description.In(t.w.options.Lang), mime, constraint)
}

// prepare finds the root pages, lets SQLite go and begins to write.
func (t *table) prepare() error {
	want := map[string]*uint32{t.name: &t.root}
	if t.layer.HasGeometry() {
		want[t.rtree()+"_node"], want[t.rtree()+"_rowid"], want[t.rtree()+"_parent"] = &t.indexRoot.node, &t.indexRoot.rowid, &t.indexRoot.parent
		t.index = newRtree()
	}
	for name, root := range want {
		if err := t.w.tx.QueryRowContext(context.Background(), "select rootpage from sqlite_schema where type = 'table' and name = ?", name).Scan(root); err != nil {
			return fmt.Errorf("write GeoPackage: find %s: %w", name, err)
		}
	}
	if err := t.w.disconnect(); err != nil {
		return err
	}
	var err error
	if t.pages, err = openPages(t.w.folder.file()); err != nil {
		return err
	}
	t.rows = newBtree(t.pages)
	return nil
}

func (t *table) write(f *geo.Feature) error {
	t.fid++
	t.record.reset()
	t.record.null() // fid is the number of the row
	if t.layer.HasGeometry() {
		blob, box, err := t.blob(f)
		if err != nil {
			return err
		}
		if blob == nil {
			t.record.null()
		} else {
			t.record.blob(blob)
		}
		if !box.IsEmpty() {
			t.box.Union(box)
			t.index.add(t.fid, box)
		}
	}
	if !t.layer.Collection.IntegerID {
		t.record.text(f.ID)
	} else if n, err := strconv.ParseInt(f.ID, 10, 64); err == nil {
		t.record.integer(n)
	} else {
		return export.Locate(geo.Errorf(geo.Internal, "the id %q is no integer", f.ID), t.layer, f)
	}
	for _, c := range t.columns {
		t.record.value(c.Value(f))
	}
	if err := t.rows.add(t.fid, t.record.bytes()); err != nil {
		return export.Locate(err, t.layer, f)
	}
	return nil
}

// end completes the pages and writes what is known once all rows are there.
func (t *table) end() error {
	if t.fid > 0 {
		if err := t.rows.finish(t.root); err != nil {
			return err
		}
	}
	if t.index != nil {
		if err := t.index.write(t.pages, t.indexRoot); err != nil {
			return err
		}
	}
	err := t.pages.close()
	t.pages = nil
	if err != nil {
		return err
	}
	if err := t.w.connect(); err != nil {
		return err
	}
	if t.fid > 0 {
		if err := t.w.exec("insert into sqlite_sequence (name, seq) values (?, ?)", t.name, t.fid); err != nil {
			return err
		}
	}
	if !t.layer.HasGeometry() {
		return nil
	}
	if !t.box.IsEmpty() {
		if err := t.w.exec(`update gpkg_contents set min_x = ?, min_y = ?, max_x = ?, max_y = ? where table_name = ?`,
			t.box.MinX, t.box.MinY, t.box.MaxX, t.box.MaxY, t.name); err != nil {
			return err
		}
	}
	if err := t.settleDimensions(); err != nil {
		return err
	}
	return t.w.exec(fmt.Sprintf(triggers, quote(t.name), quote(t.rtree()), strings.ReplaceAll(t.rtree(), `"`, `""`)))
}

// settleDimensions says of heights and measures whether all geometries have them, or
// only some.
func (t *table) settleDimensions() error {
	c, k := t.layer.Collection, t.kinds
	z, m := dimension(c.HasZ, k[1] || k[3], k[0] || k[2]), dimension(c.HasM, k[2] || k[3], k[0] || k[1])
	if z == flag(c.HasZ) && m == flag(c.HasM) {
		return nil
	}
	return t.w.exec(`update gpkg_geometry_columns set z = ?, m = ? where table_name = ?`, z, m, t.name)
}

// dimension is 0 where a coordinate is prohibited, 1 where it is mandatory, 2 where it is optional.
func dimension(declared, with, without bool) int {
	const optional = 2
	if without && (declared || with) {
		return optional
	}
	return flag(declared || with)
}

func (t *table) release() {
	if t.pages != nil {
		t.pages.discard()
		t.pages = nil
	}
}
