package api

import (
	"strconv"

	"github.com/gofiber/fiber/v2/utils"

	"kawasan/geo"
)

// items answers /collections/{c}/items.
func (s *Server) items(x *exchange) error {
	if x.format.file {
		return s.exportItems(x)
	}
	// parse and validate
	request, err := x.parseItems()
	if err != nil {
		return err
	}
	x.setContentCrs(request.output)
	// What the client has already needs no query.
	if x.begin(x.stateOf(x.collection)) {
		return nil
	}
	// call
	p, err := x.openPage(request)
	if err != nil {
		return err
	}
	// render
	if x.format == asHTML {
		defer p.close()
		return x.renderItemsPage(p)
	}
	return x.renderItems(p)
}

// page is an open read of one page of items.
type page struct {
	request    *itemsRequest
	selection  geo.Selection
	collection *geo.Collection
	matched    int // -1 when not counted
	next       func() (*geo.Feature, bool, error)
	stop       func()
	pulled     []*geo.Feature // read ahead, where next is nil
	begun      bool

	returned    int
	first, last *geo.Feature
	more        bool // there is at least one feature behind the page
}

// openPage asks the store for one feature more than the page has, to know
// whether there is another page.
func (x *exchange) openPage(r *itemsRequest) (*page, error) {
	p, err := x.readPage(r)
	if err != nil {
		return nil, err
	}
	if p.matched >= 0 {
		x.setNumber(headMatched, p.matched)
	}
	// The collection may have moved on since the catalogue was read; the label
	// must be that of what is sent.
	if p.collection.Version != x.collection.Version || p.collection.Shape() != x.collection.Shape() {
		x.relabel(x.stateOf(p.collection))
	}
	return p, nil
}

// readPage opens the read without touching the answer.
func (x *exchange) readPage(r *itemsRequest) (*page, error) {
	q := r.query
	q.Principal = x.principal
	if q.Limit = r.limit + 1; r.whole {
		q.Limit = 0
	}
	if r.hitsOnly {
		q.Limit = 1
	}
	if q.Properties != nil && (len(q.SortBy) > 0 || q.Filter != nil) {
		// The cursor needs the sort values even where they are not shown.
		q.Properties = withSortKeys(q.Properties, q.SortBy)
	}
	selection, err := x.reader.Open(x.ctx, q)
	if err != nil {
		return nil, err
	}
	p := &page{request: r, selection: selection, collection: selection.Collection(), matched: -1}
	if n, ok := selection.Matched(); ok {
		p.matched = n
	}
	p.pull()
	return p, nil
}

func withSortKeys(properties []string, keys []geo.SortKey) []string {
	out := append([]string{}, properties...)
	for _, k := range keys {
		out = append(out, k.Property)
	}
	return out
}

// feature gives the next feature of the page; nil at its end.
func (p *page) feature() (*geo.Feature, error) {
	if p.request.hitsOnly {
		return nil, nil
	}
	f, ok, err := p.take()
	switch {
	case err != nil:
		return nil, err
	case !ok:
		return nil, nil
	case p.returned == p.request.limit:
		p.more = true
		return nil, nil
	}
	if f, err = p.request.output.simplified(f); err != nil {
		return nil, err
	}
	if p.returned++; p.first == nil {
		p.first = f
	}
	p.last = f
	return f, nil
}

// close ends the read; safe to call again.
func (p *page) close() {
	p.stop()
	p.selection.Close()
}

// links are those of a complete page: self, alternate, collection, next, prev.
func (x *exchange) pageLinks(p *page) ([]link, error) {
	links := append(x.selfLinks(), x.standingLinks(p.collection)...)
	if p.request.hitsOnly {
		return links, nil
	}
	r := p.request
	forward, backward := p.more, r.cursor != nil
	if r.query.Backward {
		forward, backward = true, p.more
	}
	rest := x.values
	if r.cursor != nil || r.query.Offset > 0 {
		rest = rest.without("offset", "startindex", "cursor")
	}
	if forward && p.last != nil {
		href, err := x.cursorLink(rest, pageCursor{place: placeOf(p.last, r.query.SortBy)}, r.question)
		if err != nil {
			return nil, err
		}
		links = append(links, link{Href: href, Rel: "next", Type: linkType(x.format), Title: x.say("next page"), Method: rest.method()})
	}
	switch {
	case backward && p.first != nil:
		href, err := x.cursorLink(rest, pageCursor{place: placeOf(p.first, r.query.SortBy), backward: true}, r.question)
		if err != nil {
			return nil, err
		}
		links = append(links, link{Href: href, Rel: "prev", Type: linkType(x.format), Title: x.say("previous page"), Method: rest.method()})
	case r.query.Offset > 0:
		var before values
		if r.query.Offset > r.limit {
			before = rest.with("offset", strconv.Itoa(r.query.Offset-r.limit))
		} else {
			before = rest.with("limit", strconv.Itoa(r.query.Offset))
		}
		links = append(links, link{Href: x.url(x.path, before), Rel: "prev", Type: linkType(x.format), Title: x.say("previous page"), Method: rest.method()})
	}
	return links, nil
}

func (x *exchange) cursorLink(rest values, c pageCursor, question inquiry) (string, error) {
	var space [128]byte
	text, err := appendCursor(space[:0], c, question)
	if err != nil {
		return "", err
	}
	return x.urlWith(x.path, rest, "cursor", utils.UnsafeString(text)), nil
}
