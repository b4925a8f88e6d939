package geo

import (
	"math"
	"strconv"
	"strings"
)

// ParseNumber reads a decimal number; unlike strconv it refuses NaN, infinities,
// hexadecimal forms and underscores.
func ParseNumber(s string) (float64, error) {
	for i := range len(s) {
		if c := s[i]; (c < '0' || c > '9') && strings.IndexByte("+-.eE", c) < 0 {
			return 0, strconv.ErrSyntax
		}
	}
	v, err := strconv.ParseFloat(s, 64)
	if err == nil && (math.IsInf(v, 0) || math.IsNaN(v)) {
		err = strconv.ErrRange
	}
	return v, err
}
