package api

import (
	"slices"

	"kawasan/geo/bbox"
)

// object is a JSON object of the OpenAPI document and of the schemas; it is
// written with its names in order, so the same content gives the same bytes.
type object = map[string]any

func text() object { return object{"type": "string"} }

func choice(names ...string) object { return object{"type": "string", "enum": names} }

// choiceOr is a choice whose first name is what holds without it.
func choiceOr(names ...string) object {
	return object{"type": "string", "enum": names, "default": names[0]}
}

// commonParameters are taken everywhere: form, language, and the keys that
// clients append to every request.
func commonParameters(forms []*representation) []*parameter {
	var names []string
	for _, r := range forms {
		names = append(names, r.name)
		if r == asGeoJSON && !slices.ContainsFunc(forms, func(r *representation) bool { return r.name == "geojson" }) {
			names = append(names, "geojson")
		}
	}
	return []*parameter{
		{name: "f", description: "The form of the answer; without it the Accept header decides", schema: choice(names...)},
		{name: "lang", description: "The language of titles and pages: English or Indonesian", schema: choice(languages...)},
		{name: "token", description: "An access key, as ArcGIS sends it", schema: text(), secret: true},
		{name: "api_key", description: "An access key", schema: text(), secret: true},
	}
}

func itemParameters(forms []*representation) []*parameter {
	return append(commonParameters(forms), dataVersionParameter(),
		&parameter{name: "crs", description: "The reference system of the answer's positions, by URI", schema: object{"type": "string", "default": uriCRS84}},
		&parameter{name: "properties", description: "The attributes wanted, separated by commas; all without it", schema: object{"type": "array", "items": text()}, list: true},
		&parameter{name: "zoom-level", description: "The zoom level of a web map (WebMercatorQuad) at which geometries will be shown: what can't be seen there is left out", schema: object{"type": "number", "minimum": 0}},
		&parameter{name: "max-allowable-offset", description: "How far in metres a simplified line may lie from the stored one", schema: object{"type": "number", "minimum": 0}},
		&parameter{name: "coordinate-precision", description: "The most decimals of a coordinate in GeoJSON, in the unit of crs; never more than are meaningful there", schema: object{"type": "integer", "minimum": 0, "maximum": maxPrecision}},
	)
}

func itemsParameters(forms []*representation) []*parameter {
	whole := func(least int) object { return object{"type": "integer", "minimum": least, "default": 0} }
	return append(append(itemParameters(forms), choiceParameters()...),
		&parameter{
			name: "limit", description: "The most features on a page; more than the maximum is taken as the maximum", lastWins: true,
			schema: object{"type": "integer", "minimum": 1, "maximum": maxLimit, "default": defaultLimit}, capped: true,
		},
		&parameter{name: "offset", description: "How many features to skip; the next link is quicker and surer", schema: whole(0)},
		&parameter{name: "startindex", description: "The same as offset", schema: whole(0)},
		&parameter{name: "cursor", description: "A place in the order of the features, from a next or prev link", form: "one from a next or prev link", schema: object{"type": "string", "minLength": 1}},
		&parameter{
			name: "bbox", description: "A box that the features meet: " + bbox.Form, form: bbox.Form, list: true,
			schema: object{"type": "array", "minItems": 4, "maxItems": 6, "items": object{"type": "number"}},
		},
		&parameter{name: "bbox-crs", description: "The reference system of bbox, by URI", schema: object{"type": "string", "default": uriCRS84}},
		&parameter{
			name: "sortby", description: "Properties to sort by, separated by commas; - before a name sorts downward. Nulls come last", emptyIsNone: true,
			schema: object{"type": "array", "items": text()}, list: true,
		},
		&parameter{name: "q", description: "Words that all occur in the texts of a feature, whatever their case and accents", schema: text(), emptyIsNone: true},
		&parameter{name: "resultType", description: "hits gives the number of features alone", schema: choiceOr("results", "hits")},
	)
}

// choiceParameters choose features by what they are, wherever features are asked for.
func choiceParameters() []*parameter {
	return []*parameter{
		{name: "datetime", description: "When the features were valid: " + datetimeForm, form: datetimeForm, schema: object{"type": "string", "minLength": 1}, unexploded: true},
		{
			name: "filter", description: "A condition in CQL2 that the features fulfil, such as planted_area_ha > 1000 AND S_INTERSECTS(geometry, BBOX(116,-2,117,0)); the names are those of the queryables", emptyIsNone: true,
			schema: text(),
		},
		{name: "filter-lang", description: "The encoding of filter", schema: choiceOr("cql2-text", "cql2-json"), emptyIsNone: true},
		{name: "filter-crs", description: "The reference system of the geometries in filter, by URI", schema: object{"type": "string", "default": uriCRS84}, emptyIsNone: true},
	}
}
