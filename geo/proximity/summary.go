package proximity

import (
	"context"
	"slices"

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
	only    bool     // nobody asks for the distance of each
	parts   []part   // features that a share by area needs
	// around decides most of what nobody asks the distance of; nil if somebody does.
	around  *geodesy.Vicinity
	columns tallied
	holds   []bool // whether the feature at hand lies in each ring
}

// part is a feature whose values are shared out by area.
type part struct {
	feature *geo.Feature
	shape   *geodesy.Shape
	metres  float64

	interval geodesy.Interval
}

// maxParts bounds the features whose values are shared out by area.
const maxParts = 2000

func (s *session) newTally(o *Origin, r WithinRequest) *tally {
	t := &tally{s: s, origin: o, rings: r.Distances, sums: r.Sums}
	t.only = r.SummaryOnly && s.question.Measure == Boundary && !encloses(o.Party.Basis) &&
		!slices.ContainsFunc(r.Sums, func(sum Sum) bool { return sum.ByArea })
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
func (t *tally) see(sp Spread) {
	if _, ok := uncertainty(t.origin.Party.Basis); !ok || sp.Unknown {
		t.open = true
	}
	if t.s.question.Measure != Boundary {
		t.open = true
	}
}

// count adds a pair to all rings that it belongs to, or may belong to.
func (t *tally) count(p *Pair) error {
	for i, d := range t.rings {
		t.include(i, p.To, p.Metres <= d, p.Interval.MaxM != nil && *p.Interval.MaxM <= d, p.Interval.MinM <= d)
	}
	return t.keep(p)
}

// include adds a feature to a ring: whether it lies inside as stored, whether it
// does for sure, whether it may.
func (t *tally) include(i int, f *geo.Feature, inside, sure, possible bool) {
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
	t.columns.of(f.Collection, t.sums)
	for j := range t.sums {
		v, ok := numberAt(f, t.columns.sums[j])
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

// countBounded counts a feature at most reach metres away whose distance need not
// be known: bounds decide what is asked of it. False if it must be measured. It
// costs a tenth of measuring.
func (t *tally) countBounded(f *geo.Feature, reach float64) (bool, error) {
	o := t.origin
	if !t.only || o.Feature != nil && o.Feature.ID == f.ID && o.Feature.Collection.ID == f.Collection.ID {
		return false, nil
	}
	t.columns.of(f.Collection, t.sums)
	b := t.columns.basis(f)
	if encloses(b) {
		return false, nil // its farthest place decides
	}
	u, known := 0.0, true
	for _, one := range [2]geodesy.Basis{o.Party.Basis, b} {
		v, ok := uncertainty(one)
		if !ok && one.UncertaintyM != nil {
			return false, nil
		}
		u, known = u+v, known && ok
	}
	if !known {
		u = 0 // nothing is sure, so what is stored decides
	}
	inside, outside := t.around.Decide(f.WKB, f.Bound, t.rings[0]-u-rounding, reach+rounding)
	switch {
	case inside:
		for i := range t.rings {
			t.include(i, f, true, known, true)
		}
		return true, nil
	case outside:
		return true, nil
	case known:
		return false, nil
	}
	return t.countStored(f, reach)
}

// countStored counts a feature of which nothing is sure, so that what is stored
// decides, unless it must be measured.
func (t *tally) countStored(f *geo.Feature, reach float64) (bool, error) {
	var shape *geodesy.Shape // made only where it is needed
	within := func(d float64) (yes, decided bool, err error) {
		if inside, outside := t.around.Decide(f.WKB, f.Bound, d-rounding, d+rounding); inside || outside {
			return inside, true, nil
		}
		if shape == nil {
			if shape, err = shapeOf(f, t.s.scratch().WKB); err != nil || shape == nil {
				return false, true, err
			}
		}
		if t.origin.measured.Vertices()+shape.Vertices() > longMeasure {
			return false, false, nil // measured in a way that can be stopped
		}
		return geodesy.Within(t.origin.measured, shape, d), true, nil
	}
	possible, decided, err := within(reach)
	if err != nil || !decided || !possible {
		return decided, err
	}
	t.holds = t.holds[:0]
	for _, d := range t.rings {
		inside := d == reach
		if !inside {
			if inside, decided, err = within(d); err != nil || !decided {
				return decided, err
			}
		}
		t.holds = append(t.holds, inside)
	}
	for i, inside := range t.holds {
		t.include(i, f, inside, false, true)
	}
	return true, nil
}

// prepare gets ready to count features at most reach metres away.
func (t *tally) prepare(reach float64) {
	if t.only {
		t.around = geodesy.NewVicinity(t.origin.measured, reach+rounding)
	}
}

// rounding is more, in metres, than sums of distances and uncertainties are off by.
const rounding = 1e-3

// longMeasure is how many vertices two shapes have together that may take long to compare.
const longMeasure = 50_000

// encloses reports whether the true shape may be any part of the stored one.
func encloses(b geodesy.Basis) bool {
	return b.Kind == geodesy.OuterEnvelope || b.Kind == geodesy.LegalBBox
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

// doubtUnseen takes into account that those whose uncertainty is unknown may be within the
// distance, also where they are stored too far away to be looked at.
func (t *tally) doubtUnseen(ctx context.Context) error {
	for j, sum := range t.sums {
		for _, target := range t.s.question.To {
			doubt, err := t.doubtful(ctx, target, sum.Property)
			if err != nil {
				return err
			}
			for i := range t.doubt {
				t.doubt[i][j] = t.doubt[i][j] || doubt
			}
		}
	}
	return nil
}

// doubtful reports whether a target that may be anywhere lacks the property, or has less than 0.
// It costs the reading of one row, but is remembered of whole collections.
func (t *tally) doubtful(ctx context.Context, target Target, property string) (bool, error) {
	c, err := t.s.catalogue.Collection(target.Collection)
	if err != nil {
		return false, err
	}
	place := placeOf(c, property)
	if place < 0 {
		return true, nil
	}
	_, known := uncertainty(t.origin.Party.Basis)
	some := known && t.s.question.Measure == Boundary && statesUncertainty(c) // of them may be anywhere; else all
	q := t.s.targetQuery(target)
	if c, err = t.s.asRead(ctx, q); err != nil {
		return false, err
	}
	what := "least " + property
	if some {
		what += " of those anywhere"
	}
	return recall(t.s, what, q, c, func() (doubt bool, err error) {
		// From its end the order begins with those that have none, then the least.
		q.SkipGeometry, q.Limit, q.Backward = true, 1, true
		if some {
			q.SortBy = append(q.SortBy, geo.SortKey{Property: uncertaintyProperty})
		}
		q.SortBy = append(q.SortBy, geo.SortKey{Property: property, Descending: true})
		err = t.s.each(ctx, q, func(f *geo.Feature) error {
			if _, known := uncertainty(basis(f)); some && known {
				return nil
			}
			v, ok := numberAt(f, place)
			doubt = !ok || v < 0
			return nil
		})
		return doubt, err
	})
}

// keep remembers a feature that is, or may be, within the largest ring for the share by area.
func (t *tally) keep(p *Pair) error {
	for _, s := range t.sums {
		if s.ByArea && min(p.Metres, p.Interval.MinM) <= t.rings[len(t.rings)-1] {
			shape, err := p.shape()
			t.parts = append(t.parts, part{p.To, shape, p.Metres, p.Interval})
			return err
		}
	}
	return nil
}

// summaries finishes and gives the summaries, by rising distance.
func (t *tally) summaries(ctx context.Context) ([]*Summary, error) {
	if t.open {
		if err := t.doubtUnseen(ctx); err != nil {
			return nil, err
		}
	}
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
