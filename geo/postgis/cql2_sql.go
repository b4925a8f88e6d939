package postgis

import (
	"fmt"
	"strings"
	"time"

	"github.com/paulmach/orb"

	"kawasan/geo"
	"kawasan/geo/cql2"
)

// compiled is a condition that stands for an expression. Exact: it is true,
// false and null exactly where the expression is. Else it is true wherever the
// expression is, and perhaps elsewhere; the evaluator then decides.
type compiled struct {
	sql   string
	exact bool
}

// whereFilter pushes down what SQL decides like the evaluator, or more loosely.
// What it can't (case folding, arithmetic, spatial relations, our functions) is
// decided on the rows. Spatial parts give a box that the index is asked for.
func (s *statement) whereFilter(f geo.Filter) {
	s.exact = s.pushDown(f)
	if s.exact || s.table.geometry.name == "" {
		return
	}
	if bounded, ok := f.(interface{ Bounds() (orb.Bound, bool) }); ok {
		if box, ok := bounded.Bounds(); ok {
			s.where = append(s.where, s.touchesBox(box))
		}
	}
}

// pushDown adds the conditions of a filter and reports whether they decide alone.
func (s *statement) pushDown(f geo.Filter) bool {
	switch f := f.(type) {
	case cql2.Conjunction:
		exact := true
		for _, part := range f {
			exact = s.pushDown(part) && exact
		}
		return exact
	case *cql2.Filter:
		if c, ok := s.compile(f.Expr()); ok {
			s.where = append(s.where, "("+c.sql+")")
			return c.exact
		}
	}
	return false
}

// touchesBox is true at least where the bounds of the geometry meet the box; it uses the index.
func (s *statement) touchesBox(b orb.Bound) string {
	g := s.table.geometry
	if g.mixed || g.guarded || !g.isGeog && g.srid != wgs84 && !s.transforms(b) {
		return "t." + quote(g.name) + " IS NOT NULL"
	}
	box := fmt.Sprintf("ST_MakeEnvelope(%s, %s, %s, %s, %d)",
		s.bind(b.Min[0], "float8"), s.bind(b.Min[1], "float8"), s.bind(b.Max[0], "float8"), s.bind(b.Max[1], "float8"), wgs84)
	switch {
	case g.isGeog:
		return g.expression() + " && " + box
	case g.srid == wgs84:
		return "t." + quote(g.name) + " && " + box
	}
	return "t." + quote(g.name) + " && " + inReference(box, g.srid)
}

// compile gives the condition for an expression; ok is false when nothing useful can be said.
func (s *statement) compile(e cql2.Expr) (compiled, bool) {
	bound := len(s.args)
	c, ok := s.compileNode(e)
	if !ok {
		s.args = s.args[:bound] // values of what was given up
	}
	return c, ok
}

func (s *statement) compileNode(e cql2.Expr) (compiled, bool) {
	o, ok := e.(*cql2.Operation)
	if !ok {
		return compiled{}, false
	}
	switch o.Op {
	case cql2.And:
		return s.compileAnd(o)
	case cql2.Or:
		return s.compileOr(o)
	case cql2.Not:
		// the negation of "true at least where" is true at most where: of no use
		if inner, ok := s.compile(o.Args[0]); ok && inner.exact {
			return compiled{"NOT (" + inner.sql + ")", true}, true
		}
		return compiled{}, false
	case cql2.Equal, cql2.NotEqual, cql2.Less, cql2.Greater, cql2.LessOrEqual, cql2.GreaterOrEqual:
		return s.compileComparison(o)
	case cql2.Between:
		return s.compileBetween(o)
	case cql2.In:
		return s.compileIn(o)
	case cql2.Like:
		return s.compileLike(o)
	case cql2.IsNull:
		if a, ok := s.operand(o.Args[0], nil); ok {
			return compiled{"(" + a.sql + ") IS NULL", true}, true
		}
	case cql2.AContains, cql2.AOverlaps:
		return s.compileArray(o)
	}
	return compiled{}, false
}

func (s *statement) compileAnd(o *cql2.Operation) (compiled, bool) {
	all := compiled{exact: true}
	var parts []string
	for _, a := range o.Args {
		c, ok := s.compile(a)
		all.exact = all.exact && ok && c.exact
		if ok {
			parts = append(parts, "("+c.sql+")")
		}
	}
	all.sql = strings.Join(parts, " AND ")
	return all, len(parts) > 0
}

func (s *statement) compileOr(o *cql2.Operation) (compiled, bool) {
	any := compiled{exact: true}
	var parts []string
	for _, a := range o.Args {
		c, ok := s.compile(a)
		if !ok { // an alternative that can't be said makes the rest useless
			return compiled{}, false
		}
		any.exact = any.exact && c.exact
		parts = append(parts, "("+c.sql+")")
	}
	any.sql = strings.Join(parts, " OR ")
	return any, true
}

// operand is one side of a comparison, with its type.
type operand struct {
	sql  string
	kind geo.PropertyType
}

