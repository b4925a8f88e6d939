package geodesy

import (
	"container/heap"
	"math"

	"github.com/paulmach/orb"
)

// FarthestUpper returns an upper bound, in metres, of how far a place of a can
// be from b: the largest, over the points of a, of the distance to the nearest
// point of b. It is never too small, and too large by at most 0.5 % or 1 m,
// unless the shape is so intricate that the search stops at its limit of some
// 4,000 places; then it is looser but still safe. It costs up to some ten milliseconds.
func FarthestUpper(a, b *Shape) float64 {
	return climb(a, 0.005, 1, math.Inf(1), func(p *Shape, offA float64) (low, high float64) {
		d := Between(p, b).Metres
		return d - offA, d
	})
}

// climb bounds from above the largest value of a function over the points of a
// shape. The function changes by no more than a metre a metre; eval gets
// a place and its distance from the shape, and gives a value that is reached on
// the shape and the value at the place. The search covers the shape by ever
// smaller squares and stops within the tolerances, or when the largest value
// is known to exceed enough, or after a fixed number of places.
func climb(a *Shape, relative, absolute, enough float64, eval func(p *Shape, off float64) (low, high float64)) float64 {
	const most = 4000
	var cells cellHeap
	low := math.Inf(-1)
	places := 0
	consider := func(b box) {
		places++
		c := orb.Point{(b.west + b.east) / 2, (b.south + b.north) / 2}
		f := greatestFrame(b.south, b.north)
		r := above(math.Hypot((b.east-b.west)/2*f.lon, (b.north-b.south)/2*f.lat))
		p := place(c)
		off, ok := BetweenWithin(p, a, r)
		if !ok {
			return // no point of the shape in this square
		}
		l, h := eval(p, off.Metres)
		low = max(low, l)
		heap.Push(&cells, cell{b, above(h + r)})
	}
	consider(boxOf(a.bound))
	for len(cells) > 0 {
		top := cells[0]
		if top.high-low <= max(absolute, relative*math.Abs(top.high)) || low > enough || places > most {
			return max(low, top.high)
		}
		heap.Pop(&cells)
		b := top.box
		x, y := (b.west+b.east)/2, (b.south+b.north)/2
		f := greatestFrame(b.south, b.north)
		// Halve the longer side, so that cells become square.
		if (b.east-b.west)*f.lon > (b.north-b.south)*f.lat {
			consider(box{b.west, b.south, x, b.north})
			consider(box{x, b.south, b.east, b.north})
		} else {
			consider(box{b.west, b.south, b.east, y})
			consider(box{b.west, y, b.east, b.north})
		}
	}
	return low
}

// place is a shape of one position that is known to be good.
func place(p orb.Point) *Shape {
	return &Shape{
		xy:     []float64{p[0], p[1]},
		parts:  []part{{0, 1, pointPart}},
		leaves: []leaf{{kind: pointPart}},
		bound:  orb.Bound{Min: p, Max: p},
	}
}

// cell is a square of a search and an upper bound of the value inside it.
type cell struct {
	box  box
	high float64
}

// cellHeap has the most promising cell first.
type cellHeap []cell

func (h cellHeap) Len() int           { return len(h) }
func (h cellHeap) Less(i, j int) bool { return h[i].high > h[j].high }
func (h cellHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }

// Push and Pop are for package heap.
func (h *cellHeap) Push(x any) { *h = append(*h, x.(cell)) }

// Pop removes the last cell.
func (h *cellHeap) Pop() any {
	old := *h
	c := old[len(old)-1]
	*h = old[:len(old)-1]
	return c
}

var _ heap.Interface = (*cellHeap)(nil)

// FarthestPair returns an upper bound, in metres, of the distance between a
// point of a and a point of b, whichever they are: never too small. Up to some
// 500 km it is too large by at most 0.5 % or 1 m; further apart or near the
// poles the bounds are looser but still safe.
func FarthestPair(a, b *Shape) float64 {
	whole := upperBound(boxOf(a.bound), boxOf(b.bound))
	if whole > curved {
		return whole // further on, the farthest place need not be on a boundary
	}
	f := farthest{a: a, b: b, splits: 20_000}
	f.low = Distance(a.vertex(0), b.vertex(0))
	f.high = f.low
	f.visit(a.root(), b.root())
	return f.high
}

// farthest walks two hierarchies for the pair of places furthest apart, which
// lie on the boundaries.
type farthest struct {
	a, b      *Shape
	low, high float64 // reached by a pair of vertices; bound over what was seen
	splits    int     // how many more edges may be split
}

// settled reports whether an upper bound adds nothing that matters, and keeps it.
func (f *farthest) settled(u float64) bool {
	if u > f.low+max(1, 0.005*f.low) && u > f.high {
		return false
	}
	f.high = max(f.high, u)
	return true
}

func (f *farthest) visit(x, y node) {
	bx, by := f.a.box(x), f.b.box(y)
	if f.settled(upperBound(bx, by)) {
		return
	}
	if x.level == 0 && y.level == 0 {
		lx, ly := f.a.leaves[x.i], f.b.leaves[y.i]
		for i := range max(1, int32(lx.edges)) {
			for j := range max(1, int32(ly.edges)) {
				f.edges(f.a.edge(lx, i), f.b.edge(ly, j))
			}
		}
		return
	}
	if x.level > 0 && (y.level == 0 || bx.size() >= by.size()) {
		k, n := f.a.children(x)
		for range n {
			f.visit(k, y)
			k.i++
		}
		return
	}
	k, n := f.b.children(y)
	for range n {
		f.visit(x, k)
		k.i++
	}
}

// edges bounds a pair of edges, splitting the longer until that is tight.
func (f *farthest) edges(a, b segment) {
	u := upperBound(a.box(), b.box())
	if f.settled(u) {
		return
	}
	for _, s := range [2]float64{0, 1} {
		for _, t := range [2]float64{0, 1} {
			px, py := a.at(s)
			qx, qy := b.at(t)
			f.low = max(f.low, Distance(orb.Point{px, py}, orb.Point{qx, qy}))
		}
	}
	f.high = max(f.high, f.low)
	if f.splits--; f.splits < 0 {
		f.high = max(f.high, u)
		return
	}
	if f.settled(u) {
		return
	}
	if a.box().size() >= b.box().size() {
		p, q := a.halves()
		f.edges(p, b)
		f.edges(q, b)
		return
	}
	p, q := b.halves()
	f.edges(a, p)
	f.edges(a, q)
}
