package proximity

import (
	"context"

	"kawasan/geo"
	"kawasan/geo/wording"
)

// Published is a distance that somebody published for a pair: by road, toll road, ferry ...
type Published struct {
	DistanceKM  float64 `json:"distance_km"`
	Mode        string  `json:"mode,omitempty"`
	Approximate bool    `json:"approximate,omitempty"`
	Minutes     int64   `json:"minutes,omitempty"`
	MinutesMax  int64   `json:"minutes_max,omitempty"`
	Year        string  `json:"year,omitempty"`
	Note        string  `json:"note,omitempty"`
	Confidence  string  `json:"confidence,omitempty"`
	Source      string  `json:"source,omitempty"`
	// Words say how it goes, where Mode is a code.
	Words geo.Text `json:"-"`
}

// maxPublished bounds how many published distances are read.
const maxPublished = 20_000

// publishedMap has published distances by pair of refs; each stands for both directions.
type publishedMap struct {
	by   map[[2]string][]Published
	ends pairOfRefs
}

// loadPublished gives the published distances, read once a question at most.
func (s *session) loadPublished(ctx context.Context) error {
	if s.published != nil {
		return nil
	}
	s.published = &publishedMap{by: map[[2]string][]Published{}}
	c, err := s.catalogue.Collection(s.options.Published)
	if err != nil {
		return nil //nolint:nilerr // no such collection: nothing is published here
	}
	for _, needed := range []string{"from_ref", "to_ref", "distance_km"} {
		if _, ok := c.PropertyIndex(needed); !ok {
			return nil
		}
	}
	q := s.query(c.ID)
	q.SkipGeometry, q.Limit = true, maxPublished
	s.published, err = recallEach(ctx, s, "published", q, s.published, (*publishedMap).add)
	return err
}

func (m *publishedMap) add(f *geo.Feature) error {
	from, to := m.ends.of(f)
	if from == "" || to == "" {
		return nil
	}
	km, ok := f.Number("distance_km")
	if !ok {
		return nil
	}
	approximate, _ := f.Value("approximate").(bool)
	minutes, _ := f.Number("minutes")
	most, _ := f.Number("minutes_max")
	p := Published{
		DistanceKM: km, Mode: f.Text("mode"), Approximate: approximate, Minutes: int64(minutes), MinutesMax: int64(most),
		Year: f.Text("year"), Note: f.Text("note"), Confidence: f.Text("confidence"), Source: f.Text("source"),
	}
	if mode, ok := f.Collection.Property("mode"); ok && p.Mode != "" {
		p.Words = wording.Value(mode, p.Mode)
	}
	m.by[[2]string{from, to}] = append(m.by[[2]string{from, to}], p)
	if from != to {
		m.by[[2]string{to, from}] = append(m.by[[2]string{to, from}], p)
	}
	return nil
}

// pairOfRefs knows where the refs of published distances stand, which is looked up
// once for all rows.
type pairOfRefs struct {
	collection *geo.Collection
	from, to   int
}

// of gives the two refs of a row; "" for one that is not there.
func (r *pairOfRefs) of(f *geo.Feature) (from, to string) {
	if r.collection != f.Collection {
		r.collection = f.Collection
		r.from, r.to = placeOf(f.Collection, "from_ref"), placeOf(f.Collection, "to_ref")
	}
	if r.from < 0 || r.to < 0 || max(r.from, r.to) >= len(f.Values) {
		return "", ""
	}
	from, _ = f.Values[r.from].(string)
	to, _ = f.Values[r.to].(string)
	return from, to
}

// addPublished sets published distances beside those measured.
func (s *session) addPublished(ctx context.Context, pairs []*Pair) error {
	if len(pairs) == 0 {
		return nil
	}
	if err := s.loadPublished(ctx); err != nil {
		return err
	}
	for _, p := range pairs {
		if len(s.published.by) > 0 {
			p.Published = s.published.by[[2]string{p.From.Ref, p.Ref()}]
		}
	}
	return nil
}
