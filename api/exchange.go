package api

import (
	"bytes"
	"context"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"kawasan/geo"
)

// exchange is one request with what was made out about it, and its answer.
type exchange struct {
	*fiber.Ctx
	server   *Server
	endpoint *endpoint
	ctx      context.Context
	cancel   context.CancelFunc

	path       string // as clients write it, percent-encoded where needed
	base       string
	values     values
	format     *representation
	lang       string
	encoding   string // of the content; "" for none
	tag        string // ETag of the answer; "" for none
	rests      state  // what the answer rests on, if it has a tag
	principal  geo.Principal
	catalogue  *geo.Catalogue
	collection *geo.Collection // named in the path; nil elsewhere
	reader     geo.Reader      // of the data that the answer is made from
	pin        *geo.Pin        // the same, where an answer says which versions it rests on
	given      *givenPlaces    // that came as the body; nil otherwise
	version    string          // see dataVersion; known once allRead is set
	allRead    bool            // nothing more is read for the answer

	hrefs linkTexts
}

// open reads what all requests have in common: address, parameters, format,
// language and, where the path names one, the collection.
func (x *exchange) open() error {
	x.preferences()
	var err error
	if x.base, err = x.server.baseURL(x.Ctx); err != nil {
		return err
	}
	path := x.Path()
	if e := checkText(path); e != nil {
		return e
	}
	x.path = strings.ReplaceAll(escapePath(path), escapedSlash, "%2F")
	if err := x.checkPath(); err != nil {
		return err
	}
	if x.catalogue, err = x.server.config.Reader.Catalogue(x.ctx); err != nil && x.endpoint.needsData {
		return err
	}
	if id := x.Params("collection"); id != "" {
		if x.collection, err = x.catalogue.Collection(id); err != nil {
			return err
		}
	}
	if err := x.readQuery(); err != nil {
		return err
	}
	if x.endpoint.filterBody && x.Method() == fiber.MethodPost {
		if err := x.readFilterBody(); err != nil {
			return err
		}
	}
	if x.endpoint.body != "" && x.Method() == fiber.MethodPost {
		if err := x.readGivenBody(); err != nil {
			return err
		}
	}
	if err := x.readVersion(); err != nil {
		return err
	}
	if f, given := x.values.get("f"); given {
		x.format = named(f, x.endpoint.formats)
	}
	x.chooseLanguage()
	return nil
}

// preferences makes out form and language as far as that can be done before the query is
// checked, so that even a problem is worded and shown as the client prefers.
func (x *exchange) preferences() {
	x.format = negotiate(x.ask(headAccept), x.endpoint.formats)
	lang := ""
	if raw := x.Context().URI().QueryString(); bytes.Contains(raw, []byte("lang=")) || bytes.Contains(raw, []byte("f=html")) {
		query := x.Context().QueryArgs()
		if string(query.Peek("f")) == asHTML.name && slices.Contains(x.endpoint.formats, asHTML) {
			x.format = asHTML
		}
		if asked := string(query.Peek("lang")); slices.Contains(languages, asked) {
			lang = asked
		}
	}
	x.lang = languages[0]
	if lang != "" || x.format == asHTML {
		x.lang = chooseLanguage(lang, x.Get(fiber.HeaderAcceptLanguage))
	}
}

func (x *exchange) chooseLanguage() {
	accept := ""
	if x.format == asHTML {
		// JSON stays English unless lang asks: programs send Accept-Language too.
		accept = x.Get(fiber.HeaderAcceptLanguage)
	}
	x.lang = chooseLanguage(x.values.text("lang"), accept)
}

