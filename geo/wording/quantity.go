package wording

import (
	"math"

	"kawasan/geo"
	"kawasan/geo/geodesy"
)

// Quantity is a number with what it can be, in a unit: m, ha, another, or "" for
// counts. A nil end is open: how far the value may be off that way is not known.
// With both ends nil the value is stated, not measured, and stays as it is.
type Quantity struct {
	Value       float64
	Least, Most *float64
	Unit        string
}

// Stated reports whether nothing is said of what the value can be.
func (q Quantity) Stated() bool { return q.Least == nil && q.Most == nil }

// Open reports whether one end is not known.
func (q Quantity) Open() bool { return (q.Least == nil) != (q.Most == nil) }

// Exact reports whether it can be nothing but the value.
func (q Quantity) Exact() bool {
	return q.Least != nil && q.Most != nil && *q.Least == q.Value && *q.Most == q.Value
}

// off is how far the true value may be from this one.
func (q Quantity) off() float64 { return max(q.Value-*q.Least, *q.Most-q.Value) }

// Vanishes reports whether the value is less than it may be off, so that rounded
// to what is known of it nothing would be left.
func (q Quantity) Vanishes() bool {
	if q.Least == nil || q.Most == nil || q.Value == 0 {
		return false
	}
	rounded, _ := geodesy.RoundForUncertainty(q.Value, q.off())
	return rounded == 0
}

// Rounded is the one rule by which figures with an uncertainty are shown. The
// value is rounded to the largest power of ten that does not exceed how far it may be off
// (12,345 within 300 is 12,300), but not beyond its first digit; if an end is
// open, to two digits, and the end that is known to three; a count stays as it is. The ends are rounded away from the value, so that
// what is shown still holds all that is possible. Nothing is rounded finer than
// it is written.
func (q Quantity) Rounded() Quantity {
	switch {
	case q.Stated() || q.Exact() || q.Unit == "":
		return q
	case q.Open():
		return q.withEnds(Significant(q.Value, 2), leading(q.Value)/100)
	}
	rounded, step := geodesy.RoundForUncertainty(q.Value, q.off())
	if step > leading(q.Value) {
		rounded = Significant(q.Value, 1)
	}
	return q.withEnds(rounded, step)
}

func (q Quantity) withEnds(value, step float64) Quantity {
	r := Quantity{Value: value, Unit: q.Unit}
	if q.Least != nil {
		v := outward(*q.Least, max(step, grain(*q.Least, q.Unit)), math.Floor)
		r.Least = &v
	}
	if q.Most != nil {
		v := outward(*q.Most, max(step, grain(*q.Most, q.Unit)), math.Ceil)
		r.Most = &v
	}
	return r
}

// outward rounds an end; what arithmetic adds in the last place does not count.
func outward(v, step float64, round func(float64) float64) float64 {
	if step <= 0 {
		return v
	}
	if step < 1 { // a fraction has no exact double, its inverse has
		n := math.Round(1 / step)
		return round(math.Round(v*n*1e6)/1e6) / n
	}
	return round(math.Round(v/step*1e6)/1e6) * step
}

// grain is the finest that a number of a unit is written in.
func grain(v float64, unit string) float64 {
	switch unit {
	case "m":
		switch {
		case v < 999.5:
			return 1
		case v < 99_950:
			return 100
		}
		return 1000
	case "ha":
		if v < 10 {
			return 0.01
		}
		return 1
	}
	return 0
}

// leading is the power of ten of the first digit.
func leading(v float64) float64 {
	if v == 0 || math.IsInf(v, 0) || math.IsNaN(v) {
		return 0
	}
	return math.Pow(10, math.Floor(math.Log10(math.Abs(v))))
}

// Significant rounds to so many significant digits.
func Significant(v float64, digits int) float64 {
	if v == 0 || math.IsInf(v, 0) || math.IsNaN(v) {
		return v
	}
	e := int(math.Floor(math.Log10(math.Abs(v)))) - digits + 1
	if e >= 0 {
		step := math.Pow(10, float64(e))
		return math.Round(v/step) * step
	}
	n := math.Pow(10, float64(-e))
	return math.Round(v*n) / n
}

// Said are the value and its ends, rounded, in words. Of a stated or exact
// quantity Range is empty.
type Said struct{ Value, Range geo.Text }

// Said writes the quantity for a table: the value, and what it can be. A stated value
// keeps its decimals.
func (q Quantity) Said() Said {
	if q.Stated() && q.Unit != "m" {
		const decimals = 4 // more is what arithmetic adds
		n := Number{q.Value, decimals}
		if q.Unit == "" {
			return Said{Value: Say("%s", "%s", n)}
		}
		return Said{Value: Say("%s %s", "%s %s", n, geo.Text{EN: q.Unit, ID: Unit(q.Unit, "id")})}
	}
	r := q.Rounded()
	said := Said{Value: r.amount(r.Value)}
	switch {
	case r.Stated() || r.Exact():
	case r.Most == nil && r.Unit == "":
		said.Range = Say("for sure %s; at most: not known", "pasti %s; paling banyak: tidak diketahui", r.amount(*r.Least))
	case r.Most == nil:
		said.Range = Say("at least %s; at most: not known", "paling sedikit %s; paling banyak: tidak diketahui", r.amount(*r.Least))
	case r.Least == nil:
		said.Range = Say("at most %s; at least: not known", "paling banyak %s; paling sedikit: tidak diketahui", r.amount(*r.Most))
	default:
		least, most := r.amount(*r.Least), r.amount(*r.Most)
		if least != most {
			said.Range = Join(" – ", least, most)
		}
	}
	return said
}

func (q Quantity) amount(v float64) geo.Text {
	return geo.Text{EN: Measured(v, q.Unit, "en"), ID: Measured(v, q.Unit, "id")}
}
