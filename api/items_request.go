package api

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"kawasan/geo"
)

// Bounds of a page of items.
const (
	defaultLimit = 10
	maxLimit     = 10_000
)

// itemsRequest is what a client asks of the items of a collection.
type itemsRequest struct {
	query    geo.Query
	limit    int
	whole    bool // no limit: everything selected, whatever the size
	cursor   *pageCursor
	hitsOnly bool
	output   output
	// question gives a text that tells this query from others, whatever the page and the form.
	question inquiry
}

// inquiry is the text that a cursor is bound to. It is written only where it is needed.
type inquiry struct {
	collection string
	values     values
}

// ofThePage are the parameters that choose the page and the form, not what is asked for.
var ofThePage = []string{
	"limit", "offset", "startindex", "cursor", "f", "lang", "crs", "properties", "zoom-level", "max-allowable-offset", "coordinate-precision",
	"resultType", "token", "api_key",
}

// append writes the text: the collection and the parameters in order of their names.
func (q inquiry) append(dst []byte) []byte {
	dst = append(append(dst, q.collection...), '?')
	var space [16]int
	order := space[:0]
	for i := range q.values {
		if !slices.Contains(ofThePage, q.values[i].name) {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return strings.Compare(q.values[a].name, q.values[b].name) })
	for i, at := range order {
		if i > 0 {
			dst = append(dst, '&')
		}
		dst = q.values[at].append(dst)
	}
	return dst
}

// parseItems reads and checks the parameters. Nothing is asked of the store yet.
func (x *exchange) parseItems() (*itemsRequest, error) {
	r := &itemsRequest{query: geo.Query{Collection: x.collection.ID, Count: true}}
	for _, step := range []func(*itemsRequest) error{
		x.parsePage, x.parseOutput, x.parseBounds, x.parseTime, x.parseFilters, x.parseOrder,
	} {
		if err := step(r); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// parsePage reads limit, offset, startindex and resultType.
func (x *exchange) parsePage(r *itemsRequest) error {
	r.limit = min(x.values.whole("limit", defaultLimit), maxLimit)
	offset, start := x.values.whole("offset", 0), x.values.whole("startindex", 0)
	if offset != 0 && start != 0 && offset != start {
		return geo.Invalidf("startindex", "offset and startindex differ").Try("give one of them")
	}
	r.query.Offset = max(offset, start)
	r.hitsOnly = x.values.text("resultType") == "hits"
	return nil
}

func (x *exchange) parseTime(r *itemsRequest) (err error) {
	text, given := x.values.get("datetime")
	if !given {
		return nil
	}
	r.query.Time, err = parseDatetime(text)
	return err
}

// parseOrder reads sortby and the cursor, which depends on all of the question.
func (x *exchange) parseOrder(r *itemsRequest) (err error) {
	if r.query.SortBy, err = parseSort(x.values.text("sortby"), x.collection); err != nil {
		return err
	}
	r.question = inquiry{x.collection.ID, x.values}
	text, given := x.values.get("cursor")
	if !given {
		return nil
	}
	if r.query.Offset > 0 {
		return geo.Invalidf("cursor", "cursor and offset are both given").Try("one of them: the cursor says already where the page begins")
	}
	if r.cursor, err = decodeCursor(text, r.question, x.collection, r.query.SortBy); err != nil {
		return err
	}
	if err := checkID(r.cursor.place.ID, x.collection); err != nil {
		return fmt.Errorf("cursor: %w", err)
	}
	r.query.After, r.query.Backward = &r.cursor.place, r.cursor.backward
	return nil
}

// checkID refuses ids that no feature of the collection can have.
func checkID(id string, c *geo.Collection) error {
	if !c.IntegerID {
		return nil
	}
	if n, err := strconv.ParseInt(id, 10, 64); err == nil && strconv.FormatInt(n, 10) == id {
		return nil
	}
	e := geo.Errorf(geo.NotFound, "collection %q has no feature %q", c.ID, geo.Clip(id)).Try("the ids of this collection are whole numbers")
	e.Place = geo.Place{Collection: c.ID, Feature: geo.Clip(id)}
	return e
}
