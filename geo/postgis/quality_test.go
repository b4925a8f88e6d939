package postgis_test

import (
	"context"
	"slices"
	"strings"
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

// TestFindingsGoWithTheFeature changes features by hand: what was found in them as they
// were is gone at once, for every reader of the table, and what concerns others stays.
func TestFindingsGoWithTheFeature(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	options := shippedDatabase(t)
	exec(t, options, `CREATE TABLE kawasan.fields (id text PRIMARY KEY, name text, geom geometry(Polygon, 4326))`,
		`INSERT INTO kawasan.fields SELECT x.id, x.id, ST_MakeEnvelope(116 + x.at, -1, 116.012 + x.at, -0.99, 4326) FROM (VALUES ('a', 0), ('b', 0.01), ('c', 1), ('d', 1.01), ('e', 2)) x(id, at)`,
		`SELECT kawasan._track('kawasan.fields'::regclass, 'id', 'geom')`)
	store := openStore(t, options)
	judged := func() {
		t.Helper()
		r, err := quality.Collection(ctx, store, "fields", quality.Options{Today: 20780})
		if err == nil {
			_, err = store.KeepQuality(ctx, r, "steward")
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	overlaps := func() string {
		t.Helper()
		features, _, err := geo.Collect(ctx, store, geo.Query{Collection: "quality_issues"})
		if err != nil {
			t.Fatal(err)
		}
		var found []string
		for _, f := range features {
			if f.Text("rule") == "overlaps-neighbour" {
				found = append(found, f.Text("feature")+">"+f.Text("other"))
			}
		}
		slices.Sort(found)
		return strings.Join(found, " ")
	}
	const all = "a>fields/b c>fields/d"
	steps := []struct{ name, change, want string }{
		{"another feature", `UPDATE kawasan.fields SET name = 'E' WHERE id = 'e'`, all},
		{"one that is there already", `UPDATE kawasan.fields SET name = name WHERE id = 'none'`, all},
		{"a new feature", `INSERT INTO kawasan.fields VALUES ('f', 'F', NULL)`, all},
		{"the feature", `UPDATE kawasan.fields SET geom = ST_MakeEnvelope(116, -1, 116.01, -0.99, 4326) WHERE id = 'a'`, "c>fields/d"},
		{"the other feature", `UPDATE kawasan.fields SET name = 'D' WHERE id = 'd'`, ""},
		{"gone", `DELETE FROM kawasan.fields WHERE id = 'c'`, ""},
	}
	judged()
	for _, step := range steps {
		exec(t, options, step.change)
		if got := overlaps(); got != step.want {
			t.Errorf("%s: findings are %q, want %q", step.name, got, step.want)
		}
	}
	exec(t, options, `UPDATE kawasan.fields SET geom = ST_MakeEnvelope(116, -1, 116.02, -0.99, 4326) WHERE id = 'a'`)
	judged()
	if got := overlaps(); got != "a>fields/b" {
		t.Errorf("judged again: findings are %q", got)
	}
	exec(t, options, `TRUNCATE kawasan.fields`)
	if got := overlaps(); got != "" {
		t.Errorf("after all went: findings are %q", got)
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
