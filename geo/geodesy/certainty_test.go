package geodesy

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

func metres(m float64) *float64 { return &m }

// drawShape draws a polygon, line or point around a centre, some kilometres wide.
func drawShape(t *rapid.T, c orb.Point, name string) orb.Geometry {
	rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, name+" seed"), 2))
	size := math.Pow(10, rapid.Float64Range(-3, -1).Draw(t, name+" size"))
	p := blob(rng, c, size, rapid.IntRange(3, 20).Draw(t, name+" n"))
	switch rapid.IntRange(0, 3).Draw(t, name+" kind") {
	case 0:
		return c
	case 1:
		return orb.LineString(p[0])
	default:
		return p
	}
}

// moved moves every vertex by at most the uncertainty: all alike, or each its own way.
func moved(rng *rand.Rand, g orb.Geometry, u float64) orb.Geometry {
	if rng.IntN(2) == 0 {
		return shifted(g, rng.Float64()*360, u*math.Sqrt(rng.Float64()))
	}
	return eachMoved(g, func(p orb.Point) orb.Point { return Direct(p, rng.Float64()*360, u*rng.Float64()*0.9999) })
}

// shifted moves a geometry as a whole.
func shifted(g orb.Geometry, azimuth, metres float64) orb.Geometry {
	return eachMoved(g, func(p orb.Point) orb.Point { return Direct(p, azimuth, metres*0.9999) })
}

func eachMoved(g orb.Geometry, move func(orb.Point) orb.Point) orb.Geometry {
	ring := func(r []orb.Point) []orb.Point {
		out := make([]orb.Point, len(r))
		for i, p := range r {
			out[i] = move(p)
		}
		if r[0] == r[len(r)-1] {
			out[len(r)-1] = out[0]
		}
		return out
	}
	switch g := g.(type) {
	case orb.Point:
		return move(g)
	case orb.LineString:
		return orb.LineString(ring(g))
	case orb.Polygon:
		return orb.Polygon{orb.Ring(ring(g[0]))}
	}
	panic("unknown geometry")
}

// within draws what an outer envelope may really hold: a point of it.
func within(rng *rand.Rand, g orb.Geometry, s *Shape) orb.Geometry {
	p, ok := g.(orb.Polygon)
	if !ok {
		switch g := g.(type) {
		case orb.LineString:
			return g[rng.IntN(len(g))]
		}
		return g
	}
	b := s.Bound()
	for range 1000 {
		v := orb.Point{b.Min[0] + rng.Float64()*(b.Max[0]-b.Min[0]), b.Min[1] + rng.Float64()*(b.Max[1]-b.Min[1])}
		if s.Contains(v) {
			return v
		}
	}
	return p[0][rng.IntN(len(p[0]))]
}

