package zone

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"kawasan/geo"
	"kawasan/geo/geodesy"
	"kawasan/geo/proximity"
)

// statement is a sentence without what it rests on, and the sources that it names.
type statement struct {
	text  geo.Text
	cited []string
}

// say takes over what an answer says, under the title of its section and the
// value that it was grouped by.
func (m *maker) say(title geo.Text, group string, a *proximity.Answer) {
	head := heading(title, group)
	for _, t := range a.Statements {
		m.said = append(m.said, statement{geo.Text{EN: head.EN + t.EN, ID: head.ID + t.ID}, a.Cited})
	}
}

// cite adds a source to those that a sentence names.
func cite(cited []string, source string) []string {
	if source == "" || slices.Contains(cited, source) {
		return cited
	}
	return append(cited, source)
}

// resting makes sentences of statements: with the sources of each, and the data
// version of all that was read, which is that of the answer.
func resting(said []statement, read []proximity.DataSource) []geo.Text {
	var all []geo.Text
	for _, s := range said {
		all = append(all, proximity.Resting([]geo.Text{s.text}, read, s.cited)...)
	}
	return all
}

// heading begins a sentence with what it is about.
func heading(title geo.Text, group string) geo.Text {
	t := geo.Text{EN: title.In("en"), ID: title.In("id")}
	if group != "" {
		t.EN += " (" + group + ")"
		t.ID += " (" + group + ")"
	}
	return geo.Text{EN: t.EN + ": ", ID: t.ID + ": "}
}

// areaSentence sets the stated area of a zone beside the computed one; false if it has neither.
func areaSentence(p *Profile) (geo.Text, bool) {
	t, ok := areaClause(p)
	return geo.Text{EN: p.Name + ": " + t.EN + ".", ID: p.Name + ": " + t.ID + "."}, ok
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
				en = append(en, "stated area "+figure(*i.Value, ".", ",")+" ha")
				id = append(id, "luas yang dinyatakan "+figure(*i.Value, ",", ".")+" ha")
			case i.Key == "computed" && i.Value != nil:
				size := proximity.PhraseHectares(*i.Value, i.Min, i.Max)
				en, id = append(en, "the stored boundary encloses "+size.EN), append(id, "batas tersimpan mencakup "+size.ID)
			}
		}
	}
	if claims > 0 {
		en = append(en, fmt.Sprintf("areas claimed elsewhere: %d, not made to fit", claims))
		id = append(id, fmt.Sprintf("luas menurut sumber lain: %d, tidak disesuaikan", claims))
	}
	return geo.Text{EN: strings.Join(en, "; "), ID: strings.Join(id, "; ")}, len(en) > 0
}

// figure writes a number with all its decimals, the thousands set apart.
func figure(v float64, decimal, thousands string) string {
	whole, rest, broken := strings.Cut(strconv.FormatFloat(v, 'f', -1, 64), ".")
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "-", whole[1:]
	}
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + thousands + whole[i:]
	}
	if broken {
		whole += decimal + rest
	}
	return sign + whole
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
	t := geo.Text{EN: figure(*i.Value, ".", ","), ID: figure(*i.Value, ",", ".")}
	switch {
	case i.Min != nil && i.Max == nil:
		t.EN += " (for sure " + figure(*i.Min, ".", ",") + ")"
		t.ID += " (pasti " + figure(*i.Min, ",", ".") + ")"
	case i.Min != nil && *i.Min != *i.Max:
		t.EN += " (between " + figure(*i.Min, ".", ",") + " and " + figure(*i.Max, ".", ",") + ")"
		t.ID += " (antara " + figure(*i.Min, ",", ".") + " dan " + figure(*i.Max, ",", ".") + ")"
	}
	return t
}
