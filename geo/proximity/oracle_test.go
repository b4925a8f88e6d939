package proximity_test

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"pgregory.net/rapid"

	"kawasan/geo"
	"kawasan/geo/geodesy"
	"kawasan/geo/geotest"
	"kawasan/geo/proximity"
)

// scattered draws a layer of points and small boxes, many of them near a pole, near the antimeridian, or in the same place.
func scattered(t *rapid.T) *geotest.Layer {
	l := geotest.NewLayer("things", "Geometry", geotest.Basis()...)
	n := rapid.IntRange(1, 40).Draw(t, "n")
	for i := range n {
		p := place(t)
		var g orb.Geometry = p
		if rapid.Bool().Draw(t, "box") {
			side := rapid.Float64Range(0.001, 2).Draw(t, "side")
			g = orb.Bound{Min: p, Max: orb.Point{min(180, p[0]+side), min(90, p[1]+side)}}.ToPolygon()
		}
		l.Add(fmt.Sprintf("t%02d", i), g, geotest.Values{"position_uncertainty_m": rapid.Float64Range(0, 50_000).Draw(t, "u")})
	}
	return l
}

func place(t *rapid.T) orb.Point {
	switch rapid.IntRange(0, 3).Draw(t, "where") {
	case 0:
		return orb.Point{rapid.Float64Range(-180, 180).Draw(t, "lon"), rapid.Float64Range(85, 89.9).Draw(t, "lat")}
	case 1:
		return orb.Point{rapid.SampledFrom([]float64{-180, -179.9, 179, 179.9, 180}).Draw(t, "lon"), rapid.Float64Range(-60, 60).Draw(t, "lat")}
	case 2:
		return orb.Point{116 + float64(rapid.IntRange(0, 3).Draw(t, "x"))/2, float64(rapid.IntRange(-2, 2).Draw(t, "y"))}
	}
	return orb.Point{rapid.Float64Range(-180, 180).Draw(t, "lon"), rapid.Float64Range(-89, 89).Draw(t, "lat")}
}

// byHand measures everything and sorts.
func byHand(t *rapid.T, l *geotest.Layer, from orb.Point, limit float64) []string {
	origin, err := geodesy.Prepare(from)
	if err != nil {
		t.Fatal(err)
	}
	type measured struct {
		ref string
		m   float64
	}
	var all []measured
	for _, f := range l.Features {
		s, err := geodesy.PrepareWKB(f.WKB)
		if err != nil {
			t.Fatal(err)
		}
		if m := geodesy.Between(origin, s).Metres; m <= limit {
			all = append(all, measured{f.Ref(), m})
		}
	}
	slices.SortFunc(all, func(a, b measured) int {
		if a.m != b.m {
			if a.m < b.m {
				return -1
			}
			return 1
		}
		return strings.Compare(a.ref, b.ref)
	})
	refs := []string{}
	for _, m := range all {
		refs = append(refs, m.ref)
	}
	return refs
}

func refs(a *proximity.Answer) []string {
	all := []string{}
	for _, p := range a.Pairs {
		all = append(all, p.To.Ref())
	}
	return all
}

func TestNearestAndWithinAreWhatMeasuringEverythingGives(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		l := scattered(t)
		from := place(t)
		k := rapid.IntRange(1, 10).Draw(t, "k")
		limit := rapid.SampledFrom([]float64{0, 1000, 500_000, 10_000_000}).Draw(t, "limit")
		most := limit
		if limit == 0 {
			most = math.Inf(1)
		}
		want := byHand(t, l, from, most)
		want = want[:min(k, len(want))]
		q := proximity.Question{From: []proximity.Source{{Geometry: from}}, To: to("things", nil)}
		plain := geotest.NewReader(l)
		for name, r := range map[string]geo.Reader{"boxes": plain, "index": geotest.NearReader{Reader: plain}} {
			a, err := proximity.New(r, proximity.Options{}).Nearest(context.Background(), proximity.NearestRequest{Question: q, K: k, MaxDistance: limit})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, refs(a)); diff != "" {
				t.Fatalf("nearest by %s (-want +got):\n%s", name, diff)
			}
		}
		distance := rapid.Float64Range(0, 5_000_000).Draw(t, "distance")
		a, err := proximity.New(plain, proximity.Options{}).Within(context.Background(), proximity.WithinRequest{Question: q, Distances: []float64{distance}})
		if err != nil {
			t.Fatal(err)
		}
		want = byHand(t, l, from, distance)
		if diff := cmp.Diff(want, refs(a)); diff != "" {
			t.Fatalf("within %g m (-want +got):\n%s", distance, diff)
		}
		s := a.Summaries[0]
		if s.Count != len(want) || s.CountMin > s.Count || s.CountMax == nil || *s.CountMax < s.Count {
			t.Fatalf("summary: got %d [%d, %v], want %d", s.Count, s.CountMin, s.CountMax, len(want))
		}
		possible := 0
		for _, f := range l.Features {
			shape, _ := geodesy.PrepareWKB(f.WKB)
			origin, _ := geodesy.Prepare(from)
			if u, _ := f.Number("position_uncertainty_m"); geodesy.Between(origin, shape).Metres-u <= distance {
				possible++
			}
		}
		if *s.CountMax != possible {
			t.Fatalf("largest count: got %d, want %d", *s.CountMax, possible)
		}
	})
}

func TestRefused(t *testing.T) {
	t.Parallel()
	r := geotest.Shipped(t)
	e := proximity.New(r, proximity.Options{})
	ports := to("ports", nil)
	for _, c := range []struct {
		name string
		q    proximity.NearestRequest
		want geo.Code
	}{
		{"k of 0", proximity.NearestRequest{Question: proximity.Question{From: from("zones/kik"), To: ports}}, geo.Invalid},
		{"k of a million", proximity.NearestRequest{Question: proximity.Question{From: from("zones/kik"), To: ports}, K: 1_000_000}, geo.Invalid},
		{"distance beyond the earth", proximity.NearestRequest{Question: proximity.Question{From: from("zones/kik"), To: ports}, K: 1, MaxDistance: 3e7}, geo.Invalid},
		{"unknown zone", proximity.NearestRequest{Question: proximity.Question{From: from("zones/nowhere"), To: ports}, K: 1}, geo.NotFound},
		{"unknown collection", proximity.NearestRequest{Question: proximity.Question{From: from("zones/kik"), To: to("nothing", nil)}, K: 1}, geo.NotFound},
		{"targets without geometry", proximity.NearestRequest{Question: proximity.Question{From: from("zones/kik"), To: to("published_distances", nil)}, K: 1}, geo.Invalid},
		{"origin without position", proximity.NearestRequest{Question: proximity.Question{From: from("ports/bct"), To: ports}, K: 1}, geo.Invalid},
		{"empty geometry", proximity.NearestRequest{Question: proximity.Question{From: []proximity.Source{{Geometry: orb.MultiPolygon{}}}, To: ports}, K: 1}, geo.Invalid},
	} {
		if _, err := e.Nearest(context.Background(), c.q); !geo.IsCode(err, c.want) {
			t.Errorf("%s: got %v, want an error of code %s", c.name, err, c.want)
		}
	}
}
