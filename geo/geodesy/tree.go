package geodesy

import (
	"cmp"
	"math"
	"slices"
)

// leafEdges is how many edges a leaf of the hierarchy covers at most, and
// fanOut how many nodes a node of the next level covers.
const (
	leafEdges = 12
	fanOut    = 4
)

// leaf is a run of consecutive edges of one part: vertices first..first+edges.
// A point is a leaf of no edges.
type leaf struct {
	first int32
	edges uint8
	kind  partKind
}

// box32 is a box in lon/lat of single precision, rounded outwards: at most 4 m
// too large on a side, for a quarter of the memory.
type box32 struct {
	west, south, east, north float32
}

// box is a box in lon/lat.
type box struct {
	west, south, east, north float64
}

func (b box32) wide() box {
	return box{float64(b.west), float64(b.south), float64(b.east), float64(b.north)}
}

func (b box) union(c box) box {
	return box{min(b.west, c.west), min(b.south, c.south), max(b.east, c.east), max(b.north, c.north)}
}

func (b box) narrow() box32 {
	return box32{down32(b.west), down32(b.south), up32(b.east), up32(b.north)}
}

// size is a rough extent in degrees, to choose which of two nodes to open.
func (b box) size() float64 { return max(b.east-b.west, b.north-b.south) }

// down32 and up32 round to single precision, never up and never down.
func down32(x float64) float32 {
	f := float32(x)
	if float64(f) > x {
		f = math.Nextafter32(f, float32(math.Inf(-1)))
	}
	return f
}

func up32(x float64) float32 {
	f := float32(x)
	if float64(f) < x {
		f = math.Nextafter32(f, float32(math.Inf(1)))
	}
	return f
}

// edgeBox is the box of a segment.
func edgeBox(ax, ay, bx, by float64) box {
	return box{min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)}
}

// index builds leaves and boxes. The boxes of all levels lie in one slice, the
// leaves' first; node i of a level covers nodes fanOut*i.. of the level below.
func (s *Shape) index() {
	n := 0
	for _, p := range s.parts {
		n += max(1, (int(p.end-p.start)-1+leafEdges-1)/leafEdges)
	}
	s.leaves = slices.Grow(s.leaves[:0], n)
	for _, p := range s.parts {
		edges := p.end - p.start - 1
		if edges == 0 {
			s.leaves = append(s.leaves, leaf{first: p.start, kind: p.kind})
			continue
		}
		// Equal runs rather than full ones and a rest.
		runs := (edges + leafEdges - 1) / leafEdges
		for i := range runs {
			from, to := share(edges, i, runs), share(edges, i+1, runs)
			s.leaves = append(s.leaves, leaf{first: p.start + from, edges: uint8(to - from), kind: p.kind})
		}
	}
	if len(s.leaves) == 1 {
		return
	}
	if len(s.parts) > fanOut {
		s.sortLeaves()
	}
	total := 0
	for w := len(s.leaves); ; w = (w + fanOut - 1) / fanOut {
		total += w
		if w == 1 {
			break
		}
	}
	s.boxes = slices.Grow(s.boxes[:0], total)
	for _, l := range s.leaves {
		s.boxes = append(s.boxes, s.leafBox(l).narrow())
	}
	for from, w := 0, len(s.leaves); w > 1; {
		next := (w + fanOut - 1) / fanOut
		for i := range next {
			b := s.boxes[from+i*fanOut].wide()
			for j := i*fanOut + 1; j < min(w, (i+1)*fanOut); j++ {
				b = b.union(s.boxes[from+j].wide())
			}
			s.boxes = append(s.boxes, b.narrow())
		}
		from, w = from+w, next
	}
}

// share is where the i-th of n equal runs of edges begins; the product is beyond int32 for long rings.
func share(edges, i, n int32) int32 {
	return int32(int64(edges) * int64(i) / int64(n)) // at most edges
}

// leafBox is the exact box of a leaf.
func (s *Shape) leafBox(l leaf) box {
	xy := s.xy[2*l.first : 2*(l.first+int32(l.edges)+1)]
	b := box{xy[0], xy[1], xy[0], xy[1]}
	for i := 2; i < len(xy); i += 2 {
		b.west, b.east = min(b.west, xy[i]), max(b.east, xy[i])
		b.south, b.north = min(b.south, xy[i+1]), max(b.north, xy[i+1])
	}
	return b
}

// sortLeaves brings leaves that lie close together next to each other, along a
// Hilbert curve: members of a collection come in any order.
func (s *Shape) sortLeaves() {
	type keyed struct {
		key uint32
		l   leaf
	}
	w, h := s.bound.Max[0]-s.bound.Min[0], s.bound.Max[1]-s.bound.Min[1]
	scale := 65535 / max(w, h, 1e-9)
	ks := make([]keyed, len(s.leaves))
	for i, l := range s.leaves {
		b := s.leafBox(l)
		x := ((b.west+b.east)/2 - s.bound.Min[0]) * scale
		y := ((b.south+b.north)/2 - s.bound.Min[1]) * scale
		ks[i] = keyed{hilbert(uint32(x), uint32(y)), l}
	}
	slices.SortStableFunc(ks, func(a, b keyed) int { return cmp.Compare(a.key, b.key) })
	for i, k := range ks {
		s.leaves[i] = k.l
	}
}

// hilbert gives the position of a cell of a 65536 by 65536 grid along a Hilbert curve.
func hilbert(x, y uint32) uint32 {
	var d uint32
	for s := uint32(1 << 15); s > 0; s >>= 1 {
		var rx, ry uint32
		if x&s != 0 {
			rx = 1
		}
		if y&s != 0 {
			ry = 1
		}
		d += s * s * ((3 * rx) ^ ry)
		if ry == 0 {
			if rx == 1 {
				x, y = 65535-x, 65535-y
			}
			x, y = y, x
		}
	}
	return d
}

// node names a node of the hierarchy: its level (0 are the leaves), where the
// level begins in boxes and how many nodes it has, and which of them it is.
type node struct {
	level          int8
	from, width, i int32
}

// root is the node over everything.
func (s *Shape) root() node {
	n := node{width: int32(len(s.leaves))}
	for n.width > 1 {
		n.from += n.width
		n.width = (n.width + fanOut - 1) / fanOut
		n.level++
	}
	return n
}

// box gives the box of a node.
func (s *Shape) box(n node) box {
	if len(s.boxes) == 0 {
		return box{s.bound.Min[0], s.bound.Min[1], s.bound.Max[0], s.bound.Max[1]}
	}
	return s.boxes[n.from+n.i].wide()
}

// children gives the first child of a node that is no leaf and how many there are.
func (s *Shape) children(n node) (first node, count int32) {
	// The width of the level below: sizes are fixed by the number of leaves.
	w, from := int32(len(s.leaves)), int32(0)
	for range n.level - 1 {
		from += w
		w = (w + fanOut - 1) / fanOut
	}
	first = node{level: n.level - 1, from: from, width: w, i: n.i * fanOut}
	return first, min(fanOut, w-first.i)
}
