package tile

import "context"

// composer makes one tile after the other, with the memory of those before.
type composer struct {
	address Address
	frame   frame
	origin  vertex
	whole   drawing
	part    drawing
	spare   outline
	rings   [2][]vertex
	mender  mender
	labels  layerWriter
	ring    []vertex
	// crossings are those of a ring with a line from west to east.
	crossings []float64
	sources   []*source // the first so many are in use
	used      int
}

// composer takes a used composer, with its memory, for another tile.
func (m *Maker) composer(a Address) *composer {
	c, ok := m.composers.Get().(*composer)
	if !ok {
		c = &composer{}
	}
	c.address, c.frame, c.origin = a, a.frame(), a.origin()
	return c
}

// recycle keeps a composer for the next tile, unless a huge geometry made it huge.
func (m *Maker) recycle(c *composer) {
	for _, s := range c.sources[:c.used] {
		s.end()
	}
	c.used = 0
	const most = 1 << 16
	if cap(c.whole.vertices) < most && cap(c.part.vertices) < most && cap(c.spare.vertices) < most {
		m.composers.Put(c)
	}
}

// source begins another layer of the tile.
func (c *composer) source(l *layer, r Request, v *level) *source {
	if c.used == len(c.sources) {
		c.sources = append(c.sources, &source{})
	}
	s := c.sources[c.used]
	c.used++
	s.begin(l, r, v)
	return s
}

// tile makes the tile of the features that the sources have found, with their
// labels if the request wants these.
func (c *composer) tile(ctx context.Context, r Request, mostBytes int) (*Tile, error) {
	sources := c.sources[:c.used]
	room := mostBytes
	if r.Labels {
		room -= mostBytes / labelShare
	}
	if err := c.fit(ctx, sources, room); err != nil {
		return nil, err
	}
	t := &Tile{}
	for _, s := range sources {
		t.Data = s.append(t.Data)
		t.Features += s.shown
		t.Dropped += s.dropped
	}
	if t.Dropped > 0 {
		t.Data = appendNotes(t.Data, sources)
	}
	t.Data = c.appendLabels(t.Data, sources, mostBytes-len(t.Data))
	return t, nil
}

// add draws one feature of a layer; v is the layer's level of this zoom or nil.
func (c *composer) add(w *layerWriter, l *layer, v *level, at int32) {
	number := l.numbers[at]
	if v != nil && v.drawn[at].kind != 0 {
		e := &v.drawn[at]
		lo, hi := long(e.lo), long(e.hi)
		if !c.frame.meets(lo, hi) {
			return
		}
		if c.frame.covers(lo, hi) {
			start := len(w.blob)
			w.blob = appendVarint(w.blob, uint64(e.head))
			w.blob = appendStep(w.blob, c.origin, long(e.first))
			w.blob = append(w.blob, v.blob[e.start:e.end]...)
			w.items = append(w.items, item{number: number, at: int(at), kind: e.kind, start: start, end: len(w.blob)})
			return
		}
	}
	l.draw(at, c.address.Zoom, &c.whole, &c.spare)
	if c.surrounds(l.boxes[at]) {
		c.put(w, &c.whole, int(at), number)
		return
	}
	c.whole.cut(c.frame, &c.part, &c.rings)
	c.put(w, &c.part, int(at), number)
}

// surrounds reports whether the frame surrounds all that is drawn of a feature with that box.
func (c *composer) surrounds(b outlineBox) bool {
	// Vertices move by half a cell at most, and a pixel stands around the middle.
	const moved = pixel
	units := unitsAt(c.address.Zoom)
	return b.lo[0]*units >= float64(c.frame.lo.x+moved) && b.hi[0]*units <= float64(c.frame.hi.x-moved) &&
		b.lo[1]*units >= float64(c.frame.lo.y+moved) && b.hi[1]*units <= float64(c.frame.hi.y-moved)
}

// put appends what is drawn in the tile, one item a kind.
func (c *composer) put(w *layerWriter, d *drawing, at int, number uint64) {
	c.mender.mend(d)
	var has [4]bool
	for _, r := range d.runs {
		if r.kind != holeKind {
			has[r.kind] = true
		}
	}
	for _, k := range [...]kind{pointKind, lineKind, areaKind} {
		if !has[k] {
			continue
		}
		start := len(w.blob)
		w.blob = appendGeometry(w.blob, d, k, c.origin)
		w.items = append(w.items, item{number: number, at: at, kind: k, start: start, end: len(w.blob)})
	}
}
