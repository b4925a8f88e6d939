package gpkg

import (
	"cmp"
	"encoding/binary"
	"math"
	"slices"

	"kawasan/geo/format/wkb"
)

// Nodes of an R-tree as SQLite keeps them, for pages of 4096 bytes and two dimensions.
const (
	nodeCells = 51
	cellSize  = 24
	nodeSize  = 4 + nodeCells*cellSize
	rootNode  = 1
)

// box32 is a box in the single precision of the index, rounded outward.
type box32 struct{ minX, maxX, minY, maxY float32 }

func newBox32(b wkb.Box) box32 { return box32{down(b.MinX), up(b.MaxX), down(b.MinY), up(b.MaxY)} }

func (b box32) union(o box32) box32 {
	return box32{min(b.minX, o.minX), max(b.maxX, o.maxX), min(b.minY, o.minY), max(b.maxY, o.maxY)}
}

func down(v float64) float32 {
	f := float32(v)
	if float64(f) > v {
		f = math.Nextafter32(f, float32(math.Inf(-1)))
	}
	return f
}

func up(v float64) float32 {
	f := float32(v)
	if float64(f) < v {
		f = math.Nextafter32(f, float32(math.Inf(1)))
	}
	return f
}

// indexed is a feature in the index: 32 bytes of memory.
type indexed struct {
	fid     int64
	box     box32
	hilbert uint32
}

// rtree is an index whose nodes are filled to the last cell in the order of a
// Hilbert curve: smaller than one that grows by inserting, and quicker to search.
type rtree struct {
	items []indexed
	all   wkb.Box
}

func newRtree() *rtree { return &rtree{all: wkb.EmptyBox()} }

func (t *rtree) add(fid int64, b wkb.Box) {
	t.items = append(t.items, indexed{fid: fid, box: newBox32(b)})
	t.all.Union(b)
}

// node is a node above the items: its box and the nodes or items it holds.
type node struct {
	box         box32
	first, last int // of the level below; last is behind
}

// levels gives the nodes from those of the items up to the root, which stands alone.
func (t *rtree) levels() [][]node {
	for i := range t.items {
		b := &t.items[i].box
		t.items[i].hilbert = hilbertAt((float64(b.minX)+float64(b.maxX))/2, (float64(b.minY)+float64(b.maxY))/2, t.all)
	}
	slices.SortFunc(t.items, func(a, b indexed) int {
		return cmp.Or(cmp.Compare(a.hilbert, b.hilbert), cmp.Compare(a.fid, b.fid))
	})
	boxes := make([]box32, len(t.items))
	for i := range t.items {
		boxes[i] = t.items[i].box
	}
	var all [][]node
	for {
		var level []node
		for at := 0; at < len(boxes); at += nodeCells {
			n := node{box: boxes[at], first: at, last: min(at+nodeCells, len(boxes))}
			for _, b := range boxes[n.first:n.last] {
				n.box = n.box.union(b)
			}
			level = append(level, n)
		}
		all = append(all, level)
		if len(level) == 1 {
			return all
		}
		boxes = boxes[:0]
		for _, n := range level {
			boxes = append(boxes, n.box)
		}
	}
}

// roots are the root pages of the three tables of an index.
type roots struct{ node, rowid, parent uint32 }

// write fills the tables of the index. The root is node 1; the nodes of the items
// follow, then those above, level by level.
func (t *rtree) write(p *pages, at roots) error {
	if len(t.items) == 0 {
		return nil // SQLite has made an empty root
	}
	levels := t.levels()
	first := make([]int64, len(levels)) // number of the first node of each level
	next := int64(rootNode + 1)
	for i, level := range levels {
		if i == len(levels)-1 {
			first[i] = rootNode
			break
		}
		first[i] = next
		next += int64(len(level))
	}
	if err := t.writeNodes(p, at.node, levels, first); err != nil {
		return err
	}
	if err := t.writeRowids(p, at.rowid, levels[0], first[0]); err != nil {
		return err
	}
	return writeParents(p, at.parent, levels, first)
}

func (t *rtree) writeNodes(p *pages, root uint32, levels [][]node, first []int64) error {
	tree := newBtree(p)
	var r record
	blob := make([]byte, 0, nodeSize)
	put := func(number int64, depth int, n node, level int) error {
		blob = binary.BigEndian.AppendUint16(blob[:0], uint16(depth))
		blob = binary.BigEndian.AppendUint16(blob, uint16(n.last-n.first))
		for i := n.first; i < n.last; i++ {
			if level == 0 {
				blob = appendCell(blob, t.items[i].fid, t.items[i].box)
				continue
			}
			blob = appendCell(blob, first[level-1]+int64(i), levels[level-1][i].box)
		}
		blob = append(blob, make([]byte, nodeSize-len(blob))...)
		r.reset()
		r.null() // the number is that of the row
		r.blob(blob)
		return tree.add(number, r.bytes())
	}
	top := len(levels) - 1
	if err := put(rootNode, top, levels[top][0], top); err != nil {
		return err
	}
	for level, nodes := range levels[:top] {
		for i, n := range nodes {
			if err := put(first[level]+int64(i), 0, n, level); err != nil {
				return err
			}
		}
	}
	return tree.finish(root)
}

func appendCell(dst []byte, id int64, b box32) []byte {
	dst = binary.BigEndian.AppendUint64(dst, uint64(id))
	for _, v := range [4]float32{b.minX, b.maxX, b.minY, b.maxY} {
		dst = binary.BigEndian.AppendUint32(dst, math.Float32bits(v))
	}
	return dst
}

// writeRowids says for each feature in which node it is.
func (t *rtree) writeRowids(p *pages, root uint32, leaves []node, first int64) error {
	for i, n := range leaves {
		for k := n.first; k < n.last; k++ {
			t.items[k].hilbert = uint32(i) // the curve has done its work
		}
	}
	slices.SortFunc(t.items, func(a, b indexed) int { return cmp.Compare(a.fid, b.fid) })
	tree := newBtree(p)
	var r record
	for _, it := range t.items {
		r.reset()
		r.null()
		r.integer(first + int64(it.hilbert))
		if err := tree.add(it.fid, r.bytes()); err != nil {
			return err
		}
	}
	return tree.finish(root)
}

// writeParents says for each node but the root which one it is in.
func writeParents(p *pages, root uint32, levels [][]node, first []int64) error {
	tree := newBtree(p)
	var r record
	for level := range levels[:len(levels)-1] {
		for i, n := range levels[level+1] {
			for k := n.first; k < n.last; k++ {
				r.reset()
				r.null()
				r.integer(first[level+1] + int64(i))
				if err := tree.add(first[level]+int64(k), r.bytes()); err != nil {
					return err
				}
			}
		}
	}
	return tree.finish(root)
}

// hilbertAt gives the place of a position on a Hilbert curve over the box.
func hilbertAt(x, y float64, all wkb.Box) uint32 {
	return wkb.Hilbert(cell16(x, all.MinX, all.MaxX), cell16(y, all.MinY, all.MaxY))
}

func cell16(v, low, high float64) uint32 {
	if !(high > low) {
		return 0
	}
	return uint32(math.Floor(math.MaxUint16 * min(max((v-low)/(high-low), 0), 1)))
}
