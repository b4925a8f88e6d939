package tile

// composer draws the features of a layer into a tile.
type composer struct {
	address Address
	frame   frame
	origin  vertex
	whole   drawing
	part    drawing
	spare   outline
	rings   [2][]vertex
	output  [2][]byte
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
	const most = 1 << 16
	if cap(c.whole.vertices) < most && cap(c.part.vertices) < most && cap(c.spare.xy) < most {
		m.composers.Put(c)
	}
}

// add draws one feature of a layer; v is the layer's level of this zoom or nil.
func (c *composer) add(w *layerWriter, l *layer, v *level, at int32) {
	number := l.numbers[at]
	if v != nil && v.drawn[at].kind != 0 {
		e := &v.drawn[at]
		if !c.frame.meets(e.lo, e.hi) {
			return
		}
		if c.frame.covers(e.lo, e.hi) {
			start := len(w.blob)
			w.blob = appendVarint(w.blob, e.head)
			w.blob = appendStep(w.blob, c.origin, e.first)
			w.blob = append(w.blob, v.blob[e.start:e.end]...)
			w.items = append(w.items, item{number: number, at: int(at), kind: e.kind, start: start, end: len(w.blob)})
			return
		}
	}
	l.draw(at, c.address.Zoom, &c.whole, &c.spare)
	c.put(w, int(at), number)
}

// put cuts the drawing at hand and appends what is left, one item a kind.
func (c *composer) put(w *layerWriter, at int, number uint64) {
	c.whole.cut(c.frame, &c.part, &c.rings)
	var has [4]bool
	for _, r := range c.part.runs {
		if r.kind != holeKind {
			has[r.kind] = true
		}
	}
	for _, k := range [...]kind{pointKind, lineKind, areaKind} {
		if !has[k] {
			continue
		}
		start := len(w.blob)
		w.blob = appendGeometry(w.blob, &c.part, k, c.origin)
		w.items = append(w.items, item{number: number, at: at, kind: k, start: start, end: len(w.blob)})
	}
}
