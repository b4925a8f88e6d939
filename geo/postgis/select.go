package postgis

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

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
