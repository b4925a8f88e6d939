package zone

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"kawasan/geo"
	"kawasan/geo/proximity"
	"kawasan/geo/wording"
)

// lookup fills a section of the profile.
func (m *maker) lookup(ctx context.Context, l Lookup) (Section, error) {
	s := Section{Name: l.Section, Title: l.Title, Collection: l.Collection, Filter: l.Filter, Items: []Item{}}
	if s.Title.EN == "" {
		s.Title = geo.Text{EN: l.Section}
	}
	c, err := m.catalogue.Collection(l.Collection)
	if err == nil && !c.HasGeometry() {
		err = geo.Invalidf("to", "the collection %q has no geometry", l.Collection)
	}
	var f geo.Filter
	if err == nil {
		f, err = filter(m.o.Parse, c, l.Filter)
	}
	if err != nil {
		if m.given || !(geo.IsCode(err, geo.NotFound) || geo.IsCode(err, geo.Invalid)) {
			return s, ofParameter(ctx, err, "lookups")
		}
		s.Notes = append(s.Notes, geo.Text{EN: "Not known here: the data have no such collection or column.", ID: "Tidak diketahui di sini: data tidak memiliki koleksi atau kolom itu."})
		return s, nil
	}
	if l.Nearest != 0 {
		err = m.nearest(ctx, &s, l, c, f)
	}
	if err == nil && len(l.RingsM) > 0 {
		err = m.rings(ctx, &s, l, f)
	}
	if err != nil && m.given {
		err = ofParameter(ctx, err, "lookups")
	}
	return s, err
}

func (m *maker) question(l Lookup, f geo.Filter) proximity.Question {
	return proximity.Question{
		From: []proximity.Source{{Ref: proximity.Ref{Collection: m.zone.Collection.ID, ID: m.zone.ID}}},
		To:   []proximity.Target{{Collection: l.Collection, Filter: f}},
		AsOf: m.o.AsOf, Principal: m.o.Principal, Headed: true,
	}
}

// nearest names the nearest, for each value of GroupBy if there is one.
func (m *maker) nearest(ctx context.Context, s *Section, l Lookup, c *geo.Collection, f geo.Filter) error {
	groups := []string{""}
	if l.GroupBy != "" {
		var err error
		if groups, err = m.groups(ctx, l, c, f); err != nil {
			return err
		}
	}
	for _, g := range groups {
		want, prefix := f, ""
		var said geo.Text
		if l.GroupBy != "" {
			want, prefix = grouped{f, l.GroupBy, g}, l.GroupBy+"="+g+" "
			p, _ := c.Property(l.GroupBy)
			said = wording.Value(p, g)
		}
		a, err := m.engine.Nearest(ctx, proximity.NearestRequest{Question: m.question(l, want), K: l.Nearest})
		if err != nil {
			return err
		}
		m.absorb(s, a)
		m.say(s.Title, said, a)
		for _, p := range a.Pairs {
			i := Item{
				Key: fmt.Sprintf("%snearest-%d", prefix, p.Rank), Ref: p.To.Ref(), Name: p.To.Name(), Unit: "m", Value: round(p.Metres), Min: round(p.Interval.MinM),
				WaterShare: p.WaterShare, NotToldApart: p.NotToldApart, Published: p.Published, Method: a.Method.EN, Said: Said{Name: wording.Name(p.To), Method: a.Method, Group: said},
			}
			if p.Interval.MaxM != nil {
				i.Max = round(*p.Interval.MaxM)
			}
			rest(&i, p.To)
			s.Items = append(s.Items, i)
		}
	}
	return nil
}

