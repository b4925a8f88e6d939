package geodesy

import (
	"math"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// Points a hair off the equator and nearly opposite: the same lengths as on it.
func TestDistanceAtTheEquatorsAntipodes(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		a, b orb.Point
	}{
		{"half a step of the library's rounding", orb.Point{-180, -3.47e-18}, orb.Point{0.5, -3.47e-18}},
		{"two latitudes", orb.Point{-180, -1e-18}, orb.Point{0.1, -9e-24}},
		{"exactly opposite", orb.Point{-132, -1e-19}, orb.Point{48, -1e-19}},
		{"either side", orb.Point{-180, -1e-19}, orb.Point{0.2, 1e-19}},
		{"smallest numbers", orb.Point{-180, -5e-324}, orb.Point{0.2, -5e-324}},
		{"just counted as on the equator", orb.Point{10, -9.9e-15}, orb.Point{-170.3, 9.9e-15}},
		{"just counted as off it", orb.Point{10, -1.01e-14}, orb.Point{-170.3, -1.01e-14}},
	}
	for _, tt := range tests {
		want := Distance(orb.Point{tt.a[0], 0}, orb.Point{tt.b[0], 0})
		if want < 19_900_000 || want > halfwayM {
			t.Errorf("%s: on the equator itself Distance = %f", tt.name, want)
		}
		if got := Distance(tt.a, tt.b); math.Abs(got-want) > 1e-7 {
			t.Errorf("%s: Distance = %f, want %f", tt.name, got, want)
		}
		if got := Between(mustPrepare(t, tt.a), mustPrepare(t, tt.b)).Metres; math.Abs(got-want) > 1e-7 {
			t.Errorf("%s: Between = %f, want %f", tt.name, got, want)
		}
	}
}

// Every length found must be possible, be the same in both directions, and lead
// from one point to the other, which is checked with the direct problem.
func TestInverseNearAntipodes(t *testing.T) {
	t.Parallel()
	tiny := rapid.Custom(func(t *rapid.T) float64 {
		v := math.Pow(10, rapid.Float64Range(-320, 0).Draw(t, "exponent"))
		if rapid.Bool().Draw(t, "coarse") {
			v = math.Pow(10, rapid.Float64Range(-20, -8).Draw(t, "coarse exponent"))
		}
		return v * rapid.SampledFrom([]float64{-1, 0, 1}).Draw(t, "sign")
	})
	rapid.Check(t, func(t *rapid.T) {
		lat := rapid.SampledFrom([]float64{0, 0, 0, 1, -45, 89.9999, 90}).Draw(t, "latitude")
		a := orb.Point{rapid.SampledFrom([]float64{-180, 0, 116.7}).Draw(t, "longitude"), lat - math.Abs(tiny.Draw(t, "lat a"))}
		b := orb.Point{a[0] + 180 + rapid.Float64Range(-1, 1).Draw(t, "dlon"), tiny.Draw(t, "lat b") - lat}
		if rapid.Bool().Draw(t, "same latitude") {
			b[1] = -a[1]
		}
		if rapid.Bool().Draw(t, "mirrored") {
			b[1] = -b[1]
		}
		b[0] += turns(-b[0], 360)
		b[1] = min(90, max(-90, b[1]))
		g := Inverse(a, b)
		if !(g.Metres >= 0 && g.Metres <= halfwayM+1e-6) {
			t.Fatalf("from %v to %v: %f m", a, b, g.Metres)
		}
		if d := Distance(a, b); d != g.Metres {
			t.Errorf("Distance %f, Inverse %f", d, g.Metres)
		}
		if back := Distance(b, a); math.Abs(back-g.Metres) > 1e-6 {
			t.Errorf("%f m there, %f m back", g.Metres, back)
		}
		if miss := Distance(Direct(a, g.FromDeg, g.Metres), b); miss > 1e-6 {
			t.Errorf("from %v to %v: the geodesic ends %g m off", a, b, miss)
		}
		if got := Between(place(a), place(b)).Metres; math.Abs(got-g.Metres) > 1e-6 {
			t.Errorf("Between %f, Distance %f", got, g.Metres)
		}
	})
}
