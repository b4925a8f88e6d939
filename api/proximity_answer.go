package api

import (
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
		Version: x.dataVersion(), Unlocated: []unlocatedRow{}, Sentences: x.texts(a.Sentences), Notes: x.texts(a.Notes),
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

// texts puts texts into the language of the answer.
func (x *exchange) texts(texts []geo.Text) []string {
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
	buffer := takeBuffer()
	body, err := x.appendAnswer(*buffer, a, members, options)
	*buffer = body
	if err != nil {
		giveBuffer(buffer)
		return err
	}
	return x.sendBuffer(buffer)
}

// appendAnswer writes an answer as GeoJSON.
func (x *exchange) appendAnswer(body []byte, a *proximity.Answer, members answerMembers, options geojson.Options) ([]byte, error) {
	encoded := encodedGeometries(a)
	body = append(body, `{"type":"FeatureCollection","features":[`...)
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
			return body, err
		}
		if i%1024 == 0 && x.ctx.Err() != nil {
			return body, x.ctx.Err()
		}
	}
	rest, err := encodeJSON(members)
	if err != nil {
		return body, err
	}
	return append(append(body, "],"...), rest[1:]...), nil
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
