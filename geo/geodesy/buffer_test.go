package geodesy

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
	sf "github.com/peterstace/simplefeatures/geom"

	"kawasan/geo"
)

func TestBuffer(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(11, 12))
	coast := blob(rng, orb.Point{116.7, -1.2}, 0.2, 300)
	ell := orb.Polygon{{{116, 0}, {116.5, 0}, {116.5, 0.1}, {116.1, 0.1}, {116.1, 0.5}, {116, 0.5}, {116, 0}}}
	withHole := orb.Polygon{
		{{116, 0}, {117, 0}, {117, 1}, {116, 1}, {116, 0}},
		{{116.3, 0.3}, {116.7, 0.3}, {116.7, 0.7}, {116.3, 0.7}, {116.3, 0.3}},
	}
	tests := []struct {
		name   string
		g      orb.Geometry
		radius float64
	}{
		{"point, 1 m", orb.Point{117, -1}, 1},
		{"point, 25 km", orb.Point{117, -1}, 25e3},
		{"point, 1,000 km", orb.Point{117, -1}, 1000e3},
		{"point far north", orb.Point{20, 75}, 100e3},
		{"point on the antimeridian", orb.Point{179.9, 20}, 50e3},
		{"points that merge", orb.MultiPoint{{117, 0}, {117.1, 0}, {118, 0}}, 8e3},
		{"coast, 500 m", coast, 500},
		{"coast, 50 km", coast, 50e3},
		{"ell with a concave corner", ell, 5e3},
		{"hole that narrows", withHole, 5e3},
		{"hole that closes", withHole, 30e3},
		{"long edge", orb.LineString{{100, 5}, {120, 12}}, 10e3},
		{"long edge in the north", orb.LineString{{10, 60}, {20, 60}}, 20e3},
		{"line and point", orb.Collection{orb.LineString{{116, 0}, {116.2, 0.1}}, orb.Point{117, 0}}, 2e3},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := mustPrepare(t, tt.g)
			got, err := Buffer(t.Context(), s, tt.radius)
			if err != nil {
				t.Fatal(err)
			}
			tol := BufferTolerance(tt.radius)
			worst, n := 0.0, 0
			for _, p := range got {
				for _, r := range p {
					for i := 1; i < len(r); i++ {
						if math.Abs(r[i][0]) == 180 && math.Abs(r[i-1][0]) == 180 {
							continue // the cut
						}
						for _, f := range []float64{0, 0.125, 0.3, 0.5, 0.66, 0.9} {
							v := orb.Point{r[i-1][0] + f*(r[i][0]-r[i-1][0]), r[i-1][1] + f*(r[i][1]-r[i-1][1])}
							d := Between(s, mustPrepare(t, v)).Metres
							worst = math.Max(worst, math.Abs(d-tt.radius))
							n++
						}
					}
				}
			}
			if worst > tol {
				t.Errorf("a boundary point is %.3f m off, allowed %.3f (of %d looked at)", worst, tol, n)
			}
			raw, err := wkb.Marshal(got)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := sf.UnmarshalWKB(raw); err != nil {
				t.Errorf("the buffer is not valid: %v", err)
			}
			// Places at random: inside exactly when near enough.
			b := mustPrepare(t, got)
			bound := b.Bound()
			rng := rand.New(rand.NewPCG(1, 1))
			for range 300 {
				v := orb.Point{bound.Min[0] + rng.Float64()*(bound.Max[0]-bound.Min[0]), bound.Min[1] + rng.Float64()*(bound.Max[1]-bound.Min[1])}
				d := Between(s, mustPrepare(t, v)).Metres
				if math.Abs(d-tt.radius) > tol && b.Contains(v) != (d < tt.radius) {
					t.Errorf("%v is %.1f m away but Contains says %v", v, d, b.Contains(v))
				}
			}
		})
	}
}

// The area of a geodesic circle is known in closed form on a sphere; on the
// ellipsoid it is close to that of the sphere of the local mean radius.
func TestBufferOfPointHasTheAreaOfACircle(t *testing.T) {
	t.Parallel()
	got, err := Buffer(t.Context(), mustPrepare(t, orb.Point{117, 0}), 10e3)
	if err != nil {
		t.Fatal(err)
	}
	area := Area(mustPrepare(t, got))
	if want := math.Pi * 10e3 * 10e3; math.Abs(area/want-1) > 2e-3 {
		t.Errorf("got %.0f m², want %.0f", area, want)
	}
}

func TestBufferRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		g      orb.Geometry
		radius float64
		code   geo.Code
	}{
		{"radius 0", orb.Point{117, 0}, 0, geo.Invalid},
		{"negative", orb.Point{117, 0}, -5, geo.Invalid},
		{"not a number", orb.Point{117, 0}, math.NaN(), geo.Invalid},
		{"larger than the earth", orb.Point{117, 0}, 1e9, geo.Invalid},
		{"over the pole", orb.Point{117, 89.9}, 20e3, geo.Unsupported},
		{"half the world", orb.LineString{{-80, 0}, {80, 0}}, 1000, geo.Unsupported},
	}
	for _, tt := range tests {
		if _, err := Buffer(t.Context(), mustPrepare(t, tt.g), tt.radius); !geo.IsCode(err, tt.code) {
			t.Errorf("%s: got %v, want code %s", tt.name, err, tt.code)
		}
	}
}
