package cql2

import (
	"encoding/json"
	"slices"
	"strings"

	"kawasan/geo"
)

// ParseJSON reads a filter in CQL2 JSON. Faults are *geo.Error of code Invalid
// that name line, column and JSON pointer.
func ParseJSON(text string) (Expr, error) {
	if err := readable(text); err != nil {
		return nil, err
	}
	if strings.TrimSpace(text) == "" {
		return nil, invalid(Position{Line: 1, Column: 1}, "the filter is empty").Try(`an object {"op": …, "args": […]}`)
	}
	d := &jsonDecoder{jsonReader: newJSONReader(text)}
	v, err := d.document()
	if err != nil {
		return nil, err
	}
	e, err := d.expression(v)
	if err != nil {
		return nil, err
	}
	return e, shape(e)
}

// Parse reads a filter in the encoding that lang names: "cql2-text" (or empty) or "cql2-json".
func Parse(text, lang string) (Expr, error) {
	switch lang {
	case "", "cql2-text":
		return ParseText(text)
	case "cql2-json":
		return ParseJSON(text)
	}
	return nil, geo.Invalidf("filter-lang", "the filter language %q is not known", clip(lang)).Try("cql2-text or cql2-json")
}

type jsonDecoder struct{ *jsonReader }

func (d *jsonDecoder) fault(v *jsonValue, format string, args ...any) *geo.Error {
	expected := geo.Phrasef(format, args...)
	return invalid(d.at(v), "found %s, expected %s", v.kind(), expected).Try("%s", expected)
}

// expression turns a value into a node. Nesting was limited when it was read.
func (d *jsonDecoder) expression(v *jsonValue) (Expr, error) {
	switch t := v.value.(type) {
	case string, bool:
		return &Literal{Position: d.at(v), Value: t}, nil
	case json.Number:
		return literalNumber(d.at(v), t.String())
	case []*jsonValue:
		items, err := d.expressions(t)
		if err != nil {
			return nil, err
		}
		return &Array{Position: d.at(v), Items: items}, nil
	case map[string]*jsonValue:
		return d.object(v, t)
	}
	return nil, d.fault(v, `a value; {"op": "isNull", "args": […]} asks for values that are missing`)
}

func (d *jsonDecoder) expressions(values []*jsonValue) ([]Expr, error) {
	var all []Expr
	for _, v := range values {
		e, err := d.expression(v)
		if err != nil {
			return nil, err
		}
		all = append(all, e)
	}
	return all, nil
}

const memberNames = `an object with "op" and "args", "property", "date", "timestamp", "interval", "bbox" or "type"`

func (d *jsonDecoder) object(v *jsonValue, members map[string]*jsonValue) (Expr, error) {
	forms := []struct {
		member string
		others []string
		read   func(*jsonValue, map[string]*jsonValue) (Expr, error)
	}{
		{"op", []string{"args"}, d.operation},
		{"property", nil, d.property},
		{"date", nil, d.instant},
		{"timestamp", nil, d.instant},
		{"interval", nil, d.interval},
		{"type", []string{"coordinates", "geometries", "bbox", "crs"}, d.literalGeometry},
		{"bbox", nil, d.box},
	}
	for _, f := range forms {
		if _, ok := members[f.member]; !ok {
			continue
		}
		for name, m := range members {
			if name != f.member && !slices.Contains(f.others, name) {
				return nil, invalid(d.at(m), "the member %q does not belong beside %q", clip(name), f.member).Try("an object without it")
			}
		}
		return f.read(v, members)
	}
	return nil, d.fault(v, memberNames)
}

func (d *jsonDecoder) operation(v *jsonValue, members map[string]*jsonValue) (Expr, error) {
	name, ok := members["op"].value.(string)
	if !ok || name == "" {
		return nil, d.fault(members["op"], "the name of an operator or a function")
	}
	list, ok := members["args"]
	if !ok {
		return nil, invalid(d.at(v), `the object has no member "args"`).Try(`"args" with a list`)
	}
	values, ok := list.value.([]*jsonValue)
	if !ok {
		return nil, d.fault(list, "a list of arguments")
	}
	args, err := d.expressions(values)
	if err != nil {
		return nil, err
	}
	if op, ok := operatorNamed(name); ok {
		return &Operation{Position: d.at(v), Op: op, Args: args}, nil
	}
	if !plainName(name) {
		return nil, invalid(d.at(members["op"]), "%q is no operator", clip(name)).
			Try("an operator of CQL2, such as \"=\", \"and\", \"s_intersects\", or a function of /functions")
	}
	return &Call{Position: d.at(v), Name: name, Args: args}, nil
}

// plainName reports whether text can write the name without quotes.
func plainName(name string) bool {
	for i, r := range name {
		if i == 0 && !isNameStart(r) || !isNamePart(r) {
			return false
		}
	}
	return name != "" && !reserved(name)
}

func (d *jsonDecoder) property(v *jsonValue, members map[string]*jsonValue) (Expr, error) {
	name, ok := members["property"].value.(string)
	if !ok || name == "" {
		return nil, d.fault(members["property"], "the name of a property")
	}
	return &Property{Position: d.at(v), Name: name}, nil
}

func (d *jsonDecoder) instant(v *jsonValue, members map[string]*jsonValue) (Expr, error) {
	m, date := members["date"]
	if !date {
		m = members["timestamp"]
	}
	s, ok := m.value.(string)
	if !ok {
		return nil, d.fault(m, "%s", instantForm(date))
	}
	value, ok := instantValue(date, s)
	if !ok {
		return nil, d.fault(m, "%s", instantForm(date))
	}
	return &Literal{Position: d.at(v), Value: value}, nil
}

func (d *jsonDecoder) interval(v *jsonValue, members map[string]*jsonValue) (Expr, error) {
	ends, ok := members["interval"].value.([]*jsonValue)
	if !ok || len(ends) != 2 {
		return nil, d.fault(members["interval"], "a list of two ends: %s", geo.Phrasef(intervalForm))
	}
	e := &Interval{Position: d.at(v)}
	for i, place := range []*Expr{&e.Start, &e.End} {
		var err error
		if s, isText := ends[i].value.(string); isText {
			*place, err = intervalEnd(d.at(ends[i]), s)
		} else {
			*place, err = d.expression(ends[i])
		}
		if err != nil {
			return nil, err
		}
	}
	return e, nil
}
