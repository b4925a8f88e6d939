package pmtiles

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"testing"

	"kawasan/geo"
	"kawasan/geo/format/export"
	"kawasan/geo/geotest"
	"kawasan/geo/tile"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/mvt"
)

// archive is a file as a reader of the format sees it.
type archive struct {
	t     testing.TB
	bytes []byte
}

func (a archive) section(at int) []byte {
	offset, length := binary.LittleEndian.Uint64(a.bytes[at:]), binary.LittleEndian.Uint64(a.bytes[at+8:])
	return a.bytes[offset : offset+length]
}

// tile finds a tile from the root down, as a client does; nil where there is none.
func (a archive) tile(z int, x, y uint32) []byte {
	a.t.Helper()
	id := tileID(z, x, y)
	directory := a.section(8)
	for range 3 {
		var found *entry
		for _, e := range unpack(a.t, directory) {
			if e.id > id {
				break
			}
			found = &e
		}
		switch {
		case found == nil, found.run > 0 && id >= found.id+uint64(found.run):
			return nil
		case found.run > 0:
			return unzip(a.t, a.section(56)[found.offset:found.offset+uint64(found.length)])
		}
		directory = a.section(40)[found.offset : found.offset+uint64(found.length)]
	}
	a.t.Fatal("directories are nested too deep")
	return nil
}

