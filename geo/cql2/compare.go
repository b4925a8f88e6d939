package cql2

import (
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
