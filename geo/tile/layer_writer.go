package tile

import "slices"

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
	items  []item // drawn and not yet encoded
	blob   []byte // their geometries

	body []byte // the features encoded
	size int    // of the body and of the keys and values

	// The tables hold the number of a key or value in the layer plus 1, by its number
	// among the attributes; 0 means not used. Values from tabled on have no place there.
	keyTable, valueTable []uint32
	tabled               uint32
	keys, values         []uint32
	last                 int // place of the attributes encoded last, or -1
	tags                 []byte
}

// begin makes the writer ready for a layer.
func (w *layerWriter) begin(name string, about *attributes, wanted []bool) {
	w.name, w.about, w.wanted = name, about, wanted
	w.reset()
	w.table(about.shared)
	if len(w.keyTable) < len(about.keys) {
		w.keyTable = make([]uint32, len(about.keys))
	}
}

// table gives the values below a number a place in the table, which is all zero.
func (w *layerWriter) table(below uint32) {
	w.tabled = below
	if len(w.valueTable) < int(below) {
		w.valueTable = make([]uint32, below)
	}
}

// widen gives the values below a number a place too.
func (w *layerWriter) widen(below uint32) {
	if n := int(below) - len(w.valueTable); n > 0 {
		w.valueTable = append(w.valueTable, make([]uint32, n)...)
	}
	w.tabled = max(w.tabled, below)
}

// mark is how far a layer has been written.
type mark struct{ body, size, keys, values int }

func (w *layerWriter) mark() mark { return mark{len(w.body), w.size, len(w.keys), len(w.values)} }

// back takes back what has been encoded since the mark. Of the tables only what was
// used is cleared, since a collection has far more values than most tiles.
func (w *layerWriter) back(to mark) {
	for _, k := range w.keys[to.keys:] {
		w.keyTable[k] = 0
	}
	for _, v := range w.values[to.values:] {
		if v < w.tabled {
			w.valueTable[v] = 0
		}
	}
	w.keys, w.values, w.body = w.keys[:to.keys], w.values[:to.values], w.body[:to.body]
	w.size, w.last = to.size, -1
}

// reset takes back all features.
func (w *layerWriter) reset() {
	w.back(mark{})
	w.items, w.blob = w.items[:0], w.blob[:0]
}

func (w *layerWriter) wants(t tag) bool { return w.wanted == nil || t.key == 0 || w.wanted[t.key-1] }

// cost is the number of bytes that an item would add to the layer now. All values
// have their place in the table.
func (w *layerWriter) cost(it *item) int {
	size, tags := 0, 0
	keys, values := len(w.keys), len(w.values)
	for _, t := range w.about.of(it.at) {
		if !w.wants(t) {
			continue
		}
		key, value := w.keyTable[t.key], w.valueTable[t.value]
		if key == 0 {
			keys++
			key = uint32(keys)
			size += field(len(w.about.keys[t.key]))
		}
		if value == 0 {
			values++
			value = uint32(values)
			size += field(len(w.about.value(t.value)))
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

// encode appends an item to the layer.
func (w *layerWriter) encode(it *item) {
	if it.at != w.last {
		w.number(it.at)
	}
	before := len(w.body)
	body := appendVarint(append(w.body, layerFeatures), uint64(it.size(len(w.tags))))
	body = appendVarint(append(body, featureID), it.number)
	body = appendBytes(body, featureTags, w.tags)
	body = append(body, featureType, byte(it.kind))
	w.body = appendBytes(body, featureGeometry, w.blob[it.start:it.end])
	w.size += len(w.body) - before
}

// number enters the keys and values of a feature into the tables and makes its tags.
func (w *layerWriter) number(at int) {
	tags := w.tags[:0]
	for _, t := range w.about.of(at) {
		if !w.wants(t) {
			continue
		}
		key := w.keyTable[t.key]
		if key == 0 {
			w.keys = append(w.keys, t.key)
			key = uint32(len(w.keys))
			w.keyTable[t.key] = key
			w.size += field(len(w.about.keys[t.key]))
		}
		value := uint32(0)
		if t.value < w.tabled {
			value = w.valueTable[t.value]
		}
		if value == 0 {
			w.values = append(w.values, t.value)
			value = uint32(len(w.values))
			if t.value < w.tabled {
				w.valueTable[t.value] = value
			}
			w.size += field(len(w.about.value(t.value)))
		}
		tags = appendVarint(appendVarint(tags, uint64(key-1)), uint64(value-1))
	}
	w.tags, w.last = tags, at
}

// append appends the layer to a tile; nothing if it has no feature.
func (w *layerWriter) append(dst []byte) []byte {
	if len(w.body) == 0 {
		return dst
	}
	const versionSize, extentSize = 2, 3
	size := versionSize + field(len(w.name)) + len(w.body) + extentSize
	for _, k := range w.keys {
		size += field(len(w.about.keys[k]))
	}
	for _, v := range w.values {
		size += field(len(w.about.value(v)))
	}
	dst = slices.Grow(dst, field(size))
	dst = appendVarint(append(dst, tileLayers), uint64(size))
	dst = append(dst, layerVersion, 2)
	dst = appendText(dst, layerName, w.name)
	dst = append(dst, w.body...)
	for _, k := range w.keys {
		dst = appendText(dst, layerKeys, w.about.keys[k])
	}
	for _, v := range w.values {
		dst = appendBytes(dst, layerValues, w.about.value(v))
	}
	return appendVarint(append(dst, layerExtent), Extent)
}
