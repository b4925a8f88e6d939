package shp

import (
	"encoding/binary"
	"math"

	"kawasan/geo"
	"kawasan/geo/format/wkb"
)

// kind is what one shapefile holds; the values are the types of two-dimensional
// shapes. To those with heights 10 is added, to those with measures alone 20.
type kind int32

const (
	none       kind = 0
	point      kind = 1
	line       kind = 3
	polygon    kind = 5
	multipoint kind = 8
)

// suffix is what is put behind the name of a collection that has several kinds.
func (k kind) suffix() string {
	switch k {
	case point:
		return "_point"
	case line:
		return "_line"
	case polygon:
		return "_polygon"
	case multipoint:
		return "_multipoint"
	}
	return "_none"
}

// kindOf gives the kind for a type of geometry; false for what has to be taken apart.
func kindOf(t wkb.Type) (kind, bool) {
	switch t {
	case wkb.Point:
		return point, true
	case wkb.MultiPoint:
		return multipoint, true
	case wkb.LineString, wkb.MultiLineString:
		return line, true
	case wkb.Polygon, wkb.MultiPolygon:
		return polygon, true
	}
	return none, false
}

// kindOfCollection gives the kind of all geometries of a collection; false if they are mixed.
func kindOfCollection(c *geo.Collection) (kind, bool) {
	for t := wkb.Point; t <= wkb.MultiPolygon; t++ {
		if t.String() == c.GeometryType {
			return kindOf(t)
		}
	}
	return none, false
}

// noData is a measure that isn't there: any number below -1e38.
const noData = -1e39

// shape gathers the positions of one record.
type shape struct {
	xy, z, m []float64
	parts    []int32
	box      wkb.Box
}

func (s *shape) reset() {
	s.xy, s.z, s.m, s.parts, s.box = s.xy[:0], s.z[:0], s.m[:0], s.parts[:0], wkb.EmptyBox()
}

func (s *shape) len() int { return len(s.xy) / 2 }

// read gathers a geometry that is no collection. Exterior rings run clockwise and holes
// the other way: by that alone readers know which is which.
func (s *shape) read(r *wkb.Reader, h wkb.Header) error {
	return r.Runs(h, func(of wkb.Header, ring int, p wkb.Positions) error {
		switch of.Type {
		case wkb.Point:
			s.add(p, false)
		case wkb.Polygon:
			area := p.SignedArea()
			s.part(p, ring == 0 && area > 0 || ring > 0 && area < 0)
		default:
			s.part(p, false)
		}
		return nil
	})
}

// part adds a line or ring, unless it is empty.
func (s *shape) part(p wkb.Positions, reverse bool) {
	if p.Len() > 0 {
		s.parts = append(s.parts, int32(s.len()))
		s.add(p, reverse)
	}
}

func (s *shape) add(p wkb.Positions, reverse bool) {
	for i := range p.Len() {
		if reverse {
			i = p.Len() - 1 - i
		}
		x, y := p.XY(i)
		if math.IsNaN(x) || math.IsNaN(y) { // an empty point
			continue
		}
		s.box.Extend(x, y)
		s.xy = append(s.xy, x, y)
		s.z = append(s.z, finite(p.Z(i), 0))
		m := float64(noData)
		if p.Header.HasM {
			m = finite(p.M(i), noData)
		}
		s.m = append(s.m, m)
	}
}

func finite(v, otherwise float64) float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return otherwise
	}
	return v
}

// appendRecord writes the content of a record: the shape of that kind, or the null
// shape if there are no positions.
func (s *shape) appendRecord(dst []byte, k kind, hasZ, hasM bool) []byte {
	if s.len() == 0 {
		return binary.LittleEndian.AppendUint32(dst, 0)
	}
	dst = binary.LittleEndian.AppendUint32(dst, uint32(typeCode(k, hasZ, hasM)))
	if k == point {
		dst = appendFloats(dst, s.xy[:2]...)
		if hasZ {
			dst = appendFloats(dst, s.z[0])
		}
		if hasZ || hasM {
			dst = appendFloats(dst, s.m[0])
		}
		return dst
	}
	dst = appendFloats(dst, s.box.MinX, s.box.MinY, s.box.MaxX, s.box.MaxY)
	if k != multipoint {
		dst = binary.LittleEndian.AppendUint32(dst, uint32(len(s.parts)))
	}
	dst = binary.LittleEndian.AppendUint32(dst, uint32(s.len()))
	if k != multipoint {
		for _, first := range s.parts {
			dst = binary.LittleEndian.AppendUint32(dst, uint32(first))
		}
	}
	dst = appendFloats(dst, s.xy...)
	if hasZ {
		dst = appendRange(dst, s.z)
	}
	if hasM {
		dst = appendRange(dst, s.m)
	}
	return dst
}

// appendRange writes the smallest and the largest of the values, and the values.
func appendRange(dst []byte, values []float64) []byte {
	low, high := math.Inf(1), math.Inf(-1)
	for _, v := range values {
		if v > noData {
			low, high = math.Min(low, v), math.Max(high, v)
		}
	}
	if low > high {
		low, high = noData, noData
	}
	return appendFloats(appendFloats(dst, low, high), values...)
}

func appendFloats(dst []byte, values ...float64) []byte {
	for _, v := range values {
		dst = binary.LittleEndian.AppendUint64(dst, math.Float64bits(v))
	}
	return dst
}

func typeCode(k kind, hasZ, hasM bool) kind {
	switch {
	case k == none:
		return none
	case hasZ:
		return k + 10
	case hasM:
		return k + 20
	}
	return k
}
