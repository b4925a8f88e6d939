package tile

// source is a collection as far as a tile may show it, and the layer that is
// written of it.
type source struct {
	layerWriter
	layer *layer
	level *level  // of the tile's zoom, or nil
	found []int32 // features of the layer, in order of id

	// shown and dropped count features; the rest of those found have nothing in the tile.
	shown, dropped int

	labelled bool // whether labels are wanted
	labels   []label
}

// begin makes the source ready for a layer of which nothing has been found yet.
func (s *source) begin(l *layer, r Request, v *level) {
	s.layerWriter.begin(l.collection.ID, l.about, wantedProperties(l.collection, r.Properties))
	s.layer, s.level, s.found, s.shown, s.dropped = l, v, s.found[:0], 0, 0
	s.labelled, s.labels = r.Labels && hasLabels(l.collection), s.labels[:0]
}

// end lets go of the layer.
func (s *source) end() {
	s.reset()
	s.layer, s.level, s.about, s.wanted = nil, nil, nil, nil
}

// draw draws a feature and reports whether anything of it is in the tile.
func (s *source) draw(c *composer, at int32) bool {
	if s.layer.stock != nil {
		s.layer.stock.fetch(&s.layerWriter, at)
	}
	before := len(s.items)
	c.add(&s.layerWriter, s.layer, s.level, at)
	return len(s.items) > before
}

// undo takes back what was drawn since there were so many items and bytes.
func (s *source) undo(items, bytes int) { s.items, s.blob = s.items[:items], s.blob[:bytes] }

// encodeDrawn appends what has been drawn to the layer.
func (s *source) encodeDrawn() {
	for i := range s.items {
		s.encode(&s.items[i])
	}
	s.undo(0, 0)
}

// shows reports whether anything of a feature is in the tile, without drawing it
// where its box says so.
func (s *source) shows(c *composer, at int32) bool {
	if c.surrounds(s.layer.boxes[at]) {
		return true
	}
	items, bytes := len(s.items), len(s.blob)
	seen := s.draw(c, at)
	s.undo(items, bytes)
	return seen
}
