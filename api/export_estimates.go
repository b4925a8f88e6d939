package api

import (
	"strconv"
	"strings"

	"kawasan/geo"
	"kawasan/geo/cql2"
	"kawasan/geo/format"
	"kawasan/geo/wording"
)

const (
	measuredFeatures = 100     // at most, from which the sizes of files are estimated
	measuredBytes    = 4 << 20 // of geometry; what is behind is not read
)

// figures count what some features of a collection hold, and take all for like them; of
// one that is in memory they lie apart, of others they are the first. Nil if it is empty,
// has an unknown number of features, or can't be read now.
func (x *exchange) figures(c *geo.Collection) *format.Figures {
	if c.Count <= 0 {
		return nil
	}
	pieces := 1
	if c.InMemory && c.Count > measuredFeatures {
		pieces = 4
	}
	figures := format.Figures{Collection: c}
	for i := range pieces {
		if !x.measure(&figures, c, int(c.Count)*i/pieces, measuredFeatures/pieces) {
			return nil
		}
	}
	all := figures.Of(c.Count)
	return &all
}

// measure adds some features to the figures, and reports whether they could be read.
func (x *exchange) measure(figures *format.Figures, c *geo.Collection, offset, limit int) bool {
	s, err := x.server.config.Reader.Open(x.ctx, geo.Query{Collection: c.ID, Offset: offset, Limit: limit, Principal: x.principal})
	if err != nil {
		return false
	}
	defer s.Close()
	read := 0
	for f, err := range s.Features() {
		if err != nil {
			return false
		}
		figures.Measure(f)
		if read += len(f.WKB); read > measuredBytes {
			break
		}
	}
	return true
}

// figuresOf takes that many features for like those given; nil where there is no telling.
func figuresOf(c *geo.Collection, features []*geo.Feature, count int) *format.Figures {
	if len(features) == 0 || count <= 0 {
		return nil
	}
	figures := format.Figures{Collection: c}
	for _, f := range features {
		figures.Measure(f)
	}
	all := figures.Of(int64(count))
	return &all
}

// downloadRow offers a file.
type downloadRow struct {
	Link             link
	Title, Use, Size string // Size is "" where it can't be told
}

// downloadRow offers a file, whose size is known, or estimated by figures where there are
// some. What is large and not built yet has a page before it.
func (x *exchange) downloadRow(f format.Format, l link, figures *format.Figures) downloadRow {
	row := downloadRow{Link: l, Title: f.Title.In(x.lang), Use: f.Use.In(x.lang)}
	switch {
	case l.Length > 0:
		row.Size = x.fileSize(float64(l.Length))
	case figures != nil:
		bytes := f.Size(*figures)
		row.Size = x.say("about size") + " " + x.fileSize(wording.Significant(bytes, 2))
		if !f.Streaming && bytes > slowBytes {
			row.Link = link{Href: strings.Replace(l.Href, "/items?", "/download?", 1)}
		}
	}
	return row
}

// fileSize writes a size for people.
func (x *exchange) fileSize(bytes float64) string {
	switch {
	case bytes < 1e6:
		return x.number(max(bytes/1e3, 1), 0) + " kB"
	case bytes < 1e9:
		return x.number(bytes/1e6, 1) + " MB"
	}
	return x.number(bytes/1e9, 1) + " GB"
}

// collectionFiles offers all of the collection at hand, each file by one of the links.
func (x *exchange) collectionFiles(links []link) []downloadRow {
	figures := x.figures(x.collection)
	var rows []downloadRow
	for _, l := range links {
		for _, f := range x.server.formats {
			if l.Rel == "enclosure" && l.Href == x.enclosureOf(x.collection, f.Name) {
				rows = append(rows, x.downloadRow(f, l, figures))
			}
		}
	}
	return rows
}

// filesOf offers what an address of items and its parameters select as files.
func (x *exchange) filesOf(c *geo.Collection, selection values, figures *format.Figures) []downloadRow {
	if x.lang != languages[0] {
		selection = selection.with("lang", x.lang)
	}
	rows := make([]downloadRow, 0, len(x.server.formats))
	for _, f := range x.server.formats {
		if f.NeedsGeometry && !c.HasGeometry() {
			continue
		}
		l := link{Href: x.url(collectionPath(c.ID)+"/items", selection.with("f", f.Name)), Type: f.MediaType}
		rows = append(rows, x.downloadRow(f, l, figures))
	}
	return rows
}

// onlyThis are the parameters that select one feature.
func onlyThis(f *geo.Feature) values {
	id := &cql2.Literal{Value: any(f.ID)}
	if n, err := strconv.ParseInt(f.ID, 10, 64); f.Collection.IntegerID && err == nil {
		id.Value = n
	}
	is := &cql2.Operation{Op: cql2.Equal, Args: []cql2.Expr{&cql2.Property{Name: f.Collection.NameOfID()}, id}}
	return values{{name: "filter", text: cql2.Text(is)}}
}
