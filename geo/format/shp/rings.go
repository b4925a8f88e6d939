package shp

import (
	"math"

	"github.com/tidwall/rtree"
)

// ring is one of a polygon's record, where only the direction tells an exterior
// ring (clockwise) from a hole.
type ring struct {
	area                   float64 // negative if it runs clockwise
	minX, minY, maxX, maxY float64
}

// polygons puts the rings of a record together: for each polygon the numbers of
// its rings, the exterior one first. A hole belongs to the smallest exterior ring
// around it. Where all rings run the wrong way round, as some programs write them,
// they are taken the other way; a hole that lies in no ring is a polygon of its own.
func (p *positions) polygons() [][]int {
	rings := make([]ring, len(p.first)-1)
	for k := range rings {
		rings[k] = p.ring(k)
	}
	polygons, orphans := p.assemble(rings, false)
	if orphans > 0 {
		if other, left := p.assemble(rings, true); left == 0 {
			return other
		}
	}
	return polygons
}

func (p *positions) ring(k int) ring {
	r := ring{minX: math.Inf(1), minY: math.Inf(1), maxX: math.Inf(-1), maxY: math.Inf(-1)}
	from, to := p.first[k], p.first[k+1]
	if from == to {
		return r
	}
	x0, y0 := p.at(from)
	px, py := 0.0, 0.0
	for i := from; i < to; i++ {
		x, y := p.at(i)
		r.minX, r.minY, r.maxX, r.maxY = min(r.minX, x), min(r.minY, y), max(r.maxX, x), max(r.maxY, y)
		x, y = x-x0, y-y0
		r.area += (px*y - x*py) / 2
		px, py = x, y
	}
	return r
}

func (p *positions) at(i int) (x, y float64) { return float(p.xy[i*16:]), float(p.xy[i*16+8:]) }

// assemble gives the polygons, and how many holes lie in no exterior ring.
// reversed takes counterclockwise rings for exterior ones.
func (p *positions) assemble(rings []ring, reversed bool) (polygons [][]int, orphans int) {
	var tree rtree.RTreeG[int]
	place := make([]int, len(rings)) // of the polygon of each exterior ring
	var holes []int
	for k, r := range rings {
		if p.first[k] == p.first[k+1] {
			continue
		}
		if r.area > 0 != reversed && r.area != 0 {
			holes = append(holes, k)
			continue
		}
		place[k] = len(polygons)
		polygons = append(polygons, []int{k})
		tree.Insert([2]float64{r.minX, r.minY}, [2]float64{r.maxX, r.maxY}, k)
	}
	shells := len(polygons)
	effort := most
	for _, h := range holes {
		var best int
		if shells == 1 {
			best = polygons[0][0]
		} else {
			best = p.around(&tree, rings, h, &effort)
		}
		if best < 0 {
			orphans++
			polygons = append(polygons, []int{h})
			continue
		}
		polygons[place[best]] = append(polygons[place[best]], h)
	}
	return polygons, orphans
}

// most is how many edges are looked at in a record to find out what lies in what;
// beyond it boxes alone decide, and a rule finds out if they were wrong.
const most = 200_000_000

// around gives the smallest exterior ring around a hole; -1 if there is none.
func (p *positions) around(tree *rtree.RTreeG[int], rings []ring, hole int, effort *int) int {
	h := rings[hole]
	best := -1
	var found []int
	tree.Search([2]float64{h.minX, h.minY}, [2]float64{h.maxX, h.maxY}, func(_, _ [2]float64, k int) bool {
		r := rings[k]
		if r.minX <= h.minX && r.minY <= h.minY && r.maxX >= h.maxX && r.maxY >= h.maxY {
			found = append(found, k)
		}
		return len(found) < 10_000
	})
	for _, k := range found {
		if best >= 0 && math.Abs(rings[k].area) >= math.Abs(rings[best].area) {
			continue
		}
		if *effort > 0 && !p.inside(hole, k, effort) {
			continue
		}
		best = k
	}
	return best
}

// inside reports whether a hole lies in a ring: by its first position that is not on the ring.
func (p *positions) inside(hole, k int, effort *int) bool {
	for i := p.first[hole]; i < p.first[hole+1]; i++ {
		x, y := p.at(i)
		switch p.locate(x, y, k, effort) {
		case 1:
			return true
		case -1:
			return false
		}
	}
	return true // all of it lies on the ring
}

// locate tells whether a position is inside a ring (1), outside (-1) or on it (0).
func (p *positions) locate(x, y float64, k int, effort *int) int {
	from, to := p.first[k], p.first[k+1]
	*effort -= to - from
	in := false
	px, py := p.at(to - 1)
	for i := from; i < to; i++ {
		qx, qy := p.at(i)
		side := (qx-px)*(y-py) - (qy-py)*(x-px)
		if side == 0 && x >= min(px, qx) && x <= max(px, qx) && y >= min(py, qy) && y <= max(py, qy) {
			return 0
		}
		if (py > y) != (qy > y) && (side > 0) == (qy > py) {
			in = !in
		}
		px, py = qx, qy
	}
	if in {
		return 1
	}
	return -1
}
