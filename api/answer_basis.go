package api

import (
	"kawasan/geo"
	"kawasan/geo/proximity"
)

// answerBasis is what every answer to planners ends with, in the language of the answer:
// sentences for the memo, and what they rest on.
type answerBasis struct {
	Version   string      `json:"version,omitempty"`
	Sentences []string    `json:"sentences"`
	Notes     []string    `json:"notes"`
	Sources   []sourceRow `json:"sources"`
	Links     []link      `json:"links"`
}

// sourceRow is a collection that an answer was made from.
type sourceRow struct {
	Collection  string      `json:"collection"`
	Title       string      `json:"title"`
	Version     geo.Version `json:"version"`
	Licence     string      `json:"licence,omitempty"`
	Attribution string      `json:"attribution,omitempty"`
}

func (x *exchange) answerBasis(sentences, notes []geo.Text, sources []proximity.DataSource) answerBasis {
	b := answerBasis{Version: x.dataVersion(), Sentences: x.texts(sentences), Notes: x.texts(notes), Sources: []sourceRow{}, Links: x.answerLinks()}
	for _, s := range sources {
		b.Sources = append(b.Sources, x.sourceRow(s))
	}
	return b
}

func (x *exchange) sourceRow(s proximity.DataSource) sourceRow {
	return sourceRow{s.Collection, s.Title.In(x.lang), s.Version, s.Licence.In(x.lang), s.Attribution.In(x.lang)}
}
