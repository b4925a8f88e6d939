package quality

import "github.com/paulmach/orb"

const (
	runLength = 8   // edges in a run
	runsUpTo  = 512 // edges: larger boundaries get a boxTree, as theirs may wind back and forth
)

// index prepares the boundary for searches. A small one gets a box for every few edges
// that follow each other, which takes O(n) and some 4 bytes an edge; a large one a tree.
func (b *boundary) index() {
	if len(b.edges) == 0 {
		b.box = orb.Bound{Min: orb.Point{1, 1}, Max: orb.Point{0, 0}}
		return
	}
	b.box = b.rings[0].bound
	for i := range b.rings[1:] {
		widen(&b.box, &b.rings[i+1].bound)
	}
	if len(b.edges) > runsUpTo {
		b.tree = newBoxTree(len(b.edges), b.edgeBox)
		return
	}
	b.runs = make([]orb.Bound, 0, (len(b.edges)+runLength-1)/runLength)
	for from := 0; from < len(b.edges); from += runLength {
		box := b.edgeBox(from)
		for i := from + 1; i < b.runEnd(from); i++ {
			edge := b.edgeBox(i)
			widen(&box, &edge)
		}
		b.runs = append(b.runs, box)
	}
}

// edgeBox bounds the edge at place i of edges.
func (b *boundary) edgeBox(i int) orb.Bound {
	e := b.edges[i]
	return edgeBound(b.v[e], b.v[e+1])
}

func (b *boundary) runEnd(from int) int { return min(from+runLength, len(b.edges)) }

func widen(a, b *orb.Bound) {
	a.Min[0], a.Min[1] = min(a.Min[0], b.Min[0]), min(a.Min[1], b.Min[1])
	a.Max[0], a.Max[1] = max(a.Max[0], b.Max[0]), max(a.Max[1], b.Max[1])
}

// search visits the places in edges of those whose box meets box, until visit says false.
func (b *boundary) search(box orb.Bound, visit func(i int) bool) {
	if b.tree != nil {
		b.tree.search(box, visit)
		return
	}
	if !overlap(&b.box, &box) {
		return
	}
	for r := range b.runs {
		if !overlap(&b.runs[r], &box) {
			continue
		}
		for i := r * runLength; i < b.runEnd(r*runLength); i++ {
			if edge := b.edgeBox(i); overlap(&edge, &box) && !visit(i) {
				return
			}
		}
	}
}

// pairs visits each pair of different edges whose boxes meet, once, until visit says false.
func (b *boundary) pairs(visit func(i, j int) bool) {
	if b.tree != nil {
		b.tree.pairs(visit)
		return
	}
	for r := range b.runs {
		for s := r; s < len(b.runs); s++ {
			if overlap(&b.runs[r], &b.runs[s]) && !b.meeting(r*runLength, s*runLength, visit) {
				return
			}
		}
	}
}

// meeting visits the pairs of an edge of one run with an edge of another, or the same.
func (b *boundary) meeting(from, other int, visit func(i, j int) bool) bool {
	var boxes [runLength]orb.Bound
	for j := other; j < b.runEnd(other); j++ {
		boxes[j-other] = b.edgeBox(j)
	}
	for i := from; i < b.runEnd(from); i++ {
		edge := b.edgeBox(i)
		for j := max(other, i+1); j < b.runEnd(other); j++ {
			if overlap(&edge, &boxes[j-other]) && !visit(i, j) {
				return false
			}
		}
	}
	return true
}
