package geo

import (
	"encoding/binary"
	"errors"
)

// FlatWKB gives a geometry without heights and measures: well-known binary (ISO or
// EWKB, either byte order) as little-endian WKB of two dimensions. What is flat and
// little-endian already comes back as it is.
func FlatWKB(bytes []byte) ([]byte, error) {
	if len(bytes) >= 5 && bytes[0] == 1 && binary.LittleEndian.Uint32(bytes[1:]) <= 7 {
		return bytes, nil
	}
	f := flattener{in: bytes, out: make([]byte, 0, len(bytes))}
	f.geometry(0)
	if f.broken || len(f.in) > 0 {
		return nil, errors.New("flatten WKB: broken bytes")
	}
	return f.out, nil
}

type flattener struct {
	in, out []byte
	order   binary.ByteOrder
	broken  bool
}

func (f *flattener) take(n int) []byte {
	if n > len(f.in) {
		f.broken, f.in = true, nil
		return make([]byte, min(n, 16))
	}
	b := f.in[:n]
	f.in = f.in[n:]
	return b
}

func (f *flattener) count() int {
	n := f.order.Uint32(f.take(4))
	f.out = binary.LittleEndian.AppendUint32(f.out, n)
	if uint64(n) > uint64(len(f.in)) { // each member takes a byte at least
		f.broken = true
		return 0
	}
	return int(n)
}

// header takes byte order and type, and gives the flat type and the numbers of a position.
func (f *flattener) header() (kind uint32, dimensions int) {
	const hasZ, hasM, hasSRID = 0x80000000, 0x40000000, 0x20000000
	f.order = binary.LittleEndian
	if f.take(1)[0] == 0 {
		f.order = binary.BigEndian
	}
	t := f.order.Uint32(f.take(4))
	if t&hasSRID != 0 {
		f.take(4)
	}
	dimensions = 2
	for _, flag := range []uint32{hasZ, hasM} {
		if t&flag != 0 {
			dimensions++
		}
	}
	t &= 0x1fffffff
	switch t / 1000 {
	case 1, 2:
		dimensions++
	case 3:
		dimensions += 2
	}
	kind = t % 1000
	f.out = append(f.out, 1)
	f.out = binary.LittleEndian.AppendUint32(f.out, kind)
	return kind, dimensions
}

func (f *flattener) geometry(depth int) {
	const deepest = 64
	kind, dimensions := f.header()
	switch {
	case f.broken || depth > deepest:
		f.broken = true
	case kind == 1:
		f.positions(1, dimensions)
	case kind == 2:
		f.positions(f.count(), dimensions)
	case kind == 3:
		for range f.count() {
			if f.broken {
				return
			}
			f.positions(f.count(), dimensions)
		}
	case kind <= 7:
		for range f.count() {
			if f.broken {
				return
			}
			f.geometry(depth + 1)
		}
	default:
		f.broken = true
	}
}

func (f *flattener) positions(n, dimensions int) {
	if n*dimensions*8 > len(f.in) {
		f.broken = true
		return
	}
	for range n {
		p := f.take(dimensions * 8)
		f.out = binary.LittleEndian.AppendUint64(f.out, f.order.Uint64(p))
		f.out = binary.LittleEndian.AppendUint64(f.out, f.order.Uint64(p[8:]))
	}
}
