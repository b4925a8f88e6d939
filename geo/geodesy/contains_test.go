package geodesy

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
	"pgregory.net/rapid"
)

// Every leaf layout: the ray test over the hierarchy agrees with a plain one.
func TestContainsAgainstPlanar(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 4))
		c := orb.Point{116, 0}
		var mp orb.MultiPolygon
		for i := range rapid.IntRange(1, 8).Draw(t, "polygons") {
			at := orb.Point{c[0] + 2*float64(i%3), c[1] + 2*float64(i/3)}
			n := rapid.IntRange(3, 200).Draw(t, "n")
			p := blob(rng, at, 0.9, n)
			if rng.IntN(2) == 0 && n >= 10 { // out of a triangle the hole would reach
				p = append(p, blob(rng, at, 0.3, 10)[0])
			}
			mp = append(mp, p)
		}
		s, err := Prepare(mp)
		if err != nil {
			t.Fatal(err)
		}
		for range 100 {
			v := orb.Point{115 + 6*rng.Float64(), -1 + 6*rng.Float64()}
			want := planar.MultiPolygonContains(mp, v)
			for _, k := range []float64{0, 360, -360} {
				if got := s.Contains(orb.Point{v[0] + k, v[1]}); got != want && math.Abs(k) < 1 {
					t.Errorf("Contains(%v) = %v, want %v", v, got, want)
				}
			}
		}
	})
}

func TestContainsOverlapAndWrap(t *testing.T) {
	t.Parallel()
	square := func(w, s, e, n float64) orb.Polygon {
		return orb.Bound{Min: orb.Point{w, s}, Max: orb.Point{e, n}}.ToPolygon()
	}
	twice := mustPrepare(t, orb.Collection{square(0, 0, 2, 2), square(1, 1, 3, 3)})
	across := mustPrepare(t, square(179, -1, 181, 1))
	tests := []struct {
		name string
		s    *Shape
		p    orb.Point
		want bool
	}{
		{"where members overlap", twice, orb.Point{1.5, 1.5}, true},
		{"in one of them", twice, orb.Point{0.5, 0.5}, true},
		{"in neither", twice, orb.Point{2.5, 0.5}, false},
		{"west of the antimeridian", across, orb.Point{179.5, 0}, true},
		{"east of it", across, orb.Point{-179.5, 0}, true},
		{"a turn further", across, orb.Point{180.5 - 720, 0}, true},
		{"outside", across, orb.Point{0, 0}, false},
	}
	for _, tt := range tests {
		if got := tt.s.Contains(tt.p); got != tt.want {
			t.Errorf("%s: got %v", tt.name, got)
		}
	}
}
