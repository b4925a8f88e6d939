package cql2

import (
	"strings"
	"unicode/utf8"

	"kawasan/geo"
)

// ParseText reads a filter in CQL2 text. Faults are *geo.Error of code Invalid
// that name line and column, what was found and what was expected.
func ParseText(text string) (Expr, error) {
	if err := readable(text); err != nil {
		return nil, err
	}
	all, err := tokens(text)
	if err != nil {
		return nil, err
	}
	p := &parser{tokens: all, listStart: -1}
	if p.peek().kind == tokenEnd {
		return nil, invalid(p.peek().at, "the filter is empty").Try("an expression such as name = 'Kariangau'")
	}
	e, err := p.expression()
	if err != nil {
		return nil, err
	}
	if t := p.peek(); t.kind != tokenEnd {
		return nil, p.expected(t, "AND, OR or the end")
	}
	return e, shape(e)
}

// readable refuses what can't be the text of a filter at all.
func readable(text string) error {
	if len(text) > MaxBytes {
		return geo.Invalidf(parameter, "the filter has %d bytes", len(text)).Try("at most %d bytes", MaxBytes)
	}
	line, column := 1, 1
	for i, r := range text {
		at := Position{Line: line, Column: column}
		if r == 0 {
			return invalid(at, "the filter contains the character U+0000").Try("text without it")
		}
		if r == utf8.RuneError && !strings.HasPrefix(text[i:], "\uFFFD") {
			return invalid(at, "the filter is not valid UTF-8 here").Try("text encoded as UTF-8")
		}
		if column++; r == '\n' {
			line, column = line+1, 1
		}
	}
	return nil
}

// parser reads tokens by recursive descent: one method a level of precedence.
type parser struct {
	tokens []token
	at     int
	depth  int
	// listStart is the token at which a parenthesis may open a list.
	listStart int
}

func (p *parser) peek() token { return p.tokens[p.at] }

func (p *parser) after() token { return p.tokens[min(p.at+1, len(p.tokens)-1)] }

func (p *parser) take() token {
	t := p.tokens[p.at]
	if t.kind != tokenEnd {
		p.at++
	}
	return t
}

// accept takes the next token if it is that word.
func (p *parser) accept(word string) bool {
	if !p.peek().is(word) {
		return false
	}
	p.at++
	return true
}

func (p *parser) expect(word string) error {
	if !p.accept(word) {
		return p.expected(p.peek(), "'%s'", word)
	}
	return nil
}

func (p *parser) expected(found token, format string, args ...any) *geo.Error {
	what := geo.Phrasef(format, args...)
	return invalid(found.at, "found %s, expected %s", found.found(), what).Try("%s", what)
}

// enter counts nesting; each call needs a leave.
func (p *parser) enter() error {
	if p.depth++; p.depth > 3*MaxDepth {
		return tooDeep(p.peek().at)
	}
	return nil
}

func (p *parser) leave() { p.depth-- }

func tooDeep(at Position) *geo.Error {
	return invalid(at, "the filter nests too deep here").Try("at most %d levels", MaxDepth)
}

// expression is booleanExpression: terms joined by OR.
func (p *parser) expression() (Expr, error) {
	if err := p.enter(); err != nil {
		return nil, err
	}
	defer p.leave()
	return p.joined(Or, func() (Expr, error) { return p.joined(And, p.factor) })
}

func (p *parser) joined(op Operator, operand func() (Expr, error)) (Expr, error) {
	at := p.peek().at
	first, err := operand()
	if err != nil || !p.peek().is(string(op)) {
		return first, err
	}
	args := []Expr{first}
	for p.accept(string(op)) {
		next, err := operand()
		if err != nil {
			return nil, err
		}
		args = append(args, next)
	}
	return &Operation{Position: at, Op: op, Args: args}, nil
}

// factor is booleanFactor: a predicate, perhaps with NOT before it.
func (p *parser) factor() (Expr, error) {
	t := p.peek()
	if !p.accept("NOT") {
		return p.predicate()
	}
	if err := p.enter(); err != nil {
		return nil, err
	}
	defer p.leave()
	e, err := p.factor()
	if err != nil {
		return nil, err
	}
	return &Operation{Position: t.at, Op: Not, Args: []Expr{e}}, nil
}

