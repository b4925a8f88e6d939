package quality_test

import (
	"context"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kawasan/geo/geotest"
	"kawasan/geo/quality"
)

// TestShippedDataAreJudgedSensibly lists what is found in the shipped data; each
// finding was looked at and is true.
func TestShippedDataAreJudgedSensibly(t *testing.T) {
	t.Parallel()
	r := geotest.Shipped(t)
	catalogue, err := r.Catalogue(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range catalogue.Collections {
		report, err := quality.Collection(context.Background(), r, c.ID, quality.Options{Today: 20780})
		if err != nil {
			t.Fatal(err)
		}
		for _, g := range report.Groups {
			for _, i := range g.Issues {
				t.Logf("%s %s %s/%s: %s", i.Severity, g.Rule.Name, c.ID, i.Feature, i.Message.EN)
				if i.Severity != quality.Note {
					got = append(got, g.Rule.Name+" "+c.ID+"/"+i.Feature)
				}
			}
		}
	}
	slices.Sort(got)
	var want []string
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
}
