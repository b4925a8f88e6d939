package quality

import (
	"slices"

	"github.com/paulmach/orb"

	"kawasan/geo/format/wkb"
)

// ring is one closed ring of a boundary.
type ring struct {
	part, number int     // as in Place
	shell        int     // the ring that is the shell of its part; itself for a shell
	first, last  int     // its vertices in boundary.v; the last repeats the first
	area         float64 // signed, in squared degrees; positive counterclockwise
	bound        orb.Bound
}

// boundary is the rings of a polygonal geometry without repeated vertices, and an
// index over their edges. Edge e runs from vertex e to vertex e+1.
type boundary struct {
	v        []orb.Point
	original []int32 // number of each vertex in its ring of the source, from 1
	ringOf   []int32
	rings    []ring
	edges    []int32   // those that are edges: all but the last vertex of each ring
	box      orb.Bound // of all rings
	runs     []run     // of edges, in their order; or else
	tree     *boxTree
}

// newBoundary takes the rings that are sound: at least three different finite
// positions. Rings that are not closed are closed here. A part
// whose shell is not sound is left out whole.
func newBoundary(g *geometry) *boundary {
	b := &boundary{}
	b.of(g)
	return b
}

// of makes the boundary that of another geometry, in the memory that it has.
func (b *boundary) of(g *geometry) {
	b.reserve(g)
	b.tree = nil
	g.walk(func(part int, p *geometry) {
		if p.kind != wkb.Polygon {
			return
		}
		shell := -1
		for i, l := range p.lines {
			if i > 0 && shell < 0 {
				break
			}
			if b.add(l, part, i+1, shell) && i == 0 {
				shell = len(b.rings) - 1
				b.rings[shell].shell = shell
			}
		}
	})
}

// reserve empties the boundary and makes room for all vertices at once.
func (b *boundary) reserve(g *geometry) {
	vertices, rings := 0, 0
	g.walk(func(_ int, p *geometry) {
		for _, l := range p.lines {
			vertices += l.len() + 1
		}
		rings += len(p.lines)
	})
	b.v, b.original, b.ringOf, b.edges, b.rings = b.v[:0], b.original[:0], b.ringOf[:0], b.edges[:0], slices.Grow(b.rings[:0], rings)
	b.room(vertices)
}

// room makes room for so many vertices more.
func (b *boundary) room(n int) {
	b.v, b.original = slices.Grow(b.v, n), slices.Grow(b.original, n)
	b.ringOf, b.edges = slices.Grow(b.ringOf, n), slices.Grow(b.edges, n)
}

func (b *boundary) add(l line, part, number, shell int) bool {
	b.room(l.len() + 1)
	first, most, n := len(b.v), len(b.v)+l.len(), 0
	v, original := b.v[first:most], b.original[first:most]
	for i := 0; i+1 < len(l.c); i += l.dims {
		p := orb.Point{l.c[i], l.c[i+1]}
		if (p[0]-p[0])+(p[1]-p[1]) != 0 { // not finite: NaN, which differs from anything
			return false
		}
		if n == 0 || v[n-1] != p {
			v[n], original[n] = p, int32(i/l.dims+1)
			n++
		}
	}
	b.cut(first + n)
	if len(b.v) > first+1 && b.v[len(b.v)-1] == b.v[first] {
		b.cut(len(b.v) - 1)
	}
	if len(b.v)-first < 3 {
		b.cut(first)
		return false
	}
	b.v = append(b.v, b.v[first])
	b.original = append(b.original, b.original[first])
	r := ring{part: part, number: number, shell: shell, first: first, last: len(b.v) - 1}
	low, high, twice := b.v[first], b.v[first], 0.0
	edges, ringOf, number32 := len(b.edges), len(b.ringOf), int32(len(b.rings))
	b.edges, b.ringOf = b.edges[:edges+r.last-first], b.ringOf[:ringOf+r.last-first+1]
	for k := range r.last - first {
		p := b.v[first+k]
		low[0], low[1], high[0], high[1] = min(low[0], p[0]), min(low[1], p[1]), max(high[0], p[0]), max(high[1], p[1])
		twice += cross(b.v[first], p, b.v[first+k+1])
		b.edges[edges+k], b.ringOf[ringOf+k] = int32(first+k), number32
	}
	b.ringOf[ringOf+r.last-first] = number32
	r.bound, r.area = orb.Bound{Min: low, Max: high}, twice/2
	b.rings = append(b.rings, r)
	return true
}

