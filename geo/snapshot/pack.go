package snapshot

import (
	"encoding/json"
	"fmt"
	"strings"
	"unsafe"

	"kawasan/geo"
	"kawasan/geo/geodesy"
)

const (
	// slabFeatures is how many features (and their values) a build allocates at once.
	slabFeatures = 256
	// chunkBytes is how many bytes of text and geometry it allocates at once.
	chunkBytes = 256 << 10
	// maxInterned bounds the texts that are kept to be shared.
	maxInterned  = 16 << 10
	maxInternLen = 256
)

// Memory of what every feature has: the struct, and the header of a value.
const (
	featureBytes = int64(unsafe.Sizeof(geo.Feature{}))
	valueBytes   = 16
)

// packer copies features into few large pieces of memory. Texts that repeat
// (sources, licences, kinds) are held once.
type packer struct {
	about    *geo.Collection
	options  Options
	interned map[string]any
	slab     int // features in a slab; 1 for a few features that come and go
	features []geo.Feature
	values   []any
	// Geometries and GeoJSON lie apart, so that the latter can be given up.
	geometries, texts chunk
	scratch           []byte
}

// pack copies a feature with all that is held ready for it, and tells what it
// spans and about how much memory it takes.
func (p *packer) pack(f *geo.Feature) (*geo.Feature, placement, int64, error) {
	var where placement
	var err error
	if f.WKB != nil {
		if where, err = measure(f.WKB); err != nil {
			e := geo.Errorf(geo.Unsupported, "the geometry of %s/%s can't be held in memory: %s", p.about.ID, f.ID, err)
			e.Place.Collection, e.Place.Feature = p.about.ID, f.ID
			return nil, where, 0, e
		}
	}
	packed := p.newFeature()
	packed.ID, packed.Collection = strings.Clone(f.ID), p.about
	packed.Values = p.newValues()
	for i := range packed.Values {
		packed.Values[i] = p.intern(valueAt(f, i))
	}
	if f.WKB != nil {
		packed.WKB = p.geometries.keep(f.WKB, p.slab)
		if !where.isEmpty() {
			packed.Bound = where.bound
		}
		if from := p.options.ShapesFrom; from >= 0 && where.vertices >= from {
			packed.Prepared = prepared(packed.WKB, where)
		}
	}
	if p.options.Encode != nil {
		if p.scratch, err = p.options.Encode(p.scratch[:0], packed); err != nil {
			return nil, where, 0, fmt.Errorf("encode %s/%s: %w", p.about.ID, f.ID, err)
		}
		packed.JSON = p.texts.keep(p.scratch, p.slab)
	}
	return packed, where, p.size(packed), nil
}

func (p *packer) newFeature() *geo.Feature {
	if len(p.features) == 0 {
		p.features = make([]geo.Feature, p.slab)
	}
	f := &p.features[0]
	p.features = p.features[1:]
	return f
}

func (p *packer) newValues() []any {
	n := len(p.about.Properties)
	if len(p.values) < n {
		p.values = make([]any, n*p.slab)
	}
	v := p.values[:n:n]
	p.values = p.values[n:]
	return v
}

// chunk is a piece of memory that is being filled.
type chunk []byte

// keep copies bytes, into the present chunk where they are few.
func (c *chunk) keep(b []byte, slab int) []byte {
	if slab == 1 || len(b) > chunkBytes/8 {
		return append(make([]byte, 0, len(b)), b...)
	}
	if cap(*c)-len(*c) < len(b) {
		*c = make([]byte, 0, chunkBytes)
	}
	start := len(*c)
	*c = append(*c, b...)
	return (*c)[start:len(*c):len(*c)]
}

// intern gives one value for equal short texts.
func (p *packer) intern(v any) any {
	s, ok := v.(string)
	if !ok || len(s) > maxInternLen || p.interned == nil {
		return v
	}
	if known, ok := p.interned[s]; ok {
		return known
	}
	if len(p.interned) < maxInterned {
		p.interned[s] = v
	}
	return v
}

// size is about how much memory a packed feature takes. Shared texts are
// counted where they occur, so it is rather too much.
func (p *packer) size(f *geo.Feature) int64 {
	n := featureBytes + int64(len(f.ID)+len(f.WKB)+len(f.JSON))
	for _, v := range f.Values {
		n += valueBytes + sizeOf(v)
	}
	return n + shapeBytes(f)
}

// shapeBytes is what the shape held of a feature takes.
func shapeBytes(f *geo.Feature) int64 {
	if shape, ok := f.Prepared.(*geodesy.Shape); ok {
		return int64(shape.Bytes())
	}
	return 0
}

// sizeOf is what a value takes beside its header.
func sizeOf(v any) int64 {
	switch v := v.(type) {
	case nil, bool:
		return 0
	case string:
		return 16 + int64(len(v))
	case json.RawMessage:
		return 24 + int64(len(v))
	case []int64:
		return 24 + 8*int64(len(v))
	case []float64:
		return 24 + 8*int64(len(v))
	case []string:
		n := int64(24)
		for _, s := range v {
			n += 16 + int64(len(s))
		}
		return n
	}
	return 24 // a time at most
}
