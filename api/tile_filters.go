package api

import (
	"slices"
	"strings"

	"kawasan/geo"
	"kawasan/geo/cql2"
	"kawasan/geo/zone"
)

// filterOf is the parameter that limits one of several collections.
func filterOf(collection string) string { return "filter[" + collection + "]" }

// filteredBy gives the collection that a parameter filter[collection] limits.
func filteredBy(name string) (collection string, ok bool) {
	rest, ok := strings.CutPrefix(name, "filter[")
	if !ok || len(rest) < 2 || rest[len(rest)-1] != ']' {
		return "", false
	}
	return rest[:len(rest)-1], true
}

// withFilters adds the filters of single collections to an operation that takes them.
func withFilters(operation object, e *endpoint, collections []*geo.Collection) object {
	list, ok := operation["parameters"].([]any)
	if !e.takesFilters || !ok {
		return operation
	}
	for _, c := range collections {
		if c.HasGeometry() {
			list = append(list, parameterObject(&parameter{
				name: filterOf(c.ID), description: "A condition in CQL2 that the features of " + c.ID + " fulfil, besides filter", schema: text(),
			}))
		}
	}
	operation["parameters"] = list
	return operation
}

// filtersOf reads what limits the features of each of the collections: the
// parameters of the items where the path names one, otherwise filter, which must
// fit all of them, and filter[id] of each.
func (x *exchange) filtersOf(collections []*geo.Collection) (map[string]geo.Filter, error) {
	filters := map[string]geo.Filter{}
	if x.collection != nil {
		var items itemsRequest
		if err := x.parseFilters(&items); err != nil {
			return nil, err
		}
		filters[x.collection.ID] = items.query.Filter
		return filters, nil
	}
	if err := x.checkFiltered(collections); err != nil {
		return nil, err
	}
	common, options, err := x.readFilter("filter")
	if err != nil {
		return nil, err
	}
	for _, c := range collections {
		var parts []geo.Filter
		if common != nil {
			f, err := cql2.Check(common, c, options)
			if err != nil {
				return nil, commonFault(err, c, len(collections))
			}
			parts = append(parts, f)
		}
		own, options, err := x.readFilter(filterOf(c.ID))
		if err != nil {
			return nil, err
		}
		if own != nil {
			f, err := cql2.Check(own, c, options)
			if err != nil {
				return nil, inFilter(err, filterOf(c.ID))
			}
			parts = append(parts, f)
		}
		if len(parts) > 0 {
			filters[c.ID] = cql2.All(parts...)
		}
	}
	return filters, nil
}

// checkFiltered refuses filter[id] of a collection that is not shown.
func (x *exchange) checkFiltered(collections []*geo.Collection) error {
	for _, v := range x.values {
		id, ok := filteredBy(v.name)
		if ok && !slices.ContainsFunc(collections, func(c *geo.Collection) bool { return c.ID == id }) {
			return geo.Invalidf(geo.Clip(v.name), "the collection %q is not among those shown", geo.Clip(id)).Try("filter[id] with an id of collections, such as %s", filterOf(exampleOf(collections)))
		}
	}
	return nil
}

func exampleOf(collections []*geo.Collection) string {
	if len(collections) == 0 {
		return zone.DefaultCollection
	}
	return collections[0].ID
}

// commonFault says of which collection it is that a filter does not fit, and how to
// limit only those that it does fit.
func commonFault(err error, c *geo.Collection, of int) error {
	fault := geo.AsError(inFilter(err, "filter"))
	if fault.Code == geo.Invalid && of > 1 {
		what, fix := fault.Said()
		how := geo.Phrasef("filter[id] limits a single collection, filter all of them")
		if fault.Fix != "" {
			how = geo.Phrases("; ", fix, how)
		}
		return fault.Saying("%s (collection %s)", what, c.ID).Try("%s", how)
	}
	return fault
}
