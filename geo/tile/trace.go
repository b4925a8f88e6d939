package tile

import (
	"cmp"
	"math"
	"slices"
)

// tracer puts segments together to rings that pass no vertex twice.
type tracer struct {
	segments []segment
	used     []bool
	path     []int32 // segments
	rings    drawing // as they are found: areas and holes
	result   drawing
	outers   []int // of each hole, the ring that surrounds it
}

// trace makes rings of segments that have the inside on their right hand.
func (t *tracer) trace(segments []segment) {
	slices.SortFunc(segments, func(s, o segment) int { return cmp.Or(s.a.compare(o.a), s.b.compare(o.b)) })
	t.segments, t.rings = segments, drawing{vertices: t.rings.vertices[:0], runs: t.rings.runs[:0]}
	t.used = append(t.used[:0], make([]bool, len(segments))...)
	// From where there is one way only: whole rings are left at the others.
	for _, forks := range [...]bool{false, true} {
		for i := range segments {
			if from, to := t.from(segments[i].a); !t.used[i] && (forks || to-from == 1) {
				t.follow(i)
			}
		}
	}
}

// from gives the segments that begin at a vertex: first, and last plus 1.
func (t *tracer) from(v vertex) (first, end int) {
	first, _ = slices.BinarySearchFunc(t.segments, v, func(s segment, v vertex) int { return s.a.compare(v) })
	for end = first; end < len(t.segments) && t.segments[end].a == v; end++ {
	}
	return first, end
}

// follow goes along segments from one of them, and makes a ring each time it comes
// to where it has been, until it is back.
func (t *tracer) follow(i int) {
	t.path = t.path[:0]
	for i >= 0 {
		t.used[i] = true
		t.path = append(t.path, int32(i))
		v := t.segments[i].b
		first, end := t.from(v)
		if end-first > 1 || v == t.segments[t.path[0]].a {
			for k := len(t.path) - 1; k >= 0; k-- {
				if t.segments[t.path[k]].a == v {
					t.emit(t.path[k:])
					t.path = t.path[:k]
					break
				}
			}
			if len(t.path) == 0 {
				return
			}
		}
		i = t.next(i, first, end)
	}
}

// next gives the segment that goes on along the inside: the first that is met when
// turning from the way back through the inside; -1 if there is none.
func (t *tracer) next(i, first, end int) int {
	if end-first == 1 && !t.used[first] {
		return first
	}
	s := t.segments[i]
	back := math.Atan2(float64(s.a.y-s.b.y), float64(s.a.x-s.b.x))
	best, least := -1, math.Inf(1)
	for k := first; k < end; k++ {
		if t.used[k] {
			continue
		}
		o := t.segments[k]
		angle := back - math.Atan2(float64(o.b.y-o.a.y), float64(o.b.x-o.a.x))
		if angle <= 0 {
			angle += 2 * math.Pi
		}
		if angle < least {
			best, least = k, angle
		}
	}
	return best
}

// emit makes a ring of segments, a hole if it runs the other way.
func (t *tracer) emit(path []int32) {
	start := len(t.rings.vertices)
	for _, i := range path {
		t.rings.vertices = appendVertex(t.rings.vertices, start, t.segments[i].a, areaKind)
	}
	k := areaKind
	if area2(t.rings.vertices[start:]) < 0 {
		k = holeKind
	}
	t.rings.finish(start, k, 0)
}

// replaceAreas puts the rings in the place of a drawing's areas.
func (t *tracer) replaceAreas(d *drawing) {
	t.result.reset()
	for _, r := range d.runs {
		if r.kind < areaKind {
			t.result.take(d, r)
		}
	}
	t.showSomething(d)
	t.outers = t.outers[:0]
	for _, r := range t.rings.runs {
		of := -1
		if r.kind == holeKind {
			of = t.around(r)
		}
		t.outers = append(t.outers, of)
	}
	for n, r := range t.rings.runs {
		if r.kind != areaKind {
			continue
		}
		t.result.take(&t.rings, r)
		for h, of := range t.outers {
			if of == n {
				t.result.take(&t.rings, t.rings.runs[h])
			}
		}
	}
	d.vertices, t.result.vertices = t.result.vertices, d.vertices
	d.runs, t.result.runs = t.result.runs, d.runs
}

// showSomething makes sure that there is an area: what all rings surround the wrong
// way round, or a pixel in the middle of what has come to nothing.
func (t *tracer) showSomething(d *drawing) {
	runs := t.rings.runs
	if slices.ContainsFunc(runs, func(r run) bool { return r.kind == areaKind }) {
		return
	}
	for i, r := range runs {
		slices.Reverse(t.rings.vertices[r.start:r.end])
		runs[i].kind = areaKind
	}
	if len(runs) == 0 {
		lo, hi := box(d.vertices)
		t.rings.pixel(vertex{(lo.x + hi.x) / 2, (lo.y + hi.y) / 2})
	}
}

// take appends a run of another drawing.
func (d *drawing) take(o *drawing, r run) {
	start := int32(len(d.vertices))
	d.vertices = append(d.vertices, o.vertices[r.start:r.end]...)
	d.runs = append(d.runs, run{start, int32(len(d.vertices)), r.kind})
}

// around gives the smallest area that surrounds a hole; -1 if none does.
func (t *tracer) around(hole run) int {
	inner := t.rings.vertices[hole.start:hole.end]
	lo, hi := box(inner)
	best, least := -1, math.Inf(1)
	for n, r := range t.rings.runs {
		if r.kind != areaKind {
			continue
		}
		outer := t.rings.vertices[r.start:r.end]
		oLo, oHi := box(outer)
		if lo.x < oLo.x || lo.y < oLo.y || hi.x > oHi.x || hi.y > oHi.y || !surrounds(outer, inner) {
			continue
		}
		if size := area2(outer); size < least {
			best, least = n, size
		}
	}
	return best
}

// surrounds reports whether a ring, which does not cross another, surrounds it: the
// first vertex or middle of an edge of it that is not on the ring says so.
func surrounds(outer, inner []vertex) bool {
	before := inner[len(inner)-1]
	for _, v := range inner {
		for _, p := range [...]vertex{{2 * v.x, 2 * v.y}, {before.x + v.x, before.y + v.y}} {
			if in, on := locate(outer, p); !on {
				return in
			}
		}
		before = v
	}
	return false
}

// locate reports whether a point, in half units, lies in or on a ring.
func locate(ring []vertex, p vertex) (in, on bool) {
	before := ring[len(ring)-1]
	for _, v := range ring {
		a, b := vertex{2 * before.x, 2 * before.y}, vertex{2 * v.x, 2 * v.y}
		before = v
		side := turn(a, b, p)
		if side == 0 && (p == a || p == b || segment{a, b}.holdsOnLine(p)) {
			return false, true
		}
		if (a.y > p.y) != (b.y > p.y) && (side > 0) == (b.y > a.y) {
			in = !in
		}
	}
	return in, false
}
