package api

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"kawasan/geo"
	"kawasan/geo/wording"
	"kawasan/geo/zone"
)

// rankForm is the form by which people say what zones are judged by. It needs no
// script: it sends its fields to [Server.rankFormAnswer], which leads to the ranking.
type rankForm struct {
	Action                  string
	Collection, IDs, Filter string
	Criteria                []criterionFields
	Measures                []measureGroup
	Anew                    bool // a ranking stands above it
}

// criterionFields are the fields of one criterion, as they are written in the form.
type criterionFields struct {
	N                           int // from 1
	Name, Measure, Filter       string
	Distance, Direction, Weight string
	AtLeast, AtMost             string
}

// measureGroup are things that a criterion can measure.
type measureGroup struct {
	Label   string
	Options []measureOption
}

type measureOption struct{ Value, Label string }

// emptyCriteria is how many criteria more than there are the form has room for; they are
// folded, and each shows once the one before is open.
const emptyCriteria = 6

// criterionNames are the names of the fields of a criterion, behind its number.
var criterionNames = []string{"name", "measure", "filter", "distance", "direction", "weight", "at_least", "at_most"}

func fieldOf(n int, name string) string { return fmt.Sprintf("c%d_%s", n, name) }

// rankFormEndpoint shows the form, and turns what was filled in into a ranking.
func (s *Server) rankFormEndpoint(collection *parameter) *endpoint {
	forms := []*representation{asHTML}
	parameters := append(commonParameters(forms), collection,
		&parameter{name: "ids", emptyIsNone: true, list: true, description: "Only these", schema: text()},
		&parameter{name: "within", emptyIsNone: true, description: "Only those that fulfil this condition", schema: text()})
	for n := 1; n <= zone.MaxCriteria; n++ {
		for _, name := range criterionNames {
			parameters = append(parameters, &parameter{name: fieldOf(n, name), emptyIsNone: true, description: "A field of the form", schema: text()})
		}
	}
	return &endpoint{
		id: "rankZonesForm", path: "/zones/rank/form", tag: "zones", summary: geo.Words("The form to rank zones by, for people"),
		parameters: parameters, formats: forms, needsData: true, hidden: true, handle: s.rankFormAnswer,
	}
}

// rankFormAnswer leads to the ranking by what was filled in; without that it shows the form.
func (s *Server) rankFormAnswer(x *exchange) error {
	c, err := x.catalogue.Collection(x.zoneCollection())
	if err != nil {
		return geo.AsError(err).In("collection")
	}
	criteria, err := x.filledIn(c)
	if err != nil {
		return err
	}
	if len(criteria) == 0 {
		return s.sendRankForm(x, c, x.values.text("within"))
	}
	encoded, err := json.Marshal(criteria)
	if err != nil {
		return fmt.Errorf("encode criteria: %w", err)
	}
	v := values{{name: "f", text: "html"}, {name: "lang", text: x.lang}}
	for name, text := range map[string]string{"collection": x.values.text("collection"), "ids": x.values.text("ids"), "filter": x.values.text("within")} {
		if text != "" {
			v = append(v, value{name: name, text: text})
		}
	}
	v = append(v.sorted(), value{name: "criteria", text: string(encoded)})
	x.Set(fiber.HeaderCacheControl, "no-store")
	return x.Redirect(x.url("/zones/rank", v), fiber.StatusSeeOther)
}

// askCriteria shows the form to people who gave no criteria.
func (s *Server) askCriteria(x *exchange) error {
	if x.format != asHTML {
		return geo.Invalidf("criteria", "criteria is missing").Try(criteriaForm)
	}
	c, err := x.catalogue.Collection(x.zoneCollection())
	if err != nil {
		return geo.AsError(err).In("collection")
	}
	return s.sendRankForm(x, c, x.values.text("filter"))
}

// sendRankForm shows the form with criteria to begin with.
func (s *Server) sendRankForm(x *exchange, c *geo.Collection, filter string) error {
	if x.begin(x.stateOf(c)) {
		return nil
	}
	q := zone.RankRequest{Collection: c.ID, IDs: splitList(x.values.text("ids")), Filter: filter, Criteria: s.exampleCriteria(x)}
	return x.sendPage("rank-form", rankFormPage{x.say("ranking"), x.rankForm(q)})
}

// rankFormPage asks for criteria.
type rankFormPage struct {
	Title string
	Form  rankForm
}

// rankForm fills the form with the criteria of a ranking.
func (x *exchange) rankForm(q zone.RankRequest) rankForm {
	f := rankForm{Action: x.base + "/zones/rank/form", Collection: q.Collection, IDs: strings.Join(q.IDs, ","), Filter: q.Filter, Measures: x.measures(q.Collection)}
	for _, c := range q.Criteria {
		f.Criteria = append(f.Criteria, x.fieldsOf(c))
	}
	for range emptyCriteria {
		f.Criteria = append(f.Criteria, criterionFields{Weight: "1", Direction: string(zone.More)})
	}
	f.Criteria = f.Criteria[:min(len(f.Criteria), zone.MaxCriteria)]
	for i := range f.Criteria {
		f.Criteria[i].N = i + 1
	}
	return f
}

