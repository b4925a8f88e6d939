package zone_test

import (
	"context"
	"math"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"

	"kawasan/geo"
	"kawasan/geo/geotest"
	"kawasan/geo/zone"
)

// estates are three points with two properties; c's value of a is unknown.
func estates() *geotest.Reader {
	l := geotest.NewLayer("estates", "Point", append(geotest.Basis(), geotest.Prop("a", geo.Number), geotest.Prop("b", geo.Number))...)
	l.Add("a", orb.Point{1, 1}, geotest.Values{"a": 10.0, "b": 0.0})
	l.Add("b", orb.Point{2, 1}, geotest.Values{"a": 0.0, "b": 10.0})
	l.Add("c", orb.Point{3, 1}, geotest.Values{"b": 4.0})
	return geotest.NewReader(l)
}

func number(v float64) *float64 { return &v }

func TestRank(t *testing.T) {
	t.Parallel()
	r, err := zone.Rank(context.Background(), estates(), zone.RankRequest{Collection: "estates", Criteria: []zone.Criterion{
		{Name: "a", Property: "a", Direction: zone.More, Weight: 3},
		{Name: "b", Property: "b", Direction: zone.More, Weight: 1},
	}})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Ranked) != 3 {
		t.Fatalf("%d are ranked, want 3", len(r.Ranked))
	}
	for i, want := range []struct {
		ref       string
		score     float64
		low, high float64
	}{{"estates/a", 0.75, 0.75, 0.75}, {"estates/c", 0.475, 0.1, 0.85}, {"estates/b", 0.25, 0.25, 0.25}} {
		got := r.Ranked[i]
		if got.Rank != i+1 || got.Ref != want.ref || math.Abs(got.Score-want.score) > 1e-12 || math.Abs(got.ScoreMin-want.low) > 1e-12 || math.Abs(got.ScoreMax-want.high) > 1e-12 {
			t.Errorf("rank %d: got %s %g [%g, %g], want %s %g [%g, %g]", i+1, got.Ref, got.Score, got.ScoreMin, got.ScoreMax, want.ref, want.score, want.low, want.high)
		}
	}
	if r.Survives || len(r.Rivals) != 1 || r.Rivals[0] != "estates/c" {
		t.Errorf("survives: got %v, rivals %v, want c as rival, since its unknown value may be the best", r.Survives, r.Rivals)
	}
	// a leads c by 3·0.5 - w·0.4, which is 0 at w = 3.75, and b by 3 - w. So b comes first at w = 3;
	// less of a: w·1 - 1 is 0 at 1 (b), and w·0.5 - 0.4 at 0.8 (c).
	if f := r.Flip; f == nil || f.Criterion != "a" && f.Criterion != "b" || math.Abs(math.Abs(f.To-f.From)-2) > 1e-9 || f.First != "estates/b" {
		t.Errorf("flip: got %+v, want a change of 2 that puts b first", f)
	}
}

func TestRankKeepsTheUnknownAndExcludesWithReason(t *testing.T) {
	t.Parallel()
	r, err := zone.Rank(context.Background(), estates(), zone.RankRequest{Collection: "estates", Criteria: []zone.Criterion{
		{Name: "a", Property: "a", Direction: zone.More, Weight: 1, AtLeast: number(5)},
	}})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Excluded) != 1 || r.Excluded[0].Ref != "estates/b" || !r.Excluded[0].Sure || r.Excluded[0].Reason.EN == "" {
		t.Errorf("excluded: got %+v, want b for sure", r.Excluded)
	}
	for _, got := range r.Ranked {
		if got.Ref == "estates/c" && len(got.Doubts) == 1 {
			return
		}
	}
	t.Errorf("ranked: got %+v, want c kept, with a doubt", r.Ranked)
}

func TestRankRefuses(t *testing.T) {
	t.Parallel()
	ok := zone.Criterion{Property: "a", Direction: zone.More, Weight: 1}
	for name, change := range map[string]func(*zone.Criterion){
		"negative weight":     func(c *zone.Criterion) { c.Weight = -1 },
		"weights sum to 0":    func(c *zone.Criterion) { c.Weight = 0 },
		"weight not a number": func(c *zone.Criterion) { c.Weight = math.NaN() },
		"weight too large":    func(c *zone.Criterion) { c.Weight = 1.1e9 },
		"infinite limit":      func(c *zone.Criterion) { c.AtMost = number(math.Inf(1)) },
		"limit not a number":  func(c *zone.Criterion) { c.AtLeast = number(math.NaN()) },
		"infinite weight":     func(c *zone.Criterion) { c.Weight = math.Inf(1) },
		"no direction":        func(c *zone.Criterion) { c.Direction = "" },
		"two measures":        func(c *zone.Criterion) { c.Area = true },
		"nothing measured":    func(c *zone.Criterion) { c.Property = "" },
		"unknown property":    func(c *zone.Criterion) { c.Property = "z" },
		"text property":       func(c *zone.Criterion) { c.Property = "name" },
		"empty limits":        func(c *zone.Criterion) { c.AtLeast, c.AtMost = number(2), number(1) },
	} {
		c := ok
		change(&c)
		_, err := zone.Rank(context.Background(), estates(), zone.RankRequest{Collection: "estates", Criteria: []zone.Criterion{c}})
		if !geo.IsCode(err, geo.Invalid) {
			t.Errorf("%s: got %v, want an error of code invalid", name, err)
		}
	}
}

