package proximity_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/paulmach/orb"
	"pgregory.net/rapid"

	"kawasan/geo"
	"kawasan/geo/geodesy"
	"kawasan/geo/geotest"
	"kawasan/geo/proximity"
)

// spot is a point with how far it may be off, and a value that may be missing.
type spot struct {
	at     orb.Point
	off    float64
	known  bool
	value  float64
	valued bool
}

// summed is what a summary says when each spot is measured, and counted by hand.
func summed(origin spot, spots []spot, distance float64, byArea bool) proximity.Summary {
	most, open, doubt := 0, !origin.known, false
	s := proximity.Summary{From: "zones/z", Name: "z", DistanceM: distance, CountMax: &most}
	sum := proximity.SumSummary{Property: "ha", Unit: "ha"}
	total, least, greatest := 0.0, math.Inf(1), math.Inf(-1)
	certain, maybe := 0.0, 0.0
	from, _ := geodesy.Prepare(origin.at)
	share := proximity.AreaShare{Method: proximity.ShareMethod.EN}
	shareMost := 0.0
	for _, p := range spots {
		open = open || !p.known
		to, _ := geodesy.Prepare(p.at)
		metres := geodesy.Between(from, to).Metres
		off := origin.off + p.off
		inside, sure, possible := metres <= distance, metres+off <= distance, metres-off <= distance
		if !origin.known || !p.known {
			sure, possible = false, true
		}
		if inside {
			s.Count++
		}
		if sure {
			s.CountMin++
		}
		if possible {
			most++
			doubt = doubt || !p.valued || p.value < 0
		}
		switch {
		case inside && !p.valued:
			sum.Missing++
		case inside:
			sum.Values++
			total, least, greatest = total+p.value, min(least, p.value), max(greatest, p.value)
		}
		switch {
		case !p.valued || !possible:
		case sure:
			certain, maybe = certain+p.value, maybe+p.value
			share.Min, shareMost = share.Min+p.value, shareMost+p.value
		default:
			maybe += p.value
			share.Min, shareMost = share.Min+min(0, p.value), shareMost+max(0, p.value)
		}
	}
	if sum.Values > 0 {
		sum.Sum, sum.Least, sum.Greatest = &total, &least, &greatest
	}
	if !doubt {
		sum.SumMin, sum.SumMax = &certain, &maybe
	}
	share.Sum, share.Max = total, &shareMost
	if open {
		s.CountMax, sum.SumMax, share.Max = nil, nil, nil
	}
	if byArea {
		sum.ByArea = &share
	}
	s.Sums = []proximity.SumSummary{sum}
	return s
}

// Summaries are what counting by hand gives: of points, each measured, for each distance.
func TestSummariesAreWhatCountingGives(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		byArea := rapid.Bool().Draw(t, "by area")
		unknown := rapid.IntRange(0, 3).Draw(t, "unknown") == 0 // seldom, since then little can be said
		draw := func(label string) spot {
			x := spot{known: !unknown || rapid.IntRange(0, 4).Draw(t, label+" known") > 0}
			x.at = orb.Point{116 + rapid.Float64Range(-0.3, 0.3).Draw(t, label+" lon"), rapid.Float64Range(-0.3, 0.3).Draw(t, label+" lat")}
			if x.known {
				x.off = rapid.SampledFrom([]float64{0, 50, 3000}).Draw(t, label+" off")
			}
			x.valued, x.value = true, rapid.SampledFrom([]float64{0, 1, 2.5, 30, 400}).Draw(t, label+" value")
			if !unknown || !byArea { // else it depends on how far away they are whether their share is seen
				switch rapid.IntRange(0, 9).Draw(t, label+" odd") {
				case 0:
					x.valued, x.value = false, 0
				case 1:
					x.value = -x.value
				}
			}
			return x
		}
		add := func(l *geotest.Layer, id string, x spot, values geotest.Values) {
			if x.known {
				values["position_uncertainty_m"] = x.off
			}
			l.Add(id, x.at, values)
		}
		ha := geotest.Prop("ha", geo.Number)
		ha.Unit = "ha"
		things := geotest.NewLayer("things", "Point", append(geotest.Basis(), ha)...)
		zones := geotest.NewLayer("zones", "Point", geotest.Basis()...)
		origin := draw("origin")
		add(zones, "z", origin, geotest.Values{})
		var spots []spot
		for i := range rapid.IntRange(0, 12).Draw(t, "n") {
			x := draw(fmt.Sprint("t", i))
			values := geotest.Values{}
			if x.valued {
				values["ha"] = x.value
			}
			add(things, fmt.Sprint("t", i), x, values)
			spots = append(spots, x)
		}
		only := rapid.Bool().Draw(t, "only")
		distances := []float64{8_000, 20_000, 45_000}
		a, err := proximity.New(geotest.NewReader(things, zones), proximity.Options{}).Within(t.Context(), proximity.WithinRequest{
			Question:  proximity.Question{From: from("zones/z"), To: to("things", nil)},
			Distances: distances, Sums: []proximity.Sum{{Property: "ha", ByArea: byArea}}, SummaryOnly: only,
		})
		if err != nil {
			t.Fatal(err)
		}
		var want []*proximity.Summary
		for _, d := range distances {
			s := summed(origin, spots, d, byArea)
			want = append(want, &s)
		}
		rounded := cmpopts.IgnoreFields(proximity.AreaShare{}, "Rounded")
		near := cmpopts.EquateApprox(0, 1e-9)
		if d := cmp.Diff(want, a.Summaries, rounded, near); d != "" {
			t.Fatalf("(-want +got):\n%s", d)
		}
	})
}
