package zone

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"kawasan/geo"
	"kawasan/geo/proximity"
	"kawasan/geo/wording"
)

// Limits of a ranking.
const (
	MaxCandidates = 1000
	MaxCriteria   = 20
)

// RankRequest asks which features of a collection suit best.
type RankRequest struct {
	Collection string
	// IDs limits to these features, Filter (CQL2 text) to those that fit.
	IDs      []string
	Filter   string
	Criteria []Criterion
	// Parse reads the filters.
	Parse ParseFilter
	// AsOf is the legal date asked for; nil: whatever is stored.
	AsOf *geo.Date
	// Principal is who asks.
	Principal geo.Principal
}

// Ranking is the answer, best first.
type Ranking struct {
	Ranked []Ranked `json:"ranked"`
	// Excluded are those that break a hard limit as stored.
	Excluded []Excluded `json:"excluded"`
	// Flip is the smallest change of one weight that puts another first; nil when none does.
	Flip *Flip `json:"smallest_flip"`
	// Survives says that the first stays first whatever the values are within
	// their uncertainties, each on its own.
	Survives bool `json:"first_survives_uncertainty"`
	// Rivals are the refs that may be first instead, as far as the uncertainties go.
	Rivals []string   `json:"rivals,omitempty"`
	Notes  []geo.Text `json:"notes,omitempty"`
	// Sentences are ready for a memo, rounded to what the uncertainties allow.
	Sentences []geo.Text `json:"sentences"`
}

// Ranked is a candidate with its score, 0 to 1, and what the score can be.
type Ranked struct {
	Rank     int     `json:"rank"`
	Ref      string  `json:"ref"`
	Name     string  `json:"name"`
	Score    float64 `json:"score"`
	ScoreMin float64 `json:"score_min"`
	ScoreMax float64 `json:"score_max"`
	Parts    []Part  `json:"criteria"`
	// Doubts are hard limits that can't be checked or that the uncertainties leave open.
	Doubts []geo.Text `json:"doubts,omitempty"`
}

// Part is what one criterion gives to a candidate.
type Part struct {
	Criterion string `json:"criterion"`
	// Unit is that of Raw; empty for counts.
	Unit string `json:"unit,omitempty"`
	// Raw is the value, between RawMin and RawMax; nil is unknown, or open.
	Raw    *float64 `json:"raw"`
	RawMin *float64 `json:"raw_min"`
	RawMax *float64 `json:"raw_max"`
	// To is the feature that a distance was measured to.
	To string `json:"to,omitempty"`
	// ToName is what people call it.
	ToName string `json:"to_name,omitempty"`
	// Normalised is 0 for the worst and 1 for the best value stored among those not
	// excluded; one half for an unknown value. Min and Max may leave 0 to 1.
	Normalised    float64 `json:"normalised"`
	NormalisedMin float64 `json:"normalised_min"`
	NormalisedMax float64 `json:"normalised_max"`
	// Weight is the share of the sum of weights, Contribution what the part adds to the score.
	Weight       float64 `json:"weight"`
	Contribution float64 `json:"contribution"`
}

// Excluded is a candidate that breaks a hard limit.
type Excluded struct {
	Ref       string   `json:"ref"`
	Name      string   `json:"name"`
	Criterion string   `json:"criterion"`
	Raw       float64  `json:"raw"`
	Reason    geo.Text `json:"reason"`
	// Sure says that the limit is broken whatever the value is within its uncertainty.
	Sure bool `json:"sure"`
}

// Flip is a change of one weight from which on another candidate is first, or level with it.
type Flip struct {
	Criterion string  `json:"criterion"`
	From      float64 `json:"from"`
	To        float64 `json:"to"`
	First     string  `json:"first"`
}

type ranker struct {
	RankRequest
	reader     geo.Reader
	engine     *proximity.Engine
	catalogue  *geo.Catalogue
	collection *geo.Collection
	candidates []*geo.Feature
	read       []proximity.DataSource
	out        *Ranking
}

