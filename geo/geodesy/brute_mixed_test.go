package geodesy

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
	"pgregory.net/rapid"
)

// mixedShape is a collection of a polygon with a hole, another polygon, a line and points, or some of these.
func mixedShape(t *rapid.T, c orb.Point, r float64, name string) orb.Collection {
	rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, name), 1))
	around := func(c orb.Point, r float64, n int) orb.Ring { return blob(rng, c, r, n)[0] }
	aside := orb.Point{c[0] + 3*r, c[1] + r}
	all := orb.Collection{
		orb.Polygon{around(c, r, 3+rng.IntN(6)), around(c, r/4, 4)},
		orb.MultiPolygon{{around(c, r, 5)}, {around(aside, r, 4)}},
		orb.LineString(around(aside, r, 4)),
		orb.MultiLineString{orb.LineString(around(c, r/8, 3)), {aside, c}},
		orb.MultiPoint{c, aside},
	}
	rng.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all[:1+rng.IntN(2)]
}

// covers reports whether a place lies in a polygon of the collection, in the plane and modulo 360.
func covers(all orb.Collection, p orb.Point) bool {
	for _, g := range all {
		for _, turn := range []float64{-360, 0, 360} {
			q := orb.Point{p[0] + turn, p[1]}
			switch g := g.(type) {
			case orb.Polygon:
				if planar.PolygonContains(g, q) {
					return true
				}
			case orb.MultiPolygon:
				if planar.MultiPolygonContains(g, q) {
					return true
				}
			}
		}
	}
	return false
}

// Areas with holes, several of them, and mixtures with lines and points: 0 where a vertex of
// one lies in the other, else what the brute force finds between the edges.
func TestMixedAgainstBruteForce(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name             string
		lat              float64
		size0, size1     float64 // of a shape, powers of ten of a degree
		apart            float64 // at most, in sizes of the first
		within, tolerate float64 // metres
	}{
		{"short edges", 60, -3, -1, 8, 100e3, 1e-3},
		{"edges of hundreds of km", 50, 0, 0.6, 5, 100e3, 1e-3},
		{"up to 2,000 km", 50, -1, 0.5, 30, 2000e3, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			rapid.Check(t, func(t *rapid.T) {
				size := func(name string) float64 {
					return math.Pow(10, rapid.Float64Range(tt.size0, tt.size1).Draw(t, name))
				}
				r := size("size")
				c := orb.Point{rapid.SampledFrom([]float64{117, 180, -179.99}).Draw(t, "lon"), rapid.Float64Range(-tt.lat, tt.lat).Draw(t, "lat")}
				angle, apart := rapid.Float64Range(0, 2*math.Pi).Draw(t, "angle"), r*rapid.Float64Range(0, tt.apart).Draw(t, "apart")
				d := orb.Point{c[0] + apart*math.Cos(angle), max(-75, min(75, c[1]+apart*math.Sin(angle)))}
				if rapid.Bool().Draw(t, "wrapped") {
					d[0] -= math.Copysign(360, c[0])
				}
				first, second := mixedShape(t, c, r, "first"), mixedShape(t, d, size("other size"), "second")
				a, err := Prepare(first)
				if err != nil {
					t.Fatal(err)
				}
				b, err := Prepare(second)
				if err != nil {
					t.Fatal(err)
				}
				want := math.Inf(1)
				for _, e := range segmentsOf(b) {
					if covers(first, orb.Point{e.ax, e.ay}) {
						want = 0
					}
				}
				for _, e := range segmentsOf(a) {
					if covers(second, orb.Point{e.ax, e.ay}) {
						want = 0
					}
				}
				if want != 0 {
					want = bruteDistance(segmentsOf(a), segmentsOf(b), 24, tt.tolerate)
				}
				if want > tt.within {
					t.Skip("too far apart for the promise")
				}
				got := Between(a, b)
				if got.Metres > want+tt.tolerate {
					t.Errorf("Between = %.6f m from %v to %v, brute force %.6f", got.Metres, got.From, got.To, want)
				}
				if got.Meets() { // an inner point may be the one in common
					if want > 1 {
						t.Errorf("Between says that they meet at %v, brute force that they are %.3f m apart", got.From, want)
					}
					return
				}
				if dist := Distance(got.From, got.To); math.Abs(dist-got.Metres) > 1e-6 {
					t.Errorf("the closest points are %.9f apart, the distance is %.9f", dist, got.Metres)
				}
				if off := max(offShape(got.From, segmentsOf(a)), offShape(got.To, segmentsOf(b))); off > 1e-9 {
					t.Errorf("From %v or To %v lies %g degrees off the shapes", got.From, got.To, off)
				}
			})
		})
	}
}
