package api_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"sync/atomic"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"

	"kawasan/api"
	"kawasan/geo"
	"kawasan/geo/geotest"
)

// exchanged is a reader whose data are exchanged between requests.
type exchanged struct {
	now atomic.Pointer[geotest.Reader]
}

func (c *exchanged) Catalogue(ctx context.Context) (*geo.Catalogue, error) {
	return c.now.Load().Catalogue(ctx)
}

func (c *exchanged) Open(ctx context.Context, q geo.Query) (geo.Selection, error) {
	return c.now.Load().Open(ctx, q)
}

// row is a row of the table that is read while it changes.
type row struct {
	id, name string // no name: null
	size     int64
}

// set puts rows into the table.
func (c *exchanged) set(rows []row, version geo.Version) {
	l := geotest.NewLayer("rows", "Point", geotest.Prop("name", geo.String), geotest.Prop("size", geo.Integer))
	l.Collection.Version = version
	for _, r := range rows {
		values := geotest.Values{"size": r.size}
		if r.name != "" {
			values["name"] = r.name
		}
		l.Add(r.id, orb.Point{116, -1}, values)
	}
	c.now.Store(geotest.NewReader(l))
}

// TestPagesWhileRowsChange reads all pages forward, and from the last one back
// again, while others insert and delete between the requests: each row that is
// there throughout comes once each way, whatever the order and the filter.
func TestPagesWhileRowsChange(t *testing.T) {
	t.Parallel()
	reader := &exchanged{}
	reader.set(nil, 1)
	s := newServer(t, func(c *api.Config) { c.Reader = reader })
	version := geo.Version(1)
	rapid.Check(t, func(r *rapid.T) {
		next := 0
		draw := func() row {
			next++
			return row{
				id: fmt.Sprintf("%03d-%d", rapid.IntRange(0, 999).Draw(r, "id"), next), name: rapid.SampledFrom([]string{"", "a", "b", "ä", "B"}).Draw(r, "name"),
				size: rapid.Int64Range(-2, 2).Draw(r, "size"),
			}
		}
		var stay, come []row
		for range rapid.IntRange(0, 12).Draw(r, "stay") {
			stay = append(stay, draw())
		}
		change := func() {
			version++
			for range rapid.IntRange(0, 4).Draw(r, "inserted") {
				come = append(come, draw())
			}
			if n := len(come); n > 0 && rapid.Bool().Draw(r, "delete") {
				come = slices.Delete(come, 0, rapid.IntRange(0, n).Draw(r, "deleted"))
			}
			reader.set(append(slices.Clone(stay), come...), version)
		}
		change()
		question := rapid.SampledFrom([]string{"", "&sortby=name", "&sortby=-name", "&sortby=size,-name", "&sortby=-size", "&filter=size%20%3E%20-1", "&sortby=name&size=1"}).Draw(r, "question")
		limit := rapid.IntRange(1, 5).Draw(r, "limit")
		walk := func(target, rel string) (seen []string, last answer) {
			for n := 0; target != ""; n++ {
				if n > 100 {
					r.Fatalf("%s%s: the pages have no end", rel, question)
				}
				last = get(t, s, target)
				if last.status != http.StatusOK {
					r.Fatalf("%s: got %d %s", target, last.status, last.body)
				}
				seen = append(seen, ids(t, last)...)
				target = linkOf(t, last, rel)
				if n < 8 { // then it stands still, so that the end is reached
					change()
				}
			}
			return seen, last
		}
		forward, last := walk(fmt.Sprintf("/collections/rows/items?limit=%d%s", limit, question), "next")
		ways := map[string][]string{"forward": forward}
		if prev := linkOf(t, last, "prev"); prev != "" { // a page that has become empty has none
			back, _ := walk(prev, "prev")
			ways["back"] = append(back, ids(t, last)...)
		}
		for _, x := range stay {
			want := 1
			if (question == "&filter=size%20%3E%20-1" && x.size <= -1) || (question == "&sortby=name&size=1" && x.size != 1) {
				want = 0
			}
			for way, seen := range ways {
				if got := count(seen, x.id); got != want {
					r.Fatalf("%s%s by %d: row %+v came %d times, want %d: %v", way, question, limit, x, got, want, seen)
				}
			}
		}
	})
}

func count(list []string, one string) int {
	n := 0
	for _, s := range list {
		if s == one {
			n++
		}
	}
	return n
}
