package quality

import (
	"math"

	"github.com/paulmach/orb"
)

// Limits of what counts as a gap, in metres. A road or river between two areas is
// wider.
const (
	gapWidth   = 10.0
	gapPiece   = 10.0 // a boundary is looked at in pieces no longer than this
	gapSlender = 4.0  // how many times longer than wide it must be
	gapPieces  = 2000 // of one edge at most: longer edges get longer pieces
)

// facing is what a boundary faces across a gap.
type facing struct {
	length, area float64 // metres, square metres
	wide         float64 // the length along which it is nearly as wide as gapWidth
	at           orb.Point
	widest       float64
}

// gap looks along the boundary of a feature for pieces that face a neighbour
// across less than gapWidth without touching any.
func (n *neighbourhood) gap(i int, f *neighbour, near []*neighbour, which []int) {
	found := map[int]*facing{}
	b := f.boundary
	m := newPlane(b.box.Center())
	for _, e := range b.edges {
		p, q := b.v[e], b.v[e+1]
		reach := grow(edgeBound(p, q), m)
		candidates := 0
		for _, o := range near {
			if overlap(&o.boundary.box, &reach) {
				candidates++
			}
		}
		if candidates == 0 {
			continue
		}
		faces(f, near, m, p, q, found)
	}
	for k := range near {
		if x := found[k]; x != nil {
			n.gapFound(i, f, near[k], which[k], x)
		}
	}
}

func grow(b orb.Bound, m plane) orb.Bound {
	dx, dy := gapWidth/m.kx, gapWidth/m.ky
	return orb.Bound{Min: orb.Point{b.Min[0] - dx, b.Min[1] - dy}, Max: orb.Point{b.Max[0] + dx, b.Max[1] + dy}}
}

// faces adds what the pieces of an edge face. Edges that a neighbour shares, as most
// do in a well-made layer, are told first.
func faces(f *neighbour, near []*neighbour, m plane, p, q orb.Point, found map[int]*facing) {
	for _, o := range near {
		if o.boundary.hasEdge(q, p) {
			return
		}
	}
	a, c := m.metres(p), m.metres(q)
	length := math.Hypot(c[0]-a[0], c[1]-a[1])
	pieces := max(1, min(gapPieces, int(math.Ceil(length/gapPiece))))
	for k := range pieces {
		t := (float64(k) + 0.5) / float64(pieces)
		at := orb.Point{p[0] + t*(q[0]-p[0]), p[1] + t*(q[1]-p[1])}
		best, nearest, width := -1, gapWidth, 0.0
		for o, other := range near {
			if d, open := other.boundary.across(f.boundary, m, at, nearest); d < nearest {
				best, nearest = o, d
				if width = d; !open {
					best = -1
				}
			}
		}
		if best < 0 || width < rounding {
			continue
		}
		x := found[best]
		if x == nil {
			x = &facing{}
			found[best] = x
		}
		piece := length / float64(pieces)
		x.length, x.area = x.length+piece, x.area+piece*width
		if width > 0.8*gapWidth {
			x.wide += piece
		}
		if width > x.widest {
			x.widest, x.at = width, at
		}
	}
}

// hasEdge reports whether the boundary has exactly this edge.
func (b *boundary) hasEdge(p, q orb.Point) bool {
	found := false
	b.search(orb.Bound{Min: p, Max: p}, func(i int) bool {
		e := b.edges[i]
		found = b.v[e] == p && b.v[e+1] == q || b.v[e] == q && b.v[e+1] == p
		return !found
	})
	return found
}

// across gives the distance in metres from a point to the boundary if it is below limit, 0
// for a point inside. open is false where the nearest point lies on the other
// boundary too: there the two meet and part again.
func (b *boundary) across(other *boundary, m plane, p orb.Point, limit float64) (d float64, open bool) {
	d, foot := b.nearest(m, p, limit)
	if d == limit {
		return d, false
	}
	if b.within(p) {
		return 0, false
	}
	meets, _ := other.nearest(m, foot, rounding)
	return d, meets == rounding
}

// nearest gives the point of the boundary nearest to p and its distance in metres;
// limit and no point if none is nearer.
func (b *boundary) nearest(m plane, p orb.Point, limit float64) (float64, orb.Point) {
	d, at := limit, m.metres(p)
	dx, dy := limit/m.kx, limit/m.ky
	var foot orb.Point
	b.search(orb.Bound{Min: orb.Point{p[0] - dx, p[1] - dy}, Max: orb.Point{p[0] + dx, p[1] + dy}}, func(i int) bool {
		e := b.edges[i]
		u, v := m.metres(b.v[e]), m.metres(b.v[e+1])
		t := ((at[0]-u[0])*(v[0]-u[0]) + (at[1]-u[1])*(v[1]-u[1])) / ((v[0]-u[0])*(v[0]-u[0]) + (v[1]-u[1])*(v[1]-u[1]))
		t = math.Max(0, math.Min(1, t))
		if x := math.Hypot(u[0]+t*(v[0]-u[0])-at[0], u[1]+t*(v[1]-u[1])-at[1]); x < d {
			d = x
			foot = orb.Point{b.v[e][0] + t*(b.v[e+1][0]-b.v[e][0]), b.v[e][1] + t*(b.v[e+1][1]-b.v[e][1])}
		}
		return true
	})
	return d, foot
}

// gapFound records a gap once, from the side that is seen first. Where the two overlap
// elsewhere their lines were drawn apart from each other, which is said already.
func (n *neighbourhood) gapFound(i int, f, other *neighbour, k int, x *facing) {
	pair := [2]int{min(i, k), max(i, k)}
	width := x.area / x.length
	wedge := x.wide > 0.15*x.length // it opens to more than gapWidth: no narrow gap, but the ends of a wide one
	if n.gaps[pair] || n.overlapping[pair] || wedge || x.length < gapSlender*width {
		return
	}
	n.gaps[pair] = true
	area := math.Round(x.area)
	issue := Issue{
		Rule: gapToNeighbour, AreaM2: &area, Place: Place{Position: &x.at},
		Message: say("a gap of some %s m² (%s m long, %s m wide) to %s", "celah sekitar %s m² (panjang %s m, lebar %s m) ke %s", figure(x.area), figure(x.length), figure(width), other.called()),
	}
	if width <= f.uncertainty+other.uncertainty {
		issue.Severity = Note
		issue.Remedy = say("nothing: the uncertainties (%s and %s m) explain it", "tidak ada: ketidakpastiannya (%s dan %s m) menjelaskannya", figure(f.uncertainty), figure(other.uncertainty))
	}
	n.add(f, other, issue)
}
