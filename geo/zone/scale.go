package zone

import (
	"math"

	"kawasan/geo"
	"kawasan/geo/wording"
)

// limits excludes a candidate whose stored value breaks a hard limit, and notes
// limits that can't be checked or that the uncertainty leaves open.
func (k *ranker) limits(s *scored) {
	for c, criterion := range k.Criteria {
		said := func(v float64) wording.Amount { return wording.Amount{Value: v, Unit: k.unit(criterion)} }
		for _, l := range []struct {
			at   *float64
			most bool
			word geo.Text
		}{
			{criterion.AtLeast, false, geo.Text{EN: "at least", ID: "paling sedikit"}},
			{criterion.AtMost, true, geo.Text{EN: "at most", ID: "paling banyak"}},
		} {
			if l.at == nil {
				continue
			}
			v := s.values[c]
			if v.value == nil {
				s.doubts = append(s.doubts, wording.Say("%s is unknown, so whether it is %s %s can't be checked",
					"%s tidak diketahui, sehingga tidak dapat diperiksa apakah %s %s", criterion.Name, l.word, said(*l.at)))
				continue
			}
			broken, least, most := breaks(v, *l.at, l.most)
			switch {
			case broken:
				sure := least && most
				if s.excluded {
					s.sure = s.sure || sure
					continue
				}
				s.excluded, s.sure = true, sure
				k.out.Excluded = append(k.out.Excluded, Excluded{
					Ref: s.feature.Ref(), Name: s.feature.Name(), Criterion: criterion.Name, Raw: *v.value, Sure: sure,
					Reason: wording.Say("%s is %s, but must be %s %s", "%s adalah %s, padahal harus %s %s", criterion.Name, said(*v.value), l.word, said(*l.at)),
				})
			case least || most:
				s.doubts = append(s.doubts, wording.Say("%s is %s %s as stored, but may not be within its uncertainty",
					"%s adalah %s %s menurut data tersimpan, tetapi mungkin tidak menurut ketidakpastiannya", criterion.Name, l.word, said(*l.at)))
			}
		}
	}
}

// breaks reports whether a value, and whether its least and its greatest, break
// a limit. An open end breaks an upper limit and a lower one alike.
func breaks(v raw, limit float64, upper bool) (value, least, most bool) {
	lo, hi := math.Inf(-1), math.Inf(1)
	if v.min != nil {
		lo = *v.min
	}
	if v.max != nil {
		hi = *v.max
	}
	if upper {
		return *v.value > limit, lo > limit, hi > limit
	}
	return *v.value < limit, lo < limit, hi < limit
}

// scale turns raw values into 0 (worst stored) to 1 (best stored).
type scale struct {
	direction Direction
	low, high float64
	any       bool
}

// newScale spans the stored values of a criterion among the candidates kept.
func newScale(d Direction, all []*scored, c int) scale {
	s := scale{direction: d}
	for _, candidate := range all {
		v := candidate.values[c].value
		if candidate.excluded || v == nil {
			continue
		}
		if !s.any {
			s.low, s.high, s.any = *v, *v, true
		}
		s.low, s.high = min(s.low, *v), max(s.high, *v)
	}
	return s
}

// at gives the place of a value on the scale.
func (s scale) at(v float64) float64 {
	n := (v - s.low) / (s.high - s.low)
	if s.direction == Less {
		n = 1 - n
	}
	return n
}

// part normalises a raw value with its ends. An open end goes to the end of the
// scale, 0 or 1; a scale without extent tells nothing: known values are one half,
// uncertain ones anything.
func (s scale) part(v raw) Part {
	p := Part{Raw: v.value, RawMin: v.min, RawMax: v.max, To: v.ref, ToName: v.name, Normalised: 0.5, NormalisedMax: 1}
	if v.value == nil || !s.any {
		return p
	}
	if s.low == s.high {
		if v.min != nil && v.max != nil && *v.min == *v.max && *v.value == s.low {
			p.NormalisedMin, p.NormalisedMax = 0.5, 0.5
		}
		return p
	}
	p.Normalised = s.at(*v.value)
	p.NormalisedMin, p.NormalisedMax = min(0, p.Normalised), max(1, p.Normalised)
	worse, better := v.min, v.max
	if s.direction == Less {
		worse, better = v.max, v.min
	}
	if worse != nil {
		p.NormalisedMin = s.at(*worse)
	}
	if better != nil {
		p.NormalisedMax = s.at(*better)
	}
	return p
}