// readQuery parses and checks the query string by the endpoint's table of parameters.
func (x *exchange) readQuery() error {
	list := x.endpoint.parameters
	var queryables []geo.Property
	lookup := func(name string) *parameter { return declared(list, name) }
	if x.endpoint.takesProperties && x.collection != nil {
		queryables = x.collection.Properties
		lookup = func(name string) *parameter {
			if p := declared(list, name); p != nil {
				return p
			}
			if isParameter(x.collection, name) {
				return &parameter{name: name}
			}
			return nil
		}
	}
	if x.endpoint.takesFilters && x.collection == nil {
		lookup = func(name string) *parameter {
			if p := declared(list, name); p != nil {
				return p
			}
			if _, ok := filteredBy(name); ok {
				return &parameter{name: name, emptyIsNone: true}
			}
			return nil
		}
	}
	if x.endpoint.takesTargetProperties {
		targets := x.targets()
		for _, c := range targets {
			queryables = append(queryables, c.Properties...)
		}
		lookup = func(name string) *parameter {
			if p := declared(list, name); p != nil {
				return p
			}
			for _, c := range targets {
				if isParameter(c, name) {
					return &parameter{name: name}
				}
			}
			return nil
		}
	}
	var err error
	x.values, err = parseQuery(string(x.Context().URI().QueryString()), lookup, func(name string) error {
		return unknownParameter(name, list, queryables)
	})
	if err != nil {
		return err
	}
	for i := range x.values {
		if err := x.values[i].parameter.check(x.values[i].text); err != nil {
			return err
		}
	}
	for _, p := range list {
		if !p.required || p.orBody && x.Method() == fiber.MethodPost {
			continue
		}
		if _, given := x.values.get(p.name); !given {
			return geo.Invalidf(p.name, "%s is missing", p.name).Try("%s", p.description)
		}
	}
	return nil
}

// authorise makes out who asks. Without keys everyone may read.
func (x *exchange) authorise() error {
	if x.server.config.Authorise == nil {
		return nil
	}
	key := x.Get("X-API-Key")
	if bearer, ok := strings.CutPrefix(x.Get(fiber.HeaderAuthorization), "Bearer "); ok {
		key = bearer
	}
	for _, name := range []string{"api_key", "token"} {
		if text, ok := x.values.get(name); ok && key == "" {
			key = text
		}
	}
	var err error
	x.principal, err = x.server.config.Authorise(x.ctx, key)
	return err
}

// Ids may have slashes, in tables that others made. Their links have them as %2F, which the
// router would take for the end of a segment: until it has chosen, another character, which
// no text has, stands there.
const (
	standsForSlash = "\uFDD0"
	escapedSlash   = "%EF%B7%90"
)

// hideSlashes puts that character for each encoded slash of the path.
func hideSlashes(request *fasthttp.Request) {
	uri := request.Header.RequestURI()
	path, query, asked := bytes.Cut(uri, []byte("?"))
	if !bytes.Contains(path, []byte("%2F")) && !bytes.Contains(path, []byte("%2f")) {
		return
	}
	text := strings.NewReplacer("%2F", escapedSlash, "%2f", escapedSlash).Replace(string(path))
	if asked {
		text += "?" + string(query)
	}
	request.SetRequestURI(text)
}

// Params gives a variable of the path.
func (x *exchange) Params(name string, otherwise ...string) string {
	return strings.ReplaceAll(x.Ctx.Params(name, otherwise...), standsForSlash, "/")
}

// escapePath percent-encodes a decoded path for use in a link.
func escapePath(path string) string {
	plain := true
	for i := range len(path) {
		plain = plain && (path[i] == '/' || isPlain(path[i]))
	}
	if plain {
		return path
	}
	var b strings.Builder
	for segment := range strings.SplitSeq(path, "/") {
		b.WriteString(escapeSegment(segment))
		b.WriteByte('/')
	}
	return strings.TrimSuffix(b.String(), "/")
}

// escapeSegment percent-encodes one segment of a path, such as an id.
func escapeSegment(s string) string {
	const hex = "0123456789ABCDEF"
	plain := true
	for i := range len(s) {
		plain = plain && isPlain(s[i])
	}
	if plain {
		return s
	}
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		if isPlain(c) {
			b.WriteByte(c)
			continue
		}
		b.WriteByte('%')
		b.WriteByte(hex[c>>4])
		b.WriteByte(hex[c&15])
	}
	return b.String()
}

// isPlain reports whether a character of a path stands for itself in a link.
func isPlain(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("-._~:,@!$()*", c) >= 0
}
