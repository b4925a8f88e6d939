package geodesy_test

import (
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
	"pgregory.net/rapid"

	"kawasan/geo/geodesy"
)

// What a vicinity decides is what measuring says, of all kinds of shapes near to
// and far from all kinds, at any latitude.
func TestVicinity(t *testing.T) {
	t.Parallel()
	within, beyond, undecided := 0, 0, 0
	rapid.Check(t, func(t *rapid.T) {
		middle := orb.Point{
			rapid.SampledFrom([]float64{0, 116, 179.9, -179.9}).Draw(t, "lon"),
			rapid.SampledFrom([]float64{-89.95, -60, -1, 0, 2, 45, 84, 89.9}).Draw(t, "lat"),
		}
		one, _ := drawShape(t, middle, 0.3)
		limit := rapid.Float64Range(0, 60_000).Draw(t, "limit") * rapid.SampledFrom([]float64{1e-3, 1, 1, 1, 20, 300}).Draw(t, "scale")
		reach := limit + rapid.SampledFrom([]float64{0, 500}).Draw(t, "more")
		around := geodesy.NewVicinity(one, reach+rapid.SampledFrom([]float64{0, 5000}).Draw(t, "margin"))
		for range 8 {
			other, raw := drawShape(t, middle, rapid.SampledFrom([]float64{0.3, 1, 20}).Draw(t, "spread"))
			metres := geodesy.Between(one, other).Metres
			for _, bound := range []orb.Bound{other.Bound(), {}} {
				in, out := around.Decide(raw, bound, limit, reach)
				if in && metres > limit || out && metres <= reach {
					t.Fatalf("at %g m: within %g %v, beyond %g %v", metres, limit, in, reach, out)
				}
				switch {
				case in:
					within++
				case out:
					beyond++
				default:
					undecided++
				}
			}
		}
	})
	if !testing.Short() && (within < 30 || beyond < 30 || undecided < 30) {
		t.Errorf("%d within, %d beyond, %d undecided: too few of one kind to tell", within, beyond, undecided)
	}
}

// drawShape draws points, a line, a triangle or one with a hole in it, or several.
func drawShape(t *rapid.T, middle orb.Point, spread float64) (*geodesy.Shape, []byte) {
	at := func(size float64) orb.Point {
		p := orb.Point{middle[0] + rapid.Float64Range(-size, size).Draw(t, "x"), middle[1] + rapid.Float64Range(-size, size).Draw(t, "y")}
		return orb.Point{p[0], min(max(p[1], -90), 90)}
	}
	middle = at(spread)
	size := rapid.SampledFrom([]float64{0, 0.001, 0.05, 0.5}).Draw(t, "size")
	triangle := func() orb.Ring {
		a := at(size)
		return orb.Ring{a, at(size), at(size), a}
	}
	var g orb.Geometry
	switch rapid.IntRange(0, 5).Draw(t, "kind") {
	case 0:
		g = at(size)
	case 1:
		g = orb.MultiPoint{at(size), at(size)}
	case 2:
		g = orb.LineString{at(size), at(size), at(size)}
	case 3:
		g = orb.Polygon{triangle()}
	case 4:
		g = orb.MultiPolygon{{triangle()}, {triangle(), triangle()}}
	default:
		g = orb.Collection{at(size), orb.Polygon{triangle()}, orb.MultiLineString{{at(size), at(size)}}}
	}
	raw := wkb.MustMarshal(g)
	s, err := geodesy.PrepareWKB(raw)
	if err != nil {
		t.Fatal(err)
	}
	return s, raw
}

// Bytes that are no geometry decide nothing and do no harm.
func TestVicinityOfBrokenBinary(t *testing.T) {
	t.Parallel()
	one, err := geodesy.Prepare(orb.Point{116, -1})
	if err != nil {
		t.Fatal(err)
	}
	around := geodesy.NewVicinity(one, 1000)
	for _, g := range orb.AllGeometries {
		if g == nil {
			continue
		}
		raw, err := wkb.Marshal(g)
		if err != nil {
			continue // WKB has no such type
		}
		for cut := range raw {
			if within, beyond := around.Decide(raw[:cut], orb.Bound{}, 500, 1000); within || beyond {
				t.Fatalf("%d bytes of %s: within %v, beyond %v", cut, g.GeoJSONType(), within, beyond)
			}
		}
	}
}

func TestVicinityAllocatesNothing(t *testing.T) {
	one, err := geodesy.Prepare(orb.Polygon{{{116, -1}, {116.2, -1.05}, {116.25, -0.9}, {116.1, -0.8}, {116, -1}}})
	if err != nil {
		t.Fatal(err)
	}
	around := geodesy.NewVicinity(one, 20_000)
	raw := wkb.MustMarshal(orb.Polygon{{{116.3, -1.2}, {116.5, -1.2}, {116.5, -1}, {116.3, -1.2}}})
	bound := orb.Bound{Min: orb.Point{116.3, -1.2}, Max: orb.Point{116.5, -1}}
	if n := testing.AllocsPerRun(100, func() { around.Decide(raw, bound, 20_000, 20_000) }); n > 0 {
		t.Errorf("%g allocations", n)
	}
}
