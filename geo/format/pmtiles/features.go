package pmtiles

import (
	"context"
	"iter"
	"slices"

	"github.com/paulmach/orb"
	"github.com/tidwall/rtree"

	"kawasan/geo"
	"kawasan/geo/format/export"
	"kawasan/geo/format/wkb"
)

// layer is what is held of a layer: all but the geometries.
type layer struct {
	layer    export.Layer
	about    *geo.Collection // as the maker of tiles sees it
	features []held
	boxes    rtree.RTreeG[int32]
	extent   orb.Bound
}

// held is a feature whose geometry lies in the spool.
type held struct {
	id     string
	values []any
	offset int64
	size   int32
}

func newLayer(l export.Layer) *layer {
	about := *l.Collection
	about.Version = 1 // it does not change while tiles are made of it
	return &layer{layer: l, about: about.Index(), extent: orb.Bound{Min: orb.Point{1, 1}, Max: orb.Point{-1, -1}}}
}

func (l *layer) add(f *geo.Feature, box wkb.Box, offset int64) {
	l.boxes.Insert([2]float64{box.MinX, box.MinY}, [2]float64{box.MaxX, box.MaxY}, int32(len(l.features)))
	l.features = append(l.features, held{id: f.ID, values: slices.Clone(f.Values), offset: offset, size: int32(len(f.WKB))})
	b := orb.Bound{Min: orb.Point{box.MinX, box.MinY}, Max: orb.Point{box.MaxX, box.MaxY}}
	if l.extent.IsEmpty() {
		l.extent = b
	} else {
		l.extent = l.extent.Union(b)
	}
}

// spooled is the Reader from which tiles are made.
type spooled struct {
	layers []*layer
	spool  *export.Spool
}

var _ geo.Reader = spooled{}

// Catalogue lists the layers.
func (s spooled) Catalogue(context.Context) (*geo.Catalogue, error) {
	c := &geo.Catalogue{Version: 1}
	for _, l := range s.layers {
		c.Collections = append(c.Collections, l.about)
	}
	slices.SortFunc(c.Collections, func(a, b *geo.Collection) int {
		if a.ID < b.ID {
			return -1
		}
		return 1
	})
	return c, nil
}

// Open gives the features that meet the boxes, in their order.
func (s spooled) Open(_ context.Context, q geo.Query) (geo.Selection, error) {
	i := slices.IndexFunc(s.layers, func(l *layer) bool { return l.about.ID == q.Collection })
	if i < 0 {
		return nil, geo.Errorf(geo.NotFound, "there is no layer %q", q.Collection)
	}
	found := &selection{layer: s.layers[i], spool: s.spool}
	if len(q.Bounds) == 0 {
		for at := range found.layer.features {
			found.places = append(found.places, int32(at))
		}
		return found, nil
	}
	for _, b := range q.Bounds {
		found.layer.boxes.Search(b.Min, b.Max, func(_, _ [2]float64, at int32) bool {
			found.places = append(found.places, at)
			return true
		})
	}
	slices.Sort(found.places)
	found.places = slices.Compact(found.places)
	return found, nil
}

type selection struct {
	layer  *layer
	spool  *export.Spool
	places []int32
}

// Collection describes the features.
func (s *selection) Collection() *geo.Collection { return s.layer.about }

// Matched is not counted.
func (s *selection) Matched() (int, bool) { return 0, false }

// Close has nothing to free.
func (s *selection) Close() {}

// Features reads the geometries back.
func (s *selection) Features() iter.Seq2[*geo.Feature, error] {
	return func(yield func(*geo.Feature, error) bool) {
		for _, at := range s.places {
			h := s.layer.features[at]
			f := &geo.Feature{ID: h.id, Collection: s.layer.about, Values: h.values, WKB: make([]byte, h.size)}
			if _, err := s.spool.ReadAt(f.WKB, h.offset); err != nil {
				yield(nil, export.NoRoom(err))
				return
			}
			if !yield(f, nil) {
				return
			}
		}
	}
}
