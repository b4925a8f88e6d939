package api

import (
	"slices"
	"strings"

	"kawasan/geo"
	"kawasan/geo/wording"
)

// itemsColumn is an attribute in the table of items. Sort leads to the same page sorted by
// it, or, if it is sorted by it, the other way round; "" where it can't be sorted.
type itemsColumn struct {
	geo.Property
	Heading, Sort, Order string // Order is ascending or descending, or "" for neither
	Number               bool
}

// itemsRow is a feature; its first cell is what it is called, and leads to its page.
type itemsRow struct {
	ID, Name, Href string
	Cells          []string
}

// tableColumns bounds how many attributes the table of items shows.
const tableColumns = 8

// certainty are the attributes that say what a position is worth: they are always shown.
var certainty = []string{"boundary_kind", "position_uncertainty_m"}

// onItsPage are attributes that any collection may have and that a feature's own page has room for.
var onItsPage = []string{
	"aliases", "source", "source_date", "licence", "valid_from", "valid_to", "instrument", "confidence", "method", "attribute_source", "note", "revision",
}

// itemsColumns chooses what the table of these features shows: what is particular to the
// collection, then what positions are worth, then the rest; nothing that none of them has.
func (x *exchange) itemsColumns(c *geo.Collection, features []*geo.Feature) []itemsColumn {
	shown := func(p geo.Property) bool {
		return p.Type != geo.JSON && p.Name != "name" && slices.ContainsFunc(features, func(f *geo.Feature) bool { return f.Value(p.Name) != nil })
	}
	var own, worth, rest []geo.Property
	for _, p := range c.Properties {
		switch {
		case !shown(p):
		case slices.Contains(certainty, p.Name):
			worth = append(worth, p)
		case slices.Contains(onItsPage, p.Name):
			rest = append(rest, p)
		default:
			own = append(own, p)
		}
	}
	chosen := append(own[:min(len(own), tableColumns-len(worth))], worth...)
	chosen = append(chosen, rest[:min(len(rest), tableColumns-len(chosen))]...)
	columns := make([]itemsColumn, 0, len(chosen))
	for _, p := range chosen {
		columns = append(columns, x.itemsColumn(p))
	}
	return columns
}

// itemsColumn is the head of a column.
func (x *exchange) itemsColumn(p geo.Property) itemsColumn {
	c := itemsColumn{Property: p, Heading: wording.Title(p).In(x.lang), Number: p.Type == geo.Number || p.Type == geo.Integer}
	if !isSortable(p) {
		return c
	}
	by := p.Name
	switch x.values.text("sortby") {
	case p.Name, "+" + p.Name, " " + p.Name:
		c.Order, by = "ascending", "-"+p.Name
	case "-" + p.Name:
		c.Order = "descending"
	}
	c.Sort = x.url(x.path, x.values.without("cursor", "offset", "startindex").with("sortby", by).with("f", "html").with("lang", x.lang))
	return c
}

// itemsRow words a feature for the columns.
func (x *exchange) itemsRow(f *geo.Feature, columns []itemsColumn) itemsRow {
	row := itemsRow{ID: f.ID, Name: wording.Name(f).In(x.lang), Href: x.pageOf(f.Collection.ID, f.ID)}
	for _, c := range columns {
		// The unit is in the head of the table; with it figures are written alike.
		row.Cells = append(row.Cells, strings.TrimSuffix(x.cell(c.Property, f.Value(c.Name)), " "+c.Unit))
	}
	return row
}