// A certain answer never flips, and a distance never leaves its interval,
// wherever the boundaries lie within their uncertainties.
func TestCertaintyNeverFlips(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := orb.Point{117, rapid.Float64Range(-3, 3).Draw(t, "lat")}
		ga := drawShape(t, c, "a")
		far := rapid.Float64Range(-0.2, 0.2)
		if rapid.Bool().Draw(t, "close") {
			far = rapid.Float64Range(-0.02, 0.02)
		}
		gb := drawShape(t, orb.Point{c[0] + far.Draw(t, "dx"), c[1] + far.Draw(t, "dy")}, "b")
		kind := rapid.SampledFrom([]BoundaryKind{Legal, Surveyed, PublishedPoint, Generalised, OuterEnvelope, LegalBBox, Indicative, Estimated})
		unsure := rapid.OneOf(rapid.Float64Range(0, 50), rapid.Float64Range(0, 3000), rapid.Just(0.0),
			rapid.SampledFrom([]float64{300, 600, 1000, 1500, 2000}))
		sa, err := Prepare(ga)
		if err != nil {
			t.Fatal(err)
		}
		sb, err := Prepare(gb)
		if err != nil {
			t.Fatal(err)
		}
		a := Party{sa, Basis{kind.Draw(t, "a kind"), metres(unsure.Draw(t, "ua"))}}
		b := Party{sb, Basis{kind.Draw(t, "b kind"), metres(unsure.Draw(t, "ub"))}}
		d := Between(sa, sb).Metres
		iv := DistanceInterval(d, a, b)
		limit := rapid.OneOf(rapid.Float64Range(0, 30000), rapid.Just(d), rapid.Just(*iv.MaxM), rapid.Just(iv.MinM)).Draw(t, "limit")
		near := JudgeWithin(d, limit, iv, a.Basis, b.Basis)
		meets := JudgeMeets(d, a, b)
		if (a.Kind.guessed() || b.Kind.guessed()) && (near.Verdict == Certain || meets.Verdict == Certain) {
			t.Errorf("certain said of %s and %s", a.Kind, b.Kind)
		}
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "moves"), 3))
		for i := range 24 {
			ta, tb := ga, gb
			if a.Kind.encloses() {
				ta = within(rng, ga, sa)
			}
			if b.Kind.encloses() {
				tb = within(rng, gb, sb)
			}
			if i < 12 {
				ta, tb = moved(rng, ta, *a.UncertaintyM), moved(rng, tb, *b.UncertaintyM)
			} else { // straight away from each other: the worst there is
				ta, tb = shifted(ta, 30*float64(i), *a.UncertaintyM), shifted(tb, 30*float64(i)+180, *b.UncertaintyM)
			}
			va, err := Prepare(ta)
			if err != nil {
				t.Fatal(err)
			}
			vb, err := Prepare(tb)
			if err != nil {
				t.Fatal(err)
			}
			got := Between(va, vb).Metres
			if got < iv.MinM-1e-3 || got > *iv.MaxM+1e-3 {
				t.Errorf("true distance %.4f outside %.4f..%.4f (stored %.4f, u %.2f + %.2f, %s, %s)\n%v\n%v", got, iv.MinM, *iv.MaxM, d, *a.UncertaintyM, *b.UncertaintyM, a.Kind, b.Kind, ta, tb)
			}
			if near.Verdict == Certain && (got <= limit) != near.Holds && math.Abs(got-limit) > 1e-3 {
				t.Errorf("certain that within %.3f is %v, but a possible distance is %.4f", limit, near.Holds, got)
			}
			if meets.Verdict == Certain && (got == 0) != meets.Holds {
				t.Errorf("certain that meeting is %v, but a possible distance is %.4f", meets.Holds, got)
			}
		}
	})
}

func TestDistanceInterval(t *testing.T) {
	t.Parallel()
	square := func(lon, lat, half float64) *Shape {
		return mustPrepare(t, orb.Bound{Min: orb.Point{lon - half, lat - half}, Max: orb.Point{lon + half, lat + half}})
	}
	point := mustPrepare(t, orb.Point{117, 0})
	apart := mustPrepare(t, orb.Point{117.1, 0})
	km11 := Between(point, apart).Metres
	big, small := square(117, 0, 0.05), square(117, 0, 0.001)
	nan := math.NaN()
	tests := []struct {
		name     string
		a, b     Party
		min, max float64 // max below 0: open
		tol      float64
	}{
		{"both known", Party{point, Basis{Surveyed, metres(100)}}, Party{apart, Basis{Legal, metres(50)}}, km11 - 150, km11 + 150, 1e-6},
		{"never below 0", Party{point, Basis{Indicative, metres(10000)}}, Party{apart, Basis{Legal, metres(5000)}}, 0, km11 + 15000, 1e-6},
		{"unknown is open", Party{point, Basis{Surveyed, nil}}, Party{apart, Basis{Legal, metres(50)}}, 0, -1, 0},
		{"not a number is unknown", Party{point, Basis{Surveyed, &nan}}, Party{apart, Basis{Legal, metres(50)}}, 0, -1, 0},
		{"nothing uncertain", Party{point, Basis{Legal, metres(0)}}, Party{apart, Basis{Legal, metres(0)}}, km11, km11, 1e-6},
		{"deep inside", Party{big, Basis{Legal, metres(100)}}, Party{small, Basis{Surveyed, metres(100)}}, 0, 0, 0},
		{"inside, but not by enough", Party{big, Basis{Legal, metres(4000)}}, Party{small, Basis{Surveyed, metres(4000)}}, 0, 8000, 1e-6},
		{
			"an envelope around a point",
			Party{point, Basis{Surveyed, metres(10)}},
			Party{big, Basis{OuterEnvelope, metres(0)}},
			0,
			Distance(orb.Point{117, 0}, orb.Point{117.05, 0.05}) + 10, 60,
		},
		{"a point around which lies an envelope wholly inside a zone", Party{big, Basis{Legal, metres(100)}}, Party{small, Basis{OuterEnvelope, metres(100)}}, 0, 0, 0},
		{
			"two envelopes",
			Party{small, Basis{LegalBBox, metres(0)}},
			Party{big, Basis{OuterEnvelope, metres(0)}},
			0,
			Distance(orb.Point{116.999, -0.001}, orb.Point{117.05, 0.05}), 60,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for range 2 {
				d := Between(tt.a.Shape, tt.b.Shape).Metres
				iv := DistanceInterval(d, tt.a, tt.b)
				if math.Abs(iv.MinM-tt.min) > tt.tol {
					t.Errorf("MinM = %f, want %f", iv.MinM, tt.min)
				}
				switch {
				case (iv.MaxM == nil) != (tt.max < 0):
					t.Errorf("MaxM = %v, want %f", iv.MaxM, tt.max)
				case iv.MaxM != nil && math.Abs(*iv.MaxM-tt.max) > tt.tol:
					t.Errorf("MaxM = %f, want %f", *iv.MaxM, tt.max)
				}
				tt.a, tt.b = tt.b, tt.a
			}
		})
	}
}

