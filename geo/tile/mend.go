package tile

import (
	"cmp"
	"slices"
)

// mender makes rings valid that cross or touch themselves or one another, as
// moved vertices and cuts may leave them.
type mender struct {
	segments []segment
	rings    [][2]int32 // the first and last segment of the ring of each
	order    []uint64
	splits   []split
	pieces   []piece
	active   []int32 // pieces
	patience int     // pairs of segments that may still be looked at
	tracer   tracer
}

// split is a point at which a segment is divided.
type split struct {
	segment int
	at      vertex
}

const (
	// mostRounds is how often segments are divided where they meet: a crossing that
	// is moved to the nearest unit may make another.
	mostRounds = 32
	// exactRounds is after how many of them what is close counts as touching (Hobby
	// 1999, snap rounding), which comes to an end.
	exactRounds = 3
	// mostMended is the number of segments of a drawing above which it stays as it is,
	// mostPairs that of the pairs of segments looked at for one: some 20 ms.
	mostMended = 1 << 16
	mostPairs  = 1 << 23
)

// mend makes the areas of a drawing valid: no ring crosses or touches itself, nor
// does one cross another. Rings that are so already are not changed. Where they
// are not, what the rings surround stays (by the non-zero rule), and edges move by
// a unit at most.
func (m *mender) mend(d *drawing) {
	if d.isStar() || !m.collect(d) {
		return
	}
	m.patience = mostPairs
	if m.valid() || !m.divide() {
		return
	}
	m.merge()
	if m.bound(); m.patience < 0 {
		return
	}
	m.tracer.trace(m.segments)
	m.tracer.replaceAreas(d)
}

// isStar reports whether the drawing has no areas, or a single ring that runs once
// around the middle of its box and all of it can be seen from there: such a ring
// is valid.
func (d *drawing) isStar() bool {
	areas := 0
	var ring []vertex
	for _, r := range d.runs {
		if r.kind >= areaKind {
			areas++
			ring = d.vertices[r.start:r.end]
		}
	}
	if areas != 1 {
		return areas == 0
	}
	lo, hi := box(ring)
	middle := vertex{(lo.x + hi.x) / 2, (lo.y + hi.y) / 2}
	rounds := 0
	before := ring[len(ring)-1]
	for _, v := range ring {
		if turn(middle, before, v) <= 0 {
			return false
		}
		if before.y < middle.y && v.y >= middle.y { // the one way past east or west that all take
			rounds++
		}
		before = v
	}
	return rounds == 1
}

// collect takes the segments of all areas; false if there are too many.
func (m *mender) collect(d *drawing) bool {
	m.segments, m.rings = m.segments[:0], m.rings[:0]
	for _, r := range d.runs {
		if r.kind < areaKind {
			continue
		}
		ring := d.vertices[r.start:r.end]
		first := int32(len(m.segments))
		before := ring[len(ring)-1]
		for _, v := range ring {
			m.segments = append(m.segments, segment{before, v})
			m.rings = append(m.rings, [2]int32{first, first + int32(len(ring)) - 1})
			before = v
		}
	}
	return len(m.segments) <= mostMended
}

// valid reports whether no two segments meet but neighbours of a ring at their ends.
func (m *mender) valid() bool {
	var at meeting
	ok := m.sweep(func(i, j int) bool {
		s, o := m.segments[i], m.segments[j]
		if s.a == o.a || s.b == o.b || s.b == o.a && s.a == o.b {
			return false
		}
		if s.b == o.a && !m.follows(i, j) || o.b == s.a && !m.follows(j, i) {
			return false
		}
		first, second := meet(s, o, false, &at)
		return first+second == 0
	})
	return ok || m.patience < 0 // then nothing is known, and nothing done
}

// follows reports whether a segment is the next of its ring after another.
func (m *mender) follows(i, j int) bool {
	ends := m.rings[i]
	if int32(i) == ends[1] {
		return int32(j) == ends[0]
	}
	return j == i+1
}

