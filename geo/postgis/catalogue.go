package postgis

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"kawasan/geo"
)

// catalogue is what is published, with what the store needs to read it.
type catalogue struct {
	public *geo.Catalogue
	tables map[string]*table // that are published
	// found are the tables whose structure fits, before their rows were looked at;
	// refused those whose structure does not.
	found   map[string]*table
	refused []geo.Unpublished
	// fingerprint is equal as long as nothing in the structure has changed.
	fingerprint string
}

// table is one collection as it stands in the database. It is immutable.
type table struct {
	collection *geo.Collection
	relation   string // quoted, with schema; "" for a collection that only has unlocated rows
	key        string // name of the key column
	keyType    string // int8 or text
	keySQL     string // the type of the key column, as format_type gives it
	geometry   geometryColumn
	columns    []column // in the order of collection.Properties
	stored     []string // all columns but the geometry, published or not, in order of name
	leftOut    []string // columns of types that are not published, with the type
	tracked    bool     // it carries our triggers, and no change can have been missed
	plain      bool     // a table that can carry them
	structure  string   // equal as long as columns and descriptions are

	keyed           bool     // the database holds each row to a key that no other has
	shared          []string // ids that several rows had when it was measured
	hollow          bool     // some geometry was empty when it was measured
	measured        bool     // its rows have been looked at; else Count and Extent are not known
	measuredVersion geo.Version
	measuredFrom    *table // what this one is a published copy of
}

// measuredAs reports whether a version (0: the newest known) is what was measured.
func (t *table) measuredAs(version geo.Version) bool {
	return t.measured && t.tracked && cmp.Or(version, t.collection.Version) == t.measuredVersion
}

// geometryColumn says how a geometry is read.
type geometryColumn struct {
	name    string // unquoted; "" if there is none
	kind    string // as PostGIS names it: MULTIPOLYGON, GEOMETRY ...
	srid    int
	notNull bool
	isGeog  bool
	multi   bool // single geometries are to become Multi*
	curved  bool // some may be of kinds that GeoJSON does not have
	open    bool // the column does not say which reference system its rows are in
	mixed   bool // they are in several, so the index can't be asked
	guarded bool // some can't be taken to WGS84, and count as missing
}

// expression is the geometry in WGS84 as a SQL expression of type geometry. Where the
// column leaves types and systems open each row is taken by its own: curves become
// lines; surfaces in space, and positions of a system that is not known, none. Where it
// is guarded, so become those that can't be taken there.
func (g geometryColumn) expression() string {
	column := "t." + quote(g.name)
	if g.isGeog {
		column += "::geometry"
	}
	e := column
	if g.guarded {
		e = fmt.Sprintf("kawasan._wgs84(%s, %t)", e, g.curved)
	} else {
		if g.curved {
			e = "ST_CurveToLine(" + e + ")"
		}
		if g.srid != wgs84 || g.open {
			e = fmt.Sprintf("ST_Transform(%s, %d)", e, wgs84)
		}
	}
	if g.multi {
		e = "ST_Multi(" + e + ")"
	}
	if g.open {
		e = fmt.Sprintf("CASE WHEN ST_SRID(%s) <> 0 THEN %s END", column, e)
	}
	if g.curved {
		e = fmt.Sprintf("CASE WHEN GeometryType(%s) NOT IN ('TIN', 'TRIANGLE', 'POLYHEDRALSURFACE') THEN %s END", column, e)
	}
	return e
}

// partial reports whether some rows that have a geometry may be served without.
func (g geometryColumn) partial() bool { return g.mixed || g.curved || g.guarded }

// missing is the condition that there is no geometry, "false" where there always is one.
func (g geometryColumn) missing() string {
	switch {
	case g.partial():
		return g.expression() + " IS NULL"
	case g.notNull:
		return "false"
	}
	return "t." + quote(g.name) + " IS NULL"
}

// unplaced is the condition that there is a geometry which is not served, "false" where there is none such.
func (g geometryColumn) unplaced() string {
	if !g.partial() {
		return "false"
	}
	return "t." + quote(g.name) + " IS NOT NULL AND " + g.expression() + " IS NULL"
}

const wgs84 = 4326

