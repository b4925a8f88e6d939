package api

import (
	"slices"
	"strings"

	"kawasan/geo"
)

// maxSortKeys bounds sortby.
const maxSortKeys = 8

// isQueryable reports whether a property can be a query parameter and a queryable.
func isQueryable(p geo.Property) bool { return p.Type != geo.JSON }

// isSortable reports whether features can be ordered by the property.
func isSortable(p geo.Property) bool { return p.Type != geo.JSON && !p.Type.IsArray() }

// parseSort reads sortby: names with + (ascending, the default) or - before them.
func parseSort(text string, c *geo.Collection) ([]geo.SortKey, error) {
	if text == "" {
		return nil, nil
	}
	var keys []geo.SortKey
	for part := range strings.SplitSeq(text, ",") {
		name := strings.TrimSpace(part) // a literal + arrives as a space
		descending := strings.HasPrefix(name, "-")
		name = strings.TrimLeft(name, "+-")
		p, ok := c.Property(name)
		if !ok || !isSortable(p) {
			return nil, notAProperty("sortby", name, c, isSortable, "the property %q can't be sorted by")
		}
		if slices.ContainsFunc(keys, func(k geo.SortKey) bool { return k.Property == name }) {
			return nil, geo.Invalidf("sortby", "%s is named twice", name).Try("name each property once")
		}
		keys = append(keys, geo.SortKey{Property: name, Descending: descending})
	}
	if len(keys) > maxSortKeys {
		return nil, geo.Invalidf("sortby", "sortby names %d properties", len(keys)).Try("at most %d", maxSortKeys)
	}
	return keys, nil
}

// parseSelection reads properties: the names wanted, in the collection's order.
func parseSelection(text string, c *geo.Collection) ([]string, error) {
	wanted := map[string]bool{}
	for part := range strings.SplitSeq(text, ",") {
		name := strings.TrimSpace(part)
		if name == "" && text == "" {
			break
		}
		if _, ok := c.Property(name); !ok {
			return nil, notAProperty("properties", name, c, func(geo.Property) bool { return true }, "the property %q can't be selected")
		}
		wanted[name] = true
	}
	names := []string{}
	for _, p := range c.Properties {
		if wanted[p.Name] {
			names = append(names, p.Name)
		}
	}
	return names, nil
}

func notAProperty(parameter, name string, c *geo.Collection, usable func(geo.Property) bool, format string) error {
	var names []string
	for _, p := range c.Properties {
		if usable(p) {
			names = append(names, p.Name)
		}
	}
	e := geo.Invalidf(parameter, "collection %s has no property %q", c.ID, geo.Clip(name))
	if _, exists := c.Property(name); exists {
		e = geo.Invalidf(parameter, format, geo.Clip(name))
	}
	if near := geo.Nearest(name, names); near != "" {
		return e.Try("did you mean %s?", near)
	}
	return e.Try("one of %s", strings.Join(names, ", "))
}
