package api

import (
	"slices"

	"kawasan/geo"
	"kawasan/geo/format"
	"kawasan/geo/format/geojson"
	"kawasan/geo/proximity"
	"kawasan/geo/wording"
)

// answerMembers stand beside the features of an answer.
type answerMembers struct {
	NumberMatched  int                  `json:"numberMatched"`
	NumberReturned int                  `json:"numberReturned"`
	Method         string               `json:"method"`
	Summaries      []*proximity.Summary `json:"summaries,omitempty"`
	Unlocated      []unlocatedRow       `json:"unlocated"`
	UnlocatedMore  int                  `json:"unlocated_more,omitempty"`
	Named          map[string]string    `json:"named,omitempty"` // see rivalNames
	answerBasis
}

// unlocatedRow names something that fits the question but has no published position.
type unlocatedRow struct {
	Ref  string `json:"ref"`
	Name string `json:"name"`
}

func (x *exchange) membersOf(a *proximity.Answer, page answerPart) answerMembers {
	m := answerMembers{
		NumberMatched: page.matched, NumberReturned: len(a.Features), Method: a.Method.In(x.lang), Summaries: a.Summaries,
		Unlocated: []unlocatedRow{}, UnlocatedMore: a.Unlocated.More, answerBasis: x.answerBasis(a.Sentences, a.Notes, a.Sources),
	}
	m.Links = append(m.Links, x.partLinks(page)...)
	for _, f := range a.Unlocated.Named {
		m.Unlocated = append(m.Unlocated, unlocatedRow{f.Ref(), x.said(wording.Name(f))})
	}
	m.Named = x.rivalNames(a)
	return m
}

// rivalNames gives, by their refs, the names of features that others in the answer
// can't be told apart from, and that aren't among them.
func (x *exchange) rivalNames(a *proximity.Answer) map[string]string {
	names := map[string]string{}
	listed := make(map[*geo.Feature]bool, len(a.Pairs))
	for _, p := range a.Pairs {
		listed[p.To] = true
	}
	for _, p := range a.Pairs {
		for i, ref := range p.NotToldApart {
			if listed[p.Rivals[i]] {
				continue
			}
			if _, ok := names[ref]; !ok {
				names[ref] = x.said(wording.Name(p.Rivals[i]))
			}
		}
	}
	if len(names) > 0 { // others may have read the same feature for another origin
		for _, p := range a.Pairs {
			delete(names, p.Ref())
		}
	}
	return names
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
	if x.format.file {
		f, err := format.Find(x.format.name)
		if err != nil {
			return err
		}
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
	copied := copies{answer: a}
	body = append(body, `{"type":"FeatureCollection","features":[`...)
	var err error
	for i, f := range a.Features {
		copied.into(i, &options)
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
	at := len(body) + 1
	if body, err = appendJSON(append(body, ']'), members); err == nil {
		body[at] = ',' // in place of the brace
	}
	return body, err
}

// copies finds the parts of an answer's features that are the targets' own, and which
// the store holds encoded.
type copies struct {
	answer *proximity.Answer
	// of is the collection of the target met last, and same says whether the features
	// have its properties just as they are.
	of   *geo.Collection
	same bool
}

// into sets what can be copied into the i-th feature.
func (c *copies) into(i int, options *geojson.Options) {
	options.Geometry, options.LastProperties, options.LastFrom = nil, nil, 0
	if len(c.answer.Pairs) != len(c.answer.Features) {
		return
	}
	f, to := c.answer.Features[i], c.answer.Pairs[i].To
	geometry, properties := geojson.Encoded(to)
	if len(f.WKB) > 0 && len(f.WKB) == len(to.WKB) && &f.WKB[0] == &to.WKB[0] { // not a line, a shared area, or without heights
		options.Geometry = geometry
	}
	if c.of != to.Collection {
		c.of, c.same = to.Collection, sameProperties(c.answer.Collection.Properties[c.answer.Measured:], to.Collection.Properties)
	}
	if c.same {
		options.LastProperties, options.LastFrom = properties, c.answer.Measured
	}
}

// sameProperties reports whether two lists of properties are written in the same way.
func sameProperties(a, b []geo.Property) bool {
	return slices.EqualFunc(a, b, func(a, b geo.Property) bool { return a.Name == b.Name && a.Type == b.Type })
}