// fingerprintSQL changes whenever a table, column, comment, index or trigger of the schema does.
const fingerprintSQL = `
SELECT md5(concat_ws('|',
  (SELECT string_agg(concat_ws(',', c.oid, c.relname, c.relkind, c.xmin, c.reltuples >= 0), ';' ORDER BY c.oid)
     FROM pg_class c WHERE c.relnamespace = 'kawasan'::regnamespace),
  (SELECT string_agg(concat_ws(',', a.attrelid, a.attnum, a.xmin), ';' ORDER BY a.attrelid, a.attnum)
     FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid WHERE c.relnamespace = 'kawasan'::regnamespace AND a.attnum > 0 AND c.relkind IN ('r','v','m','p','f')),
  (SELECT string_agg(concat_ws(',', t.oid, t.xmin), ';' ORDER BY t.oid) FROM pg_trigger t WHERE t.tgname LIKE 'kawasan\_%'),
  (SELECT string_agg(concat_ws(',', k.relation, k.xmin), ';' ORDER BY k.relation) FROM kawasan._tracked k),
  (SELECT string_agg(concat_ws(',', i.inhrelid, i.inhparent), ';' ORDER BY i.inhrelid, i.inhparent) FROM pg_inherits i),
  (SELECT string_agg(s.srrelid::text, ';' ORDER BY s.srrelid) FROM pg_subscription_rel s),
  (SELECT string_agg(concat_ws(',', d.objoid, d.objsubid, d.xmin), ';' ORDER BY d.objoid, d.objsubid)
     FROM pg_description d JOIN pg_class c ON c.oid = d.objoid WHERE d.classoid = 'pg_class'::regclass AND c.relnamespace = 'kawasan'::regnamespace),
  (SELECT string_agg(concat_ws(',', id, xmin), ';' ORDER BY id) FROM kawasan._collection),
  (SELECT string_agg(concat_ws(',', collection, name, xmin), ';' ORDER BY collection, name) FROM kawasan._property)))`

const tablesSQL = `
SELECT c.oid, c.relname::text, c.relkind::text, coalesce(obj_description(c.oid, 'pg_class'), '') AS comment,
  has_table_privilege(c.oid, 'SELECT') AS readable,
  coalesce((SELECT array_agg(a.attname::text ORDER BY array_position(i.indkey::int2[], a.attnum)) FROM pg_index i
     JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY(i.indkey)
     WHERE i.indrelid = c.oid AND i.indisprimary), '{}') AS key,
  CASE WHEN c.relkind IN ('r','p') THEN kawasan._trackable(c.oid) ELSE false END AS trackable,
  (SELECT ARRAY[k.key, k.geometry] FROM kawasan._tracked k WHERE k.relation = c.oid AND k.stamp = kawasan._stamp(c.oid)) AS tracked,
  m.id IS NOT NULL, coalesce(m.title_en,''), coalesce(m.title_id,''), coalesce(m.description_en,''), coalesce(m.description_id,''),
  coalesce(m.keywords,'{}'), coalesce(m.licence,''), coalesce(m.attribution,''), coalesce(m.time_start,''), coalesce(m.time_end,''), coalesce(m.published, true)
FROM pg_class c LEFT JOIN kawasan._collection m ON m.id = c.relname
WHERE c.relnamespace = 'kawasan'::regnamespace AND c.relkind IN ('r','v','m','p','f') AND NOT c.relispartition AND c.relname NOT LIKE '\_%'
ORDER BY c.relname COLLATE "C"`