// predicate is an operand, perhaps compared with others.
func (p *parser) predicate() (Expr, error) {
	at := p.peek().at
	left, err := p.sum()
	if err != nil {
		return nil, err
	}
	t := p.peek()
	if t.kind == tokenSymbol {
		switch op := Operator(t.text); op {
		case Equal, NotEqual, Less, Greater, LessOrEqual, GreaterOrEqual:
			p.take()
			right, err := p.sum()
			if err != nil {
				return nil, err
			}
			if n := p.peek(); n.kind == tokenSymbol && strings.ContainsAny(n.text, "<>=") {
				return nil, p.expected(n, "AND, OR or the end").Try("a comparison of two values; for a range: x BETWEEN 1 AND 2")
			}
			return &Operation{Position: at, Op: op, Args: []Expr{left, right}}, nil
		}
		return left, nil
	}
	if t.is("IS") {
		p.take()
		negated := p.accept("NOT")
		if err := p.expect("NULL"); err != nil {
			return nil, err
		}
		return negate(negated, &Operation{Position: at, Op: IsNull, Args: []Expr{left}}), nil
	}
	negated := t.is("NOT") && (p.after().is("LIKE") || p.after().is("IN") || p.after().is("BETWEEN"))
	if negated {
		p.take()
	}
	var args []Expr
	var op Operator
	switch {
	case p.accept("LIKE"):
		op = Like
		args, err = p.operands(left, p.sum)
	case p.accept("BETWEEN"):
		op = Between
		args, err = p.operands(left, p.sum, func() (Expr, error) {
			if err := p.expect("AND"); err != nil {
				return nil, err
			}
			return p.sum()
		})
	case p.accept("IN"):
		op = In
		args, err = p.operands(left, func() (Expr, error) { return p.list(false) })
	default:
		return left, nil
	}
	if err != nil {
		return nil, err
	}
	return negate(negated, &Operation{Position: at, Op: op, Args: args}), nil
}

func (p *parser) operands(first Expr, more ...func() (Expr, error)) ([]Expr, error) {
	args := []Expr{first}
	for _, operand := range more {
		e, err := operand()
		if err != nil {
			return nil, err
		}
		args = append(args, e)
	}
	return args, nil
}

func negate(negated bool, e *Operation) Expr {
	if !negated {
		return e
	}
	return &Operation{Position: e.Position, Op: Not, Args: []Expr{e}}
}

// sum is arithmeticExpression.
func (p *parser) sum() (Expr, error) { return p.chain(p.product, Plus, Minus) }

// product is arithmeticTerm.
func (p *parser) product() (Expr, error) {
	return p.chain(p.power, Times, Divide, Modulo, IntegerD)
}

func (p *parser) chain(operand func() (Expr, error), operators ...Operator) (Expr, error) {
	at := p.peek().at
	left, err := operand()
	if err != nil {
		return nil, err
	}
next:
	for n := 0; ; n++ {
		for _, op := range operators {
			if !p.accept(string(op)) {
				continue
			}
			if n > MaxDepth {
				return nil, tooDeep(p.peek().at)
			}
			right, err := operand()
			if err != nil {
				return nil, err
			}
			left = &Operation{Position: at, Op: op, Args: []Expr{ungroup(left), ungroup(right)}}
			continue next
		}
		return left, nil
	}
}

// power is powerTerm; the grammar has no chain of ^.
func (p *parser) power() (Expr, error) {
	at := p.peek().at
	base, err := p.signed()
	if err != nil || !p.accept("^") {
		return base, err
	}
	exponent, err := p.signed()
	if err != nil {
		return nil, err
	}
	if t := p.peek(); t.is("^") {
		return nil, p.expected(t, "another operator").Try("parentheses that say which ^ comes first: (a ^ b) ^ c")
	}
	return &Operation{Position: at, Op: Power, Args: []Expr{ungroup(base), ungroup(exponent)}}, nil
}

// signed is arithmeticFactor: a minus before a number belongs to the number,
// before anything else it is -1 times that.
func (p *parser) signed() (Expr, error) {
	t := p.peek()
	if !t.is("-") && !t.is("+") {
		return p.primary()
	}
	p.take()
	if n := p.peek(); n.kind == tokenNumber {
		p.take()
		return literalNumber(t.at, strings.TrimPrefix(t.text, "+")+n.text)
	}
	if p.peek().is("-") || p.peek().is("+") {
		return nil, p.expected(p.peek(), "a number, a property or a function")
	}
	e, err := p.primary()
	if err != nil || t.is("+") {
		return e, err
	}
	return &Operation{Position: t.at, Op: Times, Args: []Expr{&Literal{Position: t.at, Value: int64(-1)}, ungroup(e)}}, nil
}

func literalNumber(at Position, digits string) (Expr, error) {
	v, ok := readNumber(digits)
	if !ok {
		return nil, invalid(at, "the number %s is too large", clip(digits)).Try("a number below 1.8E308")
	}
	return &Literal{Position: at, Value: v}, nil
}

// ungroup takes a list of one item for the item in parentheses.
func ungroup(e Expr) Expr {
	for {
		a, ok := e.(*Array)
		if !ok || len(a.Items) != 1 {
			return e
		}
		e = a.Items[0]
	}
}
