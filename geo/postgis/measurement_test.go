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

// Rows are looked at again as often as it is worth its cost.
func TestDue(t *testing.T) {
	t.Parallel()
	found := &table{structure: "s", tracked: true}
	small := &table{collection: &geo.Collection{Count: smallTable - 1}}
	large := &table{collection: &geo.Collection{Count: smallTable}}
	for _, test := range []struct {
		name  string
		known measurement
		found *table
		doubt doubt
		after time.Duration // from then on; below 0: never
	}{
		{"as it was", measurement{table: small, version: 2}, found, 0, -1},
		{"changed", measurement{table: small, version: 1}, found, 0, 0},
		{"changed, and slow", measurement{table: small, version: 1, took: time.Second}, found, 0, 10 * time.Second},
		{"large", measurement{table: large, version: 1}, found, 0, measureEvery},
		{"read in vain", measurement{table: large, version: 2, took: time.Second}, found, unreadable, 10 * time.Second},
		{"looked at in vain", measurement{failed: true}, found, 0, failedEvery},
		{"nothing to publish", measurement{version: 2}, found, 0, pollEvery},
		{"without triggers", measurement{table: small}, &table{structure: "s"}, 0, untrackedEvery},
		{"another structure", measurement{table: small, version: 2, took: time.Second}, &table{structure: "other"}, 0, 0},
		{"versions of another database", measurement{table: small, version: 2, took: time.Second, outdated: true}, found, 0, 0},
	} {
		m := test.known
		m.found = found
		due := func(after time.Duration) bool { return m.due(test.found, 2, test.doubt, m.ended.Add(after)) }
		switch {
		case test.after < 0 && due(time.Hour):
			t.Errorf("%s: due after an hour", test.name)
		case test.after >= 0 && !due(test.after), test.after > 0 && due(test.after-1):
			t.Errorf("%s: not due just from %v on", test.name, test.after)
		}
	}
}
