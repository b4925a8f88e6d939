package api

import "strings"

// templated writes the variables of a path as OpenAPI does, in braces.
func templated(path string) string {
	segments := strings.Split(path, "/")
	for i, s := range segments {
		if name, ok := strings.CutPrefix(s, ":"); ok {
			segments[i] = "{" + name + "}"
		}
	}
	return strings.Join(segments, "/")
}

// pathParameters describes the variables of a path but collection and feature,
// which are described elsewhere.
func pathParameters(path string) []any {
	var list []any
	for s := range strings.SplitSeq(path, "/") {
		name, ok := strings.CutPrefix(s, ":")
		if !ok || name == "collection" || name == "feature" {
			continue
		}
		schema := text()
		switch name {
		case "tileMatrixSetId":
			schema = choice("WebMercatorQuad", "WorldCRS84Quad")
		case "styleId":
			schema = choice("light", "dark", "print")
		case "tileRow", "tileCol", "z", "x":
			schema = object{"type": "integer", "minimum": 0}
		}
		list = append(list, object{"name": name, "in": "path", "required": true, "schema": schema})
	}
	return list
}
