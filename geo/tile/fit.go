package tile

import (
	"cmp"
	"container/heap"
	"context"
	"slices"
)

// NotesLayer is the name of the layer that says which collections lack features
// because of the tile's size: a point in the middle with the properties
// collection, shown and dropped. A tile with all its features has none.
const NotesLayer = "tile_notes"

const (
	// leastItem is what an item takes at least: number, tags with the id, type and a point.
	leastItem = 15
	// mostMisses is how many features in a row may find no room until a tile is full.
	mostMisses = 100
	// checkEvery is how many features are drawn between two looks at the time.
	checkEvery = 1024
)

// fit draws what the sources found into their layers, as much as the tile may take.
func (c *composer) fit(ctx context.Context, sources []*source, most int) error {
	size, found := 0, 0
	for _, s := range sources {
		size += 64 + len(s.name)
		found += len(s.found)
	}
	if found*leastItem <= 2*most { // some may have nothing in the tile
		if all, err := c.drawAll(ctx, sources, most-size); all || err != nil {
			return err
		}
	}
	return c.drawLargest(ctx, sources, most-size-256*len(sources)) // room for the notes
}

// drawAll draws all features in order of id. If there is not room enough it takes
// everything back and reports that.
func (c *composer) drawAll(ctx context.Context, sources []*source, room int) (bool, error) {
	for _, s := range sources {
		for i, at := range s.found {
			if i%checkEvery == 0 && ctx.Err() != nil {
				return false, ctx.Err()
			}
			if !s.draw(c, at) {
				continue
			}
			s.encodeDrawn()
			s.shown++
			s.label(c, at)
			if s.size > room {
				for _, s := range sources {
					s.reset()
					s.shown, s.labels = 0, s.labels[:0]
				}
				return false, nil
			}
		}
		room -= s.size
	}
	return true, nil
}

// drawLargest draws features from the largest to the smallest (area of the box
// of the whole feature, so that neighbouring tiles drop the same ones) while there
// is room, and counts the others.
func (c *composer) drawLargest(ctx context.Context, sources []*source, room int) error {
	for _, s := range sources {
		s.table(uint32(len(s.about.ends)))
	}
	rest := newBySize(sources)
	misses := 0
	for n := 0; rest.Len() > 0 && room >= leastItem && misses < mostMisses; n++ {
		if n%checkEvery == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		p := heap.Pop(rest).(place)
		s := sources[p.source]
		items, bytes := len(s.items), len(s.blob)
		if !s.draw(c, p.at) {
			continue
		}
		cost := 0
		for k := items; k < len(s.items); k++ {
			cost += s.cost(&s.items[k])
		}
		if cost > room {
			s.undo(items, bytes)
			s.dropped++
			misses++
			continue
		}
		s.number(int(p.at))
		room -= cost
		misses = 0
		s.shown++
		s.label(c, p.at)
	}
	for n, p := range rest.places {
		if n%checkEvery == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if sources[p.source].shows(c, p.at) {
			sources[p.source].dropped++
		}
	}
	for _, s := range sources {
		slices.SortStableFunc(s.items, func(a, b item) int { return cmp.Compare(a.at, b.at) })
		s.encodeDrawn()
	}
	return nil
}

// place is a feature that a source found.
type place struct {
	area   float64
	source int32
	at     int32
}

// bySize is a heap of places, the largest first, equal ones in their order. Few
// of them are taken before the tile is full: sorting all would cost more.
type bySize struct{ places []place }

func newBySize(sources []*source) *bySize {
	h := &bySize{}
	for i, s := range sources {
		for _, at := range s.found {
			h.places = append(h.places, place{s.layer.boxes[at].area(), int32(i), at})
		}
	}
	heap.Init(h)
	return h
}

func (h *bySize) Len() int { return len(h.places) }

func (h *bySize) Less(i, j int) bool {
	a, b := h.places[i], h.places[j]
	switch {
	case a.area != b.area:
		return a.area > b.area
	case a.source != b.source:
		return a.source < b.source
	}
	return a.at < b.at
}

func (h *bySize) Swap(i, j int) { h.places[i], h.places[j] = h.places[j], h.places[i] }

// Push is never used.
func (h *bySize) Push(any) {}

// Pop gives the last place.
func (h *bySize) Pop() any {
	last := h.places[len(h.places)-1]
	h.places = h.places[:len(h.places)-1]
	return last
}

// appendNotes appends the layer of notes.
func appendNotes(dst []byte, sources []*source) []byte {
	about := &attributes{keys: []string{"collection", "shown", "dropped"}, known: map[string]uint32{}}
	w := &layerWriter{}
	d := drawing{vertices: []vertex{{Extent / 2, Extent / 2}}, runs: []run{{0, 1, pointKind}}}
	for i, s := range sources {
		if s.dropped == 0 {
			continue
		}
		start := uint32(len(about.tags))
		about.put(0, s.name)
		about.put(1, int64(s.shown))
		about.put(2, int64(s.dropped))
		about.spans = append(about.spans, span{start, uint32(len(about.tags))})
		from := len(w.blob)
		w.blob = appendGeometry(w.blob, &d, pointKind, vertex{})
		w.items = append(w.items, item{number: uint64(i + 1), at: len(w.items), kind: pointKind, start: from, end: len(w.blob)})
	}
	items, blob := w.items, w.blob
	w.items = nil
	w.begin(NotesLayer, about, nil)
	w.blob = blob
	for i := range items {
		w.encode(&items[i])
	}
	return w.append(dst)
}
