package cql2

import "kawasan/geo"

func (k *checker) operation(e *Operation) (Expr, Type, error) {
	args, types, err := k.all(e.Args)
	if err != nil {
		return nil, "", err
	}
	bound := &Operation{Position: e.Position, Op: e.Op, Args: args}
	result := TypeBoolean
	switch e.Op.family() {
	case logic:
		err = each(bound, types, TypeBoolean)
	case comparison:
		err = k.comparable(bound, types, args)
	case folding:
		result = TypeString
		err = each(bound, types, TypeString)
	case arithmetic:
		result = TypeNumber
		err = each(bound, types, TypeNumber)
	case spatial:
		err = each(bound, types, TypeGeometry)
	case temporal:
		err = k.temporal(bound, types)
	case array:
		err = lists(bound, types)
	case special:
		err = k.special(bound, types)
	}
	return bound, result, err
}

// each demands one type of all arguments.
func each(e *Operation, types []Type, want Type) error {
	for i, t := range types {
		if t != want {
			return mismatch(e.Args[i], t, want, "with %s", e.Op.text())
		}
	}
	return nil
}

// comparable demands that values are of one kind, and turns a text that is
// compared with a date or time into one. list is changed in place.
func (k *checker) comparable(e *Operation, types []Type, list []Expr) error {
	want := Type("")
	for i, t := range types {
		if !t.isScalar() {
			return incomparable(list[i], t)
		}
		if _, literal := list[i].(*Literal); !literal && want == "" {
			want = t
		}
	}
	if want == "" {
		want = types[0]
	}
	for i, t := range types {
		if t == want {
			continue
		}
		if want == TypeDatetime {
			if instant, ok := k.asInstant(list[i]); ok {
				list[i] = instant
				continue
			}
		}
		return unlike(e, list[i], t, want)
	}
	return nil
}

func incomparable(e Expr, t Type) *geo.Error {
	fault := invalid(e.Pos(), "%s is %s, which can't be compared", describe(e), t.noun())
	switch {
	case t == TypeGeometry:
		return fault.Try("S_EQUALS, S_INTERSECTS or another spatial function")
	case t.isList():
		return fault.Try("A_CONTAINS(%s, ('a', 'b')) or another array function", Text(e))
	case t == TypeInterval:
		return fault.Try("T_DURING, T_INTERSECTS or another temporal function")
	}
	return fault.Try("IS NULL or IS NOT NULL")
}

// unlike says that values of two types can't be compared.
func unlike(e *Operation, odd Expr, got, want Type) *geo.Error {
	var other Expr
	for _, arg := range e.Args {
		if _, literal := arg.(*Literal); !literal && arg != odd {
			other = arg
			break
		}
	}
	with := want.noun()
	if other != nil {
		with = geo.Phrasef("%s (%s)", describe(other), want.noun())
	}
	what := describe(odd)
	if _, literal := odd.(*Literal); !literal {
		what = geo.Phrasef("%s (%s)", what, got.noun())
	}
	fault := invalid(odd.Pos(), "%s can't be compared with %s", what, with)
	if want == TypeDatetime {
		return fault.Try("DATE('2024-12-31') or TIMESTAMP('2024-12-31T00:00:00Z')")
	}
	if want == TypeString {
		return fault.Try("text in single quotes")
	}
	return fault.Try("%s", want.noun())
}

func (k *checker) temporal(e *Operation, types []Type) error {
	for i, t := range types {
		if t == TypeDatetime || t == TypeInterval {
			continue
		}
		instant, ok := k.asInstant(e.Args[i])
		if !ok {
			return mismatch(e.Args[i], t, TypeDatetime, "with %s", e.Op.text()).
				Try("DATE('2024-12-31'), TIMESTAMP('2024-12-31T00:00:00Z'), INTERVAL('2024-01-01', '..') or a property of such a type")
		}
		e.Args[i] = instant
	}
	return nil
}

// lists demands two lists of one kind of items.
func lists(e *Operation, types []Type) error {
	for i, t := range types {
		if !t.isList() {
			return mismatch(e.Args[i], t, "string[]", "with %s", e.Op.text()).Try("a list such as ('a', 'b'), or a property that is a list")
		}
	}
	a, b := types[0], types[1]
	if a == b || a == emptyList || b == emptyList {
		return nil
	}
	for i := range types {
		literal, ok := e.Args[i].(*Array)
		if !ok || types[1-i] == mixedList {
			continue
		}
		for _, item := range literal.Items {
			if typeOfNode(item)+"[]" != types[1-i] {
				return invalid(item.Pos(), "%s can't be compared with the items of %s", describe(item), types[1-i].noun()).
					Try("%s", types[1-i].noun())
			}
		}
	}
	if a == mixedList || b == mixedList {
		return nil
	}
	return invalid(e.Pos(), "%s compares %s with %s", e.Op.text(), a.noun(), b.noun()).Try("lists of the same kind")
}

// typeOfNode is the type of a node that has been checked.
func typeOfNode(e Expr) Type {
	switch e := e.(type) {
	case *Literal:
		return typeOfValue(e.Value)
	case *Property:
		return e.Binding.typ()
	case *Call:
		if e.Function != nil {
			return e.Function.Returns
		}
	case *Operation:
		switch e.Op.family() {
		case folding:
			return TypeString
		case arithmetic:
			return TypeNumber
		}
		return TypeBoolean
	case *Geometry:
		return TypeGeometry
	case *Interval:
		return TypeInterval
	}
	return mixedList
}

func (k *checker) special(e *Operation, types []Type) error {
	switch e.Op {
	case Like:
		if types[0] != TypeString {
			return mismatch(e.Args[0], types[0], TypeString, "before LIKE")
		}
		if _, ok := patternOf(e.Args[1]); !ok {
			return invalid(e.Args[1].Pos(), "LIKE is followed by %s", describe(e.Args[1])).
				Try("a pattern in single quotes, such as 'Karia%%', perhaps in CASEI() or ACCENTI()")
		}
	case Between:
		return k.comparable(e, types, e.Args)
	case In:
		list := e.Args[1].(*Array) // shape has checked it
		values := append([]Expr{e.Args[0]}, list.Items...)
		itemTypes := []Type{types[0]}
		for _, item := range list.Items {
			itemTypes = append(itemTypes, typeOfNode(item))
		}
		if err := k.comparable(&Operation{Op: In, Args: values}, itemTypes, values); err != nil {
			return err
		}
		e.Args[0], e.Args[1] = values[0], &Array{Position: list.Position, Items: values[1:]}
	}
	return nil
}

// patternOf gives the pattern of LIKE with its foldings applied.
func patternOf(e Expr) (string, bool) {
	switch e := e.(type) {
	case *Literal:
		s, ok := e.Value.(string)
		return s, ok
	case *Operation:
		if e.Op.family() == folding && len(e.Args) == 1 {
			s, ok := patternOf(e.Args[0])
			return fold(e.Op, s), ok
		}
	}
	return "", false
}
