package cql2

import "strings"

// opensGeometry reports whether the name at hand begins a geometry: it is
// followed by a parenthesis, Z or EMPTY. So a property may be called point.
func (p *parser) opensGeometry() bool {
	n := p.after()
	return n.is("(") || n.is("Z") || n.is("M") || n.is("ZM") || n.is("EMPTY")
}

// geometry is a geometry in well-known text, its name not yet taken.
func (p *parser) geometry(kind GeometryType) (*Geometry, error) {
	if err := p.enter(); err != nil {
		return nil, err
	}
	defer p.leave()
	t := p.take()
	g := &Geometry{Position: t.at, Type: kind}
	if d := p.peek(); p.accept("Z") {
		g.HasZ = true
	} else if d.is("M") || d.is("ZM") {
		return nil, p.expected(d, "'Z' or '('").Try("positions of two or three numbers; measures are not part of CQL2")
	}
	if p.accept("EMPTY") {
		g.HasZ = false
		return g, nil
	}
	var err error
	if kind == GeometryCollection {
		g.Members, err = p.members()
	} else {
		err = p.parts(g, kind)
	}
	if err != nil {
		return nil, err
	}
	return g, settle(g)
}

// members are the geometries of a collection.
func (p *parser) members() ([]*Geometry, error) {
	if err := p.expect("("); err != nil {
		return nil, err
	}
	var members []*Geometry
	for {
		t := p.peek()
		kind, ok := geometryTypeNamed(t.text)
		if t.kind != tokenName || !ok {
			return nil, p.expected(t, "a geometry such as POINT(116.8 -1.2)")
		}
		m, err := p.geometry(kind)
		if err != nil {
			return nil, err
		}
		members = append(members, m)
		if p.accept(")") {
			return members, nil
		}
		if !p.accept(",") {
			return nil, p.expected(p.peek(), "',' or ')'")
		}
	}
}

// parts reads what stands in the parentheses of a geometry that is no collection.
func (p *parser) parts(g *Geometry, kind GeometryType) error {
	if kind == Point || kind == LineString {
		return p.positions(g)
	}
	if err := p.expect("("); err != nil {
		return err
	}
	for {
		member := &Geometry{Position: p.peek().at, Type: kind.part()}
		switch {
		case p.accept("EMPTY"):
		case kind == MultiPoint && !p.peek().is("("):
			// MULTIPOINT(1 2, 3 4), as older software writes it
			if err := p.position(member); err != nil {
				return err
			}
		default:
			if err := p.parts(member, member.Type); err != nil {
				return err
			}
		}
		g.Members = append(g.Members, member)
		if p.accept(")") {
			return nil
		}
		if !p.accept(",") {
			return p.expected(p.peek(), "',' or ')'")
		}
	}
}

func (p *parser) positions(g *Geometry) error {
	if err := p.expect("("); err != nil {
		return err
	}
	for {
		if err := p.position(g); err != nil {
			return err
		}
		if p.accept(")") {
			return nil
		}
		if t := p.peek(); !t.is(",") {
			return p.expected(t, "',' or ')'")
		} else if g.Type == Point {
			return p.expected(t, "')'").Try("a point of one position: POINT(116.8 -1.2), with a space between longitude and latitude")
		}
		p.take()
	}
}

// position reads two or three numbers.
func (p *parser) position(g *Geometry) error {
	at := p.peek().at
	var numbers []float64
	for len(numbers) < 2 || p.startsNumber() {
		n, err := p.coordinate()
		if err != nil {
			return err
		}
		if numbers = append(numbers, n); len(numbers) > 3 {
			return invalid(at, "the position has more than three numbers").Try("longitude, latitude and perhaps height")
		}
	}
	return g.add(at, numbers)
}

func (p *parser) startsNumber() bool {
	t := p.peek()
	return t.kind == tokenNumber || t.is("-") || t.is("+")
}

func (p *parser) coordinate() (float64, error) {
	t := p.take()
	sign := ""
	n := t
	if t.is("-") || t.is("+") {
		sign, n = strings.TrimPrefix(t.text, "+"), p.take()
	}
	if n.kind != tokenNumber {
		return 0, p.expected(n, "a number")
	}
	v, ok := readNumber(sign + n.text)
	if !ok {
		return 0, invalid(t.at, "the number %s is too large", clip(n.text)).Try("a coordinate")
	}
	return asFloat(v), nil
}

func asFloat(v any) float64 {
	switch v := v.(type) {
	case int64:
		return float64(v)
	case float64:
		return v
	}
	return 0
}

// bbox is BBOX(west, south, east, north), or with heights after south and north.
func (p *parser) bbox() (Expr, error) {
	t := p.take()
	p.take() // (
	var numbers []float64
	for {
		n, err := p.coordinate()
		if err != nil {
			return nil, err
		}
		if numbers = append(numbers, n); len(numbers) > 6 {
			return nil, boxNumbers(t.at, len(numbers))
		}
		if p.accept(")") {
			return newBox(t.at, numbers)
		}
		if !p.accept(",") {
			return nil, p.expected(p.peek(), "',' or ')'")
		}
	}
}
