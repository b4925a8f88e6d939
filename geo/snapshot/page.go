package snapshot

import (
	"context"
	"slices"

	"github.com/paulmach/orb"

	"kawasan/geo"
)

// checkEvery is after how many features a pass looks whether it is still wanted.
const checkEvery = 1024

// page chooses the features of one query.
type page struct {
	view   *Collection
	query  geo.Query
	where  conditions
	order  sequence
	cursor *geo.Feature // stands at q.After; nil without
	// cursorRank is the rank of the place of the cursor.
	cursorRank uint64
	// found are the features of the page so far: with a limit a heap of the first
	// ones, the last of them on top, where features come in any order.
	found   []candidate
	keep    int // how many of the first features are wanted; 0 means all
	matched int
	seen    int
}

// candidate is a feature that fulfils the conditions.
type candidate struct {
	feature *geo.Feature
	// rank orders the way the query reads as far as it goes: of two that differ the
	// smaller comes first. 0 says nothing.
	rank uint64
}

func pageOf(c *Collection, q geo.Query) *page {
	p := &page{view: c, query: q, where: c.conditionsOf(q), order: sequenceOf(c.about, q.SortBy)}
	if q.After != nil {
		p.cursor, p.cursorRank = p.order.at(q.After, c.about), p.rankOf(c.keys.of(q.After.ID))
	}
	if q.Limit > 0 {
		p.keep = max(q.Offset, 0) + q.Limit
	}
	return p
}

// reserve takes the memory that the page will need, if that is little.
func (p *page) reserve() {
	if p.keep > 0 {
		p.found = make([]candidate, 0, min(p.keep, usualPage))
	}
}

// usualPage is the number of features up to which a page takes its memory at once.
const usualPage = 128

// compare orders the way the query reads.
func (p *page) compare(a, b *geo.Feature) int {
	if p.query.Backward {
		return p.order.compare(b, a)
	}
	return p.order.compare(a, b)
}

// rankOf turns the key of a feature into its rank.
func (p *page) rankOf(key uint64) uint64 {
	switch {
	case len(p.order.keys) > 0:
		return 0
	case p.query.Backward:
		return ^key
	}
	return key
}

// rank is compare for candidates, without a look at the features where their ranks decide.
func (p *page) rank(a, b candidate) int {
	if a.rank != b.rank && a.rank != 0 && b.rank != 0 {
		if a.rank < b.rank {
			return -1
		}
		return 1
	}
	return p.compare(a.feature, b.feature)
}

// wanted tells now and then whether the one who asked has gone.
func (p *page) wanted(ctx context.Context) error {
	if p.seen++; p.seen%checkEvery == 0 {
		return ctx.Err()
	}
	return nil
}

// add takes a feature that fulfils the conditions, in any order.
func (p *page) add(c candidate) {
	p.matched++
	if p.cursor != nil && p.rank(c, candidate{p.cursor, p.cursorRank}) <= 0 {
		return
	}
	switch {
	case p.keep == 0 || len(p.found) < p.keep:
		p.found = append(p.found, c)
		if p.keep > 0 {
			p.raise(len(p.found) - 1)
		}
	case p.rank(c, p.found[0]) < 0:
		p.found[0] = c
		p.sink()
	}
}

// raise restores the heap from its end upward.
func (p *page) raise(i int) {
	for i > 0 {
		parent := (i - 1) / 2
		if p.rank(p.found[parent], p.found[i]) >= 0 {
			return
		}
		p.found[parent], p.found[i] = p.found[i], p.found[parent]
		i = parent
	}
}

// sink restores the heap from its top downward.
func (p *page) sink() {
	for i := 0; ; {
		child := 2*i + 1
		if child >= len(p.found) {
			return
		}
		if right := child + 1; right < len(p.found) && p.rank(p.found[right], p.found[child]) > 0 {
			child = right
		}
		if p.rank(p.found[i], p.found[child]) >= 0 {
			return
		}
		p.found[i], p.found[child] = p.found[child], p.found[i]
		i = child
	}
}

// fromIDs looks the features up one by one.
func (p *page) fromIDs(ctx context.Context) error {
	key, asked := &geo.Feature{}, p.query.IDs
	if len(asked) > 1 {
		asked = slices.Compact(slices.Sorted(slices.Values(asked)))
	}
	for _, id := range asked {
		if err := p.wanted(ctx); err != nil {
			return err
		}
		key.ID = id
		f, ok := p.view.byID.Get(key)
		if !ok {
			continue
		}
		if ok, err := p.where.match(f); err != nil {
			return err
		} else if ok {
			p.add(candidate{feature: f})
		}
	}
	p.sort()
	return nil
}

