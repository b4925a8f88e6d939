package zone

import (
	"fmt"

	"kawasan/geo"
)

// Rows flattens profiles into the rows of a collection without geometry, one an
// item, so that whatever writes features can write a table of them. The program's own
// words come in a language: en or id.
func Rows(lang string, profiles ...*Profile) (*geo.Collection, []*geo.Feature) {
	c := &geo.Collection{ID: "profile", Title: geo.Text{EN: "Zone profile", ID: "Profil kawasan"}, InMemory: true}
	for _, col := range rowColumns {
		c.Properties = append(c.Properties, geo.Property{Name: col.name, Type: col.kind, Title: col.title, ReadOnly: true})
	}
	c.Index()
	var rows []*geo.Feature
	for _, p := range profiles {
		for _, s := range p.Sections {
			for _, i := range s.Items {
				f := &geo.Feature{ID: fmt.Sprintf("row-%04d", len(rows)+1), Collection: c}
				i := i.In(lang)
				for _, col := range rowColumns {
					f.Values = append(f.Values, col.value(p, &s, &i))
				}
				rows = append(rows, f)
			}
		}
	}
	c.Count = int64(len(rows))
	return c, rows
}

type rowColumn struct {
	name  string
	kind  geo.PropertyType
	title geo.Text
	value func(*Profile, *Section, *Item) any
}

var rowColumns = []rowColumn{
	{"zone", geo.String, geo.Text{EN: "Zone", ID: "Kawasan"}, func(p *Profile, _ *Section, _ *Item) any { return p.Ref }},
	{"zone_name", geo.String, geo.Text{EN: "Name of the zone", ID: "Nama kawasan"}, func(p *Profile, _ *Section, _ *Item) any { return p.Name }},
	{"section", geo.String, geo.Text{EN: "Section", ID: "Bagian"}, func(_ *Profile, s *Section, _ *Item) any { return s.Name }},
	{"item", geo.String, geo.Text{EN: "Item", ID: "Butir"}, func(_ *Profile, _ *Section, i *Item) any { return i.Key }},
	{"name", geo.String, geo.Text{EN: "Name", ID: "Nama"}, func(_ *Profile, _ *Section, i *Item) any { return orNull(i.Name) }},
	{"ref", geo.String, geo.Text{EN: "Ref", ID: "Rujukan"}, func(_ *Profile, _ *Section, i *Item) any { return orNull(i.Ref) }},
	{"text", geo.String, geo.Text{EN: "Text", ID: "Teks"}, func(_ *Profile, _ *Section, i *Item) any { return orNull(i.Text) }},
	{"words", geo.String, geo.Text{EN: "Text in words", ID: "Teks dengan kata"}, func(_ *Profile, _ *Section, i *Item) any { return orNull(i.Words) }},
	{"value", geo.Number, geo.Text{EN: "Value", ID: "Nilai"}, func(_ *Profile, _ *Section, i *Item) any { return orNil(i.Value) }},
	{"unit", geo.String, geo.Text{EN: "Unit", ID: "Satuan"}, func(_ *Profile, _ *Section, i *Item) any { return orNull(i.Unit) }},
	{"min", geo.Number, geo.Text{EN: "Least", ID: "Terkecil"}, func(_ *Profile, _ *Section, i *Item) any { return orNil(i.Min) }},
	{"max", geo.Number, geo.Text{EN: "Greatest", ID: "Terbesar"}, func(_ *Profile, _ *Section, i *Item) any { return orNil(i.Max) }},
	{"water_share", geo.Number, geo.Text{EN: "Share over water", ID: "Bagian di atas air"}, func(_ *Profile, _ *Section, i *Item) any { return orNil(i.WaterShare) }},
	{"not_told_apart_from", geo.TextArray, geo.Text{EN: "Not told apart from", ID: "Tidak terbedakan dari"}, func(_ *Profile, _ *Section, i *Item) any {
		if len(i.NotToldApart) == 0 {
			return nil
		}
		return i.NotToldApart
	}},
	{"boundary_kind", geo.String, geo.Text{EN: "Kind of boundary", ID: "Jenis batas"}, func(_ *Profile, _ *Section, i *Item) any { return orNull(i.BoundaryKind) }},
	{"position_uncertainty_m", geo.Number, geo.Text{EN: "Uncertainty (m)", ID: "Ketidakpastian (m)"}, func(_ *Profile, _ *Section, i *Item) any { return orNil(i.UncertaintyM) }},
	{"method", geo.String, geo.Text{EN: "Method", ID: "Metode"}, func(_ *Profile, _ *Section, i *Item) any { return orNull(i.Method) }},
	{"source", geo.String, geo.Text{EN: "Source", ID: "Sumber"}, func(_ *Profile, _ *Section, i *Item) any { return orNull(i.Source) }},
	{"source_date", geo.String, geo.Text{EN: "Date of the source", ID: "Tanggal sumber"}, func(_ *Profile, _ *Section, i *Item) any { return orNull(i.SourceDate) }},
	{"confidence", geo.String, geo.Text{EN: "Confidence", ID: "Tingkat keyakinan"}, func(_ *Profile, _ *Section, i *Item) any { return orNull(i.Confidence) }},
	{"collection", geo.String, geo.Text{EN: "Looked in", ID: "Dicari di"}, func(_ *Profile, s *Section, _ *Item) any { return orNull(s.Collection) }},
	{"filter", geo.String, geo.Text{EN: "Filter", ID: "Saringan"}, func(_ *Profile, s *Section, _ *Item) any { return orNull(s.Filter) }},
}

func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func orNil(v *float64) any {
	if v == nil {
		return nil
	}
	return *v
}
