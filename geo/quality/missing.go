package quality

import (
	"strings"

	"kawasan/geo"
)

// tally counts the features that lack an attribute: one finding for the whole
// collection if all do, else one for each.
type tally struct {
	rule     *Rule
	property string
	absent   int64
	held     []Issue
}

// tallied is what every feature of a collection should say of itself. Rows of a table
// have no boundary, and need no name unless the table has a column for it.
func tallied(c *geo.Collection) []*tally {
	list := []*tally{
		{rule: sourceMissing, property: "source"},
		{rule: licenceMissing, property: "licence"},
	}
	_, named := c.PropertyIndex("name")
	if named || c.HasGeometry() {
		list = append(list, &tally{rule: nameMissing, property: "name"})
	}
	if c.HasGeometry() {
		list = append(list, &tally{rule: boundaryKindMissing, property: "boundary_kind"}, &tally{rule: uncertaintyMissing, property: "position_uncertainty_m"})
	}
	return list
}

// silent finds what the feature does not say.
func (v *Examination) silent() {
	for _, t := range v.judge.tallies {
		value := v.feature.Value(t.property)
		if s, ok := value.(string); value != nil && (!ok || strings.TrimSpace(s) != "") {
			continue
		}
		if t.property == "licence" && v.judge.o.Collection.Licence != "" {
			continue // said of the collection as a whole
		}
		v.absent = append(v.absent, t)
	}
}

// missing counts what the feature does not say.
func (v *Examination) missing() {
	for _, t := range v.absent {
		t.absent++
		if len(t.held) < v.judge.o.Keep {
			t.held = append(t.held, Issue{
				Rule: t.rule, Severity: t.rule.Severity, Collection: v.judge.o.Collection.ID, Feature: v.feature.ID, Row: v.row.Number, Line: v.row.Line, File: v.row.File,
				Name: shown(v.feature.Text("name"), 80), Place: v.anywhere(), Property: t.property,
				Message: say("%s has no value", "%s tidak bernilai", t.property),
			})
		}
	}
}

// settle turns what was counted in so many features into findings.
func (t *tally) settle(r *Report, features int64) {
	switch {
	case t.absent == 0:
	case t.absent == features && features > 1:
		r.add(Issue{
			Rule: t.rule, Severity: t.rule.Severity, Collection: r.Collection, Property: t.property,
			Message: say("none of the %d features says its %s", "tidak satu pun dari %d fitur menyebut %s", features, t.property),
		}, false)
		r.group(t.rule, t.rule.Severity).Features += t.absent
	default:
		for _, i := range t.held {
			r.add(i, true)
		}
		r.count(t.rule, t.absent-int64(len(t.held)))
	}
	t.absent, t.held = 0, nil
}

// count adds findings that are not held.
func (r *Report) count(rule *Rule, n int64) {
	g := r.group(rule, rule.Severity)
	g.Count += n
	g.Features += n
	switch rule.Severity {
	case Error:
		r.Errors += n
	case Warning:
		r.Warnings += n
	case Note:
		r.Notes += n
	}
}
