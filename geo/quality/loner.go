package quality

import (
	"math"

	"github.com/paulmach/orb"
)

// A corner is a loner where the others lie this many times closer together than it makes
// the whole ring, and it is this far from them.
const (
	lonerTimes  = 5.0
	lonerMetres = 1000.0
	lonerMost   = 200 // corners of a ring: tables typed from paper are not longer
)

// lonely looks for a corner far from all others of its ring, as one wrong digit of a
// typed table makes it: 115° for 116°, LU for LS.
func (v *Examination) lonely(b *boundary) {
	for r := range b.rings {
		ring := &b.rings[r]
		n := ring.last - ring.first
		if n < 4 || n > lonerMost || !b.leaps(ring) {
			continue
		}
		m := newPlane(ring.bound.Center())
		whole := m.diagonal(ring.bound)
		if whole < lonerMetres {
			continue
		}
		k, others := b.loner(ring)
		if rest := m.diagonal(others); whole < lonerTimes*rest || whole-rest < lonerMetres {
			continue
		}
		v.tellLoner(b, k, others, whole)
	}
}

// leaps reports whether an edge of the ring is long enough to lead to a loner: nearly as
// long as the whole, where most are short.
func (b *boundary) leaps(r *ring) bool {
	width, height := r.bound.Max[0]-r.bound.Min[0], r.bound.Max[1]-r.bound.Min[1]
	enough := 0.25 * (width*width + height*height)
	for k := r.first; k < r.last; k++ {
		dx, dy := b.v[k+1][0]-b.v[k][0], b.v[k+1][1]-b.v[k][1]
		if dx*dx+dy*dy > enough {
			return true
		}
	}
	return false
}

// tellLoner says which vertex is far from the others, and which slip would explain it.
func (v *Examination) tellLoner(b *boundary, k int, others orb.Bound, metres float64) {
	pad := math.Max(others.Max[0]-others.Min[0], others.Max[1]-others.Min[1])
	near := orb.Bound{Min: orb.Point{others.Min[0] - pad, others.Min[1] - pad}, Max: orb.Point{others.Max[0] + pad, others.Max[1] + pad}}
	accept := func(c orb.Bound) bool { return covers(near, c) }
	at := orb.Bound{Min: b.v[k], Max: b.v[k]}
	fixes := v.judge.corrected(at, accept)
	if len(fixes) == 0 {
		fixes = wrongDegree(at, accept)
	}
	i := Issue{Rule: vertexAstray, Place: b.place(k), Message: say("vertex %d at %s lies %s km from the others", "titik %d di %s berjarak %s km dari yang lain", int(b.original[k]), lonLat(b.v[k]), figure(metres/1000))}
	if len(fixes) > 0 {
		i.Message = say("%s; among them it would be with %s", "%s; akan berada di antaranya dengan %s", i.Message, listed(fixes))
	}
	v.add(i)
}

// loner gives the vertex without which the box of a ring is smallest, and that box.
func (b *boundary) loner(r *ring) (vertex int, others orb.Bound) {
	smallest := math.Inf(1)
	for _, k := range b.extremes(r) {
		box := orb.Bound{Min: orb.Point{math.Inf(1), math.Inf(1)}, Max: orb.Point{math.Inf(-1), math.Inf(-1)}}
		for i := r.first; i < r.last; i++ {
			if i != k {
				p := orb.Bound{Min: b.v[i], Max: b.v[i]}
				widen(&box, &p)
			}
		}
		if size := math.Hypot(box.Max[0]-box.Min[0], box.Max[1]-box.Min[1]); size < smallest {
			smallest, vertex, others = size, k, box
		}
	}
	return vertex, others
}

// extremes gives a vertex on each side of the box of a ring.
func (b *boundary) extremes(r *ring) [4]int {
	at := [4]int{r.first, r.first, r.first, r.first}
	for i := r.first; i < r.last; i++ {
		for side := range at {
			axis, far := side%2, b.v[i][side%2] < b.v[at[side]][side%2]
			if side >= 2 {
				far = b.v[i][axis] > b.v[at[side]][axis]
			}
			if far {
				at[side] = i
			}
		}
	}
	return at
}

func (m plane) diagonal(b orb.Bound) float64 {
	d := m.along(b.Min, b.Max)
	return math.Hypot(d[0], d[1])
}
