package cql2

import (
	"bytes"
	"encoding/binary"
	"testing"

	"github.com/twpayne/go-geom"
	"github.com/twpayne/go-geom/encoding/ewkb"
	"github.com/twpayne/go-geom/encoding/wkb"
	"github.com/twpayne/go-geom/encoding/wkt"
)

// The box read from the bytes is that of the geometry, in each notation.
func TestWKBBound(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"POINT (116 -1)", "POINT Z (116 -1 5)", "POINT M (116 -1 500)", "POINT ZM (116 -1 500 600)",
		"LINESTRING (116 -1, 117 2, 115 0)", "LINESTRING ZM (116 -1 500 600, 117 2 500 600)",
		"POLYGON ((0 0, 3 0, 3 4, 0 0), (1 1, 2 1, 2 2, 1 1))", "POLYGON Z ((0 0 9, 3 0 9, 3 4 9, 0 0 9))",
		"MULTIPOINT ((1 2), (3 -4))", "MULTILINESTRING ((0 0, 1 1), (-2 2, 3 3))", "MULTIPOLYGON (((0 0, 3 0, 3 4, 0 0)), ((10 10, 11 10, 11 12, 10 10)))",
		"GEOMETRYCOLLECTION (POINT (7 8), LINESTRING (0 0, -1 1))",
	} {
		g, err := wkt.Unmarshal(text)
		if err != nil {
			t.Fatal(err)
		}
		want := g.Bounds()
		if c, ok := g.(*geom.GeometryCollection); ok {
			want = geom.NewBounds(geom.XY)
			for _, part := range c.Geoms() {
				want.Extend(part)
			}
		}
		for _, order := range []binary.ByteOrder{binary.LittleEndian, binary.BigEndian} {
			for name, marshal := range map[string]func() ([]byte, error){
				"WKB":  func() ([]byte, error) { return wkb.Marshal(g, order) },
				"EWKB": func() ([]byte, error) { return ewkb.Marshal(g, order) },
				"EWKB with an SRID": func() ([]byte, error) {
					with, err := geom.SetSRID(g, 4326)
					if err != nil {
						return nil, err
					}
					return ewkb.Marshal(with, order)
				},
			} {
				b, err := marshal()
				if err != nil {
					t.Fatal(err)
				}
				got, ok := wkbBound(b)
				if !ok || got.Min[0] != want.Min(0) || got.Min[1] != want.Min(1) || got.Max[0] != want.Max(0) || got.Max[1] != want.Max(1) {
					t.Errorf("%s as %s, %v: got %v, %v, want %v", text, name, order, got, ok, want)
				}
				for n := range b {
					if _, ok := wkbBound(bytes.Clone(b[:n])); ok {
						t.Errorf("%s as %s, %v: %d of %d bytes have a box", text, name, order, n, len(b))
					}
				}
			}
		}
	}
	for _, empty := range []string{"LINESTRING EMPTY", "MULTIPOLYGON EMPTY", "GEOMETRYCOLLECTION EMPTY", "POINT EMPTY"} {
		g, err := wkt.Unmarshal(empty)
		if err != nil {
			t.Fatal(err)
		}
		b, err := ewkb.Marshal(g, binary.LittleEndian)
		if err != nil {
			t.Fatal(err)
		}
		if got, ok := wkbBound(b); ok {
			t.Errorf("%s has the box %v", empty, got)
		}
	}
}