// Rank scores the features of a collection by weighted criteria.
//
// Each criterion is put on a scale from the worst (0) to the best (1) value
// stored among the candidates that are not excluded; if all are equal, all get
// one half. An unknown value counts one half and may be anything from 0 to 1: it
// is neither 0 nor a reason to exclude. The score is the mean by weight. Values
// with an uncertainty carry it through as intervals on the same scale. The
// first place survives only if its least advantage over every other is above 0
// whatever the values, and with them the ends of the scales, are. Ties go by id.
func Rank(ctx context.Context, r geo.Reader, q RankRequest) (*Ranking, error) {
	total, err := q.check()
	if err != nil {
		return nil, err
	}
	k := &ranker{RankRequest: q, reader: r, engine: proximity.New(r, proximity.Options{Land: "-", Published: "-"}), out: &Ranking{Excluded: []Excluded{}}}
	if err := k.load(ctx); err != nil {
		return nil, err
	}
	table := make([][]raw, len(q.Criteria)) // by criterion and candidate
	for i, c := range q.Criteria {
		if table[i], err = k.values(ctx, c); err != nil {
			return nil, ofParameter(ctx, err, "criteria")
		}
	}
	k.score(table, total)
	k.say()
	return k.out, nil
}

// ofParameter says that a parameter asks for what can't be had, rather than the one
// of the question that it becomes.
func ofParameter(ctx context.Context, err error, parameter string) error {
	if ctx.Err() != nil || !geo.IsCode(err, geo.Invalid) && !geo.IsCode(err, geo.NotFound) && !geo.IsCode(err, geo.TooLarge) {
		return err
	}
	e := *geo.AsError(err)
	e.Place.Parameter = parameter
	return &e
}

func (q *RankRequest) check() (total float64, err error) {
	if len(q.Criteria) == 0 {
		return 0, geo.Invalidf("criteria", "no criteria are given").Try("give at least one, with a weight")
	}
	if len(q.Criteria) > MaxCriteria {
		return 0, geo.Errorf(geo.TooLarge, "more than %d criteria are given", MaxCriteria).Try("give fewer").In("criteria")
	}
	q.Criteria = slices.Clone(q.Criteria)
	names := map[string]bool{}
	for i := range q.Criteria {
		c := &q.Criteria[i]
		if c.Name == "" {
			c.Name = fmt.Sprintf("criterion-%d", i+1)
		}
		if names[c.Name] {
			return 0, geo.Invalidf("criteria", "two criteria are called %q", c.Name).Try("give each its own name")
		}
		names[c.Name] = true
		if err := c.check(); err != nil {
			return 0, err
		}
		total += c.Weight
	}
	if total <= 0 {
		return 0, geo.Invalidf("criteria", "the weights sum to 0").Try("give at least one criterion a weight above 0")
	}
	return total, nil
}

func (k *ranker) load(ctx context.Context) error {
	var err error
	if k.catalogue, err = k.reader.Catalogue(ctx); err != nil {
		return err
	}
	if k.collection, err = k.catalogue.Collection(k.Collection); err != nil {
		return err
	}
	f, err := filter(k.Parse, k.collection, k.Filter)
	if err != nil {
		return err
	}
	k.candidates, k.collection, err = geo.Collect(ctx, k.reader, geo.Query{
		Collection: k.Collection, IDs: k.IDs, Filter: f, Limit: MaxCandidates + 1, AsOf: k.AsOf, Principal: k.Principal,
	})
	if err != nil {
		return err
	}
	k.read = []proximity.DataSource{proximity.SourceOf(k.collection)}
	if len(k.candidates) > MaxCandidates {
		return geo.Errorf(geo.TooLarge, "more than %d features are to be ranked", MaxCandidates).Try("name them, or filter")
	}
	for _, id := range k.IDs {
		if !slices.ContainsFunc(k.candidates, func(f *geo.Feature) bool { return f.ID == id }) && k.Filter == "" {
			return geo.Errorf(geo.NotFound, "the collection %q has no feature %q", k.Collection, id).In("ids")
		}
	}
	if len(k.candidates) == 0 {
		return geo.Errorf(geo.NotFound, "there is nothing to rank: no feature matches").Try("a condition that some features fulfil, or other ids")
	}
	return nil
}

