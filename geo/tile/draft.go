package tile

import (
	"encoding/binary"

	"kawasan/geo"
)

// draftMark is the first byte of a draft. Well-known binary begins with 0 or 1.
const draftMark = 2

// Draft appends what is to be kept in place of the geometry of the feature added last, in
// about half its bytes: its outline, which is projected once then, not once a tile. Where edges bend
// so much that the deepest zoom needs them divided, and where the outline is too wide, it
// is the geometry as it came.
func (s *Stock) Draft(dst []byte, f *geo.Feature) []byte {
	o := &s.layer.spare
	if o.bend > bendAt(s.deepest) {
		return append(dst, f.WKB...)
	}
	kept := o.shape()
	if kept.offsets == nil {
		return append(dst, f.WKB...)
	}
	dst = append(dst, draftMark)
	dst = binary.AppendVarint(binary.AppendVarint(dst, kept.corner.x), kept.corner.y)
	dst = binary.AppendUvarint(dst, uint64(len(kept.runs)))
	for _, r := range kept.runs {
		dst = append(binary.AppendUvarint(dst, uint64(r.end-r.start)), byte(r.kind))
	}
	for _, v := range kept.offsets {
		dst = binary.LittleEndian.AppendUint32(dst, v)
	}
	return dst
}

// readDraft reads a draft into a shape, whose room is used again; false for other bytes.
func (s *shape) readDraft(b []byte) bool {
	s.runs, s.offsets = s.runs[:0], s.offsets[:0]
	if len(b) == 0 || b[0] != draftMark {
		return false
	}
	b = b[1:]
	var n int
	s.corner.x, n = binary.Varint(b)
	b = b[max(n, 0):]
	s.corner.y, n = binary.Varint(b)
	b = b[max(n, 0):]
	runs, n := binary.Uvarint(b)
	b = b[max(n, 0):]
	start := int32(0)
	for ; runs > 0; runs-- {
		length, n := binary.Uvarint(b)
		if n <= 0 || n >= len(b) || length > uint64(len(b)) {
			return false
		}
		s.runs = append(s.runs, run{start, start + int32(length), kind(b[n])})
		start += int32(length)
		b = b[n+1:]
	}
	for ; len(b) >= 4; b = b[4:] {
		s.offsets = append(s.offsets, binary.LittleEndian.Uint32(b))
	}
	return len(s.offsets) == 2*int(start)
}
