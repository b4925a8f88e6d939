package quality_test

import (
	"strings"
	"testing"

	"kawasan/geo"
	"kawasan/geo/geotest"
	"kawasan/geo/quality"
)

// What a store leaves out of a collection is found by the report all the same.
func TestRowsLeftOutAreReported(t *testing.T) {
	t.Parallel()
	l := geotest.NewLayer("views", "Point")
	l.Collection.Defects = []geo.Defect{{Kind: geo.WithoutID, Rows: 3}, {Kind: geo.SharedID, Rows: 5, IDs: []string{"a", "b"}}, {Kind: geo.WithoutPosition, Rows: 1, IDs: []string{"c"}}}
	report, err := quality.Collection(t.Context(), geotest.NewReader(l), l.Collection.ID, quality.Options{Keep: 10})
	if err != nil {
		t.Fatal(err)
	}
	counts := map[string]int64{}
	for _, g := range report.Groups {
		counts[g.Rule.Name] = g.Count
	}
	if counts["id-missing"] != 1 || counts["id-duplicate"] != 2 || report.Errors != 3 {
		t.Errorf("got %v, %d errors", counts, report.Errors)
	}
	if len(report.Limits) != 3 || !strings.Contains(report.Limits[2].In("id"), "tanpa geometri: 1 (c)") {
		t.Errorf("got the limits %q", report.Limits)
	}
}
