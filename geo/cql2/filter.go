package cql2

import (
	"slices"

	"github.com/paulmach/orb"

	"kawasan/geo"
)

// Filter is a checked expression, ready to be evaluated. It is immutable and safe
// for concurrent use.
type Filter struct {
	expr       Expr
	match      predicate
	properties []string
	text       string
}

var _ geo.Filter = (*Filter)(nil)

func newFilter(e Expr, c *geo.Collection) (*Filter, error) {
	p, err := (&compiler{collection: c}).predicate(e)
	if err != nil {
		return nil, err
	}
	f := &Filter{expr: e, match: p, text: Text(e)}
	Walk(e, func(e Expr) bool {
		if p, ok := e.(*Property); ok && p.Binding.Role == IsAttribute && !slices.Contains(f.properties, p.Name) {
			f.properties = append(f.properties, p.Name)
		}
		return true
	})
	slices.Sort(f.properties)
	return f, nil
}

// Match reports whether the filter is true for the feature. A geometry that
// can't be read makes what asks for it unknown; there is no error.
func (f *Filter) Match(feature *geo.Feature) (bool, error) {
	r := row{feature: feature}
	return f.match(&r) == yes, nil
}

// Properties are the attributes that Match reads, in order of name; id and
// geometry are not among them.
func (f *Filter) Properties() []string { return slices.Clone(f.properties) }

// String gives the filter as canonical CQL2 text with geometries in WGS84.
func (f *Filter) String() string { return f.text }

// Expr is the checked tree: names are bound, texts compared with times are
// times, geometries are in WGS84 with their Value.
func (f *Filter) Expr() Expr { return f.expr }

// UsesGeometry reports whether Match reads the geometry.
func (f *Filter) UsesGeometry() bool {
	used := false
	Walk(f.expr, func(e Expr) bool {
		if p, ok := e.(*Property); ok && p.Binding.Role == IsGeometry {
			used = true
		}
		return !used
	})
	return used
}

// Bounds gives a box in lon, lat outside which the filter can't be true; see [Bounds].
func (f *Filter) Bounds() (orb.Bound, bool) { return Bounds(f.expr) }

// Meets gives a box in lon, lat that the geometry of each feature meets for which the
// filter is true, for [geo.Query.Bounds]; ok is false when there is none, or when
// nothing can match. Of conditions joined with AND it is the smallest box, not what their
// boxes share as in [Filter.Bounds]: a geometry that bends around may meet each of two
// boxes beside what they share, though its bounding box does not. It is a little wider
// than the condition, which still decides.
func (f *Filter) Meets() (box orb.Bound, ok bool) {
	const margin = 1e-9 // degrees; 0.1 mm
	box, ok = meets(f.expr)
	if !ok || isNowhere(box) {
		return orb.Bound{}, false
	}
	return box.Pad(margin), true
}

// All is true where all of the filters are; nil filters are left out. It is nil
// when none is left.
func All(filters ...geo.Filter) geo.Filter {
	filters = slices.DeleteFunc(slices.Clone(filters), func(f geo.Filter) bool { return f == nil })
	switch len(filters) {
	case 0:
		return nil
	case 1:
		return filters[0]
	}
	return Conjunction(filters)
}

// Conjunction is true where all of its filters are. A store may take each apart.
type Conjunction []geo.Filter

var _ geo.Filter = Conjunction(nil)

// Match asks each filter until one is not true.
func (c Conjunction) Match(f *geo.Feature) (bool, error) {
	for _, filter := range c {
		if ok, err := filter.Match(f); !ok || err != nil {
			return false, err
		}
	}
	return true, nil
}

// Properties are those of all filters, each once, in order of name.
func (c Conjunction) Properties() []string {
	var names []string
	for _, filter := range c {
		names = append(names, filter.Properties()...)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// String joins the filters with AND.
func (c Conjunction) String() string {
	var b []byte
	for i, filter := range c {
		if i > 0 {
			b = append(b, " AND "...)
		}
		b = append(append(append(b, '('), filter.String()...), ')')
	}
	return string(b)
}

// Bounds is the box common to those filters that have one.
func (c Conjunction) Bounds() (orb.Bound, bool) {
	var common orb.Bound
	found := false
	for _, filter := range c {
		bounded, ok := filter.(interface{ Bounds() (orb.Bound, bool) })
		if !ok {
			continue
		}
		if b, ok := bounded.Bounds(); ok {
			if found {
				b = intersection(common, b)
			}
			common, found = b, true
		}
	}
	return common, found
}
