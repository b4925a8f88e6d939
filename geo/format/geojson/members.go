package geojson

// Members are the members of a GeoJSON object whatever its type, as they stand
// there; nil where it has none.
type Members struct {
	Type, ID, CRS                  []byte
	Geometry, Properties, Features []byte // of a feature or a collection of them
	Coordinates, Geometries        []byte // of a geometry
}

// ReadMembers finds the members of an object that is valid JSON, without copying
// them; false if it is no object.
func ReadMembers(object []byte) (Members, bool) {
	var m Members
	ok, err := Each(object, func(name string, value []byte) error {
		m.Set(name, value)
		return nil
	})
	return m, ok && err == nil
}

// Set takes a member; others than those of GeoJSON are left out.
func (m *Members) Set(name string, value []byte) {
	switch name {
	case "type":
		m.Type = value
	case "id":
		m.ID = value
	case "crs":
		m.CRS = value
	case "geometry":
		m.Geometry = value
	case "properties":
		m.Properties = value
	case "features":
		m.Features = value
	case "coordinates":
		m.Coordinates = value
	case "geometries":
		m.Geometries = value
	}
}
