package zone

import (
	"fmt"
	"math"

	"kawasan/geo"
)

// limits excludes a candidate whose stored value breaks a hard limit, and notes
// limits that can't be checked or that the uncertainty leaves open.
func (k *ranker) limits(s *scored) {
	for c, criterion := range k.Criteria {
		for _, l := range []struct {
			at   *float64
			most bool
			en   string
			id   string
		}{{criterion.AtLeast, false, "at least", "paling sedikit"}, {criterion.AtMost, true, "at most", "paling banyak"}} {
			if l.at == nil {
				continue
			}
			v := s.values[c]
			if v.value == nil {
				s.doubts = append(s.doubts, geo.Text{
					EN: fmt.Sprintf("%s is unknown, so whether it is %s %g can't be checked", criterion.Name, l.en, *l.at),
					ID: fmt.Sprintf("%s tidak diketahui, sehingga tidak dapat diperiksa apakah %s %g", criterion.Name, l.id, *l.at),
				})
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
					Reason: geo.Text{
						EN: fmt.Sprintf("%s is %g, but must be %s %g", criterion.Name, *round(*v.value), l.en, *l.at),
						ID: fmt.Sprintf("%s adalah %g, padahal harus %s %g", criterion.Name, *round(*v.value), l.id, *l.at),
					},
				})
			case least || most:
				s.doubts = append(s.doubts, geo.Text{
					EN: fmt.Sprintf("%s is %s %g as stored, but may not be within its uncertainty", criterion.Name, l.en, *l.at),
					ID: fmt.Sprintf("%s adalah %s %g menurut data tersimpan, tetapi mungkin tidak menurut ketidakpastiannya", criterion.Name, l.id, *l.at),
				})
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
	p := Part{Raw: v.value, RawMin: v.min, RawMax: v.max, To: v.ref, Normalised: 0.5, NormalisedMax: 1}
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
