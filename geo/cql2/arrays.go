package cql2

import "kawasan/geo"

// list compiles a list; it is null if one of its items is.
func (c *compiler) list(e *Array) (valuer, error) {
	items, err := c.values(e.Items)
	if err != nil {
		return nil, err
	}
	if allLiterals(e.Items) {
		all := make([]any, len(e.Items))
		for i, item := range items {
			all[i] = item(nil)
		}
		return func(*row) any { return all }, nil
	}
	return func(r *row) any {
		all := make([]any, len(items))
		for i, item := range items {
			if all[i] = item(r); all[i] == nil {
				return nil
			}
		}
		return all
	}, nil
}

// arrays compiles an array predicate. Lists are sets: neither order nor
// repetition counts.
func (c *compiler) arrays(e *Operation) (predicate, error) {
	v, err := c.values(e.Args)
	if err != nil {
		return nil, err
	}
	op := e.Op
	return func(r *row) truth {
		a, ok1 := items(v[0](r))
		b, ok2 := items(v[1](r))
		if !ok1 || !ok2 {
			return unknown
		}
		switch op {
		case AContains:
			return truthOf(subset(b, a))
		case AContainedBy:
			return truthOf(subset(a, b))
		case AOverlaps:
			return truthOf(overlap(a, b))
		}
		return truthOf(subset(a, b) && subset(b, a))
	}, nil
}

// items gives the items of a list; ok is false for null.
func items(v any) ([]any, bool) {
	switch v := v.(type) {
	case []any:
		return v, true
	case []string:
		return boxed(v), true
	case []int64:
		return boxed(v), true
	case []float64:
		return boxed(v), true
	}
	return nil, false
}

func boxed[T any](list []T) []any {
	all := make([]any, len(list))
	for i, v := range list {
		all[i] = v
	}
	return all
}

// few is up to how many comparisons lists are compared pair by pair.
const few = 64

// lookup answers whether a list holds a value, quickly also for long lists.
func lookup(list []any, questions int) func(any) bool {
	if len(list)*questions <= few {
		return func(v any) bool {
			for _, item := range list {
				if compared(Equal, item, v) == yes {
					return true
				}
			}
			return false
		}
	}
	// equal numbers have one canonical form, so that they are equal as keys;
	// instants differ in granularity and are searched
	keys := make(map[any]struct{}, len(list))
	var instants []any
	for _, item := range list {
		if rank(item) == instantRank {
			instants = append(instants, item)
			continue
		}
		keys[canonical(item)] = struct{}{}
	}
	return func(v any) bool {
		if rank(v) != instantRank {
			_, found := keys[canonical(v)]
			return found
		}
		for _, item := range instants {
			if geo.Compare(item, v) == 0 {
				return true
			}
		}
		return false
	}
}

// canonical gives equal numbers the same type.
func canonical(v any) any {
	if f, ok := v.(float64); ok && f >= -(1<<63) && f < 1<<63 && f == float64(int64(f)) {
		return int64(f)
	}
	return v
}

func subset(a, b []any) bool {
	holds := lookup(b, len(a))
	for _, v := range a {
		if !holds(v) {
			return false
		}
	}
	return true
}

func overlap(a, b []any) bool {
	holds := lookup(b, len(a))
	for _, v := range a {
		if holds(v) {
			return true
		}
	}
	return false
}
