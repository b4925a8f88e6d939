package proximity

import (
	"slices"

	"kawasan/geo"
)

// besides is true for the features of a source that none of the parts of its collection has: so
// nothing is counted twice that is found for several reasons.
type besides struct {
	source geo.Filter // nil for all
	parts  []Target   // of the same collection
}

var _ geo.Filter = besides{}

// Match asks the source first.
func (b besides) Match(f *geo.Feature) (bool, error) {
	if b.source != nil {
		if ok, err := b.source.Match(f); err != nil || !ok {
			return false, err
		}
	}
	for _, t := range b.parts {
		if t.IDs != nil && !slices.Contains(t.IDs, f.ID) {
			continue
		}
		if t.Filter == nil {
			return false, nil
		}
		if ok, err := t.Filter.Match(f); err != nil || ok {
			return false, err
		}
	}
	return true, nil
}

// Properties are those that any of the filters reads.
func (b besides) Properties() []string {
	var all []string
	add := func(f geo.Filter) {
		if f != nil {
			all = append(all, f.Properties()...)
		}
	}
	add(b.source)
	for _, t := range b.parts {
		add(t.Filter)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// String names all that it is made of.
func (b besides) String() string {
	text := "besides("
	if b.source != nil {
		text += b.source.String()
	}
	for _, t := range b.parts {
		text += ";"
		for _, id := range t.IDs {
			text += " " + id
		}
		if t.Filter != nil {
			text += " " + t.Filter.String()
		}
	}
	return text + ")"
}
