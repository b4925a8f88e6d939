package zone

import (
	"fmt"

	"kawasan/geo"
)

// RankRows flattens a ranking into the rows of a collection without geometry:
// one for each zone and criterion, and one for each zone that a limit excluded.
func RankRows(lang string, r *Ranking) (*geo.Collection, []*geo.Feature) {
	c := &geo.Collection{ID: "ranking", Title: geo.Text{EN: "Ranking of zones", ID: "Peringkat kawasan"}, InMemory: true}
	for _, p := range []geo.Property{
		{Name: "rank", Type: geo.Integer, Title: geo.Text{EN: "Rank", ID: "Peringkat"}},
		{Name: "zone", Type: geo.String, Title: geo.Text{EN: "Zone", ID: "Kawasan"}},
		{Name: "zone_name", Type: geo.String, Title: geo.Text{EN: "Name of the zone", ID: "Nama kawasan"}},
		{Name: "score", Type: geo.Number, Title: geo.Text{EN: "Score", ID: "Nilai"}},
		{Name: "score_min", Type: geo.Number, Title: geo.Text{EN: "Least score", ID: "Nilai terkecil"}},
		{Name: "score_max", Type: geo.Number, Title: geo.Text{EN: "Greatest score", ID: "Nilai terbesar"}},
		{Name: "criterion", Type: geo.String, Title: geo.Text{EN: "Criterion", ID: "Kriteria"}},
		{Name: "raw", Type: geo.Number, Title: geo.Text{EN: "Raw value", ID: "Nilai asli"}},
		{Name: "raw_min", Type: geo.Number, Title: geo.Text{EN: "Least raw value", ID: "Nilai asli terkecil"}},
		{Name: "raw_max", Type: geo.Number, Title: geo.Text{EN: "Greatest raw value", ID: "Nilai asli terbesar"}},
		{Name: "to", Type: geo.String, Title: geo.Text{EN: "Measured to", ID: "Diukur ke"}},
		{Name: "normalised", Type: geo.Number, Title: geo.Text{EN: "Normalised value", ID: "Nilai ternormalisasi"}},
		{Name: "weight", Type: geo.Number, Title: geo.Text{EN: "Share of the weights", ID: "Bagian bobot"}},
		{Name: "contribution", Type: geo.Number, Title: geo.Text{EN: "Contribution", ID: "Sumbangan"}},
		{Name: "excluded", Type: geo.String, Title: geo.Text{EN: "Excluded because", ID: "Dikeluarkan karena"}},
	} {
		p.ReadOnly = true
		c.Properties = append(c.Properties, p)
	}
	c.Index()
	var rows []*geo.Feature
	add := func(values ...any) {
		rows = append(rows, &geo.Feature{ID: fmt.Sprintf("row-%04d", len(rows)+1), Collection: c, Values: values})
	}
	for _, z := range r.Ranked {
		for _, p := range z.Parts {
			add(int64(z.Rank), z.Ref, z.Name, z.Score, z.ScoreMin, z.ScoreMax, p.Criterion, orNil(p.Raw), orNil(p.RawMin), orNil(p.RawMax),
				orNull(p.To), p.Normalised, p.Weight, p.Contribution, nil)
		}
	}
	for _, z := range r.Excluded {
		add(nil, z.Ref, z.Name, nil, nil, nil, z.Criterion, z.Raw, nil, nil, nil, nil, nil, nil, z.Reason.In(lang))
	}
	c.Count = int64(len(rows))
	return c, rows
}
