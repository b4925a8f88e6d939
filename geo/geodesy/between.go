package geodesy

import (
	"context"
	"math"

	"github.com/paulmach/orb"
)

// Result is the shortest geodesic between two shapes.
type Result struct {
	Metres     float64   // 0 when the shapes meet
	From, To   orb.Point // the closest points, lon, lat, on the first and on the second shape; equal up to 360 degrees when they meet
	BearingDeg float64   // azimuth at From, degrees clockwise from north, 0 <= x < 360; 0 when they meet
}

// Meets reports whether the shapes have a point in common, so that there is no bearing.
func (r Result) Meets() bool { return r.Metres == 0 }

// Between returns the shortest geodesic between two shapes. Shapes less than a
// micrometre apart are said to meet. Of several equally short geodesics it
// returns the same whatever limit a caller works with; of several common points
// any. Two polygons of 72 vertices take some 5 microseconds.
func Between(a, b *Shape) Result {
	s := search{a: a, b: b, best: upperBound(boxOf(a.bound), boxOf(b.bound))}
	s.run()
	return s.result()
}

// BetweenWithin is Between for shapes at most limit metres apart. It returns
// false when they are further apart, which mostly takes less than a microsecond.
func BetweenWithin(a, b *Shape, limit float64) (Result, bool) {
	if !(limit >= 0) {
		return Result{}, false
	}
	x, y := boxOf(a.bound), boxOf(b.bound)
	if lowerBound(x, y, limit) > limit {
		return Result{}, false
	}
	s := search{a: a, b: b, best: min(above(limit), upperBound(x, y))}
	s.run()
	r := s.result()
	if !s.found || r.Metres > limit {
		return Result{}, false
	}
	return r, true
}

// Measure is BetweenWithin that ends soon after the context is done, with its error:
// two shapes of a million vertices that run side by side, equally far apart
// to the millimetre, take a minute. The limit
// may be infinite.
func Measure(ctx context.Context, a, b *Shape, limit float64) (Result, bool, error) {
	if !(limit >= 0) {
		return Result{}, false, nil
	}
	x, y := boxOf(a.bound), boxOf(b.bound)
	s := search{a: a, b: b, best: upperBound(x, y), stop: ctx.Done()}
	if limit <= s.best {
		if lowerBound(x, y, limit) > limit {
			return Result{}, false, nil
		}
		s.best = min(above(limit), s.best)
	}
	s.run()
	if s.gaveUp {
		return Result{}, false, ctx.Err()
	}
	r := s.result()
	return r, s.found && r.Metres <= limit, nil
}

// Within reports whether two shapes are at most limit metres apart, just as
// comparing Between with the limit would, but stops as soon as bounds decide.
func Within(a, b *Shape, limit float64) bool {
	if !(limit >= 0) {
		return false
	}
	x, y := boxOf(a.bound), boxOf(b.bound)
	if lowerBound(x, y, limit) > limit {
		return false
	}
	if upperBound(x, y) <= limit {
		return true
	}
	s := search{a: a, b: b, best: above(limit), goal: limit, early: true}
	s.run()
	return s.done || s.found && s.shortest.metres <= limit
}

// ClosestPoint returns the point of the shape nearest to p, which is p itself
// inside a polygon, and its distance in metres.
func ClosestPoint(s *Shape, p orb.Point) (orb.Point, float64, error) {
	q, err := Prepare(p)
	if err != nil {
		return orb.Point{}, 0, err
	}
	r := Between(q, s)
	return r.To, r.Metres, nil
}

// search is one walk through two hierarchies.
type search struct {
	a, b *Shape
	best float64 // no pair of points further apart than this matters

	early bool    // stop when best falls to goal: the caller asks for a verdict only
	goal  float64 // metres
	done  bool    // nothing shorter can be found, or the goal is reached

	stop   <-chan struct{} // closed when nobody waits any more; nil if it never is
	steps  int
	gaveUp bool

	shortest touch // the shortest geodesic solved so far
	found    bool
	solver   solver

	frame frame   // of both shapes, where one does for all their boxes; else the zero frame
	shift float64 // how far b is moved east in the frame

	pairs [16]candidate // pairs of edges that may hold the minimum, not solved yet
	n     int
}

// candidate is a pair of edges and a lower bound of its distance.
type candidate struct {
	a, b  segment
	lower float64
}

// frameSpan is the most degrees of latitude that two shapes cover together for which
// one frame does.
const frameSpan = 1.0

// setFrame works out one frame for all boxes, where it is about as good as one for each pair.
func (s *search) setFrame() {
	a, b := boxOf(s.a.bound), boxOf(s.b.bound)
	south, north := min(a.south, b.south), max(a.north, b.north)
	shift := turns((a.west+a.east)-(b.west+b.east), 720)
	if s.best > planarReach || north-south > frameSpan || max(a.east, b.east+shift)-min(a.west, b.west+shift) > 170 {
		return
	}
	s.frame, s.shift = leastFrame(south, north, s.best/2), shift
}

