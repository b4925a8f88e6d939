package api

import (
	"net/url"
	"regexp"
	"strings"

	"kawasan/geo"
)

// suggested is the address of the request as it was likely meant: with the word that is near the wrong
// one in its place, as a word of the path, a parameter's name or an item of its value; "" where no word is near.
func (x *exchange) suggested(e *geo.Error) string {
	if e.Meant == "" || e.Place.Line > 0 { // within a filter the word may stand more than once
		return ""
	}
	path, asked := string(x.Request().URI().PathOriginal()), x.sent()
	wrong, where := e.Place.Collection, e.Place.Parameter
	switch {
	case strings.HasPrefix(e.Meant, "/"):
		path = e.Meant
	case wrong != "" && (where == "" || !asked.has(where)):
		words := strings.Split(path, "/")
		if !replaceWord(words, url.PathEscape(wrong), escapeSegment(e.Meant)) {
			return ""
		}
		path = strings.Join(words, "/")
	case where == "" || !asked.replace(where, wrong, e.Meant):
		return ""
	}
	if x.format == asHTML { // a page leads to pages in its language
		asked = asked.with("f", asHTML.name).with("lang", x.lang)
	}
	if query := asked.encode(); query != "" {
		path += "?" + query
	}
	return x.base + path
}

// sent gives the parameters of the request as they came, without keys.
func (x *exchange) sent() values {
	var v values
	common := commonParameters(nil)
	for name, text := range x.Context().QueryArgs().All() {
		if p := declared(common, string(name)); p == nil || !p.secret {
			v = append(v, value{name: string(name), text: string(text)})
		}
	}
	return v
}

// has reports whether there is a parameter of a name.
func (v values) has(name string) bool {
	_, has := v.get(name)
	return has
}

// replace puts a word in the place of a parameter's name, or where a wrong word is named, in that of it in the list
// that is the parameter's value, and reports whether it was there.
func (v values) replace(name, wrong, word string) bool {
	for i := range v {
		switch {
		case v[i].name != name:
		case wrong == "":
			v[i].name = word
			return true
		default:
			list := strings.Split(v[i].text, ",")
			if replaceWord(list, wrong, word) {
				v[i].text = strings.Join(list, ",")
				return true
			}
		}
	}
	return false
}

// replaceWord puts a word in the place of the first that is wrong, and reports whether there was one.
func replaceWord(words []string, wrong, word string) bool {
	for i := range words {
		if words[i] == wrong {
			words[i] = word
			return true
		}
	}
	return false
}

// problemPage is a problem for people.
type problemPage struct {
	problem
	Right []piece // what would be right, in pieces
}

// choices are words, and nothing else, of which one would be right: "gpkg, csv or xlsx".
var choices = regexp.MustCompile(`^[\w.:+-]+(?:, [\w.:+-]+)*,? (?:or|atau) [\w.:+-]+$`)

var wordOfChoices = regexp.MustCompile(`[\w.:+-]+`)

// problemPage shows what would be right with what to copy as such, and the word that was likely meant as a link.
func (x *exchange) problemPage(p problem, meant string) problemPage {
	page := problemPage{problem: p}
	before, after, found := "", "", false
	if p.Suggestion != "" {
		before, after, found = strings.Cut(p.Fix, meant)
	}
	switch {
	case found:
		page.Right = append(append(x.linked(before), piece{Text: meant, Href: p.Suggestion}), x.linked(after)...)
	case choices.MatchString(p.Fix):
		done := 0
		for _, at := range wordOfChoices.FindAllStringIndex(p.Fix, -1) {
			word := p.Fix[at[0]:at[1]]
			page.Right = append(page.Right, piece{Text: p.Fix[done:at[0]]}, piece{Text: word, Code: word != "or" && word != "atau"})
			done = at[1]
		}
	case p.Fix != "":
		page.Right = x.linked(p.Fix)
	}
	return page
}

// Prose reports whether the detail begins with a word of the sentence, which is capitalised, and not with the
// parameter or with what was sent, which stay as they are.
func (p problemPage) Prose() bool {
	first, _, _ := strings.Cut(p.Detail, " ")
	return first != p.Parameter && !strings.HasPrefix(first, `"`)
}

// ProseRight is Prose of what would be right.
func (p problemPage) ProseRight() bool {
	return !choices.MatchString(p.Fix) && !strings.HasPrefix(p.Fix, `"`)
}