// unlocated notes rows that a criterion could not measure.
func (k *ranker) unlocated(around Around, a *proximity.Answer) {
	if n := a.Unlocated.Count(); n > 0 {
		what := geo.Text{EN: around.Collection, ID: around.Collection}
		if c, err := k.catalogue.Collection(around.Collection); err == nil {
			what = geo.Text{EN: c.Title.In("en"), ID: c.Title.In("id")}
		}
		k.out.Notes = append(k.out.Notes, wording.Say("%d of %s that fit have no published position and count for nothing.",
			"%d dari %s yang sesuai tidak memiliki posisi yang dipublikasikan dan tidak dihitung.", n, what))
	}
}

// scored is a candidate in the making.
type scored struct {
	feature  *geo.Feature
	values   []raw
	parts    []Part
	doubts   []geo.Text
	excluded bool
	sure     bool // the exclusion is
	score    float64
}

// score applies limits, scales and weights.
func (k *ranker) score(table [][]raw, total float64) {
	all := make([]*scored, len(k.candidates))
	for i, f := range k.candidates {
		s := &scored{feature: f}
		for c := range k.Criteria {
			s.values = append(s.values, table[c][i])
		}
		k.limits(s)
		all[i] = s
	}
	for c, criterion := range k.Criteria {
		scale := newScale(criterion.Direction, all, c)
		for _, s := range all {
			p := scale.part(s.values[c])
			p.Criterion, p.Unit, p.Weight = criterion.Name, k.unit(criterion), criterion.Weight/total
			p.Contribution = p.Weight * p.Normalised
			s.parts = append(s.parts, p)
			s.score += p.Contribution
		}
	}
	var kept []*scored
	for _, s := range all {
		if !s.excluded {
			kept = append(kept, s)
		}
	}
	slices.SortStableFunc(kept, func(a, b *scored) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.feature.ID, b.feature.ID))
	})
	k.out.Ranked = []Ranked{}
	for i, s := range kept {
		r := Ranked{Rank: i + 1, Ref: s.feature.Ref(), Name: s.feature.Name(), Score: s.score, Parts: s.parts, Doubts: s.doubts}
		for _, p := range s.parts {
			r.ScoreMin += p.Weight * p.NormalisedMin
			r.ScoreMax += p.Weight * p.NormalisedMax
		}
		k.out.Ranked = append(k.out.Ranked, r)
	}
	if len(kept) > 0 {
		k.flip(kept)
		k.survival(kept[0], all)
	}
}

// flip finds the smallest change of one weight that ends the first's lead.
// With the others as they are, the lead over a candidate is a straight line in the
// weight: lead + change * (difference on that criterion).
func (k *ranker) flip(kept []*scored) {
	first := kept[0]
	best := math.Inf(1)
	for _, other := range kept[1:] {
		lead := 0.0
		for c, criterion := range k.Criteria {
			lead += criterion.Weight * (first.parts[c].Normalised - other.parts[c].Normalised)
		}
		for c, criterion := range k.Criteria {
			d := first.parts[c].Normalised - other.parts[c].Normalised
			if d == 0 {
				continue
			}
			change := -lead / d
			to := criterion.Weight + change
			if to < 0 || to > maxWeight || math.Abs(change) >= best || k.othersWeigh(c)+to <= 0 {
				continue
			}
			best = math.Abs(change)
			k.out.Flip = &Flip{Criterion: criterion.Name, From: criterion.Weight, To: to, First: other.feature.Ref()}
		}
	}
}

// othersWeigh sums the weights but one.
func (k *ranker) othersWeigh(c int) float64 {
	sum := 0.0
	for i, criterion := range k.Criteria {
		if i != c {
			sum += criterion.Weight
		}
	}
	return sum
}
