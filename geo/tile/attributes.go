package tile

import (
	"slices"
	"strings"

	"kawasan/geo"
)

// attributes are the values of the features of a layer in encoded form, each
// different value once. Key 0 is the id, key i+1 the i-th property.
type attributes struct {
	keys []string
	data []byte // the values, one after the other
	ends []int  // where each ends
	tags []tag
	// spans are those of tags, one for each feature.
	spans []span
	// shared is the number of the first value that stands in a single place, and so
	// do all from there on: a tile need not look whether it has them already.
	shared uint32
	// learned has the spans of the features whose attributes are known, where they
	// come in any order; nil where those of all are in spans.
	learned map[int]span

	known  map[string]uint32
	buffer []byte
	bytes  int
}

type tag struct{ key, value uint32 }

type span struct{ start, end uint32 }

func newAttributes(c *geo.Collection) *attributes {
	a := &attributes{known: map[string]uint32{}, keys: make([]string, 0, len(c.Properties)+1)}
	a.keys = append(a.keys, "id")
	for _, p := range c.Properties {
		a.keys = append(a.keys, p.Name)
	}
	return a
}

// add encodes the attributes of the next feature. Wanted says which properties
// count; nil means all.
func (a *attributes) add(f *geo.Feature, wanted []bool) {
	start := uint32(len(a.tags))
	a.put(0, idValue(f))
	for i, v := range f.Values {
		if i+1 < len(a.keys) && (wanted == nil || wanted[i]) {
			a.put(uint32(i+1), v)
		}
	}
	a.spans = append(a.spans, span{start, uint32(len(a.tags))})
	a.bytes += 8 + 8*int(uint32(len(a.tags))-start)
}

func (a *attributes) put(key uint32, v any) {
	b, ok := appendValue(a.buffer[:0], v)
	a.buffer = b
	if !ok {
		return
	}
	at, ok := a.known[string(b)]
	if !ok {
		at = a.enter(b)
		a.known[string(b)] = at
	}
	a.tags = append(a.tags, tag{key, at})
	a.shared = uint32(len(a.ends))
}

// enter appends a value.
func (a *attributes) enter(b []byte) uint32 {
	a.data = append(a.data, b...)
	a.ends = append(a.ends, len(a.data))
	a.bytes += len(b) + 8
	return uint32(len(a.ends) - 1)
}

// value gives a value by its number.
func (a *attributes) value(i uint32) []byte {
	if i == 0 {
		return a.data[:a.ends[0]]
	}
	return a.data[a.ends[i-1]:a.ends[i]]
}

// seal ends the adding: it puts the values that stand in a single place behind the
// others, and frees what only adding needs.
func (a *attributes) seal() {
	uses, number := make([]uint32, len(a.ends)), make([]uint32, len(a.ends))
	for _, t := range a.tags {
		uses[t.value]++
	}
	before := *a
	a.data, a.ends, a.bytes = make([]byte, 0, len(before.data)), make([]int, 0, len(before.ends)), a.bytes-len(before.data)-8*len(before.ends)
	enter := func(single bool) {
		for i := range uses {
			if (uses[i] == 1) == single {
				number[i] = a.enter(before.value(uint32(i)))
			}
		}
	}
	enter(false)
	a.shared = uint32(len(a.ends))
	enter(true)
	for i := range a.tags {
		a.tags[i].value = number[a.tags[i].value]
	}
	a.known, a.buffer = nil, nil
}

// of gives the tags of the i-th feature.
func (a *attributes) of(i int) []tag {
	s, ok := a.learned[i]
	if !ok {
		s = a.spans[i]
	}
	return a.tags[s.start:s.end]
}

// learn encodes the attributes of a feature that may come in any order.
func (a *attributes) learn(i int, f *geo.Feature) {
	if _, known := a.learned[i]; !known {
		a.add(f, nil)
		a.learned[i] = a.spans[len(a.spans)-1]
	}
}

// wantedProperties marks the properties asked for; nil means all.
func wantedProperties(c *geo.Collection, names []string) []bool {
	if names == nil {
		return nil
	}
	wanted := make([]bool, len(c.Properties))
	for _, name := range names {
		if i, ok := c.PropertyIndex(name); ok {
			wanted[i] = true
		}
	}
	return wanted
}

// checkProperties refuses names that none of the collections has; id all have.
func checkProperties(collections []*geo.Collection, names []string) error {
	for _, name := range names {
		known := func(c *geo.Collection) bool {
			_, ok := c.PropertyIndex(name)
			return ok
		}
		if name == "id" || slices.ContainsFunc(collections, known) {
			continue
		}
		return geo.Invalidf("properties", "there is no property %q in %s", geo.Clip(name), namesOf(collections)).
			Try("one that /collections/%s/schema lists", collections[0].ID)
	}
	return nil
}

// namesOf lists the ids of collections for a message.
func namesOf(collections []*geo.Collection) string {
	const most = 8
	ids := make([]string, 0, most)
	for i, c := range collections {
		if i == most {
			return strings.Join(ids, ", ") + " …"
		}
		ids = append(ids, c.ID)
	}
	return strings.Join(ids, ", ")
}
