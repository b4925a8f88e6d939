package quality

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// fanout is how many boxes a node of a boxTree holds.
const fanout = 8

// boxTree is a packed hierarchy of boxes (sort-tile-recursive): building takes O(n
// log n) whatever the order of the items, and about 45 bytes an item.
type boxTree struct {
	order  []int32       // items, those of a leaf side by side
	levels [][]orb.Bound // levels[0] has one box an item, in order; each next one a box for every fanout below
}

// newBoxTree indexes n items.
func newBoxTree(n int, bound func(i int) orb.Bound) *boxTree {
	t := &boxTree{order: make([]int32, n)}
	boxes := make([]orb.Bound, n)
	for i := range n {
		t.order[i], boxes[i] = int32(i), bound(i)
	}
	t.tile(boxes)
	items := make([]orb.Bound, n)
	for k, i := range t.order {
		items[k] = boxes[i]
	}
	t.levels = append(t.levels, items)
	for below := items; len(below) > 1; {
		above := make([]orb.Bound, 0, (len(below)+fanout-1)/fanout)
		for group := range slices.Chunk(below, fanout) {
			b := group[0]
			for _, other := range group[1:] {
				b = b.Union(other)
			}
			above = append(above, b)
		}
		t.levels = append(t.levels, above)
		below = above
	}
	return t
}

// tile orders the items: slices by x, within each by y.
func (t *boxTree) tile(boxes []orb.Bound) {
	middle := func(axis int) func(a, b int32) int {
		return func(a, b int32) int {
			return cmp.Compare(boxes[a].Min[axis]+boxes[a].Max[axis], boxes[b].Min[axis]+boxes[b].Max[axis])
		}
	}
	n := len(t.order)
	if n <= fanout {
		return
	}
	slices.SortFunc(t.order, middle(0))
	slice := fanout * int(math.Ceil(math.Sqrt(float64(n)/fanout)))
	for part := range slices.Chunk(t.order, slice) {
		slices.SortFunc(part, middle(1))
	}
}

// overlap reports whether closed boxes have a point in common.
func overlap(a, b *orb.Bound) bool {
	return a.Min[0] <= b.Max[0] && b.Min[0] <= a.Max[0] && a.Min[1] <= b.Max[1] && b.Min[1] <= a.Max[1]
}

// search visits the items whose box meets b until visit says false.
func (t *boxTree) search(b orb.Bound, visit func(i int) bool) {
	if len(t.order) > 0 {
		t.descend(len(t.levels)-1, 0, &b, visit)
	}
}

func (t *boxTree) descend(level, node int, b *orb.Bound, visit func(i int) bool) bool {
	if !overlap(&t.levels[level][node], b) {
		return true
	}
	if level == 0 {
		return visit(int(t.order[node]))
	}
	for child := node * fanout; child < min((node+1)*fanout, len(t.levels[level-1])); child++ {
		if !t.descend(level-1, child, b, visit) {
			return false
		}
	}
	return true
}

// pairs visits each pair of different items whose boxes meet, once, until visit says false.
func (t *boxTree) pairs(visit func(i, j int) bool) {
	if len(t.order) > 1 {
		t.join(len(t.levels)-1, 0, 0, visit)
	}
}

func (t *boxTree) join(level, a, b int, visit func(i, j int) bool) bool {
	if a != b && !overlap(&t.levels[level][a], &t.levels[level][b]) {
		return true
	}
	if level == 0 {
		return a == b || visit(int(t.order[a]), int(t.order[b]))
	}
	last := len(t.levels[level-1])
	for i := a * fanout; i < min((a+1)*fanout, last); i++ {
		from := b * fanout
		if a == b {
			from = i
		}
		for j := from; j < min((b+1)*fanout, last); j++ {
			if !t.join(level-1, i, j, visit) {
				return false
			}
		}
	}
	return true
}