// columnsSQL looks through domains, and domains over domains, at the types below them.
const columnsSQL = `
WITH RECURSIVE below AS (SELECT oid AS domain, typbasetype AS base FROM pg_type WHERE typtype = 'd'
  UNION ALL SELECT b.domain, y.typbasetype FROM below b JOIN pg_type y ON y.oid = b.base WHERE y.typtype = 'd'),
bases AS (SELECT b.domain, b.base FROM below b JOIN pg_type y ON y.oid = b.base WHERE y.typtype <> 'd')
SELECT a.attrelid, a.attname::text, format_type(y.oid, NULL), y.typtype::text, y.typcategory::text, coalesce(format_type(e.oid, NULL), ''), coalesce(e.typtype::text, ''),
  coalesce(e.typcategory::text, ''), a.attnotnull,
  CASE WHEN y.typname IN ('geometry','geography') THEN coalesce(postgis_typmod_type(a.atttypmod), '') ELSE '' END,
  CASE WHEN y.typname IN ('geometry','geography') THEN coalesce(postgis_typmod_srid(a.atttypmod), 0) ELSE 0 END,
  coalesce(col_description(a.attrelid, a.attnum), ''),
  coalesce(m.title_en,''), coalesce(m.title_id,''), coalesce(m.description_en,''), coalesce(m.description_id,''), coalesce(m.unit,''), coalesce(m.allowed,'{}'),
  coalesce(m.words::text,'')
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
LEFT JOIN bases d ON d.domain = a.atttypid JOIN pg_type y ON y.oid = coalesce(d.base, a.atttypid)
LEFT JOIN bases f ON f.domain = y.typelem LEFT JOIN pg_type e ON e.oid = coalesce(f.base, y.typelem) AND y.typcategory = 'A'
LEFT JOIN kawasan._property m ON m.collection = c.relname AND m.name = a.attname
WHERE c.relnamespace = 'kawasan'::regnamespace AND c.relkind IN ('r','v','m','p','f') AND a.attnum > 0 AND NOT a.attisdropped AND c.relname NOT LIKE '\_%'
ORDER BY a.attrelid, a.attnum`

// relation is a row of tablesSQL.
type relation struct {
	oid                          uint32
	name, kind, comment          string
	readable                     bool
	key                          []string
	trackable                    bool
	tracked                      []string // key and geometry column that the triggers were made for
	described                    bool
	titleEN, titleID             string
	descriptionEN, descriptionID string
	keywords                     []string
	licence, attribution         string
	timeStart, timeEnd           string
	published                    bool
}

// attribute is a row of columnsSQL.
type attribute struct {
	oid                          uint32
	name                         string
	valueType, element           sqlType
	notNull                      bool
	geometry                     string
	srid                         int32
	comment                      string
	titleEN, titleID             string
	descriptionEN, descriptionID string
	unit                         string
	allowed                      []string
	words                        string // JSON
}

// discover reads what may be published, without counts, extents and versions.
func discover(ctx context.Context, tx pgx.Tx) (*catalogue, error) {
	c := &catalogue{found: map[string]*table{}}
	if err := tx.QueryRow(ctx, fingerprintSQL).Scan(&c.fingerprint); err != nil {
		return nil, fmt.Errorf("read fingerprint: %w", err)
	}
	rows, err := tx.Query(ctx, tablesSQL)
	if err != nil {
		return nil, fmt.Errorf("read tables: %w", err)
	}
	relations, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (r relation, err error) {
		err = row.Scan(&r.oid, &r.name, &r.kind, &r.comment, &r.readable, &r.key, &r.trackable, &r.tracked, &r.described, &r.titleEN, &r.titleID,
			&r.descriptionEN, &r.descriptionID, &r.keywords, &r.licence, &r.attribution, &r.timeStart, &r.timeEnd, &r.published)
		return r, err
	})
	if err != nil {
		return nil, fmt.Errorf("read tables: %w", err)
	}
	rows, err = tx.Query(ctx, columnsSQL)
	if err != nil {
		return nil, fmt.Errorf("read columns: %w", err)
	}
	attributes, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (a attribute, err error) {
		err = row.Scan(&a.oid, &a.name, &a.valueType.name, &a.valueType.kind, &a.valueType.category,
			&a.element.name, &a.element.kind, &a.element.category, &a.notNull, &a.geometry, &a.srid, &a.comment,
			&a.titleEN, &a.titleID, &a.descriptionEN, &a.descriptionID, &a.unit, &a.allowed, &a.words)
		return a, err
	})
	if err != nil {
		return nil, fmt.Errorf("read columns: %w", err)
	}
	byTable := map[uint32][]attribute{}
	for _, a := range attributes {
		byTable[a.oid] = append(byTable[a.oid], a)
	}
	for _, r := range relations {
		if !r.published {
			continue
		}
		t, reason := publish(r, byTable[r.oid])
		if t == nil {
			c.refused = append(c.refused, geo.Unpublished{Table: r.name, Reason: reason})
			continue
		}
		c.found[r.name] = t
	}
	return c, nil
}

