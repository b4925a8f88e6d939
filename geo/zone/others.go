package zone

import (
	"slices"

	"kawasan/geo"
	"kawasan/geo/wording"
)

// Properties that a profile says elsewhere, or with each value: what a position or a
// statement rests on, names, and areas.
var elsewhere = []string{
	"name", "aliases", "boundary_kind", "position_uncertainty_m", "source", "source_date", "licence", "confidence", "method", "attribute_source",
	"regency_code", "revision", "stated_area_ha", "computed_area_ha", "area_claims",
}

// others are the properties that only this collection has, in its order: those that
// the feature has values for.
func (m *maker) others() []Item {
	var all []Item
	for i, p := range m.zone.Collection.Properties {
		if slices.Contains(elsewhere, p.Name) || slices.Contains(identityColumns, p.Name) || i >= len(m.zone.Values) {
			continue
		}
		v := m.zone.Values[i]
		title := wording.Title(p)
		item := Item{Key: p.Name, Name: title.In("en"), Text: text(v), Said: Said{Name: title, Words: inWords(p, v)}}
		switch v := v.(type) {
		case bool:
			item.Said.Words = geo.Text{EN: "no", ID: "tidak"}
			if v {
				item.Said.Words = geo.Text{EN: "yes", ID: "ya"}
			}
			item.Text = item.Said.Words.EN
		case int64, float64:
			item.Value, item.Unit = numberOf(m.zone, p.Name), p.Unit
		}
		if item.Text == "" && item.Value == nil {
			continue
		}
		rest(&item, m.zone)
		all = append(all, item)
	}
	return all
}
