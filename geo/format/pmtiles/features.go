package pmtiles

import (
	"github.com/paulmach/orb"

	"kawasan/geo"
	"kawasan/geo/format/export"
	"kawasan/geo/format/wkb"
	"kawasan/geo/tile"
)

// layer is a layer whose features lie in the spool.
type layer struct {
	layer  export.Layer
	about  *geo.Collection // as the maker of tiles sees it
	stock  *tile.Stock
	places []place
	extent orb.Bound
}

// place is where a feature lies in the spool.
type place struct {
	at   int64
	size uint32
}

func newLayer(l export.Layer, spool *export.Spool) *layer {
	about := *l.Collection
	n := &layer{layer: l, about: about.Index(), extent: orb.Bound{Min: orb.Point{1, 1}, Max: orb.Point{-1, -1}}}
	var scratch []byte
	n.stock = tile.NewStock(n.about, tile.WebMercatorQuad(), func(i int, into *geo.Feature) error {
		p := n.places[i]
		if cap(scratch) < int(p.size) {
			scratch = make([]byte, p.size)
		}
		scratch = scratch[:p.size]
		if _, err := spool.ReadAt(scratch, p.at); err != nil {
			return export.NoRoom(err)
		}
		return export.ReadRecord(scratch, into)
	})
	return n
}

// add notes a feature that will lie in the spool from a place on, and reports whether
// tiles show anything of it.
func (l *layer) add(f *geo.Feature, at int64, size int) (shown bool, err error) {
	box, err := wkb.Bounds(f.WKB)
	if err != nil || box.IsEmpty() {
		return false, err
	}
	if shown, err = l.stock.Add(f); err != nil || !shown {
		return false, err
	}
	l.places = append(l.places, place{at, uint32(size)})
	b := orb.Bound{Min: orb.Point{box.MinX, box.MinY}, Max: orb.Point{box.MaxX, box.MaxY}}
	if l.extent.IsEmpty() {
		l.extent = b
	} else {
		l.extent = l.extent.Union(b)
	}
	return true, nil
}
