package api

import (
	"strconv"

	"github.com/gofiber/fiber/v2/utils"

	"kawasan/geo/format/geojson"
)

// link is a web link of a resource; every one carries its type.
type link struct {
	Href     string `json:"href"`
	Rel      string `json:"rel"`
	Type     string `json:"type"`
	Title    string `json:"title,omitempty"`
	HrefLang string `json:"hreflang,omitempty"`
	Length   int64  `json:"length,omitempty"`
	// Method is POST where the request is to be sent with the same body; else GET.
	Method string `json:"method,omitempty"`
	// encoded is the link as JSON, where it is given again and again.
	encoded string
}

// appendLinks writes links as JSON.
func appendLinks(dst []byte, links []link) []byte {
	dst = append(dst, '[')
	for i := range links {
		if i > 0 {
			dst = append(dst, ',')
		}
		if links[i].encoded != "" {
			dst = append(dst, links[i].encoded...)
		} else {
			dst = links[i].append(dst)
		}
	}
	return append(dst, ']')
}

// append writes a link as JSON.
func (l *link) append(dst []byte) []byte {
	dst = geojson.AppendString(append(dst, `{"href":`...), l.Href)
	dst = geojson.AppendString(append(dst, `,"rel":`...), l.Rel)
	dst = geojson.AppendString(append(dst, `,"type":`...), l.Type)
	if l.Title != "" {
		dst = geojson.AppendString(append(dst, `,"title":`...), l.Title)
	}
	if l.HrefLang != "" {
		dst = geojson.AppendString(append(dst, `,"hreflang":`...), l.HrefLang)
	}
	if l.Length != 0 {
		dst = strconv.AppendInt(append(dst, `,"length":`...), l.Length, 10)
	}
	if l.Method != "" {
		dst = geojson.AppendString(append(dst, `,"method":`...), l.Method)
	}
	return append(dst, '}')
}

// Relations that OGC registers, as full URIs: clients compare strings.
const (
	relConformance = "http://www.opengis.net/def/rel/ogc/1.0/conformance"
	relData        = "http://www.opengis.net/def/rel/ogc/1.0/data"
	relQueryables  = "http://www.opengis.net/def/rel/ogc/1.0/queryables"
	relSchema      = "http://www.opengis.net/def/rel/ogc/1.0/schema"
	relSortables   = "http://www.opengis.net/def/rel/ogc/1.0/sortables"
	relFunctions   = "http://www.opengis.net/def/rel/ogc/1.0/functions"
)

// url makes an absolute address from a path of ours and a query.
func (x *exchange) url(path string, query values) string { return x.urlWith(path, query, "", "") }

// urlWith is url with a value replaced or added; without a name nothing is.
func (x *exchange) urlWith(path string, query values, name, text string) string {
	b := append(append(x.hrefs.begin(), x.base...), path...)
	mark := byte('?')
	for i := range query {
		v := &query[i]
		if v.inBody || v.parameter != nil && v.parameter.secret || name != "" && v.name == name {
			continue
		}
		b = v.append(append(b, mark))
		mark = '&'
	}
	if name != "" {
		b = (&value{name: name, text: text}).append(append(b, mark))
	}
	return x.hrefs.end(b)
}

// join puts texts together for a link.
func (x *exchange) join(parts ...string) string {
	b := x.hrefs.begin()
	for _, p := range parts {
		b = append(b, p...)
	}
	return x.hrefs.end(b)
}

// linkTexts are made one behind the other in few pieces of memory. None is changed
// once it is made.
type linkTexts struct{ space []byte }

// textsAtOnce is the memory that is taken for them at once.
const textsAtOnce = 1 << 10

// begin gives what a text is appended to; end takes it.
func (t *linkTexts) begin() []byte {
	if cap(t.space)-len(t.space) < textsAtOnce/4 {
		t.space = make([]byte, 0, textsAtOnce)
	}
	return t.space[len(t.space):]
}

func (t *linkTexts) end(b []byte) string {
	if len(t.space)+len(b) <= cap(t.space) { // else it lies in memory of its own
		t.space = t.space[:len(t.space)+len(b)]
	}
	return utils.UnsafeString(b)
}

// collectionURL is the address of a collection, whatever characters its name has.
func (x *exchange) collectionURL(id string) string { return x.join(x.base, collectionPath(id)) }

func collectionPath(id string) string { return "/collections/" + escapeSegment(id) }

// usualLinks is how many links most answers have.
const usualLinks = 8

// selfLinks gives self and alternate for each representation that is offered.
// self repeats the request; the alternates differ from it in f alone.
func (x *exchange) selfLinks() []link {
	path := x.path
	links := make([]link, 0, usualLinks)
	links = append(links, link{Href: x.url(path, x.values), Rel: "self", Type: x.format.mediaType, Title: x.say("this document"), Method: x.values.method()})
	for _, r := range x.endpoint.formats {
		if r != x.format && !(r.file && x.endpoint.exports) {
			links = append(links, link{
				Href: x.urlWith(path, x.values, "f", r.name), Rel: "alternate", Type: linkType(r),
				Title: x.join(x.say("this document as"), " ", r.title.In(x.lang)), Method: x.values.method(),
			})
		}
	}
	if links[0].Type = linkType(x.format); x.format == asHTML {
		links[0].HrefLang = x.lang
	}
	return links
}

// linkType is the media type as links give it: clients look for text/html bare.
func linkType(r *representation) string {
	if r == asHTML {
		return "text/html"
	}
	return r.mediaType
}
