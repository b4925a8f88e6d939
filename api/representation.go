package api

import "kawasan/geo"

// representation is one form in which a resource can be had.
type representation struct {
	name      string // value of f
	mediaType string // Content-Type, as clients compare it
	title     geo.Text
	file      bool // made by geo/format
}

// The representations.
var (
	asJSON    = &representation{"json", "application/json", geo.Text{EN: "JSON"}, false}
	asGeoJSON = &representation{"json", "application/geo+json", geo.Text{EN: "GeoJSON"}, false}
	asSchema  = &representation{"json", "application/schema+json", geo.Text{EN: "JSON Schema"}, false}
	asOpenAPI = &representation{"json", "application/vnd.oai.openapi+json;version=3.0", geo.Text{EN: "OpenAPI 3.0"}, false}
	asYAML    = &representation{"yaml", "application/vnd.oai.openapi;version=3.0", geo.Text{EN: "OpenAPI 3.0 as YAML", ID: "OpenAPI 3.0 dalam YAML"}, false}
	asHTML    = &representation{"html", "text/html; charset=utf-8", geo.Text{EN: "HTML"}, false}
)

// alias names under which a representation can be asked for besides its own.
func (r *representation) named(f string) bool {
	return r.name == f || (r == asGeoJSON && f == "geojson")
}
