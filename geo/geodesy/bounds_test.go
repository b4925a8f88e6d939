package geodesy

import (
	"math"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// drawBox draws a box anywhere, often small, often near the poles or the antimeridian.
func drawBox(t *rapid.T, name string) orb.Bound {
	p := drawPoint(t, name)
	w := math.Pow(10, rapid.Float64Range(-5, 2).Draw(t, name+" width"))
	h := math.Pow(10, rapid.Float64Range(-5, 1.9).Draw(t, name+" height"))
	if rapid.Bool().Draw(t, name+" flat") {
		w = 0
	}
	return orb.Bound{Min: p, Max: orb.Point{p[0] + w, math.Min(90, p[1]+h)}}
}

func drawPoint(t *rapid.T, name string) orb.Point {
	lat := rapid.OneOf(rapid.Float64Range(-90, 90), rapid.Float64Range(-5, 5), rapid.Float64Range(88, 90),
		rapid.Float64Range(-90, -89), rapid.SampledFrom([]float64{-90, 0, 45, 90})).Draw(t, name+" lat")
	lon := rapid.OneOf(rapid.Float64Range(-180, 180), rapid.Float64Range(116, 118), rapid.Float64Range(179, 180),
		rapid.Float64Range(-180, -179)).Draw(t, name+" lon")
	return orb.Point{lon, lat}
}

func drawIn(t *rapid.T, b orb.Bound, name string) orb.Point {
	f := rapid.OneOf(rapid.Float64Range(0, 1), rapid.SampledFrom([]float64{0, 1}))
	x, y := f.Draw(t, name+" x"), f.Draw(t, name+" y")
	return orb.Point{b.Min[0] + x*(b.Max[0]-b.Min[0]), math.Min(b.Max[1], b.Min[1]+y*(b.Max[1]-b.Min[1]))}
}

func TestBoundsHold(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a := drawBox(t, "a")
		var b orb.Bound
		if rapid.Bool().Draw(t, "near") {
			p := drawIn(t, a, "start")
			d := math.Pow(10, rapid.Float64Range(-5, 1).Draw(t, "off"))
			b = orb.Bound{Min: orb.Point{p[0] + d, math.Min(90, p[1]+d/3)}, Max: orb.Point{p[0] + 2*d, math.Min(90, p[1]+d)}}
		} else {
			b = drawBox(t, "b")
		}
		from := NewFrom(a)
		lower, upper := from.LowerBound(b), UpperBound(a, b)
		for range 20 {
			p, q := drawIn(t, a, "p"), drawIn(t, b, "q")
			d := Distance(p, q)
			if lower > d {
				t.Fatalf("LowerBound(%v, %v) = %.9f, but %v and %v are %.9f apart", a, b, lower, p, q, d)
			}
			if upper < d {
				t.Fatalf("UpperBound(%v, %v) = %.9f, but %v and %v are %.9f apart", a, b, upper, p, q, d)
			}
		}
	})
}

// A bound that is always 0 would pass the test above: it must also be close.
func TestLowerBoundIsTight(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		a, b orb.Point
		rel  float64
	}{
		{"10 km on the equator", orb.Point{117, 0.5}, orb.Point{117.06, 0.56}, 2e-5},
		{"100 km on the equator", orb.Point{117, 0.5}, orb.Point{117.6, 1.1}, 5e-4},
		{"1,000 km on the equator", orb.Point{117, 0.5}, orb.Point{123, 6}, 3e-4},
		{"10 km at 60 north", orb.Point{10, 60}, orb.Point{10.1, 60.08}, 3e-3},
		{"1,000 km at 60 north", orb.Point{10, 60}, orb.Point{20, 66}, 3e-3},
		{"half way round", orb.Point{10, 30}, orb.Point{-160, -20}, 5e-3},
		{"across the antimeridian", orb.Point{179.99, 0}, orb.Point{-179.99, 0}, 1e-5},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := Distance(tt.a, tt.b)
			from := NewFrom(tt.a.Bound())
			if got := from.LowerBound(tt.b.Bound()); got > d || got < d*(1-tt.rel) {
				t.Errorf("got %.4f, want %.4f less at most %g of it", got, d, tt.rel)
			}
		})
	}
}

func TestFramesBoundTheMetric(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		lo := rapid.Float64Range(-90, 90).Draw(t, "lo")
		hi := math.Min(90, lo+math.Pow(10, rapid.Float64Range(-6, 2).Draw(t, "height")))
		least, greatest := leastFrame(lo, hi, 0), greatestFrame(lo, hi)
		for _, f := range []float64{0, 0.3, 0.5, 0.9, 1} {
			lon, lat := degreeMetres(lo + f*(hi-lo))
			if least.lon > lon*(1+1e-14)+1e-9 || least.lat > lat*(1+1e-14) {
				t.Fatalf("least frame %v of %v..%v exceeds %v %v", least, lo, hi, lon, lat)
			}
			if greatest.lon < lon*(1-1e-14) || greatest.lat < lat*(1-1e-14) {
				t.Fatalf("greatest frame %v of %v..%v is below %v %v", greatest, lo, hi, lon, lat)
			}
		}
	})
}

func TestTangentBoundsHold(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		size := func(name string) float64 { return math.Pow(10, rapid.Float64Range(-4, 0.1).Draw(t, name)) }
		p := orb.Point{rapid.Float64Range(-180, 180).Draw(t, "lon"), rapid.Float64Range(-79, 78).Draw(t, "lat")}
		q := Direct(p, rapid.Float64Range(0, 360).Draw(t, "azimuth"), math.Pow(10, rapid.Float64Range(3, 6.95).Draw(t, "metres")))
		a := orb.Bound{Min: p, Max: orb.Point{p[0] + size("aw"), p[1] + size("ah")}}
		b := orb.Bound{Min: q, Max: orb.Point{q[0] + size("bw"), min(90, q[1]+size("bh"))}}
		tan, ok := newTangent(boxOf(a), boxOf(b))
		if !ok {
			t.Skip("not for these boxes")
		}
		lower := tan.lower(boxOf(a), boxOf(b))
		for range 20 {
			v, w := drawIn(t, a, "v"), drawIn(t, b, "w")
			d := Distance(v, w)
			if bound := tan.metres + tan.gainA(v[0], v[1]) + tan.gainB(w[0], w[1]); bound > d {
				t.Fatalf("bound %.6f of %v to %v, which are %.6f apart", bound, v, w, d)
			} else if lower > bound+1e-6 {
				t.Fatalf("bound %.6f of the boxes exceeds %.6f of places in them", lower, bound)
			}
		}
	})
}