// rings counts, and sums, within distances.
func (m *maker) rings(ctx context.Context, s *Section, l Lookup, f geo.Filter) error {
	r := proximity.WithinRequest{Question: m.question(l, f), Distances: l.RingsM, SummaryOnly: true}
	if l.Sum != "" {
		r.Sums = []proximity.Sum{{Property: l.Sum, ByArea: true}}
	}
	a, err := m.engine.Within(ctx, r)
	if err != nil {
		return err
	}
	m.absorb(s, a)
	m.say(s.Title, geo.Text{}, a)
	what := geo.Text{EN: l.Sum}
	if c, err := m.catalogue.Collection(l.Collection); err == nil {
		if p, ok := c.Property(l.Sum); ok {
			what = wording.Title(p)
		}
	}
	for _, sum := range a.Summaries {
		key := fmt.Sprintf("within-%.0fm", sum.DistanceM)
		within := wording.Say("within %s", "dalam jarak %s", wording.Metres(sum.DistanceM))
		count := Item{Key: key, Name: within.EN, Value: round(float64(sum.Count)), Min: round(float64(sum.CountMin)), Method: a.Method.EN, Said: Said{Name: within, Method: a.Method}}
		if sum.CountMax != nil {
			count.Max = round(float64(*sum.CountMax))
		}
		if l.Sum == "" {
			s.Items = append(s.Items, count)
			continue
		}
		if share := sum.Sums[0].ByArea; share != nil {
			i := Item{
				Key: key, Name: what.EN + " " + within.EN, Value: round(share.Sum), Unit: sum.Sums[0].Unit,
				Min: round(share.Min), Method: share.Method,
				Said: Said{Name: geo.Text{EN: what.EN + " " + within.EN, ID: what.In("id") + " " + within.ID}, Method: proximity.ShareMethod},
			}
			if share.Max != nil {
				i.Max = round(*share.Max)
			}
			s.Items = append(s.Items, i)
		}
	}
	return nil
}

// maxGroups bounds the values that a look-up groups by.
const maxGroups = 50

// groups gives the values of GroupBy among the features that fit, in order.
func (m *maker) groups(ctx context.Context, l Lookup, c *geo.Collection, f geo.Filter) ([]string, error) {
	p, ok := c.Property(l.GroupBy)
	if !ok || p.Type != geo.String && p.Type != geo.TextArray {
		return nil, geo.Invalidf("group_by", "the collection %q can't be grouped by %q", c.ID, l.GroupBy).Try("name a property that is text or a list of texts")
	}
	q := geo.Query{Collection: c.ID, Filter: f, SkipGeometry: true, Limit: proximity.MaxPairs, AsOf: m.o.AsOf, Principal: m.o.Principal}
	selection, err := m.reader.Open(ctx, q)
	if err != nil {
		return nil, err
	}
	defer selection.Close()
	var values []string
	for f, err := range selection.Features() {
		if err != nil {
			return nil, err
		}
		for _, v := range texts(f.Value(l.GroupBy)) {
			if !slices.Contains(values, v) {
				values = append(values, v)
			}
		}
		if len(values) > maxGroups {
			return nil, geo.Errorf(geo.TooLarge, "the property %q has more than %d values", l.GroupBy, maxGroups).In("group_by")
		}
	}
	slices.Sort(values)
	return values, ctx.Err()
}

// texts gives a text or a list of texts as a list.
func texts(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{v}
	case []string:
		return v
	}
	return nil
}

// absorb takes over what an answer says of itself.
func (m *maker) absorb(s *Section, a *proximity.Answer) {
	for _, f := range a.Unlocated.Named {
		if name := wording.Name(f); !slices.Contains(s.Unlocated, name) {
			s.Unlocated = append(s.Unlocated, name)
		}
	}
	s.UnlocatedMore = max(s.UnlocatedMore, a.Unlocated.More)
	for _, n := range a.Notes {
		if !slices.Contains(s.Notes, n) && n != a.Unlocated.Note() { // they are named in the section
			s.Notes = append(s.Notes, n)
		}
	}
	for _, d := range a.Sources {
		if !slices.ContainsFunc(m.p.Sources, func(have proximity.DataSource) bool { return have.Collection == d.Collection }) {
			m.p.Sources = append(m.p.Sources, d)
		}
	}
	slices.SortFunc(m.p.Sources, func(a, b proximity.DataSource) int { return strings.Compare(a.Collection, b.Collection) })
}

// grouped is a filter that also wants a value among those of a property.
type grouped struct {
	base            geo.Filter
	property, value string
}

// Match reports whether the feature fits and has the value.
func (g grouped) Match(f *geo.Feature) (bool, error) {
	if !slices.Contains(texts(f.Value(g.property)), g.value) {
		return false, nil
	}
	if g.base == nil {
		return true, nil
	}
	return g.base.Match(f)
}

// Properties are those of the filter within, and the property.
func (g grouped) Properties() []string {
	all := []string{g.property}
	if g.base != nil {
		all = append(all, g.base.Properties()...)
	}
	return all
}

// String identifies the filter.
func (g grouped) String() string {
	base := ""
	if g.base != nil {
		base = "(" + g.base.String() + ") AND "
	}
	return base + g.property + " has '" + strings.ReplaceAll(g.value, "'", "''") + "'"
}

var _ geo.Filter = grouped{}
