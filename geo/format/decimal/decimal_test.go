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
		0.987654321987654, -98.7654321987654, 12.3456789012345, 123456789.987654,
		-1.5, -2.5, -0.15, -0.25, 140737488355328.27, 140737488355328.22,
	} {
		for decimals := 0; decimals <= 15; decimals++ {
			if got, want := string(decimal.Append([]byte("x"), v, decimals)), "x"+fixed(v, decimals); got != want {
				t.Errorf("%v with %d decimals: got %s, want %s", v, decimals, got, want)
			}
		}
	}
}

// Fewer decimals than none are none, and more than the most are the most.
func TestAppendOutsideOfItsDecimals(t *testing.T) {
	t.Parallel()
	const v = 1.23456789012345678
	for decimals, as := range map[int]int{-1: 0, math.MinInt: 0, decimal.MaxDecimals + 1: decimal.MaxDecimals, math.MaxInt: decimal.MaxDecimals} {
		if got, want := string(decimal.Append(nil, v, decimals)), fixed(v, as); got != want {
			t.Errorf("%d decimals: got %s, want %s", decimals, got, want)
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

func TestAppendShortest(t *testing.T) {
	t.Parallel()
	for v, want := range map[float64]string{
		0: "0", 1: "1", -1: "-1", 0.1: "0.1", 1e-6: "0.000001", -1e-6: "-0.000001", 9.9e-7: "9.9e-7", -1e-7: "-1e-7", 1.5e-9: "1.5e-9",
		1e-10: "1e-10", 1e-100: "1e-100", 1 << 53: "9007199254740992", 1e18: "1000000000000000000", -9223372036854774784: "-9223372036854775000", 1 << 63: "9.223372036854776e+18", 123456789012345680000: "1.2345678901234568e+20", 1e21: "1e+21", -1e21: "-1e+21", 1e100: "1e+100",
	} {
		if got := string(decimal.AppendShortest([]byte("x"), v)); got != "x"+want {
			t.Errorf("%v: got %s, want %s after an x", v, got, want)
		}
	}
	if got := string(decimal.AppendShortest(nil, math.Copysign(0, -1))); got != "0" {
		t.Errorf("-0: got %s", got)
	}
}

// Apart from -0 and those just beyond the integers of 64 bits, encoding/json writes numbers in the same form.
func TestAppendShortestProperty(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.OneOf(rapid.Float64(), rapid.Float64Range(-1e-5, 1e-5), rapid.Map(rapid.Int64(), func(n int64) float64 { return float64(n) })).Draw(t, "v")
		if math.IsNaN(v) || math.IsInf(v, 0) || v == 0 || math.Abs(v) >= 1<<63 && math.Abs(v) < 1e21 {
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

// One operation is one coordinate in degrees.
func BenchmarkAppend(b *testing.B) {
	values := make([]float64, 1024)
	for i := range values {
		values[i] = 113 + 5*math.Abs(math.Sin(float64(i)))
	}
	dst := make([]byte, 0, 32)
	b.ReportAllocs()
	for i := range b.N {
		dst = decimal.Append(dst[:0], values[i%len(values)], 7)
	}
}
