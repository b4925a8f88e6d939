package api

import (
	"kawasan/geo/wording"
)

// barScale draws quantities of one unit as bars of one length scale, from 0 to the
// greatest that any of them can be.
type barScale struct {
	Unit  string
	Most  float64
	Label string // what the full length stands for
}

// bar is a quantity drawn in a cell without scripts, its lengths in per cent of
// the scale: areas and counts as bars from 0, distances as a mark, with what it can be as a line.
type bar struct {
	Value    string
	IsMark   bool
	From, To string // ends of what it can be; "" when nothing is said
	Open     bool   // the upper end is not known
}

// barScaleOf chooses the unit that most of the quantities have; ok is false when fewer than
// two could be compared.
func (x *exchange) barScaleOf(all []wording.Quantity) (s barScale, ok bool) {
	count, most := map[string]int{}, map[string]float64{}
	for _, q := range all {
		count[q.Unit]++
		m := max(most[q.Unit], q.Value)
		if q.Most != nil {
			m = max(m, *q.Most)
		}
		most[q.Unit] = m
	}
	for _, unit := range []string{"m", "ha", ""} {
		if count[unit] > count[s.Unit] || s.Most == 0 {
			s.Unit, s.Most = unit, most[unit]
		}
	}
	for unit, n := range count {
		if n > count[s.Unit] || n == count[s.Unit] && unit < s.Unit && most[unit] > 0 {
			s.Unit, s.Most = unit, most[unit]
		}
	}
	if count[s.Unit] < 2 || !(s.Most > 0) {
		return s, false
	}
	top := s.Most
	if s.Unit != "" {
		top = wording.Quantity{Value: s.Most, Least: &s.Most, Unit: s.Unit}.Rounded().Value
	}
	s.Label = wording.Measured(top, s.Unit, x.lang)
	return s, true
}

// draw gives the bar of a quantity; nil for one of another unit.
func (s barScale) draw(q wording.Quantity) *bar {
	if q.Unit != s.Unit || !(s.Most > 0) {
		return nil
	}
	at := func(v float64) string { return decimal(100 * max(0, min(v, s.Most)) / s.Most) }
	b := &bar{Value: at(q.Value), IsMark: q.Unit == "m"}
	if q.Least != nil && (q.Most == nil || *q.Least < *q.Most) {
		b.From, b.To, b.Open = at(*q.Least), "100", q.Most == nil
		if q.Most != nil {
			b.To = at(*q.Most)
		}
	}
	return b
}
