package intake

import (
	"fmt"
	"slices"

	"kawasan/geo"
	"kawasan/geo/columns"
)

// offer tells which columns usually mean something here that their names don't say.
// Nothing is mapped unless it is asked for.
func (p *plan) offer(o Options) {
	var names []string
	for _, property := range p.layer.Properties {
		if _, mapped := o.Map[property.Name]; !mapped && property.Name != o.ID {
			names = append(names, property.Name)
		}
	}
	for _, name := range o.Map { // what is mapped already is taken
		names = append(names, name)
	}
	offered := columns.Offer(names)
	offered = slices.DeleteFunc(offered, func(m columns.Mapping) bool {
		return !slices.ContainsFunc(p.layer.Properties, func(property geo.Property) bool { return property.Name == m.Column })
	})
	if len(offered) > 0 {
		p.notes = append(p.notes, fmt.Sprintf("columns with a usual meaning can become properties that are known here: %s", columns.Flags(offered)))
	}
}
