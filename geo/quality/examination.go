package quality

import (
	"context"

	"github.com/paulmach/orb"

	"kawasan/geo"
)

// Row is where in its source a feature stands. Zero where that is not known.
type Row struct {
	Number int64  // from 1
	Line   int    // of a text file, from 1
	File   string // "" if there is only one
}

// Examination is one feature on the bench: what is found in it alone. [Judge.Accept]
// adds it to what was found before.
type Examination struct {
	judge   *Judge
	bench   *bench // while it is being examined
	row     Row
	feature *geo.Feature
	verdict Verdict
	issues  []Issue
	changes []Change

	absent []*tally // what it does not say
	read   bool     // a feature could be made of the row
	lost   bool     // it has no geometry
	whole  bool     // it is polygons without fault, to be compared with its neighbours
	twin   bool     // its geometry came before
	bound  orb.Bound
	sum    digest // of its geometry
}

// Examine judges a feature by itself. Several goroutines may do so at the same time;
// one of them hands what comes of it to Accept, in the order of the source. An error
// means that judging itself failed.
func (j *Judge) Examine(ctx context.Context, f *geo.Feature, row Row) (*Examination, error) {
	x := j.Begin(f.ID, row)
	return x, x.Feature(ctx, f)
}

// Begin begins to examine a row of which no feature is made yet.
func (j *Judge) Begin(id string, row Row) *Examination {
	f := &geo.Feature{ID: id, Collection: j.o.Collection}
	return &Examination{judge: j, row: row, feature: f, verdict: Verdict{Feature: f}}
}

// Feature examines the feature that was made of the row.
func (v *Examination) Feature(ctx context.Context, f *geo.Feature) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	j := v.judge
	if err := j.regions(ctx); err != nil {
		return err
	}
	v.feature, v.verdict.Feature, v.read = f, f, true
	v.bench, _ = j.benches.Get().(*bench)
	defer func() {
		j.benches.Put(v.bench)
		v.bench = nil
	}()
	if j.o.Fix {
		fixed, changes := Fix(f)
		for i := range changes {
			changes[i].Row = v.row.Number
		}
		v.changes, v.feature, v.verdict.Feature, v.verdict.Changes = changes, fixed, fixed, len(changes)
	}
	v.attributes()
	v.geometry()
	if !j.o.Alone && len(v.feature.WKB) > 0 {
		v.sum = digestOf(v.feature.WKB)
	}
	return nil
}

// Verdict is what was found in the feature by itself.
func (v *Examination) Verdict() Verdict { return v.verdict }

// Unlocated reports whether the feature has no position: no geometry, or an empty one.
func (v *Examination) Unlocated() bool { return v.lost }

// wait puts the feature aside for Finish.
func (v *Examination) wait() error {
	if !v.whole || v.twin || v.judge.o.Alone || !coverage(v.judge.o.Collection) {
		return nil
	}
	return v.judge.spool.add(v.judge.o.TempDir, v.feature, v.bound, v.row.Number)
}

// add records a finding; rule, message and whatever is special are given.
func (v *Examination) add(i Issue) {
	i.Collection, i.Feature = v.judge.o.Collection.ID, v.feature.ID
	i.Row, i.Line, i.File = v.row.Number, v.row.Line, v.row.File
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
	v.issues = append(v.issues, i)
}

// told reports whether one of the first n findings is of the rule.
func (v *Examination) told(rule *Rule, n int) bool {
	for k := range n {
		if v.issues[k].Rule == rule {
			return true
		}
	}
	return false
}
