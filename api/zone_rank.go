package api

import (
	"slices"
	"strconv"
	"strings"

	"kawasan/geo"
	"kawasan/geo/format"
	"kawasan/geo/proximity"
	"kawasan/geo/zone"
)

// criteriaForm says what criteria look like.
const criteriaForm = `What to judge by: a JSON array of criteria. Each has a weight of 0 or more, a direction (more or less is better), ` +
	`and one of area (true: hectares), property (a numeric attribute), nearest ({"collection","filter"}: metres) and ` +
	`within ({"collection","filter","distance_m","sum"}: a count, or a sum by area); at_least and at_most are hard limits on the value. ` +
	`For example [{"name":"container port","nearest":{"collection":"ports","filter":"'container' IN (cargo)"},"direction":"less","weight":2}]`

// rankingDocument is a ranking in the language of the answer.
type rankingDocument struct {
	Title    string           `json:"title"`
	Ranked   []rankedRow      `json:"ranked"`
	Excluded []excludedRow    `json:"excluded"`
	Flip     *zone.Flip       `json:"smallest_flip"`
	Survives bool             `json:"first_survives_uncertainty"`
	Rivals   []string         `json:"rivals,omitempty"`
	Criteria []zone.Criterion `json:"criteria"`
	answerBasis
}

type rankedRow struct {
	zone.Ranked
	Doubts []string `json:"doubts,omitempty"`
}

type excludedRow struct {
	zone.Excluded
	Reason string `json:"reason"`
}

func (s *Server) rankZones(x *exchange) error {
	if _, given := x.values.get("criteria"); !given {
		return s.askCriteria(x)
	}
	q := zone.RankRequest{
		Collection: x.zoneCollection(), IDs: splitList(x.values.text("ids")), Filter: x.values.text("filter"), Parse: s.parseFor, Principal: x.principal,
	}
	var err error
	if q.Criteria, err = parseCriteria(x.values.text("criteria")); err != nil {
		return err
	}
	if err := reweigh(q.Criteria, x.values.text("weights")); err != nil {
		return err
	}
	r, err := zone.Rank(x.ctx, x.reader, q)
	if err != nil || x.beginAnswer() {
		return err
	}
	if f, ok := format.ByName(x.format.name); ok {
		c, rows := zone.RankRows(x.lang, r)
		return x.sendRows(f, c, rows)
	}
	d := x.rankingDocument(q, r)
	if x.format == asHTML {
		return x.sendRankingPage(q, d)
	}
	body, err := encodeJSON(d)
	if err != nil {
		return err
	}
	return x.send(body)
}

// parseCriteria reads a JSON array of criteria and refuses members it doesn't know.
func parseCriteria(text string) ([]zone.Criterion, error) {
	criteria, err := readList[zone.Criterion]("criteria", "criterion", `[{"name":"area","area":true,"direction":"more","weight":1}]`, text)
	if err != nil {
		return nil, err
	}
	for _, c := range criteria {
		if c.Within != nil && !(c.Within.DistanceM > 0) {
			return nil, geo.Invalidf("criteria", "the criterion %q counts within a distance, but distance_m is not above 0", geo.Clip(c.Name)).Try("distance_m in metres")
		}
	}
	return criteria, nil
}

func (x *exchange) rankingDocument(q zone.RankRequest, r *zone.Ranking) rankingDocument {
	d := rankingDocument{
		Title: x.say("ranking"), Ranked: []rankedRow{}, Excluded: []excludedRow{}, Flip: r.Flip, Survives: r.Survives, Rivals: r.Rivals, Criteria: q.Criteria,
		answerBasis: x.answerBasis(r.Sentences, r.Notes, nil),
	}
	for _, row := range r.Ranked {
		d.Ranked = append(d.Ranked, rankedRow{row, x.texts(row.Doubts)})
	}
	for _, row := range r.Excluded {
		d.Excluded = append(d.Excluded, excludedRow{row, row.Reason.In(x.lang)})
	}
	for _, c := range x.pin.Collections() {
		d.Sources = append(d.Sources, x.sourceRow(proximity.SourceOf(c)))
	}
	slices.SortFunc(d.Sources, func(a, b sourceRow) int { return strings.Compare(a.Collection, b.Collection) })
	return d
}

// reweigh replaces the weights of criteria by those given, if any are.
func reweigh(criteria []zone.Criterion, text string) error {
	if strings.TrimSpace(text) == "" {
		return nil
	}
	parts := strings.Split(text, ",")
	if len(parts) != len(criteria) {
		return geo.Invalidf("weights", "there are %d weights for %d criteria", len(parts), len(criteria)).Try("one number for each criterion, separated by commas")
	}
	for i, part := range parts {
		w, err := strconv.ParseFloat(strings.TrimSpace(part), 64)
		if err != nil {
			return geo.Invalidf("weights", "%q is not a weight", geo.Clip(part)).Try("one number for each criterion, separated by commas, with a point as the decimal sign")
		}
		criteria[i].Weight = w
	}
	return nil
}
