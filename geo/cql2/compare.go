package cql2

import (
	"cmp"
	"math"
	"strings"
	"time"

	"kawasan/geo"
)

// ranks of values that compare with each other.
const (
	noRank = iota
	textRank
	numberRank
	booleanRank
	instantRank
)

func rank(v any) int {
	switch v.(type) {
	case string:
		return textRank
	case int64, float64:
		return numberRank
	case bool:
		return booleanRank
	case geo.Date, time.Time:
		return instantRank
	}
	return noRank
}

// compare orders two values of one rank: -1, 0 or 1. Text goes by code point,
// numbers by their exact value, false before true. A date and a timestamp
// compare as days in UTC.
func compare(a, b any) int {
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
	case geo.Date:
		switch b := b.(type) {
		case geo.Date:
			return cmp.Compare(a, b)
		case time.Time:
			return cmp.Compare(a, geo.NewDate(b))
		}
	case time.Time:
		switch b := b.(type) {
		case time.Time:
			return a.Compare(b)
		case geo.Date:
			return cmp.Compare(geo.NewDate(a), b)
		}
	}
	return cmp.Compare(rank(a), rank(b))
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

// truth is the value of a predicate in three-valued logic.
type truth uint8

const (
	no truth = iota
	yes
	unknown
)

func truthOf(b bool) truth {
	if b {
		return yes
	}
	return no
}

func (t truth) not() truth {
	switch t {
	case yes:
		return no
	case no:
		return yes
	}
	return unknown
}

// holds reports whether the outcome of a comparison satisfies the operator.
func (o Operator) holds(c int) bool {
	switch o {
	case Equal:
		return c == 0
	case NotEqual:
		return c != 0
	case Less:
		return c < 0
	case Greater:
		return c > 0
	case LessOrEqual:
		return c <= 0
	case GreaterOrEqual:
		return c >= 0
	}
	return false
}
