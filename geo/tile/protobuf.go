package tile

import (
	"encoding/binary"
	"math"
	"math/bits"
)

// Field keys of the MVT messages: number << 3 | wire type.
const (
	tileLayers      = 3<<3 | 2
	layerVersion    = 15 << 3
	layerName       = 1<<3 | 2
	layerFeatures   = 2<<3 | 2
	layerKeys       = 3<<3 | 2
	layerValues     = 4<<3 | 2
	layerExtent     = 5 << 3
	featureID       = 1 << 3
	featureTags     = 2<<3 | 2
	featureType     = 3 << 3
	featureGeometry = 4<<3 | 2
	valueString     = 1<<3 | 2
	valueDouble     = 3<<3 | 1
	valueUint       = 5 << 3
	valueSint       = 6 << 3
	valueBool       = 7 << 3
)

func zigzag(v int64) uint64 { return uint64(v<<1) ^ uint64(v>>63) }

// zigzag32 encodes a step of the cursor: MVT's parameter integers have 32 bits.
func zigzag32(v int64) uint64 { return uint64(uint32(v<<1) ^ uint32(int32(v)>>31)) }

func sizeVarint(v uint64) int { return (bits.Len64(v|1) + 6) / 7 }

func appendVarint(dst []byte, v uint64) []byte { return binary.AppendUvarint(dst, v) }

func appendBytes(dst []byte, key byte, b []byte) []byte {
	dst = appendVarint(append(dst, key), uint64(len(b)))
	return append(dst, b...)
}

func appendText(dst []byte, key byte, s string) []byte {
	dst = appendVarint(append(dst, key), uint64(len(s)))
	return append(dst, s...)
}

func appendDouble(dst []byte, v float64) []byte {
	return binary.LittleEndian.AppendUint64(append(dst, valueDouble), math.Float64bits(v))
}

// Commands of a geometry.
const (
	moveTo    = 1
	lineTo    = 2
	closePath = 1<<3 | 7
)

func command(id, count int) uint64 { return uint64(id) | uint64(count)<<3 }

// appendGeometry appends the commands that draw the runs of one kind of d (areas
// with their holes), from the cursor at.
func appendGeometry(dst []byte, d *drawing, k kind, at vertex) []byte {
	if k == pointKind {
		n := 0
		for _, r := range d.runs {
			if r.kind == pointKind {
				n++
			}
		}
		dst = appendVarint(dst, command(moveTo, n))
	}
	for _, r := range d.runs {
		if r.kind != k && (k != areaKind || r.kind != holeKind) {
			continue
		}
		vs := d.vertices[r.start:r.end]
		if k != pointKind {
			dst = appendVarint(dst, command(moveTo, 1))
		}
		dst = appendStep(dst, at, vs[0])
		at = vs[0]
		if k == pointKind {
			continue
		}
		dst = appendVarint(dst, command(lineTo, len(vs)-1))
		for _, v := range vs[1:] {
			dst = appendStep(dst, at, v)
			at = v
		}
		if k == areaKind {
			dst = append(dst, closePath)
		}
	}
	return dst
}

func appendStep(dst []byte, from, to vertex) []byte {
	return appendVarint(appendVarint(dst, zigzag32(to.x-from.x)), zigzag32(to.y-from.y))
}
