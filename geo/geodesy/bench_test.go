package geodesy

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/paulmach/orb"
)

// blob makes a star-shaped polygon of n vertices around a centre, r degrees wide.
func blob(rng *rand.Rand, c orb.Point, r float64, n int) orb.Polygon {
	ring := make(orb.Ring, 0, n+1)
	phase := rng.Float64() * 6
	for i := range n {
		a := 2 * math.Pi * float64(i) / float64(n)
		d := r * (0.7 + 0.2*math.Sin(3*a+phase) + 0.1*rng.Float64())
		ring = append(ring, orb.Point{c[0] + d*math.Cos(a), c[1] + d*math.Sin(a)})
	}
	return orb.Polygon{append(ring, ring[0])}
}

// plantations makes n polygons of 72 vertices over East Kalimantan.
func plantations(tb testing.TB, n int) []*Shape {
	tb.Helper()
	rng := rand.New(rand.NewPCG(1, 2))
	out := make([]*Shape, n)
	for i := range out {
		c := orb.Point{114 + 5*rng.Float64(), -2.5 + 5*rng.Float64()}
		s, err := Prepare(blob(rng, c, 0.004+0.012*rng.Float64(), 72))
		if err != nil {
			tb.Fatal(err)
		}
		out[i] = s
	}
	return out
}

func BenchmarkDistance(b *testing.B) {
	p, q := orb.Point{116.8, -1.2}, orb.Point{116.9, -1.1}
	for b.Loop() {
		Distance(p, q)
	}
}

func BenchmarkLowerBound(b *testing.B) {
	p, q := orb.Bound{Min: orb.Point{116, -1}, Max: orb.Point{116.1, -0.9}}, orb.Bound{Min: orb.Point{116.2, -1.2}, Max: orb.Point{116.3, -1.1}}
	from := NewFrom(p)
	for b.Loop() {
		from.LowerBound(q)
	}
}

func BenchmarkPrepare72(b *testing.B) {
	p := blob(rand.New(rand.NewPCG(1, 2)), orb.Point{116, -1}, 0.01, 72)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Prepare(p); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkBetween(b *testing.B) {
	rng := rand.New(rand.NewPCG(3, 4))
	shape := func(lon, lat, r float64, n int) *Shape {
		s, err := Prepare(blob(rng, orb.Point{lon, lat}, r, n))
		if err != nil {
			b.Fatal(err)
		}
		return s
	}
	point, err := Prepare(orb.Point{116.5, -1})
	if err != nil {
		b.Fatal(err)
	}
	tests := []struct {
		name string
		a, b *Shape
	}{
		{"point-72 at 5 km", point, shape(116.55, -1, 0.01, 72)},
		{"72-72 at 5 km", shape(116.5, -1, 0.01, 72), shape(116.56, -1.01, 0.01, 72)},
		{"72-72 at 300 km", shape(116.5, -1, 0.01, 72), shape(119, -2, 0.01, 72)},
		{"1500-72 at 10 km", shape(116.5, -1, 0.2, 1500), shape(116.8, -1.03, 0.01, 72)},
		{"1500-72 inside", shape(116.5, -1, 0.2, 1500), shape(116.52, -1.03, 0.01, 72)},
		{"1500-1500 at 20 km", shape(116.5, -1, 0.2, 1500), shape(117.1, -1, 0.2, 1500)},
		{"1500-1500 at 1000 km", shape(116.5, -1, 0.2, 1500), shape(125, -3, 0.2, 1500)},
		{"20000-20000 at 50 km", shape(116.5, -1, 0.5, 20000), shape(117.9, -1, 0.5, 20000)},
		{"20000-20000 side by side at 2000 km", level(-9, 20000), level(9, 20000)},
		{"80000-80000 side by side at 2000 km", level(-9, 80000), level(9, 80000)},
	}
	for _, tt := range tests {
		b.Run(tt.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Between(tt.a, tt.b)
			}
		})
	}
}

// The ten nearest of n polygons, all bounds first in a plain loop: an index
// would only make the bounds cheaper.
func BenchmarkNearest10(b *testing.B) {
	shapes := plantations(b, 20000)
	rng := rand.New(rand.NewPCG(5, 6))
	type hit struct {
		lower float64
		s     *Shape
	}
	cands := make([]hit, 0, len(shapes))
	from := make([]*Shape, 64)
	near := make([][]hit, len(from))
	for i := range from {
		p, err := Prepare(orb.Point{114 + 5*rng.Float64(), -2.5 + 5*rng.Float64()})
		if err != nil {
			b.Fatal(err)
		}
		from[i] = p
		cands = cands[:0]
		bounds := NewFrom(p.Bound())
		for _, s := range shapes {
			cands = append(cands, hit{bounds.LowerBound(s.Bound()), s})
		}
		slices.SortFunc(cands, func(x, y hit) int {
			if x.lower < y.lower {
				return -1
			}
			return 1
		})
		near[i] = slices.Clone(cands[:100])
	}
	b.ResetTimer()
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		k := i % len(from)
		i++
		var best [10]float64
		for j := range best {
			best[j] = math.Inf(1)
		}
		for _, c := range near[k] {
			if c.lower > best[9] {
				break
			}
			if r, ok := BetweenWithin(from[k], c.s, best[9]); ok {
				at, _ := slices.BinarySearch(best[:], r.Metres)
				copy(best[at+1:], best[at:9])
				best[at] = r.Metres
			}
		}
	}
}

// All polygons within 25 km of a zone of 1,500 vertices, of 20,000.
func BenchmarkWithin25km(b *testing.B) {
	shapes := plantations(b, 20000)
	zone, err := Prepare(blob(rand.New(rand.NewPCG(7, 8)), orb.Point{116.5, -0.5}, 0.2, 1500))
	if err != nil {
		b.Fatal(err)
	}
	for _, exact := range []bool{false, true} {
		name := "verdict"
		if exact {
			name = "distance"
		}
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			n := 0
			for b.Loop() {
				n = 0
				for _, s := range shapes {
					if exact {
						if _, ok := BetweenWithin(zone, s, 25000); ok {
							n++
						}
					} else if Within(zone, s, 25000) {
						n++
					}
				}
			}
			b.ReportMetric(float64(n), "found")
		})
	}
}
