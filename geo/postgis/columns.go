package postgis

import (
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"kawasan/geo"
)

// column is one attribute column: what it is called, what it becomes, and how
// SQL turns it into the type that decode reads.
type column struct {
	property geo.Property
	sqlType  string // as format_type gives it, without modifier
	element  string // that of the elements of an array
}

// sqlType is a type of PostgreSQL, that below a domain.
type sqlType struct {
	name           string // as format_type gives it, without modifier; "" for none
	kind, category string // typtype and typcategory of pg_type
}

// base is the name without the schema that an extension's type may have before it.
func (t sqlType) base() string { return t.name[strings.LastIndexByte(t.name, '.')+1:] }

func (t sqlType) isGeometry() bool { return t.base() == "geometry" || t.base() == "geography" }

// propertyType maps a PostgreSQL type to ours; ok is false for types that are
// not published (bytea, geometry columns beside the first ...). The element is that of an array.
func propertyType(t, element sqlType) (kind geo.PropertyType, ok bool) {
	if element.name == "" {
		return t.property()
	}
	switch kind, ok = element.property(); kind {
	case geo.Integer:
		return geo.IntegerArray, ok
	case geo.Number:
		return geo.NumberArray, ok
	case geo.String, geo.DateOnly, geo.Timestamp:
		return geo.TextArray, ok
	}
	return geo.JSON, ok
}

// property maps a type that is no array.
func (t sqlType) property() (geo.PropertyType, bool) {
	switch t.base() {
	case "smallint", "integer", "bigint", "oid":
		return geo.Integer, true
	case "real", "double precision", "numeric", "money":
		return geo.Number, true
	case "boolean":
		return geo.Boolean, true
	case "date":
		return geo.DateOnly, true
	case "timestamp without time zone", "timestamp with time zone":
		return geo.Timestamp, true
	case "json", "jsonb":
		return geo.JSON, true
	case "uuid", "\"char\"", "citext", "macaddr", "macaddr8", "xml", "ltree", "hstore":
		return geo.String, true
	}
	if t.kind == "c" { // of several fields
		return geo.JSON, true
	}
	// Text, dates and times, addresses of networks, bits, geometric types, enums, ranges.
	return geo.String, t.category != "" && strings.Contains("SDTIVGER", t.category)
}

// castType is the PostgreSQL type in which values of a property travel.
func castType(t geo.PropertyType) string {
	switch t {
	case geo.Integer:
		return "int8"
	case geo.Number:
		return "float8"
	case geo.Boolean:
		return "bool"
	case geo.DateOnly:
		return "date"
	case geo.Timestamp:
		return "timestamptz"
	case geo.TextArray:
		return "text[]"
	case geo.IntegerArray:
		return "int8[]"
	case geo.NumberArray:
		return "float8[]"
	default:
		return "text"
	}
}

// columnType is the type a new table gives a property.
func columnType(t geo.PropertyType) string {
	switch t {
	case geo.Integer:
		return "bigint"
	case geo.Number:
		return "double precision"
	case geo.Boolean:
		return "boolean"
	case geo.DateOnly:
		return "date"
	case geo.Timestamp:
		return "timestamptz"
	case geo.TextArray:
		return "text[]"
	case geo.IntegerArray:
		return "bigint[]"
	case geo.NumberArray:
		return "double precision[]"
	case geo.JSON:
		return "jsonb"
	default:
		return `text COLLATE "C"`
	}
}

// expression is the column as a SQL expression of its castType; timestamps
// without a zone are taken as UTC.
func (c column) expression() string {
	name := quote(c.property.Name)
	switch {
	case c.sqlType == "timestamp without time zone":
		return fmt.Sprintf("(t.%s AT TIME ZONE 'UTC')", name)
	case c.sqlType == "money":
		return fmt.Sprintf("t.%s::numeric::float8", name)
	case c.element == "money":
		return fmt.Sprintf("t.%s::numeric[]::float8[]", name)
	case c.sqlType == "real", c.element == "real": // 0.1 is meant, not the 0.10000000149011612 that is nearest to it in 4 bytes
		array := ""
		if c.element != "" {
			array = "[]"
		}
		return fmt.Sprintf("t.%s::text%s::float8%s", name, array, array)
	case c.property.Type == geo.JSON && c.sqlType != "json" && c.sqlType != "jsonb":
		return fmt.Sprintf("to_jsonb(t.%s)::text", name)
	case c.element == "timestamp with time zone": // whatever the zone and the style of dates of the session
		return elements(name, `(to_jsonb(nullif(nullif(e, 'infinity'), '-infinity') AT TIME ZONE 'UTC') #>> '{}') || 'Z'`)
	case c.element == "timestamp without time zone":
		return elements(name, `(to_jsonb(nullif(nullif(e, 'infinity'), '-infinity')) #>> '{}') || 'Z'`)
	case c.element == "date":
		return elements(name, `to_jsonb(nullif(nullif(e, 'infinity'), '-infinity')) #>> '{}'`)
	case c.sqlType == castTypeName(c.property.Type):
		return "t." + name
	}
	return fmt.Sprintf("t.%s::%s", name, castType(c.property.Type))
}

// elements makes text of each element e of an array.
func elements(column, text string) string {
	return fmt.Sprintf("CASE WHEN t.%[1]s IS NOT NULL THEN ARRAY(SELECT %[2]s FROM unnest(t.%[1]s) WITH ORDINALITY AS u(e, n) ORDER BY n) END", column, text)
}

// openType is the type of the column to convert values to, without a length: as a name by itself
// character is one of a single letter, and bit of a single bit.
func (c column) openType() string {
	switch c.sqlType {
	case "character", "character[]":
		return "bpchar" + strings.TrimPrefix(c.sqlType, "character")
	case "bit", "bit[]":
		return "varbit" + strings.TrimPrefix(c.sqlType, "bit")
	}
	return c.sqlType
}

// hasEquality reports whether values of the column are equal for PostgreSQL only where they
// are the same: boxes and circles of the same area are equal, XML and other shapes are compared not at all.
func (c column) hasEquality() bool {
	t := strings.TrimSuffix(c.sqlType, "[]")
	return !slices.Contains([]string{"xml", "point", "line", "lseg", "box", "path", "polygon", "circle"}, t)
}

// castTypeName is castType as format_type spells it.
func castTypeName(t geo.PropertyType) string {
	switch castType(t) {
	case "int8":
		return "bigint"
	case "float8":
		return "double precision"
	case "bool":
		return "boolean"
	case "timestamptz":
		return "timestamp with time zone"
	case "int8[]":
		return "bigint[]"
	case "float8[]":
		return "double precision[]"
	default:
		return castType(t)
	}
}

// orderExpression is what the column sorts and compares by: text by code point,
// and null for what is no value of ours (NaN, infinity).
func (c column) orderExpression() string {
	e := c.expression()
	switch {
	case castType(c.property.Type) == "text":
		return e + ` COLLATE "C"`
	case c.property.Type == geo.Number:
		return "nullif(nullif(nullif(" + e + ", 'NaN'), 'Infinity'), '-Infinity')"
	case c.property.Type.IsTemporal():
		return "nullif(nullif(" + e + ", 'infinity'), '-infinity')"
	}
	return e
}

// quote makes an identifier from the catalogue safe inside a statement.
func quote(name string) string { return pgx.Identifier{name}.Sanitize() }
