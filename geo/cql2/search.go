package cql2

import (
	"slices"
	"strings"

	"kawasan/geo"
)

// TextSearch is the filter for q: every word occurs, whatever its case and
// accents, in some text property (lists of text included) or in the id. Empty
// words are left out; without any, all features match.
func TextSearch(c *geo.Collection, words []string) geo.Filter {
	s := &textSearch{}
	for _, w := range words {
		if folded := foldAll(w); folded != "" && !slices.Contains(s.words, folded) {
			s.words = append(s.words, folded)
		}
	}
	slices.Sort(s.words)
	for _, p := range c.Properties {
		if p.Type == geo.String || p.Type == geo.TextArray {
			s.properties = append(s.properties, p.Name)
		}
	}
	return s
}

type textSearch struct {
	words      []string
	properties []string
}

var _ geo.Filter = (*textSearch)(nil)

func foldAll(s string) string {
	return strings.TrimSpace(FoldCase(FoldAccents(FoldCase(s))))
}

// Match looks for each word in each text.
func (s *textSearch) Match(f *geo.Feature) (bool, error) {
	texts := []string{foldAll(f.ID)}
	for _, name := range s.properties {
		switch v := f.Value(name).(type) {
		case string:
			texts = append(texts, foldAll(v))
		case []string:
			for _, item := range v {
				texts = append(texts, foldAll(item))
			}
		}
	}
	for _, word := range s.words {
		if !slices.ContainsFunc(texts, func(text string) bool { return strings.Contains(text, word) }) {
			return false, nil
		}
	}
	return true, nil
}

// Properties are the text properties of the collection.
func (s *textSearch) Properties() []string { return slices.Clone(s.properties) }

// String gives the words in a form of its own, which CQL2 does not read.
func (s *textSearch) String() string {
	quoted := make([]string, len(s.words))
	for i, w := range s.words {
		quoted[i] = string(appendString(nil, w))
	}
	return "q(" + strings.Join(quoted, ", ") + ")"
}
