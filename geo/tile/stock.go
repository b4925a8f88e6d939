package tile

import (
	"context"
	"slices"
	"strings"

	"kawasan/geo"
)

// Stock is a collection whose features are kept elsewhere, in a file say: of each
// only the box is in memory, about 110 bytes. A tile of it has the same bytes as one of
// a Reader that gives the features in the same order.
type Stock struct {
	layer   *layer
	deepest int // zoom
	read    func(at int, into *geo.Feature) error
	current geo.Feature
	drafted shape // of the current feature, if it is kept so
	isDraft bool
	fault   error
}

// NewStock will have the features that read gives by their place, from 0 in the order
// in which they are added: id, values, and as geometry what Draft gave, or that which they
// came with. What read puts into a feature may be overwritten by the next call. No tile
// is asked for below the deepest zoom.
func NewStock(c *geo.Collection, set *MatrixSet, deepest int, read func(at int, into *geo.Feature) error) *Stock {
	s := &Stock{layer: newLayer(c, set), deepest: deepest, read: read}
	s.layer.lean, s.layer.stock = true, s
	return s
}

// Add notes the next feature and reports whether there is anything of it to show;
// if not it has no place.
func (s *Stock) Add(f *geo.Feature) (bool, error) {
	l := s.layer
	if len(f.WKB) == 0 {
		return false, nil
	}
	if err := project(l.set, f.WKB, 0, &l.spare); err != nil {
		return false, unreadable(f, err)
	}
	if len(l.spare.runs) == 0 {
		return false, nil
	}
	b := boxOf(l.spare.vertices)
	l.places.Insert(b.lo, b.hi, int32(len(l.boxes)))
	l.boxes = append(l.boxes, b)
	l.numbers = append(l.numbers, FeatureNumber(f))
	return true, nil
}

// fetch reads a feature, to be drawn next, and lets the writer know its attributes.
func (s *Stock) fetch(w *layerWriter, at int32) {
	s.current.Collection = s.layer.collection
	if err := s.read(int(at), &s.current); err != nil {
		s.current = geo.Feature{}
		s.fault = err
		return
	}
	s.isDraft = s.drafted.readDraft(s.current.WKB)
	w.about.learn(int(at), &s.current)
	w.widen(uint32(len(w.about.ends)))
}

// NewStockMaker makes tiles of stocks on one grid, for one goroutine. It keeps nothing.
func NewStockMaker(stocks []*Stock, o Options) *Maker {
	m := NewMaker(stockReader(stocks), o)
	m.stocks = map[string]*Stock{}
	for _, s := range stocks {
		m.stocks[s.layer.collection.ID] = s
	}
	return m
}

// find finds what a tile may show of the stock, with attributes of its own.
func (s *Stock) find(c *composer, r Request) (geo.Version, error) {
	if s.fault != nil {
		return 0, s.fault
	}
	s.layer.about = newAttributes(s.layer.collection)
	s.layer.about.learned = map[int]span{}
	found := c.source(s.layer, r, nil)
	found.found = s.layer.within(found.found, r.Address)
	return s.layer.collection.Version, nil
}

// stockReader lists stocks. Their features are not asked from it.
type stockReader []*Stock

var _ geo.Reader = stockReader{}

// Catalogue lists the collections.
func (r stockReader) Catalogue(context.Context) (*geo.Catalogue, error) {
	c := &geo.Catalogue{Version: 1}
	for _, s := range r {
		c.Collections = append(c.Collections, s.layer.collection)
	}
	slices.SortFunc(c.Collections, func(a, b *geo.Collection) int { return strings.Compare(a.ID, b.ID) })
	return c, nil
}

// Open is Unsupported.
func (r stockReader) Open(_ context.Context, q geo.Query) (geo.Selection, error) {
	return nil, geo.Errorf(geo.Unsupported, "%s can't be selected from", q.Collection)
}
