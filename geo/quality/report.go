package quality

import (
	"cmp"
	"slices"

	"kawasan/geo"
)

// Report is what was found, by rule. Every finding is counted; of each rule so many as
// Options.Keep are held in full.
type Report struct {
	Collection string   `json:"collection"`
	Source     string   `json:"source,omitempty"`
	Features   int64    `json:"features"` // judged
	Errors     int64    `json:"errors"`
	Warnings   int64    `json:"warnings"`
	Notes      int64    `json:"notes"`
	Groups     []*Group `json:"groups"`
	Fixed      []*Fixed `json:"fixed,omitempty"`
	// Remarks are what else people should know, of whoever made the features.
	Remarks []geo.Text `json:"remarks,omitempty"`
	// Limits say what was not judged, and why.
	Limits []geo.Text `json:"limits,omitempty"`

	keep    int
	onIssue func(*Issue)
}

// Group is the findings of one rule and severity.
type Group struct {
	Rule     *Rule    `json:"rule"`
	Severity Severity `json:"severity"`
	Title    geo.Text `json:"title"`
	Count    int64    `json:"count"`
	Features int64    `json:"features"` // in how many features
	Issues   []Issue  `json:"issues"`
}

// More is how many findings are counted but not held.
func (g *Group) More() int64 { return g.Count - int64(len(g.Issues)) }

// Fixed is the repairs under one rule.
type Fixed struct {
	Rule    *Rule    `json:"rule"`
	Title   geo.Text `json:"title"`
	Count   int64    `json:"count"`
	Changes []Change `json:"changes"`
}

// More is how many repairs are counted but not held.
func (f *Fixed) More() int64 { return f.Count - int64(len(f.Changes)) }

// Blocks reports whether anything found is an error.
func (r *Report) Blocks() bool { return r.Errors > 0 }

func newReport(o Options) *Report {
	return &Report{Collection: o.Collection.ID, Source: o.Source, keep: o.Keep, onIssue: o.OnIssue, Groups: []*Group{}}
}

// add counts a finding, and holds it if there is room. first says that it is the first of its rule in the feature.
func (r *Report) add(i Issue, first bool) {
	if i.Remedy == (geo.Text{}) {
		i.Remedy = i.Rule.Remedy
	}
	switch i.Severity {
	case Error:
		r.Errors++
	case Warning:
		r.Warnings++
	case Note:
		r.Notes++
	}
	g := r.group(i.Rule, i.Severity)
	g.Count++
	if first {
		g.Features++
	}
	if len(g.Issues) < r.keep {
		g.Issues = append(g.Issues, i)
	}
	if r.onIssue != nil {
		r.onIssue(&i)
	}
}

func (r *Report) group(rule *Rule, severity Severity) *Group {
	for _, g := range r.Groups {
		if g.Rule == rule && g.Severity == severity {
			return g
		}
	}
	g := &Group{Rule: rule, Severity: severity, Title: rule.Title}
	r.Groups = append(r.Groups, g)
	return g
}

func (r *Report) change(c Change) {
	i := slices.IndexFunc(r.Fixed, func(f *Fixed) bool { return f.Rule == c.Rule })
	if i < 0 {
		r.Fixed = append(r.Fixed, &Fixed{Rule: c.Rule, Title: c.Rule.Title})
		i = len(r.Fixed) - 1
	}
	f := r.Fixed[i]
	f.Count++
	if len(f.Changes) < r.keep {
		f.Changes = append(f.Changes, c)
	}
}

// limit says that something was not judged.
func (r *Report) limit(t geo.Text) {
	if !slices.Contains(r.Limits, t) {
		r.Limits = append(r.Limits, t)
	}
}

// ordered sorts the groups: worst first, then as Rules lists them.
func (r *Report) ordered() *Report {
	place := map[*Rule]int{}
	for i, rule := range Rules() {
		place[rule] = i
	}
	slices.SortStableFunc(r.Groups, func(a, b *Group) int {
		return cmp.Or(
			cmp.Compare(slices.Index(severities, a.Severity), slices.Index(severities, b.Severity)),
			cmp.Compare(place[a.Rule], place[b.Rule]),
		)
	})
	for _, g := range r.Groups {
		slices.SortStableFunc(g.Issues, func(a, b Issue) int { return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Row, b.Row)) })
	}
	slices.SortStableFunc(r.Fixed, func(a, b *Fixed) int { return cmp.Compare(place[a.Rule], place[b.Rule]) })
	return r
}
