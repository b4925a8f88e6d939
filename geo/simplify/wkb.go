package simplify

import (
	"encoding/binary"
	"math"

	"kawasan/geo/format/wkb"
)

// simplifier writes a geometry again without what may be left out.
type simplifier struct {
	r       wkb.Reader
	allowed Tolerance
	left    int  // how many vertices were left out
	areal   bool // it has polygons
}

func (s *simplifier) all(size int) ([]byte, error) {
	h, err := s.r.Header()
	if err != nil {
		return nil, err
	}
	out, err := s.geometry(make([]byte, 0, size), h)
	if err != nil {
		return nil, err
	}
	return out, s.r.End()
}

func (s *simplifier) geometry(dst []byte, h wkb.Header) ([]byte, error) {
	dst = appendHeader(dst, h)
	switch h.Type {
	case wkb.Point:
		p, err := s.r.Positions(h, 1)
		if err != nil {
			return nil, err
		}
		return appendPosition(dst, p, 0), nil
	case wkb.LineString:
		p, err := s.r.Sequence(h)
		if err != nil {
			return nil, err
		}
		list, allowed := s.allowed.onMap(p)
		return s.sequence(dst, p, keepLine(list, allowed)), nil
	case wkb.Polygon:
		return s.polygon(dst, h)
	}
	n, err := s.r.Count(h, wkb.MemberSize)
	if err != nil {
		return nil, err
	}
	dst = binary.LittleEndian.AppendUint32(dst, uint32(n)) // it was read from 32 bits
	for range n {
		member, err := s.r.Member(h)
		if err != nil {
			return nil, err
		}
		if dst, err = s.geometry(dst, member); err != nil {
			return nil, err
		}
	}
	return dst, nil
}

// polygon keeps the outer ring and the holes that can be seen.
func (s *simplifier) polygon(dst []byte, h wkb.Header) ([]byte, error) {
	s.areal = true
	n, err := s.r.Count(h, wkb.RingSize)
	if err != nil {
		return nil, err
	}
	at, rings := len(dst), uint32(0)
	dst = binary.LittleEndian.AppendUint32(dst, 0)
	for i := range n {
		p, err := s.r.Sequence(h)
		if err != nil {
			return nil, err
		}
		list, allowed := s.allowed.onMap(p)
		keep, small := keepRing(list, allowed)
		if small && i > 0 {
			s.left += p.Len()
			continue
		}
		dst = s.sequence(dst, p, keep)
		rings++
	}
	binary.LittleEndian.PutUint32(dst[at:], rings)
	return dst, nil
}

func (s *simplifier) sequence(dst []byte, p wkb.Positions, keep []bool) []byte {
	n := count(keep)
	s.left += p.Len() - n
	dst = binary.LittleEndian.AppendUint32(dst, uint32(n)) // fewer than were read
	for i, k := range keep {
		if k {
			dst = appendPosition(dst, p, i)
		}
	}
	return dst
}

func appendHeader(dst []byte, h wkb.Header) []byte {
	code := uint32(h.Type)
	if h.HasZ {
		code += 1000
	}
	if h.HasM {
		code += 2000
	}
	return binary.LittleEndian.AppendUint32(append(dst, 1), code)
}

func appendPosition(dst []byte, p wkb.Positions, i int) []byte {
	for k := range p.Header.Size() / 8 {
		dst = binary.LittleEndian.AppendUint64(dst, math.Float64bits(p.Ordinate(i, k)))
	}
	return dst
}
