package proximity

import (
	"context"

	"kawasan/geo"
	"kawasan/geo/geodesy"
)

// Summary counts and sums what lies within a distance of an origin.
type Summary struct {
	// From is the ref of the origin, Name what people call it.
	From string `json:"from"`
	Name string `json:"name"`
	// DistanceM is the distance asked about, metres.
	DistanceM float64 `json:"distance_m"`
	// Count is how many lie within it as stored, CountMin how many whatever the
	// boundaries are within their uncertainties, CountMax how many there may be: nil
	// when an uncertainty is unknown, so that any feature may belong here.
	Count    int          `json:"count"`
	CountMin int          `json:"count_min"`
	CountMax *int         `json:"count_max"`
	Sums     []SumSummary `json:"sums,omitempty"`
}

// SumSummary sums a property over the features within a distance.
type SumSummary struct {
	Property string `json:"property"`
	Unit     string `json:"unit,omitempty"`
	// Values is how many features have a value, Missing how many have none.
	Values  int `json:"values"`
	Missing int `json:"missing"`
	// Sum, Least and Greatest are of the features within the distance as stored; nil without values.
	Sum      *float64 `json:"sum"`
	Least    *float64 `json:"min"`
	Greatest *float64 `json:"max"`
	// SumMin and SumMax bound the sum as CountMin and CountMax do the count; nil
	// when that isn't known, or some value is negative or missing.
	SumMin *float64 `json:"sum_min"`
	SumMax *float64 `json:"sum_max"`
	// ByArea is the area-weighted share, where it was asked for.
	ByArea *AreaShare `json:"by_area,omitempty"`
}

// tally gathers the summaries of one origin.
type tally struct {
	s       *session
	origin  *Origin
	rings   []float64
	sums    []Sum
	all     []*Summary
	certain [][]float64 // by ring and sum
	maybe   [][]float64
	doubt   [][]bool // a value is missing or negative
	open    bool     // some uncertainty is unknown
	parts   []part   // features that a share by area needs
}

// part is a feature whose values are shared out by area.
type part struct {
	feature *geo.Feature
	shape   *geodesy.Shape
	metres  float64
}

// maxParts bounds the features whose values are shared out by area.
const maxParts = 2000

func (s *session) newTally(o *Origin, r WithinRequest) *tally {
	t := &tally{s: s, origin: o, rings: r.Distances, sums: r.Sums}
	for _, d := range r.Distances {
		most := 0
		sum := &Summary{From: o.Ref, Name: o.Name, DistanceM: d, CountMax: &most}
		for _, p := range r.Sums {
			sum.Sums = append(sum.Sums, SumSummary{Property: p.Property, Unit: s.unit(p.Property)})
		}
		t.all = append(t.all, sum)
		t.certain = append(t.certain, make([]float64, len(r.Sums)))
		t.maybe = append(t.maybe, make([]float64, len(r.Sums)))
		t.doubt = append(t.doubt, make([]bool, len(r.Sums)))
	}
	return t
}

// unit finds the unit of a property among the targets.
func (s *session) unit(property string) string {
	for _, t := range s.question.To {
		if c, err := s.catalogue.Collection(t.Collection); err == nil {
			if p, ok := c.Property(property); ok && p.Unit != "" {
				return p.Unit
			}
		}
	}
	return ""
}

// see takes note of what is known of the uncertainties of a target.
func (t *tally) see(sp span) {
	if _, ok := uncertainty(t.origin.Party.Basis); !ok || sp.unknown {
		t.open = true
	}
	if t.s.question.Measure != Boundary {
		t.open = true
	}
}

// count adds a pair to all rings that it belongs to, or may belong to.
func (t *tally) count(p *Pair) {
	for i, d := range t.rings {
		inside := p.Metres <= d
		sure := p.Interval.MaxM != nil && *p.Interval.MaxM <= d
		possible := p.Interval.MinM <= d
		sum := t.all[i]
		if inside {
			sum.Count++
		}
		if sure {
			sum.CountMin++
		}
		if possible {
			*sum.CountMax++
		}
		for j := range t.sums {
			v, ok := p.To.Number(t.sums[j].Property)
			if possible && (!ok || v < 0) {
				t.doubt[i][j] = true
			}
			if ok && sure {
				t.certain[i][j] += v
			}
			if ok && possible {
				t.maybe[i][j] += v
			}
			if inside {
				sum.Sums[j].include(v, ok)
			}
		}
	}
	t.keep(p)
}

// include adds a value.
func (s *SumSummary) include(v float64, ok bool) {
	if !ok {
		s.Missing++
		return
	}
	if s.Values++; s.Values == 1 {
		total, least, greatest := v, v, v
		s.Sum, s.Least, s.Greatest = &total, &least, &greatest
		return
	}
	*s.Sum += v
	*s.Least, *s.Greatest = min(*s.Least, v), max(*s.Greatest, v)
}

// keep remembers a feature within the largest ring for the share by area.
func (t *tally) keep(p *Pair) {
	for _, s := range t.sums {
		if s.ByArea && p.Metres <= t.rings[len(t.rings)-1] {
			t.parts = append(t.parts, part{p.To, p.party.Shape, p.Metres})
			return
		}
	}
}

// summaries finishes and gives the summaries, by rising distance.
func (t *tally) summaries(ctx context.Context) ([]*Summary, error) {
	for i, sum := range t.all {
		if t.open {
			sum.CountMax = nil
		}
		for j := range sum.Sums {
			if t.doubt[i][j] {
				continue
			}
			sum.Sums[j].SumMin = &t.certain[i][j]
			if !t.open {
				sum.Sums[j].SumMax = &t.maybe[i][j]
			}
		}
	}
	if err := t.shareByArea(ctx); err != nil {
		return nil, err
	}
	return t.all, nil
}
