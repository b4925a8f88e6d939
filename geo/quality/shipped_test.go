package quality_test

import (
	"context"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kawasan/geo"
	"kawasan/geo/geotest"
	"kawasan/geo/quality"
)

// judgeStored judges a collection of a reader.
func judgeStored(t *testing.T, r geo.Reader, id string) *quality.Report {
	t.Helper()
	ctx := context.Background()
	s, err := r.Open(ctx, geo.Query{Collection: id})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	j := quality.NewJudge(quality.Options{Collection: s.Collection(), Stored: r, Replaced: func(string) bool { return true }, Today: 20780})
	defer j.Close()
	row := int64(0)
	for f, err := range s.Features() {
		if err != nil {
			t.Fatal(err)
		}
		row++
		if _, err := j.Feature(ctx, f, row); err != nil {
			t.Fatal(err)
		}
	}
	if err := j.Finish(ctx); err != nil {
		t.Fatal(err)
	}
	return j.Report()
}

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
		report := judgeStored(t, r, c.ID)
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
