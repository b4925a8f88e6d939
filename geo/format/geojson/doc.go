// Package geojson writes features as GeoJSON (RFC 7946) straight from their
// stored form: it appends to a buffer, builds no objects and uses no reflection.
//
// Coordinates have at most seven decimals (about 1 cm) without trailing zeros;
// exterior rings run counterclockwise, holes clockwise. Heights are kept, measures
// are not: GeoJSON has no place for them. An empty member of a Multi geometry is left
// out, since an empty list is no position.
package geojson

// DefaultDecimals is the number of decimals of a coordinate unless Options say otherwise.
const DefaultDecimals = 7

// Options say how a feature is written. The zero value asks for nothing special.
type Options struct {
	// Decimals of a coordinate: 0 means DefaultDecimals, below 0 none.
	Decimals int
	// Transform gives the coordinates to write, in the order in which they are
	// written, for a longitude and latitude. Nil writes longitude, latitude.
	Transform func(lon, lat float64) (x, y float64)
	// Properties are the attributes to write, in the collection's order; nil
	// means all. Names that the collection doesn't have are ignored.
	Properties []string
	// SkipGeometry writes null as the geometry.
	SkipGeometry bool
	// Geometry is the geometry of the feature as [Encoded] gave it. It is
	// copied where the other options ask for nothing special; nil if not at hand.
	Geometry []byte
	// LastProperties are the attributes from the one at LastFrom on, as [Encoded]
	// gave them of a feature that has these alone. They are copied where all
	// attributes are asked for; nil if not at hand.
	LastProperties []byte
	LastFrom       int
	// Members appends further members to the feature, each behind a comma:
	// ,"links":[...]
	Members func(dst []byte) []byte
}

func (o Options) decimals() int {
	switch {
	case o.Decimals == 0:
		return DefaultDecimals
	case o.Decimals < 0:
		return 0
	}
	return o.Decimals
}

// plain reports whether a feature that was encoded in advance fits.
func (o Options) plain() bool {
	return o.plainGeometry() && o.Properties == nil && !o.SkipGeometry
}

// plainGeometry reports whether a geometry that was encoded in advance fits.
func (o Options) plainGeometry() bool { return o.decimals() == DefaultDecimals && o.Transform == nil }