func (b *boundary) cut(n int) { b.v, b.original = b.v[:n], b.original[:n] }

// cross is twice the signed area of the triangle.
func cross(a, b, c orb.Point) float64 {
	return (b[0]-a[0])*(c[1]-a[1]) - (b[1]-a[1])*(c[0]-a[0])
}

func edgeBound(p, q orb.Point) orb.Bound {
	return orb.Bound{Min: orb.Point{min(p[0], q[0]), min(p[1], q[1])}, Max: orb.Point{max(p[0], q[0]), max(p[1], q[1])}}
}

// location is where a point lies relative to a ring.
type location int8

const (
	outside location = iota
	onBoundary
	inside
)

// locate tells where p lies relative to ring r, by the parity of crossings of a ray to the east. Exact.
func (b *boundary) locate(p orb.Point, r int) location {
	ring := &b.rings[r]
	if !ring.bound.Contains(p) {
		return outside
	}
	odd, on := false, false
	b.search(orb.Bound{Min: p, Max: orb.Point{ring.bound.Max[0], p[1]}}, func(i int) bool {
		e := b.edges[i]
		if int(b.ringOf[e]) != r {
			return true
		}
		switch crossesRay(p, b.v[e], b.v[e+1]) {
		case onBoundary:
			on = true
			return false
		case inside:
			odd = !odd
		}
		return true
	})
	switch {
	case on:
		return onBoundary
	case odd:
		return inside
	}
	return outside
}

// crossesRay tells whether the ray from p to the east crosses the edge from a to c
// (inside), or p lies on the edge (onBoundary). The lower end of an edge belongs to it.
func crossesRay(p, a, c orb.Point) location {
	if a[1] > c[1] {
		a, c = c, a
	}
	if p[1] < a[1] || p[1] > c[1] {
		return outside
	}
	if a[1] == c[1] {
		if p[0] >= min(a[0], c[0]) && p[0] <= max(a[0], c[0]) {
			return onBoundary
		}
		return outside
	}
	switch orientation(a, c, p) {
	case 0:
		return onBoundary
	case 1: // left of an edge that runs north: the ray meets it, unless at its upper end
		if p[1] < c[1] {
			return inside
		}
	}
	return outside
}

// place names vertex k.
func (b *boundary) place(k int) Place {
	r := b.rings[b.ringOf[k]]
	p := b.v[k]
	return Place{Position: &p, Part: r.part, Ring: r.number, Vertex: int(b.original[k])}
}

// placeOn names a point on edge e.
func (b *boundary) placeOn(e int32, p orb.Point) Place {
	place := b.place(int(e))
	place.Position = &p
	return place
}

// adjacent reports whether edges e < f of one ring follow each other, and the vertex between.
func (b *boundary) adjacent(e, f int32) (vertex int32, ok bool) {
	if f == e+1 {
		return f, true
	}
	r := b.rings[b.ringOf[e]]
	return e, int(e) == r.first && int(f) == r.last-1
}

// holesOf gives the rings of the shell's part that are holes.
func (b *boundary) holesOf(shell int) []int {
	end := shell + 1
	for end < len(b.rings) && b.rings[end].shell == shell {
		end++
	}
	return slices.Collect(func(yield func(int) bool) {
		for i := shell + 1; i < end && yield(i); i++ {
		}
	})
}
