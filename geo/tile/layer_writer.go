package tile

// item is a feature of a tile that is being made, before the size is known.
type item struct {
	number uint64
	at     int // place of its attributes
	kind   kind
	start  int // of its geometry in the writer's blob
	end    int
}

// layerWriter gathers the features of one layer.
type layerWriter struct {
	name   string
	about  *attributes
	wanted []bool // of keys; nil means all
	items  []item
	blob   []byte // geometries

	*tables
	keys   []uint32
	values []uint32
}

// tables hold the number of a key or value in the layer plus 1, by its number
// among the attributes; 0 means not used.
type tables struct{ key, value []uint32 }

// begin takes tables that are all zero.
func (w *layerWriter) begin() {
	if t, ok := w.about.tables.Get().(*tables); ok && len(t.key) == len(w.about.keys) && len(t.value) >= len(w.about.values) {
		w.tables = t
		return
	}
	w.tables = &tables{key: make([]uint32, len(w.about.keys)), value: make([]uint32, len(w.about.values))}
}

// reset empties the tables again: only what was used is cleared, since a
// collection has far more values than most tiles.
func (w *layerWriter) reset() {
	for _, k := range w.keys {
		w.key[k] = 0
	}
	for _, v := range w.values {
		w.value[v] = 0
	}
	w.keys, w.values = w.keys[:0], w.values[:0]
	w.items, w.blob = w.items[:0], w.blob[:0]
}

// release gives the tables back.
func (w *layerWriter) release() {
	w.reset()
	w.about.tables.Put(w.tables)
	w.tables = nil
}

func (w *layerWriter) wants(t tag) bool { return w.wanted == nil || t.key == 0 || w.wanted[t.key-1] }

// cost is the number of bytes that an item would add to the layer now.
func (w *layerWriter) cost(it *item) int {
	size, tags := 0, 0
	keys, values := len(w.keys), len(w.values)
	for _, t := range w.about.of(it.at) {
		if !w.wants(t) {
			continue
		}
		key, value := w.key[t.key], w.value[t.value]
		if key == 0 {
			keys++
			key = uint32(keys)
			size += field(len(w.about.keys[t.key]))
		}
		if value == 0 {
			values++
			value = uint32(values)
			size += field(len(w.about.values[t.value]))
		}
		tags += sizeVarint(uint64(key-1)) + sizeVarint(uint64(value-1))
	}
	return size + field(it.size(tags))
}

// field is the size of a length-delimited field.
func field(n int) int { return 1 + sizeVarint(uint64(n)) + n }

// size is that of the feature's message with so many bytes of tags.
func (it *item) size(tags int) int {
	const kindSize = 2
	return 1 + sizeVarint(it.number) + field(tags) + kindSize + field(it.end-it.start)
}

// admit enters an item's keys and values into the tables.
func (w *layerWriter) admit(it *item) {
	for _, t := range w.about.of(it.at) {
		if !w.wants(t) {
			continue
		}
		if w.key[t.key] == 0 {
			w.keys = append(w.keys, t.key)
			w.key[t.key] = uint32(len(w.keys))
		}
		if w.value[t.value] == 0 {
			w.values = append(w.values, t.value)
			w.value[t.value] = uint32(len(w.values))
		}
	}
}

// append appends the layer to a tile; nothing if no item was admitted.
func (w *layerWriter) append(dst []byte, scratch *[2][]byte) []byte {
	if len(w.keys) == 0 {
		return dst
	}
	body := scratch[0][:0]
	body = append(body, layerVersion, 2)
	body = appendText(body, layerName, w.name)
	tags := scratch[1]
	for i := range w.items {
		it := &w.items[i]
		tags = tags[:0]
		for _, t := range w.about.of(it.at) {
			if w.wants(t) {
				tags = appendVarint(appendVarint(tags, uint64(w.key[t.key]-1)), uint64(w.value[t.value]-1))
			}
		}
		body = appendVarint(append(body, layerFeatures), uint64(it.size(len(tags))))
		body = appendVarint(append(body, featureID), it.number)
		body = appendBytes(body, featureTags, tags)
		body = append(body, featureType, byte(it.kind))
		body = appendBytes(body, featureGeometry, w.blob[it.start:it.end])
	}
	for _, k := range w.keys {
		body = appendText(body, layerKeys, w.about.keys[k])
	}
	for _, v := range w.values {
		body = appendText(body, layerValues, w.about.values[v])
	}
	body = appendVarint(append(body, layerExtent), Extent)
	scratch[0], scratch[1] = body, tags
	return appendBytes(dst, tileLayers, body)
}
