package api

import (
	"strconv"
	"strings"

	"kawasan/geo"
	"kawasan/geo/proximity"
	"kawasan/geo/wording"
	"kawasan/geo/zone"
)

// filledIn reads the criteria that the form was filled in with. What measures nothing was
// not used.
func (x *exchange) filledIn(c *geo.Collection) ([]zone.Criterion, error) {
	var all []zone.Criterion
	for n := 1; n <= zone.MaxCriteria; n++ {
		if x.values.text(fieldOf(n, "measure")) == "" {
			continue
		}
		one, err := x.criterion(c, n)
		if err != nil {
			return nil, err
		}
		for i := range all {
			if all[i].Name == one.Name {
				one.Name += " " + strconv.Itoa(n)
			}
		}
		all = append(all, one)
	}
	return all, nil
}

// criterion reads the fields of one criterion.
func (x *exchange) criterion(c *geo.Collection, n int) (zone.Criterion, error) {
	field := func(name string) string { return strings.TrimSpace(x.values.text(fieldOf(n, name))) }
	one := zone.Criterion{Name: field("name"), Direction: zone.Direction(field("direction"))}
	if one.Direction == "" {
		one.Direction = zone.More
	}
	measure := field("measure")
	kind, what, _ := strings.Cut(measure, ":")
	unit, label := "", measure
	switch kind {
	case "area":
		one.Area, unit = true, "ha"
	case "property":
		one.Property = what
		p, _ := c.Property(what)
		unit = p.Unit
	case "nearest":
		one.Nearest, unit = &zone.Around{Collection: what, Filter: field("filter")}, "m"
	case "within", "sum":
		collection, sum, _ := strings.Cut(what, ":")
		d, err := proximity.ParseDistance(x.pointed(field("distance")))
		if err != nil || d == 0 {
			return one, geo.Invalidf(fieldOf(n, "distance"), "criterion %d counts within a distance, but %q is none", n, geo.Clip(field("distance"))).
				Try("a number with a unit, such as 50 km")
		}
		one.Within = &zone.Ring{Around: zone.Around{Collection: collection, Filter: field("filter")}, DistanceM: d, Sum: sum}
		if around, err := x.catalogue.Collection(collection); err == nil && sum != "" {
			p, _ := around.Property(sum)
			unit = p.Unit
		}
	default:
		return one, geo.Invalidf(fieldOf(n, "measure"), "%q can't be measured", geo.Clip(measure)).Try("one of the choices of the form")
	}
	for _, group := range x.measures(c.ID) {
		for _, option := range group.Options {
			if option.Value == measure {
				label = option.Label
			}
		}
	}
	if one.Name == "" {
		one.Name = label
	}
	var err error
	if one.Weight, err = x.weight(n, field("weight")); err != nil {
		return one, err
	}
	if one.AtLeast, err = x.limit(fieldOf(n, "at_least"), field("at_least"), unit); err != nil {
		return one, err
	}
	one.AtMost, err = x.limit(fieldOf(n, "at_most"), field("at_most"), unit)
	return one, err
}

// weight reads a weight; 1 for none.
func (x *exchange) weight(n int, text string) (float64, error) {
	if text == "" {
		return 1, nil
	}
	w, err := strconv.ParseFloat(x.pointed(text), 64)
	if err != nil || !(w >= 0) {
		return 0, geo.Invalidf(fieldOf(n, "weight"), "%q is not a weight", geo.Clip(text)).Try("a number of 0 or more")
	}
	return w, nil
}

// limit reads a hard limit in the unit of what is measured; nil for none. A length must say its unit.
func (x *exchange) limit(name, text, unit string) (*float64, error) {
	if text == "" {
		return nil, nil //nolint:nilnil // no limit
	}
	number := x.pointed(text)
	if unit == "m" {
		d, err := proximity.ParseDistance(number)
		if err != nil {
			return nil, geo.AsError(err).In(name)
		}
		return &d, nil
	}
	if unit != "" {
		number = strings.TrimSpace(strings.TrimSuffix(number, unit))
	}
	v, err := strconv.ParseFloat(number, 64)
	if err != nil {
		return nil, geo.Invalidf(name, "%q is not a limit", geo.Clip(text)).Try("a number without thousands apart, such as %s", wording.Measured(50, unit, x.lang))
	}
	return &v, nil
}

// pointed writes a number that was typed in the language of the page with a decimal
// point. What may be thousands set apart stays as it is, and is refused as a number where it is wrong.
func (x *exchange) pointed(text string) string {
	if x.lang != "id" {
		return text
	}
	if strings.Count(text, ",") == 1 && !strings.Contains(text, ".") {
		return strings.Replace(text, ",", ".", 1)
	}
	if _, rest, ok := strings.Cut(text, "."); ok && len(strings.TrimRight(rest, " abcdefghijklmnopqrstuvwxyz")) == 3 {
		return strings.Replace(text, ".", ",", 1) // 1.000 is a thousand in Indonesian: let it be refused, not read as 1
	}
	return text
}
