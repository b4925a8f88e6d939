package cql2

import (
	"strconv"

	"kawasan/geo"
)

// row is the feature at hand, and its geometry once something asked for it.
type row struct {
	feature  *geo.Feature
	geometry *Value
	asked    bool
}

func (r *row) value() *Value {
	if !r.asked {
		r.geometry, r.asked = featureValue(r.feature), true
	}
	return r.geometry
}

// predicate and valuer are compiled nodes; a nil value is null.
type (
	predicate func(*row) truth
	valuer    func(*row) any
)

type compiler struct{ collection *geo.Collection }

// constant reports whether a node has the same value for every feature.
func constant(e Expr) bool {
	same := true
	Walk(e, func(e Expr) bool {
		if _, ok := e.(*Property); ok {
			same = false
		}
		return same
	})
	return same
}

// predicate compiles a node of type boolean.
func (c *compiler) predicate(e Expr) (predicate, error) {
	p, err := c.variable(e)
	if err != nil || !constant(e) {
		return p, err
	}
	t := p(nil)
	return func(*row) truth { return t }, nil
}

func (c *compiler) variable(e Expr) (predicate, error) {
	op, ok := e.(*Operation)
	if !ok {
		v, err := c.value(e)
		return func(r *row) truth {
			if b, ok := v(r).(bool); ok {
				return truthOf(b)
			}
			return unknown
		}, err
	}
	switch op.Op.family() {
	case logic:
		return c.logic(op)
	case comparison:
		return c.comparison(op)
	case special:
		return c.special(op)
	case spatial:
		return c.spatial(op)
	case temporal:
		return c.temporal(op)
	case array:
		return c.arrays(op)
	}
	return nil, geo.Errorf(geo.Internal, "a filter has an operator that can't be evaluated: %s", op.Op)
}

func (c *compiler) logic(e *Operation) (predicate, error) {
	parts := make([]predicate, len(e.Args))
	for i, arg := range e.Args {
		var err error
		if parts[i], err = c.predicate(arg); err != nil {
			return nil, err
		}
	}
	if e.Op == Not {
		return func(r *row) truth { return parts[0](r).not() }, nil
	}
	decides := no // one of these settles AND
	if e.Op == Or {
		decides = yes
	}
	return func(r *row) truth {
		result := decides.not()
		for _, p := range parts {
			switch p(r) {
			case decides:
				return decides
			case unknown:
				result = unknown
			}
		}
		return result
	}, nil
}

