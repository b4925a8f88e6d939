package proximity

import (
	"kawasan/geo"
	"kawasan/geo/geodesy"
)

// tallied are the places of what is counted and summed among the values of the
// features of a collection, looked up once for all of them; -1 for what isn't there.
type tallied struct {
	collection        *geo.Collection
	kind, uncertainty int
	sums              []int
}

// of looks the places up, unless they are those of the feature before.
func (c *tallied) of(about *geo.Collection, sums []Sum) {
	if c.collection == about {
		return
	}
	c.collection = about
	c.kind, c.uncertainty = placeOf(about, "boundary_kind"), placeOf(about, uncertaintyProperty)
	c.sums = c.sums[:0]
	for _, s := range sums {
		c.sums = append(c.sums, placeOf(about, s.Property))
	}
}

// basis is that of a feature of the collection.
func (c *tallied) basis(f *geo.Feature) geodesy.Basis {
	if c.kind < 0 && c.uncertainty < 0 {
		return geodesy.Basis{}
	}
	return basis(f)
}

// placeOf is the place of a property among the values, -1 if there is none.
func placeOf(c *geo.Collection, property string) int {
	if i, ok := c.PropertyIndex(property); ok {
		return i
	}
	return -1
}

// numberAt gives the value at a place if it is a number.
func numberAt(f *geo.Feature, place int) (float64, bool) {
	if place < 0 || place >= len(f.Values) {
		return 0, false
	}
	return geo.NumberOf(f.Values[place])
}
