package api

import (
	"fmt"
	"slices"
	"strings"

	"kawasan/geo"
	"kawasan/geo/wording"
)

// apiPage is the interface description for people: what can be asked, by subject.
// Paths of collections stand once, for all collections.
type apiPage struct {
	Subjects []apiSubject
}

type apiSubject struct {
	Name, Title string
	Operations  []apiOperation
}

type apiOperation struct {
	Path, Summary string
	Methods       []string
	Parameters    []apiParameter
	Forms         []string
	Example       string // an address that answers; "" when a path needs an id
	Own           bool   // takes the attributes of the collection as parameters
}

type apiParameter struct {
	Name, Description, Type string
	Values                  []string
	Required                bool
}

// apiSubjects are the tags of endpoints in the order of the page and of the OpenAPI document.
var apiSubjects = []struct {
	tag   string
	title geo.Text
}{
	{"service", geo.Text{EN: "The service", ID: "Layanan"}},
	{"data", geo.Text{EN: "Collections and features", ID: "Koleksi dan fitur"}},
	{"schema", geo.Text{EN: "What features have", ID: "Isi fitur"}},
	{"proximity", geo.Text{EN: "Distances and areas", ID: "Jarak dan luas"}},
	{"zones", geo.Text{EN: "Planning questions about zones", ID: "Pertanyaan perencanaan tentang kawasan"}},
	{"tiles", geo.Text{EN: "Tiles and maps", ID: "Petak dan peta"}},
	{"maps", geo.Text{EN: "Maps as pictures and to print", ID: "Peta sebagai gambar dan untuk dicetak"}},
	{"operation", geo.Text{EN: "For operators", ID: "Untuk pengelola"}},
}

// apiPage describes the endpoints for people.
func (x *exchange) apiPage() apiPage {
	var page apiPage
	for _, s := range apiSubjects {
		page.Subjects = append(page.Subjects, x.apiSubject(s.tag, s.title.In(x.lang)))
	}
	return page
}

func (x *exchange) apiSubject(tag, title string) apiSubject {
	s := apiSubject{Name: tag, Title: title}
	for _, e := range x.server.endpoints {
		if e.tag == tag && !e.hidden {
			s.Operations = append(s.Operations, x.apiOperation(e))
		}
	}
	return s
}

func (x *exchange) apiOperation(e *endpoint) apiOperation {
	path := strings.NewReplacer(":collection", "{collectionId}", ":feature", "{featureId}").Replace(e.path)
	o := apiOperation{Path: templated(path), Summary: x.worded(e.summary), Methods: []string{"GET"}, Own: e.takesProperties || e.takesTargetProperties}
	if e.body != "" || e.filterBody {
		o.Methods = append(o.Methods, "POST")
	}
	for _, f := range e.formats {
		o.Forms = append(o.Forms, f.title.In(x.lang))
	}
	required := false
	for _, p := range e.parameters {
		required = required || p.required
		o.Parameters = append(o.Parameters, apiParameter{
			Name: p.name, Description: x.worded(geo.Words(p.description)), Required: p.required, Type: schemaType(p.schema), Values: schemaValues(p.schema),
		})
	}
	if !required && strings.Count(e.path, ":") == strings.Count(e.path, ":collection") && len(x.catalogue.Collections) > 0 {
		o.Example = x.base + strings.Replace(e.path, ":collection", escapeSegment(x.catalogue.Collections[len(x.catalogue.Collections)-1].ID), 1)
	}
	return o
}

// worded says a phrase in the language of the page.
func (x *exchange) worded(p geo.Phrase) string { return wording.Phrase(p).In(x.lang) }

// schemaType writes the type of a JSON schema in a few words.
func schemaType(schema object) string {
	kind, _ := schema["type"].(string)
	if items, ok := schema["items"].(object); ok && kind == "array" {
		kind = schemaType(items) + ", …"
	}
	if format, ok := schema["format"].(string); ok {
		kind += " (" + format + ")"
	}
	if standard, ok := schema["default"]; ok {
		kind += fmt.Sprintf(" = %v", standard)
	}
	return kind
}

// schemaValues lists the only values that a JSON schema allows.
func schemaValues(schema object) []string {
	if items, ok := schema["items"].(object); ok {
		schema = items
	}
	var list []string
	switch values := schema["enum"].(type) {
	case []string:
		list = slices.Clone(values)
	case []any:
		for _, v := range values {
			list = append(list, fmt.Sprint(v))
		}
	}
	return list
}