func TestVerdicts(t *testing.T) {
	t.Parallel()
	p, q := mustPrepare(t, orb.Point{117, 0}), mustPrepare(t, orb.Point{117.1, 0})
	d := Between(p, q).Metres // 11,132 m
	tests := []struct {
		name   string
		a, b   Basis
		limit  float64
		holds  bool
		want   Verdict
		margin *float64
	}{
		{"well within", Basis{Legal, metres(100)}, Basis{Surveyed, metres(100)}, 12000, true, Certain, metres(12000 - d - 200)},
		{"well beyond", Basis{Legal, metres(100)}, Basis{Surveyed, metres(100)}, 10000, false, Certain, metres(d - 200 - 10000)},
		{"a sketch", Basis{Indicative, metres(100)}, Basis{Surveyed, metres(100)}, 12000, true, Likely, metres(12000 - d - 200)},
		{"an estimate", Basis{Legal, metres(100)}, Basis{Estimated, metres(100)}, 12000, true, Likely, metres(12000 - d - 200)},
		{"a close thing", Basis{Legal, metres(1000)}, Basis{Surveyed, metres(1000)}, 12000, true, DependsOnBoundary, metres(12000 - d - 2000)},
		{"more than half the uncertainty", Basis{Legal, metres(500)}, Basis{Surveyed, metres(600)}, 12000, true, Likely, metres(12000 - d - 1100)},
		{"an envelope is not likely", Basis{OuterEnvelope, metres(500)}, Basis{Surveyed, metres(600)}, 12000, true, DependsOnBoundary, metres(12000 - d - 1100)},
		{"unknown", Basis{Legal, nil}, Basis{Surveyed, metres(1)}, 12000, true, DependsOnBoundary, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			iv := DistanceInterval(d, Party{p, tt.a}, Party{q, tt.b})
			got := JudgeWithin(d, tt.limit, iv, tt.a, tt.b)
			if got.Holds != tt.holds || got.Verdict != tt.want {
				t.Errorf("got %v %s, want %v %s", got.Holds, got.Verdict, tt.holds, tt.want)
			}
			switch {
			case (got.MarginM == nil) != (tt.margin == nil):
				t.Errorf("margin %v, want %v", got.MarginM, tt.margin)
			case got.MarginM != nil && math.Abs(*got.MarginM-*tt.margin) > 1e-6:
				t.Errorf("margin %f, want %f", *got.MarginM, *tt.margin)
			}
		})
	}
}

