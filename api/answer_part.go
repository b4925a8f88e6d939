package api

import (
	"strconv"

	"kawasan/geo/proximity"
)

// answerPart is the part of an answer that is sent: all of it, unless a limit is given.
type answerPart struct {
	limit, offset int // a limit of 0 is none
	matched       int // features of the whole answer
}

// answerPageParameters page an answer the way items are paged.
func answerPageParameters() []*parameter {
	whole := func(least int) object { return object{"type": "integer", "minimum": least} }
	return []*parameter{
		{name: "limit", description: "The most features to send; all without it", schema: whole(1), emptyIsNone: true, lastWins: true},
		{name: "offset", description: "How many features to skip", schema: whole(0), emptyIsNone: true, lastWins: true},
	}
}

func (x *exchange) answerPage() answerPart {
	return answerPart{limit: x.values.whole("limit", 0), offset: x.values.whole("offset", 0)}
}

// cut gives the part of an answer that was asked for. Summaries, sentences and
// what else is said of the answer stay those of the whole.
func (x *exchange) cut(a *proximity.Answer, p *answerPart) *proximity.Answer {
	p.matched = len(a.Features)
	part := *a
	from, to := min(p.offset, p.matched), p.matched
	if p.limit > 0 {
		to = from + min(p.limit, to-from)
	}
	part.Features = a.Features[from:to]
	if len(a.Pairs) == p.matched {
		part.Pairs = a.Pairs[from:to]
	}
	x.Set("OGC-NumberMatched", strconv.Itoa(p.matched))
	x.Set("OGC-NumberReturned", strconv.Itoa(len(part.Features)))
	return &part
}

// partLinks lead to the parts before and behind.
func (x *exchange) partLinks(p answerPart) []link {
	var links []link
	to := func(rel, title string, v values) {
		links = append(links, link{Href: x.url(x.path, v), Rel: rel, Type: linkType(x.format), Title: x.say(title), Method: x.values.method()})
	}
	if p.limit > 0 && p.offset+p.limit < p.matched {
		to("next", "next page", x.values.with("offset", strconv.Itoa(p.offset+p.limit)))
	}
	if p.offset > 0 {
		before := x.values.without("offset")
		switch {
		case p.limit == 0 || p.limit > p.offset:
			before = before.with("limit", strconv.Itoa(p.offset))
		case p.offset > p.limit:
			before = before.with("offset", strconv.Itoa(p.offset-p.limit))
		}
		to("prev", "previous page", before)
	}
	return links
}
