package tile

import "container/heap"

// NotesLayer is the name of the layer that says which collections lack features
// because of the tile's size: a point in the middle with the properties
// collection, shown and dropped. A tile with all its features has none.
const NotesLayer = "tile_notes"

// fit admits items to the layers until the tile is full and gives the number that
// found no room, by layer.
func fit(layers []*layerWriter, most int) []int {
	dropped := make([]int, len(layers))
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
	size = total + 256*len(layers) // room for the notes
	heaviest := byWeight{layers, order}
	heap.Init(&heaviest)
	for len(heaviest.places) > 0 && size+leastItem <= most {
		p := heap.Pop(&heaviest).(place)
		w := layers[p.layer]
		c := w.cost(&w.items[p.item])
		if size+c > most {
			dropped[p.layer]++
			continue
		}
		size += c
		w.admit(&w.items[p.item])
	}
	for _, p := range heaviest.places {
		dropped[p.layer]++
	}
	return dropped
}

// leastItem is what an item takes at least: number, tags with the id, type and a point.
const leastItem = 15

// place is an item of a layer.
type place struct{ layer, item int }

// byWeight is a heap of places, the heaviest first, equal ones in their order. Few
// of them are taken before the tile is full: sorting all would cost more.
type byWeight struct {
	layers []*layerWriter
	places []place
}

func (h *byWeight) Len() int { return len(h.places) }

func (h *byWeight) Less(i, j int) bool {
	a, b := h.places[i], h.places[j]
	if x, y := h.layers[a.layer].items[a.item].weight, h.layers[b.layer].items[b.item].weight; x != y {
		return x > y
	}
	if a.layer != b.layer {
		return a.layer < b.layer
	}
	return a.item < b.item
}

func (h *byWeight) Swap(i, j int) { h.places[i], h.places[j] = h.places[j], h.places[i] }

// Push is never used.
func (h *byWeight) Push(any) {}

// Pop gives the last place.
func (h *byWeight) Pop() any {
	last := h.places[len(h.places)-1]
	h.places = h.places[:len(h.places)-1]
	return last
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