// Whether two meet is judged by how far they are apart, or how deep one lies in the other.
func TestVerdictsOfMeeting(t *testing.T) {
	t.Parallel()
	const degree = 111_319.490793 // metres, of the equator
	area := mustPrepare(t, orb.Bound{Min: orb.Point{117, -1}, Max: orb.Point{119, 1}}.ToPolygon())
	outside, inside := mustPrepare(t, orb.Point{117 - 300/degree, 0}), mustPrepare(t, orb.Point{117 + 300/degree, 0})
	tests := []struct {
		name string
		a, b Basis
		want Verdict
	}{
		{"by more than both", Basis{Legal, metres(100)}, Basis{Surveyed, metres(150)}, Certain},
		{"by more than both, one guessed", Basis{Legal, metres(100)}, Basis{Indicative, metres(150)}, Likely},
		{"by more than both, the other guessed", Basis{Estimated, metres(100)}, Basis{Legal, metres(150)}, Likely},
		{"by more than half of both", Basis{Legal, metres(280)}, Basis{Surveyed, metres(310)}, Likely},
		{"by less than half of both", Basis{Legal, metres(290)}, Basis{Surveyed, metres(320)}, DependsOnBoundary},
		{"by more than half of both, one guessed", Basis{Legal, metres(100)}, Basis{Indicative, metres(310)}, DependsOnBoundary},
		{"by more than half of both, an envelope", Basis{Legal, metres(100)}, Basis{OuterEnvelope, metres(310)}, DependsOnBoundary},
		{"unknown", Basis{Legal, metres(0)}, Basis{Surveyed, nil}, DependsOnBoundary},
		{"unknown, the other", Basis{Legal, nil}, Basis{Surveyed, metres(0)}, DependsOnBoundary},
	}
	for _, tt := range tests {
		for _, point := range []*Shape{outside, inside} {
			a, b := Party{area, tt.a}, Party{point, tt.b}
			d := Between(a.Shape, b.Shape).Metres
			got := JudgeMeets(d, a, b)
			if got.Holds != (point == inside) || got.Verdict != tt.want {
				t.Errorf("%s: got %v %s, want %v %s", tt.name, got.Holds, got.Verdict, point == inside, tt.want)
			}
			if tt.a.UncertaintyM == nil || tt.b.UncertaintyM == nil {
				if got.MarginM != nil {
					t.Errorf("%s: the margin is %g, want none", tt.name, *got.MarginM)
				}
				continue
			}
			if want := 300 - *tt.a.UncertaintyM - *tt.b.UncertaintyM; got.MarginM == nil || math.Abs(*got.MarginM-want) > 0.1 {
				t.Errorf("%s: the margin is %v, want %g", tt.name, got.MarginM, want)
			}
		}
	}
}

func TestIndistinguishable(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		a, b Interval
		want bool
	}{
		{"apart", Interval{0, metres(5)}, Interval{6, metres(9)}, false},
		{"touching", Interval{0, metres(5)}, Interval{5, metres(9)}, true},
		{"nested", Interval{0, metres(50)}, Interval{5, metres(9)}, true},
		{"open", Interval{0, nil}, Interval{5, metres(9)}, true},
		{"open from above", Interval{10, nil}, Interval{5, metres(9)}, false},
	}
	for _, tt := range tests {
		if got := Indistinguishable(tt.a, tt.b); got != tt.want {
			t.Errorf("%s: got %v, want %v", tt.name, got, tt.want)
		}
		if got := Indistinguishable(tt.b, tt.a); got != tt.want {
			t.Errorf("%s, other way: got %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestRoundForUncertainty(t *testing.T) {
	t.Parallel()
	tests := []struct{ value, u, want, step float64 }{
		{12345, 300, 12300, 100},
		{12345, 100, 12300, 100},
		{12345, 99.9, 12350, 10},
		{12345.678, 0.5, 12345.7, 0.1},
		{0.123456, 0.001, 0.123, 0.001},
		{12345, 4000, 12000, 1000},
		{400, 4000, 0, 1000},
		{12345.678, 0, 12345.678, 0},
		{12345.678, math.NaN(), 12345.678, 0},
		{12345.678, math.Inf(1), 12345.678, 0},
		{-12345, 1000, -12000, 1000},
	}
	for _, tt := range tests {
		got, step := RoundForUncertainty(tt.value, tt.u)
		if got != tt.want || step != tt.step {
			t.Errorf("RoundForUncertainty(%g, %g) = %g, %g, want %g, %g", tt.value, tt.u, got, step, tt.want, tt.step)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.Float64Range(-1e9, 1e9).Draw(t, "value")
		u := math.Pow(10, rapid.Float64Range(-6, 8).Draw(t, "u"))
		got, step := RoundForUncertainty(v, u)
		if math.Abs(got-v) > u/2*(1+1e-9)+1e-9 || step > u || step*10 <= u*(1-1e-12) {
			t.Errorf("RoundForUncertainty(%g, %g) = %g with step %g", v, u, got, step)
		}
	})
}
