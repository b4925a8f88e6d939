package tile_test

import (
	"math"
	"strconv"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"

	"kawasan/geo"
	"kawasan/geo/tile"
)

func TestParseAddress(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, set, z, row, col string
		code                   geo.Code
	}{
		{"in range", "WebMercatorQuad", "3", "7", "7", ""},
		{"two columns at zoom 0", "WorldCRS84Quad", "0", "0", "1", ""},
		{"unknown set", "Mars", "0", "0", "0", geo.NotFound},
		{"row beyond", "WebMercatorQuad", "3", "8", "7", geo.NotFound},
		{"column beyond", "WebMercatorQuad", "0", "0", "1", geo.NotFound},
		{"largest int32", "WebMercatorQuad", "5", "2147483647", "2147483647", geo.NotFound},
		{"beyond any int", "WebMercatorQuad", "5", "99999999999999999999", "0", geo.NotFound},
		{"too deep", "WebMercatorQuad", "23", "0", "0", geo.NotFound},
		{"negative", "WebMercatorQuad", "3", "-1", "0", geo.NotFound},
		{"decimal", "WebMercatorQuad", "3", "1.5", "0", geo.Invalid},
		{"extension", "WebMercatorQuad", "3", "1", "1.mvt", geo.Invalid},
		{"empty", "WebMercatorQuad", "", "1", "1", geo.Invalid},
		{"a sign alone", "WebMercatorQuad", "-", "1", "1", geo.Invalid},
		{"other digits", "WebMercatorQuad", "٣", "1", "1", geo.Invalid},
	} {
		_, err := tile.ParseAddress(c.set, c.z, c.row, c.col)
		if c.code == "" && err != nil || c.code != "" && !geo.IsCode(err, c.code) {
			t.Errorf("%s: got %v, want code %q", c.name, err, c.code)
		}
	}
}

func TestBoundsAsOrb(t *testing.T) {
	t.Parallel()
	for z := 0; z <= tile.MaxZoom; z++ {
		a := at(orb.Point{116.8, -1.2}, z)
		want := maptile.New(uint32(a.Col), uint32(a.Row), maptile.Zoom(z)).Bound()
		got := a.Bounds()
		for _, d := range []float64{got.Min[0] - want.Min[0], got.Min[1] - want.Min[1], got.Max[0] - want.Max[0], got.Max[1] - want.Max[1]} {
			if math.Abs(d) > 1e-9 {
				t.Errorf("z%d: bounds %v, want %v", z, got, want)
				break
			}
		}
	}
}

func TestLimits(t *testing.T) {
	t.Parallel()
	set := tile.WebMercatorQuad()
	extent := orb.Bound{Min: orb.Point{113.8, -2.5}, Max: orb.Point{119, 2.6}}
	for z := 0; z <= tile.MaxZoom; z++ {
		l := set.LimitsAt(extent, z)
		nw, se := at(orb.Point{113.8, 2.6}, z), at(orb.Point{119, -2.5}, z)
		want := tile.Limits{TileMatrix: strconv.Itoa(z), MinTileRow: nw.Row, MaxTileRow: se.Row, MinTileCol: nw.Col, MaxTileCol: se.Col}
		if l != want {
			t.Errorf("z%d: %+v, want %+v", z, l, want)
		}
		if err := l.Check(nw); err != nil {
			t.Errorf("z%d: %v", z, err)
		}
		if err := l.Check(se); err != nil {
			t.Errorf("z%d: %v", z, err)
		}
		for side, beyond := range map[string]tile.Address{
			"north": {Row: l.MinTileRow - 1, Col: nw.Col}, "south": {Row: l.MaxTileRow + 1, Col: nw.Col},
			"west": {Row: nw.Row, Col: l.MinTileCol - 1}, "east": {Row: nw.Row, Col: l.MaxTileCol + 1},
		} {
			if err := l.Check(beyond); !geo.IsCode(err, geo.NotFound) {
				t.Errorf("z%d: %s of the limits: %v, want not found", z, side, err)
			}
		}
	}
}

func FuzzParseAddress(f *testing.F) {
	f.Add("WebMercatorQuad", "3", "7", "7")
	f.Add("WorldCRS84Quad", "-", "00", "9999999999999999999999")
	f.Fuzz(func(t *testing.T, set, z, row, col string) {
		a, err := tile.ParseAddress(set, z, row, col)
		if err != nil {
			if !geo.IsCode(err, geo.Invalid) && !geo.IsCode(err, geo.NotFound) {
				t.Fatalf("error %v has no code that says what is wrong", err)
			}
			return
		}
		b := a.Bounds()
		if b.Min[0] < -180 || b.Max[0] > 180 || b.Min[1] < -90 || b.Max[1] > 90 || b.IsEmpty() {
			t.Fatalf("%+v has bounds %v", a, b)
		}
	})
}
