package geo_test

import (
	"bytes"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
	"github.com/twpayne/go-geom"
	ewkb "github.com/twpayne/go-geom/encoding/ewkb"
	iso "github.com/twpayne/go-geom/encoding/wkb"

	"kawasan/geo"
)

// Heights, measures, byte order and reference system go; the positions stay.
func TestFlatWKB(t *testing.T) {
	t.Parallel()
	want, err := wkb.Marshal(orb.MultiPolygon{{{{116, -1}, {117, -1}, {117, 0}, {116, -1}}}, {{{1, 2}, {3, 4}, {5, 7}, {1, 2}}}})
	if err != nil {
		t.Fatal(err)
	}
	for _, layout := range []geom.Layout{geom.XY, geom.XYZ, geom.XYM, geom.XYZM} {
		position := func(x, y float64) geom.Coord { return append(geom.Coord{x, y}, 9, 8)[:layout.Stride()] }
		g := geom.NewMultiPolygon(layout).SetSRID(4326).MustSetCoords([][][]geom.Coord{
			{{position(116, -1), position(117, -1), position(117, 0), position(116, -1)}},
			{{position(1, 2), position(3, 4), position(5, 7), position(1, 2)}},
		})
		var forms [][]byte
		add := func(b []byte, err error) {
			if err != nil {
				t.Fatal(err)
			}
			forms = append(forms, b)
		}
		add(iso.Marshal(g, iso.NDR))
		add(iso.Marshal(g, iso.XDR))
		add(ewkb.Marshal(g, ewkb.NDR))
		add(ewkb.Marshal(g, ewkb.XDR))
		for i, b := range forms {
			if got, err := geo.FlatWKB(b); err != nil || !bytes.Equal(got, want) {
				t.Errorf("%v, form %d: got %x and %v", layout, i, got, err)
			}
		}
	}
}

// Broken bytes are refused without harm.
func FuzzFlatWKB(f *testing.F) {
	f.Add([]byte{1, 233, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f, 0, 0, 0, 0, 0, 0, 0, 0x40, 0, 0, 0, 0, 0, 0, 8, 0x40})
	f.Add([]byte{0, 0, 0, 0, 7, 0, 0, 0, 1, 1, 7, 0, 0, 0, 255, 255, 255, 255})
	f.Fuzz(func(t *testing.T, b []byte) {
		flat, err := geo.FlatWKB(b)
		if err != nil {
			return
		}
		if again, err := geo.FlatWKB(flat); err != nil || !bytes.Equal(again, flat) {
			t.Errorf("%x: %x, then %x and %v", b, flat, again, err)
		}
	})
}
