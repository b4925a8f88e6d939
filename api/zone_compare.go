package api

import (
	"kawasan/geo"
	"kawasan/geo/format"
	"kawasan/geo/zone"
)

// comparisonEndpoints set zones side by side and rank them.
func (s *Server) comparisonEndpoints(collection *parameter) []*endpoint {
	forms := append([]*representation{asJSON, asHTML}, fileForms(tableFiles())...)
	return []*endpoint{
		{
			id: "compareZones", path: "/zones/compare", tag: "zones", summary: geo.Words("Profiles of several zones, line by line"),
			parameters: append(commonParameters(forms), dataVersionParameter(), collection, lookupsParameter(), &parameter{
				name: "ids", required: true, list: true, description: "The ids of the zones, separated by commas, such as kik,kib",
				schema: object{"type": "array", "items": text(), "minItems": 1, "maxItems": zone.MaxCompared},
			}),
			formats: forms, answers: "object", needsData: true, handle: s.compareZones,
		},
		{
			id: "rankZones", path: "/zones/rank", tag: "zones", summary: geo.Words("Which zones suit best by weighted criteria, and how sure the first place is"),
			parameters: append(commonParameters(forms), dataVersionParameter(), collection,
				&parameter{name: "ids", list: true, emptyIsNone: true, description: "Only these, separated by commas", schema: object{"type": "array", "items": text()}},
				&parameter{name: "filter", emptyIsNone: true, description: "Only those for which this CQL2 text is true", schema: text()},
				&parameter{name: "criteria", description: criteriaForm + ". Needed; f=html without it gives a form to fill in", schema: text()},
				&parameter{name: "weights", emptyIsNone: true, description: "Replaces the weights of the criteria, in their order, separated by commas, such as 1,2,0.5", schema: text()},
			),
			formats: forms, answers: "object", needsData: true, handle: s.rankZones,
		},
		s.rankFormEndpoint(collection),
	}
}

// zoneCollection is the collection that profiles are of.
func (x *exchange) zoneCollection() string {
	if id := x.values.text("collection"); id != "" {
		return id
	}
	return zone.DefaultCollection
}

// comparisonDocument is a comparison in the language of the answer.
type comparisonDocument struct {
	Title string          `json:"title"`
	Zones []comparedZone  `json:"zones"`
	Rows  []comparisonRow `json:"rows"`
	answerBasis
}

type comparedZone struct {
	Ref  string `json:"ref"`
	Name string `json:"name"`
}

// comparisonRow has one cell a zone, in their order; null where a zone says nothing.
type comparisonRow struct {
	Section string       `json:"section"`
	Title   string       `json:"title"`
	Key     string       `json:"key"`
	Cells   []*zone.Item `json:"cells"`
}

func (s *Server) compareZones(x *exchange) error {
	ids := splitList(x.values.text("ids"))
	if len(ids) == 0 {
		return geo.Invalidf("ids", "no zones are named").Try("ids separated by commas, such as kik,kib")
	}
	o, err := x.zoneOptions()
	if err != nil {
		return err
	}
	c, err := zone.Compare(x.ctx, x.reader, x.zoneCollection(), ids, o)
	if err != nil || x.beginAnswer() {
		return err
	}
	if f, ok := format.ByName(x.format.name); ok {
		table, rows := zone.Rows(x.lang, c.Profiles...)
		return x.sendRows(f, table, rows)
	}
	d := x.comparisonDocument(c)
	if x.format == asHTML {
		return x.sendComparisonPage(c, d)
	}
	body, err := encodeJSON(d)
	if err != nil {
		return err
	}
	return x.send(body)
}

func (x *exchange) comparisonDocument(c *zone.Comparison) comparisonDocument {
	d := comparisonDocument{Title: x.say("zones side by side"), Rows: []comparisonRow{}, answerBasis: x.answerBasis(c.Sentences, nil, nil)}
	titles := map[string]string{}
	seen, noted := map[string]bool{}, map[string]bool{}
	for _, p := range c.Profiles {
		d.Zones = append(d.Zones, comparedZone{p.Ref, x.said(p.Called)})
		for _, section := range p.Sections {
			titles[section.Name] = section.Title.In(x.lang)
			p.Notes = append(p.Notes, section.Notes...)
		}
		for _, note := range x.texts(p.Notes) {
			if !noted[note] {
				noted[note] = true
				d.Notes = append(d.Notes, note)
			}
		}
		for _, source := range p.Sources {
			if !seen[source.Collection] {
				seen[source.Collection] = true
				d.Sources = append(d.Sources, x.sourceRow(source))
			}
		}
	}
	for _, r := range c.Rows {
		row := comparisonRow{r.Section, titles[r.Section], r.Key, make([]*zone.Item, len(r.Cells))}
		for i, cell := range r.Cells {
			if cell != nil {
				said := cell.In(x.lang)
				row.Cells[i] = &said
			}
		}
		d.Rows = append(d.Rows, row)
	}
	return d
}
