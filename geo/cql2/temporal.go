package cql2

import (
	"cmp"

	"kawasan/geo"
)

// end is an end of a span: an instant, or an open side (-1 before, 1 after everything).
type end struct {
	at   any
	open int
}

func (a end) compare(b end) int {
	if a.open != 0 || b.open != 0 {
		return cmp.Compare(a.open, b.open)
	}
	return geo.Compare(a.at, b.at)
}

// span gives start and end; ok is false when one of them is null.
type span func(*row) (start, finish end, ok bool)

// temporal compiles a temporal predicate; an instant is a span with equal ends.
func (c *compiler) temporal(e *Operation) (predicate, error) {
	left, err := c.span(e.Args[0])
	if err != nil {
		return nil, err
	}
	right, err := c.span(e.Args[1])
	if err != nil {
		return nil, err
	}
	op := e.Op
	return func(r *row) truth {
		a1, a2, ok1 := left(r)
		b1, b2, ok2 := right(r)
		if !ok1 || !ok2 {
			return unknown
		}
		return truthOf(relates(op, a1, a2, b1, b2))
	}, nil
}

// relates applies the relations of Allen (Maintaining knowledge about temporal
// intervals, 1983) as OGC 21-065r2, 7.8 names them.
func relates(op Operator, a1, a2, b1, b2 end) bool {
	switch op {
	case TAfter:
		return a1.compare(b2) > 0
	case TBefore:
		return a2.compare(b1) < 0
	case TContains:
		return a1.compare(b1) < 0 && a2.compare(b2) > 0
	case TDisjoint:
		return a1.compare(b2) > 0 || a2.compare(b1) < 0
	case TDuring:
		return a1.compare(b1) > 0 && a2.compare(b2) < 0
	case TEquals:
		return a1.compare(b1) == 0 && a2.compare(b2) == 0
	case TFinishedBy:
		return a1.compare(b1) < 0 && a2.compare(b2) == 0
	case TFinishes:
		return a1.compare(b1) > 0 && a2.compare(b2) == 0
	case TIntersects:
		return a1.compare(b2) <= 0 && a2.compare(b1) >= 0
	case TMeets:
		return a2.compare(b1) == 0
	case TMetBy:
		return a1.compare(b2) == 0
	case TOverlappedBy:
		return a1.compare(b1) > 0 && a1.compare(b2) < 0 && a2.compare(b2) > 0
	case TOverlaps:
		return a1.compare(b1) < 0 && a2.compare(b1) > 0 && a2.compare(b2) < 0
	case TStartedBy:
		return a1.compare(b1) == 0 && a2.compare(b2) > 0
	case TStarts:
		return a1.compare(b1) == 0 && a2.compare(b2) < 0
	}
	return false
}

func (c *compiler) span(e Expr) (span, error) {
	i, ok := e.(*Interval)
	if !ok {
		v, err := c.value(e)
		return func(r *row) (end, end, bool) {
			at := v(r)
			return end{at: at}, end{at: at}, rank(at) == instantRank
		}, err
	}
	start, err := c.end(i.Start, -1)
	if err != nil {
		return nil, err
	}
	finish, err := c.end(i.End, 1)
	return func(r *row) (end, end, bool) {
		a, b := start(r), finish(r)
		return a, b, a.known() && b.known()
	}, err
}

func (a end) known() bool { return a.open != 0 || rank(a.at) == instantRank }

func (c *compiler) end(e Expr, open int) (func(*row) end, error) {
	if e == nil {
		return func(*row) end { return end{open: open} }, nil
	}
	v, err := c.value(e)
	return func(r *row) end { return end{at: v(r)} }, err
}
