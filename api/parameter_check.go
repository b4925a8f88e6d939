package api

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"kawasan/geo"
)

// check refuses a value that the schema of the parameter rules out, so that what the
// OpenAPI document says of a parameter is what every request is held to. What a schema
// can't say (a condition in CQL2, an interval) handlers check.
func (p *parameter) check(text string) error {
	if p.schema == nil {
		return nil
	}
	b := p.bounded()
	switch {
	case text == "" && !b.mayBeEmpty:
		return geo.Invalidf(p.name, "%s is empty", p.name).Try("%s, or no %s at all", p.right(), p.name)
	case b.item != nil:
		return p.checkList(b, text)
	case !b.allow(text, p.capped):
		return geo.Invalidf(p.name, "%s is %q", p.name, geo.Clip(text)).Try("%s", p.right())
	}
	return nil
}

// checkList checks the parts of a comma-separated value, and how many they are.
func (p *parameter) checkList(b *bounds, text string) error {
	count := 0
	for part := range strings.SplitSeq(text, ",") {
		part = strings.TrimSpace(part)
		if !b.item.allow(part, false) {
			items, _ := p.schema["items"].(object)
			return geo.Invalidf(p.name, "%q in %s is not %s", geo.Clip(part), p.name, described(items)).Try("%s", p.right())
		}
		if part != "" {
			count++
		}
	}
	if n := float64(count); n < b.fewest || n > b.most {
		return geo.Invalidf(p.name, "%s has %d values", p.name, count).Try("%s", p.right())
	}
	return nil
}

// bounds is what a schema allows, read once: a request costs no look-ups in it. Of a
// schema it knows type, enum, minimum, maximum, minLength, items, minItems and maxItems.
type bounds struct {
	names           []string // enum; nil allows any
	kind            string   // integer, number, or any other for a text
	least, greatest float64
	// item is what each value of a list is held to; nil for a single value.
	item         *bounds
	fewest, most float64 // values of a list
	mayBeEmpty   bool    // a text, or a list of nothing
}

func boundsOf(schema object) *bounds {
	bound := func(name string, otherwise float64) float64 {
		if v, ok := numeric(schema[name]); ok {
			return v
		}
		return otherwise
	}
	b := &bounds{
		least: bound("minimum", math.Inf(-1)), greatest: bound("maximum", math.Inf(1)),
		fewest: bound("minItems", 0), most: bound("maxItems", math.Inf(1)),
	}
	b.kind, _ = schema["type"].(string)
	b.names, _ = schema["enum"].([]string)
	switch b.kind {
	case "array":
		items, _ := schema["items"].(object)
		b.item = boundsOf(items)
		b.mayBeEmpty = schema["minItems"] == nil
	case "string":
		b.mayBeEmpty = b.names == nil && schema["minLength"] == nil
	}
	return b
}

// bounded is what the schema of the parameter allows.
func (p *parameter) bounded() *bounds {
	if p.bounds != nil {
		return p.bounds
	}
	return boundsOf(p.schema)
}

// prepare reads the bounds of parameters, before there are requests.
func prepare(list []*parameter) {
	for _, p := range list {
		if p.schema != nil {
			p.bounds = boundsOf(p.schema)
		}
	}
}

// allow reports whether a text is a single value within the bounds. capped lets
// values above the maximum pass.
func (b *bounds) allow(text string, capped bool) bool {
	if b.names != nil {
		return slices.Contains(b.names, text)
	}
	var v float64
	switch b.kind {
	case "integer":
		n, ok := parseWhole(text)
		if !ok {
			return false
		}
		v = float64(n)
	case "number":
		var err error
		if v, err = geo.ParseNumber(text); err != nil {
			return false
		}
	default:
		return true
	}
	return v >= b.least && (capped || v <= b.greatest)
}

// right says what a value of the parameter looks like.
func (p *parameter) right() geo.Phrase {
	switch {
	case p.form != "":
		return geo.Words(p.form)
	case p.schema["type"] == "array":
		return p.rightList()
	case p.schema["enum"] == nil && p.schema["type"] == "string":
		return geo.Words(p.description)
	}
	if p.capped { // more than the maximum is no fault
		return described(object{"type": p.schema["type"], "minimum": p.schema["minimum"]})
	}
	return described(p.schema)
}

func (p *parameter) rightList() geo.Phrase {
	b, what := p.bounded(), geo.Words(p.description)
	switch limited, capped := b.fewest > 0, !math.IsInf(b.most, 1); {
	case limited && capped:
		return geo.Phrasef("%g to %g values separated by commas (%s)", b.fewest, b.most, what)
	case limited:
		return geo.Phrasef("at least %g values separated by commas (%s)", b.fewest, what)
	case capped:
		return geo.Phrasef("at most %g values separated by commas (%s)", b.most, what)
	}
	return what
}

// described says in words what the values of a schema are.
func described(schema object) geo.Phrase {
	if names, ok := schema["enum"].([]string); ok {
		if len(names) == 1 {
			return geo.Phrasef("%s", names[0])
		}
		last := len(names) - 1
		return geo.Phrasef("%s or %s", strings.Join(names[:last], ", "), names[last])
	}
	kind := geo.Phrasef("a number")
	if schema["type"] == "integer" {
		kind = geo.Phrasef("a whole number")
	}
	least, limited := numeric(schema["minimum"])
	most, capped := numeric(schema["maximum"])
	number := func(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
	switch {
	case limited && capped:
		return geo.Phrasef("%s from %s to %s", kind, number(least), number(most))
	case limited:
		return geo.Phrasef("%s of at least %s", kind, number(least))
	case capped:
		return geo.Phrasef("%s of at most %s", kind, number(most))
	}
	return kind
}

// mostCounted is what larger whole numbers are taken for: more than anything is counted to.
const mostCounted = math.MaxInt32 + 1

// parseWhole reads a whole number without a minus; larger than any count is clamped.
func parseWhole(text string) (n int, ok bool) {
	digits := strings.TrimPrefix(text, "+")
	if digits == "" || strings.Trim(digits, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.Atoi(digits)
	if err != nil || n > mostCounted { // too long for an int, but a number
		return mostCounted, true
	}
	return n, true
}

// numeric is a bound of a schema as a number; ok is false without one.
func numeric(bound any) (v float64, ok bool) {
	switch b := bound.(type) {
	case int:
		return float64(b), true
	case float64:
		return b, true
	}
	return 0, false
}

// whole is the value of a whole number, which has been checked; larger than any
// count is clamped.
func (v values) whole(name string, otherwise int) int {
	if text, given := v.get(name); given {
		if n, ok := parseWhole(text); ok {
			return n
		}
	}
	return otherwise
}

// number is the value of a number, which has been checked.
func (v values) number(name string, otherwise float64) float64 {
	if text, given := v.get(name); given {
		if n, err := geo.ParseNumber(text); err == nil {
			return n
		}
	}
	return otherwise
}
