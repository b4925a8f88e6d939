package api

import (
	"cmp"
	"strings"

	"kawasan/geo"
	"kawasan/geo/proximity"
	"kawasan/geo/wording"
)

// answerPage is what the page of an answer shows.
type answerPage struct {
	Title     string
	OnTheMap  string // address of the map with this question, "" for none
	Members   answerMembers
	Sentences []string // for the memo
	Resting   string   // what they rest on, where there are several
	Asked     []askedField
	Hidden    values // parameters that the form of the question keeps
	Table     pageTable
	None      string // phrase that stands for an empty table
	Summaries pageTable
	Map       *pageMap
}

// pageTable is a table that a narrow page shows row by row.
type pageTable struct {
	Columns []string
	Rows    [][]pageCell
}

type pageCell struct {
	Text, Small, Href string
	Tight             bool // in one line, if it is as wide as a number
	Heads             bool // it is what its row is about
	Code              bool // it is to be copied
}

// askedField is a part of the question that can be changed on the page.
type askedField struct{ Name, Label, Value string }

// sendAnswerPage shows an answer to people: map, table, and what it rests on.
func (x *exchange) sendAnswerPage(a *proximity.Answer, m answerMembers) error {
	p := answerPage{Title: x.answerTitle(a), OnTheMap: x.onTheMap(a), Members: m, Summaries: x.summaryTable(a), Map: x.answerMap(a), None: "no features"}
	if a.Collection.ID == "overlap" {
		p.None = "nothing shared"
	}
	if a.Collection.ID == "buffer" {
		p.Table = x.bufferTable(a)
	} else {
		p.Table = x.pairTable(a)
	}
	p.Asked, p.Hidden = x.askedFields()
	p.Sentences = m.Sentences
	if len(a.Statements) > 1 { // the sources once for all
		p.Sentences = x.texts(a.Statements)
		p.Resting = strings.TrimSpace(proximity.Resting([]geo.Text{{}}, a.Sources, a.Cited)[0].In(x.lang))
	}
	return x.sendPage("answer", p)
}

// askedFields are the parts of the question that people may want to change; empty
// when it came as a body.
func (x *exchange) askedFields() (fields []askedField, hidden values) {
	if x.given != nil {
		return nil, nil
	}
	var names []string
	for _, name := range []string{"from", "to", "distance", "k", "max_distance", "sum", "filter"} {
		if declared(x.endpoint.parameters, name) != nil {
			names = append(names, name)
			fields = append(fields, askedField{name, x.say("ask " + name), x.values.text(name)})
		}
	}
	for _, v := range x.values.without(append(names, "limit", "offset")...) {
		if v.parameter == nil || !v.parameter.secret {
			hidden = append(hidden, v)
		}
	}
	if _, ok := hidden.get("f"); !ok {
		hidden = hidden.with("f", "html")
	}
	return fields, hidden
}

// pairColumn is a column of the table of pairs; it is left out where all its cells are empty.
type pairColumn struct {
	title string
	cell  func(*proximity.Pair) pageCell
}

// pairTable lists the pairs of an answer.
func (x *exchange) pairTable(a *proximity.Answer) pageTable {
	columns := []pairColumn{{"rank", func(p *proximity.Pair) pageCell { return pageCell{Text: x.number(float64(p.Rank), 0)} }}}
	if len(a.Origins) > 1 {
		columns = append(columns, pairColumn{"from", func(p *proximity.Pair) pageCell { return pageCell{Text: x.said(p.From.Called())} }})
	}
	columns = append(columns, pairColumn{"to", func(p *proximity.Pair) pageCell {
		return pageCell{Text: x.said(wording.Name(p.To)), Href: x.pageOf(p.To.Collection.ID, p.To.ID), Heads: true}
	}})
	if a.Collection.ID == "overlap" {
		columns = append(columns, x.overlapColumns()...)
	} else {
		columns = append(columns, x.distanceColumns()...)
	}
	return tableOf(x, columns, a.Pairs)
}

func tableOf(x *exchange, columns []pairColumn, pairs []*proximity.Pair) pageTable {
	filled := make([]bool, len(columns))
	all := make([][]pageCell, len(pairs))
	for i, p := range pairs {
		for j, c := range columns {
			cell := c.cell(p)
			filled[j] = filled[j] || cell.Text != ""
			all[i] = append(all[i], cell)
		}
	}
	t := pageTable{Rows: make([][]pageCell, len(pairs))}
	for j, c := range columns {
		if !filled[j] {
			continue
		}
		t.Columns = append(t.Columns, x.say(c.title))
		for i := range pairs {
			cell := all[i][j]
			if cell.Text == "" && c.title == "over water" {
				cell.Text = x.say("unknown") // of the others nothing means that there is none
			}
			t.Rows[i] = append(t.Rows[i], cell)
		}
	}
	return t
}

