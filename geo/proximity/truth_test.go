package proximity_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"

	"kawasan/geo"
	"kawasan/geo/geodesy"
	"kawasan/geo/geotest"
	"kawasan/geo/proximity"
)

// thing is a feature as it is stored, from which truths are drawn.
type thing struct {
	id    string
	g     orb.Geometry
	kind  geodesy.BoundaryKind
	known bool
	u     float64
	ha    float64
}

// drawThing draws a feature some kilometres wide: point, line, area, area with a hole, or several.
func drawThing(t *rapid.T, id string, spread float64) thing {
	at := orb.Point{116 + rapid.Float64Range(-spread, spread).Draw(t, id+" lon"), rapid.Float64Range(-spread, spread).Draw(t, id+" lat")}
	size := rapid.SampledFrom([]float64{0.002, 0.02, 0.1}).Draw(t, id+" size")
	square := func(x, y, half float64) orb.Ring {
		return orb.Bound{Min: orb.Point{x - half, y - half}, Max: orb.Point{x + half, y + half}}.ToRing()
	}
	var g orb.Geometry
	switch rapid.IntRange(0, 4).Draw(t, id+" form") {
	case 0:
		g = at
	case 1:
		g = orb.LineString{at, {at[0] + size, at[1] + size/3}, {at[0] + size, at[1] - size}}
	case 2:
		g = orb.Polygon{square(at[0], at[1], size)}
	case 3:
		hole := square(at[0], at[1], size/2)
		hole.Reverse()
		g = orb.Polygon{square(at[0], at[1], size), hole}
	default:
		g = orb.MultiPolygon{{square(at[0], at[1], size)}, {square(at[0]+3*size, at[1], size/2)}}
	}
	return thing{
		id: id, g: g, ha: rapid.Float64Range(0, 100).Draw(t, id+" ha"), known: rapid.IntRange(0, 9).Draw(t, id+" known") > 0,
		kind: rapid.SampledFrom([]geodesy.BoundaryKind{geodesy.Legal, geodesy.Surveyed, geodesy.OuterEnvelope, geodesy.LegalBBox, geodesy.Indicative, geodesy.Estimated}).Draw(t, id+" kind"),
		u:    rapid.SampledFrom([]float64{0, 20, 300, 2000}).Draw(t, id+" u"),
	}
}

func (x thing) values() geotest.Values {
	v := geotest.Values{"boundary_kind": string(x.kind)}
	if x.known {
		v["position_uncertainty_m"] = x.u
	}
	return v
}

// truth draws what it may be; of unknown uncertainty it may lie kilometres away.
func (x thing) truth(t *rapid.T, rng *rand.Rand) *geodesy.Shape {
	u := x.u
	if !x.known {
		u = 50_000
	}
	s, err := geodesy.Prepare(geotest.Truth(rng, x.g, x.kind, u))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Wherever the things are in truth, as far as their uncertainties allow: distances
// stay in their intervals, what is certain holds, counts and sums lie between their ends, and
// of two that are told apart the first is the nearer.
func TestAnswersHoldInTruth(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		spread := rapid.SampledFrom([]float64{0.02, 0.2, 0.6}).Draw(t, "spread")
		origin := drawThing(t, "origin", spread)
		things := map[string]thing{}
		layer := geotest.NewLayer("things", "Geometry", append(geotest.Basis(), geotest.Prop("ha", geo.Number))...)
		for i := range rapid.IntRange(1, 8).Draw(t, "things") {
			x := drawThing(t, fmt.Sprint("t", i), spread)
			v := x.values()
			v["ha"] = x.ha
			layer.Add(x.id, x.g, v)
			things[x.id] = x
		}
		zones := geotest.NewLayer("zones", "Geometry", geotest.Basis()...)
		zones.Add("z", origin.g, origin.values())
		engine := proximity.New(geotest.NewReader(layer, zones), proximity.Options{})
		allPoints := true // shares of areas speak of boundaries as stored
		for _, x := range things {
			_, isPoint := x.g.(orb.Point)
			allPoints = allPoints && isPoint
		}
		q := proximity.Question{From: []proximity.Source{{Ref: proximity.Ref{Collection: "zones", ID: "z"}}}, To: []proximity.Target{{Collection: "things"}}}
		limit := rapid.SampledFrom([]float64{0, 500, 10_000, 40_000}).Draw(t, "limit")
		near, err := engine.Nearest(t.Context(), proximity.NearestRequest{Question: q, K: 20})
		if err != nil {
			t.Fatal(err)
		}
		within, err := engine.Within(t.Context(), proximity.WithinRequest{Question: q, Distances: []float64{limit}, Sums: []proximity.Sum{{Property: "ha", ByArea: allPoints}}, Possible: true})
		if err != nil {
			t.Fatal(err)
		}
		overlap, err := engine.Overlap(t.Context(), proximity.OverlapRequest{Question: q, Touching: true})
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range []*proximity.Answer{within, overlap} {
			for _, p := range a.Pairs {
				x := things[p.To.ID]
				open := !x.known || !origin.known
				guess := x.kind == geodesy.Indicative || x.kind == geodesy.Estimated || origin.kind == geodesy.Indicative || origin.kind == geodesy.Estimated
				if p.Judgement.Verdict == geodesy.Certain && (open || guess) {
					t.Errorf("certain said of %+v and %+v", origin, x)
				}
				if open && (p.Interval.MaxM != nil || p.Interval.MinM != 0) {
					t.Errorf("an unknown uncertainty gives %+v", p.Interval)
				}
			}
		}
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "truths"), 7))
		for range 8 {
			checkTruth(t, rng, origin, things, limit, near, within, overlap)
		}
	})
}

