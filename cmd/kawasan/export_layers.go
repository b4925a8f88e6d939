package main

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"kawasan/geo"
	"kawasan/geo/bbox"
	"kawasan/geo/cql2"
	"kawasan/geo/crs"
	"kawasan/geo/format"
)

// exportLayer is a collection with what to read of it.
type exportLayer struct {
	query geo.Query
	layer format.Layer
	count int64 // -1 when it isn't known before
}

// layers turns the flags into a query for each collection.
func (e *exportCommand) layers(ctx context.Context, r geo.Reader) ([]exportLayer, error) {
	catalogue, err := r.Catalogue(ctx)
	if err != nil {
		return nil, err
	}
	names := e.Collections
	if e.All {
		names = append(names, catalogue.IDs()...)
	}
	var list []exportLayer
	for i, name := range names {
		c, err := catalogue.Collection(name)
		if err != nil {
			return nil, withNames(err, catalogue)
		}
		if slices.Contains(names[:i], name) {
			continue
		}
		l, err := e.layer(c)
		if err != nil {
			return nil, err
		}
		list = append(list, l)
	}
	return list, nil
}

// withNames names the collections that there are to who asked for one that isn't, unless it
// is known why that one is not published.
func withNames(err error, c *geo.Catalogue) error {
	e := geo.AsError(err)
	if slices.ContainsFunc(c.Unpublished, func(u geo.Unpublished) bool { return u.Table == e.Place.Collection }) {
		return err
	}
	return e.Try("one of %s", strings.Join(c.IDs(), ", "))
}

func (e *exportCommand) layer(c *geo.Collection) (l exportLayer, err error) {
	l = exportLayer{query: geo.Query{Collection: c.ID, Bulk: true}, layer: format.Layer{Collection: c, Query: e.said(c)}, count: c.Count}
	if e.CRS != "" {
		if l.layer.CRS, err = crs.Parse(e.CRS); err != nil {
			return l, err
		}
	}
	if e.BBox != "" {
		selected, err := e.box()
		if err != nil {
			return l, err
		}
		l.query.Bounds, l.query.Filter = selected.Bounds, selected.Filter
	}
	for _, name := range e.Properties {
		if _, ok := c.Property(name); !ok {
			return l, geo.Errorf(geo.Invalid, "collection %s has no attribute %q", c.ID, name).In("--properties").
				Try("one of %s", strings.Join(propertyNames(c), ", "))
		}
	}
	if len(e.Properties) > 0 {
		l.query.Properties, l.layer.Properties = e.Properties, e.Properties
	}
	if e.Filter != "" {
		f, err := filterOf(e.Filter, c)
		if err != nil {
			return l, err
		}
		l.query.Filter = cql2.All(l.query.Filter, f)
		if b, ok := f.Meets(); ok && l.query.Bounds == nil {
			l.query.Bounds = []orb.Bound{b} // so that the index is used; the filter decides
		}
	}
	if l.query.Filter != nil || l.query.Bounds != nil {
		l.count = -1
	}
	return l, nil
}

// filterOf reads a filter in the names of a collection.
func filterOf(text string, c *geo.Collection) (*cql2.Filter, error) {
	expression, err := cql2.ParseText(text)
	if err != nil {
		return nil, geo.AsError(err).In("--filter")
	}
	f, err := cql2.Check(expression, c, cql2.Options{Functions: cql2.StandardFunctions()})
	if err != nil {
		return nil, geo.AsError(err).In("--filter")
	}
	return f, nil
}

func propertyNames(c *geo.Collection) []string {
	var names []string
	for _, p := range c.Properties {
		names = append(names, p.Name)
	}
	return names
}

// box is what --bbox selects.
func (e *exportCommand) box() (s bbox.Selection, err error) {
	in, err := crs.Parse(cmp.Or(e.BBoxCRS, "OGC:CRS84"))
	if err != nil {
		return s, geo.AsError(err).In("--bbox-crs")
	}
	if s, err = bbox.Select(e.BBox, in); err != nil {
		return s, geo.AsError(err).In("--bbox")
	}
	return s, nil
}

// said is the command line as the file keeps it.
func (e *exportCommand) said(c *geo.Collection) string {
	words := []string{"kawasan export", c.ID}
	if e.Filter != "" {
		words = append(words, "--filter", strconv.Quote(e.Filter))
	}
	if e.BBox != "" {
		words = append(words, "--bbox", e.BBox)
	}
	if e.BBoxCRS != "" {
		words = append(words, "--bbox-crs", e.BBoxCRS)
	}
	if e.CRS != "" {
		words = append(words, "--crs", e.CRS)
	}
	if len(e.Properties) > 0 {
		words = append(words, "--properties", strings.Join(e.Properties, ","))
	}
	return strings.Join(words, " ")
}