// lower is a lower bound of the distance of two boxes, one of each shape, if it
// is at most the best.
func (s *search) lower(a, b box) float64 {
	if s.frame.lat == 0 {
		return lowerBound(a, b, s.best)
	}
	b.west, b.east = b.west+s.shift, b.east+s.shift
	return s.frame.gap(a, b)
}

func (s *search) run() {
	s.setFrame()
	if s.interiors(s.a, s.b) || s.interiors(s.b, s.a) {
		return
	}
	s.visit(s.a.root(), s.b.root())
	s.solve()
}

func (s *search) result() Result {
	t := s.shortest
	if t.metres <= meetMetres {
		return Result{From: t.p, To: t.q}
	}
	return Result{Metres: t.metres, From: t.p, To: t.q, BearingDeg: compass(t.az1)}
}

// interiors looks for a part of inner that lies in a polygon of outer. If no
// edges cross, a part lies wholly inside or wholly outside, so one of its
// vertices tells; if edges cross, the walk finds that.
func (s *search) interiors(outer, inner *Shape) bool {
	if !outer.hasPolygon() || lonGap(boxOf(outer.bound), boxOf(inner.bound)) > 0 {
		return false
	}
	for _, p := range inner.parts {
		if p.kind == holePart {
			continue
		}
		if v := inner.vertex(p.start); outer.Contains(v) {
			s.meet(v, v)
			return true
		}
	}
	return false
}

func (s *Shape) hasPolygon() bool {
	for _, p := range s.parts {
		if p.kind == outerPart {
			return true
		}
	}
	return false
}

// meet records a common point.
func (s *search) meet(p, q orb.Point) {
	s.shortest, s.found, s.best, s.done = touch{p: p, q: q}, true, 0, true
}

// visit walks a pair of nodes whose bound does not rule it out.
func (s *search) visit(x, y node) {
	if x.level == 0 && y.level == 0 {
		s.leafPair(x, y)
		return
	}
	bx, by := s.a.box(x), s.b.box(y)
	if s.early && upperBound(bx, by) <= s.goal {
		s.done = true
		return
	}
	var t tangent
	far := false
	if s.isMany() && s.best > tangentReach {
		if t, far = newTangent(bx, by); far && t.lower(bx, by) > s.best {
			return
		}
	}
	openX := x.level > 0 && (y.level == 0 || bx.size() >= by.size())
	var kids [fanOut]node
	var lower [fanOut]float64
	var k node
	var count int32
	if openX {
		k, count = s.a.children(x)
	} else {
		k, count = s.b.children(y)
	}
	for i := range count {
		cx, cy := bx, by
		if openX {
			cx = s.a.box(k)
		} else {
			cy = s.b.box(k)
		}
		l := s.lower(cx, cy)
		if far {
			l = max(l, t.lower(cx, cy))
		}
		j := i
		for ; j > 0 && lower[j-1] > l; j-- {
			kids[j], lower[j] = kids[j-1], lower[j-1]
		}
		kids[j], lower[j] = k, l
		k.i++
	}
	for i := range count {
		if s.done || lower[i] > s.best {
			return
		}
		if openX {
			s.visit(kids[i], y)
		} else {
			s.visit(x, kids[i])
		}
	}
}

// isMany reports whether the other bounds have let so many leaves pass that those by
// a tangent are worth a geodesic each.
func (s *search) isMany() bool {
	const many = 64
	return s.steps > many
}

// edge gives the i-th edge of a leaf; a point is an edge of no length.
func (s *Shape) edge(l leaf, i int32) segment {
	j := 2 * (l.first + i)
	if l.edges == 0 {
		return segment{s.xy[j], s.xy[j+1], s.xy[j], s.xy[j+1]}
	}
	return segment{s.xy[j], s.xy[j+1], s.xy[j+2], s.xy[j+3]}
}

// leafPair walks the edges of two leaves.
func (s *search) leafPair(x, y node) {
	if s.steps++; s.steps%1024 == 0 {
		select {
		case <-s.stop:
			s.gaveUp, s.done = true, true
			return
		default:
		}
	}
	la, lb := s.a.leaves[x.i], s.b.leaves[y.i]
	ba, bb := s.a.box(x), s.b.box(y)
	na, nb := max(1, int32(la.edges)), max(1, int32(lb.edges))
	shift := turns((ba.west+ba.east)-(bb.west+bb.east), 720)
	bb.west, bb.east = bb.west+shift, bb.east+shift
	all := ba.union(bb)
	if s.best > planarReach || s.isMany() && s.best > tangentReach {
		if t, ok := newTangent(ba, s.b.box(y)); ok {
			s.farPair(la, lb, t)
			return
		}
	}
	if s.best > planarReach || all.east-all.west > 170 {
		for i := range na {
			a := s.a.edge(la, i)
			for j := range nb {
				if s.pair(a, s.b.edge(lb, j)); s.done {
					return
				}
			}
		}
		return
	}
	f := leastFrame(all.south, all.north, s.best/2)
	if la.edges == 0 {
		s.pointLeaf(f, s.a.edge(la, 0), lb, shift)
		return
	}
	for i := range na {
		a := s.a.edge(la, i)
		ea := a.box()
		if f.gap(ea, bb) > s.best {
			continue
		}
		for j := range nb {
			b := s.b.edge(lb, j)
			c := b.shifted(shift)
			if f.gap(ea, c.box()) > s.best {
				continue
			}
			if s.flat(f, a, b, c); s.done {
				return
			}
		}
	}
}

