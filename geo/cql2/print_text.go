package cql2

import (
	"strings"
	"time"

	"kawasan/geo"
)

// Text prints an expression as canonical CQL2 text: keywords in upper case, no
// parentheses that change nothing but those around nested operators, numbers as
// short as they can be. Reading the text gives the same tree, with one exception:
// CQL2 text can't write, before another text, one whose last character is a backslash.
func Text(e Expr) string { return string(appendText(nil, e)) }

func appendText(b []byte, e Expr) []byte {
	switch e := e.(type) {
	case *Literal:
		return appendLiteral(b, e.Value)
	case *Property:
		return appendName(b, e.Name)
	case *Geometry:
		return appendWKT(b, e, true)
	case *Interval:
		b = append(b, "INTERVAL("...)
		b = appendEnd(b, e.Start)
		b = append(b, ", "...)
		return append(appendEnd(b, e.End), ')')
	case *Array:
		return appendList(b, e.Items)
	case *Call:
		return appendList(append(b, e.Name...), e.Args)
	case *Operation:
		return appendOperation(b, e)
	}
	return b
}

func appendList(b []byte, items []Expr) []byte {
	b = append(b, '(')
	for i, item := range items {
		if i > 0 {
			b = append(b, ", "...)
		}
		b = appendText(b, item)
	}
	return append(b, ')')
}

func appendEnd(b []byte, e Expr) []byte {
	if e == nil {
		return append(b, "'..'"...)
	}
	if l, ok := e.(*Literal); ok {
		return append(append(append(b, '\''), instantText(l.Value)...), '\'')
	}
	return appendText(b, e)
}

func appendLiteral(b []byte, v any) []byte {
	switch v := v.(type) {
	case string:
		return appendString(b, v)
	case bool:
		if v {
			return append(b, "TRUE"...)
		}
		return append(b, "FALSE"...)
	case geo.Date:
		return append(append(append(b, "DATE('"...), instantText(v)...), "')"...)
	case time.Time:
		return append(append(append(b, "TIMESTAMP('"...), instantText(v)...), "')"...)
	}
	return appendNumber(b, v)
}

// appendString doubles quotes; a quote after a backslash is written with another
// backslash, since doubled it would read as an escaped quote and the end.
func appendString(b []byte, s string) []byte {
	b = append(b, '\'')
	for i := range len(s) {
		switch {
		case s[i] != '\'':
			b = append(b, s[i])
		case i > 0 && s[i-1] == '\\':
			b = append(b, `\'`...)
		default:
			b = append(b, `''`...)
		}
	}
	return append(b, '\'')
}

func appendName(b []byte, name string) []byte {
	special := strings.EqualFold(name, "nan") || strings.EqualFold(name, "inf") || strings.EqualFold(name, "infinity")
	if plainName(name) && !special {
		return append(b, name...)
	}
	b = append(b, '"')
	b = append(b, strings.ReplaceAll(name, `"`, `""`)...)
	return append(b, '"')
}

// appendOperand puts an operation that is written with an operator in parentheses.
func appendOperand(b []byte, e Expr) []byte {
	if op, ok := e.(*Operation); ok && op.Op.infix() {
		return append(appendText(append(b, '('), e), ')')
	}
	return appendText(b, e)
}

// infix reports whether text writes the operator between or before its arguments.
func (o Operator) infix() bool {
	switch o.family() {
	case logic, comparison, special, arithmetic:
		return true
	}
	return false
}

func appendOperation(b []byte, e *Operation) []byte {
	switch {
	case !e.Op.infix():
		return appendList(append(b, e.Op.text()...), e.Args)
	case e.Op == Not:
		return appendNot(b, e.Args[0])
	case e.Op == And || e.Op == Or:
		for i, arg := range e.Args {
			if i > 0 {
				b = append(append(append(b, ' '), e.Op.text()...), ' ')
			}
			if op, ok := arg.(*Operation); ok && op.Op != And && op.Op != Or {
				b = appendText(b, arg)
				continue
			}
			b = appendOperand(b, arg)
		}
		return b
	case e.Op.family() == special:
		return appendSpecial(b, e, "")
	}
	b = appendOperand(b, e.Args[0])
	b = append(append(append(b, ' '), e.Op.text()...), ' ')
	return appendOperand(b, e.Args[1])
}

func appendNot(b []byte, e Expr) []byte {
	op, ok := e.(*Operation)
	switch {
	case ok && op.Op.family() == special:
		return appendSpecial(b, op, "NOT ")
	case ok && op.Op.family() == comparison:
		return appendText(append(b, "NOT "...), e)
	}
	return appendOperand(append(b, "NOT "...), e)
}

func appendSpecial(b []byte, e *Operation, not string) []byte {
	b = append(appendOperand(b, e.Args[0]), ' ')
	if e.Op == IsNull {
		return append(append(append(b, "IS "...), not...), "NULL"...)
	}
	b = append(append(append(b, not...), e.Op.text()...), ' ')
	if e.Op == In {
		return appendText(b, e.Args[1])
	}
	b = appendOperand(b, e.Args[1])
	if e.Op == Between {
		b = appendOperand(append(b, " AND "...), e.Args[2])
	}
	return b
}

// appendWKT prints a geometry; named says with its type before it.
func appendWKT(b []byte, g *Geometry, named bool) []byte {
	if named {
		b = append(b, strings.ToUpper(string(g.Type))...)
		if g.HasZ && g.Type != BBox {
			b = append(b, " Z"...)
		}
	}
	if g.Type == BBox {
		b = append(b, '(')
		for i, c := range g.Coordinates {
			if i > 0 {
				b = append(b, ", "...)
			}
			b = appendNumber(b, number(c))
		}
		return append(b, ')')
	}
	if len(g.Coordinates) == 0 && len(g.Members) == 0 {
		if named {
			b = append(b, ' ')
		}
		return append(b, "EMPTY"...)
	}
	b = append(b, '(')
	for i, c := range g.Coordinates {
		switch {
		case i == 0:
		case i%g.stride() == 0:
			b = append(b, ", "...)
		default:
			b = append(b, ' ')
		}
		b = appendNumber(b, number(c))
	}
	for i, m := range g.Members {
		if i > 0 {
			b = append(b, ", "...)
		}
		b = appendWKT(b, m, g.Type == GeometryCollection)
	}
	return append(b, ')')
}
