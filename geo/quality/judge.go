package quality

import (
	"context"
	"time"

	"github.com/paulmach/orb"

	"kawasan/geo"
)

// Options say what is judged and against what.
type Options struct {
	// Collection describes the features as they will be stored; required.
	Collection *geo.Collection
	// Source names where the features come from (a file, say), for the report.
	Source string
	// Stored gives what is there already: the features of the collection, which are
	// neighbours of the new ones, and regencies and districts to look positions up
	// in. Nil if nothing is.
	Stored geo.Reader
	// Replaced reports whether a stored feature will be gone once the new ones are
	// stored, so that it is no neighbour. Nil keeps all, but for those of the same id.
	Replaced func(id string) bool
	// Judged says that the features are those stored already, and have no neighbours but each other.
	Judged bool
	// Fix repairs what needs no judgement; see Fix.
	Fix bool
	// Today is the first day of the future. Zero is the clock's day.
	Today geo.Date
	// Keep is how many findings of each rule the report holds in full; all are
	// counted. Default 100.
	Keep int
	// OnIssue is told of every finding, also of those that the report only counts. May be nil.
	OnIssue func(*Issue)
	// TempDir is where geometries wait for Finish. Default: the system's.
	TempDir string
	// Alone leaves out what concerns several features: Finish has nothing to do.
	Alone bool
}

// Verdict is what a Judge says of one feature.
type Verdict struct {
	// Feature is the one judged, or a repaired copy.
	Feature                 *geo.Feature
	Errors, Warnings, Notes int
	Changes                 int // repairs made
}

// Blocks reports whether the feature must not be stored.
func (v Verdict) Blocks() bool { return v.Errors > 0 }

// Judge judges the features of one collection. It is for one goroutine; Close it
// when done.
type Judge struct {
	o        Options
	report   *Report
	identity identities
	tallies  []*tally

	corrections []correction
	levels      []*level
	spool       spool
}

// NewJudge starts to judge.
func NewJudge(o Options) *Judge {
	if o.Keep == 0 {
		o.Keep = 100
	}
	if o.Today == 0 {
		o.Today = geo.NewDate(time.Now())
	}
	j := &Judge{o: o, report: newReport(o), tallies: tallied(o.Collection)}
	return j
}

// Feature judges the next feature. Row is its number in the source, from 1; 0 if it has
// none. What is wrong with the feature is in the verdict and in the report; an
// error means that judging itself failed.
func (j *Judge) Feature(ctx context.Context, f *geo.Feature, row int64) (Verdict, error) {
	if err := ctx.Err(); err != nil {
		return Verdict{}, err
	}
	if err := j.regions(ctx); err != nil {
		return Verdict{}, err
	}
	v := &view{judge: j, row: row, feature: f, verdict: Verdict{Feature: f}}
	j.report.Features++
	if j.o.Fix {
		fixed, changes := Fix(f)
		for i := range changes {
			changes[i].Row = row
			j.report.change(changes[i])
		}
		v.feature, v.verdict.Feature, v.verdict.Changes = fixed, fixed, len(changes)
	}
	v.attributes()
	v.geometry()
	v.identity()
	return v.verdict, v.wait()
}

// Finish judges what concerns several features. Call it once, after the last one.
func (j *Judge) Finish(ctx context.Context) error {
	for _, t := range j.tallies {
		t.settle(j.report)
	}
	if err := j.neighbours(ctx); err != nil {
		return err
	}
	return ctx.Err()
}

// Report gives the findings so far.
func (j *Judge) Report() *Report { return j.report.ordered() }

// Close frees what the judge holds on disk.
func (j *Judge) Close() error { return j.spool.close() }

// view is one feature on the bench.
type view struct {
	judge   *Judge
	row     int64
	feature *geo.Feature
	verdict Verdict
	rules   map[*Rule]bool
	whole   bool // it is polygons without fault, to be compared with its neighbours
	twin    bool // its geometry came before
	bound   orb.Bound
}

// wait puts the feature aside for Finish.
func (v *view) wait() error {
	if !v.whole || v.twin || v.judge.o.Alone || !coverage(v.judge.o.Collection) {
		return nil
	}
	return v.judge.spool.add(v.judge.o.TempDir, v.feature, v.bound, v.row)
}

// add records a finding; rule, message and whatever is special are given.
func (v *view) add(i Issue) {
	i.Collection, i.Feature, i.Row = v.judge.o.Collection.ID, v.feature.ID, v.row
	if name := v.feature.Text("name"); name != "" {
		i.Name = shown(name, 80)
	}
	if i.Severity == "" {
		i.Severity = i.Rule.Severity
	}
	switch i.Severity {
	case Error:
		v.verdict.Errors++
	case Warning:
		v.verdict.Warnings++
	case Note:
		v.verdict.Notes++
	}
	if v.rules == nil {
		v.rules = map[*Rule]bool{}
	}
	first := !v.rules[i.Rule]
	v.rules[i.Rule] = true
	v.judge.report.add(i, first)
}

// shown cuts text from the data for use in a message, on the border of a character.
func shown(s string, limit int) string {
	r := []rune(s)
	if len(r) <= limit {
		return s
	}
	return string(r[:limit-1]) + "…"
}
