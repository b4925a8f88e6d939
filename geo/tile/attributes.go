package tile

import (
	"slices"
	"strings"
	"sync"

	"kawasan/geo"
)

// attributes are the values of the features of a layer in encoded form, each
// different value once. Key 0 is the id, key i+1 the i-th property.
type attributes struct {
	keys   []string
	values []string
	known  map[string]uint32
	tags   []tag
	spans  []span // of tags, one for each feature
	bytes  int
	buffer []byte
	tables sync.Pool // of *tables, all zero
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
		at = uint32(len(a.values))
		kept := string(b)
		a.values = append(a.values, kept)
		a.known[kept] = at
		a.bytes += len(kept) + 24
	}
	a.tags = append(a.tags, tag{key, at})
}

// seal ends the adding, and frees what only that needs.
func (a *attributes) seal() { a.known, a.buffer = nil, nil }

// of gives the tags of the i-th feature.
func (a *attributes) of(i int) []tag { return a.tags[a.spans[i].start:a.spans[i].end] }

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
		return geo.Invalidf("properties", "there is no property %q in %s", clip(name), namesOf(collections)).
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
