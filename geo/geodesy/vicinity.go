package geodesy

import (
	"math"

	"github.com/paulmach/orb"
)

// Vicinity decides for many shapes whether they lie within some distance of one,
// by what is worked out once for that one: metres per degree around it, and posts
// on it. It is immutable and safe for use by several goroutines.
type Vicinity struct {
	shape *Shape
	reach float64
	// The frames hold between the latitudes south and north.
	south, north    float64
	least, greatest frame
	posts           []orb.Point // points of the shape, spread over it
}

// NewVicinity makes the vicinity of a shape for distances of at most reach metres.
// It takes about 10 ns a vertex.
func NewVicinity(s *Shape, reach float64) *Vicinity {
	const beyond = 0.25 // degrees that a shape may stick out of the vicinity
	pad := reach/minDegreeM + beyond
	v := &Vicinity{shape: s, reach: max(reach, meetMetres), south: max(-90, s.bound.Min[1]-pad), north: min(90, s.bound.Max[1]+pad)}
	v.least, v.greatest = leastFrame(v.south, v.north, reach/2), greatestFrame(v.south, v.north)
	v.setPosts()
	return v
}

// setPosts chooses points of the shape, at equal steps along its parts.
func (v *Vicinity) setPosts() {
	const most, stride = 64, 37 // without a common divisor
	length := 0.0
	for _, p := range v.shape.parts {
		v.shape.edges(p, func(a, b orb.Point) { length += max(math.Abs(b[0]-a[0]), math.Abs(b[1]-a[1])) })
	}
	var along []orb.Point
	next := 0.0
	for _, p := range v.shape.parts {
		if p.kind == pointPart && len(along) < most {
			along = append(along, v.shape.vertex(p.start))
		}
		v.shape.edges(p, func(a, b orb.Point) {
			l := max(math.Abs(b[0]-a[0]), math.Abs(b[1]-a[1]))
			for ; next < l && len(along) < most; next += length / most {
				along = append(along, orb.Point{a[0] + next/l*(b[0]-a[0]), a[1] + next/l*(b[1]-a[1])})
			}
			next -= l
		})
	}
	// The first ones tried shall be spread over the shape.
	v.posts = make([]orb.Point, 0, len(along))
	for i := range most {
		if k := i * stride % most; k < len(along) {
			v.posts = append(v.posts, along[k])
		}
	}
}

// Decide tells of a shape, given as well-known binary and its bound, what is quickly
// found: within that it is at most near metres away, beyond that it is more than far,
// at most the reach. Both are false where that takes measuring. It costs 20 to 300 ns,
// allocates nothing, and reads the binary only when the bound does not decide. The
// zero Bound means that it isn't known.
func (v *Vicinity) Decide(wkb []byte, bound orb.Bound, near, far float64) (within, beyond bool) {
	if bound == (orb.Bound{}) {
		bound = boundOfWKB(wkb)
	}
	b := boxOf(bound)
	if !v.fits(b) || far > v.reach {
		return false, false
	}
	const rounding = 1e-6 // of the posts, and more than that
	near2 := -1.0
	if near > rounding {
		near2 = (near - rounding) * (near - rounding)
	}
	far = max(far, meetMetres)
	var nearest orb.Point
	least := math.Inf(1)
	for _, p := range v.posts {
		d2 := v.farthest2(p, b)
		if d2 <= near2 {
			return true, false
		}
		if d2 < least {
			least, nearest = d2, p
		}
	}
	beyond = !v.meetsBound(b)                  // what holds the other, or is held by it, meets its bound
	far2 := square((far + 1e-6) * (1 + 1e-11)) // more than the frame's rounding
	if beyond && v.isBeyond(v.shape.root(), b, far2) {
		return false, true
	}
	return v.walk(wkb, nearest, near2, far2, beyond)
}

// walk decides by the positions of a shape, which has no interior in common with this
// one if apart: one near enough to a post, or all runs of edges far enough away.
func (v *Vicinity) walk(wkb []byte, post orb.Point, near2, far2 float64, apart bool) (within, beyond bool) {
	r := wkbReader{data: wkb}
	var run box // of the edges since the last look; those that lead to the next ring do no harm
	n := 0
	all := r.positions(0, func(x, y float64) bool {
		here := box{x, y, x, y}
		if within = y >= v.south && y <= v.north && v.farthest2(post, here) <= near2; within {
			return false
		}
		if n == 0 {
			run = here
		}
		run = run.union(here)
		if n++; apart && n%runEdges == 0 {
			apart = v.isBeyond(v.shape.root(), run, far2)
			run = here
		}
		return true
	})
	return within, all && !within && apart && n > 0 && v.isBeyond(v.shape.root(), run, far2)
}

// runEdges is how many edges have their bound in common when a shape is walked along.
const runEdges = 8

// fits reports whether the frames hold for a box, and the way between it and the
// shape does not lead round the back of the earth.
func (v *Vicinity) fits(b box) bool {
	s := v.shape.bound
	return len(v.posts) > 0 && b.south >= v.south && b.north <= v.north && b.south <= b.north && b.west <= b.east &&
		max(b.east, s.Max[0])-min(b.west, s.Min[0]) < 180
}

// farthest2 is the square of an upper bound of the distance from a point to all of a box.
func (v *Vicinity) farthest2(p orb.Point, b box) float64 {
	dx := v.greatest.lon * max(p[0]-b.west, b.east-p[0])
	dy := v.greatest.lat * max(p[1]-b.south, b.north-p[1])
	return dx*dx + dy*dy
}

// isBeyond reports whether the edges below a node are further from a box than the
// square root of far2, in metres.
func (v *Vicinity) isBeyond(n node, b box, far2 float64) bool {
	if v.least.gap2(v.shape.box(n), b) > far2 {
		return true
	}
	if n.level > 0 {
		child, count := v.shape.children(n)
		for range count {
			if !v.isBeyond(child, b, far2) {
				return false
			}
			child.i++
		}
		return true
	}
	l := v.shape.leaves[n.i]
	for i := range max(1, int32(l.edges)) {
		if v.least.gap2(v.shape.edge(l, i).box(), b) <= far2 {
			return false
		}
	}
	return true
}

// meetsBound reports whether a box meets the bound of the shape.
func (v *Vicinity) meetsBound(b box) bool {
	s := v.shape.bound
	return b.west <= s.Max[0] && b.east >= s.Min[0] && b.south <= s.Max[1] && b.north >= s.Min[1]
}
