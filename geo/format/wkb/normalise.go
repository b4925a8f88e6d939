package wkb

import (
	"encoding/binary"
	"math"
)

// AppendHeader begins a geometry as little-endian ISO WKB. A count (AppendCount)
// or, for a point, a position (AppendFloats) follows.
func AppendHeader(dst []byte, t Type, hasZ, hasM bool) []byte {
	code := uint32(t)
	if hasZ {
		code += 1000
	}
	if hasM {
		code += 2000
	}
	return binary.LittleEndian.AppendUint32(append(dst, 1), code)
}

// AppendCount writes a number of members, rings or positions.
func AppendCount(dst []byte, n int) []byte {
	return binary.LittleEndian.AppendUint32(dst, uint32(n))
}

// AppendFloats writes coordinates.
func AppendFloats(dst []byte, list ...float64) []byte {
	for _, v := range list {
		dst = binary.LittleEndian.AppendUint64(dst, math.Float64bits(v))
	}
	return dst
}

// Normalise appends a geometry (ISO WKB or EWKB, either byte order) as
// little-endian ISO WKB without an SRID. Coordinates stay as they are. It fails with
// a SyntaxError on broken bytes and when bytes are left over, with dst as it was.
func Normalise(dst, data []byte) ([]byte, error) {
	start := len(dst)
	r := NewReader(data)
	h, err := r.Header()
	if err == nil {
		if dst, err = r.rewrite(dst, h, true); err == nil {
			err = r.End()
		}
	}
	if err != nil {
		return dst[:start], err
	}
	return dst, nil
}

// Normal reports whether a geometry is sound and as Normalise leaves it.
func Normal(data []byte) bool {
	r := NewReader(data)
	h, err := r.Header()
	return err == nil && r.normal(0, h) && r.Rest() == 0
}

// normal reports whether the geometry is whose header, just read, begins at a byte.
func (r *Reader) normal(start int, h Header) bool {
	const size = 5                                                      // of a header; with an SRID it is longer
	if h.BigEndian || r.at-start != size || r.data[start+size-1] != 0 { // the flags of EWKB
		return false
	}
	switch h.Type {
	case Point:
		_, err := r.Positions(h, 1)
		return err == nil
	case LineString:
		_, err := r.Sequence(h)
		return err == nil
	case Polygon:
		n, err := r.Count(h, RingSize)
		for i := 0; i < n && err == nil; i++ {
			_, err = r.Sequence(h)
		}
		return err == nil
	}
	n, err := r.Count(h, MemberSize)
	for i := 0; i < n && err == nil; i++ {
		at := r.at
		var member Header
		if member, err = r.Member(h); err == nil && !r.normal(at, member) {
			return false
		}
	}
	return err == nil
}

// rewrite appends the geometry behind a header little endian, with its measures or without.
func (r *Reader) rewrite(dst []byte, h Header, measures bool) ([]byte, error) {
	dst = AppendHeader(dst, h.Type, h.HasZ, h.HasM && measures)
	switch h.Type {
	case Point:
		p, err := r.Positions(h, 1)
		return p.append(dst, measures), err
	case LineString:
		p, err := r.Sequence(h)
		return p.append(AppendCount(dst, p.Len()), measures), err
	case Polygon:
		n, err := r.Count(h, RingSize)
		dst = AppendCount(dst, n)
		for i := 0; i < n && err == nil; i++ {
			var p Positions
			p, err = r.Sequence(h)
			dst = p.append(AppendCount(dst, p.Len()), measures)
		}
		return dst, err
	}
	n, err := r.Count(h, MemberSize)
	dst = AppendCount(dst, n)
	for i := 0; i < n && err == nil; i++ {
		var m Header
		if m, err = r.Member(h); err == nil {
			dst, err = r.rewrite(dst, m, measures)
		}
	}
	return dst, err
}

// append writes the positions, little endian, with their measures or without.
func (p Positions) append(dst []byte, measures bool) []byte {
	if !measures && p.Header.HasM {
		return p.appendXYZ(dst)
	}
	if !p.Header.BigEndian {
		return append(dst, p.bytes...)
	}
	for i := 0; i+8 <= len(p.bytes); i += 8 {
		dst = binary.LittleEndian.AppendUint64(dst, binary.BigEndian.Uint64(p.bytes[i:]))
	}
	return dst
}
