package snapshot_test

import (
	"context"
	"math"
	"math/big"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"

	"kawasan/geo"
)

// rationalEdgeMeets clips a segment by the sides of a box in rational numbers
// (Liang and Barsky): a way to the answer that shares nothing with the one tested.
func rationalEdgeMeets(a, b orb.Point, box orb.Bound) bool {
	r := func(x float64) *big.Rat { return new(big.Rat).SetFloat64(x) }
	lo, hi := new(big.Rat), big.NewRat(1, 1)
	for axis := range 2 {
		d := new(big.Rat).Sub(r(b[axis]), r(a[axis]))
		low, high := new(big.Rat).Sub(r(box.Min[axis]), r(a[axis])), new(big.Rat).Sub(r(box.Max[axis]), r(a[axis]))
		if d.Sign() == 0 {
			if low.Sign() > 0 || high.Sign() < 0 {
				return false
			}
			continue
		}
		low.Quo(low, d)
		high.Quo(high, d)
		if d.Sign() < 0 {
			low, high = high, low
		}
		if low.Cmp(lo) > 0 {
			lo = low
		}
		if high.Cmp(hi) < 0 {
			hi = high
		}
	}
	return lo.Cmp(hi) <= 0
}

// rationalMeets is the exact test for any geometry: an edge meets the box, or a
// polygon holds a corner of it.
func rationalMeets(g orb.Geometry, box orb.Bound) bool {
	line := func(ps []orb.Point) bool {
		for i := range ps {
			if rationalEdgeMeets(ps[max(0, i-1)], ps[i], box) {
				return true
			}
		}
		return false
	}
	any := false
	switch g := g.(type) {
	case orb.Point:
		return rationalEdgeMeets(g, g, box)
	case orb.LineString:
		return line(g)
	case orb.Polygon:
		inside := false
		for _, ring := range g {
			any = any || line(ring)
			inside = inside != rationalCrosses(ring, box.Min)
		}
		return any || inside
	case orb.MultiPoint:
		for _, p := range g {
			any = any || rationalMeets(p, box)
		}
	case orb.MultiLineString:
		for _, l := range g {
			any = any || line(l)
		}
	case orb.MultiPolygon:
		for _, p := range g {
			any = any || rationalMeets(p, box)
		}
	case orb.Collection:
		for _, m := range g {
			any = any || rationalMeets(m, box)
		}
	default:
		panic(g)
	}
	return any
}

// rationalCrosses reports whether a ray to the west crosses a ring an odd number of times.
func rationalCrosses(ring orb.Ring, p orb.Point) bool {
	r := func(x float64) *big.Rat { return new(big.Rat).SetFloat64(x) }
	odd := false
	for i := 1; i < len(ring); i++ {
		a, b := ring[i-1], ring[i]
		if (a[1] <= p[1]) == (b[1] <= p[1]) {
			continue
		}
		x := new(big.Rat).Quo(new(big.Rat).Sub(r(p[1]), r(a[1])), new(big.Rat).Sub(r(b[1]), r(a[1])))
		x.Mul(x, new(big.Rat).Sub(r(b[0]), r(a[0]))).Add(x, r(a[0]))
		odd = odd != (x.Cmp(r(p[0])) < 0)
	}
	return odd
}

func TestSegmentMeetsBoxExactly(t *testing.T) {
	t.Parallel()
	about := description(false)
	tiny := rapid.Custom(func(t *rapid.T) float64 {
		x := lattice().Draw(t, "x")
		for range rapid.IntRange(0, 3).Draw(t, "steps") {
			x = math.Nextafter(x, rapid.SampledFrom([]float64{-9, 9}).Draw(t, "way"))
		}
		return x
	})
	point := func(t *rapid.T, name string) orb.Point { return orb.Point{tiny.Draw(t, name), tiny.Draw(t, name)} }
	rapid.Check(t, func(t *rapid.T) {
		a, b := point(t, "a"), point(t, "b")
		box := orb.MultiPoint{point(t, "corner"), point(t, "corner")}.Bound()
		view := build(t, &about, []*geo.Feature{
			{ID: "a", Collection: &about, Values: make([]any, 9), WKB: encode(orb.MultiLineString{{a, b}})},
			{ID: "far", Collection: &about, Values: make([]any, 9), WKB: encode(orb.Point{90, 50})},
		})
		s, err := view.Open(context.Background(), geo.Query{Bounds: []orb.Bound{box}})
		got := len(read(t, s, err).IDs) > 0
		if want := rationalEdgeMeets(a, b, box); got != want {
			t.Fatalf("%v-%v meets %v: got %v, want %v", a, b, box, got, want)
		}
	})
}
