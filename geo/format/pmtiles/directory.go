package pmtiles

import "encoding/binary"

// entry says where the tiles from an id on are: run of them have the same bytes.
// A run of 0 stands for a leaf directory.
type entry struct {
	id     uint64
	offset uint64
	length uint32
	run    uint32
}

// tileID numbers the tiles of all zooms: those of the zooms above come first, and
// within a zoom they follow the Hilbert curve.
func tileID(z int, x, y uint32) uint64 {
	before := (uint64(1)<<(2*z) - 1) / 3
	var d uint64
	for s := uint32(1) << z >> 1; s > 0; s >>= 1 {
		var rx, ry uint32
		if x&s > 0 {
			rx = 1
		}
		if y&s > 0 {
			ry = 1
		}
		d += uint64(s) * uint64(s) * uint64((3*rx)^ry)
		if ry == 0 {
			if rx == 1 {
				x, y = s-1-x&(s-1), s-1-y&(s-1)
			}
			x, y = y, x
		}
	}
	return before + d
}

// packDirectory writes a directory by columns, with differences, and compresses it.
func (c *compressor) packDirectory(entries []entry) ([]byte, error) {
	b := binary.AppendUvarint(nil, uint64(len(entries)))
	last := uint64(0)
	for _, e := range entries {
		b = binary.AppendUvarint(b, e.id-last)
		last = e.id
	}
	for _, e := range entries {
		b = binary.AppendUvarint(b, uint64(e.run))
	}
	for _, e := range entries {
		b = binary.AppendUvarint(b, uint64(e.length))
	}
	for i, e := range entries {
		if i > 0 && e.offset == entries[i-1].offset+uint64(entries[i-1].length) {
			b = binary.AppendUvarint(b, 0) // right behind the one before
			continue
		}
		b = binary.AppendUvarint(b, e.offset+1)
	}
	return c.zip(nil, b)
}

// Clients fetch the first 16 KiB at once: header and root have to fit into it.
const (
	headerSize  = 127
	largestRoot = 16<<10 - headerSize
	leafEntries = 4096 // of a leaf, at least
)

// packDirectories gives the root directory and the leaves behind it, which are
// empty where the root holds everything.
func (c *compressor) packDirectories(entries []entry) (root, leaves []byte, err error) {
	if len(entries) <= leafEntries {
		if root, err = c.packDirectory(entries); err != nil || len(root) <= largestRoot {
			return root, nil, err
		}
	}
	for size := leafEntries; ; size *= 2 {
		var of []entry
		leaves = leaves[:0]
		for at := 0; at < len(entries); at += size {
			part := entries[at:min(at+size, len(entries))]
			leaf, err := c.packDirectory(part)
			if err != nil {
				return nil, nil, err
			}
			of = append(of, entry{id: part[0].id, offset: uint64(len(leaves)), length: uint32(len(leaf))})
			leaves = append(leaves, leaf...)
		}
		if root, err = c.packDirectory(of); err != nil || len(root) <= largestRoot {
			return root, leaves, err
		}
	}
}
