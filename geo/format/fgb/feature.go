package fgb

import (
	"math"

	"kawasan/geo"
	"kawasan/geo/format/export"
	"kawasan/geo/format/wkb"

	flatbuffers "github.com/google/flatbuffers/go"
)

// largest is how many bytes a feature may have: beyond twice that the builder would panic.
const largest = 512 << 20

// encode gives a feature with its size before it, valid until the next call, and
// the bounds of its geometry.
func (w *writer) encode(f *geo.Feature) ([]byte, wkb.Box, error) {
	b := w.builder
	b.Reset()
	box := wkb.EmptyBox()
	var err error
	if w.wkb, err = w.layer.AppendWKB(w.wkb[:0], f); err != nil {
		return nil, box, err
	}
	var geometry flatbuffers.UOffsetT
	if n := len(w.wkb); n > 0 && n <= largest {
		r := wkb.NewReader(w.wkb)
		h, err := r.Header()
		if err == nil {
			geometry, err = w.encoder.geometry(b, &r, h, &box)
		}
		if err != nil {
			return nil, box, export.Locate(err, w.layer, f)
		}
	}
	values, err := w.properties(f)
	if err != nil {
		return nil, box, export.Locate(err, w.layer, f)
	}
	if len(w.wkb)+len(values) > largest {
		return nil, box, export.Locate(geo.Errorf(geo.TooLarge, "a feature is larger than the %d MB that FlatGeobuf takes here", largest>>20).Try("gpkg"), w.layer, f)
	}
	properties := b.CreateByteVector(values)
	b.StartObject(featureFields)
	slot(b, featureGeometry, geometry)
	slot(b, featureProperties, properties)
	b.FinishSizePrefixed(b.EndObject())
	return b.FinishedBytes(), box, nil
}

// encoder keeps the room for the coordinates of one geometry.
type encoder struct {
	xy   []byte // as it stands in the file
	z, m []float64
	ends []uint32
}

func (e *encoder) reset() { e.xy, e.z, e.m, e.ends = e.xy[:0], e.z[:0], e.m[:0], e.ends[:0] }

// geometry writes a geometry after those within it. Readers don't expect one
// without positions: for that it gives 0, and empty parts are left out.
func (e *encoder) geometry(b *flatbuffers.Builder, r *wkb.Reader, h wkb.Header, box *wkb.Box) (flatbuffers.UOffsetT, error) {
	if h.Type == wkb.MultiPolygon || h.Type == wkb.GeometryCollection {
		n, err := r.Count(h, wkb.MemberSize)
		if err != nil {
			return 0, err
		}
		var parts []flatbuffers.UOffsetT
		for range n {
			m, err := r.Member(h)
			if err != nil {
				return 0, err
			}
			part, err := e.geometry(b, r, m, box)
			if err != nil {
				return 0, err
			}
			if part != 0 {
				parts = append(parts, part)
			}
		}
		if len(parts) == 0 {
			return 0, nil
		}
		list := tables(b, parts)
		b.StartObject(geometryFields)
		slot(b, geometryParts, list)
		b.PrependUint8Slot(geometryType, uint8(h.Type), 0)
		return b.EndObject(), nil
	}
	e.reset()
	if err := e.collect(r, h, box); err != nil {
		return 0, err
	}
	if len(e.xy) == 0 {
		return 0, nil
	}
	return e.simple(b, h), nil
}

// collect gathers the coordinates of a geometry without parts.
func (e *encoder) collect(r *wkb.Reader, h wkb.Header, box *wkb.Box) error {
	return r.Runs(h, func(of wkb.Header, _ int, p wkb.Positions) error {
		e.add(p, box)
		if of.Type == wkb.Polygon || h.Type == wkb.MultiLineString {
			e.end()
		}
		return nil
	})
}

// end notes the end of a ring or line, unless it is empty.
func (e *encoder) end() {
	if n := uint32(len(e.xy) / 16); n > 0 && (len(e.ends) == 0 || e.ends[len(e.ends)-1] < n) {
		e.ends = append(e.ends, n)
	}
}

func (e *encoder) add(p wkb.Positions, box *wkb.Box) {
	if p.Len() == 1 {
		if x, y := p.XY(0); math.IsNaN(x) || math.IsNaN(y) { // an empty point has no coordinates here
			return
		}
	}
	e.xy = p.AppendXY(e.xy)
	for i := range p.Len() {
		box.Extend(p.XY(i))
	}
	for i := 0; p.Header.HasZ && i < p.Len(); i++ {
		e.z = append(e.z, p.Z(i))
	}
	for i := 0; p.Header.HasM && i < p.Len(); i++ {
		e.m = append(e.m, p.M(i))
	}
}

func (e *encoder) simple(b *flatbuffers.Builder, h wkb.Header) flatbuffers.UOffsetT {
	var ends, z, m flatbuffers.UOffsetT
	if len(e.m) > 0 {
		m = floats(b, e.m)
	}
	if len(e.z) > 0 {
		z = floats(b, e.z)
	}
	xy := floatBytes(b, e.xy)
	if len(e.ends) > 1 || h.Type == wkb.MultiLineString { // a single ring needs no end
		b.StartVector(4, len(e.ends), 4)
		for i := len(e.ends) - 1; i >= 0; i-- {
			b.PrependUint32(e.ends[i])
		}
		ends = b.EndVector(len(e.ends))
	}
	b.StartObject(geometryFields)
	slot(b, geometryEnds, ends)
	slot(b, geometryXY, xy)
	slot(b, geometryZ, z)
	slot(b, geometryM, m)
	b.PrependUint8Slot(geometryType, uint8(h.Type), 0)
	return b.EndObject()
}
