package crs

import (
	"encoding/binary"
	"math"

	"kawasan/geo"
	"kawasan/geo/format/wkb"
)

// TransformWKB appends a geometry converted from longitude, latitude to the
// system, as little-endian ISO WKB in the order of GIS files (longitude or easting
// first). Z and M are copied, an SRID is dropped. It fails with Invalid on broken
// bytes and where the system has no value for a position, with dst as it was.
func TransformWKB(dst, bytes []byte, c *CRS) ([]byte, error) {
	if len(bytes) == 0 {
		return dst, nil
	}
	start := len(dst)
	dst, err := convert(dst, bytes, c.Project)
	if err != nil {
		return dst[:start], geo.Errorf(geo.Invalid, "the geometry can't be converted to %s", c.Code).Because(err).
			Try("another crs, or a filter or bbox that leaves out what lies where this one has no coordinates")
	}
	return dst, nil
}

// InverseWKB is the inverse of TransformWKB: it appends a geometry of the system,
// longitude or easting first, converted to longitude, latitude. The coordinates of a
// geographic system stay as they are, bit for bit.
func InverseWKB(dst, bytes []byte, c *CRS) ([]byte, error) {
	if len(bytes) == 0 {
		return dst, nil
	}
	start := len(dst)
	dst, err := convert(dst, bytes, c.Unproject)
	if err != nil {
		return dst[:start], geo.Errorf(geo.Invalid, "the geometry can't be converted from %s", c.Code).Because(err)
	}
	return dst, nil
}

// convert appends a geometry with all its positions converted.
func convert(dst, bytes []byte, position func(x, y float64) (float64, float64)) ([]byte, error) {
	t := transformer{r: wkb.NewReader(bytes), position: position}
	h, err := t.r.Header()
	if err != nil {
		return dst, err
	}
	if dst, err = t.geometry(dst, h); err != nil {
		return dst, err
	}
	return dst, t.r.End()
}

type transformer struct {
	r        wkb.Reader
	position func(x, y float64) (float64, float64)
}

func (t *transformer) geometry(dst []byte, h wkb.Header) ([]byte, error) {
	code := uint32(h.Type)
	if h.HasZ {
		code += 1000
	}
	if h.HasM {
		code += 2000
	}
	dst = binary.LittleEndian.AppendUint32(append(dst, 1), code)
	switch h.Type {
	case wkb.Point:
		p, err := t.r.Positions(h, 1)
		if err != nil {
			return dst, err
		}
		if x, y := p.XY(0); math.IsNaN(x) && math.IsNaN(y) { // POINT EMPTY
			for k := range h.Size() / 8 {
				dst = appendFloat(dst, p.Ordinate(0, k))
			}
			return dst, nil
		}
		return t.positions(dst, p)
	case wkb.LineString:
		return t.sequence(dst, h)
	case wkb.Polygon:
		n, err := t.r.Count(h, wkb.RingSize)
		if err != nil {
			return dst, err
		}
		dst = binary.LittleEndian.AppendUint32(dst, uint32(n))
		for range n {
			if dst, err = t.sequence(dst, h); err != nil {
				return dst, err
			}
		}
		return dst, nil
	}
	n, err := t.r.Count(h, wkb.MemberSize)
	if err != nil {
		return dst, err
	}
	dst = binary.LittleEndian.AppendUint32(dst, uint32(n))
	for range n {
		m, err := t.r.Member(h)
		if err != nil {
			return dst, err
		}
		if dst, err = t.geometry(dst, m); err != nil {
			return dst, err
		}
	}
	return dst, nil
}

func (t *transformer) sequence(dst []byte, h wkb.Header) ([]byte, error) {
	p, err := t.r.Sequence(h)
	if err != nil {
		return dst, err
	}
	return t.positions(binary.LittleEndian.AppendUint32(dst, uint32(p.Len())), p)
}

func (t *transformer) positions(dst []byte, p wkb.Positions) ([]byte, error) {
	for i := range p.Len() {
		x, y := t.position(p.XY(i))
		if math.IsNaN(x+y) || math.IsInf(x+y, 0) {
			return dst, &wkb.SyntaxError{Offset: t.r.Offset(), Reason: "a position lies outside the system"}
		}
		dst = appendFloat(appendFloat(dst, x), y)
		for k := 2; k < p.Header.Size()/8; k++ {
			dst = appendFloat(dst, p.Ordinate(i, k))
		}
	}
	return dst, nil
}

func appendFloat(dst []byte, v float64) []byte {
	return binary.LittleEndian.AppendUint64(dst, math.Float64bits(v))
}
