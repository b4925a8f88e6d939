package quality

import (
	"cmp"
	"slices"

	"github.com/paulmach/orb"
)

// pairLimit bounds how many pairs of edges with meeting boxes are looked at in one
// geometry: some seconds of work. Only boundaries that wind back and forth all
// over themselves need more.
const pairLimit = 20_000_000

// faultLimit and touchLimit bound what is remembered of one geometry.
const faultLimit, touchLimit = 20_000, 500_000

// contact is a point in which two different rings touch.
type contact struct {
	e, f int32 // the edges
	at   orb.Point
}

// ringPair names two rings, the lower number first.
type ringPair [2]int32

// fault is what is wrong at a point where a boundary meets itself.
type fault struct {
	rule  *Rule
	e, f  int32
	at    orb.Point
	place Place
}

// contacts is what meets in a boundary.
type contacts struct {
	faults  []fault
	touches []contact
	crossed map[ringPair]bool // rings that cross or share a piece: no need to ask how they nest
	bases   []orb.Point       // where spikes without width begin
	cut     bool              // pairLimit was reached: what follows is not known
}

// meetings looks at all pairs of edges that could meet.
func (b *boundary) meetings() *contacts {
	c := &contacts{}
	looked := 0
	b.pairs(func(i, j int) bool {
		if looked++; looked > pairLimit || len(c.faults) > faultLimit || len(c.touches) > touchLimit {
			c.cut = true
			return false
		}
		e, f := b.edges[i], b.edges[j]
		if e > f {
			e, f = f, e
		}
		c.pair(b, e, f)
		return true
	})
	c.sort()
	return c
}

func (c *contacts) pair(b *boundary, e, f int32) {
	re, rf := b.ringOf[e], b.ringOf[f]
	if re == rf {
		if v, ok := b.adjacent(e, f); ok {
			c.fold(b, e, f, v)
			return
		}
	}
	how, at := meet(b.v[e], b.v[e+1], b.v[f], b.v[f+1])
	switch {
	case how == apart:
	case re == rf && how == touches:
		c.fault(b, ringTouchesItself, e, f, at)
	case re == rf:
		c.fault(b, selfIntersection, e, f, at)
	case how == touches:
		c.touches = append(c.touches, contact{e, f, at})
	default:
		if c.crossed == nil {
			c.crossed = map[ringPair]bool{}
		}
		c.crossed[ringPair{re, rf}] = true
		if b.rings[re].shell == b.rings[rf].shell {
			c.fault(b, ringsCross, e, f, at)
			return
		}
		c.fault(b, partsOverlap, e, f, at)
	}
}

// fold finds the edge that runs back over the one before it. v is the vertex between them.
func (c *contacts) fold(b *boundary, e, f, v int32) {
	before, after := b.v[e], b.v[f+1]
	if v == e { // the closing vertex: f comes before e
		before, after = b.v[f], b.v[e+1]
	}
	tip := b.v[v]
	if orientation(before, tip, after) == 0 && (tip[0]-before[0])*(after[0]-tip[0])+(tip[1]-before[1])*(after[1]-tip[1]) < 0 {
		c.faults = append(c.faults, fault{rule: foldedBack, e: e, f: f, at: tip, place: b.place(int(v))})
		if before == after { // it touches itself there because of the spike alone
			c.bases = append(c.bases, before)
		}
	}
}

func (c *contacts) fault(b *boundary, rule *Rule, e, f int32, at orb.Point) {
	c.faults = append(c.faults, fault{rule: rule, e: e, f: f, at: at, place: b.placeOn(e, at)})
}

// sort puts what was found in the order of the boundary, each point once.
func (c *contacts) sort() {
	if len(c.faults)+len(c.touches) == 0 {
		return
	}
	slices.SortFunc(c.faults, func(x, y fault) int {
		return cmp.Or(cmp.Compare(x.e, y.e), cmp.Compare(x.f, y.f))
	})
	seen, worse := map[orb.Point]bool{}, map[int32]bool{} // edges of which more is said than that they touch
	for _, f := range c.faults {
		if f.rule != ringTouchesItself {
			worse[f.e], worse[f.f] = true, true
		}
	}
	for _, p := range c.bases {
		seen[p] = true
	}
	c.faults = slices.DeleteFunc(c.faults, func(f fault) bool {
		if seen[f.at] || f.rule == ringTouchesItself && (worse[f.e] || worse[f.f]) {
			return true
		}
		seen[f.at] = true
		return false
	})
	slices.SortFunc(c.touches, func(x, y contact) int {
		return cmp.Or(cmp.Compare(x.e, y.e), cmp.Compare(x.f, y.f))
	})
}
