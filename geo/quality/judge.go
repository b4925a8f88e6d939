package quality

import (
	"context"
	"sync"
	"time"

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

// Judge judges the features of one collection. It is for one goroutine, but for
// Examine; Close it when done.
type Judge struct {
	o        Options
	report   *Report
	identity identities
	tallies  []*tally
	examined int64 // features that could be read
	lost     int64 // of them, those without a geometry

	traits      []trait // of the properties
	corrections func() []correction
	regional    sync.Mutex // guards levels until they are read
	levels      []*level
	benches     sync.Pool // of *bench
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
	return &Judge{
		o: o, report: newReport(o), tallies: tallied(o.Collection), traits: traitsOf(o.Collection), corrections: sync.OnceValue(corrections),
		benches: sync.Pool{New: func() any { return new(bench) }},
	}
}

// Feature judges the next feature: Examine and Accept in one.
func (j *Judge) Feature(ctx context.Context, f *geo.Feature, row int64) (Verdict, error) {
	x, err := j.Examine(ctx, f, Row{Number: row})
	if err != nil {
		return Verdict{}, err
	}
	return j.Accept(x)
}

// Accept adds what was found in the next feature to the report, and compares its id and
// geometry with those that came before. What is wrong with the feature is in the
// verdict and in the report; an error means that judging itself failed.
func (j *Judge) Accept(x *Examination) (Verdict, error) {
	j.report.Features++
	if x.read {
		j.examined++
	}
	for _, c := range x.changes {
		j.report.change(c)
	}
	x.identity()
	for k := range x.issues {
		i := &x.issues[k]
		j.report.add(*i, !x.told(i.Rule, k))
	}
	if x.absent != nil {
		x.missing()
	}
	if x.lost {
		j.lost++
	}
	return x.verdict, x.wait()
}

// Finish judges what concerns several features. Call it once, after the last one.
func (j *Judge) Finish(ctx context.Context) error {
	for _, t := range j.tallies {
		t.settle(j.report, j.examined)
	}
	j.allLost()
	if err := j.neighbours(ctx); err != nil {
		return err
	}
	return ctx.Err()
}

// Report gives the findings so far.
func (j *Judge) Report() *Report { return j.report.ordered() }

// Close frees what the judge holds on disk.
func (j *Judge) Close() error { return j.spool.close() }

// shown cuts text from the data for use in a message, on the border of a character.
func shown(s string, limit int) string {
	if len(s) <= limit { // in bytes, of which there are no fewer
		return s
	}
	r := []rune(s)
	if len(r) <= limit {
		return s
	}
	return string(r[:limit-1]) + "…"
}
