package wording

import (
	"math"
	"strconv"
	"strings"
)

// Figure writes a number with at most so many decimals (-1: all that it has),
// thousands set apart: 1,234.5 in English, 1.234,5 in Indonesian.
func Figure(v float64, decimals int, lang string) string {
	if decimals >= 0 && decimals < 7 && math.Abs(v) < 1e9 { // halves away from 0, as people round
		n := math.Pow10(decimals)
		v = math.Round(v*n) / n
	}
	text := strconv.FormatFloat(v, 'f', decimals, 64)
	if decimals > 0 && strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	sign := ""
	if strings.HasPrefix(text, "-") {
		if text = text[1:]; strings.Trim(text, "0.") != "" {
			sign = "-"
		}
	}
	whole, rest, broken := strings.Cut(text, ".")
	point, thousands := ".", ","
	if lang == "id" {
		point, thousands = ",", "."
	}
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + thousands + whole[i:]
	}
	if broken {
		whole += point + rest
	}
	return sign + whole
}

// Number is a number that is said with at most so many decimals, all for -1.
type Number struct {
	Value    float64
	Decimals int
}

// In writes the number as a language has it.
func (n Number) In(lang string) string { return Figure(n.Value, n.Decimals, lang) }

// Count is a whole number.
type Count int64

// In writes the number as a language has it.
func (c Count) In(lang string) string { return Figure(float64(c), 0, lang) }

// Exact is a number with all its decimals.
type Exact float64

// In writes the number as a language has it.
func (e Exact) In(lang string) string { return Figure(float64(e), -1, lang) }

// Share is a part of a whole, 0 to 1, that is said in per cent.
type Share float64

// In writes whole per cent; what is more than nothing or less than all stays so.
func (s Share) In(lang string) string {
	percent := math.Round(float64(s) * 100)
	switch {
	case percent == 0 && s > 0:
		return "< 1 %"
	case percent == 100 && s < 1:
		return "> 99 %"
	}
	return Figure(percent, 0, lang) + " %"
}

// Metres is a length.
type Metres float64

// In writes the length the way people read it: 340 m, 4.2 km, 117 km.
func (m Metres) In(lang string) string {
	switch v := float64(m); {
	case v < 999.5:
		return Figure(v, 0, lang) + " m"
	case v < 99_950:
		return Figure(v/1000, 1, lang) + " km"
	default:
		return Figure(v/1000, 0, lang) + " km"
	}
}

// Hectares is an area.
type Hectares float64

// In writes the area in hectares, in hundredths below 10.
func (h Hectares) In(lang string) string {
	return Figure(float64(h), hectareDecimals(float64(h)), lang) + " ha"
}

func hectareDecimals(v float64) int {
	if math.Abs(v) < 10 {
		return 2
	}
	return 0
}

// Amount is a number with its unit.
type Amount struct {
	Value float64
	Unit  string
}

// In writes the number with its unit as [Measured] does.
func (a Amount) In(lang string) string { return Measured(a.Value, a.Unit, lang) }

// Measured writes a number with its unit: a length for m, an area for ha, else
// the number with at most two decimals and the unit behind it. A whole number of four digits
// without a unit is not divided, since it may be a year.
func Measured(v float64, unit, lang string) string {
	switch unit {
	case "m":
		return Metres(v).In(lang)
	case "ha":
		return Hectares(v).In(lang)
	case "":
		if v == math.Trunc(v) && math.Abs(v) < 10_000 {
			return strconv.FormatFloat(v, 'f', 0, 64)
		}
		return Figure(v, 2, lang)
	}
	return Figure(v, 2, lang) + " " + Unit(unit, lang)
}

// Unit writes a unit in a language: "t/year" is "t/tahun" in Indonesian. The signs of the SI are the same in both.
func Unit(unit, lang string) string {
	if per, ok := strings.CutSuffix(unit, "/year"); ok && lang == "id" {
		return per + "/tahun"
	}
	return unit
}
