package postgis

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"kawasan/geo"
)

// statement is a SELECT under construction. Values are bound, never pasted.
type statement struct {
	table *table
	// from is what rows are read from, under the name t.
	from  string
	query geo.Query
	args  []any
	where []string
	// exact says that the conditions decide alone; else the filter is evaluated on each row.
	exact bool
	// wanted says for each column whether it travels.
	wanted       []bool
	withGeometry bool
}

// bind adds a value and gives its placeholder, cast to a type.
func (s *statement) bind(v any, sqlType string) string {
	s.args = append(s.args, v)
	return "$" + strconv.Itoa(len(s.args)) + "::" + sqlType
}

// build makes the conditions of a query.
func build(t *table, q geo.Query) (*statement, error) {
	s := &statement{table: t, from: t.relation, query: q, exact: true, wanted: make([]bool, len(t.columns))}
	if err := s.choose(); err != nil {
		return nil, err
	}
	s.whereIdentified()
	if q.IDs != nil {
		s.whereIDs(q.IDs)
	}
	if len(q.Bounds) > 0 && t.geometry.name != "" {
		s.whereBounds(q.Bounds)
	}
	if q.NoPosition && t.geometry.name != "" {
		s.whereNowhere()
	}
	s.whereTime()
	if q.Filter != nil {
		s.whereFilter(q.Filter)
	}
	return s, nil
}

// choose marks the columns that the answer, the order and the filter need.
func (s *statement) choose() error {
	q, t := s.query, s.table
	mark := func(name string) error {
		i, ok := t.collection.PropertyIndex(name)
		if !ok {
			return geo.Invalidf("", "collection %q has no property %q", t.collection.ID, name)
		}
		s.wanted[i] = true
		return nil
	}
	if q.Properties == nil {
		for i := range s.wanted {
			s.wanted[i] = true
		}
	}
	for _, name := range q.Properties {
		if err := mark(name); err != nil {
			return err.(*geo.Error).In("properties") //nolint:errorlint,forcetypeassert // made above
		}
	}
	for _, k := range q.SortBy {
		if err := mark(k.Property); err != nil {
			return err.(*geo.Error).In("sortby") //nolint:errorlint,forcetypeassert // made above
		}
	}
	if q.Filter != nil {
		for _, name := range q.Filter.Properties() {
			if i, ok := t.collection.PropertyIndex(name); ok {
				s.wanted[i] = true
			}
		}
	}
	s.withGeometry = t.geometry.name != "" && (!q.SkipGeometry || q.Filter != nil)
	return nil
}

// keyExpression is the key as it compares and sorts.
func (t *table) keyExpression() string {
	if t.keyType == "int8" {
		return "t." + quote(t.key)
	}
	return "t." + quote(t.key) + `::text COLLATE "C"`
}

// whereIdentified leaves out the rows that no id names.
func (s *statement) whereIdentified() {
	t := s.table
	if t.keyed {
		return
	}
	s.where = append(s.where, "t."+quote(t.key)+" IS NOT NULL")
	if len(t.shared) > 0 {
		s.where = append(s.where, t.keyExpression()+" <> ALL("+s.bind(t.shared, "text[]")+"::"+t.keyType+"[])")
	}
}

func (s *statement) whereIDs(ids []string) {
	if s.table.keyType == "int8" {
		numbers := make([]int64, 0, len(ids))
		for _, id := range ids {
			if n, err := strconv.ParseInt(id, 10, 64); err == nil && strconv.FormatInt(n, 10) == id {
				numbers = append(numbers, n)
			}
		}
		s.where = append(s.where, "t."+quote(s.table.key)+" = ANY("+s.bind(numbers, "int8[]")+")")
		return
	}
	key := "t." + quote(s.table.key)
	switch s.table.keySQL {
	case "text", "character varying":
		s.where = append(s.where, key+" = ANY("+s.bind(ids, "text[]")+")")
	case "uuid":
		// Only what is one can be asked for, in the one form in which ids are given.
		known := slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return !canonicalUUID.MatchString(id) })
		s.where = append(s.where, key+" = ANY("+s.bind(known, "uuid[]")+")")
	default:
		s.where = append(s.where, key+"::text = ANY("+s.bind(ids, "text[]")+")")
	}
}

