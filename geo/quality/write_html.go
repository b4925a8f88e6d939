package quality

import (
	_ "embed" // for the page
	"fmt"
	"html/template"
	"io"
)

//go:embed report.html
var page string

// writeHTML writes one page that needs nothing else: for the browser and for paper.
func writeHTML(w io.Writer, r *Report, language string) error {
	if language != "id" {
		language = "en"
	}
	t, err := template.New("report").Funcs(template.FuncMap{
		"word":     func(key string) string { return word(key, language) },
		"in":       func(t interface{ In(string) string }) string { return t.In(language) },
		"who":      func(i Issue) string { return i.who(language) },
		"change":   func(c Change) string { return Issue{Feature: c.Feature, Row: c.Row, Place: c.Place}.who(language) },
		"remedy":   func(g *Group) string { return g.remedy().In(language) },
		"more":     func(n int64) string { return fmt.Sprintf(word("more", language), n) },
		"place":    func(p Place) string { return p.words(language) },
		"language": func() string { return language },
	}).Parse(page)
	if err != nil {
		return err
	}
	return t.Execute(w, r)
}

// words names the position and the vertex.
func (p Place) words(language string) string {
	s := ""
	if p.Position != nil {
		s = lonLat(*p.Position)
	}
	if p.Vertex > 0 && p.Part > 0 {
		s += " (" + fmt.Sprintf(word("vertex", language), p.Part, p.Ring, p.Vertex) + ")"
	}
	return s
}
