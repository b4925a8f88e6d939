package gpkg

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"kawasan/geo"
	"kawasan/geo/crs"
	"kawasan/geo/format/source"
)

// readTable is a table of the file.
type readTable struct {
	layer    source.Layer
	name     string
	key      string // the column that identifies rows; "" for SQLite's own
	geometry string // the geometry column; "" for none
	columns  []string
}

// contents lists what the file says it holds. A plain table alone is read: a view
// or a virtual table could run anything.
const contents = `
select c.table_name, c.data_type, coalesce(c.identifier, ''), coalesce(c.description, ''),
  (select m.type = 'table' and upper(m.sql) not like 'CREATE VIRTUAL%' from sqlite_schema m where m.name = c.table_name collate nocase)
from gpkg_contents c order by c.rowid`

// working are tables that programs keep for themselves.
var working = []string{"layer_styles", "provenance", "qgis_projects", "gpkg_ogr_contents"}

func (r *reader) list(ctx context.Context) error {
	var is int
	if err := r.conn.QueryRowContext(ctx, `select count(*) from sqlite_schema where type = 'table' and name in ('gpkg_contents', 'gpkg_geometry_columns', 'gpkg_spatial_ref_sys')`).Scan(&is); err != nil {
		return err
	}
	if is < 2 {
		return r.foreign()
	}
	rows, err := r.conn.QueryContext(ctx, contents)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	var views, tiles []string
	for rows.Next() {
		t := &readTable{}
		var kind string
		var plain sql.NullBool
		if err := rows.Scan(&t.name, &kind, &t.layer.Title, &t.layer.Description, &plain); err != nil {
			return err
		}
		switch {
		case slices.Contains(working, t.name):
		case kind != "features" && kind != "attributes":
			tiles = append(tiles, t.name)
		case !plain.Valid:
			return r.at.Broken("the table %q is announced but not there", t.name)
		case !plain.Bool:
			views = append(views, t.name)
		default:
			r.tables = append(r.tables, t)
		}
		if len(r.tables) > 1000 {
			return r.at.Errorf(geo.TooLarge, "the file has more than 1,000 layers")
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	if len(r.tables) == 0 {
		return r.at.Errorf(geo.Invalid, "the GeoPackage has no table of features%s", leftOut(views, tiles)).Try("one with a layer of points, lines or areas")
	}
	for _, t := range r.tables {
		if err := r.describe(ctx, t); err != nil {
			return err
		}
	}
	if len(views)+len(tiles) > 0 {
		r.tables[0].layer.Note("left out%s", "ditinggalkan%s", leftOut(views, tiles))
	}
	return nil
}

func leftOut(views, tiles []string) geo.Text {
	var all geo.Text
	add := func(en, id string, names []string) {
		if len(names) > 0 {
			t := geo.Textf(en, id, strings.Join(names, ", "))
			all.EN, all.ID = all.EN+t.EN, all.ID+t.ID
		}
	}
	add(" (views: %s)", " (view: %s)", views)
	add(" (images: %s)", " (citra: %s)", tiles)
	return all
}

// describe reads what the file says of a table.
func (r *reader) describe(ctx context.Context, t *readTable) error {
	l := &t.layer
	l.Name = t.name
	if l.Title == t.name {
		l.Title = ""
	}
	l.Count, l.HasIDs = -1, true
	if err := r.geometryColumn(ctx, t); err != nil {
		return err
	}
	if err := r.columns(ctx, t); err != nil {
		return err
	}
	l.Count, l.IDName = r.count(ctx, t), t.key
	return nil
}

// count gives about how many rows a table has, -1 if that can't be said: what the file says
// of it, else how far its keys reach. To count them would be to read all of the file.
func (r *reader) count(ctx context.Context, t *readTable) int64 {
	for _, query := range []string{
		"select feature_count from gpkg_ogr_contents where table_name = ?1 and feature_count >= 0",
		"select coalesce((select max(rowid) from " + quote(t.name) + ") - (select min(rowid) from " + quote(t.name) + ") + 1, 0) where ?1 not null",
	} {
		var n int64
		if r.conn.QueryRowContext(ctx, query, t.name).Scan(&n) == nil { // a table that can't be read is found out when it is
			return n
		}
	}
	return -1
}

// geometryColumn finds the column, the type and the system of the geometries.
func (r *reader) geometryColumn(ctx context.Context, t *readTable) error {
	var name, kind, organisation, definition string
	var srs, z, m int
	var code int64
	err := r.conn.QueryRowContext(ctx, `select g.column_name, g.geometry_type_name, g.z, g.m, g.srs_id, coalesce(s.organization, ''), coalesce(s.organization_coordsys_id, 0), coalesce(s.definition, '')
		from gpkg_geometry_columns g left join gpkg_spatial_ref_sys s on s.srs_id = g.srs_id where g.table_name = ? collate nocase`, t.name).
		Scan(&name, &kind, &z, &m, &srs, &organisation, &code, &definition)
	if err == sql.ErrNoRows {
		return nil
	}
	if err != nil {
		return err
	}
	l := &t.layer
	t.geometry, l.GeometryType = name, source.GeometryTypeOf(typeCodes[strings.ToUpper(kind)])
	l.HasZ, l.HasM = z > 0, m > 0
	if srs > 0 { // 0 and -1 are the undefined systems of the standard
		l.CRSText = source.Text(fmt.Sprintf("%s:%d %s", organisation, code, definition))
		l.CRS, l.CRSFault = crs.RecogniseSRS(organisation, code, definition)
	}
	return nil
}

// typeCodes are those of the names of geometry types in the standard.
var typeCodes = map[string]uint32{
	"POINT": 1, "LINESTRING": 2, "POLYGON": 3, "MULTIPOINT": 4, "MULTILINESTRING": 5, "MULTIPOLYGON": 6, "GEOMETRYCOLLECTION": 7, "GEOMCOLLECTION": 7,
	"CIRCULARSTRING": 8, "COMPOUNDCURVE": 9, "CURVEPOLYGON": 10, "MULTICURVE": 11, "MULTISURFACE": 12, "CURVE": 13, "SURFACE": 14,
}

// columns reads the attributes. Columns that are computed, and bytes, are left out.
func (r *reader) columns(ctx context.Context, t *readTable) error {
	rows, err := r.conn.QueryContext(ctx, `select x.name, upper(x.type), x.pk, x.hidden, x."notnull", coalesce(d.title, ''), coalesce(d.description, ''), coalesce(d.mime_type, '')
		from pragma_table_xinfo(?1) x left join `+r.titles(ctx)+` d on d.table_name = ?1 collate nocase and d.column_name = x.name collate nocase order by x.cid`, t.name)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	keys := 0
	for rows.Next() {
		var name, kind, title, description, mime string
		var key, hidden int
		var required bool
		if err := rows.Scan(&name, &kind, &key, &hidden, &required, &title, &description, &mime); err != nil {
			return err
		}
		property, ok := typeOf(kind, mime)
		switch {
		case key > 0:
			if keys++; keys == 1 && property == geo.Integer {
				t.key = name
				continue
			}
		case hidden > 0:
			t.layer.Note("the column %s is computed and left out", "kolom %s dihitung dari kolom lain dan ditinggalkan", name)
			continue
		case strings.EqualFold(name, t.geometry):
			continue
		}
		if !ok {
			t.layer.Note("the column %s holds bytes and is left out", "kolom %s berisi byte dan ditinggalkan", name)
			continue
		}
		if len(t.columns) == r.limits.Properties {
			return r.at.Errorf(geo.TooLarge, "the layer %s has more than %d columns", t.name, r.limits.Properties).Try("a file with fewer columns")
		}
		if title == name {
			title = ""
		}
		t.columns = append(t.columns, name)
		t.layer.Properties = append(t.layer.Properties, geo.Property{Name: name, Type: property, Title: geo.Text{EN: title}, Description: geo.Text{EN: description}, Required: required})
	}
	return rows.Err()
}

// titles names the table with the titles of columns, or an empty one.
func (r *reader) titles(ctx context.Context) string {
	var is bool
	if err := r.conn.QueryRowContext(ctx, `select count(*) > 0 from sqlite_schema where type = 'table' and name = 'gpkg_data_columns'`).Scan(&is); err != nil || !is {
		return `(select '' as table_name, '' as column_name, '' as title, '' as description, '' as mime_type)`
	}
	return "gpkg_data_columns"
}

// typeOf gives the type for one in SQL; false for bytes.
func typeOf(kind, mime string) (geo.PropertyType, bool) {
	base, _, _ := strings.Cut(kind, "(")
	switch strings.TrimSpace(base) {
	case "BOOLEAN", "BOOL":
		return geo.Boolean, true
	case "TINYINT", "SMALLINT", "MEDIUMINT", "INT", "INTEGER", "BIGINT":
		return geo.Integer, true
	case "FLOAT", "DOUBLE", "REAL", "DOUBLE PRECISION", "NUMERIC", "DECIMAL":
		return geo.Number, true
	case "DATE":
		return geo.DateOnly, true
	case "DATETIME", "TIMESTAMP":
		return geo.Timestamp, true
	case "JSON":
		return geo.JSON, true
	case "BLOB":
		return "", false
	}
	if mime == "application/json" {
		return geo.JSON, true
	}
	return geo.String, true
}
