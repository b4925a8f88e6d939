package quality

import "github.com/paulmach/orb"

const (
	runLength = 16  // edges in a run at most
	runsUpTo  = 512 // edges: larger boundaries get a boxTree, as theirs may wind back and forth
)

// run is edges that follow each other in a ring and all head for the same quarter of the
// sky, so that no two of them meet but in the vertex between them, where none folds back.
type run struct {
	from, to int32 // places in edges
	bound    orb.Bound
}

// index prepares the boundary for searches. A small one gets a box for every run of
// edges, which takes O(n) and a few bytes an edge; a large one a tree.
func (b *boundary) index() {
	b.runs = b.runs[:0]
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
	for from := 0; from < len(b.edges); {
		to := b.runFrom(from)
		first, last := b.v[b.edges[from]], b.v[b.edges[to-1]+1]
		b.runs = append(b.runs, run{int32(from), int32(to), edgeBound(first, last)})
		from = to
	}
}

// runFrom tells where the run ends that begins at a place in edges.
func (b *boundary) runFrom(from int) int {
	first := b.edges[from]
	east, west, north, south := true, true, true, true
	to := from
	for ; to < len(b.edges) && to < from+runLength; to++ {
		e := b.edges[to]
		if e != first+int32(to-from) { // another ring
			break
		}
		dx, dy := b.v[e+1][0]-b.v[e][0], b.v[e+1][1]-b.v[e][1]
		east, west, north, south = east && dx >= 0, west && dx <= 0, north && dy >= 0, south && dy <= 0
		if !east && !west || !north && !south {
			break
		}
	}
	return to
}

// edgeBox bounds the edge at place i of edges.
func (b *boundary) edgeBox(i int) orb.Bound {
	e := b.edges[i]
	return edgeBound(b.v[e], b.v[e+1])
}

func widen(a, b *orb.Bound) {
	a.Min[0], a.Min[1] = min(a.Min[0], b.Min[0]), min(a.Min[1], b.Min[1])
	a.Max[0], a.Max[1] = max(a.Max[0], b.Max[0]), max(a.Max[1], b.Max[1])
}

// common is what two boxes that overlap have in common.
func common(a, b *orb.Bound) orb.Bound {
	return orb.Bound{
		Min: orb.Point{max(a.Min[0], b.Min[0]), max(a.Min[1], b.Min[1])},
		Max: orb.Point{min(a.Max[0], b.Max[0]), min(a.Max[1], b.Max[1])},
	}
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
		if !overlap(&b.runs[r].bound, &box) {
			continue
		}
		from, to := b.narrow(&b.runs[r], &box)
		for i := int(from); i < int(to); i++ {
			if edge := b.edgeBox(i); overlap(&edge, &box) && !visit(i) {
				return
			}
		}
	}
}

// pairs visits each pair of different edges that may meet otherwise than two that follow
// each other should, once, until visit says false.
func (b *boundary) pairs(visit func(i, j int) bool) {
	if b.tree != nil {
		b.tree.pairs(visit)
		return
	}
	for r := range b.runs {
		for s := r + 1; s < len(b.runs); s++ {
			if overlap(&b.runs[r].bound, &b.runs[s].bound) && !b.meeting(&b.runs[r], &b.runs[s], visit) {
				return
			}
		}
	}
}

// meeting visits the pairs of an edge of one run with an edge of another.
func (b *boundary) meeting(one, other *run, visit func(i, j int) bool) bool {
	shared := common(&one.bound, &other.bound)
	first, last := b.narrow(other, &shared)
	if first == last {
		return true
	}
	var boxes [runLength]orb.Bound
	for j := first; j < last; j++ {
		boxes[j-first] = b.edgeBox(int(j))
	}
	from, to := b.narrow(one, &shared)
	for i := from; i < to; i++ {
		edge := b.edgeBox(int(i))
		for j := first; j < last; j++ {
			if overlap(&edge, &boxes[j-first]) && !visit(int(i), int(j)) {
				return false
			}
		}
	}
	return true
}

// narrow gives the part of a run that reaches into a box, as places in edges: the run heads
// for one quarter of the sky, so that on each axis the edges before the box stand first and
// those beyond it last. It takes O(log n).
func (b *boundary) narrow(r *run, box *orb.Bound) (from, to int32) {
	shift := b.edges[r.from] - r.from // the edges of a run follow each other
	from, to = r.from+shift, r.to+shift
	for axis := 0; axis < 2 && from < to; axis++ {
		low, high, sign := box.Min[axis], box.Max[axis], 1.0
		if b.v[from][axis] > b.v[to][axis] {
			low, high, sign = -high, -low, -1
		}
		end := to
		for from < end { // the first that ends not before the box
			if middle := (from + end) / 2; sign*b.v[middle+1][axis] < low {
				from = middle + 1
			} else {
				end = middle
			}
		}
		begin := from
		for begin < to { // the first that begins beyond it
			if middle := (begin + to) / 2; sign*b.v[middle][axis] <= high {
				begin = middle + 1
			} else {
				to = middle
			}
		}
	}
	if from >= to {
		return r.from, r.from
	}
	return from - shift, to - shift
}
