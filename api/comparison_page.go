package api

import (
	"cmp"
	"slices"
	"strings"

	"kawasan/geo"
	"kawasan/geo/wording"
	"kawasan/geo/zone"
)

// comparisonPage is what the page of a comparison shows.
type comparisonPage struct {
	comparisonDocument
	OnTheMap   string // address of the map
	Map        *pageMap
	Short      []string // short names of the zones, for where each value has one
	Many       bool     // too many zones for columns side by side
	Lines      []comparisonLine
	Statements []pageStatement
	References []string
}

// columnsAtMost is how many zones stand side by side; more stand one below the other.
const columnsAtMost = 4

type comparisonLine struct {
	Section string // given on the first line of a section alone
	Name    string
	Scale   string // what a full bar stands for
	Long    bool   // its texts need the whole width of a small screen
	Cells   []comparisonCell
}

// comparisonCell is what a zone says to a line; of areas claimed elsewhere it has several.
type comparisonCell struct {
	profileRow
	Claims []profileRow
}

// isLong reports whether a value takes more than some lines of a narrow column.
func (c comparisonCell) isLong() bool { return len(c.Claims) > 0 || len(c.Value) > 90 }

func (x *exchange) sendComparisonPage(c *zone.Comparison, d comparisonDocument) error {
	page := comparisonPage{comparisonDocument: d, OnTheMap: x.base + "/map?lang=" + x.lang, Many: len(d.Zones) > columnsAtMost}
	var features []*geo.Feature
	for _, z := range d.Zones {
		page.Short = append(page.Short, shortName(z.Name))
		if collection, id, ok := cutRef(z.Ref); ok {
			if f, err := geo.FeatureByID(x.ctx, x.reader, collection, id); err == nil {
				features = append(features, f)
			}
		}
	}
	page.Map = x.drawMap(x.ctx, features)
	last := ""
	var refs references
	claims := -1 // the line of claimed areas
	for n, r := range c.Rows {
		if r.Key == "claim" && claims >= 0 {
			x.addClaims(&page.Lines[claims], r, &refs)
			continue
		}
		line := x.comparisonLine(r, &refs)
		if r.Key == "claim" {
			claims = len(page.Lines)
			line = comparisonLine{Name: x.say("claimed areas"), Cells: make([]comparisonCell, len(r.Cells))}
			x.addClaims(&line, r, &refs)
		}
		if r.Section != last {
			line.Section, last = d.Rows[n].Title, r.Section
		}
		line.Long = slices.ContainsFunc(line.Cells, comparisonCell.isLong)
		page.Lines = append(page.Lines, line)
	}
	page.Statements = x.statements(c.Statements, &refs)
	page.References = refs.Texts
	return x.sendPage("comparison", page)
}

// comparisonLine is a row of the comparison, its values drawn on one scale.
func (x *exchange) comparisonLine(r zone.ComparisonRow, refs *references) comparisonLine {
	var items []zone.Item
	line := comparisonLine{}
	for _, item := range r.Cells {
		if item != nil {
			items = append(items, *item)
			line.Name = cmp.Or(line.Name, x.rowName(*item))
		}
	}
	scale, comparable := x.barScaleOf(quantities(items))
	if comparable {
		line.Scale = scale.Label
	}
	for _, item := range r.Cells {
		cell := comparisonCell{profileRow: profileRow{Value: "–"}}
		if item != nil {
			cell.profileRow = x.profileRow(*item, refs)
			cell.Name = ""
			if item.Ref != "" {
				cell.Name = item.In(x.lang).Name
			}
			if q, ok := quantity(*item); ok && comparable {
				cell.Bar = scale.draw(q)
			}
		}
		line.Cells = append(line.Cells, cell)
	}
	return line
}

// addClaims adds the areas that somebody claimed, which each zone has its own of, to a line.
func (x *exchange) addClaims(line *comparisonLine, r zone.ComparisonRow, refs *references) {
	for i, item := range r.Cells {
		if item != nil {
			line.Cells[i].Claims = append(line.Cells[i].Claims, x.profileRow(*item, refs))
		}
	}
}

// rowName is what an item is called whichever zone it is of.
func (x *exchange) rowName(i zone.Item) string {
	_, key, grouped := strings.Cut(i.Key, " ")
	if !grouped {
		key = i.Key
	}
	rank, isNearest := strings.CutPrefix(key, "nearest-")
	switch {
	case !isNearest:
		return cmp.Or(i.In(x.lang).Name, i.Key)
	case grouped:
		return i.In(x.lang).Group
	}
	return x.said(wording.Say("nearest, no. %s", "terdekat ke-%s", rank))
}

// shortName is the abbreviation that a name ends in, as in "Kawasan Industri Kariangau (KIK)", else
// the name.
func shortName(name string) string {
	if _, short, ok := strings.Cut(name, "("); ok && strings.HasSuffix(short, ")") && len(short) > 2 && len(short) < 12 {
		return strings.TrimSuffix(short, ")")
	}
	return name
}

// cutRef divides a ref into collection and id.
func cutRef(ref string) (collection, id string, ok bool) { return strings.Cut(ref, "/") }
