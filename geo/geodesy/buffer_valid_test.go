package geodesy

import (
	"math"
	"testing"

	"github.com/paulmach/orb"

	"kawasan/geo"
)

// Rings that cross as moved vertices can make them cross.
func TestBufferRepairsRings(t *testing.T) {
	t.Parallel()
	const step = 0.0001 // degrees, 11 m
	square := orb.Ring{{116, 0}, {117, 0}, {117, 1}, {116, 1}, {116, 0}}
	twisted := orb.Ring{{116, 0}, {116.5 + step, 0}, {116.5, step}, {116.5, -step}, {117, 0}, {117, 1}, {116, 1}, {116, 0}}
	hole := orb.Ring{{116.2, 0.2}, {116.2, 0.8}, {116.8, 0.8}, {116.8, 0.2}, {116.5, 0.2 + step}, {116.5 - step, 0.2}, {116.5 - step/2, 0.2 + step}, {116.2, 0.2}}
	across := orb.Ring{{116.2, 0.5}, {116.3, 0.5}, {116.3, -step / 2}, {116.2, 0.5}}
	tests := []struct {
		name string
		in   orb.MultiPolygon
		want float64 // square degrees
	}{
		{"a loop in the outer ring", orb.MultiPolygon{{twisted}}, 1},
		{"a loop in a hole", orb.MultiPolygon{{square, hole}}, 1 - 0.36},
		{"a hole that crosses the outer ring", orb.MultiPolygon{{square, across}}, 1 - 0.025},
	}
	f := fitting{ctx: t.Context(), radius: 10_000, tolerance: 20}
	for _, tt := range tests {
		got, err := f.valid(tt.in)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		g, err := unchecked(got)
		if err != nil {
			t.Fatal(err)
		}
		if err := g.Validate(); err != nil {
			t.Errorf("%s: still not valid: %v", tt.name, err)
		}
		if math.Abs(g.Area()-tt.want) > 1e-3 {
			t.Errorf("%s: %f square degrees are left, want %f", tt.name, g.Area(), tt.want)
		}
	}
	if got, err := f.valid(orb.MultiPolygon{{square}}); err != nil || &got[0][0][0] != &square[0] {
		t.Errorf("valid polygons were changed: %v, %v", got, err)
	}
	// A bow tie is beyond repair: half of it would be lost.
	tie := orb.Ring{{116, 0}, {117, 1}, {117, 0}, {116, 1.5}, {116, 0}}
	if _, err := f.valid(orb.MultiPolygon{{tie}}); !geo.IsCode(err, geo.Internal) {
		t.Errorf("bow tie: got %v, want an internal error", err)
	}
}
