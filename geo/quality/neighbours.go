package quality

import (
	"context"
	"math"
	"strings"

	"github.com/paulmach/orb"

	"kawasan/geo"
)

// Limits of judging neighbours. They bound the time, which is otherwise that of a
// layer in which everything overlaps everything.
const (
	pairsPerFeature  = 60     // pairs looked at, on average
	overlapsMeasured = 20_000 // whose area is computed
	cachedVertices   = 400_000
	rounding         = 0.1 // metres: overlaps and gaps narrower than this are rounding
)

func bits(x float64) uint64  { return math.Float64bits(x) }
func float(b uint64) float64 { return math.Float64frombits(b) }

// coverage reports whether features of the collection are areas that could overlap.
func coverage(c *geo.Collection) bool {
	return strings.Contains(c.GeometryType, "Polygon") || c.GeometryType == "Geometry"
}

// neighbourhood is the judging of all features against each other.
type neighbourhood struct {
	judge    *Judge
	tree     *boxTree
	place    []int32 // of each feature in the order of the tree
	cache    map[int]*neighbour
	order    []int // of the cache, oldest first
	vertices int

	pairs, measured int
	narrow          int64
	gaps            map[[2]int]bool
	overlapping     map[[2]int]bool
	meet            encounters
	told            map[int]bool // that their Mercator is swapped
	found           map[finding]bool
}

// neighbours judges the features against each other and against what is stored.
func (j *Judge) neighbours(ctx context.Context) error {
	if len(j.spool.list) == 0 {
		return nil
	}
	if err := j.spool.w.Flush(); err != nil {
		return geo.Errorf(geo.Unavailable, "there is no room to judge neighbours").Try("more room for temporary files (TMPDIR, or --export-dir), then the same again").Because(err)
	}
	j.identity.geometries, j.identity.labels = nil, nil // no feature comes any more
	list := j.spool.list
	n := &neighbourhood{judge: j, cache: map[int]*neighbour{}, gaps: map[[2]int]bool{}, overlapping: map[[2]int]bool{}, told: map[int]bool{}, found: map[finding]bool{}, place: make([]int32, len(list))}
	n.tree = newBoxTree(len(list), func(i int) orb.Bound { return list[i].bound })
	for at, i := range n.tree.order {
		n.place[i] = int32(at)
	}
	for at, i := range n.tree.order {
		if at%256 == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		if err := n.among(ctx, int(i)); err != nil {
			return err
		}
		if n.exhausted() {
			break
		}
	}
	if err := n.stored(ctx); err != nil {
		return err
	}
	if err := n.swapped(ctx); err != nil {
		return err
	}
	if n.narrow > 0 {
		j.report.limit(say("%d overlaps narrower than %v m were taken as rounding", "%d tumpang tindih yang lebih sempit dari %v m dianggap pembulatan", n.narrow, rounding))
	}
	return nil
}

func (n *neighbourhood) exhausted() bool {
	if n.pairs <= pairsPerFeature*len(n.judge.spool.list)+100_000 {
		return false
	}
	n.judge.report.limit(say("neighbours beyond %d pairs: the features overlap each other too often", "tetangga di luar %d pasang: fitur terlalu sering bertumpang tindih", n.pairs))
	return true
}

// feature gives feature i with its boundary; the newest are kept.
func (n *neighbourhood) feature(i int) (*neighbour, error) {
	if f, ok := n.cache[i]; ok {
		return f, nil
	}
	f, err := n.judge.spool.read(i)
	if err != nil {
		return nil, err
	}
	for n.vertices > cachedVertices && len(n.order) > 0 {
		oldest := n.order[0]
		n.order = n.order[1:]
		n.vertices -= len(n.cache[oldest].boundary.v)
		delete(n.cache, oldest)
	}
	n.cache[i], n.order, n.vertices = f, append(n.order, i), n.vertices+len(f.boundary.v)
	return f, nil
}

// among judges a feature against the new ones that come after it, and looks for gaps
// between it and all around it.
func (n *neighbourhood) among(ctx context.Context, i int) error {
	reach := gapWidth / 110_000
	around := n.judge.spool.list[i].bound
	around = orb.Bound{Min: orb.Point{around.Min[0] - reach, around.Min[1] - reach}, Max: orb.Point{around.Max[0] + reach, around.Max[1] + reach}}
	var f *neighbour // read once there is one to compare it with, as most may stand alone
	var err error
	var near []*neighbour
	var which []int
	n.tree.search(around, func(k int) bool {
		if k == i {
			return true
		}
		if n.pairs++; n.exhausted() {
			return false
		}
		var other *neighbour
		if f == nil {
			f, err = n.feature(i)
		}
		if err == nil {
			other, err = n.feature(k)
		}
		if err != nil {
			return false
		}
		near, which = append(near, other), append(which, k)
		if n.place[k] > n.place[i] {
			before := n.measured
			if err = n.compare(ctx, f, other); n.measured > before {
				n.overlapping[[2]int{min(i, k), max(i, k)}] = true
			}
		}
		return err == nil
	})
	if err != nil || len(near) == 0 {
		return err
	}
	n.gap(i, f, near, which)
	return nil
}

// stored compares with the features that are there already and will stay.
func (n *neighbourhood) stored(ctx context.Context) error {
	o := n.judge.o
	if o.Stored == nil || o.Judged {
		return nil
	}
	catalogue, err := o.Stored.Catalogue(ctx)
	if err != nil {
		return err
	}
	if _, err := catalogue.Collection(o.Collection.ID); err != nil {
		return nil // a new collection has no neighbours
	}
	all := n.tree.levels[len(n.tree.levels)-1][0]
	s, err := o.Stored.Open(ctx, geo.Query{Collection: o.Collection.ID, Bounds: []orb.Bound{all}})
	if err != nil {
		return err
	}
	defer s.Close()
	for f, err := range s.Features() {
		if err != nil {
			return err
		}
		if n.judge.identity.has(f.ID) || len(f.WKB) == 0 || o.Replaced != nil && o.Replaced(f.ID) {
			continue
		}
		if err := n.against(ctx, f); err != nil {
			return err
		}
		if n.exhausted() {
			return nil
		}
	}
	return nil
}

func (n *neighbourhood) against(ctx context.Context, f *geo.Feature) error {
	g, err := decode(f.WKB)
	if err != nil || !g.polygonal() {
		return nil //nolint:nilerr // what is stored is judged by its own turn
	}
	other, err := n.judge.spool.neighbourOf(f)
	if err != nil {
		return err
	}
	n.tree.search(spreadOf(g).bound, func(k int) bool {
		n.pairs++
		var own *neighbour
		if own, err = n.feature(k); err == nil {
			err = n.compare(ctx, own, other)
		}
		return err == nil && !n.exhausted()
	})
	return err
}
