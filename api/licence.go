package api

import (
	"strings"

	"kawasan/geo"
	"kawasan/geo/wording"
)

// licenceLink is the link to the text of a collection's licence; ok is false
// where the licence names none that is known. What the data say about their
// licence stands in the title, whole and in the language: it may make exceptions.
func licenceLink(c *geo.Collection, lang string) (l link, ok bool) {
	l = link{Rel: "license", Type: "text/html", Title: wording.Licence(c).In(lang)}
	first, _, _ := strings.Cut(c.Licence, " ")
	if strings.HasPrefix(first, "https://") || strings.HasPrefix(first, "http://") {
		l.Href = strings.TrimRight(first, ".,;")
		return l, true
	}
	plain := strings.ToLower(strings.ReplaceAll(c.Licence, "-", " "))
	for _, known := range [...]struct{ begins, at string }{
		{"cc by sa 4.0", "https://creativecommons.org/licenses/by-sa/4.0/"},
		{"cc by 4.0", "https://creativecommons.org/licenses/by/4.0/"},
		{"cc0", "https://creativecommons.org/publicdomain/zero/1.0/"},
		{"odbl", "https://opendatacommons.org/licenses/odbl/1-0/"},
		{"mit", "https://opensource.org/license/mit"},
	} {
		rest, found := strings.CutPrefix(plain, known.begins)
		if found && (rest == "" || strings.IndexByte(" ,;(.", rest[0]) >= 0) {
			l.Href = known.at
			return l, true
		}
	}
	return l, false
}
