package api

import (
	"cmp"

	"kawasan/geo"
	"kawasan/geo/wording"
	"kawasan/geo/zone"
)

// rankingPage is what the page of a ranking shows.
type rankingPage struct {
	rankingDocument
	OnTheMap string // address of the map with sliders for what is judged by
	Map      *pageMap
	Legend   []rankingKey
	Rows     []rankingRow
	First    string   // name of the first, empty when all are excluded
	Rivals   []string // names
	Flip     string
	Form     rankForm
}

// rankingRow is a zone with its score as a bar made of what each criterion contributes.
type rankingRow struct {
	Rank            string
	Name, Ref, Href string
	Score, Range    string
	From, To        string // ends of what the score can be, in per cent of 1
	Slices          []rankingSlice
	Parts           []rankingPart
	Doubts          []string
}

type rankingSlice struct {
	Class    int
	X, Width string
	Title    string
}

type rankingPart struct{ Name, Value, Range, To, Href, Normalised, Contribution string }

type rankingKey struct {
	Class  int
	Name   string
	Weight string
}

// rankingColours are the classes of the style sheet for criteria.
const rankingColours = 8

// mappedZones bounds the zones on the map of a ranking.
const mappedZones = 100

func (x *exchange) sendRankingPage(q zone.RankRequest, d rankingDocument) error {
	p := rankingPage{rankingDocument: d, OnTheMap: x.rankOnTheMap(), Form: x.rankForm(q)}
	p.Form.Anew = true
	for i, c := range q.Criteria {
		p.Legend = append(p.Legend, rankingKey{i % rankingColours, c.Name, x.said(wording.Exact(c.Weight))})
	}
	names := map[string]string{}
	for _, r := range d.Ranked {
		names[r.Ref] = r.Name
		p.Rows = append(p.Rows, x.rankingRow(r))
	}
	if len(d.Ranked) > 0 {
		p.First = d.Ranked[0].Name
	}
	for _, e := range d.Excluded {
		names[e.Ref] = e.Name
	}
	for _, ref := range d.Rivals {
		p.Rivals = append(p.Rivals, cmp.Or(names[ref], ref))
	}
	if f := d.Flip; f != nil {
		p.Flip = x.said(wording.Say("the weight of %s from %s to %s: then %s is first or level", "bobot %s dari %s menjadi %s: maka %s menjadi pertama atau setara",
			f.Criterion, wording.Number{Value: f.From, Decimals: 2}, wording.Number{Value: f.To, Decimals: 2}, cmp.Or(names[f.First], f.First)))
	}
	p.Map = x.rankingMap(d)
	return x.sendPage("ranking", p)
}

// rankingMap shows the zones with their places in the ranking.
func (x *exchange) rankingMap(d rankingDocument) *pageMap {
	var marks []mapped
	add := func(ref, place string) {
		collection, id, ok := cutRef(ref)
		if !ok || len(marks) == mappedZones {
			return
		}
		if f, err := geo.FeatureByID(x.ctx, x.reader, collection, id); err == nil {
			m := x.mark(f)
			m.name = place + m.name
			marks = append(marks, m)
		}
	}
	for _, r := range d.Ranked {
		add(r.Ref, x.number(float64(r.Rank), 0)+". ")
	}
	for _, e := range d.Excluded {
		add(e.Ref, "× ")
	}
	return x.drawMarks(x.ctx, marks)
}

// rankingRow words a zone of the ranking.
func (x *exchange) rankingRow(r rankedRow) rankingRow {
	hundredth := func(v float64) string { return x.number(v, 2) }
	percent := func(v float64) string { return decimal(100 * max(0, min(1, v))) }
	score, between := r.Said()
	row := rankingRow{
		Rank: x.number(float64(r.Rank), 0), Name: r.Name, Ref: r.Ref, Score: x.said(score), Range: x.said(between), Doubts: r.Doubts,
		From: percent(r.ScoreMin), To: percent(r.ScoreMax),
	}
	if collection, id, ok := cutRef(r.Ref); ok {
		row.Href = x.pageOf(collection, id)
	}
	left := 0.0
	for i, part := range r.Parts {
		row.Slices = append(row.Slices, rankingSlice{
			Class: i % rankingColours, X: percent(left), Width: percent(part.Contribution), Title: part.Criterion + ": " + hundredth(part.Contribution),
		})
		left += part.Contribution
		row.Parts = append(row.Parts, x.rankingPart(part))
	}
	return row
}

// rankingPart words what a criterion gives to a zone.
func (x *exchange) rankingPart(p zone.Part) rankingPart {
	said := rankingPart{
		Name: p.Criterion, Value: x.say("unknown"), To: p.ToName,
		Normalised: x.number(p.Normalised, 2), Contribution: x.number(p.Contribution, 2),
	}
	if collection, id, ok := cutRef(p.To); ok {
		said.Href = x.pageOf(collection, id)
	}
	if p.Raw != nil {
		q := wording.Quantity{Value: *p.Raw, Least: p.RawMin, Most: p.RawMax, Unit: p.Unit}.Said()
		said.Value, said.Range = x.said(q.Value), x.said(q.Range)
	}
	return said
}
