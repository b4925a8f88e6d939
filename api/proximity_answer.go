package api

import (
	"encoding/json"

	"kawasan/geo"
	"kawasan/geo/format"
	"kawasan/geo/format/geojson"
	"kawasan/geo/proximity"
)

// answerMembers stand beside the features of an answer.
type answerMembers struct {
	NumberMatched  int                  `json:"numberMatched"`
	NumberReturned int                  `json:"numberReturned"`
	Version        string               `json:"version,omitempty"`
	Method         string               `json:"method"`
	Summaries      []*proximity.Summary `json:"summaries,omitempty"`
	Unlocated      []unlocatedRow       `json:"unlocated"`
	Sentences      []string             `json:"sentences"`
	Notes          []string             `json:"notes"`
	Sources        []sourceRow          `json:"sources"`
	Links          []link               `json:"links"`
}

// unlocatedRow names something that fits the question but has no published position.
type unlocatedRow struct {
	Ref  string `json:"ref"`
	Name string `json:"name"`
}

type sourceRow struct {
	Collection  string      `json:"collection"`
	Title       string      `json:"title"`
	Version     geo.Version `json:"version"`
	Licence     string      `json:"licence,omitempty"`
	Attribution string      `json:"attribution,omitempty"`
}

func (x *exchange) membersOf(a *proximity.Answer, page answerPart) answerMembers {
	m := answerMembers{
		NumberMatched: page.matched, NumberReturned: len(a.Features), Method: a.Method.In(x.lang), Summaries: a.Summaries,
		Version: x.dataVersion(), Unlocated: []unlocatedRow{}, Sentences: x.said(a.Sentences), Notes: x.said(a.Notes),
		Sources: []sourceRow{}, Links: append(x.answerLinks(), x.partLinks(page)...),
	}
	for _, f := range a.Unlocated {
		m.Unlocated = append(m.Unlocated, unlocatedRow{f.Ref(), f.Name()})
	}
	for _, s := range a.Sources {
		m.Sources = append(m.Sources, sourceRow{s.Collection, s.Title.In(x.lang), s.Version, s.Licence, s.Attribution})
	}
	return m
}

// said puts texts into the language of the answer.
func (x *exchange) said(texts []geo.Text) []string {
	list := make([]string, 0, len(texts))
	for _, t := range texts {
		list = append(list, t.In(x.lang))
	}
	return list
}

// sendAnswer writes the features of an answer with what belongs to it.
func (x *exchange) sendAnswer(a *proximity.Answer, o output, page answerPart) error {
	x.noteGiven(a)
	a = x.cut(a, &page)
	if f, ok := format.ByName(x.format.name); ok {
		return x.sendAnswerFile(f, a)
	}
	members := x.membersOf(a, page)
	if x.format == asHTML {
		return x.sendAnswerPage(a, members)
	}
	options := o.options()
	encoded := encodedGeometries(a)
	buffer := takeBuffer()
	defer giveBuffer(buffer)
	body := append(*buffer, `{"type":"FeatureCollection","features":[`...)
	var err error
	for i, f := range a.Features {
		options.Geometry = nil
		if encoded != nil {
			options.Geometry = encoded[i]
		}
		if i > 0 {
			body = append(body, ',')
		}
		body = append(body, '\n')
		if body, err = geojson.AppendFeature(body, f, options); err != nil {
			return err
		}
		if i%1024 == 0 && x.ctx.Err() != nil {
			return x.ctx.Err()
		}
	}
	rest, err := encodeJSON(members)
	if err != nil {
		return err
	}
	body = append(body, "],"...)
	body = append(body, rest[1:]...)
	*buffer = body
	return x.sendFrom(buffer)
}

// encodedGeometries are the geometries of an answer's features where these are
// the targets' own and stored encoded; nil if there are none.
func encodedGeometries(a *proximity.Answer) [][]byte {
	if len(a.Pairs) != len(a.Features) {
		return nil
	}
	all := make([][]byte, len(a.Features))
	for i, f := range a.Features {
		to := a.Pairs[i].To.WKB
		if len(f.WKB) > 0 && len(f.WKB) == len(to) && &f.WKB[0] == &to[0] { // not a line, a shared area, or without heights
			all[i] = geojson.EncodedGeometry(a.Pairs[i].To)
		}
	}
	return all
}

// answerPage is what the page of an answer shows.
type answerPage struct {
	Title     string
	Members   answerMembers
	Columns   []string
	Rows      [][]string
	Summaries []summaryRow
	Map       *pageMap
}

type summaryRow struct{ From, Distance, Count, Sums string }

// sendAnswerPage shows an answer to people: map, table, and what it rests on.
func (x *exchange) sendAnswerPage(a *proximity.Answer, m answerMembers) error {
	p := answerPage{Title: a.Collection.Title.In(x.lang), Members: m}
	for _, key := range []string{"rank", "from", "to", "distance", "at least", "at most", "over water", "certainty"} {
		p.Columns = append(p.Columns, x.say(key))
	}
	shown := make([]*geo.Feature, 0, len(a.Features))
	for i, f := range a.Features {
		water := ""
		if v, ok := f.Number("water_share"); ok && v > 0 {
			water = percent(v)
		}
		p.Rows = append(p.Rows, []string{
			show(f.Value("rank")), f.Text("from_name"), f.Text("to_name"), x.metres(f, "distance_m"), x.metres(f, "distance_min_m"), x.metres(f, "distance_max_m"),
			water, x.say(f.Text("certainty")),
		})
		const mapped = 500
		if i < mapped {
			shown = append(shown, f)
		}
	}
	for _, s := range a.Summaries {
		row := summaryRow{From: s.Name, Distance: x.inDecimals(proximity.FormatDistance(s.DistanceM)), Count: show(int64(s.Count))}
		for _, sum := range s.Sums {
			if sum.ByArea == nil && sum.Sum != nil {
				row.Sums += sum.Property + " " + x.number(*sum.Sum, 2) + " " + sum.Unit + " "
			}
		}
		p.Summaries = append(p.Summaries, row)
	}
	p.Map = x.drawMapOf(x.ctx, shown, func(f *geo.Feature) (href, name string) {
		if ref, err := proximity.ParseRef(f.Text("to")); err == nil {
			href = x.pageOf(ref.Collection, ref.ID)
		}
		return href, f.Text("to_name")
	})
	body, err := x.server.pages.render(x, "answer", p)
	if err != nil {
		return err
	}
	return x.send(body)
}

// metres shows a length of a feature; a dash when it is not known.
func (x *exchange) metres(f *geo.Feature, name string) string {
	v, ok := f.Number(name)
	if !ok {
		return x.say("unknown")
	}
	return x.inDecimals(proximity.FormatDistance(v))
}

func percent(share float64) string {
	b, _ := json.Marshal(int(share*100 + 0.5))
	return string(b) + " %"
}
