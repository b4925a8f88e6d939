package cql2

import (
	"sync"

	"github.com/paulmach/orb"
	"github.com/peterstace/simplefeatures/geom"
)

// spatial compiles a spatial predicate. Bounding boxes decide what they can; the
// rest is decided exactly (DE-9IM) in the lon/lat plane.
func (c *compiler) spatial(e *Operation) (predicate, error) {
	v, err := c.values(e.Args)
	if err != nil {
		return nil, err
	}
	relation := relationOf(e.Op, literalOf(e.Args[0]), literalOf(e.Args[1]))
	return func(r *row) truth {
		a, ok1 := v[0](r).(*Value)
		b, ok2 := v[1](r).(*Value)
		if !ok1 || !ok2 {
			return unknown
		}
		return relation(a, b)
	}, nil
}

func literalOf(e Expr) *Value {
	if g, ok := e.(*Geometry); ok {
		return g.Value
	}
	return nil
}

// relationOf gives the test for an operator; literals among its operands are
// prepared once.
func relationOf(op Operator, left, right *Value) func(a, b *Value) truth {
	intersects := func(a, b *Value) truth { return related(SIntersects, a, b) }
	within := func(a, b *Value) truth { return related(SWithin, a, b) }
	switch {
	case right != nil && left == nil:
		p := newPrepared(right)
		intersects = func(a, _ *Value) truth { return p.test(geom.PreparedGeometry.Intersects, a) }
		within = func(a, _ *Value) truth { return p.test(geom.PreparedGeometry.Contains, a) }
	case left != nil && right == nil:
		p := newPrepared(left)
		intersects = func(_, b *Value) truth { return p.test(geom.PreparedGeometry.Intersects, b) }
	}
	contains := func(a, b *Value) truth { return related(SContains, a, b) }
	if left != nil && right == nil {
		p := newPrepared(left)
		contains = func(_, b *Value) truth { return p.test(geom.PreparedGeometry.Contains, b) }
	}
	switch op {
	case SIntersects:
		return func(a, b *Value) truth { return intersecting(a, b, intersects) }
	case SDisjoint:
		return func(a, b *Value) truth { return intersecting(a, b, intersects).not() }
	case SWithin:
		return func(a, b *Value) truth { return inside(a, b, within) }
	case SContains:
		return func(a, b *Value) truth { return inside(b, a, func(b, a *Value) truth { return contains(a, b) }) }
	case SEquals:
		return func(a, b *Value) truth {
			x, ok1 := a.Bound()
			y, ok2 := b.Bound()
			if ok1 && ok2 && x != y {
				return no
			}
			return related(SEquals, a, b)
		}
	}
	return func(a, b *Value) truth { // touches, crosses, overlaps: they have a point in common
		if apart(a, b) {
			return no
		}
		return related(op, a, b)
	}
}

// apart reports that the bounding boxes do not meet.
func apart(a, b *Value) bool {
	x, ok1 := a.Bound()
	y, ok2 := b.Bound()
	return ok1 && ok2 && !x.Intersects(y)
}

func intersecting(a, b *Value, exact func(a, b *Value) truth) truth {
	if apart(a, b) {
		return no
	}
	x, ok1 := a.Bound()
	y, ok2 := b.Bound()
	if ok1 && ok2 && (a.Box && covers(x, y) || b.Box && covers(y, x)) {
		return yes
	}
	for _, pair := range [2][2]*Value{{a, b}, {b, a}} {
		literal := pair[0]
		box, ok := pair[1].Bound()
		if literal.edges == nil || !ok {
			continue
		}
		switch literal.edges.place(box) {
		case inInterior:
			return yes
		case inExterior:
			return no
		}
	}
	return exact(a, b)
}

// inside is whether a is within b.
func inside(a, b *Value, exact func(a, b *Value) truth) truth {
	x, ok1 := a.Bound()
	y, ok2 := b.Bound()
	if ok1 && ok2 {
		if !covers(y, x) {
			return no
		}
		if b.Box && y.Min[0] < x.Min[0] && y.Min[1] < x.Min[1] && x.Max[0] < y.Max[0] && x.Max[1] < y.Max[1] {
			return yes
		}
		if b.edges != nil {
			switch b.edges.place(x) {
			case inInterior:
				return yes
			case inExterior:
				return no
			}
		}
	}
	return exact(a, b)
}

func covers(outer, inner orb.Bound) bool {
	return outer.Min[0] <= inner.Min[0] && outer.Min[1] <= inner.Min[1] && inner.Max[0] <= outer.Max[0] && inner.Max[1] <= outer.Max[1]
}

// related decides a predicate exactly. Geometries that can't be read, and those
// too broken for the calculation to end, make it unknown.
func related(op Operator, a, b *Value) truth {
	x, ok1 := a.plane()
	y, ok2 := b.plane()
	if !ok1 || !ok2 {
		return unknown
	}
	tests := map[Operator]func(a, b geom.Geometry) (bool, error){
		SIntersects: func(a, b geom.Geometry) (bool, error) { d, err := geom.Disjoint(a, b); return !d, err },
		SEquals:     geom.Equals, STouches: geom.Touches, SWithin: geom.Within, SOverlaps: geom.Overlaps,
		SCrosses: geom.Crosses, SContains: geom.Contains,
	}
	return settled(tests[op](x, y))
}

func settled(holds bool, err error) truth {
	if err != nil {
		return unknown
	}
	return truthOf(holds)
}

// prepared keeps a literal with its indexes. Each goroutine takes its own, since
// the indexes are built while they are used.
type prepared struct {
	value *Value
	pool  sync.Pool
}

func newPrepared(v *Value) *prepared { return &prepared{value: v} }

func (p *prepared) test(holds func(geom.PreparedGeometry, geom.Geometry) (bool, error), v *Value) truth {
	g, ok := v.plane()
	if !ok {
		return unknown
	}
	if g.IsEmpty() {
		return no
	}
	ready, ok := p.pool.Get().(*geom.PreparedGeometry)
	if !ok {
		plane, ok := p.value.plane()
		if !ok {
			return unknown
		}
		made, err := geom.Prepare(plane)
		if err != nil {
			return unknown
		}
		ready = &made
	}
	result := settled(holds(*ready, g))
	p.pool.Put(ready)
	return result
}
