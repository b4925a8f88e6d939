package api

import (
	"regexp"
	"slices"
	"strings"
)

// piece is part of a text; one with an address is a link, one of code is to be copied.
type piece struct {
	Text, Href string
	Code       bool
}

// address finds what may be a path of ours: it begins a word, and no point or colon ends it.
var address = regexp.MustCompile(`(?:^|[\s(])(/(?:[\w~%@-]+(?:[./][\w~%@-]+)*)?)`)

// linked divides a text into pieces. What is the path of a page of ours becomes a link to
// it in the language of this one; all else stays text, whatever it holds.
func (x *exchange) linked(text string) []piece {
	var all []piece
	done := 0
	for _, at := range address.FindAllStringSubmatchIndex(text, -1) {
		from, to := at[2], at[3]
		if to < len(text) && !strings.ContainsRune(" ,;:.?)", rune(text[to])) || !x.server.hasPage(text[from:to]) {
			continue
		}
		all = append(all, piece{Text: text[done:from]}, piece{Text: text[from:to], Href: x.base + text[from:to] + "?f=html&lang=" + x.lang})
		done = to
	}
	return append(all, piece{Text: text[done:]})
}

// hasPage reports whether a path has the form of one of ours that is shown as a page.
func (s *Server) hasPage(path string) bool {
	words := strings.Split(path, "/")
	for _, e := range s.endpoints {
		form := strings.Split(e.path, "/")
		if len(form) != len(words) || e.hidden || !slices.Contains(e.formats, asHTML) {
			continue
		}
		same := true
		for i, part := range form {
			same = same && (part == words[i] || strings.HasPrefix(part, ":"))
		}
		if same {
			return true
		}
	}
	return false
}
