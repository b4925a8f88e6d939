package api

import (
	"kawasan/geo"
	"kawasan/geo/zone"
)

// lookupsForm says what look-ups look like.
const lookupsForm = `What to look for around, instead of what a profile looks for by itself: a JSON array of look-ups. Each has a section (its title), a collection, ` +
	`perhaps a filter (CQL2 text), and nearest (how many), group_by (a property: the nearest for each of its values), rings_m (distances in metres to count within), ` +
	`sum (a numeric property to sum within them, by area). For example [{"section":"Wells","collection":"wells","filter":"debit > 3","nearest":2,"rings_m":[10000]}]`

func lookupsParameter() *parameter {
	return &parameter{name: "lookups", emptyIsNone: true, description: lookupsForm, schema: text()}
}

// zoneOptions are the options of a profile or a comparison.
func (x *exchange) zoneOptions() (zone.Options, error) {
	o := zone.Options{Parse: x.server.parseFor, Principal: x.principal, Memory: x.server.memory}
	text, given := x.values.get("lookups")
	if !given {
		return o, nil
	}
	var err error
	o.Lookups, err = readList[zone.Lookup]("lookups", "look-up", `[{"section":"Ports","collection":"ports","nearest":3}]`, text)
	if err != nil {
		return o, err
	}
	if o.Lookups == nil {
		o.Lookups = []zone.Lookup{}
	}
	for _, l := range o.Lookups {
		switch {
		case l.Section == "" || l.Collection == "":
			return o, geo.Invalidf("lookups", "a look-up has no section or no collection").Try("both, as texts")
		case l.Nearest == 0 && len(l.RingsM) == 0:
			return o, geo.Invalidf("lookups", "the look-up %q looks for nothing", geo.Clip(l.Section)).Try("nearest, or rings_m")
		}
	}
	return o, nil
}
