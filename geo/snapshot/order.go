package snapshot

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"kawasan/geo"
)

// compareIDs orders ids by code point, or by value where they are integers.
// Integers are in canonical decimal form, so sign, length and digits decide.
func compareIDs(a, b string, integers bool) int {
	if !integers {
		return strings.Compare(a, b)
	}
	negative := strings.HasPrefix(a, "-")
	if negative != strings.HasPrefix(b, "-") {
		if negative {
			return -1
		}
		return 1
	}
	c := cmp.Compare(len(a), len(b))
	if c == 0 {
		c = strings.Compare(a, b)
	}
	if negative {
		return -c
	}
	return c
}

// sortable reports whether values of the type have one order in every store.
func sortable(t geo.PropertyType) bool { return !t.IsArray() && t != geo.JSON }

// sequence is an order of features: sort keys, then id ascending. Nulls come
// last in both directions.
type sequence struct {
	keys     []sequenceKey
	integers bool
}

type sequenceKey struct {
	property   int // index in Feature.Values
	descending bool
}

// sequenceOf resolves the sort keys of a query; the names must exist.
func sequenceOf(c *geo.Collection, keys []geo.SortKey) sequence {
	s := sequence{integers: c.IntegerID}
	for _, k := range keys {
		if i, ok := c.PropertyIndex(k.Property); ok {
			s.keys = append(s.keys, sequenceKey{i, k.Descending})
		}
	}
	return s
}

func (s sequence) compare(a, b *geo.Feature) int {
	for _, k := range s.keys {
		x, y := valueAt(a, k.property), valueAt(b, k.property)
		switch {
		case x == nil && y == nil:
			continue
		case x == nil:
			return 1
		case y == nil:
			return -1
		}
		if c := geo.Compare(x, y); c != 0 {
			if k.descending {
				return -c
			}
			return c
		}
	}
	return compareIDs(a.ID, b.ID, s.integers)
}

func (s sequence) less(a, b *geo.Feature) bool { return s.compare(a, b) < 0 }

// at makes a feature that stands at the place of a cursor.
func (s sequence) at(cursor *geo.Cursor, c *geo.Collection) *geo.Feature {
	f := &geo.Feature{ID: cursor.ID, Collection: c}
	if len(s.keys) == 0 {
		return f
	}
	f.Values = make([]any, len(c.Properties))
	for i, k := range s.keys {
		if i < len(cursor.Values) {
			f.Values[k.property] = cursor.Values[i]
		}
	}
	return f
}

func valueAt(f *geo.Feature, i int) any {
	if i < len(f.Values) {
		return f.Values[i]
	}
	return nil
}

// name tells sequences of one collection apart.
func (s sequence) name() string {
	var b strings.Builder
	for _, k := range s.keys {
		fmt.Fprintf(&b, "%d,%t;", k.property, k.descending)
	}
	return b.String()
}

// sortedFeatures gives the features of a tree in another order.
func sortedFeatures(t *tree, s sequence) []*geo.Feature {
	all := t.Items()
	slices.SortFunc(all, s.compare)
	return all
}
