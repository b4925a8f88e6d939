package postgis_test

import (
	"context"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"

	"kawasan/geo"
	"kawasan/geo/quality"
)

// TestQualityIssuesArePublished judges a collection with faults, keeps the report, and reads
// it as a collection.
func TestQualityIssuesArePublished(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	options := shippedDatabase(t)
	store := openStore(t, options)
	if got := ids(t, store, geo.Query{Collection: "quality_issues"}); len(got) != 0 {
		t.Fatalf("there are issues before anything was judged: %v", got)
	}
	c := (&geo.Collection{ID: "estates", GeometryType: "Polygon", Properties: []geo.Property{{Name: "name", Type: geo.String}}}).Index()
	report := func(ids ...string) *quality.Report {
		j := quality.NewJudge(quality.Options{Collection: c, Today: 20780})
		defer j.Close()
		for i, id := range ids {
			bow := wkb.MustMarshal(orb.Polygon{{{116, float64(i)}, {117, float64(i) + 1}, {117, float64(i)}, {116, float64(i) + 1}, {116, float64(i)}}})
			if _, err := j.Feature(ctx, &geo.Feature{ID: id, Collection: c, Values: []any{"nul \x00"}, WKB: bow}, int64(i+1)); err != nil {
				t.Fatal(err)
			}
		}
		if err := j.Finish(ctx); err != nil {
			t.Fatal(err)
		}
		return j.Report()
	}
	n, err := store.KeepQuality(ctx, report("a", "b"), "steward")
	if err != nil {
		t.Fatal(err)
	}
	features, collection, err := geo.Collect(ctx, store, geo.Query{Collection: "quality_issues"})
	if err != nil {
		t.Fatal(err)
	}
	if int64(len(features)) != n || n == 0 || collection.Title.ID != "Temuan mutu" {
		t.Fatalf("%d stored, %d read from %q", n, len(features), collection.Title.ID)
	}
	crossing := 0
	for _, f := range features {
		if f.Text("rule") != "self-intersection" {
			continue
		}
		crossing++
		g, err := f.Geometry()
		if err != nil {
			t.Fatal(err)
		}
		if p, ok := g.(orb.Point); !ok || p[0] != 116.5 || f.Text("severity") != "error" || f.Text("collection") != "estates" || f.Text("message_id") == "" {
			t.Errorf("got %v, %v", g, f.Values)
		}
	}
	if crossing != 2 {
		t.Errorf("%d self-intersections, want 2", crossing)
	}
	if _, err := store.KeepQuality(ctx, report(), "steward"); err != nil {
		t.Fatal(err)
	}
	if got := ids(t, store, geo.Query{Collection: "quality_issues"}); len(got) != 0 {
		t.Errorf("findings of an earlier judgement are left: %v", got)
	}
}

// TestShippedDataJudgedInTheStore judges what is stored the way 'kawasan quality' does.
func TestShippedDataJudgedInTheStore(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	store := openStore(t, shippedDatabase(t))
	catalogue, err := store.Catalogue(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range catalogue.Collections {
		r, err := quality.Collection(ctx, store, c.ID, quality.Options{Today: 20780})
		if err != nil {
			t.Fatal(err)
		}
		if r.Errors > 0 {
			t.Errorf("%s has %d errors, the first: %s", c.ID, r.Errors, r.Groups[0].Issues[0].Message.EN)
		}
		if _, err := store.KeepQuality(ctx, r, "test"); err != nil {
			t.Errorf("keep the findings of %s: %v", c.ID, err)
		}
	}
}
