package api_test

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"kawasan/api"
	"kawasan/geo"
	"kawasan/geo/geotest"
)

// changing is a reader whose data can be replaced.
type changing struct {
	now atomic.Pointer[geotest.Reader]
}

func (c *changing) Catalogue(ctx context.Context) (*geo.Catalogue, error) {
	return c.now.Load().Catalogue(ctx)
}

func (c *changing) Open(ctx context.Context, q geo.Query) (geo.Selection, error) {
	return c.now.Load().Open(ctx, q)
}

func (c *changing) Near(ctx context.Context, q geo.Query, from orb.Bound) (iter.Seq2[geo.Near, error], *geo.Collection, bool) {
	return geotest.NearReader{Reader: c.now.Load()}.Near(ctx, q, from)
}

// set serves three collections at their versions; the name of each feature tells them.
func (c *changing) set(versions map[string]geo.Version) {
	var layers []*geotest.Layer
	for i, id := range []string{"estates", "ports", "zones"} {
		l := geotest.NewLayer(id, "Point", geotest.Prop("name", geo.String))
		l.Collection.Version = versions[id]
		for k := range 3 {
			l.Add(fmt.Sprintf("f%d", k), orb.Point{116 + float64(i)/10, float64(k) / 10}, geotest.Values{"name": fmt.Sprint(id, versions[id])})
		}
		layers = append(layers, l)
	}
	c.now.Store(geotest.NewReader(layers...))
}

// A label changes with the data that an answer rests on, and with no other; an
// answer that was kept is never given once they have changed.
func TestLabelsFollowTheData(t *testing.T) {
	t.Parallel()
	paths := []struct {
		path    string
		restsOn map[string]bool
	}{
		{"/collections/ports/items", map[string]bool{"ports": true}},
		{"/collections/ports/items/f1", map[string]bool{"ports": true}},
		{"/collections/zones/items?limit=1", map[string]bool{"zones": true}},
		{"/proximity/nearest?from=zones/f1&to=ports", map[string]bool{"zones": true, "ports": true}},
		{"/proximity/within?from=116,0&to=ports&distance=100km", map[string]bool{"ports": true}},
		{"/proximity/matrix?from=zones&to=ports,estates", map[string]bool{"zones": true, "ports": true, "estates": true}},
		{"/proximity/buffer?from=zones/f1&distance=1km", map[string]bool{"zones": true}},
		{"/collections/ports/tiles/WebMercatorQuad/3/3/6", map[string]bool{"ports": true}},
	}
	reader := &changing{}
	versions := map[string]geo.Version{"estates": 1, "ports": 1, "zones": 1}
	reader.set(versions)
	s := newServer(t, func(c *api.Config) { c.Reader = reader })
	last := map[string]answer{}
	for _, changed := range []string{"", "estates", "ports", "zones", "ports"} {
		if changed != "" {
			versions[changed]++
			reader.set(versions)
		}
		for _, p := range paths {
			first := get(t, s, p.path)
			if first.status != http.StatusOK || first.header.Get("ETag") == "" {
				t.Fatalf("%s: %d, %v\n%s", p.path, first.status, first.header, first.body)
			}
			for range 3 { // kept on the way
				again := get(t, s, p.path)
				if !bytes.Equal(again.body, first.body) || again.header.Get("ETag") != first.header.Get("ETag") {
					t.Errorf("%s: another answer to the same request on the same data", p.path)
				}
			}
			before, known := last[p.path]
			if same := before.header.Get("ETag") == first.header.Get("ETag"); known && same == p.restsOn[changed] {
				t.Errorf("%s: after a change of %s the label is the same: %v", p.path, changed, same)
			}
			if known && p.restsOn[changed] {
				if stale := get(t, s, p.path, "If-None-Match", before.header.Get("ETag")); stale.status != http.StatusOK {
					t.Errorf("%s: after a change of %s the old label is answered with %d", p.path, changed, stale.status)
				}
			}
			if had := get(t, s, p.path, "If-None-Match", first.header.Get("ETag")); had.status != http.StatusNotModified || len(had.body) > 0 {
				t.Errorf("%s: its own label is answered with %d and %d bytes", p.path, had.status, len(had.body))
			}
			last[p.path] = first
		}
	}
}

// What was kept is the answer that was given: headers, forms and refusals too.
func TestKeptAnswersAreWhole(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	for _, headers := range [][]string{
		nil,
		{"Accept-Encoding", "gzip"},
		{"Accept-Encoding", "br"},
		{"Accept", "text/html"},
		{"Accept", "text/html", "Accept-Language", "id"},
		{"Host", "other.test"},
	} {
		fresh := newServer(t)
		for _, path := range []string{"/", "/collections", "/collections/zones/items", "/collections/zones/items/kik", "/proximity/nearest?from=zones/kik&to=ports", "/api"} {
			want := get(t, fresh, path, headers...)
			ids := map[string]bool{}
			for range 3 {
				got := get(t, s, path, headers...)
				if !bytes.Equal(got.body, want.body) {
					t.Errorf("%s %v: other bytes", path, headers)
				}
				for _, name := range []string{"Content-Type", "Content-Encoding", "Content-Language", "Content-Crs", "ETag", "Vary", "Cache-Control", "Last-Modified", "Ogc-Numbermatched", "Content-Security-Policy"} {
					if fmt.Sprint(got.header.Values(name)) != fmt.Sprint(want.header.Values(name)) {
						t.Errorf("%s %v: %s is %v, want %v", path, headers, name, got.header.Values(name), want.header.Values(name))
					}
				}
				id := got.header.Get("X-Request-Id")
				if id == "" || ids[id] {
					t.Errorf("%s: the request id of another exchange", path)
				}
				ids[id] = true
			}
			head := do(t, s, http.MethodHead, path, headers...)
			if head.status != http.StatusOK || len(head.body) != 0 || head.header.Get("ETag") != want.header.Get("ETag") {
				t.Errorf("HEAD %s %v: %d, %d bytes, %v", path, headers, head.status, len(head.body), head.header)
			}
		}
	}
	get(t, s, "/collections/zones/items/none")
	if a := get(t, s, "/collections/zones/items/none"); a.status != http.StatusNotFound {
		t.Errorf("a refusal given again: %d", a.status)
	}
}

// leisurely makes each reading take a while.
type leisurely struct{ *geotest.Reader }

func (s leisurely) Open(ctx context.Context, q geo.Query) (geo.Selection, error) {
	time.Sleep(20 * time.Millisecond)
	return s.Reader.Open(ctx, q)
}

// Many who ask the same at once make one of them work.
func TestRequestsAlikeWaitForOne(t *testing.T) {
	t.Parallel()
	const path = "/proximity/nearest?from=zones/kik&to=ports"
	opened := func(clients int) int64 {
		reader := geotest.Shipped(t)
		s := newServer(t, func(c *api.Config) { c.Reader = leisurely{reader} })
		before := reader.Opened.Load()
		var all sync.WaitGroup
		for range clients {
			all.Go(func() {
				r := httptest.NewRequest(http.MethodGet, path, nil)
				r.Host = "example.test"
				response, err := s.App().Test(r, -1)
				if err != nil {
					t.Error(err)
					return
				}
				_ = response.Body.Close()
				if response.StatusCode != http.StatusOK {
					t.Errorf("got %s", response.Status)
				}
			})
		}
		all.Wait()
		return reader.Opened.Load() - before
	}
	if one, many := opened(1), opened(16); one != many {
		t.Errorf("one client makes %d readings, 16 at once %d", one, many)
	}
}
