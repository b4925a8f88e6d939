package snapshot_test

import (
	"context"
	"iter"
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/project"
	sf "github.com/peterstace/simplefeatures/geom"
	"pgregory.net/rapid"

	"kawasan/geo"
	"kawasan/geo/format/geojson"
	"kawasan/geo/geodesy"
	"kawasan/geo/snapshot"
)

func options() snapshot.Options {
	return snapshot.Options{Encode: func(dst []byte, f *geo.Feature) ([]byte, error) {
		return geojson.AppendFeature(dst, f, geojson.Options{})
	}}
}

func each(features []*geo.Feature) iter.Seq2[*geo.Feature, error] {
	return (&bruteSelection{page: features}).Features()
}

type fataler interface {
	Helper()
	Fatalf(format string, args ...any)
}

func build(t fataler, about *geo.Collection, features []*geo.Feature) *snapshot.Collection {
	t.Helper()
	c, err := snapshot.Build(context.Background(), about, each(features), options())
	if err != nil {
		t.Fatalf("Build: %v", err)
	}
	return c
}

// answer is what a selection gave, for comparing.
type answer struct {
	IDs     []string
	Values  [][]any
	WKB     [][]byte
	Matched int
	Counted bool
}

func read(t fataler, s geo.Selection, err error) answer {
	t.Helper()
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	defer s.Close()
	var a answer
	for f, err := range s.Features() {
		if err != nil {
			t.Fatalf("Features: %v", err)
		}
		a.IDs, a.Values, a.WKB = append(a.IDs, f.ID), append(a.Values, f.Values), append(a.WKB, f.WKB)
	}
	if a.Matched, a.Counted = s.Matched(); !a.Counted {
		a.Matched = 0
	}
	return a
}

func compareAnswers(t fataler, what string, source *brute, view *snapshot.Collection, q geo.Query) {
	t.Helper()
	s, err := source.Open(context.Background(), q)
	want := read(t, s, err)
	if !want.Counted {
		want.Matched = 0
	}
	s, err = view.Open(context.Background(), q)
	got := read(t, s, err)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("%s: query %+v: differs from brute force (-want +got):\n%s", what, q, diff)
	}
}

func TestQueriesAgainstBruteForce(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		about := description(rapid.Bool().Draw(t, "integers"))
		all := features(t, &about, 30)
		source, view := newBrute(about, all...), build(t, &about, all)
		for range 8 {
			compareAnswers(t, "built", source, view, query(t, &about))
		}
	})
}

// A query in one order more than a view keeps sorted has the same answer.
func TestMoreOrdersThanAreKept(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		about := description(false)
		all := features(t, &about, 12)
		source, view := newBrute(about, all...), build(t, &about, all)
		for i, first := range about.Properties[:4] {
			for _, second := range about.Properties[i+1:] {
				q := query(t, &about)
				q.Collection, q.After = about.ID, nil
				q.SortBy = []geo.SortKey{{Property: first.Name}, {Property: second.Name, Descending: true}}
				compareAnswers(t, first.Name+", "+second.Name, source, view, q)
			}
		}
	})
}

// What a view tells of its memory is the same however it came to be.
func TestBytesOfAView(t *testing.T) {
	t.Parallel()
	about := description(false)
	row := func(id string) *geo.Feature {
		return &geo.Feature{ID: id, Collection: &about, Values: make([]any, len(about.Properties))}
	}
	all := plots("a", "b", "c")
	all[2].WKB = encode(orb.LineString{{117, 0}, {118, 1}, {119, 0}})
	next := about
	next.Version = 2
	applied, err := build(t, &about, all).Apply([]*geo.Feature{{ID: "b", Collection: &about, Values: all[1].Values, WKB: all[2].WKB}, row("d")}, []string{"a", "nosuch"}, next.Index())
	if err != nil {
		t.Fatal(err)
	}
	fresh := build(t, next.Index(), []*geo.Feature{{ID: "b", Collection: &about, Values: all[1].Values, WKB: all[2].WKB}, all[2], row("d")})
	if applied.Bytes() != fresh.Bytes() {
		t.Errorf("got %d bytes, built at once %d", applied.Bytes(), fresh.Bytes())
	}
}

// A property that is not there is refused, wherever it is named.
func TestUnknownProperty(t *testing.T) {
	t.Parallel()
	about := description(false)
	view := build(t, &about, plots("a"))
	for name, q := range map[string]geo.Query{
		"properties": {Properties: []string{"name", "nosuch"}},
		"sortby":     {SortBy: []geo.SortKey{{Property: "nosuch"}}},
	} {
		q.Collection = "plots"
		if _, err := view.Open(t.Context(), q); !geo.IsCode(err, geo.Invalid) {
			t.Errorf("%s: got %v, want that it is invalid", name, err)
		}
	}
}

