package proximity

import (
	"math"
	"strconv"
	"strings"

	"kawasan/geo"
)

// nauticalMile in metres, by definition (International Hydrographic Bureau, 1929).
const nauticalMile = 1852.0

// ParseDistance reads a distance with its unit, m, km or nm (nautical mile), as
// in 500m, 50km or 2.5 nm, and gives metres. The unit is required. It returns
// an error of code Invalid, which names what would be right, for anything that
// is not a finite number from 0 to [MaxDistance].
func ParseDistance(text string) (float64, error) {
	s := strings.TrimSpace(text)
	digits := strings.TrimRight(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
	unit := strings.ToLower(s[len(digits):])
	digits = strings.TrimRight(digits, " ")
	fail := func(format string, args ...any) (float64, error) {
		return 0, geo.Invalidf("", format, args...).Try("write a number and a unit, m, km or nm, for example 50km")
	}
	if digits == "" {
		return fail("%q is not a distance", clip(text))
	}
	if strings.Trim(digits, "0123456789.eE+-") != "" {
		if strings.Contains(digits, ",") {
			return fail("%q is not a distance: the decimal sign is a point", clip(text))
		}
		return fail("%q is not a distance", clip(text))
	}
	v, err := strconv.ParseFloat(digits, 64)
	if err != nil && !math.IsInf(v, 0) {
		return fail("%q is not a distance", clip(text))
	}
	if v < 0 { // before its unit: that would not make it right
		return fail("the distance %q is negative", clip(text))
	}
	var scale float64
	switch unit {
	case "m":
		scale = 1
	case "km":
		scale = 1000
	case "nm":
		scale = nauticalMile
	case "":
		return fail("the distance %q has no unit", clip(text))
	default:
		return fail("%q is not a unit of distance", clip(unit))
	}
	metres := v * scale
	if err := checkDistance(metres); err != nil {
		return 0, err
	}
	return math.Abs(metres), nil // no negative zero
}

// checkDistance refuses what no distance on the earth can be.
func checkDistance(metres float64) error {
	switch {
	case math.IsNaN(metres):
		return geo.Invalidf("", "the distance is not a number").Try("give a number of metres")
	case metres < 0:
		return geo.Invalidf("", "a distance can't be negative").Try("give 0 or more")
	case metres > MaxDistance:
		return geo.Invalidf("", "the distance is longer than half way round the earth").Try("give at most %.0f km", MaxDistance/1000)
	}
	return nil
}

// clip shortens text that a client sent, for use in a message.
func clip(s string) string { return geo.Clip(strings.ToValidUTF8(s, "\uFFFD")) }
