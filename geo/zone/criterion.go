package zone

import (
	"math"

	"kawasan/geo"
	"kawasan/geo/proximity"
)

// Direction says which values of a criterion are better.
type Direction string

// The directions.
const (
	More Direction = "more" // larger is better
	Less Direction = "less" // smaller is better
)

// Criterion is one thing that zones are judged by. Exactly one of Property,
// Nearest, Within and Area says what is measured.
type Criterion struct {
	Name string `json:"name"`
	// Property names a numeric property of the zone.
	Property string `json:"property,omitempty"`
	// Nearest takes the distance in metres to the nearest feature that fits.
	Nearest *Around `json:"nearest,omitempty"`
	// Within counts, or sums by area, what fits within a distance.
	Within *Ring `json:"within,omitempty"`
	// Area takes the computed area in hectares.
	Area bool `json:"area,omitempty"`

	Direction Direction `json:"direction"`
	// Weight is 0 or more; only the proportions of the weights matter.
	Weight float64 `json:"weight"`
	// AtLeast and AtMost are hard limits on the raw value; nil for none.
	AtLeast *float64 `json:"at_least,omitempty"`
	AtMost  *float64 `json:"at_most,omitempty"`
}

// Around names features of a collection by a filter in CQL2 text.
type Around struct {
	Collection string `json:"collection"`
	Filter     string `json:"filter,omitempty"`
}

// Ring is what lies within a distance in metres.
type Ring struct {
	Around
	DistanceM float64 `json:"distance_m"`
	// Sum names a numeric property to sum by area; empty counts.
	Sum string `json:"sum,omitempty"`
}

// maxWeight keeps the sums of weights well within what numbers can carry.
const maxWeight = 1e9

func (c *Criterion) check() error {
	kinds := 0
	for _, is := range []bool{c.Property != "", c.Nearest != nil, c.Within != nil, c.Area} {
		if is {
			kinds++
		}
	}
	switch {
	case kinds != 1:
		return geo.Invalidf("criteria", "the criterion %q must measure one thing", c.Name).Try("give one of property, nearest, within and area")
	case c.Direction != More && c.Direction != Less:
		return geo.Invalidf("criteria", "the criterion %q does not say which values are better", c.Name).Try("give the direction more or less")
	case math.IsNaN(c.Weight) || math.IsInf(c.Weight, 0) || c.Weight < 0:
		return geo.Invalidf("criteria", "the weight of %q is not a number of 0 or more", c.Name).Try("give 0 or a positive number")
	case c.Weight > maxWeight:
		return geo.Invalidf("criteria", "the weight of %q is too large", c.Name).Try("give at most 1000000000; only proportions matter")
	}
	for _, limit := range []*float64{c.AtLeast, c.AtMost} {
		if limit != nil && (math.IsNaN(*limit) || math.IsInf(*limit, 0)) {
			return geo.Invalidf("criteria", "a limit of %q is not a number", c.Name).Try("a finite number")
		}
	}
	if c.AtLeast != nil && c.AtMost != nil && *c.AtLeast > *c.AtMost {
		return geo.Invalidf("criteria", "no value of %q is at least %g and at most %g", c.Name, *c.AtLeast, *c.AtMost).Try("at_least below at_most")
	}
	return nil
}

// raw is the value of a criterion for one candidate and what it can be. Nil is unknown.
type raw struct {
	value    *float64
	min, max *float64
	ref      string // the feature that the value was measured to
	name     string // of that feature
}

// maxNearest is how many of the nearest are looked at first for the least distance that the uncertainties allow.
const maxNearest = 20

// settle reports whether nothing behind the last pair looked at can be nearer, in truth, than
// the least. Where uncertainties are unknown, that is 0.
func (r *raw) settle(last *proximity.Pair, s proximity.Spread) bool {
	if s.Unknown || last.From.Party.UncertaintyM == nil {
		nothing := 0.0
		r.min = &nothing
		return true
	}
	return last.Metres-*last.From.Party.UncertaintyM-s.LargestM >= *r.min
}

// neighbour gives the distance to the nearest from the pairs of one candidate. The
// nearest in truth may be another one, so it is at least the least and at most
// the least of the greatest distances.
func neighbour(pairs []*proximity.Pair) raw {
	if len(pairs) == 0 {
		return raw{}
	}
	r := raw{value: &pairs[0].Metres, ref: pairs[0].To.Ref(), name: pairs[0].To.Name()}
	least := pairs[0].Interval.MinM
	for _, p := range pairs {
		least = min(least, p.Interval.MinM)
		if most := p.Interval.MaxM; most != nil && (r.max == nil || *most < *r.max) {
			r.max = most
		}
	}
	r.min = &least
	return r
}
