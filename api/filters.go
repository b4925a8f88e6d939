package api

import (
	"strings"

	"github.com/paulmach/orb"

	"kawasan/geo"
	"kawasan/geo/cql2"
)

// parseFilters reads the parameters that choose features by what they are: filter
// with its language and reference system, the properties by name, and q.
func (x *exchange) parseFilters(r *itemsRequest) error {
	parts, err := x.parseFilter()
	if err != nil {
		return err
	}
	equal, err := x.parsePropertyParameters()
	if err != nil {
		return err
	}
	var filters []geo.Filter
	if r.query.Filter != nil { // the exact test of bbox
		filters = append(filters, r.query.Filter)
	}
	for _, f := range append(parts, equal...) {
		filters = append(filters, f)
	}
	search, err := x.parseSearch()
	if err != nil {
		return err
	}
	if search != nil {
		filters = append(filters, search)
	}
	r.query.Filter = cql2.All(filters...)
	if len(r.query.Bounds) == 0 {
		for _, f := range parts {
			if box, ok := f.Meets(); ok {
				r.query.Bounds = []orb.Bound{box}
			}
		}
	}
	return nil
}

// parseFilter reads filter, filter-lang and filter-crs; empty without a filter.
func (x *exchange) parseFilter() ([]*cql2.Filter, error) {
	expression, options, err := x.readFilter("filter")
	if expression == nil || err != nil {
		return nil, err
	}
	f, err := cql2.Check(expression, x.collection, options)
	if err != nil {
		return nil, inFilter(err, "filter")
	}
	return []*cql2.Filter{f}, nil
}

// readFilter parses the filter of that parameter by filter-lang; it is not checked
// against a collection yet. Nil without a filter.
func (x *exchange) readFilter(name string) (cql2.Expr, cql2.Options, error) {
	options := cql2.Options{Functions: x.server.functions}
	in := x.server.systems()[0]
	var err error
	if text, given := x.values.get("filter-crs"); given {
		if in, err = x.findSystem("filter-crs", text); err != nil {
			return nil, options, err
		}
	}
	lang := x.values.text("filter-lang")
	text, given := x.values.get(name)
	if !given {
		return nil, options, nil
	}
	if lang == "" && strings.HasPrefix(strings.TrimSpace(text), "{") {
		return nil, options, geo.Invalidf(name, "the filter looks like CQL2 JSON, but without filter-lang it is read as CQL2 text").At(1, 1).
			Try("add filter-lang=cql2-json")
	}
	expression, err := cql2.Parse(text, lang)
	if err != nil {
		return nil, options, inFilter(err, name)
	}
	if in.URI != uriCRS84 {
		options.Transform = in.toLonLat
	} else if err := inDegrees(expression, name); err != nil {
		return nil, options, err
	}
	return expression, options, nil
}

// inFilter says that a fault lies in the parameter of that name, unless it says more.
func inFilter(err error, name string) error {
	if e := geo.AsError(err); e.Code != geo.Internal {
		return e.In(name)
	}
	return err
}

// parsePropertyParameters reads ?name=value for each queryable.
func (x *exchange) parsePropertyParameters() ([]*cql2.Filter, error) {
	var filters []*cql2.Filter
	for _, v := range x.values {
		if declared(x.endpoint.parameters, v.name) != nil || !isParameter(x.collection, v.name) {
			continue
		}
		expression, err := cql2.Equals(x.collection, v.name, v.text)
		if err != nil {
			return nil, err
		}
		f, err := cql2.Check(expression, x.collection, cql2.Options{Functions: x.server.functions})
		if err != nil {
			return nil, err
		}
		filters = append(filters, f)
	}
	return filters, nil
}

// isParameter reports whether a collection has a queryable of that name which
// can be given as ?name=value.
func isParameter(c *geo.Collection, name string) bool {
	if p, ok := c.Property(name); ok {
		return isQueryable(p)
	}
	return name == c.NameOfID()
}

// Bounds of q.
const (
	maxSearchBytes = 1000
	maxSearchWords = 32
)

// parseSearch reads q: words separated by blanks or commas, all of which occur.
func (x *exchange) parseSearch() (geo.Filter, error) {
	text, given := x.values.get("q")
	if !given {
		return nil, nil
	}
	words := strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' || r == '\t' || r == '\n' || r == '\r' || r == '\u00a0' })
	if len(text) > maxSearchBytes || len(words) > maxSearchWords {
		return nil, geo.Invalidf("q", "q is too long").Try("at most %d words in %d bytes", maxSearchWords, maxSearchBytes)
	}
	if len(words) == 0 {
		return nil, nil
	}
	return cql2.TextSearch(x.collection, words), nil
}
