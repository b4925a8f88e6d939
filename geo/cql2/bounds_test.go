package cql2_test

import (
	"fmt"
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

// TestBoxThatAGeometryMeets has a line that bends around what two boxes share: its bounding
// box meets that, the line itself does not.
func TestBoxThatAGeometryMeets(t *testing.T) {
	t.Parallel()
	l := geotest.NewLayer("lines", "LineString", geotest.Prop("name", geo.String))
	l.Add("bent", orb.LineString{{0, 0}, {10, 0}, {10, 10}}, nil)
	meets := func(b orb.Bound) bool {
		text := fmt.Sprintf("S_INTERSECTS(geometry, BBOX(%v,%v,%v,%v))", b.Min[0], b.Min[1], b.Max[0], b.Max[1])
		return matching(t, l, check(t, l.Collection, text)) == "bent"
	}
	const near, far = "S_INTERSECTS(geometry, BBOX(-1,-1,9,9))", "S_INTERSECTS(geometry, BBOX(5,5,11,11))"
	tests := []struct {
		name, filter string
		want         bool
	}{
		{"both", near + " AND " + far, true},
		{"both, and an attribute", "name IS NULL AND (" + far + " AND " + near + ")", true},
		{"one alone", near, true},
		{"either", near + " OR " + far, false},
		{"neither", "NOT " + near, false},
		{"nothing can match", "distance_m(geometry, POINT(0 0)) < -1", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := check(t, l.Collection, tt.filter)
			box, ok := f.Meets()
			if ok != tt.want {
				t.Fatalf("there is a box: %v, want %v", ok, tt.want)
			}
			if ok && !meets(box) {
				t.Errorf("the line does not meet %v", box)
			}
		})
	}
	if box, ok := check(t, l.Collection, near+" AND "+far).Bounds(); !ok || meets(box) {
		t.Errorf("the bounds are %v: the case shows no difference", box)
	}
}
