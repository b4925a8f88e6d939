package zone

import (
	"fmt"
	"slices"
	"strings"

	"kawasan/geo"
	"kawasan/geo/geodesy"
	"kawasan/geo/proximity"
	"kawasan/geo/wording"
)

// Statement is a sentence without what it rests on, and the sources that it names.
type Statement struct {
	Text  geo.Text
	Cited []geo.Text
}

// say takes over what an answer says, under the title of its section and the
// value that it was grouped by.
func (m *maker) say(title, group geo.Text, a *proximity.Answer) {
	head := heading(title, group)
	for _, t := range a.Statements {
		m.said = append(m.said, Statement{wording.Join("", head, t), a.Cited})
	}
}

// cite adds a source to those that a sentence names.
func cite(cited []geo.Text, source geo.Text) []geo.Text {
	if source.EN == "" || slices.Contains(cited, source) {
		return cited
	}
	return append(cited, source)
}

// resting makes sentences of statements: with the sources of each, and the data
// version of all that was read, which is that of the answer.
func resting(said []Statement, read []proximity.DataSource) []geo.Text {
	var all []geo.Text
	for _, s := range said {
		all = append(all, proximity.Resting([]geo.Text{s.Text}, read, s.Cited)...)
	}
	return all
}

// heading begins a sentence with what it is about.
func heading(title, group geo.Text) geo.Text {
	if group.EN != "" {
		return wording.Say("%s (%s): ", "%s (%s): ", title, group)
	}
	return wording.Say("%s: ", "%s: ", title)
}

// areaSentence sets the stated area of a zone beside the computed one; false if it has neither.
func areaSentence(p *Profile) (geo.Text, bool) {
	t, ok := areaClause(p)
	return wording.Say("%s: %s.", "%s: %s.", p.Called, t), ok
}

func areaClause(p *Profile) (geo.Text, bool) {
	var en, id []string
	claims := 0
	for _, s := range p.Sections {
		if s.Name != "area" {
			continue
		}
		for _, i := range s.Items {
			switch {
			case i.Key == "claim":
				claims++
			case i.Key == "stated" && i.Value == nil:
				en, id = append(en, "no area is stated"), append(id, "luas tidak dinyatakan")
			case i.Key == "stated":
				t := wording.Say("stated area %s ha", "luas yang dinyatakan %s ha", wording.Exact(*i.Value))
				en, id = append(en, t.EN), append(id, t.ID)
			case i.Key == "computed" && i.Value != nil:
				size := proximity.PhraseHectares(*i.Value, i.Min, i.Max)
				en, id = append(en, "the stored boundary encloses "+size.EN), append(id, "batas tersimpan mencakup "+size.ID)
			}
		}
	}
	if claims > 0 {
		en = append(en, fmt.Sprintf("areas claimed elsewhere: %d, not made to fit", claims))
		id = append(id, fmt.Sprintf("ada %d angka luas dari sumber lain, tidak diselaraskan", claims))
	}
	return geo.Text{EN: strings.Join(en, "; "), ID: strings.Join(id, "; ")}, len(en) > 0
}

// phrase words a value: a distance or an area rounded to what it can be, else a
// count with its range.
func (i *Item) phrase() geo.Text {
	switch {
	case i == nil || i.Value == nil:
		return geo.Text{EN: "not known", ID: "tidak diketahui"}
	case i.Unit == "m":
		iv := geodesy.Interval{MaxM: i.Max}
		if i.Min != nil {
			iv.MinM = *i.Min
		}
		return proximity.Phrase(*i.Value, iv)
	case i.Unit == "ha":
		return proximity.PhraseHectares(*i.Value, i.Min, i.Max)
	}
	value := wording.Exact(*i.Value)
	switch {
	case i.Min != nil && i.Max == nil:
		return wording.Say("%s (for sure %s)", "%s (pasti %s)", value, wording.Exact(*i.Min))
	case i.Min != nil && *i.Min != *i.Max:
		return wording.Say("%s (between %s and %s)", "%s (antara %s dan %s)", value, wording.Exact(*i.Min), wording.Exact(*i.Max))
	}
	return wording.Say("%s", "%s", value)
}