var canonicalUUID = regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`)

// whereBounds asks for geometries that meet any of the boxes.
func (s *statement) whereBounds(bounds []orb.Bound) {
	g := s.table.geometry
	var any []string
	for _, b := range bounds {
		any = append(any, s.meets(b))
	}
	if missing := g.missing(); missing != "false" {
		any = append(any, missing)
	}
	s.where = append(s.where, "("+strings.Join(any, " OR ")+")")
}

// whereNowhere asks for features without a position. Where there may be any without
// a geometry, all pages of the index are looked at (some ms for 200,000 rows), for an
// empty one each row.
func (s *statement) whereNowhere() {
	condition := s.table.geometry.missing()
	if s.table.hollow || !s.table.measuredAs(s.query.AtVersion) {
		condition = "(" + condition + " OR ST_IsEmpty(" + s.table.geometry.expression() + "))"
	}
	s.where = append(s.where, condition)
}

// box is a closed box as a geometry. One without an area is a line or a point: as
// a polygon, PostGIS would find nothing in it.
func (s *statement) box(b orb.Bound) string {
	x1, y1 := s.bind(b.Min[0], "float8"), s.bind(b.Min[1], "float8")
	if b.Min == b.Max {
		return fmt.Sprintf("ST_SetSRID(ST_MakePoint(%s, %s), %d)", x1, y1, wgs84)
	}
	x2, y2 := s.bind(b.Max[0], "float8"), s.bind(b.Max[1], "float8")
	if b.Min[0] == b.Max[0] || b.Min[1] == b.Max[1] {
		return fmt.Sprintf("ST_SetSRID(ST_MakeLine(ST_MakePoint(%s, %s), ST_MakePoint(%s, %s)), %d)", x1, y1, x2, y2, wgs84)
	}
	return fmt.Sprintf("ST_MakeEnvelope(%s, %s, %s, %s, %d)", x1, y1, x2, y2, wgs84)
}

// meets is true where the geometry intersects a closed box. The index is asked
// in the reference system of the column.
func (s *statement) meets(b orb.Bound) string {
	g := s.table.geometry
	area, column := s.box(b), "t."+quote(g.name)
	exact := fmt.Sprintf("ST_Intersects(%s, %s)", g.expression(), area)
	if b.Min[0] == b.Max[0] || b.Min[1] == b.Max[1] {
		// Part by part: GEOS overlooks a point of a collection on a line that it has prepared.
		meets := fmt.Sprintf("ST_Intersects(d.geom, %s)", area)
		if b.Min != b.Max {
			// It fails on a line and a polygon that is not valid; on outline and end of the line it does not.
			meets = fmt.Sprintf("CASE WHEN ST_Dimension(d.geom) = 2 THEN ST_Intersects(ST_Boundary(d.geom), %[1]s) OR ST_Intersects(d.geom, ST_StartPoint(%[1]s)) ELSE %[2]s END", area, meets)
		}
		exact = fmt.Sprintf("EXISTS (SELECT FROM ST_Dump(%s) d WHERE %s)", g.expression(), meets)
	}
	switch {
	case g.isGeog, g.mixed, g.guarded:
		return exact // geography has an index of its own kind; the box test is on the planar geometry
	case g.srid == wgs84:
		if inner, ok := inside(b); ok && !g.open && !g.curved {
			// What lies inside as a whole needs no exact test.
			exact = fmt.Sprintf("(%s @ %s OR %s)", column, s.box(inner), exact)
		}
		return fmt.Sprintf("(%s && %s AND %s)", column, area, exact)
	case !s.transforms(b):
		return exact
	}
	return fmt.Sprintf("(%s && %s AND %s)", column, inReference(area, g.srid), exact)
}

// inside is a box whose bounds in single precision, as PostGIS compares them, lie
// inside those of b; false if b is too small.
func inside(b orb.Bound) (orb.Bound, bool) {
	for i := range 2 {
		const grain = 1.0 / (1 << 21) // four steps of single precision
		b.Min[i] += grain * max(1, math.Abs(b.Min[i]))
		b.Max[i] -= grain * max(1, math.Abs(b.Max[i]))
	}
	return b, b.Min[0] < b.Max[0] && b.Min[1] < b.Max[1]
}

// transforms reports whether a box can be taken into the reference system of the
// column, which may fail far from where that system is meant for: it can near
// what is stored. Elsewhere the index is not asked and every row is tested, which
// is slower and gives the same answer.
func (s *statement) transforms(b orb.Bound) bool {
	const near = 10 // degrees
	e := s.table.collection.Extent
	return !e.IsEmpty() && b.Min[0] >= e.Min[0]-near && b.Max[0] <= e.Max[0]+near &&
		b.Min[1] >= max(e.Min[1]-near, -89) && b.Max[1] <= min(e.Max[1]+near, 89)
}

// inReference is a box of another reference system that holds all of an area in
// WGS84: the bounds of its transformed outline, with room for what curves between the points
// and for rounding.
func inReference(area string, srid int) string {
	outline := fmt.Sprintf("ST_Transform(ST_Segmentize(%s, 0.1), %d)", area, srid)
	return fmt.Sprintf("ST_Expand(%[1]s, 0.01 * (ST_XMax(%[1]s) - ST_XMin(%[1]s)) + 1e-7 * abs(ST_XMax(%[1]s)), 0.01 * (ST_YMax(%[1]s) - ST_YMin(%[1]s)) + 1e-7 * abs(ST_YMax(%[1]s)))", outline)
}

// whereTime asks for features whose time meets the interval, and that are valid on the day asked for.
func (s *statement) whereTime() {
	t, c := s.table, s.table.collection
	if q := s.query.Time; q != nil && c.TimeStart != "" {
		start, end := t.timeExpression(c.TimeStart, false), t.timeExpression(c.TimeEnd, true)
		if q.End != nil {
			s.where = append(s.where, fmt.Sprintf("(%s IS NULL OR %s <= %s)", start, start, s.bind(*q.End, "timestamptz")))
		}
		if q.Start != nil {
			s.where = append(s.where, fmt.Sprintf("(%s IS NULL OR %s >= %s)", end, end, s.bind(*q.Start, "timestamptz")))
		}
	}
	if q := s.query.AsOf; q != nil {
		day := q.String()
		if i, ok := c.PropertyIndex("valid_from"); ok && c.Properties[i].Type == geo.DateOnly {
			e := t.columns[i].orderExpression()
			s.where = append(s.where, fmt.Sprintf("(%s IS NULL OR %s <= %s)", e, e, s.bind(day, "text::date")))
		}
		if i, ok := c.PropertyIndex("valid_to"); ok && c.Properties[i].Type == geo.DateOnly {
			e := t.columns[i].orderExpression()
			s.where = append(s.where, fmt.Sprintf("(%s IS NULL OR %s < %s)", e, s.bind(day, "text::date"), e))
		}
	}
}

// orderKey is one part of the order: an expression, its type and its direction.
type orderKey struct {
	expression string
	sqlType    string
	descending bool
	value      any // of the cursor
	isKey      bool
}

func (s *statement) orderKeys() []orderKey {
	var keys []orderKey
	for n, k := range s.query.SortBy {
		i, _ := s.table.collection.PropertyIndex(k.Property)
		col := s.table.columns[i]
		key := orderKey{expression: col.orderExpression(), sqlType: castType(col.property.Type), descending: k.Descending}
		if a := s.query.After; a != nil && n < len(a.Values) {
			if key.value = a.Values[n]; key.value != nil {
				key.value = forCopy(key.value) // the text of a day before the year 0 is none that PostgreSQL reads
			}
		}
		keys = append(keys, key)
	}
	last := orderKey{expression: s.table.keyExpression(), sqlType: s.table.keyType, isKey: true}
	if a := s.query.After; a != nil {
		last.value = a.ID
		if s.table.keyType == "int8" {
			n, _ := strconv.ParseInt(a.ID, 10, 64)
			last.value = n
		}
	}
	return append(keys, last)
}

// order is the ORDER BY clause: nulls last, or first when read backward.
func (s *statement) order(keys []orderKey) string {
	var parts []string
	for _, k := range keys {
		direction := "ASC"
		if k.descending != s.query.Backward {
			direction = "DESC"
		}
		part := k.expression + " " + direction
		if !k.isKey {
			if s.query.Backward {
				part += " NULLS FIRST"
			} else {
				part += " NULLS LAST"
			}
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, ", ")
}

// after is the condition that a row lies behind the cursor in the order (or before it, read backward).
func (s *statement) after(keys []orderKey) string {
	var alternatives []string
	var equal []string
	for _, k := range keys {
		if beyond := s.beyond(k); beyond != "" {
			alternatives = append(alternatives, "("+strings.Join(append(slices.Clone(equal), beyond), " AND ")+")")
		}
		if k.isKey {
			break
		}
		if k.value == nil {
			equal = append(equal, k.expression+" IS NULL")
		} else {
			equal = append(equal, k.expression+" = "+s.bind(k.value, k.sqlType))
		}
	}
	return "(" + strings.Join(alternatives, " OR ") + ")"
}

// beyond is the condition that a row lies strictly behind the cursor by one key; "" if none can.
func (s *statement) beyond(k orderKey) string {
	sign := ">"
	if k.descending != s.query.Backward {
		sign = "<"
	}
	switch {
	case k.value == nil && s.query.Backward:
		return k.expression + " IS NOT NULL"
	case k.value == nil:
		return ""
	}
	condition := k.expression + " " + sign + " " + s.bind(k.value, k.sqlType)
	if k.isKey || s.query.Backward {
		return condition
	}
	return "(" + condition + " OR " + k.expression + " IS NULL)"
}

func (s *statement) conditions(more ...string) string {
	all := append(slices.Clone(s.where), more...)
	if len(all) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(all, " AND ")
}

// selectSQL is the statement for the page (or for all that may match, when a filter still has to decide).
func (s *statement) selectSQL() string {
	keys := s.orderKeys()
	var more []string
	if s.query.After != nil {
		more = append(more, s.after(keys))
	}
	sql := "SELECT " + s.columnsSQL() + " FROM " + s.from + " t" + s.conditions(more...) + " ORDER BY " + s.order(keys)
	if s.exact {
		if s.query.Limit > 0 {
			sql += " LIMIT " + strconv.Itoa(s.query.Limit)
		}
		if s.query.Offset > 0 {
			sql += " OFFSET " + strconv.Itoa(s.query.Offset)
		}
	}
	return sql
}

// columnsSQL lists key, geometry (or null) and the wanted columns.
func (s *statement) columnsSQL() string {
	parts := []string{"t." + quote(s.table.key) + "::text", "NULL::bytea"}
	if s.withGeometry {
		parts[1] = "ST_AsBinary(" + s.table.geometry.expression() + ", 'NDR')"
	}
	for i, c := range s.table.columns {
		if s.wanted[i] {
			parts = append(parts, c.expression())
		}
	}
	return strings.Join(parts, ", ")
}

// countSQL counts the rows that meet the conditions, up to one more than the limit of counting.
func (s *statement) countSQL() string {
	return fmt.Sprintf("SELECT count(*) FROM (SELECT 1 FROM %s t%s LIMIT %d) n", s.from, s.conditions(), geo.MatchedLimit+1)
}