func (c *compiler) values(list []Expr) ([]valuer, error) {
	all := make([]valuer, len(list))
	for i, e := range list {
		var err error
		if all[i], err = c.value(e); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func (c *compiler) comparison(e *Operation) (predicate, error) {
	v, err := c.values(e.Args)
	if err != nil {
		return nil, err
	}
	a, b, op := v[0], v[1], e.Op
	return func(r *row) truth { return compared(op, a(r), b(r)) }, nil
}

// compared applies a comparison; with null, or with values that don't compare, it is unknown.
func compared(op Operator, a, b any) truth {
	if a == nil || b == nil {
		return unknown
	}
	if k := rank(a); k == noRank || k != rank(b) {
		return unknown
	}
	return truthOf(op.holds(geo.Compare(a, b)))
}

func (c *compiler) special(e *Operation) (predicate, error) {
	if e.Op == IsNull {
		return c.isNull(e.Args[0])
	}
	v, err := c.value(e.Args[0])
	if err != nil {
		return nil, err
	}
	switch e.Op {
	case Like:
		text, _ := patternOf(e.Args[1])
		pattern := newPattern(text)
		return func(r *row) truth {
			s, ok := v(r).(string)
			if !ok {
				return unknown
			}
			return truthOf(pattern.match(s))
		}, nil
	case Between:
		ends, err := c.values(e.Args[1:])
		if err != nil {
			return nil, err
		}
		return func(r *row) truth {
			x := v(r)
			low := compared(GreaterOrEqual, x, ends[0](r))
			if low == no {
				return no
			}
			high := compared(LessOrEqual, x, ends[1](r))
			if high == no || low == yes {
				return high
			}
			return unknown
		}, nil
	}
	return c.in(v, e.Args[1])
}

// in compiles x IN (…); a list of texts becomes a set.
func (c *compiler) in(x valuer, list Expr) (predicate, error) {
	items := children(list)
	texts := make(map[string]struct{}, len(items))
	for _, item := range items {
		if l, ok := item.(*Literal); ok {
			if s, ok := l.Value.(string); ok {
				texts[s] = struct{}{}
			}
		}
	}
	if len(texts) > 0 && allLiterals(items) {
		return func(r *row) truth {
			s, ok := x(r).(string)
			if !ok {
				return unknown
			}
			_, found := texts[s]
			return truthOf(found)
		}, nil
	}
	values, err := c.values(items)
	if err != nil {
		return nil, err
	}
	return func(r *row) truth {
		v := x(r)
		result := no
		for _, item := range values {
			switch compared(Equal, v, item(r)) {
			case yes:
				return yes
			case unknown:
				result = unknown
			}
		}
		return result
	}, nil
}

func allLiterals(items []Expr) bool {
	for _, item := range items {
		if _, ok := item.(*Literal); !ok {
			return false
		}
	}
	return true
}

func (c *compiler) isNull(e Expr) (predicate, error) {
	if p, ok := e.(*Property); ok && p.Binding.Role == IsGeometry {
		return func(r *row) truth { return truthOf(len(r.feature.WKB) == 0) }, nil
	}
	if typeOfNode(e) == TypeBoolean {
		p, err := c.predicate(e)
		return func(r *row) truth { return truthOf(p(r) == unknown) }, err
	}
	switch e.(type) {
	case *Geometry, *Interval:
		return func(*row) truth { return no }, nil
	}
	v, err := c.value(e)
	return func(r *row) truth { return truthOf(v(r) == nil) }, err
}

// value compiles a node that gives a value.
func (c *compiler) value(e Expr) (valuer, error) {
	switch e := e.(type) {
	case *Literal:
		v := e.Value
		return func(*row) any { return v }, nil
	case *Property:
		return c.property(e)
	case *Geometry:
		v := e.Value
		return func(*row) any { return v }, nil
	case *Array:
		return c.list(e)
	case *Call:
		return c.call(e)
	case *Operation:
		switch e.Op.family() {
		case arithmetic:
			return c.arithmetic(e)
		case folding:
			return c.folding(e)
		}
		p, err := c.predicate(e)
		return func(r *row) any {
			switch p(r) {
			case yes:
				return true
			case no:
				return false
			}
			return nil
		}, err
	}
	return nil, geo.Errorf(geo.Internal, "a filter has a node that gives no value")
}

func (c *compiler) property(e *Property) (valuer, error) {
	switch e.Binding.Role {
	case IsGeometry:
		return func(r *row) any {
			if v := r.value(); v != nil {
				return v
			}
			return nil
		}, nil
	case IsID:
		if e.Binding.Type == geo.Integer {
			return func(r *row) any {
				n, err := strconv.ParseInt(r.feature.ID, 10, 64)
				if err != nil {
					return nil
				}
				return n
			}, nil
		}
		return func(r *row) any { return r.feature.ID }, nil
	case IsAttribute:
		i, name := e.Binding.Index, e.Name
		return func(r *row) any {
			// a newer version of the collection may have its properties in another order
			f := r.feature
			if i < len(f.Values) && i < len(f.Collection.Properties) && f.Collection.Properties[i].Name == name {
				return f.Values[i]
			}
			return f.Value(name)
		}, nil
	}
	return nil, geo.Errorf(geo.Internal, "the filter has a name that was not bound")
}

func (c *compiler) folding(e *Operation) (valuer, error) {
	v, err := c.value(e.Args[0])
	if err != nil {
		return nil, err
	}
	op := e.Op
	if constant(e.Args[0]) {
		s, ok := v(nil).(string)
		if ok {
			folded := any(fold(op, s))
			return func(*row) any { return folded }, nil
		}
	}
	return func(r *row) any {
		s, ok := v(r).(string)
		if !ok {
			return nil
		}
		return fold(op, s)
	}, nil
}

func (c *compiler) call(e *Call) (valuer, error) {
	args, err := c.values(e.Args)
	if err != nil {
		return nil, err
	}
	eval := e.Function.Eval
	return func(r *row) any {
		values := make([]any, len(args))
		for i, arg := range args {
			if values[i] = arg(r); values[i] == nil {
				return nil
			}
		}
		return eval(values)
	}, nil
}