// distanceColumns say how far a pair is apart, and what that is worth.
func (x *exchange) distanceColumns() []pairColumn {
	quantity := func(p *proximity.Pair) wording.Said {
		return wording.Quantity{Value: p.Metres, Least: &p.Interval.MinM, Most: p.Interval.MaxM, Unit: "m"}.Said()
	}
	return []pairColumn{
		{"distance", func(p *proximity.Pair) pageCell {
			c := pageCell{Text: x.said(quantity(p).Value)}
			if p.Meets() {
				c.Small = x.say("they meet")
			}
			return c
		}},
		{"can be", func(p *proximity.Pair) pageCell {
			return pageCell{Text: x.said(quantity(p).Range), Tight: p.Interval.MaxM != nil}
		}},
		{"over water", func(p *proximity.Pair) pageCell {
			if p.WaterShare == nil {
				return pageCell{}
			}
			return pageCell{Text: x.said(wording.Share(*p.WaterShare))}
		}},
		{"published distance", func(p *proximity.Pair) pageCell { return pageCell{Text: x.publishedWords(p.Published)} }},
		{"not told apart", func(p *proximity.Pair) pageCell {
			var others []string
			for _, f := range p.Rivals {
				others = append(others, x.said(wording.Name(f)))
			}
			return pageCell{Text: strings.Join(others, "; ")}
		}},
		{"certainty", func(p *proximity.Pair) pageCell { return x.certaintyCell(p) }},
	}
}

// publishedWords are distances that somebody published, in words.
func (x *exchange) publishedWords(published []proximity.Published) string {
	var all []string
	for _, d := range published {
		said := x.number(d.DistanceKM, 2) + " km"
		if words := d.Words.In(x.lang); words != "" {
			said += " " + words
		}
		all = append(all, said)
	}
	return strings.Join(all, "; ")
}

func (x *exchange) certaintyCell(p *proximity.Pair) pageCell {
	if p.Judgement == nil {
		return pageCell{}
	}
	return pageCell{Text: x.said(wording.Grade(string(p.Judgement.Verdict)))}
}

// overlapColumns say what a pair has in common.
func (x *exchange) overlapColumns() []pairColumn {
	share := func(v *float64) pageCell {
		if v == nil {
			return pageCell{}
		}
		return pageCell{Text: x.said(wording.Share(*v))}
	}
	return []pairColumn{
		{"shared area", func(p *proximity.Pair) pageCell {
			return pageCell{Text: x.said(wording.Hectares(wording.Significant(p.Shared.Hectares, 3)))}
		}},
		{"share of from", func(p *proximity.Pair) pageCell { return share(p.Shared.OfFrom) }},
		{"share of to", func(p *proximity.Pair) pageCell { return share(p.Shared.OfTo) }},
		{"that they meet", x.certaintyCell},
	}
}

// bufferTable lists rings by radius and area.
func (x *exchange) bufferTable(a *proximity.Answer) pageTable {
	t := pageTable{Columns: []string{x.say("around"), x.say("distance"), x.say("area"), x.say("can be")}}
	for _, f := range a.Features {
		radius, _ := f.Number("radius_m")
		area, _ := f.Number("area_ha")
		q := wording.Quantity{Value: area, Unit: "ha"}
		if v, ok := f.Number("area_min_ha"); ok {
			q.Least = &v
		}
		if v, ok := f.Number("area_max_ha"); ok {
			q.Most = &v
		}
		said := q.Said()
		if q.Stated() { // how uncertain the boundary is is not known
			said = wording.Said{Value: wording.Say("%s", "%s", wording.Hectares(wording.Significant(area, 2))), Range: geo.Text{EN: "not known", ID: "tidak diketahui"}}
		}
		t.Rows = append(t.Rows, []pageCell{{Text: f.Text("from_name"), Heads: true}, {Text: x.said(wording.Metres(radius))}, {Text: x.said(said.Value)}, {Text: x.said(said.Range), Tight: true}})
	}
	return t
}

// summaryTable lists counts and sums by origin and distance.
func (x *exchange) summaryTable(a *proximity.Answer) pageTable {
	if len(a.Summaries) == 0 {
		return pageTable{}
	}
	t := pageTable{Columns: []string{x.say("from"), x.say("within distance"), x.say("count")}}
	for _, sum := range a.Summaries[0].Sums {
		t.Columns = append(t.Columns, x.sumTitle(a, sum))
	}
	quantity := func(q wording.Quantity) pageCell {
		said := q.Said()
		return pageCell{Text: x.said(said.Value), Small: x.said(said.Range)}
	}
	called := map[string]string{}
	for _, o := range a.Origins {
		called[o.Ref] = x.said(o.Called())
	}
	for _, s := range a.Summaries {
		least := float64(s.CountMin)
		count := wording.Quantity{Value: float64(s.Count), Least: &least}
		if s.CountMax != nil {
			most := float64(*s.CountMax)
			count.Most = &most
		}
		row := []pageCell{{Text: cmp.Or(called[s.From], s.Name), Heads: true}, {Text: x.said(wording.Metres(s.DistanceM))}, quantity(count)}
		for _, sum := range s.Sums {
			switch share := sum.ByArea; {
			case share != nil:
				row = append(row, quantity(wording.Quantity{Value: share.Sum, Least: &share.Min, Most: share.Max, Unit: sum.Unit}))
			case sum.Sum != nil:
				row = append(row, quantity(wording.Quantity{Value: *sum.Sum, Unit: sum.Unit}))
			default:
				row = append(row, pageCell{Text: x.say("unknown")})
			}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// sumTitle is what a sum is called.
func (x *exchange) sumTitle(a *proximity.Answer, sum proximity.SumSummary) string {
	title := wording.Readable(sum.Property)
	for _, s := range a.Sources {
		if c, err := x.catalogue.Collection(s.Collection); err == nil {
			if p, ok := c.Property(sum.Property); ok {
				title = wording.Title(p)
			}
		}
	}
	if sum.ByArea != nil {
		return x.said(title) + " (" + x.say("by area") + ")"
	}
	return x.said(title) + " (" + x.say("sum") + ")"
}
