package crs_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"kawasan/geo/crs"
)

// TestGuessFindsTheTrueSystem projects a box of the province and asks which system it was.
func TestGuessFindsTheTrueSystem(t *testing.T) {
	t.Parallel()
	systems := crs.All()
	rapid.Check(t, func(t *rapid.T) {
		c := systems[rapid.IntRange(0, len(systems)-1).Draw(t, "system")]
		lon, lat := rapid.Float64Range(114.5, 118.5).Draw(t, "lon"), rapid.Float64Range(-2, 2).Draw(t, "lat")
		if !c.IsGeographic() && c.Area[2]-c.Area[0] < 10 && (lon < c.Area[0] || lon+0.1 > c.Area[2]) {
			t.Skip("nobody uses the zone there")
		}
		x, y := c.Project(lon, lat)
		u, v := c.Project(lon+0.1, lat+0.1)
		swapped := rapid.Bool().Draw(t, "swapped")
		box := crs.Box{MinX: math.Min(x, u), MinY: math.Min(y, v), MaxX: math.Max(x, u), MaxY: math.Max(y, v)}
		if swapped {
			box = crs.Box{MinX: box.MinY, MinY: box.MinX, MaxX: box.MaxY, MaxY: box.MaxX}
		}
		for _, found := range crs.Guess(box) {
			if found.Swapped == swapped && math.Abs(found.Bounds[0]-lon) < 0.01 && math.Abs(found.Bounds[1]-lat) < 0.01 {
				return
			}
		}
		t.Fatalf("%s (swapped %v) is not among %v", c.Code, swapped, crs.Guess(box))
	})
}

func TestGuess(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		box  crs.Box
		want string
	}{
		{"degrees", crs.Box{MinX: 116.7, MinY: -1.2, MaxX: 116.8, MaxY: -1.1}, "OGC:CRS84"},
		{"UTM 50S", crs.Box{MinX: 460000, MinY: 9860000, MaxX: 480000, MaxY: 9880000}, "EPSG:32750"},
		{"UTM 50N", crs.Box{MinX: 600000, MinY: 85000, MaxX: 610000, MaxY: 95000}, "EPSG:32650"},
		{"nowhere", crs.Box{MinX: 1, MinY: 1, MaxX: 2, MaxY: 2}, ""},
		{"nothing", crs.Box{MinX: math.NaN()}, ""},
	}
	for _, test := range tests {
		got := ""
		if found := crs.Guess(test.box); len(found) > 0 {
			got = found[0].CRS.Code
		}
		if got != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}

// TestMercatorSwap swaps there and back, and holds the shift to what was found in published files of IKN.
func TestMercatorSwap(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		lon, lat := rapid.Float64Range(113, 119).Draw(t, "lon"), rapid.Float64Range(-2.5, 2.5).Draw(t, "lat")
		toWorld := rapid.Bool().Draw(t, "direction")
		x, y := crs.MercatorSwap(lon, lat, toWorld)
		u, v := crs.MercatorSwap(x, y, !toWorld)
		if math.Abs(x-lon) > 1e-9 || math.Abs(u-lon) > 1e-9 || math.Abs(v-lat) > 1e-9 {
			t.Fatalf("%v, %v went to %v, %v and back to %v, %v", lon, lat, x, y, u, v)
		}
		if toWorld != (math.Abs(y) > math.Abs(lat)) && math.Abs(lat) > 1e-6 {
			t.Fatalf("latitude %v went to %v", lat, y)
		}
	})
	if _, lat := crs.MercatorSwap(116.7, -1.13, true); math.Abs(lat - -1.13)*110574 < 700 || math.Abs(lat - -1.13)*110574 > 900 {
		t.Errorf("at 1.13 S the shift is %v m, want some 840", math.Abs(lat - -1.13)*110574)
	}
}
