package zone

import (
	"fmt"

	"kawasan/geo"
)

// RankRows flattens a ranking into the rows of a collection without geometry:
// one for each zone and criterion, and one for each zone that a limit excluded. The
// program's own words come in a language: en or id.
func RankRows(lang string, r *Ranking) (*geo.Collection, []*geo.Feature) {
	c := &geo.Collection{ID: "ranking", Title: geo.Text{EN: "Ranking of zones", ID: "Peringkat kawasan"}, InMemory: true}
	for _, col := range rankColumns {
		c.Properties = append(c.Properties, geo.Property{Name: col.name, Type: col.kind, Title: col.title, ReadOnly: true})
	}
	c.Index()
	var rows []*geo.Feature
	add := func(row rankRow) {
		f := &geo.Feature{ID: fmt.Sprintf("row-%04d", len(rows)+1), Collection: c}
		for _, col := range rankColumns {
			f.Values = append(f.Values, col.value(row))
		}
		rows = append(rows, f)
	}
	for _, z := range r.Ranked {
		for _, p := range z.Parts {
			add(rankRow{Part: p, ref: z.Ref, name: z.Name, of: &z})
		}
	}
	for _, z := range r.Excluded {
		add(rankRow{Part: Part{Criterion: z.Criterion, Raw: &z.Raw}, ref: z.Ref, name: z.Name, excluded: z.Reason.In(lang)})
	}
	c.Count = int64(len(rows))
	return c, rows
}

// rankRow is what one criterion gives to a zone, or why that zone is excluded.
type rankRow struct {
	Part
	ref, name string
	of        *Ranked // nil for a zone that is excluded
	excluded  string  // why; "" for a zone that is ranked
}

type rankColumn struct {
	name  string
	kind  geo.PropertyType
	title geo.Text
	value func(rankRow) any
}

var rankColumns = []rankColumn{
	{"rank", geo.Integer, geo.Text{EN: "Rank", ID: "Peringkat"}, ranked(func(r rankRow) any { return int64(r.of.Rank) })},
	{"zone", geo.String, geo.Text{EN: "Zone", ID: "Kawasan"}, func(r rankRow) any { return r.ref }},
	{"zone_name", geo.String, geo.Text{EN: "Name of the zone", ID: "Nama kawasan"}, func(r rankRow) any { return r.name }},
	{"score", geo.Number, geo.Text{EN: "Score", ID: "Nilai"}, ranked(func(r rankRow) any { return r.of.Score })},
	{"score_min", geo.Number, geo.Text{EN: "Least score", ID: "Nilai terkecil"}, ranked(func(r rankRow) any { return r.of.ScoreMin })},
	{"score_max", geo.Number, geo.Text{EN: "Greatest score", ID: "Nilai terbesar"}, ranked(func(r rankRow) any { return r.of.ScoreMax })},
	{"criterion", geo.String, geo.Text{EN: "Criterion", ID: "Kriteria"}, func(r rankRow) any { return r.Criterion }},
	{"raw", geo.Number, geo.Text{EN: "Raw value", ID: "Nilai asli"}, func(r rankRow) any { return orNil(r.Raw) }},
	{"raw_min", geo.Number, geo.Text{EN: "Least raw value", ID: "Nilai asli terkecil"}, func(r rankRow) any { return orNil(r.RawMin) }},
	{"raw_max", geo.Number, geo.Text{EN: "Greatest raw value", ID: "Nilai asli terbesar"}, func(r rankRow) any { return orNil(r.RawMax) }},
	{"to", geo.String, geo.Text{EN: "Measured to", ID: "Diukur ke"}, func(r rankRow) any { return orNull(r.To) }},
	{"normalised", geo.Number, geo.Text{EN: "Normalised value", ID: "Nilai ternormalisasi"}, ranked(func(r rankRow) any { return r.Normalised })},
	{"weight", geo.Number, geo.Text{EN: "Share of the weights", ID: "Bagian bobot"}, ranked(func(r rankRow) any { return r.Weight })},
	{"contribution", geo.Number, geo.Text{EN: "Contribution", ID: "Sumbangan"}, ranked(func(r rankRow) any { return r.Contribution })},
	{"excluded", geo.String, geo.Text{EN: "Excluded because", ID: "Dikeluarkan karena"}, func(r rankRow) any { return orNull(r.excluded) }},
}

// ranked is null for a zone that is excluded.
func ranked(value func(rankRow) any) func(rankRow) any {
	return func(r rankRow) any {
		if r.of == nil {
			return nil
		}
		return value(r)
	}
}
