package api

import (
	"reflect"
	"strings"

	"kawasan/geo"
)

// openAPICache keeps the document of one catalogue and address.
type openAPICache struct {
	version geo.Version
	base    string
	body    []byte
}

// description answers /api as JSON, as YAML, and as a page.
func (s *Server) description(x *exchange) error {
	if x.format == asHTML {
		return x.sendDocument(x.stateOf(), "api", x.apiPage())
	}
	if x.begin(x.stateOf()) {
		return nil
	}
	if x.format == asYAML {
		return x.send(appendYAML(nil, s.openAPI(x)))
	}
	if held := s.openapi.Load(); held != nil && held.version != 0 && held.version == x.catalogue.Version && held.base == x.base {
		return x.send(held.body)
	}
	body, err := encodeJSON(s.openAPI(x))
	if err != nil {
		return err
	}
	s.openapi.Store(&openAPICache{version: x.catalogue.Version, base: x.base, body: body})
	return x.send(body)
}

// openAPI builds the document from the endpoints and the catalogue, with one
// literal path a collection: clients look their collection up by it.
func (s *Server) openAPI(x *exchange) object {
	parameters, paths := object{}, object{}
	for _, e := range s.endpoints {
		if e.hidden {
			continue
		}
		// What the first endpoint with a name declares is shared; f differs everywhere.
		for _, p := range e.parameters {
			if _, known := parameters[p.name]; !known && p.name != "f" {
				parameters[p.name] = parameterObject(p)
			}
		}
		if !strings.Contains(e.path, ":collection") {
			methods := object{"get": withFilters(operation(e, nil, parameters), e, x.catalogue.Collections)}
			if e.body != "" {
				methods["post"] = givenOperation(e, parameters)
			}
			paths[templated(e.path)] = methods
			continue
		}
		for _, c := range x.catalogue.Collections {
			path := strings.Replace(e.path, "/collections/:collection", collectionPath(c.ID), 1)
			paths[templated(strings.Replace(path, ":feature", "{featureId}", 1))] = object{"get": operation(e, c, parameters)}
		}
	}
	parameters["featureId"] = object{"name": "featureId", "in": "path", "required": true, "description": "The id of a feature", "schema": text()}
	return object{
		"openapi": "3.0.3",
		"info": object{
			"title": "Kawasan", "version": s.config.Version, "description": phrases()["about"].EN,
			"license": object{"name": "Apache-2.0", "url": "https://www.apache.org/licenses/LICENSE-2.0"},
		},
		"servers":    []any{object{"url": x.base}},
		"tags":       describeTags(),
		"paths":      paths,
		"components": object{"parameters": parameters, "schemas": answerSchemas(), "responses": problemResponses()},
	}
}

// operation describes the GET of an endpoint, of one collection or of none.
func operation(e *endpoint, c *geo.Collection, shared object) object {
	id, summary := e.id, e.summary.String()
	if c != nil {
		id, summary = c.ID+"."+e.id, c.Title.In("en")+": "+e.summary.String()
	}
	content := describeForms(e)
	responses := object{
		"200": object{"description": "The answer", "content": content}, "304": object{"description": "The client has this answer already"},
		"default": object{"$ref": "#/components/responses/problem"},
	}
	if e.exports {
		responses["206"] = object{"description": "The part of the file that Range asks for", "content": content}
	}
	return object{"operationId": id, "summary": summary, "tags": []string{e.tag}, "parameters": describeParameters(e, c, shared), "responses": responses}
}

// describeTags says what each tag of operations stands for.
func describeTags() []any {
	var tags []any
	for _, s := range apiSubjects {
		tags = append(tags, object{"name": s.tag, "description": s.title.EN})
	}
	return tags
}

// describeParameters lists what an operation takes. Parameters that are declared as in
// shared are references: clients look for that of limit.
func describeParameters(e *endpoint, c *geo.Collection, shared object) []any {
	list := []any{}
	if strings.Contains(e.path, ":feature") {
		list = append(list, object{"$ref": "#/components/parameters/featureId"})
	}
	list = append(list, describePath(e.path)...)
	for _, p := range e.parameters {
		if o := parameterObject(p); !reflect.DeepEqual(o, shared[p.name]) {
			list = append(list, o)
			continue
		}
		list = append(list, object{"$ref": "#/components/parameters/" + p.name})
	}
	if e.takesTargetProperties {
		list = append(list, object{
			"name": "property", "in": "query", "required": false, "style": "form", "explode": true,
			"description": "A queryable of the collections in to, by its own name, such as cargo=container: only features that have this value",
			"schema":      object{"type": "object", "additionalProperties": text()},
		})
	}
	if e.takesProperties && c != nil {
		if declared(e.parameters, c.NameOfID()) == nil {
			list = append(list, parameterObject(&parameter{name: c.NameOfID(), description: "The feature with this id", schema: text(), unexploded: true}))
		}
		for _, p := range c.Properties {
			if isQueryable(p) && declared(e.parameters, p.Name) == nil {
				list = append(list, parameterObject(&parameter{
					name: p.Name, description: "Features whose " + p.Name + " is this", schema: text(), unexploded: true,
				}))
			}
		}
	}
	return list
}

// describeForms has the schema of the answer in each form.
func describeForms(e *endpoint) object {
	content := object{}
	for _, r := range e.formats {
		schema := object{"type": "string"}
		if r.file {
			schema = object{"type": "string", "format": "binary"}
		} else if r != asHTML && r != asYAML && r != asMVT {
			schema = object{"$ref": "#/components/schemas/" + e.answers}
		}
		if _, known := content[r.mediaType]; known && r.file && r.mediaType == asGeoJSON.mediaType {
			schema = object{"anyOf": []any{object{"$ref": "#/components/schemas/" + e.answers}, object{"$ref": "#/components/schemas/featureFile"}}}
		}
		content[r.mediaType] = object{"schema": schema}
	}
	if h, ok := content[asHTML.mediaType]; ok {
		delete(content, asHTML.mediaType)
		content["text/html"] = h
	}
	return content
}

func parameterObject(p *parameter) object {
	return object{
		"name": p.name, "in": "query", "required": p.required, "description": p.description,
		"schema": p.schema, "style": "form",
		"explode": p.schema["type"] == "string" && !p.unexploded,
	}
}
