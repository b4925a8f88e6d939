package clients

import (
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// The documents, with what the clients read of them.

type link struct{ Href, Rel, Type, Title string }

type document struct {
	Links       []link
	ConformsTo  []string
	Collections []collection
}

type collection struct {
	ID, ItemType, StorageCrs string
	CRS                      []string
	Links                    []link
	Extent                   struct {
		Spatial struct{ Bbox json.RawMessage }
	}
}

type page struct {
	NumberMatched *int
	Links         []link
	Features      []feature
}

type feature struct {
	ID       json.RawMessage
	Geometry *struct{ Type string }
	// Properties keep numbers as they are written.
	Properties map[string]json.RawMessage
}

// name gives an id as it stands in an address; "" if there is none.
func (f feature) name() string {
	var text string
	if json.Unmarshal(f.ID, &text) == nil {
		return text
	}
	return string(f.ID)
}

// schema is a JSON Schema of attributes.
type schema struct {
	Properties map[string]struct {
		Type, Format string
		Ref          string `json:"$ref"`
		Role         string `json:"x-ogc-role"`
	}
}

const (
	ogc          = "http://www.opengis.net/"
	relSchema    = ogc + "def/rel/ogc/1.0/schema"
	geoJSON      = "application/geo+json"
	openAPI      = "application/vnd.oai.openapi+json;version=3.0"
	part1, part2 = ogc + "spec/ogcapi-features-1/1.0/conf/", ogc + "spec/ogcapi-features-2/1.0/conf/"
	part3, cql2  = ogc + "spec/ogcapi-features-3/1.0/conf/", ogc + "spec/cql2/1.0/conf/"
)

// find gives the first link with one of the relations whose type is accepted.
func find(links []link, accept func(mediaType string) bool, relations ...string) (link, bool) {
	for _, l := range links {
		if slices.Contains(relations, l.Rel) && accept(l.Type) {
			return l, true
		}
	}
	return link{}, false
}

func anyType(string) bool { return true }

func oneOf(types ...string) func(string) bool {
	return func(t string) bool { return slices.Contains(types, t) }
}

// essence is a media type without its parameters.
func essence(mediaType string) string {
	t, _, _ := strings.Cut(mediaType, ";")
	return strings.ToLower(strings.TrimSpace(t))
}

// extent gives the box of a collection: an array of arrays of four or six numbers.
func (c *collection) extent() ([4]float64, bool) {
	var boxes [][]float64
	if json.Unmarshal(c.Extent.Spatial.Bbox, &boxes) != nil || len(boxes) == 0 {
		return [4]float64{}, false
	}
	switch b := boxes[0]; len(b) {
	case 4:
		return [4]float64(b), true
	case 6:
		return [4]float64{b[0], b[1], b[3], b[4]}, true
	}
	return [4]float64{}, false
}

// numbers writes a box as clients do.
func numbers(box [4]float64) string {
	var text []string
	for _, v := range box {
		text = append(text, strconv.FormatFloat(v, 'f', -1, 64))
	}
	return strings.Join(text, ",")
}

// with adds parameters to an address that may have some.
func with(href string, pairs ...string) string {
	q := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		q.Set(pairs[i], pairs[i+1])
	}
	if strings.Contains(href, "?") {
		return href + "&" + q.Encode()
	}
	return href + "?" + q.Encode()
}

// description is what clients read of an OpenAPI document.
type description struct {
	OpenAPI    string
	Components struct {
		Parameters map[string]parameter
	}
	Paths map[string]struct {
		Get struct{ Parameters []parameter }
	}
}

type parameter struct {
	Ref     string `json:"$ref"`
	Name    string
	In      string
	Style   string
	Explode *bool
	Schema  struct {
		Type             any // a name; since 3.1 also a list of names
		Maximum, Default any
		Enum             []any
	}
}

// parameters of the GET of items of a collection: the literal path, or the one with a variable.
func (d *description) parameters(id string) []parameter {
	for _, path := range []string{"/collections/" + url.PathEscape(id) + "/items", "/collections/" + id + "/items", "/collections/{collectionId}/items"} {
		if p, ok := d.Paths[path]; ok {
			return p.Get.Parameters
		}
	}
	return nil
}

// resolve follows a reference to a shared parameter.
func (d *description) resolve(p parameter) parameter {
	if name, ok := strings.CutPrefix(p.Ref, "#/components/parameters/"); ok {
		return d.Components.Parameters[name]
	}
	return p
}
