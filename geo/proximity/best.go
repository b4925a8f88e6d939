package proximity

import (
	"cmp"
	"container/heap"
	"math"
	"slices"

	"kawasan/geo"
	"kawasan/geo/geodesy"
)

// candidate is a feature with its distance from the origin.
type candidate struct {
	feature *geo.Feature
	shape   *geodesy.Shape // as stored; nil where the store keeps none and it was needed for a moment only
	result  geodesy.Result
}

// nearer is the order of all answers: by distance, ties by ref.
func nearer(a, b candidate) int {
	return cmp.Or(cmp.Compare(a.result.Metres, b.result.Metres),
		cmp.Compare(a.feature.Collection.ID, b.feature.Collection.ID),
		cmp.Compare(a.feature.ID, b.feature.ID))
}

// best keeps the k nearest candidates. As a heap it has the farthest first.
type best struct {
	k     int
	limit float64 // nothing further away than this is wanted
	kept  []candidate
}

func newBest(k int, limit float64) *best {
	if limit <= 0 {
		limit = math.Inf(1)
	}
	return &best{k: k, limit: limit, kept: make([]candidate, 0, min(k, 64))}
}

// reach is the distance beyond which a candidate can't be kept.
func (b *best) reach() float64 {
	if len(b.kept) < b.k {
		return b.limit
	}
	return min(b.limit, b.kept[0].result.Metres)
}

// full reports whether k candidates are kept.
func (b *best) full() bool { return len(b.kept) == b.k }

// offer keeps a candidate that is among the k nearest so far.
func (b *best) offer(c candidate) {
	switch {
	case c.result.Metres > b.limit:
	case len(b.kept) < b.k:
		b.kept = append(b.kept, c)
		heap.Fix(b, len(b.kept)-1) // heap.Push without an allocation for the interface
	case nearer(c, b.kept[0]) < 0:
		b.kept[0] = c
		heap.Fix(b, 0)
	}
}

// heapify restores the order of the heap after kept was set.
func heapify(b *best) { heap.Init(b) }

// sorted gives what was kept, nearest first.
func (b *best) sorted() []candidate {
	slices.SortFunc(b.kept, nearer)
	return b.kept
}

func (b *best) Len() int           { return len(b.kept) }
func (b *best) Less(i, j int) bool { return nearer(b.kept[i], b.kept[j]) > 0 }
func (b *best) Swap(i, j int)      { b.kept[i], b.kept[j] = b.kept[j], b.kept[i] }

// Push is for package heap.
func (b *best) Push(x any) { b.kept = append(b.kept, x.(candidate)) }

// Pop is for package heap.
func (b *best) Pop() any {
	last := b.kept[len(b.kept)-1]
	b.kept = b.kept[:len(b.kept)-1]
	return last
}
