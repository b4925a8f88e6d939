package cql2

import "kawasan/geo"

// shape checks what the grammar demands of a tree and no type says: numbers of
// arguments, where lists may stand, and the limits. Both decoders end with it.
func shape(e Expr) error {
	c := &counter{}
	if err := c.visit(e, 1, false); err != nil {
		return err
	}
	switch e := e.(type) {
	case *Geometry, *Interval, *Array:
		return notPredicate(e)
	case *Literal:
		if _, ok := e.Value.(bool); !ok {
			return notPredicate(e)
		}
	case *Operation:
		if !e.Op.IsPredicate() {
			return notPredicate(e)
		}
	}
	return nil
}

func notPredicate(e Expr) *geo.Error {
	return invalid(e.Pos(), "the filter is %s, which is neither true nor false", describe(e)).
		Try("a comparison or another predicate, such as area_ha > 10")
}

// describe names a node for a message.
func describe(e Expr) geo.Phrase {
	switch e := e.(type) {
	case *Literal:
		switch e.Value.(type) {
		case string:
			return geo.Phrasef("a text")
		case int64, float64:
			return geo.Phrasef("a number")
		case bool:
			return geo.Phrasef("TRUE or FALSE")
		}
		return geo.Phrasef("a date or time")
	case *Property:
		return geo.Phrasef(`the property "%s"`, clip(e.Name))
	case *Operation:
		return geo.Phrasef("the result of %s", e.Op.text())
	case *Call:
		return geo.Phrasef("the result of %s", clip(e.Name)+"()")
	case *Geometry:
		return geo.Phrasef("a geometry")
	case *Interval:
		return geo.Phrasef("an interval")
	}
	return geo.Phrasef("a list")
}

type counter struct{ nodes, vertices int }

// visit checks a node; listAllowed says that it may be a list.
func (c *counter) visit(e Expr, depth int, listAllowed bool) error {
	if depth > MaxDepth {
		return tooDeep(e.Pos())
	}
	if c.nodes++; c.nodes > MaxNodes {
		return invalid(e.Pos(), "the filter has too many parts").Try("at most %d names, values and operators", MaxNodes)
	}
	below := children(e)
	if len(below) > MaxItems {
		return invalid(e.Pos(), "the list has %d items", len(below)).Try("at most %d items", MaxItems)
	}
	lists := func(int) bool { return false }
	switch e := e.(type) {
	case *Geometry:
		return c.geometry(e)
	case *Array:
		if !listAllowed {
			return invalid(e.Pos(), "a list can't stand here").Try("a list only after IN and as an argument of an A_ function or of a function")
		}
		lists = func(int) bool { return true }
	case *Call:
		lists = func(int) bool { return true }
	case *Interval:
		if err := intervalShape(e); err != nil {
			return err
		}
	case *Operation:
		if err := operationShape(e); err != nil {
			return err
		}
		switch {
		case e.Op == In:
			return c.list(e, depth)
		case e.Op.family() == array:
			lists = func(int) bool { return true }
		}
	}
	for i, child := range below {
		if err := c.visit(child, depth+1, lists(i)); err != nil {
			return err
		}
	}
	return nil
}

// list checks x IN (…), whose items are no lists.
func (c *counter) list(e *Operation, depth int) error {
	if err := c.visit(e.Args[0], depth+1, false); err != nil {
		return err
	}
	list, ok := e.Args[1].(*Array)
	switch {
	case !ok:
		return invalid(e.Args[1].Pos(), "IN is followed by %s", describe(e.Args[1])).Try("a list: x IN (1, 2)")
	case len(list.Items) == 0:
		return invalid(list.Pos(), "the list after IN is empty").Try("at least one value")
	case len(list.Items) > MaxItems:
		return invalid(list.Pos(), "the list has %d items", len(list.Items)).Try("at most %d items", MaxItems)
	}
	for _, item := range list.Items {
		if err := c.visit(item, depth+2, false); err != nil {
			return err
		}
	}
	return nil
}

func (c *counter) geometry(g *Geometry) error {
	if c.vertices += g.vertices(); c.vertices > MaxVertices {
		return tooManyVertices(g.Pos())
	}
	members := 0
	g.each(func(*Geometry) { members++ })
	if c.nodes += members; c.nodes > MaxNodes {
		return invalid(g.Pos(), "the geometries of the filter have too many parts").Try("at most %d parts", MaxNodes)
	}
	return nil
}

func operationShape(e *Operation) error {
	least, most := e.Op.arity()
	n := len(e.Args)
	if n >= least && (most < 0 || n <= most) {
		return nil
	}
	fault := invalid(e.Pos(), "%s has %d arguments", e.Op.text(), n)
	switch {
	case most < 0:
		return fault.Try("%s with at least %d arguments", e.Op.text(), least)
	case least == 1:
		return fault.Try("%s with %d argument", e.Op.text(), least)
	}
	return fault.Try("%s with %d arguments", e.Op.text(), least)
}

func intervalShape(e *Interval) error {
	for _, end := range children(e) {
		switch end := end.(type) {
		case *Property, *Call:
			continue
		case *Literal:
			if rank(end.Value) == instantRank {
				continue
			}
		}
		return invalid(end.Pos(), "an interval can't end at %s", describe(end)).Try(intervalForm)
	}
	start, ok1 := e.Start.(*Literal)
	end, ok2 := e.End.(*Literal)
	if ok1 && ok2 && geo.Compare(start.Value, end.Value) > 0 {
		return invalid(e.Pos(), "the interval ends (%s) before it starts (%s)", instantText(end.Value), instantText(start.Value)).
			Try("the earlier instant first")
	}
	return nil
}
