package pmtiles

import (
	"encoding/binary"
	"encoding/json"
	"math"

	"kawasan/geo"
	"kawasan/geo/format/export"
	"kawasan/geo/tile"
)

// Codes of the header.
const (
	gzipCode = 2
	mvtCode  = 1
)

// header is what the first bytes of the file say.
type header struct {
	root, metadata, leaves, tiles uint64 // lengths, in the order of the file
	addressed, entries, contents  uint64
	minZoom, maxZoom              uint8
	about                         tile.TileJSON
}

func (h header) bytes() []byte {
	b := append(make([]byte, 0, headerSize), "PMTiles\x03"...)
	at := uint64(headerSize)
	for _, length := range []uint64{h.root, h.metadata, h.leaves, h.tiles} {
		b = binary.LittleEndian.AppendUint64(b, at)
		b = binary.LittleEndian.AppendUint64(b, length)
		at += length
	}
	for _, n := range []uint64{h.addressed, h.entries, h.contents} {
		b = binary.LittleEndian.AppendUint64(b, n)
	}
	b = append(b, 1, gzipCode, gzipCode, mvtCode, h.minZoom, h.maxZoom) // 1: the tiles lie in the order of their ids
	for _, v := range h.about.Bounds {
		b = degrees(b, v)
	}
	b = append(b, min(uint8(h.about.Center[2]), h.maxZoom))
	b = degrees(b, h.about.Center[0])
	return degrees(b, h.about.Center[1])
}

func degrees(b []byte, v float64) []byte {
	return binary.LittleEndian.AppendUint32(b, uint32(int32(math.Round(v*1e7))))
}

// metadata describes the tiles to map programs.
func (w *writer) metadata(about tile.TileJSON) ([]byte, error) {
	provenance := map[string]map[string]string{}
	for _, l := range w.layers {
		facts := map[string]string{}
		for _, f := range l.layer.Provenance(w.options) {
			facts[f.Name] = f.Value
		}
		provenance[l.layer.Collection.ID] = facts
	}
	b, err := json.Marshal(map[string]any{
		"name": about.Name, "description": about.Description, "attribution": about.Attribution, "type": "overlay", "format": "pbf",
		"generator": w.options.Generator, "vector_layers": about.VectorLayers, "provenance": provenance,
	})
	if err != nil {
		return nil, err
	}
	return w.gzip.zip(nil, b)
}

// described gives the TileJSON of the layers at the zooms that there are.
func (w *writer) described(maxZoom int) tile.TileJSON {
	var collections []*geo.Collection
	for _, l := range w.layers {
		c := *l.layer.Collection
		c.Properties = nil
		for _, column := range l.layer.Columns() {
			c.Properties = append(c.Properties, column.Property)
		}
		c.Extent = l.extent
		collections = append(collections, c.Index())
	}
	about := tile.Describe(collections, w.options.Lang, "")
	for i := range about.VectorLayers {
		about.VectorLayers[i].MaxZoom = maxZoom
	}
	return about
}

var _ export.Writer = (*writer)(nil)