// divide divides segments where they meet until none does but at its ends; false
// if that comes to no end.
func (m *mender) divide() bool {
	for round := range mostRounds {
		close := round >= exactRounds
		m.splits = m.splits[:0]
		var at meeting
		done := m.sweep(func(i, j int) bool {
			first, second := meet(m.segments[i], m.segments[j], close, &at)
			for _, p := range at.inFirst[:first] {
				m.splits = append(m.splits, split{i, p})
			}
			for _, p := range at.inSecond[:second] {
				m.splits = append(m.splits, split{j, p})
			}
			return len(m.splits) <= mostMended
		})
		if !done || len(m.splits)+len(m.segments) > mostMended {
			return false
		}
		if len(m.splits) == 0 {
			return true
		}
		m.cutUp()
	}
	return false
}

// cutUp divides the segments at the splits.
func (m *mender) cutUp() {
	slices.SortFunc(m.splits, func(s, o split) int {
		if s.segment != o.segment {
			return s.segment - o.segment
		}
		a := m.segments[s.segment].a
		return cmp.Compare(a.distance2(s.at), a.distance2(o.at))
	})
	for _, s := range m.splits {
		// What is left of the segment runs from its last split to the end.
		rest := &m.segments[s.segment]
		if s.at == rest.a || s.at == rest.b {
			continue
		}
		m.segments = append(m.segments, segment{rest.a, s.at})
		m.segments[s.segment].a = s.at
	}
}

func (v vertex) distance2(o vertex) float64 {
	dx, dy := float64(o.x-v.x), float64(o.y-v.y)
	return dx*dx + dy*dy
}

// piece is a segment from west to east (north to south where it has one x), with
// how often the rings run that way less how often they run the other.
type piece struct {
	a, b vertex
	runs int
}

// merge makes a piece of each segment that rings run more often one way than the other.
func (m *mender) merge() {
	all := m.pieces[:0]
	for _, s := range m.segments {
		switch {
		case s.a.before(s.b):
			all = append(all, piece{s.a, s.b, 1})
		case s.b.before(s.a):
			all = append(all, piece{s.b, s.a, -1})
		}
	}
	slices.SortFunc(all, func(p, q piece) int { return cmp.Or(p.a.compare(q.a), p.b.compare(q.b)) })
	kept := all[:0]
	for i := 0; i < len(all); {
		p := all[i]
		for i++; i < len(all) && all[i].a == p.a && all[i].b == p.b; i++ {
			p.runs += all[i].runs
		}
		if p.runs != 0 {
			kept = append(kept, p)
		}
	}
	m.pieces = kept
}

func (v vertex) compare(o vertex) int { return cmp.Or(cmp.Compare(v.x, o.x), cmp.Compare(v.y, o.y)) }

func (v vertex) before(o vertex) bool { return v.compare(o) < 0 }

// bound makes segments of the pieces that have the inside on one side alone, directed as
// rings run, with the inside on the right hand. How often the rings surround a side
// is counted along a line from the middle of the piece to the north.
func (m *mender) bound() {
	m.segments = m.segments[:0]
	if len(m.pieces) == 0 {
		return
	}
	west := m.pieces[0].a.x // they are in order
	m.order = m.order[:0]
	for i, p := range m.pieces {
		m.order = append(m.order, uint64(p.a.x+p.b.x-2*west)<<32|uint64(i))
	}
	slices.Sort(m.order)
	m.active = m.active[:0]
	next := 0
	for _, key := range m.order {
		p := m.pieces[uint32(key)]
		at := vertex{p.a.x + p.b.x, p.a.y + p.b.y} // twice the middle
		for ; next < len(m.pieces) && 2*m.pieces[next].a.x <= at.x; next++ {
			if o := m.pieces[next]; o.a.x < o.b.x {
				m.active = append(m.active, int32(next))
			}
		}
		if m.patience -= len(m.active); m.patience < 0 {
			return
		}
		left := 0 // how often the rings surround the northern side; of an upright piece the eastern one
		here := m.active[:0]
		for _, i := range m.active {
			o := &m.pieces[i]
			if 2*o.b.x <= at.x {
				continue // passed for good
			}
			here = append(here, i)
			if (o.b.x-o.a.x)*(at.y-2*o.a.y)-(at.x-2*o.a.x)*(o.b.y-o.a.y) > 0 {
				left += o.runs
			}
		}
		m.active = here
		right := left + p.runs
		switch {
		case left <= 0 && right > 0:
			m.segments = append(m.segments, segment{p.a, p.b})
		case left > 0 && right <= 0:
			m.segments = append(m.segments, segment{p.b, p.a})
		}
	}
}