func TestApplyEqualsBuildAndLeavesTheOldView(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		about := description(rapid.Bool().Draw(t, "integers"))
		first := features(t, &about, 30)
		source := newBrute(about, first...)
		view := build(t, &about, first)
		old, oldView := newBrute(about, first...), view
		q := query(t, &about)
		compareAnswers(t, "before", source, view, q) // leaves a sorted order behind
		for range rapid.IntRange(1, 4).Draw(t, "changes") {
			written := features(t, &about, 6)
			var removed []string
			for range rapid.IntRange(0, 3).Draw(t, "removed") {
				id := ident(t, about.IntegerID)
				if !slices.ContainsFunc(written, func(f *geo.Feature) bool { return f.ID == id }) {
					removed = append(removed, id)
				}
			}
			source.change(written, removed...)
			next, err := view.Apply(written, removed, source.describe())
			if err != nil {
				t.Fatalf("Apply: %v", err)
			}
			view = next
		}
		fresh := build(t, source.describe(), slices.Collect(maps.Values(source.features)))
		if got, want := view.Collection(), fresh.Collection(); got.Count != want.Count || got.Extent != want.Extent || got.Version != want.Version {
			t.Errorf("applied: count %d, extent %v, version %d; want %d, %v, %d", got.Count, got.Extent, got.Version, want.Count, want.Extent, want.Version)
		}
		for _, q := range []geo.Query{q, query(t, &about), query(t, &about)} {
			compareAnswers(t, "applied", source, view, q)
			compareAnswers(t, "old", old, oldView, q)
		}
	})
}

func TestBoxAgainstSimpleFeatures(t *testing.T) {
	t.Parallel()
	about := description(false)
	rapid.Check(t, func(t *rapid.T) {
		// Where coordinates coincide but for the last bit, the library rounds; there
		// TestSegmentMeetsBoxExactly and the queries against brute force decide.
		g := project.Geometry(geometries().Draw(t, "geometry"), halves)
		box := project.Geometry(boxes().Draw(t, "box"), halves).(orb.Bound)
		// A second feature far away keeps the box from holding everything.
		view := build(t, &about, []*geo.Feature{
			{ID: "a", Collection: &about, Values: make([]any, 9), WKB: encode(g)},
			{ID: "far", Collection: &about, Values: make([]any, 9), WKB: encode(orb.Point{90, 50})},
		})
		parsed, err := sf.UnmarshalWKB(encode(g), sf.NoValidate{})
		if err != nil {
			t.Fatal(err)
		}
		want := sf.Intersects(parsed, boxGeometry(box))
		s, err := view.Open(context.Background(), geo.Query{Bounds: []orb.Bound{box}})
		if got := len(read(t, s, err).IDs) > 0; got != want {
			t.Fatalf("%v meets %v: got %v, want %v", g, box, got, want)
		}
	})
}

func TestNear(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		about := description(false)
		all := features(t, &about, 30)
		for _, f := range all { // spread over the antimeridian, too
			if f.WKB != nil && rapid.Bool().Draw(t, "elsewhere") {
				f.WKB = encode(orb.Point{degrees(t, 180), degrees(t, 80)})
			}
		}
		view := build(t, &about, all)
		q := geo.Query{Filter: ranked(0)}
		p := orb.Point{rapid.SampledFrom([]float64{-180, 179.9, 0, 117}).Draw(t, "lon"), degrees(t, 60)}
		from, err := geodesy.Prepare(p)
		if err != nil {
			t.Fatal(err)
		}
		found, err := view.Near(context.Background(), q, p.Bound())
		if err != nil {
			t.Fatal(err)
		}
		seen, last := map[string]bool{}, 0.0
		for n, err := range found {
			if err != nil {
				t.Fatal(err)
			}
			if n.AtLeast < last {
				t.Fatalf("%s is at least %g m away, after %g", n.Feature.ID, n.AtLeast, last)
			}
			last = n.AtLeast
			seen[n.Feature.ID] = true
			if d := geodesy.Between(from, n.Feature.Prepared.(*geodesy.Shape)).Metres; d < n.AtLeast-1e-6 {
				t.Fatalf("%s is %g m away, less than the bound %g", n.Feature.ID, d, n.AtLeast)
			}
		}
		for _, f := range view.Features() {
			if want := f.Prepared != nil && bruteMatch(q, f); seen[f.ID] != want {
				t.Fatalf("%s found: got %v, want %v", f.ID, seen[f.ID], want)
			}
		}
	})
}

// degrees gives an angle of at most that size, in steps of a micro-degree.
func degrees(t *rapid.T, most int) float64 {
	return float64(rapid.IntRange(-most*1e6, most*1e6).Draw(t, "micro-degrees")) / 1e6
}
