package api

import "strings"

// references numbers texts by their first use, so that each stands once on a page.
type references struct {
	Texts  []string
	number map[string]int
}

// source gives the number of a source, also where it stands with its date.
func (r *references) source(name string) int {
	for i, text := range r.Texts {
		if rest, ok := strings.CutPrefix(text, name); ok && (rest == "" || strings.HasPrefix(rest, " (")) {
			return i + 1
		}
	}
	return r.of(name)
}

func (r *references) of(text string) int {
	if r.number == nil {
		r.number = map[string]int{}
	}
	n, ok := r.number[text]
	if !ok {
		r.Texts = append(r.Texts, text)
		n = len(r.Texts)
		r.number[text] = n
	}
	return n
}
