package geo

import (
	"cmp"
	"math"
	"strings"
	"time"
)

// Compare orders two values of properties, neither of them nil nor a list: -1, 0 or 1.
// Text goes by code point, numbers by their exact value, false before true. A date
// and a timestamp compare as days in UTC. Other pairs of types have some order.
func Compare(a, b any) int {
	switch a := a.(type) {
	case string:
		if b, ok := b.(string); ok {
			return strings.Compare(a, b)
		}
	case int64:
		switch b := b.(type) {
		case int64:
			return cmp.Compare(a, b)
		case float64:
			return compareMixed(a, b)
		}
	case float64:
		switch b := b.(type) {
		case float64:
			return cmp.Compare(a, b)
		case int64:
			return -compareMixed(b, a)
		}
	case bool:
		if b, ok := b.(bool); ok {
			return cmp.Compare(bit(a), bit(b))
		}
	case Date:
		switch b := b.(type) {
		case Date:
			return cmp.Compare(a, b)
		case time.Time:
			return cmp.Compare(a, NewDate(b))
		}
	case time.Time:
		switch b := b.(type) {
		case time.Time:
			return a.Compare(b)
		case Date:
			return cmp.Compare(NewDate(a), b)
		}
	}
	return cmp.Compare(rank(a), rank(b))
}

// rank orders the types that don't compare with each other.
func rank(v any) int {
	switch v.(type) {
	case bool:
		return 1
	case int64, float64:
		return 2
	case string:
		return 3
	case Date, time.Time:
		return 4
	}
	return 5
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

// compareMixed compares an integer with a finite number without rounding either.
func compareMixed(n int64, f float64) int {
	const beyond = 1 << 63
	switch {
	case f >= beyond:
		return -1
	case f < -beyond:
		return 1
	}
	whole := math.Trunc(f)
	if c := cmp.Compare(n, int64(whole)); c != 0 {
		return c
	}
	return cmp.Compare(whole, f)
}
