package api

import (
	"kawasan/geo/zone"
)

// chart is a small chart for a page, drawn as SVG without scripts: one row a
// value, with what it can be as a line. Areas and counts are bars from 0,
// distances are dots.
type chart struct {
	Title         string
	Width, Height int
	Rows          []chartRow
}

type chartRow struct {
	Label, Text string
	Y           int
	Value       string // place of the value
	Bar         string // length of the bar; "" for a dot
	From, To    string // ends of what it can be; "" when nothing is said
	Open        bool   // the upper end is not known
}

const (
	chartWidth = 640
	chartLabel = 240 // where labels end
	chartPlot  = 290 // length of the plot
	chartWord  = 36  // characters of a label
	chartRowAt = 22
)

// chartOf draws items of one unit; nil when fewer than two have a value.
func (x *exchange) chartOf(title, unit string, items []zone.Item, label func(zone.Item) string) *chart {
	c := &chart{Title: title, Width: chartWidth}
	most := 0.0
	for _, i := range items {
		if i.Unit != unit || i.Value == nil {
			continue
		}
		most = max(most, *i.Value)
		if i.Max != nil {
			most = max(most, *i.Max)
		}
	}
	if most <= 0 {
		return nil
	}
	at := func(v float64) string { return decimal(chartLabel + 8 + max(0, v)/most*chartPlot) }
	for _, i := range items {
		if i.Unit != unit || i.Value == nil {
			continue
		}
		value, _, _ := x.rounded(i)
		row := chartRow{Label: shorten(label(i), chartWord), Text: value, Y: chartRowAt * (len(c.Rows) + 1), Value: at(*i.Value)}
		if unit != "m" {
			row.Bar = decimal(max(0, *i.Value) / most * chartPlot)
		}
		if i.Min != nil && (i.Max == nil || *i.Min < *i.Max) {
			row.From, row.To, row.Open = at(*i.Min), at(most), i.Max == nil
			if i.Max != nil {
				row.To = at(*i.Max)
			}
		}
		c.Rows = append(c.Rows, row)
	}
	if len(c.Rows) < 2 {
		return nil
	}
	c.Height = chartRowAt*len(c.Rows) + 12
	return c
}

// charts draws the values of a section, one chart a unit.
func (x *exchange) charts(title string, items []zone.Item, label func(zone.Item) string) []*chart {
	var all []*chart
	for _, unit := range []string{"ha", "m", ""} {
		if c := x.chartOf(title, unit, items, label); c != nil {
			all = append(all, c)
		}
	}
	return all
}

// shorten cuts a label that would be longer than its place.
func shorten(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}

// references numbers texts by their first use, so that each stands once on a page.
type references struct {
	Texts  []string
	number map[string]int
}

func (r *references) of(text string) int {
	if r.number == nil {
		r.number = map[string]int{}
	}
	n, ok := r.number[text]
	if !ok {
		r.Texts = append(r.Texts, text)
		n = len(r.Texts)
		r.number[text] = n
	}
	return n
}
