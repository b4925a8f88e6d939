package api

import (
	"slices"
	"strings"

	"kawasan/geo"
)

// parameter declares a query parameter once: the parser, the check of its value and
// for unknown and repeated names, the links and the OpenAPI document all read it from here.
type parameter struct {
	name        string
	description string
	schema      object
	// bounds is what the schema allows, read from it when the server is made.
	bounds *bounds
	// form says what a right value looks like, where the schema can't and the
	// description says more than that.
	form string
	// capped takes a number above the maximum as the maximum instead of refusing it.
	capped bool
	// list marks a comma-separated value: style form, explode false.
	list bool
	// lastWins takes the last of several values; otherwise they must be identical.
	lastWins bool
	// emptyIsNone reads an empty value as if it were not there, as HTML forms send it.
	emptyIsNone bool
	// secret keeps the value out of links, logs and ETags.
	secret bool
	// required parameters must be given.
	required bool
	// orBody lets the body of a POST stand for a required parameter.
	orBody bool
	// unexploded describes a text with explode: false, which makes no difference for
	// a single value; but QGIS takes it for the name of an attribute then.
	unexploded bool
}

// values are the parameters of one request, decoded, in the order of their
// declaration and then of their names.
type values []value

type value struct {
	parameter *parameter
	name      string
	text      string
	// encoded is name=text as a link has it, where it came so; else empty.
	encoded string
	// inBody says that it came as the body and is too long for a link.
	inBody bool
}

// get gives the value of a parameter; ok is false when it was not sent.
func (v values) get(name string) (text string, ok bool) {
	for i := range v {
		if v[i].name == name {
			return v[i].text, true
		}
	}
	return "", false
}

// text gives the value of a parameter, "" when it was not sent.
func (v values) text(name string) string {
	text, _ := v.get(name)
	return text
}

// with replaces or adds a value; without a text it leaves the name out.
func (v values) with(name, text string) values {
	out := v.without(name)
	return append(out, value{name: name, text: text})
}

// without leaves out the names.
func (v values) without(names ...string) values {
	out := make(values, 0, len(v)+1)
	for _, x := range v {
		if !slices.Contains(names, x.name) {
			out = append(out, x)
		}
	}
	return out
}

// encode gives the query string without secrets, percent-encoded so that every
// client reads it alike; empty without values.
func (v values) encode() string {
	if len(v) == 0 {
		return ""
	}
	return string(v.append(make([]byte, 0, 256)))
}

// append is encode into a buffer.
func (v values) append(dst []byte) []byte {
	first := true
	for i := range v {
		if v[i].parameter != nil && v[i].parameter.secret {
			continue
		}
		if !first {
			dst = append(dst, '&')
		}
		first = false
		dst = v[i].append(dst)
	}
	return dst
}

// append writes name=text.
func (v *value) append(dst []byte) []byte {
	if v.encoded != "" {
		return append(dst, v.encoded...)
	}
	return appendQuery(append(appendQuery(dst, v.name), '='), v.text)
}

// appendQuery percent-encodes all but the characters that are safe in the value
// of a query and that people like to read: comma, colon, slash, asterisk, braces excluded.
func appendQuery(dst []byte, s string) []byte {
	const hex = "0123456789ABCDEF"
	safe := 0 // how many of the next ones stand for themselves
	for i := range len(s) {
		if c := s[i]; !safeInQuery[c] {
			dst = append(append(dst, s[i-safe:i]...), '%', hex[c>>4], hex[c&15])
			safe = 0
			continue
		}
		safe++
	}
	return append(dst, s[len(s)-safe:]...)
}

var safeInQuery = func() (safe [256]bool) {
	for c := range safe {
		b := byte(c)
		safe[c] = 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' || '0' <= b && b <= '9' || strings.IndexByte("-._~,:/*", b) >= 0
	}
	return safe
}()

// declared finds a parameter of that name in a list.
func declared(list []*parameter, name string) *parameter {
	for _, p := range list {
		if p.name == name {
			return p
		}
	}
	return nil
}

// otherNames are what other services, or people, call what is offered here, and by which
// of our names, the likeliest first.
var otherNames = map[string][]string{
	"unit": {"distance", "max_distance"}, "units": {"distance", "max_distance"}, "radius": {"distance", "max_distance"}, "dist": {"distance", "max_distance"},
	"format": {"f"}, "outputformat": {"f"}, "language": {"lang"}, "locale": {"lang"}, "n": {"k", "limit"}, "count": {"k", "limit"}, "top": {"k", "limit"},
	"maxfeatures": {"limit"}, "pagesize": {"limit"}, "page": {"offset"}, "cql": {"filter"}, "cql_filter": {"filter"}, "where": {"filter"}, "query": {"filter", "q"},
	"sort": {"sortby"}, "orderby": {"sortby"}, "order": {"sortby"}, "fields": {"properties"}, "srs": {"crs"}, "srsname": {"crs"}, "time": {"datetime"}, "date": {"datetime"},
	"origin": {"from"}, "source": {"from"}, "target": {"to"}, "targets": {"to"}, "id": {"ids"},
}

// unknownParameter says which name was likely meant, first, or else what is offered.
func unknownParameter(name string, list []*parameter, queryables []geo.Property) *geo.Error {
	e := geo.Invalidf(geo.Clip(name), "there is no parameter %q here", geo.Clip(name))
	names := make([]string, 0, len(list)+len(queryables))
	for _, p := range list {
		if !p.secret {
			names = append(names, p.name)
		}
	}
	own := len(names)
	for _, q := range queryables {
		names = append(names, q.Name)
	}
	likely := geo.Nearest(name, names)
	for _, other := range otherNames[strings.ToLower(name)] {
		if likely == "" && declared(list, other) != nil {
			likely = other
		}
	}
	if p := declared(list, likely); likely != "" && p != nil {
		what, _, _ := strings.Cut(p.description, ". ")
		return e.Try("did you mean %s? (%s)", likely, geo.Words(what)).Instead(likely)
	}
	if likely != "" {
		return e.Try("did you mean %s?", likely).Instead(likely)
	}
	if offered := strings.Join(names[:own], ", "); len(queryables) > 0 {
		return e.Try("one of %s, or an attribute of the collection", offered)
	} else if own > 0 {
		return e.Try("one of %s", offered)
	}
	return e.Try("the address without parameters")
}

// sorted gives the values in order of their names.
func (v values) sorted() values {
	out := slices.Clone(v)
	slices.SortStableFunc(out, func(a, b value) int { return strings.Compare(a.name, b.name) })
	return out
}
