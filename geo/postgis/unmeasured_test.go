package postgis

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"kawasan/geo"
)

// While a table can't be looked at it is as it was when that went well, its faults too.
func TestUnmeasuredIsAsBefore(t *testing.T) {
	t.Parallel()
	found := &table{collection: (&geo.Collection{ID: "pits", GeometryType: "Point"}).Index(), geometry: geometryColumn{name: "geom", kind: "POINT", srid: wgs84}}
	begin := time.Unix(0, 0)
	known := *found
	known.shared, known.geometry.guarded = []string{"twice"}, true
	known.collection = &geo.Collection{
		ID: "pits", GeometryType: "Point", Count: 7, Extent: orb.Bound{Min: orb.Point{116, -1}, Max: orb.Point{117, 0}}, Interval: geo.Interval{Start: &begin},
		Defects: []geo.Defect{{Kind: geo.SharedID, Rows: 2, IDs: []string{"twice"}}},
	}
	got, ok := found.unmeasured(&measurement{found: found, table: &known})
	if !ok || !got.geometry.guarded || got.measured {
		t.Fatalf("got %+v, %v", got, ok)
	}
	if diff := cmp.Diff(known.shared, got.shared); diff != "" {
		t.Errorf("ids left out (-want +got):\n%s", diff)
	}
	a, b := known.collection, got.collection
	if diff := cmp.Diff([]any{a.Count, a.Extent, a.Interval, a.Defects}, []any{b.Count, b.Extent, b.Interval, b.Defects}); diff != "" {
		t.Errorf("collection (-want +got):\n%s", diff)
	}
	first, ok := found.unmeasured(nil)
	if !ok || first.collection.Count != -1 || len(first.collection.Defects) > 0 {
		t.Errorf("of one never looked at: got %+v, %v", first.collection, ok)
	}
}
