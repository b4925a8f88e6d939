package api

import (
	"strings"

	"kawasan/geo"
	"kawasan/geo/wording"
)

const schemaDialect = "https://json-schema.org/draft/2020-12/schema"

// schemaOf makes the handler of one of a collection's schemas.
func (s *Server) schemaOf(build func(c *geo.Collection, lang string) object) func(*exchange) error {
	return func(x *exchange) error {
		if x.format == asHTML {
			return x.sendSchemaPage()
		}
		d := build(x.collection, x.lang)
		d["$schema"] = schemaDialect
		d["$id"] = x.base + x.path
		if d["title"] = x.collection.Title.In(x.lang); d["title"] == "" {
			d["title"] = x.collection.ID
		}
		return x.sendDocument(x.stateOf(x.collection), "schema", d)
	}
}

// queryables are the names that filters and parameters may use.
func queryables(c *geo.Collection, lang string) object {
	properties := object{c.NameOfID(): idSchema(c)}
	if c.HasGeometry() {
		properties[c.NameOfGeometry()] = geometrySchema(c)
	}
	for i, p := range c.Properties {
		if isQueryable(p) {
			properties[p.Name] = propertySchema(c, p, i, lang)
		}
	}
	return object{"type": "object", "properties": properties, "additionalProperties": false}
}

// sortables are the names that sortby may use.
func sortables(c *geo.Collection, lang string) object {
	properties := object{}
	for i, p := range c.Properties {
		if isSortable(p) {
			properties[p.Name] = propertySchema(c, p, i, lang)
		}
	}
	return object{"type": "object", "properties": properties, "additionalProperties": false}
}

// returnables are the parts of a feature, flat, as OGC API Features Part 5 has them.
func returnables(c *geo.Collection, lang string) object {
	properties, required := object{c.NameOfID(): idSchema(c)}, []string{}
	if c.HasGeometry() {
		properties[c.NameOfGeometry()] = geometrySchema(c)
	}
	for i, p := range c.Properties {
		name := p.Name
		properties[name] = propertySchema(c, p, i, lang)
		if p.Required {
			required = append(required, name)
		}
	}
	d := object{"type": "object", "properties": properties, "additionalProperties": false}
	if len(required) > 0 {
		d["required"] = required
	}
	return d
}

// featureSchema is the schema of a feature as it is sent: a GeoJSON object. Its
// types are single names, null left unsaid: GDAL, for which it is, reads no lists.
func featureSchema(c *geo.Collection, lang string) object {
	attributes := object{}
	for i, p := range c.Properties {
		s := propertySchema(c, p, i, lang)
		delete(s, "enum")
		attributes[p.Name] = s
	}
	id := text()
	if c.IntegerID {
		id = object{"type": "integer"}
	}
	geometry := object{"type": "null"}
	if c.HasGeometry() {
		geometry = object{"oneOf": []any{object{"type": "null"}, object{"$ref": geometryRef(c)}}}
	}
	return object{
		"type": "object", "required": []string{"type", "geometry", "properties"},
		"properties": object{
			"type": object{"type": "string", "enum": []string{"Feature"}}, "id": id, "geometry": geometry,
			"properties": object{"type": "object", "properties": attributes},
		},
	}
}

func idSchema(c *geo.Collection) object {
	s := object{"type": "string", "title": c.NameOfID(), "x-ogc-role": "id", "x-ogc-propertySeq": 1, "readOnly": true}
	if c.IntegerID {
		s["type"] = "integer"
	}
	return s
}

func geometryRef(c *geo.Collection) string {
	return "https://geojson.org/schema/" + c.GeometryType + ".json"
}

func geometrySchema(c *geo.Collection) object {
	format := "geometry-" + strings.ToLower(c.GeometryType)
	if c.GeometryType == "Geometry" {
		format = "geometry-any"
	}
	return object{"title": c.NameOfGeometry(), "x-ogc-role": "primary-geometry", "x-ogc-propertySeq": 2, "format": format, "$ref": geometryRef(c)}
}

// wordsOf says what the values of a property that are codes mean, in a language.
func wordsOf(p geo.Property, lang string) map[string]string {
	words := map[string]string{}
	say := func(value string) {
		if text := wording.Value(p, value).In(lang); text != value {
			words[value] = text
		}
	}
	for _, value := range p.Enum {
		say(value)
	}
	for value := range p.Words {
		say(value)
	}
	return words
}

func propertySchema(c *geo.Collection, p geo.Property, place int, lang string) object {
	s := typeSchema(p.Type)
	if s["title"] = p.Title.In(lang); s["title"] == "" {
		s["title"] = p.Name
	}
	if d := p.Description.In(lang); d != "" {
		s["description"] = d
	}
	if p.Unit != "" {
		s["x-ogc-unit"] = p.Unit
	}
	if len(p.Enum) > 0 && !p.Type.IsArray() {
		s["enum"] = p.Enum
	}
	if words := wordsOf(p, lang); len(words) > 0 {
		s["x-kawasan-words"] = words
	}
	if p.ReadOnly {
		s["readOnly"] = true
	}
	s["x-ogc-propertySeq"] = place + 3
	switch {
	case p.Name == c.TimeStart && p.Name == c.TimeEnd:
		s["x-ogc-role"] = "primary-instant"
	case p.Name == c.TimeStart:
		s["x-ogc-role"] = "primary-interval-start"
	case p.Name == c.TimeEnd:
		s["x-ogc-role"] = "primary-interval-end"
	}
	return s
}

func typeSchema(t geo.PropertyType) object {
	list := func(of string) object { return object{"type": "array", "items": object{"type": of}} }
	switch t {
	case geo.Integer:
		return object{"type": "integer"}
	case geo.Number:
		return object{"type": "number"}
	case geo.Boolean:
		return object{"type": "boolean"}
	case geo.DateOnly:
		return object{"type": "string", "format": "date"}
	case geo.Timestamp:
		return object{"type": "string", "format": "date-time"}
	case geo.TextArray:
		return list("string")
	case geo.IntegerArray:
		return list("integer")
	case geo.NumberArray:
		return list("number")
	case geo.JSON:
		return object{}
	}
	return object{"type": "string"}
}
