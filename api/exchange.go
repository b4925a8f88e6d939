package api

import (
	"bytes"
	"context"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

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
func (x *exchange) readQuery() (err error) {
	taken := x.takenParameters()
	if x.values, err = parseQuery(string(x.Context().URI().QueryString()), taken.declaration, taken.unknown); err != nil {
		return err
	}
	for i := range x.values {
		if err := x.values[i].parameter.check(x.values[i].text); err != nil {
			return err
		}
	}
	for _, p := range taken.declared {
		if !p.required || p.orBody && x.Method() == fiber.MethodPost {
			continue
		}
		if _, given := x.values.get(p.name); !given {
			return geo.Invalidf(p.name, "%s is missing", p.name).Try("%s", geo.Words(p.description))
		}
	}
	return nil
}

// takenParameters are those that one request may have.
type takenParameters struct {
	declared    []*parameter
	collections []*geo.Collection // whose queryables are parameters too
	filters     bool              // filter[id] is one
}

func (x *exchange) takenParameters() *takenParameters {
	taken := &takenParameters{declared: x.endpoint.parameters, filters: x.endpoint.takesFilters && x.collection == nil}
	switch {
	case x.endpoint.takesProperties && x.collection != nil:
		taken.collections = []*geo.Collection{x.collection}
	case x.endpoint.takesTargetProperties:
		taken.collections = x.targets()
	}
	return taken
}

// declaration gives what is declared of the parameter of a name; nil if it is none.
func (t *takenParameters) declaration(name string) *parameter {
	if p := declared(t.declared, name); p != nil {
		return p
	}
	if _, ok := filteredBy(name); ok && t.filters {
		return &parameter{name: name, emptyIsNone: true}
	}
	for _, c := range t.collections {
		if isParameter(c, name) {
			return &parameter{name: name}
		}
	}
	return nil
}

// unknown makes the error for a name that is no parameter.
func (t *takenParameters) unknown(name string) error {
	var queryables []geo.Property
	for _, c := range t.collections {
		queryables = append(queryables, c.Properties...)
	}
	return unknownParameter(name, t.declared, queryables)
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
