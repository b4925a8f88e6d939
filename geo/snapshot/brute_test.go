package snapshot_test

import (
	"cmp"
	"context"
	"iter"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/paulmach/orb"

	"kawasan/geo"
)

// brute is a source that keeps features in a slice and answers by the wording
// of the contract, one feature after the other. Its data change under a lock,
// and each change is one more version.
type brute struct {
	mu        sync.Mutex
	about     geo.Collection
	features  map[string]*geo.Feature
	unlocated []*geo.Feature
	fault     error       // answered instead of anything
	between   func()      // runs once, after the next Open
	reads     []geo.Query // those that were opened
	more      []*geo.Collection
	slow      bool // what is not read in bulk takes longer than a query may
	stuck     bool // nothing comes behind the first features
}

var _ geo.Reader = (*brute)(nil)

func newBrute(about geo.Collection, features ...*geo.Feature) *brute {
	b := &brute{about: about, features: map[string]*geo.Feature{}}
	for _, f := range features {
		b.features[f.ID] = f
	}
	return b
}

// change writes features and takes ids away, and gives the new version.
func (b *brute) change(written []*geo.Feature, removed ...string) geo.Version {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, f := range written {
		b.features[f.ID] = f
	}
	for _, id := range removed {
		delete(b.features, id)
	}
	b.about.Version++
	return b.about.Version
}

func (b *brute) set(change func(*brute)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	change(b)
}

func (b *brute) describe() *geo.Collection {
	about := b.about
	about.Count = int64(len(b.features))
	return about.Index()
}

func (b *brute) Catalogue(context.Context) (*geo.Catalogue, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.fault != nil {
		return nil, b.fault
	}
	return &geo.Catalogue{Collections: append([]*geo.Collection{b.describe()}, b.more...)}, nil
}

func (b *brute) Open(ctx context.Context, q geo.Query) (geo.Selection, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.reads = append(b.reads, q)
	if b.fault != nil {
		return nil, b.fault
	}
	if q.Collection != b.about.ID {
		return nil, geo.Errorf(geo.NotFound, "there is no collection %q", q.Collection)
	}
	s := &bruteSelection{about: b.describe()}
	if q.Unlocated {
		s.page = slices.Clone(b.unlocated)
	} else {
		if b.slow && !q.Bulk {
			s.end = func() error { return geo.Errorf(geo.Timeout, "the time for a query is up") }
		}
		if b.stuck {
			s.end = func() error { <-ctx.Done(); return ctx.Err() }
		}
		s.page, s.matched = b.answer(q)
		s.counted = q.Count
	}
	if then := b.between; then != nil {
		b.between = nil
		b.mu.Unlock()
		then()
		b.mu.Lock()
	}
	return s, nil
}

func (b *brute) answer(q geo.Query) ([]*geo.Feature, int) {
	var found []*geo.Feature
	for _, f := range b.features {
		if bruteMatch(q, f) {
			found = append(found, f)
		}
	}
	order := func(x, y *geo.Feature) int { return bruteCompare(q, x, y) }
	slices.SortFunc(found, order)
	if q.Backward {
		slices.Reverse(found)
	}
	matched := len(found)
	if q.After != nil {
		cursor := &geo.Feature{ID: q.After.ID, Collection: &b.about, Values: make([]any, len(b.about.Properties))}
		for i, k := range q.SortBy {
			at, _ := b.about.PropertyIndex(k.Property)
			cursor.Values[at] = q.After.Values[i]
		}
		found = slices.DeleteFunc(found, func(f *geo.Feature) bool {
			c := order(f, cursor)
			return c == 0 || (c < 0) != q.Backward
		})
	}
	found = found[min(q.Offset, len(found)):]
	if q.Limit > 0 {
		found = found[:min(q.Limit, len(found))]
	}
	return found, matched
}

func bruteMatch(q geo.Query, f *geo.Feature) bool {
	if q.IDs != nil && !slices.Contains(q.IDs, f.ID) {
		return false
	}
	if q.NoPosition && f.WKB != nil {
		g, err := f.Geometry()
		if err != nil {
			panic(err)
		}
		if everywhere := (orb.Bound{Min: orb.Point{-1e9, -1e9}, Max: orb.Point{1e9, 1e9}}); rationalMeets(g, everywhere) {
			return false
		}
	}
	if len(q.Bounds) > 0 && f.WKB != nil {
		g, err := f.Geometry()
		if err != nil {
			panic(err)
		}
		if !slices.ContainsFunc(q.Bounds, func(b orb.Bound) bool { return rationalMeets(g, b) }) {
			return false
		}
	}
	if q.Time != nil {
		if d, ok := f.Value("from").(geo.Date); ok && q.Time.End != nil && d.Time().After(*q.Time.End) {
			return false
		}
		if d, ok := f.Value("to").(geo.Date); ok && q.Time.Start != nil && !(d + 1).Time().After(*q.Time.Start) {
			return false
		}
	}
	if q.AsOf != nil {
		if d, ok := f.Value("valid_from").(geo.Date); ok && *q.AsOf < d {
			return false
		}
		if d, ok := f.Value("valid_to").(geo.Date); ok && *q.AsOf >= d {
			return false
		}
	}
	if q.Filter != nil {
		ok, _ := q.Filter.Match(f)
		return ok
	}
	return true
}

func bruteCompare(q geo.Query, x, y *geo.Feature) int {
	for _, k := range q.SortBy {
		a, b := x.Value(k.Property), y.Value(k.Property)
		if a == nil || b == nil {
			if (a == nil) != (b == nil) {
				if a == nil {
					return 1
				}
				return -1
			}
			continue
		}
		c := 0
		switch a := a.(type) {
		case string:
			c = slices.Compare([]rune(a), []rune(b.(string)))
		case int64:
			c = cmp.Compare(a, b.(int64))
		case float64:
			c = cmp.Compare(a, b.(float64))
		case geo.Date:
			c = cmp.Compare(a, b.(geo.Date))
		case time.Time:
			c = a.Compare(b.(time.Time))
		case bool:
			c = cmp.Compare(strconv.FormatBool(a), strconv.FormatBool(b.(bool)))
		}
		if k.Descending {
			c = -c
		}
		if c != 0 {
			return c
		}
	}
	if x.Collection.IntegerID {
		a, _ := strconv.ParseInt(x.ID, 10, 64)
		b, _ := strconv.ParseInt(y.ID, 10, 64)
		return cmp.Compare(a, b)
	}
	return slices.Compare([]rune(x.ID), []rune(y.ID))
}

type bruteSelection struct {
	about   *geo.Collection
	page    []*geo.Feature
	matched int
	counted bool
	end     func() error // comes behind the first features; nil for none
}

func (s *bruteSelection) Collection() *geo.Collection { return s.about }
func (s *bruteSelection) Matched() (int, bool)        { return s.matched, s.counted }
func (s *bruteSelection) Close()                      {}
func (s *bruteSelection) Features() iter.Seq2[*geo.Feature, error] {
	return func(yield func(*geo.Feature, error) bool) {
		for i, f := range s.page {
			if i == 2 && s.end != nil {
				yield(nil, s.end())
				return
			}
			if !yield(f, nil) {
				return
			}
		}
	}
}
