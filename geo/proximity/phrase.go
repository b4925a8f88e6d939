package proximity

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"kawasan/geo"
	"kawasan/geo/geodesy"
)

// Phrase writes a distance for a memo: rounded to what its interval allows, with
// the interval. An unknown uncertainty is said, and leaves two digits.
func Phrase(metres float64, iv geodesy.Interval) geo.Text {
	if iv.MaxM == nil {
		d := FormatDistance(significant(metres, 2))
		if iv.MinM > 0 {
			least := FormatDistance(iv.MinM)
			return geo.Text{
				EN: fmt.Sprintf("about %s in a straight line (at least %s)", d, least),
				ID: fmt.Sprintf("sekitar %s garis lurus (paling sedikit %s)", comma(d), comma(least)),
			}
		}
		return geo.Text{
			EN: fmt.Sprintf("about %s in a straight line (how uncertain the positions are is not known)", d),
			ID: fmt.Sprintf("sekitar %s garis lurus (ketidakpastian posisi tidak diketahui)", comma(d)),
		}
	}
	u := max(metres-iv.MinM, *iv.MaxM-metres)
	rounded, _ := geodesy.RoundForUncertainty(metres, u)
	least, most := outward(iv.MinM, *iv.MaxM, u)
	d := FormatDistance(rounded)
	if rounded == 0 && metres > 0 { // less than it may be off
		stored := FormatDistance(significant(metres, 2))
		return geo.Text{
			EN: fmt.Sprintf("between %s and %s in a straight line (%s as stored)", least, most, stored),
			ID: fmt.Sprintf("antara %s dan %s garis lurus (%s menurut posisi tersimpan)", comma(least), comma(most), comma(stored)),
		}
	}
	if u < 0.5 {
		return geo.Text{EN: d + " in a straight line", ID: comma(d) + " garis lurus"}
	}
	return geo.Text{
		EN: fmt.Sprintf("about %s in a straight line (between %s and %s)", d, least, most),
		ID: fmt.Sprintf("sekitar %s garis lurus (antara %s dan %s)", comma(d), comma(least), comma(most)),
	}
}

// outward writes the ends of an interval rounded away from its middle, so that
// what is written still holds all that is possible.
func outward(low, high, u float64) (string, string) {
	_, step := geodesy.RoundForUncertainty(high, u)
	step = max(step, 1) // whole metres
	if high >= 99_950 {
		step = max(step, 1000)
	} else if high >= 999.5 {
		step = max(step, 100)
	}
	return FormatDistance(math.Floor(low/step) * step), FormatDistance(math.Ceil(high/step) * step)
}

// RoundRange rounds a value and the ends of what it can be to what their
// distance allows, the ends outward, so that what is shown still holds all that
// is possible. A value with an open end keeps two digits, one without ends all.
func RoundRange(value float64, least, most *float64) (float64, *float64, *float64) {
	if least == nil && most == nil {
		return value, nil, nil
	}
	var u float64
	switch {
	case least != nil && most != nil:
		u = max(value-*least, *most-value)
		if u <= 0 {
			return value, least, most
		}
	default:
		u = math.Abs(value)
	}
	rounded, step := geodesy.RoundForUncertainty(value, u)
	if least == nil || most == nil {
		rounded = significant(value, 2)
		step /= 10
	} else if rounded == 0 { // nothing would be left of it
		rounded = significant(value, 2)
	}
	if step < 1 {
		return rounded, least, most
	}
	if least != nil {
		v := math.Floor(*least/step) * step
		least = &v
	}
	if most != nil {
		v := math.Ceil(*most/step) * step
		most = &v
	}
	return rounded, least, most
}

// decimal writes a number with at most two decimals.
func decimal(v float64) string { return strconv.FormatFloat(math.Round(v*100)/100, 'f', -1, 64) }

// comma turns the decimal point into the comma that Indonesian writes.
func comma(s string) string { return strings.ReplaceAll(s, ".", ",") }

// thousands writes a rounded number with its thousands set apart.
func thousands(v float64, separator string) string {
	if math.Abs(v) < 10 {
		s := decimal(v)
		if separator == "." {
			s = comma(s)
		}
		return s
	}
	digits := strconv.FormatFloat(math.Abs(math.Round(v)), 'f', 0, 64)
	var b strings.Builder
	if v < 0 {
		b.WriteByte('-')
	}
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteString(separator)
		}
		b.WriteRune(d)
	}
	return b.String()
}

// PhraseHectares writes an area for a memo: rounded to what it can be, with that
// range. A range that is unknown is said, and leaves two digits.
func PhraseHectares(hectares float64, least, most *float64) geo.Text {
	if most == nil {
		v := significant(hectares, 2)
		t := geo.Text{EN: "about " + thousands(v, ",") + " ha", ID: "sekitar " + thousands(v, ".") + " ha"}
		if least != nil && *least > 0 {
			low := wholeHectares(*least, math.Floor)
			return join(t, geo.Text{EN: " (at least " + thousands(low, ",") + " ha)", ID: " (paling sedikit " + thousands(low, ".") + " ha)"})
		}
		return join(t, geo.Text{EN: " (how uncertain the boundary is is not known)", ID: " (ketidakpastian batas tidak diketahui)"})
	}
	if least == nil {
		least = new(float64)
	}
	v, lo, hi := RoundRange(hectares, least, most)
	low, high := wholeHectares(*lo, math.Floor), wholeHectares(*hi, math.Ceil)
	if *least == *most {
		return geo.Text{EN: thousands(v, ",") + " ha", ID: thousands(v, ".") + " ha"}
	}
	return geo.Text{
		EN: fmt.Sprintf("about %s ha (between %s and %s ha)", thousands(v, ","), thousands(low, ","), thousands(high, ",")),
		ID: fmt.Sprintf("sekitar %s ha (antara %s dan %s ha)", thousands(v, "."), thousands(low, "."), thousands(high, ".")),
	}
}

// wholeHectares rounds the end of a range of areas outward: to hundredths below
// 10, as they are written, else to whole ones.
func wholeHectares(v float64, outward func(float64) float64) float64 {
	if v < 10 {
		return outward(v*100) / 100
	}
	return outward(v)
}