// operand compiles a property or a literal. A literal takes the type of the other side, if it can.
func (s *statement) operand(e cql2.Expr, other *operand) (operand, bool) {
	switch e := e.(type) {
	case *cql2.Property:
		if i, ok := s.table.collection.PropertyIndex(e.Name); ok {
			c := s.table.columns[i]
			if c.property.Type.IsArray() || c.property.Type == geo.JSON {
				return operand{}, false
			}
			return operand{c.orderExpression(), c.property.Type}, true
		}
		isID := e.Binding.Role == cql2.IsID
		if isID && s.table.keyType == "text" {
			return operand{s.table.keyExpression(), geo.String}, true
		}
		if isID {
			return operand{s.table.keyExpression() + "::int8", geo.Integer}, true
		}
	case *cql2.Literal:
		if other != nil {
			return s.literal(e.Value, other.kind)
		}
	}
	return operand{}, false
}

// literal binds a constant as a type; ok is false where the evaluator would convert in a way of its own.
func (s *statement) literal(v any, kind geo.PropertyType) (operand, bool) {
	switch v := v.(type) {
	case string:
		if kind == geo.String {
			return operand{s.bind(v, "text"), kind}, true
		}
	case int64:
		if kind == geo.Integer {
			return operand{s.bind(v, "int8"), kind}, true
		}
		const exactFloat = 1 << 53
		if kind == geo.Number && v <= exactFloat && v >= -exactFloat {
			return operand{s.bind(float64(v), "float8"), kind}, true
		}
	case float64:
		if kind == geo.Number {
			return operand{s.bind(v, "float8"), kind}, true
		}
	case bool:
		if kind == geo.Boolean {
			return operand{s.bind(v, "bool"), kind}, true
		}
	case geo.Date:
		if kind == geo.DateOnly {
			// as a number of days: PostgreSQL reads no year 0
			return operand{"(DATE '1970-01-01' + " + s.bind(int32(v), "int4") + ")", kind}, true
		}
	case time.Time:
		if kind == geo.Timestamp {
			return operand{s.bind(v, "timestamptz"), kind}, true
		}
	}
	return operand{}, false
}

// sides compiles operands of which at least one is a property; the rest take its type.
func (s *statement) sides(args ...cql2.Expr) ([]operand, bool) {
	var first *operand
	for _, a := range args {
		if _, isProperty := a.(*cql2.Property); isProperty {
			o, ok := s.operand(a, nil)
			if !ok {
				return nil, false
			}
			first = &o
			break
		}
	}
	if first == nil {
		return nil, false
	}
	all := make([]operand, len(args))
	for i, a := range args {
		o, ok := s.operand(a, first)
		if !ok || o.kind != first.kind {
			return nil, false
		}
		all[i] = o
	}
	return all, true
}

func (s *statement) compileComparison(o *cql2.Operation) (compiled, bool) {
	sides, ok := s.sides(o.Args...)
	if !ok {
		return compiled{}, false
	}
	return compiled{sides[0].sql + " " + string(o.Op) + " " + sides[1].sql, true}, true
}

func (s *statement) compileBetween(o *cql2.Operation) (compiled, bool) {
	sides, ok := s.sides(o.Args...)
	if !ok {
		return compiled{}, false
	}
	return compiled{sides[0].sql + " BETWEEN " + sides[1].sql + " AND " + sides[2].sql, true}, true
}

func (s *statement) compileIn(o *cql2.Operation) (compiled, bool) {
	list, ok := o.Args[1].(*cql2.Array)
	if !ok || len(list.Items) == 0 {
		return compiled{}, false
	}
	sides, ok := s.sides(append([]cql2.Expr{o.Args[0]}, list.Items...)...)
	if !ok {
		return compiled{}, false
	}
	var items []string
	for _, side := range sides[1:] {
		items = append(items, side.sql)
	}
	return compiled{sides[0].sql + " IN (" + strings.Join(items, ", ") + ")", true}, true
}

func (s *statement) compileLike(o *cql2.Operation) (compiled, bool) {
	pattern, ok := o.Args[1].(*cql2.Literal)
	if !ok {
		return compiled{}, false
	}
	text, ok := pattern.Value.(string)
	if !ok || strings.HasSuffix(strings.ReplaceAll(text, `\\`, ""), `\`) {
		return compiled{}, false // PostgreSQL refuses a pattern that ends in its escape character
	}
	sides, ok := s.sides(o.Args...)
	if !ok || sides[0].kind != geo.String {
		return compiled{}, false
	}
	return compiled{sides[0].sql + " LIKE " + sides[1].sql + ` ESCAPE '\'`, true}, true
}

// compileArray asks loosely whether a list of texts has items; the evaluator decides on duplicates and nulls.
func (s *statement) compileArray(o *cql2.Operation) (compiled, bool) {
	property, ok := o.Args[0].(*cql2.Property)
	if !ok {
		return compiled{}, false
	}
	i, ok := s.table.collection.PropertyIndex(property.Name)
	if !ok || s.table.columns[i].property.Type != geo.TextArray {
		return compiled{}, false
	}
	list, ok := o.Args[1].(*cql2.Array)
	if !ok {
		return compiled{}, false
	}
	items := []string{}
	for _, item := range list.Items {
		l, ok := item.(*cql2.Literal)
		if !ok {
			return compiled{}, false
		}
		text, ok := l.Value.(string)
		if !ok {
			return compiled{}, false
		}
		items = append(items, text)
	}
	operator := " @> "
	if o.Op == cql2.AOverlaps {
		operator = " && "
	}
	return compiled{s.table.columns[i].expression() + operator + s.bind(items, "text[]"), false}, true
}
