package cql2_test

import (
	"testing"

	"github.com/paulmach/orb"

	"kawasan/geo"
	"kawasan/geo/geotest"
)

// TestBoundsOfBoxesApart has a line that meets two boxes which share nothing.
func TestBoundsOfBoxesApart(t *testing.T) {
	t.Parallel()
	l := geotest.NewLayer("lines", "LineString", geotest.Prop("name", geo.String))
	l.Add("long", orb.LineString{{0, 0}, {10, 10}}, nil)
	f := check(t, l.Collection, "S_INTERSECTS(geometry, BBOX(0,0,1,1)) AND S_INTERSECTS(geometry, BBOX(8,8,9,9))")
	if got := matching(t, l, f); got != "long" {
		t.Fatalf("got %q, want the line", got)
	}
	checkBounds(t, l, f)
}
