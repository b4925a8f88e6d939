package api

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"kawasan/geo"
)

// parseFilters reads the parameters that choose features by their attributes.
func (x *exchange) parseFilters(r *itemsRequest) error {
	var filters allOf
	if r.query.Filter != nil { // the exact test of bbox
		filters = append(filters, r.query.Filter)
	}
	for _, v := range x.values {
		p, ok := x.collection.Property(v.name)
		if !ok || declared(x.endpoint.parameters, v.name) != nil {
			continue
		}
		want, err := readValue(p, v.text)
		if err != nil {
			return err
		}
		filters = append(filters, equals{property: p, text: v.text, want: want})
	}
	switch len(filters) {
	case 0:
	case 1:
		r.query.Filter = filters[0]
	default:
		r.query.Filter = filters
	}
	return nil
}

// allOf is true where all of its filters are.
type allOf []geo.Filter

var _ geo.Filter = allOf{}

// Match asks each in turn.
func (a allOf) Match(f *geo.Feature) (bool, error) {
	for _, filter := range a {
		if ok, err := filter.Match(f); !ok || err != nil {
			return false, err
		}
	}
	return true, nil
}

// Properties are those of all, each once.
func (a allOf) Properties() []string {
	var names []string
	for _, filter := range a {
		for _, name := range filter.Properties() {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return names
}

// String joins them with AND.
func (a allOf) String() string {
	parts := make([]string, len(a))
	for i, filter := range a {
		parts[i] = filter.String()
	}
	return "(" + strings.Join(parts, ") AND (") + ")"
}

// equals is true where a property has a value, or, for a list, holds it.
type equals struct {
	property geo.Property
	text     string
	want     any
}

var _ geo.Filter = equals{}

// Match compares by the property's type; null equals nothing.
func (e equals) Match(f *geo.Feature) (bool, error) {
	switch v := f.Value(e.property.Name).(type) {
	case nil:
		return false, nil
	case []string:
		s, _ := e.want.(string)
		return slices.Contains(v, s), nil
	case []int64:
		n, _ := e.want.(int64)
		return slices.Contains(v, n), nil
	case []float64:
		n, _ := e.want.(float64)
		return slices.Contains(v, n), nil
	case time.Time:
		t, _ := e.want.(time.Time)
		return v.Equal(t), nil
	default:
		return v == e.want, nil
	}
}

// Properties is the one that is compared.
func (e equals) Properties() []string { return []string{e.property.Name} }

// String gives the comparison as CQL2 text.
func (e equals) String() string {
	return `"` + strings.ReplaceAll(e.property.Name, `"`, `""`) + `" = '` + strings.ReplaceAll(e.text, "'", "''") + "'"
}

// readValue reads the value of a property from a query parameter.
func readValue(p geo.Property, text string) (any, error) {
	wrong := func(form string) error {
		return geo.Invalidf(p.Name, "%q is not a value of %s", clip(text), p.Name).Try("%s", form)
	}
	switch p.Type {
	case geo.Integer, geo.IntegerArray:
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return nil, wrong("a whole number")
		}
		return n, nil
	case geo.Number, geo.NumberArray:
		n, err := parseNumber(text)
		if err != nil {
			return nil, wrong("a number such as 12.5")
		}
		return n, nil
	case geo.Boolean:
		switch strings.ToLower(text) {
		case "true":
			return true, nil
		case "false":
			return false, nil
		}
		return nil, wrong("true or false")
	case geo.DateOnly:
		d, err := geo.ParseDate(text)
		if err != nil {
			return nil, wrong("a day such as 2024-05-01")
		}
		return d, nil
	case geo.Timestamp:
		t, err := time.Parse(time.RFC3339Nano, strings.ToUpper(text))
		if err != nil {
			return nil, wrong("an instant such as 2024-05-01T00:00:00Z")
		}
		return t.UTC().Truncate(time.Microsecond), nil
	}
	return text, nil
}
