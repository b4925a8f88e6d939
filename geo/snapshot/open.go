package snapshot

import (
	"context"

	"kawasan/geo"
)

// answers reports whether the view can answer a query just as its source would.
func (c *Collection) answers(q geo.Query) bool {
	if q.AtVersion != 0 && q.AtVersion != c.about.Version {
		return false
	}
	for _, k := range q.SortBy {
		if p, ok := c.about.Property(k.Property); ok && !sortable(p.Type) {
			return false
		}
	}
	return true
}

// Open answers a query from the view; q.Collection and q.AtVersion are taken as
// fitting. A query for a page of a box costs a walk of the R-tree and the exact
// test at the rim of the box, one without conditions the page alone, any
// other a pass over all features.
func (c *Collection) Open(ctx context.Context, q geo.Query) (geo.Selection, error) {
	if err := c.check(q); err != nil {
		return nil, err
	}
	if q.Unlocated {
		return c.openUnlocated(q)
	}
	p := pageOf(c, q)
	if q.IDs == nil && p.where.none() {
		return p.stream(), nil
	}
	p.reserve()
	var err error
	switch {
	case q.IDs != nil:
		err = p.fromIDs(ctx)
	case p.where.nowhere:
		err = p.fromNowhere(ctx)
	case p.where.bounds != nil:
		err = p.fromBoxes(ctx)
	default:
		err = p.fromAll(ctx)
	}
	if err != nil {
		return nil, err
	}
	return p.selection(), nil
}

// check refuses properties that do not exist.
func (c *Collection) check(q geo.Query) error {
	exists := func(name, parameter string) error {
		if _, ok := c.about.PropertyIndex(name); ok {
			return nil
		}
		return geo.Invalidf(parameter, "collection %q has no property %q", c.about.ID, name)
	}
	for _, name := range q.Properties {
		if err := exists(name, "properties"); err != nil {
			return err
		}
	}
	for _, k := range q.SortBy {
		if err := exists(k.Property, "sortby"); err != nil {
			return err
		}
	}
	return nil
}

// openUnlocated answers with the rows that have no position. They are few, have
// one order and know neither time nor box.
func (c *Collection) openUnlocated(q geo.Query) (geo.Selection, error) {
	wanted := idSet(q.IDs)
	var found []candidate
	for _, f := range c.unlocated {
		if len(q.IDs) > 0 && !wanted.has(f.ID) {
			continue
		}
		if q.Filter != nil {
			if ok, err := q.Filter.Match(f); err != nil {
				return nil, err
			} else if !ok {
				continue
			}
		}
		found = append(found, candidate{feature: f})
	}
	s := &selection{about: c.about, matched: len(found), counted: q.Count}
	found = found[min(max(q.Offset, 0), len(found)):]
	if q.Limit > 0 {
		found = found[:min(q.Limit, len(found))]
	}
	s.page = found
	return s, nil
}

// ids is a set of ids.
type ids map[string]struct{}

func idSet(list []string) ids {
	set := make(ids, len(list))
	for _, id := range list {
		set[id] = struct{}{}
	}
	return set
}

func (s ids) has(id string) bool { _, ok := s[id]; return ok }
