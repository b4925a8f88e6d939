package decimal_test

import (
	"encoding/json"
	"math"
	"math/big"
	"strconv"
	"strings"
	"testing"

	"kawasan/geo/format/decimal"

	"pgregory.net/rapid"
)

// fixed is what Append promises, the slow way: the shortest decimal form as a
// whole number of units, divided with rest.
func fixed(v float64, decimals int) string {
	whole, part, _ := strings.Cut(strconv.FormatFloat(math.Abs(v), 'f', -1, 64), ".")
	part += strings.Repeat("0", decimals)
	n, _ := new(big.Int).SetString(whole+part, 10)
	unit := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(len(part)-decimals)), nil)
	n, rest := n.QuoRem(n, unit, new(big.Int))
	if c := rest.Lsh(rest, 1).Cmp(unit); c > 0 || c == 0 && n.Bit(0) == 1 {
		n.Add(n, big.NewInt(1))
	}
	if n.Sign() == 0 {
		return "0"
	}
	s := n.String()
	if decimals > 0 {
		s = strings.Repeat("0", max(0, decimals+1-len(s))) + s
		s = strings.TrimRight(strings.TrimRight(s[:len(s)-decimals]+"."+s[len(s)-decimals:], "0"), ".")
	}
	if v < 0 {
		return "-" + s
	}
	return s
}

func TestAppend(t *testing.T) {
	t.Parallel()
	for _, v := range []float64{
		0, math.Copysign(0, -1), 0.5, 1.5, 2.5, -0.5, 0.00000005, 0.00000015, 0.000000049999999999,
		116.123456750000001, 116.12345675, 99.99999995, 99.99999985, -9.99999995, 9.5, 99.5, -9.5, 9.99999999, -179.99999999, 1e15, 1e22, math.MaxFloat64, 5e-324, 1 << 50, 999.9999999, 1000, 1000.5,
	} {
		for decimals := 0; decimals <= 15; decimals++ {
			if got, want := string(decimal.Append(nil, v, decimals)), fixed(v, decimals); got != want {
				t.Errorf("%v with %d decimals: got %s, want %s", v, decimals, got, want)
			}
		}
	}
}

func TestAppendProperty(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.OneOf(rapid.Float64Range(-180, 180), rapid.Float64Range(-2e7, 2e7), rapid.Float64Range(-math.MaxFloat64, math.MaxFloat64),
			rapid.Map(rapid.Int64Range(-1e10, 1e10), func(n int64) float64 { return (float64(n) + 0.5) / 1e7 })).Draw(t, "v")
		decimals := rapid.IntRange(0, 15).Draw(t, "decimals")
		if got, want := string(decimal.Append(nil, v, decimals)), fixed(v, decimals); got != want {
			t.Fatalf("%v with %d decimals: got %s, want %s", v, decimals, got, want)
		}
	})
}

// Apart from -0, encoding/json writes numbers in the same form.
func TestAppendShortestProperty(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.OneOf(rapid.Float64(), rapid.Float64Range(-1e-5, 1e-5), rapid.Map(rapid.Int64(), func(n int64) float64 { return float64(n) })).Draw(t, "v")
		if math.IsNaN(v) || math.IsInf(v, 0) || v == 0 {
			return
		}
		want, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		if got := string(decimal.AppendShortest(nil, v)); got != string(want) {
			t.Fatalf("got %s, want %s", got, want)
		}
	})
}
