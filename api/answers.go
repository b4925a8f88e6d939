package api

// answerSchemas are the shapes of answers, all within the document, so that it
// can be read without a network.
func answerSchemas() object {
	ref := func(name string) object { return object{"$ref": "#/components/schemas/" + name} }
	list := func(of object) object { return object{"type": "array", "items": of} }
	needs := func(properties object, required ...string) object {
		return object{"type": "object", "required": required, "properties": properties}
	}
	links := list(ref("link"))
	count := object{"type": "integer", "minimum": 0}
	return object{
		"object": object{"type": "object"},
		"link": needs(object{"href": text(), "rel": text(), "type": text(), "title": text(), "hreflang": text(), "length": count, "method": choice("GET", "POST")},
			"href", "rel", "type"),
		"landingPage": needs(object{"title": text(), "description": text(), "links": links}, "title", "links"),
		"conformance": needs(object{"links": links, "conformsTo": list(text())}, "conformsTo"),
		"collections": needs(object{
			"links": links, "numberMatched": count, "numberReturned": count, "crs": list(text()),
			"collections": list(ref("collection")), "unpublished": list(object{"type": "object"}),
		}, "links", "collections"),
		"collection": needs(object{
			"id": text(), "title": text(), "description": text(), "keywords": list(text()), "license": text(), "attribution": text(),
			"extent": ref("extent"), "itemType": text(), "itemCount": count, "crs": list(text()), "storageCrs": text(), "links": links,
			"inMemory": object{"type": "boolean"}, "note": text(),
			"defects": list(needs(object{"kind": choice("without_id", "shared_id", "without_position"), "rows": count, "ids": list(text()), "detail": text()}, "kind", "rows", "detail")),
		}, "id", "links", "itemType", "crs"),
		"extent": object{"type": "object", "properties": object{
			"spatial": needs(object{
				"bbox": list(object{"type": "array", "minItems": 4, "maxItems": 4, "items": object{"type": "number"}}), "crs": text(),
			}, "bbox"),
			"temporal": needs(object{
				"interval": list(object{"type": "array", "minItems": 2, "maxItems": 2, "items": object{"type": "string", "format": "date-time", "nullable": true}}),
				"trs":      text(),
			}, "interval"),
		}},
		"featureCollection": needs(object{
			"type": choice("FeatureCollection"), "features": list(ref("feature")), "numberMatched": count, "numberReturned": count, "links": links,
		}, "type", "features", "numberReturned", "links"),
		"featureFile": needs(object{
			"type": choice("FeatureCollection"), "name": text(), "crs": object{"type": "object"}, "provenance": object{"type": "object"}, "features": list(ref("feature")),
		}, "type", "features"),
		"feature": needs(object{
			"type": choice("Feature"), "id": object{"oneOf": []any{text(), object{"type": "integer"}}},
			"geometry": ref("geometry"), "properties": object{"type": "object", "nullable": true}, "links": links,
		}, "type", "id", "geometry", "properties"),
		"geojson": object{"type": "object", "required": []string{"type"}, "properties": object{
			"type":        choice("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection", "Feature", "FeatureCollection"),
			"coordinates": object{"type": "array", "items": object{}}, "geometries": list(object{"type": "object"}),
			"geometry": object{"type": "object", "nullable": true}, "features": list(object{"type": "object"}), "properties": object{"type": "object", "nullable": true},
		}},
		"geometry": object{
			"type": "object", "nullable": true, "required": []string{"type"},
			"properties": object{
				"type":        choice("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection"),
				"coordinates": object{"type": "array", "items": object{}}, "geometries": list(object{"type": "object"}),
			},
		},
		"selfCheck": needs(object{
			"title": text(), "links": links, "works": object{"type": "boolean"}, "complete": object{"type": "boolean"}, "requests": count,
			"clients": list(needs(object{
				"name": text(), "version": text(),
				"features": list(needs(object{
					"feature": text(), "title": text(), "outcome": choice("works", "fails", "missing", "unchecked"), "why": text(), "request": text(),
				}, "feature", "title", "outcome")),
			}, "name", "features")),
		}, "works", "complete", "clients"),
		"functions": needs(object{
			"title": text(), "links": links,
			"functions": list(needs(object{
				"name": text(), "description": text(), "returns": list(text()), "x-signature": text(),
				"arguments": list(needs(object{"title": text(), "description": text(), "type": list(text())}, "type")),
			}, "name", "returns")),
		}, "functions"),
		"problem": needs(object{
			"type": text(), "title": text(), "status": object{"type": "integer"}, "detail": text(), "code": text(), "fix": text(), "suggestion": object{"type": "string", "format": "uri"},
			"parameter": text(), "line": object{"type": "integer"}, "column": object{"type": "integer"}, "pointer": text(),
			"feature": text(), "collection": text(), "coordinate": list(object{"type": "number"}),
		}, "type", "title", "status", "detail", "code"),
	}
}

func problemResponses() object {
	return object{"problem": object{
		"description": "What was wrong, where, and what would be right (RFC 9457)",
		"content": object{
			problemType: object{"schema": object{"$ref": "#/components/schemas/problem"}}, "text/html": object{"schema": text()},
		},
	}}
}
