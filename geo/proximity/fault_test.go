package proximity

import (
	"testing"

	"github.com/paulmach/orb"

	"kawasan/geo"
	"kawasan/geo/geodesy"
)

// A polygon that crosses itself is the caller's fault only where the caller gave it.
func TestWhoseFaultAnOverlapIs(t *testing.T) {
	t.Parallel()
	tie := orb.Polygon{{{116, 0}, {117, 1}, {117, 0}, {116, 1}, {116, 0}}}
	square := orb.Bound{Min: orb.Point{116, 0}, Max: orb.Point{117, 1}}.ToPolygon()
	stored := func(id string, g orb.Geometry) *geo.Feature {
		wkb, err := encode(g)
		if err != nil {
			t.Fatal(err)
		}
		return &geo.Feature{ID: id, Collection: &geo.Collection{ID: "plots"}, WKB: wkb}
	}
	tests := []struct {
		name    string
		origin  *Origin
		own     orb.Geometry
		target  orb.Polygon
		code    geo.Code
		culprit string
	}{
		{"given", &Origin{given: tie}, tie, square, geo.Invalid, ""},
		{"stored target", &Origin{given: square}, square, tie, geo.Internal, "target"},
		{"stored origin", &Origin{Feature: stored("origin", tie)}, tie, square, geo.Internal, "origin"},
		{"stored target, stored origin", &Origin{Feature: stored("origin", square)}, square, tie, geo.Internal, "target"},
	}
	for _, tt := range tests {
		_, _, err := geodesy.Overlap(t.Context(), tt.own, tt.target)
		if err == nil {
			t.Fatalf("%s: the bow tie was intersected", tt.name)
		}
		e := geo.AsError(overlapFault(err, tt.origin, stored("target", tt.target)))
		if e.Code != tt.code || e.Place.Feature != tt.culprit {
			t.Errorf("%s: got %v at %q, want %s at %q", tt.name, e, e.Place.Feature, tt.code, tt.culprit)
		}
	}
}
