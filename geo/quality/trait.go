package quality

import (
	"slices"
	"strings"

	"kawasan/geo"
)

// trait is what the name of a property says of its values.
type trait struct {
	date bool    // it means to be a date
	code bool    // it is the code of a region
	unit float64 // in square metres, if it states the area; else 0
}

// traitsOf looks at the names of all properties of a collection.
func traitsOf(c *geo.Collection) []trait {
	list := make([]trait, len(c.Properties))
	for i, p := range c.Properties {
		name := strings.ToLower(p.Name)
		list[i] = trait{
			date: strings.Contains(name, "date") || strings.Contains(name, "tanggal") || strings.HasPrefix(name, "tgl"),
			code: slices.Contains(codeNames, name) || c.ID == "regencies" && p.Name == "code",
			unit: areaNames[name],
		}
	}
	return list
}

// traits are those of the properties of the feature. They are found once for the
// collection that is judged.
func (v *Examination) traits() []trait {
	if v.feature.Collection == v.judge.o.Collection {
		return v.judge.traits
	}
	return traitsOf(v.feature.Collection)
}
