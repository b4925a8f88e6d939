package postgis

import (
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"kawasan/geo"
)

// column is one attribute column: what it is called, what it becomes, and how
// SQL turns it into the type that decode reads.
type column struct {
	property geo.Property
	sqlType  string // as format_type gives it, without modifier
}

// propertyType maps a PostgreSQL type to ours; ok is false for types that are
// not published (bytea, geometry columns beside the first ...).
func propertyType(sqlType string) (geo.PropertyType, bool) {
	switch sqlType {
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
	case "text", "character varying", "character", "uuid", "name", "\"char\"", "citext", "inet", "cidr", "macaddr",
		"interval", "time without time zone", "time with time zone", "xml", "ltree", "hstore",
		"int4range", "int8range", "numrange", "daterange", "tsrange", "tstzrange":
		return geo.String, true
	case "smallint[]", "integer[]", "bigint[]":
		return geo.IntegerArray, true
	case "real[]", "double precision[]", "numeric[]":
		return geo.NumberArray, true
	case "text[]", "character varying[]", "character[]", "uuid[]", "name[]":
		return geo.TextArray, true
	}
	return "", false
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
	case c.sqlType == "real", c.sqlType == "real[]": // 0.1 is meant, not the 0.10000000149011612 that is nearest to it in 4 bytes
		array := strings.TrimPrefix(c.sqlType, "real")
		return fmt.Sprintf("t.%s::text%s::float8%s", name, array, array)
	case c.sqlType == castTypeName(c.property.Type):
		return "t." + name
	}
	return fmt.Sprintf("t.%s::%s", name, castType(c.property.Type))
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
