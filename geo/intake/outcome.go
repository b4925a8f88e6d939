package intake

import (
	"slices"

	"kawasan/geo"
	"kawasan/geo/quality"
)

// Outcome is what an import found and did.
type Outcome struct {
	Record
	DryRun bool
	// Stored says that all went well; of a dry run, that it would have.
	Stored bool
	// Created says that the collection was made.
	Created bool
	// Notes tell people what was decided on the way.
	Notes []geo.Text
	// Report is what the rules say of the features.
	Report *quality.Report
}

// note tells people something, once.
func (o *Outcome) note(en, id string, args ...any) {
	o.Notes = append(o.Notes, geo.Textf(en, id, args...))
}

// Blocks reports whether something found must be mended first.
func (o *Outcome) Blocks() bool { return o.Report != nil && o.Report.Blocks() }

// blocked is the error of an import in which errors were found.
func (o *Outcome) blocked() error {
	n := o.Report.Errors
	e := geo.Errorf(geo.Invalid, "%d errors were found in %s: nothing was stored", n, o.File)
	if n == 1 {
		e = geo.Errorf(geo.Invalid, "an error was found in %s: nothing was stored", o.File)
	}
	if slices.ContainsFunc(o.Report.Groups, func(g *quality.Group) bool { return g.Severity == quality.Error && g.Rule.Fixable }) {
		return e.Try("the errors of the report mended; --fix repairs what needs no judgement")
	}
	return e.Try("the errors of the report mended")
}
