package cql2

import (
	"strconv"
	"strings"

	"kawasan/geo"
)

// Equals makes the expression for a query parameter ?property=value: the
// property has that value, or is a list that holds it. The text is read as the
// type of the property asks; the error names the parameter and the form.
func Equals(c *geo.Collection, property, text string) (Expr, error) {
	if err := readable(text); err != nil {
		return nil, geo.Invalidf(property, "the value of %s can't be read", clip(property)).Try("UTF-8 without U+0000")
	}
	b, ok := bind(c, property)
	if !ok {
		return nil, unknownProperty(Position{}, c, property).In(property)
	}
	if b.Role == IsGeometry || b.Type == geo.JSON {
		return nil, geo.Invalidf(property, "%s is %s, which has no value to compare with", clip(property), b.typ().noun()).
			Try("a condition in filter")
	}
	v, form := readValue(b.Type, text)
	if v == nil {
		return nil, geo.Invalidf(property, "%q is no value of %s", clip(text), clip(property)).Try("%s", form)
	}
	name, value := &Property{Name: property}, &Literal{Value: v}
	if b.Type.IsArray() {
		return &Operation{Op: AContains, Args: []Expr{name, &Array{Items: []Expr{value}}}}, nil
	}
	return &Operation{Op: Equal, Args: []Expr{name, value}}, nil
}

// readValue reads the text of a value; nil, and the form expected, if it can't.
func readValue(t geo.PropertyType, text string) (value any, form geo.Phrase) {
	switch t {
	case geo.Integer, geo.IntegerArray:
		if n, err := strconv.ParseInt(text, 10, 64); err == nil {
			return n, form
		}
		return nil, geo.Phrasef("a whole number such as 42")
	case geo.Number, geo.NumberArray:
		if strings.ContainsAny(text, "xXpP_iInN") {
			return nil, geo.Phrasef("a number such as 12.5")
		}
		if v, ok := readNumber(text); ok {
			return v, form
		}
		return nil, geo.Phrasef("a number such as 12.5")
	case geo.Boolean:
		switch strings.ToLower(text) {
		case "true", "1":
			return true, form
		case "false", "0":
			return false, form
		}
		return nil, geo.Phrasef("true or false")
	case geo.DateOnly, geo.Timestamp:
		if v, ok := readInstant(text); ok {
			return v, form
		}
		return nil, geo.Phrasef("a day as 2024-12-31 or an instant as 2024-12-31T23:59:59Z")
	}
	return text, form
}
