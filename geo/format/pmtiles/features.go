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
	draft  []byte
}

// place is where a feature lies in the spool.
type place struct {
	at   int64
	size uint32
}

func newLayer(l export.Layer, spool *export.Spool, deepest int) *layer {
	about := *l.Collection
	n := &layer{layer: l, about: about.Index(), extent: orb.Bound{Min: orb.Point{1, 1}, Max: orb.Point{-1, -1}}}
	var scratch []byte
	n.stock = tile.NewStock(n.about, tile.WebMercatorQuad(), deepest, func(i int, into *geo.Feature) error {
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

// add appends a feature as the spool keeps it, and notes that it will lie there from a place
// on. Shown is false, and nothing is appended, if tiles show nothing of it.
func (l *layer) add(record []byte, f *geo.Feature, at int64) (_ []byte, shown bool, err error) {
	box, err := wkb.Bounds(f.WKB)
	if err != nil || box.IsEmpty() {
		return record, false, err
	}
	if shown, err = l.stock.Add(f); err != nil || !shown {
		return record, false, err
	}
	before := len(record)
	l.draft = l.stock.Draft(l.draft[:0], f)
	if record, err = export.AppendRecord(record, f, l.draft); err != nil {
		return record, false, err
	}
	l.places = append(l.places, place{at, uint32(len(record) - before)})
	b := orb.Bound{Min: orb.Point{box.MinX, box.MinY}, Max: orb.Point{box.MaxX, box.MaxY}}
	if l.extent.IsEmpty() {
		l.extent = b
	} else {
		l.extent = l.extent.Union(b)
	}
	return record, true, nil
}