func unzip(t testing.TB, b []byte) []byte {
	t.Helper()
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	out, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// written writes collections of the shipped data.
func written(t testing.TB, o export.Options, collections ...string) (archive, *geotest.Reader) {
	t.Helper()
	r := geotest.Shipped(t)
	return writtenFrom(t, r, o, collections...), r
}

func writtenFrom(t testing.TB, r geo.Reader, o export.Options, collections ...string) archive {
	t.Helper()
	var b bytes.Buffer
	o.TempDir = t.TempDir()
	w, err := New(&b, o)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Discard()
	for _, id := range collections {
		found, c, err := geo.Collect(t.Context(), r, geo.Query{Collection: id})
		if err == nil {
			err = w.Open(export.Layer{Collection: c, Query: "test"})
		}
		for _, f := range found {
			if err == nil {
				err = w.Write(f)
			}
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return archive{t, b.Bytes()}
}

// Each tile of the file is the one that the API serves, and where the API serves
// an empty one the file has none.
func TestTilesAreThoseServed(t *testing.T) {
	t.Parallel()
	const deepest = 8
	collections := []string{"zones", "mills", "regencies", "plantation_statistics"}
	a, r := written(t, export.Options{MaxZoom: deepest}, collections...)
	if string(a.bytes[:8]) != "PMTiles\x03" || a.bytes[101] != deepest {
		t.Fatalf("the header is %x", a.bytes[:headerSize])
	}
	maker := tile.NewMaker(r, tile.Options{})
	set := tile.WebMercatorQuad()
	all, err := r.Catalogue(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var chosen []*geo.Collection
	for _, id := range collections[:3] {
		c, err := all.Collection(id)
		if err != nil {
			t.Fatal(err)
		}
		chosen = append(chosen, c)
	}
	tiles, addressed := 0, binary.LittleEndian.Uint64(a.bytes[72:])
	for z := range deepest + 1 {
		l := set.LimitsAt(tile.ExtentOf(chosen), z)
		for row := max(l.MinTileRow-1, 0); row <= min(l.MaxTileRow+1, 1<<z-1); row++ {
			for col := max(l.MinTileCol-1, 0); col <= min(l.MaxTileCol+1, 1<<z-1); col++ {
				want, err := maker.Make(t.Context(), tile.Request{Address: tile.Address{Set: set, Zoom: z, Row: row, Col: col}, Collections: collections[:3]})
				if err != nil {
					t.Fatal(err)
				}
				got := a.tile(z, uint32(col), uint32(row))
				if !bytes.Equal(got, want.Data) {
					t.Errorf("%d/%d/%d: got %d bytes, want %d", z, col, row, len(got), len(want.Data))
				}
				if got != nil {
					tiles++
				}
			}
		}
	}
	if uint64(tiles) != addressed {
		t.Errorf("found %d tiles, the header says %d", tiles, addressed)
	}
	if layers, err := mvt.Unmarshal(a.tile(0, 0, 0)); err != nil || len(layers) != 3 {
		t.Errorf("the tile of the world has %d layers (%v)", len(layers), err)
	}
}

// Where a tile has no room for all, those that it has are the ones that the API
// serves too, and so are its notes of what is left out.
func TestFullTilesAreThoseServed(t *testing.T) {
	t.Parallel()
	estates := geotest.NewLayer("estates", "Polygon", geotest.Prop("name", geo.String), geotest.Prop("kind", geo.String), geotest.Prop("area", geo.Number))
	for i := range 12_000 {
		x, y := 114+float64(i*7919%12_000)/3_000, -2+float64(i*104_729%12_000)/3_000
		size := 0.002 + float64(i*31%97)/5_000
		ring := orb.Ring{{x, y}, {x + size, y}, {x + size, y + size/2}, {x + size/3, y + size}, {x, y}}
		var area any
		if i%5 > 0 {
			area = float64(i) / 7
		}
		estates.Add(fmt.Sprintf("e-%05d", i), orb.Polygon{ring}, geotest.Values{"name": fmt.Sprintf("Kebun %d dari perusahaan yang bernama panjang sekali", i), "kind": []string{"inti", "plasma"}[i%2], "area": area})
	}
	r := geotest.NewReader(estates)
	a := writtenFrom(t, r, export.Options{MaxZoom: 9}, "estates")
	maker := tile.NewMaker(r, tile.Options{})
	full := 0
	for _, at := range [][3]int{{0, 0, 0}, {3, 6, 4}, {6, 52, 31}, {6, 52, 32}, {7, 104, 63}, {8, 209, 128}, {8, 210, 127}, {9, 420, 255}} {
		want, err := maker.Make(t.Context(), tile.Request{Address: tile.Address{Set: tile.WebMercatorQuad(), Zoom: at[0], Row: at[2], Col: at[1]}, Collections: []string{"estates"}})
		if err != nil {
			t.Fatal(err)
		}
		if got := a.tile(at[0], uint32(at[1]), uint32(at[2])); !bytes.Equal(got, want.Data) {
			t.Errorf("%v: got %d bytes, want %d", at, len(got), len(want.Data))
		}
		if want.Dropped > 0 {
			full++
		}
	}
	if full < 3 {
		t.Errorf("only %d tiles are full", full)
	}
}

func TestMetadata(t *testing.T) {
	t.Parallel()
	a, _ := written(t, export.Options{MaxZoom: 4, Lang: "id", Generator: "Kawasan 1"}, "mills")
	var m struct {
		Name, Generator string
		Layers          []struct {
			ID      string
			MaxZoom int
			Fields  map[string]string
		} `json:"vector_layers"`
		Provenance map[string]map[string]string
	}
	if err := json.Unmarshal(unzip(t, a.section(24)), &m); err != nil {
		t.Fatal(err)
	}
	if m.Name != "Pabrik kelapa sawit" || m.Generator != "Kawasan 1" || len(m.Layers) != 1 || m.Layers[0].MaxZoom != 4 || m.Layers[0].Fields["name"] != "String" || m.Provenance["mills"]["query"] != "test" {
		t.Errorf("got %+v", m)
	}
	west, east := int32(binary.LittleEndian.Uint32(a.bytes[102:])), int32(binary.LittleEndian.Uint32(a.bytes[110:]))
	if west < 113e7 || east > 120e7 || west >= east {
		t.Errorf("the bounds are %d to %d", west, east)
	}
}

func TestWhatMakesNoTiles(t *testing.T) {
	t.Parallel()
	c := &geo.Collection{ID: "table", Properties: []geo.Property{{Name: "name", Type: geo.String}}}
	w, err := New(io.Discard, export.Options{TempDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Open(export.Layer{Collection: c.Index()}); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); !geo.IsCode(err, geo.Unsupported) {
		t.Errorf("got %v, want Unsupported", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	w, err = New(io.Discard, export.Options{TempDir: t.TempDir(), Context: ctx})
	if err != nil {
		t.Fatal(err)
	}
	f, _, err := geo.Collect(t.Context(), geotest.Shipped(t), geo.Query{Collection: "zones"})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Open(export.Layer{Collection: f[0].Collection}); err != nil {
		t.Fatal(err)
	}
	if err := w.Write(f[0]); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err == nil {
		t.Error("tiles are made for nobody")
	}
}
