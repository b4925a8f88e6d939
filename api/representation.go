package api

// representation is one form in which a resource can be had.
type representation struct {
	name      string // value of f
	mediaType string // Content-Type, as clients compare it
	title     string
	file      bool // made by geo/format
}

// The representations.
var (
	asJSON    = &representation{"json", "application/json", "JSON", false}
	asGeoJSON = &representation{"json", "application/geo+json", "GeoJSON", false}
	asSchema  = &representation{"json", "application/schema+json", "JSON Schema", false}
	asOpenAPI = &representation{"json", "application/vnd.oai.openapi+json;version=3.0", "OpenAPI 3.0", false}
	asYAML    = &representation{"yaml", "application/vnd.oai.openapi;version=3.0", "OpenAPI 3.0 as YAML", false}
	asHTML    = &representation{"html", "text/html; charset=utf-8", "HTML", false}
)

// alias names under which a representation can be asked for besides its own.
func (r *representation) named(f string) bool {
	return r.name == f || (r == asGeoJSON && f == "geojson")
}
