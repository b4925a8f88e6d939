package cql2

import (
	"math"
	"strconv"
	"strings"
)

// exactIntegers is up to where every integer has its own float64.
const exactIntegers = 1 << 53

// readNumber turns the digits of a number into an int64 if it is integral and
// exact, else into a float64; ok is false when it is too large.
func readNumber(s string) (v any, ok bool) {
	if !strings.ContainsAny(s, ".eE") {
		if n, err := strconv.ParseInt(s, 10, 64); err == nil {
			return n, true
		}
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsInf(f, 0) || math.IsNaN(f) {
		return nil, false
	}
	return number(f), true
}

// number gives the canonical value of a float: an integer where that is exact.
func number(f float64) any {
	if f == math.Trunc(f) && math.Abs(f) < exactIntegers {
		return int64(f)
	}
	return f
}

// appendNumber prints so that it is read back as the same value; both encodings read it.
func appendNumber(dst []byte, v any) []byte {
	switch v := v.(type) {
	case int64:
		return strconv.AppendInt(dst, v, 10)
	case float64:
		if a := math.Abs(v); a != 0 && (a < 1e-6 || a >= 1e15) {
			return strconv.AppendFloat(dst, v, 'E', -1, 64)
		}
		return strconv.AppendFloat(dst, v, 'f', -1, 64)
	}
	return dst
}