// What is at its bound is ranked, what is beyond it is refused, with what it is called.
func TestRankHasBounds(t *testing.T) {
	t.Parallel()
	some := func(n int, change func(i int, c *zone.Criterion)) (all []zone.Criterion) {
		for i := range n {
			c := zone.Criterion{Property: "a", Direction: zone.More, Weight: 1}
			if change != nil {
				change(i, &c)
			}
			all = append(all, c)
		}
		return all
	}
	none := func(c *geo.Collection, _ string) (geo.Filter, error) {
		return geotest.Where("none", func(*geo.Feature) bool { return false }), nil
	}
	for name, c := range map[string]struct {
		q    zone.RankRequest
		want geo.Code
	}{
		"most criteria":              {zone.RankRequest{Criteria: some(zone.MaxCriteria, nil)}, ""},
		"too many criteria":          {zone.RankRequest{Criteria: some(zone.MaxCriteria+1, nil)}, geo.TooLarge},
		"no criteria":                {zone.RankRequest{}, geo.Invalid},
		"two of one name":            {zone.RankRequest{Criteria: some(2, func(_ int, c *zone.Criterion) { c.Name = "x" })}, geo.Invalid},
		"largest weight":             {zone.RankRequest{Criteria: some(1, func(_ int, c *zone.Criterion) { c.Weight = 1e9 })}, ""},
		"one of weight 0":            {zone.RankRequest{Criteria: some(2, func(i int, c *zone.Criterion) { c.Weight = float64(i) })}, ""},
		"limits that meet":           {zone.RankRequest{Criteria: some(1, func(_ int, c *zone.Criterion) { c.AtLeast, c.AtMost = number(10), number(10) })}, ""},
		"an id that isn't there":     {zone.RankRequest{IDs: []string{"a", "z"}, Criteria: some(1, nil)}, geo.NotFound},
		"nothing that fits":          {zone.RankRequest{Filter: "none", Parse: none, Criteria: some(1, nil)}, geo.NotFound},
		"a collection not there":     {zone.RankRequest{Collection: "zones", Criteria: some(1, nil)}, geo.NotFound},
		"neighbours that aren't one": {zone.RankRequest{Criteria: []zone.Criterion{{Nearest: &zone.Around{Collection: "ports"}, Direction: zone.Less, Weight: 1}}}, geo.NotFound},
	} {
		if c.q.Collection == "" {
			c.q.Collection = "estates"
		}
		r, err := zone.Rank(t.Context(), estates(), c.q)
		if c.want == "" {
			if err != nil || len(r.Ranked) == 0 {
				t.Errorf("%s: got %v, %v", name, r, err)
			}
			continue
		}
		if !geo.IsCode(err, c.want) {
			t.Errorf("%s: got %v, want an error of code %s", name, err, c.want)
		}
	}
}

// The smallest flip, applied, ends the lead of the first; nine tenths of it do not.
func TestFlipFlips(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.Float64Range(0, 100)
		l := geotest.NewLayer("estates", "Point", geotest.Prop("a", geo.Number), geotest.Prop("b", geo.Number), geotest.Prop("c", geo.Number))
		for _, id := range []string{"p", "q", "r", "s"} {
			l.Add(id, orb.Point{0, 0}, geotest.Values{"a": value.Draw(t, "a"), "b": value.Draw(t, "b"), "c": value.Draw(t, "c")})
		}
		criteria := []zone.Criterion{
			{Name: "a", Property: "a", Direction: zone.More, Weight: rapid.Float64Range(0.1, 10).Draw(t, "wa")},
			{Name: "b", Property: "b", Direction: zone.Less, Weight: rapid.Float64Range(0.1, 10).Draw(t, "wb")},
			{Name: "c", Property: "c", Direction: zone.More, Weight: rapid.Float64Range(0.1, 10).Draw(t, "wc")},
		}
		rank := func() *zone.Ranking {
			r, err := zone.Rank(context.Background(), geotest.NewReader(l), zone.RankRequest{Collection: "estates", Criteria: criteria})
			if err != nil {
				t.Fatal(err)
			}
			return r
		}
		before := rank()
		if before.Flip == nil || before.Ranked[0].Score-before.Ranked[1].Score < 1e-6 {
			return
		}
		first := before.Ranked[0].Ref
		for i := range criteria {
			if criteria[i].Name == before.Flip.Criterion {
				w := criteria[i].Weight
				criteria[i].Weight = w + 0.9*(before.Flip.To-w)
				if got := rank().Ranked[0].Ref; got != first {
					t.Fatalf("nine tenths of the flip put %s first, before %s", got, first)
				}
				criteria[i].Weight = max(0, before.Flip.To)
			}
		}
		after := rank()
		for _, z := range after.Ranked {
			if z.Ref == before.Flip.First && after.Ranked[0].Score-z.Score > 1e-9 {
				t.Fatalf("after the flip %s has %g, the first %g", z.Ref, z.Score, after.Ranked[0].Score)
			}
		}
	})
}
