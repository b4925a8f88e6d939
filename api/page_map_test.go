package api

import (
	"strings"
	"testing"

	"github.com/paulmach/orb"
)

func TestWindowShowsTheExtent(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		extent orb.Bound
		bar    string
	}{
		{"a point", orb.Bound{Min: orb.Point{117, 0}, Max: orb.Point{117, 0}}, "2 km"},
		{"a province", orb.Bound{Min: orb.Point{113.8, -2.4}, Max: orb.Point{119, 2.6}}, "100 km"},
		{"the world", orb.Bound{Min: orb.Point{-180, -90}, Max: orb.Point{180, 90}}, "5,000 km"},
		{"a meridian", orb.Bound{Min: orb.Point{117, -2}, Max: orb.Point{117, 2}}, "100 km"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			v := newWindow(test.extent)
			for _, corner := range []orb.Point{test.extent.Min, test.extent.Max} {
				x, y := v.place(corner)
				if x < 0 || x > mapWidth || y < 0 || y > float64(v.height) {
					t.Errorf("corner %v is at %.0f, %.0f outside %d x %d", corner, x, y, mapWidth, v.height)
				}
			}
			if _, stands := v.scaleBar(); stands.In("en") != test.bar {
				t.Errorf("scale bar: got %s, want %s", stands.In("en"), test.bar)
			}
		})
	}
}

func TestPathDrawsEveryKind(t *testing.T) {
	t.Parallel()
	v := newWindow(orb.Bound{Min: orb.Point{116, -1}, Max: orb.Point{118, 1}})
	for _, g := range orb.AllGeometries {
		_ = v.path(g) // must not fail on any
	}
	square := orb.Polygon{{{116, 0}, {117, 0}, {117, 1}, {116, 1}, {116, 0}}}
	if got := v.path(square); strings.Count(got, "M") != 1 || !strings.HasSuffix(got, "Z") {
		t.Errorf("square: got %q", got)
	}
}