// fieldsOf writes a criterion into the fields of the form.
func (x *exchange) fieldsOf(c zone.Criterion) criterionFields {
	f := criterionFields{Name: c.Name, Direction: string(c.Direction), Weight: x.plain(c.Weight)}
	length := func(v float64) string {
		if v >= 1000 {
			return x.plain(v/1000) + " km"
		}
		return x.plain(v) + " m"
	}
	limit := func(v float64) string { return x.plain(v) }
	switch {
	case c.Area:
		f.Measure, limit = "area", func(v float64) string { return x.plain(v) + " ha" }
	case c.Property != "":
		f.Measure = "property:" + c.Property
	case c.Nearest != nil:
		f.Measure, f.Filter, limit = "nearest:"+c.Nearest.Collection, c.Nearest.Filter, length
	case c.Within != nil:
		f.Measure, f.Filter, f.Distance = "within:"+c.Within.Collection, c.Within.Filter, length(c.Within.DistanceM)
		if c.Within.Sum != "" {
			f.Measure = "sum:" + c.Within.Collection + ":" + c.Within.Sum
		}
	}
	if c.AtLeast != nil {
		f.AtLeast = limit(*c.AtLeast)
	}
	if c.AtMost != nil {
		f.AtMost = limit(*c.AtMost)
	}
	return f
}

// plain writes a number to be edited: with the decimal sign of the language, undivided.
func (x *exchange) plain(v float64) string {
	text := strconv.FormatFloat(v, 'f', -1, 64)
	if x.lang == "id" {
		text = strings.Replace(text, ".", ",", 1)
	}
	return text
}

// measures are what a criterion can measure of the features of a collection.
func (x *exchange) measures(collection string) []measureGroup {
	own := measureGroup{Label: x.say("of the zone itself"), Options: []measureOption{{"area", x.say("computed area")}}}
	nearest, within := measureGroup{Label: x.say("distance to the nearest")}, measureGroup{Label: x.say("within a distance")}
	for _, c := range x.catalogue.Collections {
		title := c.Title.In(x.lang)
		if c.ID == collection {
			for _, p := range c.Properties {
				if p.Type.IsNumeric() && !p.ReadOnly {
					own.Options = append(own.Options, measureOption{"property:" + p.Name, x.titleWithUnit(p)})
				}
			}
		}
		if !c.HasGeometry() || c.Derived {
			continue
		}
		nearest.Options = append(nearest.Options, measureOption{"nearest:" + c.ID, nearest.Label + ": " + title})
		within.Options = append(within.Options, measureOption{"within:" + c.ID, x.say("number") + ": " + title})
		if !strings.Contains(c.GeometryType, "Polygon") {
			continue
		}
		for _, p := range c.Properties {
			if p.Type.IsNumeric() && p.Unit != "" && p.Unit != "m" {
				within.Options = append(within.Options, measureOption{"sum:" + c.ID + ":" + p.Name, title + ": " + x.titleWithUnit(p)})
			}
		}
	}
	return []measureGroup{own, nearest, within}
}

func (x *exchange) titleWithUnit(p geo.Property) string {
	title := wording.Title(p).In(x.lang)
	if p.Unit != "" {
		title += " (" + wording.Unit(p.Unit, x.lang) + ")"
	}
	return title
}

// exampleCriteria are criteria to begin with, as far as the data here have what they ask for.
func (s *Server) exampleCriteria(x *exchange) []zone.Criterion {
	number := func(v float64) *float64 { return &v }
	all := []zone.Criterion{
		{Name: x.say("computed area"), Area: true, Direction: zone.More, Weight: 1, AtLeast: number(50)},
		{
			Name: x.say("scheduled airport"), Direction: zone.Less, Weight: 2, AtMost: number(60_000),
			Nearest: &zone.Around{Collection: "infrastructure", Filter: "kind = 'airport' AND air_service = 'scheduled'"},
		},
		{Name: x.say("public container port"), Direction: zone.Less, Weight: 2, Nearest: &zone.Around{Collection: "ports", Filter: "access = 'public' AND a_contains(cargo, ('container'))"}},
	}
	return slices.DeleteFunc(all, func(c zone.Criterion) bool {
		if c.Nearest == nil {
			return false
		}
		around, err := x.catalogue.Collection(c.Nearest.Collection)
		if err == nil {
			_, err = s.parseFor(around, c.Nearest.Filter)
		}
		return err != nil
	})
}
