package api

import (
	"kawasan/geo"
	"kawasan/geo/cql2"
	"kawasan/geo/proximity"
	"kawasan/geo/zone"
)

func (s *Server) zoneEndpoints() []*endpoint {
	forms := []*representation{asJSON, asHTML}
	collection := &parameter{name: "collection", description: "The collection that the feature is of", schema: object{"type": "string", "default": "zones"}, emptyIsNone: true}
	return append([]*endpoint{
		{
			id: "getProfile", path: "/zones/:id/profile", tag: "zones", summary: "What a planner asks of a zone, each value with what it rests on",
			parameters: append(commonParameters(forms), dataVersionParameter(), collection), formats: forms, answers: "object", needsData: true, handle: s.profile,
		},
	}, s.comparisonEndpoints(collection)...)
}

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
	Ref      string           `json:"ref"`
	Name     string           `json:"name"`
	Version  string           `json:"version,omitempty"`
	Sections []profileSection `json:"sections"`
	Notes    []string         `json:"notes"`
	Sources  []sourceRow      `json:"sources"`
	Links    []link           `json:"links"`
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
	d := profileDocument{Ref: p.Ref, Name: p.Name, Version: x.dataVersion(), Notes: x.said(p.Notes), Sources: []sourceRow{}, Links: x.answerLinks()}
	for _, s := range p.Sections {
		items := s.Items
		if items == nil {
			items = []zone.Item{}
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
	Title    string
	Map      *pageMap
	Sections []profilePageSection
	Notes    []string
	Sources  []sourceRow
}

type profilePageSection struct {
	Title, Filter string
	Items         []profileRow
	Unlocated     []string
	Notes         []string
}

type profileRow struct{ Name, Value, Range, Basis string }

func (x *exchange) sendProfilePage(p *zone.Profile, collection string) error {
	d := x.profileDocument(p)
	page := profilePage{Title: p.Name, Notes: d.Notes, Sources: d.Sources}
	if f, err := geo.FeatureByID(x.ctx, x.reader, collection, x.Params("id")); err == nil {
		page.Map = x.drawMap(x.ctx, []*geo.Feature{f})
	}
	for _, s := range d.Sections {
		section := profilePageSection{Title: s.Title, Filter: s.Filter, Unlocated: s.Unlocated, Notes: s.Notes}
		for _, item := range s.Items {
			section.Items = append(section.Items, x.profileRow(item))
		}
		page.Sections = append(page.Sections, section)
	}
	body, err := x.server.pages.render(x, "profile", page)
	if err != nil {
		return err
	}
	return x.send(body)
}

// profileRow words one value: what it is, its range, and what it rests on.
func (x *exchange) profileRow(item zone.Item) profileRow {
	amount := func(v *float64) string {
		switch {
		case v == nil:
			return x.say("unknown")
		case item.Unit == "m":
			return proximity.FormatDistance(*v)
		}
		return show(*v) + " " + item.Unit
	}
	r := profileRow{Name: item.Name, Value: item.Text}
	if r.Name == "" {
		r.Name = item.Key
	}
	if item.Value != nil {
		r.Value = amount(item.Value)
		if item.Text != "" {
			r.Value = item.Text + ": " + r.Value
		}
	}
	if item.Min != nil || item.Max != nil {
		r.Range = amount(item.Min) + " – " + amount(item.Max)
	}
	for _, part := range []string{item.Method, item.Source, item.SourceDate, item.Confidence} {
		if part != "" {
			if r.Basis != "" {
				r.Basis += "; "
			}
			r.Basis += part
		}
	}
	return r
}
