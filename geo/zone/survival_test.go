package zone_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"

	"kawasan/geo"
	"kawasan/geo/geodesy"
	"kawasan/geo/geotest"
	"kawasan/geo/zone"
)

// spot is a place as it is stored.
type spot struct {
	id    string
	at    orb.Point
	u     float64
	value float64
}

func drawSpots(t *rapid.T, name string, n int) (all []spot) {
	for i := range n {
		id := fmt.Sprint(name, i)
		all = append(all, spot{
			id: id, at: orb.Point{116 + rapid.Float64Range(-0.5, 0.5).Draw(t, id+" lon"), rapid.Float64Range(-0.5, 0.5).Draw(t, id+" lat")},
			u:     rapid.SampledFrom([]float64{0, 20, 500, 3000}).Draw(t, id+" u"),
			value: float64(rapid.IntRange(0, 5).Draw(t, id+" value")),
		})
	}
	return all
}

// layer stores spots: as they are, or, given a source of chance, where they may be in truth.
func spotLayer(id string, spots []spot, rng *rand.Rand) *geotest.Layer {
	l := geotest.NewLayer(id, "Point", append(geotest.Basis(), geotest.Prop("value", geo.Number))...)
	for _, s := range spots {
		var g orb.Geometry = s.at
		v := geotest.Values{"boundary_kind": "surveyed", "position_uncertainty_m": s.u, "value": s.value}
		if rng != nil {
			g = geotest.Truth(rng, s.at, geodesy.Surveyed, s.u)
			v["position_uncertainty_m"] = 0.0
		}
		l.Add(s.id, g, v)
	}
	return l
}

// A first place that survives the uncertainties is first wherever the places are in
// truth, when they are ranked anew from what is true; and who is excluded for sure, is.
func TestFirstPlaceSurvivesInTruth(t *testing.T) {
	t.Parallel()
	survived := 0
	rapid.Check(t, func(t *rapid.T) {
		candidates := drawSpots(t, "c", rapid.IntRange(2, 5).Draw(t, "candidates"))
		ports := drawSpots(t, "p", rapid.IntRange(1, 30).Draw(t, "ports"))
		limit := rapid.SampledFrom([]*float64{nil, number(15_000), number(60_000)}).Draw(t, "limit")
		q := zone.RankRequest{Collection: "sites", Criteria: []zone.Criterion{
			{Name: "port", Nearest: &zone.Around{Collection: "ports"}, Direction: zone.Less, Weight: 2, AtMost: limit},
			{Name: "value", Property: "value", Direction: zone.More, Weight: float64(rapid.IntRange(0, 4).Draw(t, "weight"))},
			{Name: "ports near", Within: &zone.Ring{Around: zone.Around{Collection: "ports"}, DistanceM: 20_000}, Direction: zone.More, Weight: 1},
		}}
		stored, err := zone.Rank(t.Context(), geotest.NewReader(spotLayer("sites", candidates, nil), spotLayer("ports", ports, nil)), q)
		if err != nil {
			t.Fatal(err)
		}
		if stored.Survives {
			survived++
		}
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "truths"), 5))
		for range 8 {
			truth, err := zone.Rank(t.Context(), geotest.NewReader(spotLayer("sites", candidates, rng), spotLayer("ports", ports, rng)), q)
			if err != nil {
				t.Fatal(err)
			}
			if stored.Survives && (len(truth.Ranked) == 0 || truth.Ranked[0].Ref != stored.Ranked[0].Ref) {
				t.Errorf("%s survives, but in truth first of %+v", stored.Ranked[0].Ref, truth.Ranked)
			}
			checkParts(t, stored, truth)
			for _, out := range stored.Excluded {
				for _, in := range truth.Ranked {
					if out.Sure && in.Ref == out.Ref {
						t.Errorf("%s is excluded for sure, but ranked in truth", out.Ref)
					}
				}
			}
		}
	})
	if survived == 0 {
		t.Error("no first place survived, so nothing was tried")
	}
}

// What is level but for the rounding of weights does not survive: one may as well be first.
func TestTieDoesNotSurvive(t *testing.T) {
	t.Parallel()
	l := geotest.NewLayer("sites", "Point", append(geotest.Basis(), geotest.Prop("a", geo.Number), geotest.Prop("b", geo.Number), geotest.Prop("c", geo.Number))...)
	l.Add("two", orb.Point{116, 0}, geotest.Values{"boundary_kind": "surveyed", "position_uncertainty_m": 0.0, "a": 1.0, "b": 0.0, "c": 1.0})
	l.Add("one", orb.Point{117, 0}, geotest.Values{"boundary_kind": "surveyed", "position_uncertainty_m": 0.0, "a": 0.0, "b": 1.0, "c": 0.0})
	r, err := zone.Rank(t.Context(), geotest.NewReader(l), zone.RankRequest{Collection: "sites", Criteria: []zone.Criterion{
		{Name: "a", Property: "a", Direction: zone.More, Weight: 2},
		{Name: "b", Property: "b", Direction: zone.More, Weight: 3},
		{Name: "c", Property: "c", Direction: zone.More, Weight: 1},
	}})
	if err != nil {
		t.Fatal(err)
	}
	if r.Survives || len(r.Rivals) != 1 {
		t.Errorf("survives %v with rivals %v, though both score a half", r.Survives, r.Rivals)
	}
}

// checkParts looks whether raw values in truth lie between the ends said.
func checkParts(t *rapid.T, stored, truth *zone.Ranking) {
	for _, s := range stored.Ranked {
		for _, r := range truth.Ranked {
			for i, p := range s.Parts {
				if s.Ref != r.Ref || r.Parts[i].Raw == nil {
					continue
				}
				if v := *r.Parts[i].Raw; p.RawMin != nil && v < *p.RawMin-1e-3 || p.RawMax != nil && v > *p.RawMax+1e-3 {
					t.Errorf("%s, %s: %g in truth, said between %v and %v", s.Ref, p.Criterion, v, *p.RawMin, *p.RawMax)
				}
			}
		}
	}
}

// One far behind the nearest may be the nearest in truth.
func TestLeastDistanceLooksBehindTheNearest(t *testing.T) {
	t.Parallel()
	sites := []spot{{id: "a", at: orb.Point{116, 0}}, {id: "b", at: orb.Point{118, 0}}}
	var ports []spot
	for i := range 30 {
		ports = append(ports, spot{id: fmt.Sprint("p", i), at: orb.Point{116.01 + float64(i)*1e-5, 0}})
	}
	ports = append(ports, spot{id: "vague", at: orb.Point{116.02, 0}, u: 2000})
	r, err := zone.Rank(t.Context(), geotest.NewReader(spotLayer("sites", sites, nil), spotLayer("ports", ports, nil)), zone.RankRequest{
		Collection: "sites", Criteria: []zone.Criterion{{Nearest: &zone.Around{Collection: "ports"}, Direction: zone.Less, Weight: 1}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if p := r.Ranked[0].Parts[0]; p.RawMin == nil || *p.RawMin > 230 || *p.Raw < 1000 {
		t.Errorf("the least distance is %v of %v, but one may lie 226 m away", *p.RawMin, *p.Raw)
	}
}
