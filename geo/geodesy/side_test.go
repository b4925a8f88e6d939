package geodesy

import (
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

// The side is that of rational numbers, on a line, beside it by the last digit, and
// where products underflow.
func TestSideIsExact(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		number := rapid.OneOf(rapid.Float64Range(-360, 360), rapid.Float64Range(-1e-160, 1e-160), rapid.Map(rapid.IntRange(-20, 20), func(n int) float64 { return 116 + float64(n)/10 }))
		var v [6]float64
		for i := range v {
			v[i] = number.Draw(t, "number")
		}
		if rapid.Bool().Draw(t, "all but on the line") {
			u := rapid.Float64Range(-1, 2).Draw(t, "along")
			v[4], v[5] = v[0]+u*(v[2]-v[0]), v[1]+u*(v[3]-v[1])
		}
		minus := func(i, j int) *big.Rat {
			return new(big.Rat).Sub(new(big.Rat).SetFloat64(v[i]), new(big.Rat).SetFloat64(v[j]))
		}
		// By the vectors from a, not from c.
		left := new(big.Rat).Mul(minus(2, 0), minus(5, 1))
		want := left.Cmp(new(big.Rat).Mul(minus(3, 1), minus(4, 0)))
		if got := Side(v[0], v[1], v[2], v[3], v[4], v[5]); got != want {
			t.Errorf("Side(%v) = %d, want %d", v, got, want)
		}
	})
}

// Positions that are no numbers, which a database may hold, have no side, and do no harm.
func TestSideOfWhatIsNoNumber(t *testing.T) {
	t.Parallel()
	for _, x := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		Side(x, 0, 1, 1, 2, 3)
		Side(1, 2, 3, x, x, x)
	}
}
