package tile

import (
	"fmt"
	"slices"
	"strconv"

	"kawasan/geo"
)

// maxCollections is how many collections one tile may show.
const maxCollections = 64

// Request asks for a tile.
type Request struct {
	Address Address
	// Collections become one layer each, in this order, named by their ids. One
	// that is named twice counts once.
	Collections []string
	// Filters limit the features of a collection, by its id.
	Filters map[string]geo.Filter
	// Time, AsOf and Principal limit the features as in [geo.Query].
	Time      *geo.Interval
	AsOf      *geo.Date
	Principal geo.Principal
	// Properties are the attributes wanted, nil all, empty none but id. Each must
	// exist in one of the collections at least.
	Properties []string
	// Uncertainty adds, for each collection that tells how uncertain its boundaries
	// are, a layer that shows it; see [UncertaintyLayer].
	Uncertainty bool
	// Labels adds, for each collection of areas, a layer that says where their
	// names stand; see [LabelLayer].
	Labels bool
}

// query asks for a collection's features in the tile; with a margin wide enough
// for vertices that are moved to the grid.
func (r Request) query(collection string) geo.Query {
	q := geo.Query{Collection: collection, Filter: r.Filters[collection], Time: r.Time, AsOf: r.AsOf, Principal: r.Principal}
	q.Bounds = append(q.Bounds, r.Address.bounds(margin+2*pixel))
	return q
}

// whole reports whether all features of a collection are wanted.
func (r Request) whole(collection string) bool {
	return r.Filters[collection] == nil && r.Time == nil && r.AsOf == nil && r.public()
}

func (r Request) public() bool { return r.Principal.Name == "" && r.Principal.Scopes == nil }

// layers gives the collections, each once.
func (r Request) layers() ([]string, error) {
	var ids []string
	for _, id := range r.Collections {
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
		if len(ids) > maxCollections {
			return nil, geo.Invalidf("collections", "more than %d collections are asked for", maxCollections).Try("fewer collections in one tile")
		}
	}
	if len(ids) == 0 {
		return nil, geo.Invalidf("collections", "no collection is named").Try("one collection at least")
	}
	return ids, nil
}

// key tells a request on data of certain versions from all others.
func (r Request) key(ids []string, versions []geo.Version) string {
	b := make([]byte, 0, 128)
	b = append(b, r.Address.Set.ID...)
	for _, n := range [...]int{r.Address.Zoom, r.Address.Row, r.Address.Col} {
		b = strconv.AppendInt(append(b, '/'), int64(n), 10)
	}
	for i, id := range ids {
		b = strconv.AppendQuote(append(b, '|'), id)
		b = strconv.AppendUint(append(b, '@'), uint64(versions[i]), 10)
		if f := r.Filters[id]; f != nil {
			b = strconv.AppendQuote(append(b, '?'), f.String())
		}
	}
	if r.Time != nil {
		b = append(b, "|time="...)
		if r.Time.Start != nil {
			b = append(b, geo.FormatTimestamp(*r.Time.Start)...)
		}
		b = append(b, '/')
		if r.Time.End != nil {
			b = append(b, geo.FormatTimestamp(*r.Time.End)...)
		}
	}
	if r.AsOf != nil {
		b = fmt.Appendf(b, "|asof=%d", *r.AsOf)
	}
	if r.Properties != nil {
		b = fmt.Appendf(b, "|properties=%q", r.Properties)
	}
	if r.Labels {
		b = append(b, "|labels"...)
	}
	if r.Uncertainty {
		b = append(b, "|uncertainty"...)
	}
	if !r.public() {
		b = fmt.Appendf(b, "|by=%q%q", r.Principal.Name, r.Principal.Scopes)
	}
	return string(b)
}
