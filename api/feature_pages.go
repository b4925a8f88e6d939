package api

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"kawasan/geo"
	"kawasan/geo/cql2"
	"kawasan/geo/wording"
)

// itemsPage is what the page of a collection's items shows.
type itemsPage struct {
	Title string
	// Description is that of the collection.
	Description string
	Collection  *geo.Collection
	NameColumn  itemsColumn
	Columns     []itemsColumn
	Rows        []itemsRow
	Matched     string // how many, in words; "" where it is not known
	Links       []link
	Files       []downloadRow
	Sortables   []question // by what it can be sorted: title, and name as Href
	SortBy      string
	Filter      string
	Search      string
	Names       []filterName // that a filter may use
	Limit       int
	Hidden      values // parameters that the form keeps
	Map         *pageMap
}

// filterName is a name that a filter may use, as it is written there.
type filterName struct{ Name, Type, Title string }

// filterNames lists the queryables of a collection.
func (x *exchange) filterNames(c *geo.Collection) []filterName {
	names := []filterName{{Name: cql2.Text(&cql2.Property{Name: c.NameOfID()}), Type: "text"}}
	if c.HasGeometry() {
		names = append(names, filterName{Name: c.NameOfGeometry(), Type: c.GeometryType})
	}
	for _, p := range c.Properties {
		if !isQueryable(p) {
			continue
		}
		n := filterName{Name: cql2.Text(&cql2.Property{Name: p.Name}), Type: string(p.Type), Title: p.Title.In(x.lang)}
		if p.Unit != "" {
			n.Type += " (" + wording.Unit(p.Unit, x.lang) + ")"
		}
		names = append(names, n)
	}
	return names
}

func (x *exchange) renderItemsPage(p *page) error {
	d := itemsPage{
		Title: cmp.Or(p.collection.Title.In(x.lang), p.collection.ID) + ": " + x.say("features"), Description: p.collection.Description.In(x.lang), Collection: p.collection, Limit: p.request.limit,
		SortBy: x.values.text("sortby"), Filter: x.values.text("filter"), Search: x.values.text("q"), Names: x.filterNames(p.collection),
	}
	if p.matched >= 0 {
		d.Matched = x.number(float64(p.matched), 0)
	}
	for _, property := range p.collection.Properties {
		if isSortable(property) {
			d.Sortables = append(d.Sortables, question{wording.Title(property).In(x.lang), property.Name})
		}
	}
	if by := d.SortBy; by != "" && !slices.ContainsFunc(d.Sortables, func(s question) bool { return s.Href == by }) {
		said := by
		if property, ok := p.collection.Property(strings.TrimLeft(by, "+- ")); ok {
			said = wording.Title(property).In(x.lang) + map[bool]string{true: " ▼"}[strings.HasPrefix(by, "-")]
		}
		d.Sortables = append(d.Sortables, question{said, by})
	}
	var features []*geo.Feature
	for {
		f, err := p.feature()
		if err != nil {
			return err
		}
		if f == nil {
			break
		}
		features = append(features, f)
	}
	d.NameColumn = itemsColumn{Heading: "id"}
	if property, ok := p.collection.Property("name"); ok {
		d.NameColumn = x.itemsColumn(property)
	}
	d.Columns = x.itemsColumns(p.collection, features)
	for _, f := range features {
		d.Rows = append(d.Rows, x.itemsRow(f, d.Columns))
	}
	var err error
	if d.Links, err = x.pageLinks(p); err != nil {
		return err
	}
	for _, v := range x.values.without("limit", "sortby", "filter", "q", "cursor", "offset", "startindex") {
		if v.parameter == nil || !v.parameter.secret {
			d.Hidden = append(d.Hidden, v)
		}
	}
	d.Map = x.drawMap(x.ctx, features)
	all := x.values.without("limit", "cursor", "offset", "startindex", "lang")
	d.Files = x.filesOf(p.collection, all, figuresOf(p.collection, features, p.matched))
	body, err := x.server.pages.render(x, "items", d)
	if err != nil {
		return err
	}
	return x.send(body)
}

// Name and Text give a parameter to the form of the page.
func (v value) Name() string { return v.name }

// Text is the value as sent.
func (v value) Text() string { return v.text }

type featurePage struct {
	Title      string
	Collection *geo.Collection
	Feature    *geo.Feature
	Lang       string
	Rows       []featureRow
	Links      []link
	Map        *pageMap
	Basis      *basis
	Leads      []question // what can be asked about it
	Files      []downloadRow
}

type featureRow struct {
	Name, Title string
	Value       string
	Lines       []string // instead, where it has several
}

func (x *exchange) renderFeaturePage(f *geo.Feature, links []link) error {
	d := featurePage{Title: x.said(wording.Name(f)), Collection: f.Collection, Feature: f, Lang: x.lang, Links: links}
	for _, p := range f.Collection.Properties {
		if v := f.Value(p.Name); v != nil {
			d.Rows = append(d.Rows, featureRow{p.Name, wording.Title(p).In(x.lang), x.cell(p, v), x.lines(p, v)})
		}
	}
	d.Map, d.Basis, d.Leads = x.drawMap(x.ctx, []*geo.Feature{f}), x.basisOf(f), x.leadsOf(f)
	d.Files = x.filesOf(f.Collection, onlyThis(f), figuresOf(f.Collection, []*geo.Feature{f}, 1))
	body, err := x.server.pages.render(x, "feature", d)
	if err != nil {
		return err
	}
	return x.send(body)
}

// leadsOf are questions that start at a feature, for each collection that can answer.
func (x *exchange) leadsOf(f *geo.Feature) []question {
	if len(f.WKB) == 0 {
		return nil
	}
	from := url.QueryEscape(f.Ref())
	list := []question{{x.say("profile"), x.pagePath("/zones/" + escapeSegment(f.ID) + "/profile?collection=" + url.QueryEscape(f.Collection.ID))}}
	for _, c := range x.catalogue.Collections {
		if c.HasGeometry() && c.ID != f.Collection.ID && c.GeometryType == "Point" && !c.Derived && c.Count != 0 {
			list = append(list, question{x.say("nearest") + ": " + c.Title.In(x.lang), x.pagePath("/proximity/nearest?from=" + from + "&to=" + url.QueryEscape(c.ID) + "&k=5" + x.publicOnly(c.ID))})
		}
	}
	return list[:min(len(list), 6)]
}
