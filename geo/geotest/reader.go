package geotest

import (
	"cmp"
	"context"
	"iter"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"

	"github.com/paulmach/orb"

	"kawasan/geo"
)

// Reader answers queries from layers in memory.
type Reader struct {
	layers    map[string]*Layer
	catalogue *geo.Catalogue
	// Opened counts the queries opened, for tests that look at how much is read.
	Opened atomic.Int64
}

var _ geo.Reader = (*Reader)(nil)

// NewReader serves the layers. Later changes of a layer are not seen.
func NewReader(layers ...*Layer) *Reader {
	r := &Reader{layers: map[string]*Layer{}, catalogue: &geo.Catalogue{Version: 1}}
	for _, l := range layers {
		sorted := *l
		sorted.Features = slices.Clone(l.Features)
		sorted.Unlocated = slices.Clone(l.Unlocated)
		slices.SortFunc(sorted.Features, byID)
		slices.SortFunc(sorted.Unlocated, byID)
		r.layers[l.Collection.ID] = &sorted
		r.catalogue.Collections = append(r.catalogue.Collections, l.Collection)
	}
	slices.SortFunc(r.catalogue.Collections, func(a, b *geo.Collection) int { return cmp.Compare(a.ID, b.ID) })
	return r
}

func byID(a, b *geo.Feature) int {
	if a.Collection.IntegerID {
		x, _ := strconv.ParseInt(a.ID, 10, 64)
		y, _ := strconv.ParseInt(b.ID, 10, 64)
		return cmp.Compare(x, y)
	}
	return strings.Compare(a.ID, b.ID)
}

// Catalogue lists the layers.
func (r *Reader) Catalogue(ctx context.Context) (*geo.Catalogue, error) {
	return r.catalogue, ctx.Err()
}

// Open evaluates the query at once.
func (r *Reader) Open(ctx context.Context, q geo.Query) (geo.Selection, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	r.Opened.Add(1)
	l, ok := r.layers[q.Collection]
	if !ok {
		_, err := r.catalogue.Collection(q.Collection)
		return nil, err
	}
	rows := l.Features
	if q.Unlocated {
		rows = l.Unlocated
	}
	found, err := evaluate(l.Collection, rows, q)
	if err != nil {
		return nil, err
	}
	return found, nil
}

type selection struct {
	collection *geo.Collection
	features   []*geo.Feature
	matched    int
	counted    bool
}

func (s *selection) Collection() *geo.Collection { return s.collection }
func (s *selection) Matched() (int, bool) {
	return s.matched, s.counted && s.matched <= geo.MatchedLimit
}
func (s *selection) Close() {}
func (s *selection) Features() iter.Seq2[*geo.Feature, error] {
	return func(yield func(*geo.Feature, error) bool) {
		for _, f := range s.features {
			if !yield(f, nil) {
				return
			}
		}
	}
}

// evaluate applies a query to all rows of a collection.
func evaluate(c *geo.Collection, rows []*geo.Feature, q geo.Query) (*selection, error) {
	for _, name := range q.Properties {
		if _, ok := c.PropertyIndex(name); !ok {
			return nil, geo.Invalidf("properties", "collection %q has no property %q", c.ID, name)
		}
	}
	for _, k := range q.SortBy {
		if _, ok := c.PropertyIndex(k.Property); !ok {
			return nil, geo.Invalidf("sortby", "collection %q has no property %q", c.ID, k.Property)
		}
	}
	s := &selection{collection: c, counted: q.Count}
	var found []*geo.Feature
	for _, f := range rows {
		ok, err := matches(f, q)
		if err != nil {
			return nil, err
		}
		if ok {
			found = append(found, f)
		}
	}
	s.matched = len(found)
	order := func(a, b *geo.Feature) int { return compare(a, b, q.SortBy) }
	slices.SortStableFunc(found, order)
	if q.After != nil {
		place := cursorFeature(c, q)
		found = slices.DeleteFunc(found, func(f *geo.Feature) bool {
			if q.Backward {
				return order(f, place) >= 0
			}
			return order(f, place) <= 0
		})
	}
	if q.Backward {
		slices.Reverse(found)
	}
	found = found[min(q.Offset, len(found)):]
	if q.Limit > 0 {
		found = found[:min(q.Limit, len(found))]
	}
	for _, f := range found {
		s.features = append(s.features, project(f, q))
	}
	return s, nil
}

// cursorFeature is a feature that stands where the cursor does.
func cursorFeature(c *geo.Collection, q geo.Query) *geo.Feature {
	f := &geo.Feature{ID: q.After.ID, Collection: c, Values: make([]any, len(c.Properties))}
	for i, k := range q.SortBy {
		at, _ := c.PropertyIndex(k.Property)
		f.Values[at] = q.After.Values[i]
	}
	return f
}

// project leaves out what the query does not want.
func project(f *geo.Feature, q geo.Query) *geo.Feature {
	if q.Properties == nil && !q.SkipGeometry {
		return f
	}
	g := &geo.Feature{ID: f.ID, Collection: f.Collection, Values: f.Values, WKB: f.WKB, Prepared: f.Prepared}
	if q.SkipGeometry {
		g.WKB, g.Prepared = nil, nil
	}
	if q.Properties != nil {
		g.Values = make([]any, len(f.Values))
		for _, name := range q.Properties {
			i, _ := f.Collection.PropertyIndex(name)
			g.Values[i] = f.Values[i]
		}
	}
	return g
}

// boundOf decodes the geometry's box; ok is false without geometry.
func boundOf(f *geo.Feature) (orb.Bound, bool) {
	g, err := f.Geometry()
	if err != nil || g == nil {
		return orb.Bound{}, false
	}
	return g.Bound(), true
}

// With gives a reader that serves more layers beside these.
func (r *Reader) With(layers ...*Layer) *Reader {
	for _, l := range r.layers {
		layers = append(layers, l)
	}
	return NewReader(layers...)
}
