package gpkg

import (
	"encoding/binary"

	"kawasan/geo"
)

// Kinds of pages of a table.
const (
	leafPage     = 0x0d
	interiorPage = 0x05
)

const (
	leafHeader     = 8
	interiorHeader = 12
	// longestLocal is how much of a row fits into a leaf; of a longer one
	// a part between shortestLocal and that stays, the rest goes into overflow pages.
	longestLocal  = pageSize - 35
	shortestLocal = (pageSize-12)*32/255 - 23
	overflowSize  = pageSize - 4
	longestRow    = 1_000_000_000 // what SQLite reads at most
)

// btree fills a table whose rows come in rising order of their number, leaf by leaf.
type btree struct {
	pages    *pages
	page     [pageSize]byte
	cells    int
	low      int // where the cells of the page begin; they grow downward
	last     int64
	leaves   []child
	overflow [pageSize]byte
	cell     []byte
}

// child is a page with the largest number of a row in it.
type child struct {
	page uint32
	key  int64
}

func newBtree(p *pages) *btree { return &btree{pages: p, low: pageSize} }

// add appends a row.
func (b *btree) add(row int64, payload []byte) error {
	if len(payload) > longestRow {
		return geo.Errorf(geo.TooLarge, "a feature is larger than the 1 GB that a GeoPackage takes")
	}
	b.cell = appendVarint(b.cell[:0], uint64(len(payload)))
	b.cell = appendVarint(b.cell, uint64(row))
	local := localSize(len(payload))
	b.cell = append(b.cell, payload[:local]...)
	if rest := payload[local:]; len(rest) > 0 {
		first, err := b.spill(rest)
		if err != nil {
			return err
		}
		b.cell = binary.BigEndian.AppendUint32(b.cell, first)
	}
	if leafHeader+2*(b.cells+1)+len(b.cell) > b.low {
		if err := b.endLeaf(); err != nil {
			return err
		}
	}
	b.low -= len(b.cell)
	copy(b.page[b.low:], b.cell)
	binary.BigEndian.PutUint16(b.page[leafHeader+2*b.cells:], uint16(b.low))
	b.cells++
	b.last = row
	return nil
}

// localSize is how much of a row stands in the leaf.
func localSize(n int) int {
	if n <= longestLocal {
		return n
	}
	if k := shortestLocal + (n-shortestLocal)%overflowSize; k <= longestLocal {
		return k
	}
	return shortestLocal
}

// spill writes the rest of a row into a chain of pages, which lie one behind the
// other, and gives the first.
func (b *btree) spill(rest []byte) (first uint32, err error) {
	for len(rest) > 0 {
		n := min(len(rest), overflowSize)
		clear(b.overflow[:])
		if len(rest) > n {
			next := b.pages.next + 1
			if b.pages.next == b.pages.lock || next == b.pages.lock {
				next++
			}
			binary.BigEndian.PutUint32(b.overflow[:], next)
		}
		copy(b.overflow[4:], rest[:n])
		number, err := b.pages.add(&b.overflow)
		if err != nil {
			return 0, err
		}
		if first == 0 {
			first = number
		}
		rest = rest[n:]
	}
	return first, nil
}

// head writes the header of the page being filled.
func (b *btree) head(kind byte) {
	b.page[0] = kind
	binary.BigEndian.PutUint16(b.page[3:], uint16(b.cells))
	binary.BigEndian.PutUint16(b.page[5:], uint16(b.low))
}

func (b *btree) clear() {
	clear(b.page[:])
	b.cells, b.low = 0, pageSize
}

func (b *btree) endLeaf() error {
	b.head(leafPage)
	number, err := b.pages.add(&b.page)
	if err != nil {
		return err
	}
	b.leaves = append(b.leaves, child{number, b.last})
	b.clear()
	return nil
}

// finish writes the pages above the leaves, the topmost to the root of the table.
func (b *btree) finish(root uint32) error {
	if len(b.leaves) == 0 {
		b.head(leafPage)
		return b.pages.replace(root, &b.page)
	}
	if err := b.endLeaf(); err != nil {
		return err
	}
	level := b.leaves
	for {
		above, err := b.interior(level, root)
		if err != nil || above == nil {
			return err
		}
		level = above
	}
}

// interior writes the pages above a level: several, which it gives, or the root.
func (b *btree) interior(level []child, root uint32) (above []child, err error) {
	for len(level) > 0 {
		b.clear()
		n, size := 0, 0 // children that have a cell, and the size of the last one
		for ; n < len(level)-1; n++ {
			b.cell = binary.BigEndian.AppendUint32(b.cell[:0], level[n].page)
			b.cell = appendVarint(b.cell, uint64(level[n].key))
			if interiorHeader+2*(b.cells+1)+len(b.cell) > b.low {
				break
			}
			b.low -= len(b.cell)
			copy(b.page[b.low:], b.cell)
			binary.BigEndian.PutUint16(b.page[interiorHeader+2*b.cells:], uint16(b.low))
			b.cells++
			size = len(b.cell)
		}
		if len(level)-n == 2 { // the last page would have one child; two is the least
			n--
			b.cells--
			b.low += size
		}
		b.head(interiorPage)
		binary.BigEndian.PutUint32(b.page[8:], level[n].page) // the last child stands in the header
		key := level[n].key
		level = level[n+1:]
		if len(level) == 0 && above == nil {
			return nil, b.pages.replace(root, &b.page)
		}
		number, err := b.pages.add(&b.page)
		if err != nil {
			return nil, err
		}
		above = append(above, child{number, key})
	}
	return above, nil
}

// appendVarint writes a number of up to 9 bytes, the most significant first.
func appendVarint(dst []byte, v uint64) []byte {
	if v < 0x80 {
		return append(dst, byte(v))
	}
	if v >= 1<<56 {
		var b [9]byte
		b[8] = byte(v)
		v >>= 8
		for i := 7; i >= 0; i-- {
			b[i] = byte(v) | 0x80
			v >>= 7
		}
		return append(dst, b[:]...)
	}
	n := 1
	for x := v; x >= 0x80; x >>= 7 {
		n++
	}
	for i := n - 1; i >= 0; i-- {
		c := byte(v>>(7*i)) & 0x7f
		if i > 0 {
			c |= 0x80
		}
		dst = append(dst, c)
	}
	return dst
}
