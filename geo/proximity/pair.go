package proximity

import (
	"kawasan/geo"
	"kawasan/geo/geodesy"
)

// Pair is an origin, a target, and what was measured between them.
type Pair struct {
	From *Origin
	To   *geo.Feature
	// Rank counts from 1 at the nearest, for each origin.
	Rank int
	// Result is the shortest geodesic: metres, the two points, the bearing.
	geodesy.Result
	// Interval is what the distance can be, given both uncertainties.
	Interval geodesy.Interval
	// Judgement says how sure it is that the pair is within the distance asked
	// for, or that the two overlap. Nil when neither was asked.
	Judgement *geodesy.Judgement
	// NotToldApart are the refs of other targets of the same origin whose interval
	// overlaps this one, nearest first, at most [maxNotToldApart].
	NotToldApart []string
	// Rivals are the features of these refs.
	Rivals []*geo.Feature
	// WaterShare is the part, 0 to 1, of the straight line that is not land. Nil when unknown.
	WaterShare *float64
	// Published are distances that somebody published for this pair.
	Published []Published
	// Shared is what the two have in common, for overlap.
	Shared *Shared

	party geodesy.Party
	toRef string // see Ref
}

// Ref is the ref of the target. It is made while the answer is in the making.
func (p *Pair) Ref() string {
	if p.toRef == "" {
		p.toRef = p.To.Ref()
	}
	return p.toRef
}

// maxNotToldApart bounds the list of those that can't be told apart from a feature.
const maxNotToldApart = 25

// pairs makes pairs of the candidates of an origin, which come nearest first.
// A limit above 0 is the distance asked for, in metres.
func (s *session) pairs(o *Origin, found []candidate, limit float64) ([]*Pair, error) {
	all, made := make([]*Pair, 0, len(found)), make([]Pair, len(found))
	for i, c := range found {
		p := &made[i]
		if err := s.fill(p, o, c); err != nil {
			return nil, err
		}
		p.Rank = i + 1
		if limit > 0 {
			j := geodesy.JudgeWithin(p.Metres, limit, p.Interval, o.Party.Basis, p.party.Basis)
			p.Judgement = &j
		}
		all = append(all, p)
	}
	return all, nil
}

// fill makes a pair of an origin and a candidate.
func (s *session) fill(p *Pair, o *Origin, c candidate) (err error) {
	*p = Pair{From: o, To: c.feature, Result: c.result, party: geodesy.Party{Shape: c.shape, Basis: basis(c.feature)}}
	p.Interval, err = s.interval(p)
	return err
}

// shape gives the shape of the target.
func (p *Pair) shape() (s *geodesy.Shape, err error) {
	if p.party.Shape == nil {
		p.party.Shape, err = ShapeOf(p.To)
	}
	return p.party.Shape, err
}

// interval gives what the distance can be. How far a centroid or an anchor moves
// with the boundary isn't known, so between those of areas it is open.
func (s *session) interval(p *Pair) (geodesy.Interval, error) {
	if s.question.Measure != Boundary && (p.From.Party.Shape.Dimension() > 0 || p.party.Shape.Dimension() > 0) {
		return geodesy.Interval{}, nil
	}
	if v, ok := geodesy.ShapelessInterval(p.Metres, p.From.Party.Basis, p.party.Basis); ok {
		return v, nil
	}
	if _, err := p.shape(); err != nil {
		return geodesy.Interval{}, err
	}
	return geodesy.DistanceInterval(p.Metres, p.From.Party, p.party), nil
}

// tellApart marks the pairs of one origin whose order the uncertainties leave open.
func tellApart(pairs []*Pair) {
	most := min(len(pairs)-1, maxNotToldApart)
	var refs []string // of all lists, one behind the other
	var rivals []*geo.Feature
	for _, p := range pairs {
		first := len(refs)
		for _, other := range pairs {
			if p == other || !geodesy.Indistinguishable(p.Interval, other.Interval) {
				continue
			}
			if refs == nil {
				refs, rivals = make([]string, 0, len(pairs)*most), make([]*geo.Feature, 0, len(pairs)*most)
			}
			rivals = append(rivals, other.To)
			if refs = append(refs, other.Ref()); len(refs)-first == maxNotToldApart {
				break
			}
		}
		if n := len(refs); n > first {
			p.NotToldApart, p.Rivals = refs[first:n:n], rivals[first:n:n]
		}
	}
}
