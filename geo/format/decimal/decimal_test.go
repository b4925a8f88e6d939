package decimal_test

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"testing"

	"kawasan/geo/format/decimal"

	"pgregory.net/rapid"
)

// fixed is what Append promises, the slow way.
func fixed(v float64, decimals int) string {
	s := strconv.FormatFloat(v, 'f', decimals, 64)
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	if s == "-0" {
		return "0"
	}
	return s
}

func TestAppend(t *testing.T) {
	t.Parallel()
	for _, v := range []float64{0, math.Copysign(0, -1), 0.5, 1.5, 2.5, -0.5, 0.00000005, 0.00000015, 0.000000049999999999,
		116.123456750000001, 116.12345675, 99.99999995, 9.99999999, -179.99999999, 1e15, 1e22, math.MaxFloat64, 5e-324, 1 << 50, 999.9999999, 1000, 1000.5} {
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
