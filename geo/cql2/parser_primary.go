package cql2

import (
	"strings"

	"kawasan/geo"
)

const wanted = "a property, a value, a function or '('"

// primary is an operand without operators around it.
func (p *parser) primary() (Expr, error) {
	t := p.peek()
	switch t.kind {
	case tokenNumber:
		p.take()
		return literalNumber(t.at, t.text)
	case tokenString:
		p.take()
		return &Literal{Position: t.at, Value: t.text}, nil
	case tokenQuotedName:
		p.take()
		if p.peek().is("(") {
			return nil, p.expected(p.peek(), "an operator").Try("a function name without double quotes")
		}
		return &Property{Position: t.at, Name: t.text}, nil
	case tokenName:
		return p.word()
	case tokenSymbol:
		if t.text == "(" {
			return p.group()
		}
	}
	return nil, p.expected(t, wanted)
}

// word is what begins with a name: a keyword, a literal, a function or a property.
func (p *parser) word() (Expr, error) {
	t := p.peek()
	switch strings.ToUpper(t.text) {
	case "TRUE", "FALSE":
		p.take()
		return &Literal{Position: t.at, Value: t.is("TRUE")}, nil
	case "AND", "OR", "NOT", "LIKE", "BETWEEN", "IN", "IS", "DIV":
		return nil, p.expected(t, wanted)
	case "NULL":
		return nil, p.expected(t, wanted).Try("x IS NULL to ask for values that are missing")
	}
	if (strings.EqualFold(t.text, "nan") || strings.EqualFold(t.text, "inf") || strings.EqualFold(t.text, "infinity")) && !p.after().is("(") {
		return nil, invalid(t.at, "%s is not a number here", t.found()).Try("a finite number, or double quotes around the name of a property")
	}
	if kind, ok := geometryTypeNamed(t.text); ok && p.opensGeometry() {
		return p.geometry(kind)
	}
	if !p.after().is("(") {
		p.take()
		return &Property{Position: t.at, Name: t.text}, nil
	}
	switch strings.ToUpper(t.text) {
	case "DATE", "TIMESTAMP":
		return p.instant()
	case "INTERVAL":
		return p.interval()
	case "BBOX":
		return p.bbox()
	}
	p.take()
	op, isOperator := functionOperator(t.text)
	list, err := p.list(!isOperator || op.family() == array)
	if err != nil {
		return nil, err
	}
	if isOperator {
		return &Operation{Position: t.at, Op: op, Args: list.Items}, nil
	}
	return &Call{Position: t.at, Name: t.text, Args: list.Items}, nil
}

// group is an expression in parentheses or, where a list may stand, a list.
func (p *parser) group() (Expr, error) {
	mayBeList := p.listStart == p.at
	list, err := p.list(mayBeList)
	if err != nil {
		return nil, err
	}
	if mayBeList && (p.peek().is(",") || p.peek().is(")")) || len(list.Items) != 1 {
		return list, nil
	}
	if mayBeList {
		return ungroup(list), nil
	}
	return list.Items[0], nil
}

// list is expressions in parentheses; nested says that items may be lists.
func (p *parser) list(nested bool) (*Array, error) {
	list := &Array{Position: p.peek().at}
	if err := p.expect("("); err != nil {
		return nil, err
	}
	if p.accept(")") {
		return list, nil
	}
	for {
		if nested {
			p.listStart = p.at
		}
		item, err := p.expression()
		if err != nil {
			return nil, err
		}
		list.Items = append(list.Items, item)
		if p.accept(")") {
			return list, nil
		}
		if !p.accept(",") {
			return nil, p.expected(p.peek(), "',' or ')'")
		}
	}
}

// instant is DATE('…') or TIMESTAMP('…').
func (p *parser) instant() (Expr, error) {
	t := p.take()
	p.take() // (
	s := p.take()
	if s.kind != tokenString {
		return nil, p.expected(s, "%s", instantForm(t.is("DATE")))
	}
	v, ok := instantValue(t.is("DATE"), s.text)
	if !ok {
		return nil, p.expected(s, "%s", instantForm(t.is("DATE")))
	}
	return &Literal{Position: t.at, Value: v}, p.expect(")")
}

func instantForm(date bool) geo.Phrase {
	if date {
		return geo.Phrasef("a day as '2024-12-31'")
	}
	return geo.Phrasef("an instant as '2024-12-31T23:59:59Z'")
}

func instantValue(date bool, s string) (any, bool) {
	if date {
		d, ok := readDate(s)
		return d, ok
	}
	t, ok := readTimestamp(s)
	return t, ok
}

// interval is INTERVAL(start, end).
func (p *parser) interval() (Expr, error) {
	t := p.take()
	p.take() // (
	e := &Interval{Position: t.at}
	var err error
	if e.Start, err = p.intervalEnd(); err != nil {
		return nil, err
	}
	if err := p.expect(","); err != nil {
		return nil, err
	}
	if e.End, err = p.intervalEnd(); err != nil {
		return nil, err
	}
	return e, p.expect(")")
}

const intervalForm = "'2024-12-31', '2024-12-31T23:59:59Z', '..', a property or a function"

func (p *parser) intervalEnd() (Expr, error) {
	t := p.peek()
	if t.kind != tokenString {
		e, err := p.primary()
		if err != nil {
			return nil, err
		}
		return e, nil
	}
	p.take()
	return intervalEnd(t.at, t.text)
}

// intervalEnd reads the text of an end; nil is open.
func intervalEnd(at Position, s string) (Expr, error) {
	if s == ".." {
		return nil, nil
	}
	v, ok := readInstant(s)
	if !ok {
		return nil, invalid(at, "found the text '%s', expected the end of an interval", clip(s)).Try(intervalForm)
	}
	return &Literal{Position: at, Value: v}, nil
}
