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

// rationalMeets clips a segment by the sides of a box in rational numbers
// (Liang and Barsky): a way to the answer that shares nothing with the one tested.
func rationalMeets(a, b orb.Point, box orb.Bound) bool {
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

func TestSegmentMeetsBoxExactly(t *testing.T) {
	t.Parallel()
	about := description(false)
	tiny := rapid.Custom(func(t *rapid.T) float64 {
		x := lattice.Draw(t, "x")
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
		if want := rationalMeets(a, b, box); got != want {
			t.Fatalf("%v-%v meets %v: got %v, want %v", a, b, box, got, want)
		}
	})
}
