package quality

import (
	"context"

	"kawasan/geo"
	"kawasan/geo/wording"
)

// Collection judges what a store holds of a collection. Of o it takes what is not
// about where features come from and what is there already.
func Collection(ctx context.Context, r geo.Reader, id string, o Options) (*Report, error) {
	s, err := r.Open(ctx, geo.Query{Collection: id})
	if err != nil {
		return nil, err
	}
	defer s.Close()
	o.Collection, o.Stored, o.Judged, o.Fix = s.Collection(), r, true, false
	j := NewJudge(o)
	defer func() { _ = j.Close() }() // what waited is temporary
	for f, err := range s.Features() {
		if err != nil {
			return nil, err
		}
		if _, err := j.Feature(ctx, f, 0); err != nil {
			return nil, err
		}
	}
	for _, d := range s.Collection().Defects {
		j.report.leftOut(d)
	}
	if err := j.Finish(ctx); err != nil {
		return nil, err
	}
	return j.Report(), nil
}

// leftOut tells of rows of the table that are not among the features.
func (r *Report) leftOut(d geo.Defect) {
	r.limit(wording.Defect(d))
	remedy := say("Give each row of the table or view an id that no other has.", "Beri setiap baris tabel atau view id yang tidak dipakai baris lain.")
	switch d.Kind {
	case geo.WithoutID:
		r.add(Issue{Rule: idMissing, Severity: idMissing.Severity, Collection: r.Collection, Message: say("%d rows have no id and are left out", "%d baris tidak punya id dan ditinggalkan", d.Rows), Remedy: remedy}, false)
	case geo.SharedID:
		for _, id := range d.IDs {
			r.add(Issue{
				Rule: idDuplicate, Severity: idDuplicate.Severity, Collection: r.Collection, Feature: id, Remedy: remedy,
				Message: say("the id %q is that of several rows, which are left out", "id %q dipakai beberapa baris, yang ditinggalkan", shown(id, 60)),
			}, true)
		}
	}
}