// pointLeaf is leafPair for a point, in a least frame.
func (s *search) pointLeaf(f frame, a segment, lb leaf, shift float64) {
	for j := range max(1, int32(lb.edges)) {
		b := s.b.edge(lb, j)
		c := b.shifted(shift)
		if d2, _ := f.toSegment(a.ax, a.ay, c); below(math.Sqrt(d2)) > s.best {
			continue
		}
		if s.flat(f, a, b, c); s.done {
			return
		}
	}
}

// gap is a lower bound of the distance of two boxes in a least frame.
func (f frame) gap(a, b box) float64 { return below(math.Sqrt(f.gap2(a, b))) }

// gap2 is the square of the distance of two boxes in a frame.
func (f frame) gap2(a, b box) float64 {
	dx := f.lon * max(0, b.west-a.east, a.west-b.east)
	dy := f.lat * max(0, b.south-a.north, a.south-b.north)
	return dx*dx + dy*dy
}

func square(x float64) float64 { return x * x }

// flat considers a pair of edges in a least frame; c is b moved next to a.
func (s *search) flat(f frame, a, b, c segment) {
	d2, u, v := f.between(a, c)
	lower := below(math.Sqrt(d2))
	if lower > s.best {
		return
	}
	px, py := a.at(u)
	qx, qy := c.at(v)
	g := greatestFrame(min(py, qy), max(py, qy))
	dx, dy := (px-qx)*g.lon, (py-qy)*g.lat
	upper := above(math.Sqrt(dx*dx + dy*dy))
	if upper <= meetMetres/2 {
		qx, qy = b.at(v)
		s.meet(orb.Point{px, py}, orb.Point{qx, qy})
		return
	}
	if upper < s.best {
		if s.best = upper; s.early && upper <= s.goal {
			s.done = true
			return
		}
	}
	if a.isShort() && b.isShort() {
		s.add(candidate{a, b, lower})
		return
	}
	s.pair(a, b)
}

// pair considers a pair of edges of any length: long ones are split until the
// pieces are short or ruled out.
func (s *search) pair(a, b segment) {
	lower := lowerBound(a.box(), b.box(), s.best)
	if s.done || lower > s.best {
		return
	}
	shortA, shortB := a.isShort(), b.isShort()
	if shortA && shortB {
		if s.best > planarReach {
			s.add(candidate{a, b, lower})
			s.solve()
			return
		}
		c := b.shifted(turns((a.ax+a.bx)-(b.ax+b.bx), 720))
		s.flat(leastFrame(min(a.ay, a.by, b.ay, b.by), max(a.ay, a.by, b.ay, b.by), s.best/2), a, b, c)
		return
	}
	if !shortA && (shortB || a.box().size() >= b.box().size()) {
		p, q := a.halves()
		if lowerBound(q.box(), b.box(), s.best) < lowerBound(p.box(), b.box(), s.best) {
			p, q = q, p
		}
		s.pair(p, b)
		s.pair(q, b)
		return
	}
	p, q := b.halves()
	if lowerBound(a.box(), q.box(), s.best) < lowerBound(a.box(), p.box(), s.best) {
		p, q = q, p
	}
	s.pair(a, p)
	s.pair(a, q)
}

// add keeps a pair to be solved when the bounds have done what they can.
func (s *search) add(c candidate) {
	if s.n == len(s.pairs) {
		s.solve()
		if s.done || c.lower > s.best {
			return
		}
	}
	s.pairs[s.n] = c
	s.n++
}

// solve solves the pairs kept, nearest first, until the bounds rule out the rest.
func (s *search) solve() {
	for s.n > 0 && !s.done {
		k := 0
		for i := 1; i < s.n; i++ {
			if s.pairs[i].lower < s.pairs[k].lower {
				k = i
			}
		}
		c := s.pairs[k]
		s.n--
		s.pairs[k] = s.pairs[s.n]
		if c.lower > s.best {
			break
		}
		t := s.solver.shortest(c.a, c.b, s.best)
		if t.metres <= meetMetres {
			s.meet(t.p, t.q)
			break
		}
		if math.IsInf(t.metres, 1) {
			continue // ruled out by a closer bound
		}
		if !s.found || t.better(s.shortest) {
			s.shortest, s.found = t, true
		}
		s.best = min(s.best, t.metres)
		if s.early && s.best <= s.goal {
			s.done = true
		}
	}
	s.n = 0
}
