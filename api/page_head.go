package api

import (
	"cmp"
	"net/url"
	"strconv"
	"strings"

	"kawasan/geo/proximity"
	"kawasan/geo/wording"
	"kawasan/geo/zone"
)

// summarised is a page that can say in a sentence what it holds, for search engines and
// for those to whom its address is sent.
type summarised interface{ summary() string }

func (d landingDocument) summary() string { return d.Description }
func (p collectionPage) summary() string  { return p.Description }
func (d itemsPage) summary() string       { return d.Description }
func (p answerPage) summary() string      { return first(p.Sentences) }
func (p rankingPage) summary() string     { return first(p.Sentences) }
func (p profilePage) summary() string     { return firstSaid(p.Statements) }
func (p comparisonPage) summary() string  { return firstSaid(p.Statements) }

func (p featurePage) summary() string {
	said := []string{p.Title}
	if p.Basis != nil {
		said = append(said, p.Basis.Kind, p.Basis.Known)
	}
	return strings.Join(said, "; ")
}

func first(texts []string) string {
	if len(texts) == 0 {
		return ""
	}
	return texts[0]
}

func firstSaid(said []pageStatement) string {
	if len(said) == 0 {
		return ""
	}
	return said[0].Text
}

// located is a page that has a name of its own at the end of the way to it.
type located interface{ here() string }

func (p featurePage) here() string { return p.Title }
func (p schemaPage) here() string  { return p.Kind }
func (p profilePage) here() string { return p.Called }

func (p downloadPage) here() string { return p.Called }

func (p comparisonPage) here() string { return p.Title }
func (p rankingPage) here() string    { return p.Title }
func (p rankFormPage) here() string   { return p.Title }

// above are the lists that pages outside of a collection stand below, by the first word of their
// addresses, with the key of what the list is called.
var above = map[string]string{"tileMatrixSets": "Tile grids", "tiles": "vector tiles"}

// crumbs lead from the list of collections, or another list, to this page, which comes last, without an
// address; from a problem they lead to what there is.
func (x *exchange) crumbs(page string, data any) []question {
	path, c := strings.Split(strings.Trim(x.path, "/"), "/"), x.collection
	profile, isProfile := data.(profilePage)
	switch {
	case isProfile:
		c, path = profile.Collection, []string{"", "", "items"}
	case c == nil && path[0] == "zones" && x.catalogue != nil:
		c, _ = x.catalogue.Collection(x.zoneCollection())
	}
	var list []question
	switch key, below := above[path[0]]; {
	case c == nil && !(below && len(path) > 1):
		return nil
	case c == nil:
		list = append(list, question{x.say(key), x.pagePath("/" + path[0])})
	default:
		list = append(
			list, question{x.say("Collections"), x.pagePath("/collections")},
			question{cmp.Or(c.Title.In(x.lang), c.ID), x.pagePath(collectionPath(c.ID))},
		)
	}
	if c != nil && len(path) > 2 && path[2] == "items" {
		list = append(list, question{x.say("features"), x.pagePath(collectionPath(c.ID) + "/items")})
	}
	if c != nil && len(path) > 3 && path[2] == "tiles" {
		list = append(list, question{x.say("vector tiles"), x.pagePath(collectionPath(c.ID) + "/tiles")})
	}
	if isProfile {
		list = append(list, question{profile.Name, x.pageOf(c.ID, x.Params("id"))})
	}
	if p, ok := data.(located); ok {
		list = append(list, question{Text: p.here()})
	} else if page != "problem" {
		list[len(list)-1].Href = ""
	}
	return list
}

// answerTitle says what was asked: what kind of question, of what, from where.
func (x *exchange) answerTitle(a *proximity.Answer) string {
	var from, to []string
	if c, err := x.catalogue.Collection(x.values.text("from")); err == nil && x.given == nil {
		from = []string{cmp.Or(c.Title.In(x.lang), c.ID)}
	} else if len(a.Origins) <= 2 {
		for _, o := range a.Origins {
			from = append(from, x.said(o.Called()))
		}
	} else {
		from = []string{x.said(wording.Say("%s places", "%s tempat", wording.Count(len(a.Origins))))}
	}
	for _, id := range splitList(x.values.text("to")) {
		if c, err := x.catalogue.Collection(id); err == nil {
			to = append(to, cmp.Or(c.Title.In(x.lang), c.ID))
		}
	}
	title := a.Collection.Title.In(x.lang)
	if len(to) > 0 {
		title += ": " + strings.Join(to, ", ")
	}
	if len(from) == 0 {
		return title
	}
	return title + ", " + x.say("ask from") + " " + strings.Join(from, ", ")
}

// onTheMap is the address of the map application with the question that was answered; ""
// where it can't be put there: it asks from one place.
func (x *exchange) onTheMap(a *proximity.Answer) string {
	kind := a.Collection.ID
	if x.given != nil || len(a.Origins) != 1 || kind != "nearest" && kind != "within" || x.values.text("filter-lang") == "cql2-json" {
		return ""
	}
	asked := url.Values{"ask": {kind}, "from": {x.values.text("from")}}
	if kind == "nearest" {
		asked.Set("k", strconv.Itoa(x.values.whole("k", defaultNearest)))
	} else {
		asked.Set("distance", x.values.text("distance"))
	}
	for _, id := range splitList(x.values.text("to")) {
		asked.Add("to", id)
		asked.Add("filter", x.values.text("filter"))
	}
	return x.base + "/map?lang=" + x.lang + "#p=near&near=" + url.QueryEscape(asked.Encode())
}

// rankOnTheMap is the address of the map application with the criteria on sliders; "" for
// what it doesn't rank.
func (x *exchange) rankOnTheMap() string {
	if x.zoneCollection() != zone.DefaultCollection {
		return ""
	}
	return x.base + "/map?lang=" + x.lang + "#p=rank&rank=" + url.QueryEscape(x.values.text("criteria"))
}
