package zone

import (
	"slices"
	"strings"

	"kawasan/geo"
	"kawasan/geo/proximity"
	"kawasan/geo/wording"
)

// say writes a sentence on the areas, and one on each distance, count and sum that was asked for all.
func (c *Comparison) say() {
	var all []Statement
	if t, ok := c.areas(); ok {
		all = append(all, Statement{t, c.cited(nil)})
	}
	for _, r := range c.Rows {
		_, key, grouped := strings.Cut(r.Key, " ")
		if !grouped {
			key = r.Key
		}
		if key == "nearest-1" || strings.HasPrefix(key, "within-") {
			all = append(all, Statement{c.rowSentence(r), c.cited(r.Cells)})
		}
	}
	var read []proximity.DataSource
	for _, p := range c.Profiles {
		for _, s := range p.Sources {
			if !slices.ContainsFunc(read, func(have proximity.DataSource) bool { return have.Collection == s.Collection }) {
				read = append(read, s)
			}
		}
	}
	slices.SortFunc(read, func(a, b proximity.DataSource) int { return strings.Compare(a.Collection, b.Collection) })
	c.Statements, c.Sentences = all, resting(all, read)
}

// cited names the sources of the cells, then those of the zones.
func (c *Comparison) cited(cells []*Item) (all []geo.Text) {
	for _, i := range cells {
		if i != nil {
			all = cite(all, i.Said.Source)
		}
	}
	for _, p := range c.Profiles {
		all = cite(all, p.source)
	}
	return all
}

// areas sets the areas side by side; false if none has any.
func (c *Comparison) areas() (geo.Text, bool) {
	var en, id []string
	for _, p := range c.Profiles {
		if t, ok := areaClause(p); ok {
			en, id = append(en, p.Called.In("en")+" ("+t.EN+")"), append(id, p.Called.In("id")+" ("+t.ID+")")
		}
	}
	return geo.Text{EN: "Area: " + strings.Join(en, "; ") + ".", ID: "Luas: " + strings.Join(id, "; ") + "."}, len(en) > 0
}

// rowSentence says what each zone has in a row.
func (c *Comparison) rowSentence(r ComparisonRow) geo.Text {
	head := heading(c.titleOf(r.Section), r.group())
	var all []geo.Text
	for n, cell := range r.Cells {
		name := c.Profiles[n].Name
		switch {
		case cell != nil && cell.Ref != "":
			all = append(all, wording.Say("from %s to %s %s", "dari %s ke %s %s", name, itemName(cell), cell.phrase()))
		default:
			all = append(all, wording.Say("%s %s", "%s %s", name, cell.phrase()))
		}
	}
	if what := r.what(); what.EN != "" {
		head = wording.Say("%s%s: ", "%s%s: ", head, wording.Inside(what))
	}
	return wording.Join("", head, wording.Join("; ", all...), geo.Text{EN: ".", ID: "."})
}

// itemName is what an item is called.
func itemName(i *Item) geo.Text { return geo.Text{EN: i.In("en").Name, ID: i.In("id").Name} }

// what is what a row gives for each zone: within 10 km. Empty for what has a name
// of its own in each zone.
func (r ComparisonRow) what() geo.Text {
	for _, cell := range r.Cells {
		if cell != nil && cell.Ref == "" {
			return itemName(cell)
		}
	}
	return geo.Text{}
}

// group words the value that a row was grouped by; empty if by none.
func (r ComparisonRow) group() geo.Text {
	for _, cell := range r.Cells {
		if cell != nil {
			return cell.Said.Group
		}
	}
	return geo.Text{}
}

// titleOf gives the title of a section.
func (c *Comparison) titleOf(section string) geo.Text {
	for _, p := range c.Profiles {
		for _, s := range p.Sections {
			if s.Name == section {
				return s.Title
			}
		}
	}
	return geo.Text{EN: section, ID: section}
}
