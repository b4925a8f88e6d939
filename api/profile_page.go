package api

import (
	"cmp"
	"slices"
	"strings"

	"kawasan/geo"
	"kawasan/geo/wording"
	"kawasan/geo/zone"
)

// profilePage is what the page of a profile shows.
type profilePage struct {
	Title      string
	Name       string          // of the zone
	Called     string          // what the page is called beside it
	Collection *geo.Collection // that the zone is in; nil if it is not known
	OnTheMap   string          // address of the map with the zone chosen
	Basis      *basis
	Version    string
	Map        *pageMap
	Sections   []profilePageSection
	Statements []pageStatement
	Notes      []string
	References []string
	Sources    []sourceRow
	Links      []link
}

type profilePageSection struct {
	Title, Filter string
	Scale         *barScale
	Items         []profileRow
	Ranges        bool        // some row says what its value can be
	Grades        bool        // some row says how far it can be trusted
	All           *profileRow // the basis of all rows, where it is the same
	Unlocated     []string
	UnlocatedMore int
	Notes         []string
}

// profileRow is one value in words; Basis are the numbers of its references.
type profileRow struct {
	Name, Value, Range, More, Grade string
	Href                            string
	Bar                             *bar
	Basis                           []int
}

// pageStatement is a sentence for the memo with the numbers of its sources.
type pageStatement struct {
	Text  string
	Basis []int
}

func (x *exchange) sendProfilePage(p *zone.Profile, collection string) error {
	d := x.profileDocument(p)
	page := profilePage{Title: x.say("profile") + ": " + d.Name, Name: d.Name, Called: x.say("profile"), OnTheMap: x.base + "/map?lang=" + x.lang + "#sel=" + p.Ref, Version: d.Version, Notes: d.Notes, Sources: d.Sources, Links: d.Links}
	page.Collection, _ = x.catalogue.Collection(collection)
	if f, err := geo.FeatureByID(x.ctx, x.reader, collection, x.Params("id")); err == nil {
		page.Map, page.Basis = x.drawMap(x.ctx, []*geo.Feature{f}), x.basisOf(f)
	}
	var refs references
	for i, s := range d.Sections {
		section := profilePageSection{Title: s.Title, Filter: s.Filter, Unlocated: s.Unlocated, UnlocatedMore: s.More, Notes: s.Notes}
		scale, comparable := x.barScaleOf(quantities(p.Sections[i].Items))
		if comparable {
			section.Scale = &scale
		}
		for _, item := range p.Sections[i].Items {
			row := x.profileRow(item, &refs)
			if q, ok := quantity(item); ok && comparable {
				row.Bar = scale.draw(q)
			}
			section.Items = append(section.Items, row)
		}
		section.sumUp()
		page.Sections = append(page.Sections, section)
	}
	page.Statements = x.statements(p.Statements, &refs)
	page.References = refs.Texts
	return x.sendPage("profile", page)
}

// sumUp says once what all rows would say.
func (s *profilePageSection) sumUp() {
	const few = 3
	same := len(s.Items) >= few
	for _, row := range s.Items {
		same = same && row.Grade == s.Items[0].Grade && slices.Equal(row.Basis, s.Items[0].Basis)
	}
	if same {
		s.All = &profileRow{Grade: s.Items[0].Grade, Basis: s.Items[0].Basis}
	}
	for i := range s.Items {
		if same {
			s.Items[i].Grade, s.Items[i].Basis = "", nil
		}
		s.Ranges = s.Ranges || s.Items[i].Range != ""
		s.Grades = s.Grades || s.Items[i].Grade != ""
	}
}

// statements are sentences for the memo, with the numbers of their sources.
func (x *exchange) statements(said []zone.Statement, refs *references) []pageStatement {
	var all []pageStatement
	for _, s := range said {
		one := pageStatement{Text: s.Text.In(x.lang)}
		for _, source := range s.Cited {
			if n := refs.source(source.In(x.lang)); !slices.Contains(one.Basis, n) {
				one.Basis = append(one.Basis, n)
			}
		}
		all = append(all, one)
	}
	return all
}

// quantity is the value of an item; false if it has none.
func quantity(i zone.Item) (wording.Quantity, bool) {
	if i.Value == nil {
		return wording.Quantity{}, false
	}
	return wording.Quantity{Value: *i.Value, Least: i.Min, Most: i.Max, Unit: i.Unit}, true
}

func quantities(items []zone.Item) (all []wording.Quantity) {
	for _, i := range items {
		if q, ok := quantity(i); ok {
			all = append(all, q)
		}
	}
	return all
}

// itemLabel is what an item is called beside others: the nearest for each value of a
// property with that value.
func (x *exchange) itemLabel(i zone.Item) string {
	name := cmp.Or(i.Name, i.Key)
	if i.Group != "" {
		return i.Group + ": " + name
	}
	return name
}

// profileRow words one value: what it is, its range, and what it rests on.
func (x *exchange) profileRow(i zone.Item, refs *references) profileRow {
	i = i.In(x.lang)
	r := profileRow{Name: x.itemLabel(i), Value: cmp.Or(i.Words, i.Text), Grade: x.said(wording.Grade(i.Confidence))}
	if ref, id, ok := cutRef(i.Ref); ok {
		r.Href = x.pageOf(ref, id)
	}
	if q, ok := quantity(i); ok {
		said := q.Said()
		value := x.said(said.Value)
		if r.Range = x.said(said.Range); r.Value != "" {
			value = r.Value + ": " + value
		}
		r.Value = value
	}
	r.Value = cmp.Or(r.Value, x.say("unknown"))
	r.More = strings.Join(x.remarks(i), "; ")
	source := i.Source
	if source != "" && i.SourceDate != "" {
		source += " (" + i.SourceDate + ")"
	}
	for _, text := range []string{i.Method, source} {
		if text != "" {
			r.Basis = append(r.Basis, refs.of(text))
		}
	}
	return r
}

// remarks are what belongs to a distance besides the figure.
func (x *exchange) remarks(i zone.Item) (all []string) {
	if i.Unit == "m" && i.Value != nil && *i.Value == 0 {
		all = append(all, x.say("they meet"))
	}
	if i.WaterShare != nil && *i.WaterShare > 0 {
		all = append(all, x.said(wording.Say("%s over water", "%s di atas air", wording.Share(*i.WaterShare))))
	}
	if len(i.Published) > 0 {
		all = append(all, x.say("published distance")+": "+x.publishedWords(i.Published))
	}
	return all
}
