package proximity_test

import (
	"fmt"
	"reflect"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"

	"kawasan/geo"
	"kawasan/geo/geotest"
	"kawasan/geo/proximity"
)

// A summary alone says just what it says beside the features, although most
// features are then not measured.
func TestSummaryAloneIsTheSame(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		layer := geotest.NewLayer("estates", "Geometry", append(geotest.Basis(), geotest.Prop("ha", geo.Number))...)
		zones := geotest.NewLayer("zones", "Polygon", geotest.Basis()...)
		at := func() orb.Point {
			return orb.Point{116 + rapid.Float64Range(-0.3, 0.3).Draw(t, "lon"), rapid.Float64Range(-0.3, 0.3).Draw(t, "lat")}
		}
		square := func(p orb.Point, side float64) orb.Geometry {
			return orb.Bound{Min: p, Max: orb.Point{p[0] + side, p[1] + side}}.ToPolygon()
		}
		basis := func() geotest.Values {
			v := geotest.Values{}
			if kind := rapid.SampledFrom([]string{"", "legal", "outer_envelope", "estimated"}).Draw(t, "kind"); kind != "" {
				v["boundary_kind"] = kind
			}
			if u := rapid.SampledFrom([]float64{-1, 0, 50, 3000}).Draw(t, "uncertainty"); u >= 0 {
				v["position_uncertainty_m"] = u
			}
			return v
		}
		for i := range rapid.IntRange(1, 20).Draw(t, "features") {
			v := basis()
			if rapid.Bool().Draw(t, "valued") {
				v["ha"] = rapid.Float64Range(-1, 100).Draw(t, "ha")
			}
			var g orb.Geometry = at()
			if rapid.Bool().Draw(t, "area") {
				g = square(at(), 0.05)
			}
			layer.Add(fmt.Sprint("e", i), g, v)
		}
		zones.Add("z", square(orb.Point{116, 0}, 0.02), basis())
		engine := proximity.New(geotest.NewReader(layer, zones), proximity.Options{})
		ask := func(only bool) []*proximity.Summary {
			a, err := engine.Within(t.Context(), proximity.WithinRequest{
				Question:  proximity.Question{From: []proximity.Source{{Ref: proximity.Ref{Collection: "zones", ID: "z"}}}, To: []proximity.Target{{Collection: "estates"}}},
				Distances: []float64{10_000, 25_000}, Sums: []proximity.Sum{{Property: "ha"}}, SummaryOnly: only,
			})
			if err != nil {
				t.Fatal(err)
			}
			return a.Summaries
		}
		if got, want := ask(true), ask(false); !reflect.DeepEqual(got, want) {
			t.Fatalf("alone %+v, beside the features %+v", *got[0], *want[0])
		}
	})
}