const rounding = 1e-3 // metres

func checkTruth(t *rapid.T, rng *rand.Rand, origin thing, things map[string]thing, limit float64, near, within, overlap *proximity.Answer) {
	from := origin.truth(t, rng)
	metres := map[string]float64{}
	count, sum := 0, 0.0
	edge := false // one lies so near the limit that rounding decides
	for id, x := range things {
		d := geodesy.Between(from, x.truth(t, rng)).Metres
		metres[id] = d
		if d <= limit {
			count, sum = count+1, sum+x.ha
		}
		edge = edge || d > limit-rounding && d < limit+rounding && limit > 0
	}
	for _, a := range []*proximity.Answer{near, within, overlap} {
		for _, p := range a.Pairs {
			if d := metres[p.To.ID]; d < p.Interval.MinM-rounding || p.Interval.MaxM != nil && d > *p.Interval.MaxM+rounding {
				t.Errorf("%s: %g m in truth, said between %g and %v", p.To.ID, d, p.Interval.MinM, p.Interval.MaxM)
			}
		}
	}
	for i, p := range near.Pairs {
		for _, other := range near.Pairs[i+1:] {
			apart := true
			for _, ref := range p.NotToldApart {
				apart = apart && ref != other.To.Ref()
			}
			if apart && metres[p.To.ID] > metres[other.To.ID]+rounding {
				t.Errorf("%s is told apart from %s and said to be nearer, but %g m in truth, not %g", p.To.ID, other.To.ID, metres[p.To.ID], metres[other.To.ID])
			}
		}
	}
	for _, p := range within.Pairs {
		if p.Judgement.Verdict == geodesy.Certain && !edge && (metres[p.To.ID] <= limit) != p.Judgement.Holds {
			t.Errorf("%s: certain that within %g is %v, but %g m in truth", p.To.ID, limit, p.Judgement.Holds, metres[p.To.ID])
		}
	}
	for _, p := range overlap.Pairs {
		if p.Judgement.Verdict == geodesy.Certain && metres[p.To.ID] > 0 {
			t.Errorf("%s: certain to meet, but %g m away in truth", p.To.ID, metres[p.To.ID])
		}
	}
	if s := within.Summaries[0]; !edge {
		if count < s.CountMin || s.CountMax != nil && count > *s.CountMax {
			t.Errorf("%d in truth, said between %d and %v", count, s.CountMin, s.CountMax)
		}
		ha := s.Sums[0]
		if ha.SumMin != nil && sum < *ha.SumMin-1e-9 || ha.SumMax != nil && sum > *ha.SumMax+1e-9 {
			t.Errorf("%g ha in truth, said between %v and %v", sum, ha.SumMin, ha.SumMax)
		}
		if share := ha.ByArea; share != nil && (sum < share.Min-0.01 || share.Max != nil && sum > *share.Max+0.01) {
			t.Errorf("%g ha in truth, shared out between %g and %v", sum, share.Min, share.Max)
		}
	}
}
