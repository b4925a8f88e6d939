package api

import (
	"kawasan/geo"
	"kawasan/geo/cql2"
	"kawasan/geo/format"
	"kawasan/geo/zone"
)

func (s *Server) zoneEndpoints() []*endpoint {
	forms := append([]*representation{asJSON, asHTML}, fileForms(tableFiles())...)
	collection := &parameter{name: "collection", description: "The collection that the feature is of", schema: object{"type": "string", "default": zone.DefaultCollection}, emptyIsNone: true}
	return append([]*endpoint{
		{
			id: "getProfile", path: "/zones/:id/profile", tag: "zones", summary: geo.Words("What a planner asks of a zone, each value with what it rests on"),
			parameters: append(commonParameters(forms), dataVersionParameter(), collection, lookupsParameter()), formats: forms, answers: "object", needsData: true, handle: s.profile,
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
	collection := x.zoneCollection()
	o, err := x.zoneOptions()
	if err != nil {
		return err
	}
	p, err := zone.NewProfile(x.ctx, x.reader, collection, x.Params("id"), o)
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
	Ref      string           `json:"ref"`
	Name     string           `json:"name"`
	Sections []profileSection `json:"sections"`
	answerBasis
}

type profileSection struct {
	Name       string      `json:"name"`
	Title      string      `json:"title"`
	Collection string      `json:"collection,omitempty"`
	Filter     string      `json:"filter,omitempty"`
	Items      []zone.Item `json:"items"`
	Unlocated  []string    `json:"unlocated,omitempty"`
	More       int         `json:"unlocated_more,omitempty"`
	Notes      []string    `json:"notes,omitempty"`
}

func (x *exchange) profileDocument(p *zone.Profile) profileDocument {
	d := profileDocument{Ref: p.Ref, Name: x.said(p.Called), answerBasis: x.answerBasis(p.Sentences, p.Notes, p.Sources)}
	for _, s := range p.Sections {
		items := make([]zone.Item, 0, len(s.Items))
		for _, i := range s.Items {
			items = append(items, i.In(x.lang))
		}
		d.Sections = append(d.Sections, profileSection{s.Name, s.Title.In(x.lang), s.Collection, s.Filter, items, x.texts(s.Unlocated), s.UnlocatedMore, x.texts(s.Notes)})
	}
	return d
}
