package api

import (
	"strings"

	"kawasan/geo"
	"kawasan/geo/cql2"
	"kawasan/geo/format"
	"kawasan/geo/proximity"
	"kawasan/geo/zone"
)

func (s *Server) zoneEndpoints() []*endpoint {
	forms := append([]*representation{asJSON, asHTML}, fileForms(tableFiles())...)
	collection := &parameter{name: "collection", description: "The collection that the feature is of", schema: object{"type": "string", "default": "zones"}, emptyIsNone: true}
	return append([]*endpoint{
		{
			id: "getProfile", path: "/zones/:id/profile", tag: "zones", summary: "What a planner asks of a zone, each value with what it rests on",
			parameters: append(commonParameters(forms), dataVersionParameter(), collection), formats: forms, answers: "object", needsData: true, handle: s.profile,
		},
	}, s.comparisonEndpoints(collection)...)
}

// tableFiles are the codes of the file formats of tables without geometry.
func tableFiles() []string { return []string{"csv", "xlsx"} }

// parseFor reads a CQL2 filter on a collection, for look-ups.
func (s *Server) parseFor(c *geo.Collection, text string) (geo.Filter, error) {
	e, err := cql2.ParseText(text)
	if err != nil {
		return nil, err
	}
	return cql2.Check(e, c, cql2.Options{Functions: s.functions})
}

// profile answers /zones/{id}/profile.
func (s *Server) profile(x *exchange) error {
	collection := x.values.text("collection")
	if collection == "" {
		collection = "zones"
	}
	p, err := zone.NewProfile(x.ctx, x.reader, collection, x.Params("id"), zone.Options{Parse: s.parseFor, Principal: x.principal})
	if err != nil || x.beginAnswer() {
		return err
	}
	if f, ok := format.ByName(x.format.name); ok {
		c, rows := zone.Rows(x.lang, p)
		return x.sendRows(f, c, rows)
	}
	if x.format == asHTML {
		return x.sendProfilePage(p, collection)
	}
	body, err := encodeJSON(x.profileDocument(p))
	if err != nil {
		return err
	}
	return x.send(body)
}

// profileDocument is a profile in the language of the answer.
type profileDocument struct {
	Ref       string           `json:"ref"`
	Name      string           `json:"name"`
	Version   string           `json:"version,omitempty"`
	Sections  []profileSection `json:"sections"`
	Sentences []string         `json:"sentences"`
	Notes     []string         `json:"notes"`
	Sources   []sourceRow      `json:"sources"`
	Links     []link           `json:"links"`
}

type profileSection struct {
	Name       string      `json:"name"`
	Title      string      `json:"title"`
	Collection string      `json:"collection,omitempty"`
	Filter     string      `json:"filter,omitempty"`
	Items      []zone.Item `json:"items"`
	Unlocated  []string    `json:"unlocated,omitempty"`
	Notes      []string    `json:"notes,omitempty"`
}

func (x *exchange) profileDocument(p *zone.Profile) profileDocument {
	d := profileDocument{Ref: p.Ref, Name: p.Name, Version: x.dataVersion(), Sentences: x.said(p.Sentences), Notes: x.said(p.Notes), Sources: []sourceRow{}, Links: x.answerLinks()}
	for _, s := range p.Sections {
		items := make([]zone.Item, 0, len(s.Items))
		for _, i := range s.Items {
			items = append(items, i.In(x.lang))
		}
		d.Sections = append(d.Sections, profileSection{s.Name, s.Title.In(x.lang), s.Collection, s.Filter, items, s.Unlocated, x.said(s.Notes)})
	}
	for _, s := range p.Sources {
		d.Sources = append(d.Sources, sourceRow{s.Collection, s.Title.In(x.lang), s.Version, s.Licence, s.Attribution})
	}
	return d
}

// profilePage is what the page of a profile shows.
type profilePage struct {
	Title      string
	Version    string
	Map        *pageMap
	Sections   []profilePageSection
	Sentences  []string
	Notes      []string
	References []string
	Sources    []sourceRow
	Links      []link
}

type profilePageSection struct {
	Title, Filter string
	Charts        []*chart
	Items         []profileRow
	Unlocated     []string
	Notes         []string
}

// profileRow is one value in words; Basis are the numbers of its references.
type profileRow struct {
	Name, Value, Range, Grade string
	Basis                     []int
}

func (x *exchange) sendProfilePage(p *zone.Profile, collection string) error {
	d := x.profileDocument(p)
	page := profilePage{Title: p.Name, Version: d.Version, Sentences: d.Sentences, Notes: d.Notes, Sources: d.Sources, Links: d.Links}
	if f, err := geo.FeatureByID(x.ctx, x.reader, collection, x.Params("id")); err == nil {
		page.Map = x.drawMap(x.ctx, []*geo.Feature{f})
	}
	var refs references
	for _, s := range d.Sections {
		section := profilePageSection{Title: s.Title, Filter: s.Filter, Unlocated: s.Unlocated, Notes: s.Notes, Charts: x.charts(s.Title, s.Items, itemLabel)}
		for _, item := range s.Items {
			section.Items = append(section.Items, x.profileRow(item, &refs))
		}
		page.Sections = append(page.Sections, section)
	}
	page.References = refs.Texts
	return x.sendPage("profile", page)
}

// itemLabel is what an item is called beside others.
func itemLabel(i zone.Item) string {
	if i.Name == "" {
		return i.Key
	}
	if group, _, ok := strings.Cut(i.Key, " "); ok {
		if _, value, ok := strings.Cut(group, "="); ok {
			return value + ": " + i.Name // the nearest for each value of a property
		}
	}
	return i.Name
}

// rounded words the value of an item and what it can be, rounded to what that allows.
func (x *exchange) rounded(item zone.Item) (value, least, most string) {
	amount := func(v *float64) string {
		switch {
		case v == nil:
			return x.say("unknown")
		case item.Unit == "m":
			return x.inDecimals(proximity.FormatDistance(*v))
		}
		return strings.TrimSpace(x.inDecimals(show(*v)) + " " + item.Unit)
	}
	if item.Value == nil {
		return x.say("unknown"), "", ""
	}
	v, lo, hi := proximity.RoundRange(*item.Value, item.Min, item.Max)
	value = amount(&v)
	if item.Min != nil || item.Max != nil {
		least, most = amount(lo), amount(hi)
	}
	return value, least, most
}

// inDecimals writes the decimal sign of the language.
func (x *exchange) inDecimals(s string) string {
	if x.lang == "id" {
		return strings.ReplaceAll(s, ".", ",")
	}
	return s
}

// profileRow words one value: what it is, its range, and what it rests on.
func (x *exchange) profileRow(item zone.Item, refs *references) profileRow {
	r := profileRow{Name: itemLabel(item), Value: item.Text, Grade: x.say(item.Confidence)}
	if item.Value != nil {
		value, least, most := x.rounded(item)
		if r.Value = value; item.Text != "" {
			r.Value = item.Text + ": " + value
		}
		if least != most {
			r.Range = least + " – " + most
		}
	}
	if r.Value == "" {
		r.Value = x.say("unknown")
	}
	source := item.Source
	if source != "" && item.SourceDate != "" {
		source += " (" + item.SourceDate + ")"
	}
	for _, text := range []string{item.Method, source} {
		if text != "" {
			r.Basis = append(r.Basis, refs.of(text))
		}
	}
	return r
}
