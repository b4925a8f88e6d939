package quality

import (
	"cmp"
	"slices"

	"github.com/paulmach/orb"
)

// nestLimit bounds how many pairs of rings with meeting boxes are compared in one geometry.
const nestLimit = 2_000_000

// nesting finds what is wrong with how the rings lie in each other, once it is known
// where they touch.
func (b *boundary) nesting(c *contacts) (faults []fault) {
	if len(b.rings) == 1 {
		return nil
	}
	s := newSampler(b, c)
	looked := 0
	tree := newBoxTree(len(b.rings), func(i int) orb.Bound { return b.rings[i].bound })
	for i, r := range b.rings {
		if r.shell != i {
			faults = append(faults, s.hole(i)...)
		}
	}
	tree.pairs(func(i, j int) bool {
		if looked++; looked > nestLimit {
			c.cut = true
			return false
		}
		i, j = min(i, j), max(i, j)
		ri, rj := b.rings[i], b.rings[j]
		switch {
		case ri.shell == i && rj.shell == j:
			faults = append(faults, s.parts(i, j)...)
		case ri.shell == rj.shell && ri.shell != i:
			faults = append(faults, s.holes(i, j)...)
		}
		return true
	})
	faults = append(faults, b.disconnected(c, faults)...)
	slices.SortStableFunc(faults, func(x, y fault) int { return cmp.Compare(x.e, y.e) })
	return faults
}

// sampler gives, for each ring, points on it of which at least one lies on each run
// between two contacts, so that where they lie decides where the whole ring does.
type sampler struct {
	b       *boundary
	c       *contacts
	touched map[int32][]orb.Point // by edge
	rings   map[int32][]int32     // edges with contacts, by ring
}

func newSampler(b *boundary, c *contacts) *sampler {
	s := &sampler{b: b, c: c, touched: map[int32][]orb.Point{}, rings: map[int32][]int32{}}
	for _, t := range c.touches {
		for _, e := range []int32{t.e, t.f} {
			if _, known := s.touched[e]; !known {
				s.rings[b.ringOf[e]] = append(s.rings[b.ringOf[e]], e)
			}
			s.touched[e] = append(s.touched[e], t.at)
		}
	}
	return s
}

// sample is a point on an edge.
type sample struct {
	e  int32
	at orb.Point
}

func (s *sampler) samples(r int) []sample {
	edges := s.rings[int32(r)]
	if len(edges) == 0 {
		first := s.b.rings[r].first
		return []sample{{int32(first), s.b.v[first]}}
	}
	var list []sample
	for _, e := range edges {
		stops := append([]orb.Point{s.b.v[e]}, s.touched[e]...)
		stops = append(stops, s.b.v[e+1])
		k := 0
		if bound := edgeBound(s.b.v[e], s.b.v[e+1]); bound.Max[1]-bound.Min[1] > bound.Max[0]-bound.Min[0] {
			k = 1
		}
		slices.SortFunc(stops, func(x, y orb.Point) int { return cmp.Compare(x[k], y[k]) })
		for i := range len(stops) - 1 {
			p, q := stops[i], stops[i+1]
			middle := orb.Point{p[0] + (q[0]-p[0])/2, p[1] + (q[1]-p[1])/2}
			if p != q {
				list = append(list, sample{e, middle})
			}
		}
	}
	return list
}

// sides says where the samples of a ring lie relative to another.
func (s *sampler) sides(r, other int) (in, out *sample) {
	for _, p := range s.samples(r) {
		switch s.b.locate(p.at, other) {
		case inside:
			in = &p
		case outside:
			out = &p
		}
		if in != nil && out != nil {
			break
		}
	}
	return in, out
}

func (s *sampler) known(i, j int) bool { return s.c.crossed[ringPair{int32(i), int32(j)}] }

func (s *sampler) fault(rule *Rule, p *sample) []fault {
	return []fault{{rule: rule, e: p.e, f: p.e, at: p.at, place: s.b.placeOn(p.e, p.at)}}
}

// hole compares a hole with its shell.
func (s *sampler) hole(h int) []fault {
	shell := s.b.rings[h].shell
	if s.known(shell, h) {
		return nil
	}
	in, out := s.sides(h, shell)
	switch {
	case in != nil && out != nil:
		return s.fault(ringsCross, out)
	case out != nil:
		return s.fault(holeOutsideShell, out)
	}
	return nil
}

// holes compares two holes of a part.
func (s *sampler) holes(i, j int) []fault {
	if s.known(i, j) {
		return nil
	}
	for _, pair := range [][2]int{{i, j}, {j, i}} {
		in, out := s.sides(pair[0], pair[1])
		switch {
		case in != nil && out != nil:
			return s.fault(ringsCross, in)
		case in != nil:
			return s.fault(holesNested, in)
		}
	}
	return nil
}

// parts compares two parts of a multipolygon by their shells; a part may lie in a
// hole of the other.
func (s *sampler) parts(i, j int) []fault {
	if s.known(i, j) {
		return nil
	}
	for _, pair := range [][2]int{{i, j}, {j, i}} {
		for _, p := range s.samples(pair[0]) {
			if s.b.locate(p.at, pair[1]) != inside {
				continue
			}
			if !slices.ContainsFunc(s.b.holesOf(pair[1]), func(h int) bool { return s.b.locate(p.at, h) != outside }) {
				faults := s.fault(partsOverlap, &p)
				faults[0].f = int32(s.b.rings[pair[1]].first) // an edge of the part around it
				return faults
			}
		}
	}
	return nil
}

// disconnected finds the points in which rings of one part touch so that they
// cut its interior in two: those that close a cycle of rings and points.
// Rings that are wrong already stay out of it.
func (b *boundary) disconnected(c *contacts, known []fault) (faults []fault) {
	wrong := map[int32]bool{}
	for _, f := range slices.Concat(c.faults, known) {
		for _, e := range []int32{f.e, f.f} {
			if r := b.ringOf[e]; b.rings[r].shell != int(r) {
				wrong[r] = true
			}
		}
	}
	type incidence struct {
		ring int32
		at   orb.Point
	}
	parent := make([]int32, len(b.rings), len(b.rings)+len(c.touches))
	for i := range parent {
		parent[i] = int32(i)
	}
	find := func(i int32) int32 {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	nodes := map[incidence]int32{} // points, by shell
	seen := map[incidence]bool{}
	for _, t := range c.touches {
		shell := int32(b.rings[b.ringOf[t.e]].shell)
		if int32(b.rings[b.ringOf[t.f]].shell) != shell || wrong[b.ringOf[t.e]] || wrong[b.ringOf[t.f]] {
			continue
		}
		point := incidence{shell, t.at}
		if _, ok := nodes[point]; !ok {
			nodes[point] = int32(len(parent))
			parent = append(parent, int32(len(parent)))
		}
		for _, e := range []int32{t.e, t.f} {
			at := incidence{b.ringOf[e], t.at}
			if seen[at] {
				continue
			}
			seen[at] = true
			x, y := find(at.ring), find(nodes[point])
			if x == y {
				faults = append(faults, fault{rule: interiorDisconnected, e: e, f: e, at: t.at, place: b.placeOn(e, t.at)})
				continue
			}
			parent[x] = y
		}
	}
	return faults
}
