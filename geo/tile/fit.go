package tile

import (
	"cmp"
	"slices"
)

// NotesLayer is the name of the layer that says which collections lack features
// because of the tile's size: a point in the middle with the properties
// collection, shown and dropped. A tile with all its features has none.
const NotesLayer = "tile_notes"

// fit admits items to the layers until the tile is full and gives the number that
// found no room, by layer.
func fit(layers []*layerWriter, most int) []int {
	dropped := make([]int, len(layers))
	type place struct{ layer, item int }
	var order []place
	total := 0
	for l, w := range layers {
		w.begin()
		total += 64 + len(w.name)
		for i := range w.items {
			order = append(order, place{l, i})
		}
	}
	size := total
	full := false
	// Most tiles have room for all, in the order they come.
	for _, p := range order {
		w := layers[p.layer]
		size += w.cost(&w.items[p.item])
		if full = size > most; full {
			break
		}
		w.admit(&w.items[p.item])
	}
	if !full {
		return dropped
	}
	for _, w := range layers {
		w.reset()
	}
	slices.SortStableFunc(order, func(a, b place) int {
		return cmp.Compare(layers[b.layer].items[b.item].weight, layers[a.layer].items[a.item].weight)
	})
	size = total + 256*len(layers) // room for the notes
	for _, p := range order {
		w := layers[p.layer]
		c := w.cost(&w.items[p.item])
		if size+c > most {
			dropped[p.layer]++
			continue
		}
		size += c
		w.admit(&w.items[p.item])
	}
	return dropped
}

// appendNotes appends the layer of notes.
func appendNotes(dst []byte, layers []*layerWriter, dropped []int, scratch *[2][]byte) []byte {
	about := &attributes{keys: []string{"collection", "shown", "dropped"}, known: map[string]uint32{}}
	w := &layerWriter{name: NotesLayer, about: about}
	d := drawing{vertices: []vertex{{Extent / 2, Extent / 2}}, runs: []run{{0, 1, pointKind}}}
	for i, n := range dropped {
		if n == 0 {
			continue
		}
		start := uint32(len(about.tags))
		about.put(0, layers[i].name)
		about.put(1, int64(len(layers[i].items)-n))
		about.put(2, int64(n))
		about.spans = append(about.spans, span{start, uint32(len(about.tags))})
		from := len(w.blob)
		w.blob = appendGeometry(w.blob, &d, pointKind, vertex{})
		w.items = append(w.items, item{number: uint64(i + 1), at: len(w.items), kind: pointKind, start: from, end: len(w.blob)})
	}
	w.begin()
	for i := range w.items {
		w.admit(&w.items[i])
	}
	return w.append(dst, scratch)
}