// fromBoxes walks the R-tree for each box, then adds what has no geometry.
func (p *page) fromBoxes(ctx context.Context) error {
	var err error
	for i, box := range p.where.bounds {
		earlier := conditions{bounds: p.where.bounds[:i]}
		p.view.places.Search(box.Min, box.Max, func(lo, hi [2]float64, at placed) bool {
			if err = p.wanted(ctx); err != nil {
				return false
			}
			bound := orb.Bound{Min: lo, Max: hi}
			if !at.meetsWithin(bound, box) || i > 0 && earlier.meets(at.feature, bound) {
				return true
			}
			var ok bool
			if ok, err = p.where.matchRest(at.feature); ok {
				p.add(candidate{at.feature, p.rankOf(at.key)})
			}
			return err == nil
		})
		if err != nil {
			return err
		}
	}
	if err := p.addFrom(ctx, p.view.absent); err != nil {
		return err
	}
	p.sort()
	return nil
}

// fromNowhere passes over what has no position.
func (p *page) fromNowhere(ctx context.Context) error {
	if err := p.addFrom(ctx, p.view.absent); err != nil {
		return err
	}
	if p.where.bounds == nil { // an empty geometry meets no box
		if err := p.addFrom(ctx, p.view.hollow); err != nil {
			return err
		}
	}
	p.sort()
	return nil
}

// addFrom adds what fulfils the conditions but for the boxes.
func (p *page) addFrom(ctx context.Context, t *tree) error {
	var err error
	t.Scan(func(f *geo.Feature) bool {
		if err = p.wanted(ctx); err != nil {
			return false
		}
		var ok bool
		if ok, err = p.where.matchRest(f); ok {
			p.add(candidate{feature: f})
		}
		return err == nil
	})
	return err
}

// sort brings what add has collected into order and cuts the offset off.
func (p *page) sort() {
	slices.SortFunc(p.found, p.rank)
	p.found = p.found[min(max(p.query.Offset, 0), len(p.found)):]
}

// fromAll passes over all features in order, and ends early when nothing is
// counted and the page is full.
func (p *page) fromAll(ctx context.Context) error {
	order := p.view.order(p.order)
	if order == nil { // not kept sorted
		return p.fromUnsorted(ctx)
	}
	var err error
	skip := max(p.query.Offset, 0)
	visit := func(f *geo.Feature) bool {
		if err = p.wanted(ctx); err != nil {
			return false
		}
		var ok bool
		if ok, err = p.where.match(f); err != nil {
			return false
		} else if !ok {
			return true
		}
		p.matched++
		full := p.keep > 0 && len(p.found) == p.query.Limit
		switch {
		case full || p.cursor != nil && p.compare(f, p.cursor) <= 0:
		case skip > 0:
			skip--
		default:
			p.found = append(p.found, candidate{feature: f})
			full = p.keep > 0 && len(p.found) == p.query.Limit
		}
		return !full || p.query.Count && p.matched <= geo.MatchedLimit
	}
	switch {
	case p.query.Count && p.query.Backward:
		order.Reverse(visit)
	case p.query.Count:
		order.Scan(visit)
	default:
		p.from(order, visit)
	}
	return err
}

func (p *page) fromUnsorted(ctx context.Context) error {
	var err error
	p.view.byID.Scan(func(f *geo.Feature) bool {
		if err = p.wanted(ctx); err != nil {
			return false
		}
		var ok bool
		if ok, err = p.where.match(f); ok {
			p.add(candidate{feature: f})
		}
		return err == nil
	})
	p.sort()
	return err
}

// from walks an order from the cursor on, in the direction of the query.
func (p *page) from(order *tree, visit func(*geo.Feature) bool) {
	behind := func(f *geo.Feature) bool {
		if p.cursor != nil && p.order.compare(f, p.cursor) == 0 {
			return true
		}
		return visit(f)
	}
	switch {
	case p.cursor == nil && p.query.Backward:
		order.Reverse(visit)
	case p.cursor == nil:
		order.Scan(visit)
	case p.query.Backward:
		order.Descend(p.cursor, behind)
	default:
		order.Ascend(p.cursor, behind)
	}
}

// selection gives the page.
func (p *page) selection() geo.Selection {
	return &selection{
		about: p.view.about, page: p.found, bare: p.query.SkipGeometry,
		matched: p.matched, counted: p.query.Count && p.matched <= geo.MatchedLimit,
	}
}

// stream answers a query without conditions by a walk through the order: only
// what is read costs, and the offset costs nothing.
func (p *page) stream() geo.Selection {
	all := p.view.Len()
	s := &selection{about: p.view.about, bare: p.query.SkipGeometry, matched: all, counted: p.query.Count && all <= geo.MatchedLimit}
	order := p.view.order(p.order)
	if order == nil {
		_ = p.fromUnsorted(context.Background()) // no condition that could fail
		s.page = p.found
		return s
	}
	s.walk = func(yield func(*geo.Feature) bool) {
		skip, left := max(p.query.Offset, 0), p.query.Limit
		visit := func(f *geo.Feature) bool {
			if skip > 0 {
				skip--
				return true
			}
			if !yield(f) {
				return false
			}
			left--
			return left != 0
		}
		if p.cursor != nil || skip == 0 {
			p.from(order, visit)
			return
		}
		if skip >= all {
			return
		}
		if p.query.Backward {
			first, _ := order.GetAt(all - 1 - skip)
			skip = 0
			order.Descend(first, visit)
			return
		}
		first, _ := order.GetAt(skip)
		skip = 0
		order.Ascend(first, visit)
	}
	return s
}
