package cql2

import (
	"encoding/binary"
	"math"

	"github.com/paulmach/orb"
)

// wkbBound reads the bounding box of well-known binary (ISO or EWKB, either byte
// order) without decoding it. ok is false when the geometry is empty or broken.
func wkbBound(data []byte) (bound orb.Bound, ok bool) {
	s := boundScan{data: data, bound: orb.Bound{
		Min: orb.Point{math.Inf(1), math.Inf(1)}, Max: orb.Point{math.Inf(-1), math.Inf(-1)},
	}}
	if !s.geometry(0) || s.bound.Min[0] > s.bound.Max[0] {
		return orb.Bound{}, false
	}
	return s.bound, true
}

type boundScan struct {
	data  []byte
	order binary.ByteOrder
	bound orb.Bound
}

func (s *boundScan) uint32() (uint32, bool) {
	if len(s.data) < 4 {
		return 0, false
	}
	n := s.order.Uint32(s.data)
	s.data = s.data[4:]
	return n, true
}

func (s *boundScan) geometry(depth int) bool {
	if depth > 32 || len(s.data) < 5 {
		return false
	}
	s.order = binary.BigEndian
	if s.data[0] == 1 {
		s.order = binary.LittleEndian
	}
	s.data = s.data[1:]
	code, _ := s.uint32()
	const extendedZ, extendedM, extendedSRID = 1 << 31, 1 << 30, 1 << 29
	size := 16
	if code&extendedZ != 0 {
		size += 8
	}
	if code&extendedM != 0 {
		size += 8
	}
	if code&extendedSRID != 0 {
		if _, ok := s.uint32(); !ok {
			return false
		}
	}
	code &^= extendedZ | extendedM | extendedSRID
	switch code / 1000 {
	case 1, 2:
		size += 8
	case 3:
		size += 16
	}
	switch code % 1000 {
	case 1:
		return s.positions(1, size)
	case 2:
		return s.run(size)
	}
	n, ok := s.uint32()
	for i := uint32(0); ok && i < n; i++ {
		if code%1000 == 3 {
			ok = s.run(size)
		} else {
			ok = s.geometry(depth + 1)
		}
	}
	return ok && code%1000 <= 7
}

func (s *boundScan) run(size int) bool {
	n, ok := s.uint32()
	return ok && s.positions(n, size)
}

func (s *boundScan) positions(n uint32, size int) bool {
	if uint64(n)*uint64(size) > uint64(len(s.data)) { // sizes are positive
		return false
	}
	for range n {
		x := math.Float64frombits(s.order.Uint64(s.data))
		y := math.Float64frombits(s.order.Uint64(s.data[8:]))
		s.data = s.data[size:]
		if x != x || y != y { //nolint:gocritic // NaN marks an empty point
			continue
		}
		s.bound.Min[0], s.bound.Max[0] = min(s.bound.Min[0], x), max(s.bound.Max[0], x)
		s.bound.Min[1], s.bound.Max[1] = min(s.bound.Min[1], y), max(s.bound.Max[1], y)
	}
	return true
}