// publish turns a relation into a collection, or says why it can't be one.
func publish(r relation, attributes []attribute) (*table, geo.Phrase) {
	if strings.ContainsAny(r.name, "./") {
		return nil, geo.Words("its name has a dot or a slash; rename it")
	}
	if !r.readable {
		return nil, geo.Words("the database user may not read it; GRANT SELECT")
	}
	key := r.key
	if len(key) == 0 && r.kind != "r" && slices.ContainsFunc(attributes, func(a attribute) bool { return a.name == "id" }) {
		key = []string{"id"} // views have no keys of their own: a column named id is taken for one
	}
	if len(key) != 1 {
		return nil, geo.Words("it has no single-column primary key (a view: no column named id), so its features would have no stable id")
	}
	t := &table{relation: quote(Schema) + "." + quote(r.name), key: key[0], keyType: "text", plain: r.trackable, keyed: len(r.key) == 1 && r.trackable}
	named, said := readComment(r.comment)
	title := geo.Text{EN: cmp.Or(r.titleEN, named.EN), ID: cmp.Or(r.titleID, named.ID)}
	if title.EN == "" && title.ID == "" {
		title.EN = r.name
	}
	description := geo.Text{EN: cmp.Or(r.descriptionEN, said.EN), ID: cmp.Or(r.descriptionID, said.ID)}
	c := &geo.Collection{
		ID: r.name, Title: title, Description: description, Keywords: r.keywords, Licence: r.licence, Attribution: r.attribution, Count: -1,
		Derived: r.name == qualityCollection,
	}
	hasGeometry := false
	for _, a := range attributes {
		t.stored = append(t.stored, a.name)
		switch {
		case a.name == key[0]:
			t.keySQL = a.valueType.name
			if kind, _ := a.valueType.property(); kind == geo.Integer {
				t.keyType, c.IntegerID = "int8", true
			}
		case a.valueType.isGeometry() && !hasGeometry:
			hasGeometry = true
			t.stored = t.stored[:len(t.stored)-1]
			t.geometry = geometryColumn{name: a.name, kind: strings.ToUpper(a.geometry), srid: int(a.srid), notNull: a.notNull, isGeog: a.valueType.name == "geography"}
		default:
			kind, ok := propertyType(a.valueType, a.element)
			if !ok {
				t.leftOut = append(t.leftOut, a.name+" ("+a.valueType.name+")")
				continue
			}
			named, said := readComment(a.comment)
			words, said := wordsOf(said)
			if stored := storedWords(a.words); len(stored) > 0 {
				words = stored
			}
			t.columns = append(t.columns, column{sqlType: a.valueType.name, element: a.element.name, property: geo.Property{
				Name: a.name, Type: kind, Title: geo.Text{EN: cmp.Or(a.titleEN, named.EN, a.name), ID: cmp.Or(a.titleID, named.ID)},
				Description: geo.Text{EN: cmp.Or(a.descriptionEN, said.EN), ID: cmp.Or(a.descriptionID, said.ID)},
				Unit:        a.unit, Enum: a.allowed, Words: words, Required: a.notNull, ReadOnly: a.name == "revision",
			}})
		}
	}
	slices.Sort(t.stored)
	for _, col := range t.columns {
		c.Properties = append(c.Properties, col.property)
	}
	c.TimeStart, c.TimeEnd = timeProperties(c, r.timeStart, r.timeEnd)
	t.tracked = slices.Equal(r.tracked, []string{t.key, t.geometry.name})
	t.collection = c.Index()
	t.structure = fmt.Sprintf("%+v %+v", r, attributes)
	return t, geo.Phrase{}
}

// timeProperties finds what datetime asks about: what _collection says, else
// valid_from and valid_to, else the first property that is a date or an instant.
func timeProperties(c *geo.Collection, start, end string) (string, string) {
	temporal := func(name string) bool {
		p, ok := c.Property(name)
		return ok && p.Type.IsTemporal()
	}
	if temporal(start) && temporal(end) {
		return start, end
	}
	if temporal("valid_from") && temporal("valid_to") {
		return "valid_from", "valid_to"
	}
	for _, p := range c.Properties {
		if p.Type.IsTemporal() {
			return p.Name, p.Name
		}
	}
	return "", ""
}
