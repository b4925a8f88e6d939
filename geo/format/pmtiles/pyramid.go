package pmtiles

import (
	"cmp"
	"context"
	"crypto/sha256"
	"slices"

	"kawasan/geo/format/export"
	"kawasan/geo/tile"
)

const mostTiles = 150_000 // no zoom is begun that could lead beyond

// pyramid is the tiles of a file in the making.
type pyramid struct {
	tiles     *export.Spool
	entries   []entry
	addressed uint64
	contents  uint64
	maxZoom   int
	known     map[[16]byte]entry // by the hash of a tile's bytes
	gzip      *compressor
	zipped    []byte
}

// numbered is a tile with its number.
type numbered struct {
	id   uint64
	x, y uint32
}

// makeTiles makes the tiles of each zoom below those of the zoom before that had
// something in them, in the order of their numbers.
func (w *writer) makeTiles() (*pyramid, error) {
	p := &pyramid{tiles: w.tiles, known: map[[16]byte]entry{}, gzip: &w.gzip}
	var stocks []*tile.Stock
	request := tile.Request{Address: tile.Address{Set: tile.WebMercatorQuad()}}
	for _, l := range w.layers {
		stocks = append(stocks, l.stock)
		request.Collections = append(request.Collections, l.about.ID)
		if len(w.layers) == 1 {
			request.Properties = l.layer.Properties
		}
	}
	maker := tile.NewStockMaker(stocks, tile.Options{CacheBytes: -1})
	deepest := w.deepest()
	ctx := w.options.Context
	if ctx == nil {
		ctx = context.Background()
	}
	level := []numbered{{}}
	for z := 0; ; z++ {
		p.maxZoom = z
		full := level[:0]
		for _, at := range level {
			request.Address.Zoom, request.Address.Row, request.Address.Col = z, int(at.y), int(at.x)
			t, err := maker.Make(ctx, request)
			if err != nil {
				return nil, err
			}
			if t.Features+t.Dropped == 0 {
				continue
			}
			if err := p.add(at.id, t.Data); err != nil {
				return nil, err
			}
			full = append(full, at)
		}
		if z >= deepest || len(full) == 0 || p.addressed+uint64(4*len(full)) > mostTiles {
			break
		}
		level = below(full, z+1)
	}
	return p, nil
}

// deepest is the zoom that no tile lies below.
func (w *writer) deepest() int {
	if w.options.MaxZoom > 0 {
		return min(w.options.MaxZoom, tile.MaxZoom)
	}
	return tile.DetailZoom
}

// below gives the four tiles of the zoom z under each tile, in order.
func below(above []numbered, z int) []numbered {
	list := make([]numbered, 0, 4*len(above))
	for _, at := range above {
		for i := range uint32(4) {
			x, y := 2*at.x+i&1, 2*at.y+i>>1
			list = append(list, numbered{tileID(z, x, y), x, y})
		}
	}
	slices.SortFunc(list, func(a, b numbered) int { return cmp.Compare(a.id, b.id) })
	return list
}

// add writes a tile, unless one with the same bytes is there.
func (p *pyramid) add(id uint64, data []byte) error {
	p.addressed++
	sum := sha256.Sum256(data)
	key := [16]byte(sum[:16])
	known, found := p.known[key]
	if !found {
		var err error
		if p.zipped, err = p.gzip.zip(p.zipped[:0], data); err != nil {
			return err
		}
		known = entry{offset: uint64(p.tiles.Size()), length: uint32(len(p.zipped))}
		p.known[key] = known
		if _, err := p.tiles.Write(p.zipped); err != nil {
			return err
		}
		p.contents++
	}
	if n := len(p.entries); n > 0 {
		if last := &p.entries[n-1]; last.offset == known.offset && last.id+uint64(last.run) == id {
			last.run++
			return nil
		}
	}
	p.entries = append(p.entries, entry{id: id, offset: known.offset, length: known.length, run: 1})
	return nil
}
