package api_test

import (
	"context"
	"io"
	"math"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"kawasan/api"
	"kawasan/geo"
	"kawasan/geo/geotest"
)

// spy remembers the queries that a store gets.
type spy struct {
	geo.Reader
	mu      sync.Mutex
	queries []geo.Query
}

func (s *spy) Open(ctx context.Context, q geo.Query) (geo.Selection, error) {
	s.mu.Lock()
	s.queries = append(s.queries, q)
	s.mu.Unlock()
	return s.Reader.Open(ctx, q)
}

// TestStoresGetBoxes checks that what a filter says about the place reaches the
// store as a box that its index can use, and that nothing else does.
func TestStoresGetBoxes(t *testing.T) {
	t.Parallel()
	store := &spy{Reader: geotest.NewReader(mixed())}
	s := newServer(t, func(c *api.Config) { c.Reader = store })
	box := func(west, south, east, north float64) []orb.Bound {
		return []orb.Bound{{Min: orb.Point{west, south}, Max: orb.Point{east, north}}}
	}
	near := cmp.Comparer(func(a, b orb.Bound) bool {
		most := 0.0
		for i := range 2 {
			most = max(most, math.Abs(a.Min[i]-b.Min[i]), math.Abs(a.Max[i]-b.Max[i]))
		}
		return most < 1e-7
	})
	const small, large = "S_INTERSECTS(geometry, BBOX(116,-1,116.5,-0.5))", "S_WITHIN(geometry, BBOX(110,-5,120,5))"
	for _, c := range []struct {
		name, filter, more string
		want               []orb.Bound
	}{
		{"a box", small, "", box(116, -1, 116.5, -0.5)},
		{"a polygon", "S_INTERSECTS(geometry, POLYGON((116 -1,117 0,116 0,116 -1)))", "", box(116, -1, 117, 0)},
		{"with an attribute", small + " AND n > 1", "", box(116, -1, 116.5, -0.5)},
		{"the smaller of two", large + " AND (n > 1 AND " + small + ")", "", box(116, -1, 116.5, -0.5)},
		{"two apart", small + " AND S_INTERSECTS(geometry, BBOX(118,0,118.1,0.1))", "", box(118, 0, 118.1, 0.1)},
		{"one of two", small + " OR n = 1", "", nil},
		{"not", "NOT " + small, "", nil},
		{"apart", "S_DISJOINT(geometry, BBOX(116,-1,116.5,-0.5))", "", nil},
		{"no place", "n = 1", "", nil},
		{"bbox decides", small, "&bbox=115,-2,118,0", box(115, -2, 118, 0)},
		{"bbox alone", "", "&bbox=115,-2,118,0", box(115, -2, 118, 0)},
		{"bbox in Mercator", "", "&bbox=0,0,111319.490793,111325.142866&bbox-crs=" + crsBase + "EPSG/0/3857", box(0, 0, 1, 1)},
	} {
		a := get(t, s, "/collections/mixed/items?limit=5&"+query("filter", c.filter)+c.more)
		if a.status != http.StatusOK {
			t.Errorf("%s: got %d %s", c.name, a.status, a.body)
			continue
		}
		q := store.queries[len(store.queries)-1]
		if d := cmp.Diff(c.want, q.Bounds, near); d != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, d)
		}
		if q.Limit != 6 || !q.Count {
			t.Errorf("%s: the store is asked for %d features, count %v", c.name, q.Limit, q.Count)
		}
		for i, b := range c.want {
			if got := q.Bounds[i]; c.filter != "" && c.more == "" && (got.Min[0] >= b.Min[0] || got.Max[1] <= b.Max[1]) {
				t.Errorf("%s: the box %v is not wider than what the filter says", c.name, got)
			}
		}
	}
}

// TestSorting holds orders against sorting here: by code point, nulls last.
func TestSorting(t *testing.T) {
	t.Parallel()
	s := mixedServer(t)
	for sortby, want := range map[string]string{
		"n": "a b c d", "-n": "c b a d", "+x": "c a b d", "-x": "b a c d", "name": "b c a d", "ok,-id": "", "-ok,-n": "a b c d", "day,-at": "a b c d",
		"luas lahan": "a b c d", "limit": "a b c d", "-limit": "b a c d",
	} {
		a := get(t, s, "/collections/mixed/items?"+query("sortby", sortby))
		if want == "" {
			if a.status != http.StatusBadRequest || a.json(t)["parameter"] != "sortby" {
				t.Errorf("%s: got %d %s", sortby, a.status, a.body)
			}
			continue
		}
		if got := strings.Join(ids(t, a), " "); got != want {
			t.Errorf("%s: got %q, want %q", sortby, got, want)
		}
	}
}

// TestSelection asks for some attributes of features.
func TestSelection(t *testing.T) {
	t.Parallel()
	s := mixedServer(t)
	for properties, want := range map[string][]string{"name,n": {"n", "name"}, "n": {"n"}, "": {}} {
		for _, target := range []string{"/collections/mixed/items/a?", "/collections/mixed/items?id=a&filter=x%3E0&sortby=x&"} {
			d := get(t, s, target+query("properties", properties)).json(t)
			if list, ok := d["features"].([]any); ok {
				d, _ = list[0].(map[string]any)
			}
			attributes, _ := d["properties"].(map[string]any)
			got := []string{}
			for name := range attributes {
				got = append(got, name)
			}
			slices.Sort(got)
			if diff := cmp.Diff(want, got); diff != "" || d["geometry"] == nil || d["id"] != "a" {
				t.Errorf("%s%q (-want +got):\n%s", target, properties, diff)
			}
		}
	}
}

// waiting is a store that answers only when it is told to stop.
type waiting struct {
	geo.Reader
	opened, given chan struct{}
}

func (w waiting) Open(ctx context.Context, _ geo.Query) (geo.Selection, error) {
	w.opened <- struct{}{}
	<-ctx.Done()
	w.given <- struct{}{}
	return nil, ctx.Err()
}

// TestClientGoesAway checks that work stops when nobody waits for the answer.
func TestClientGoesAway(t *testing.T) {
	t.Parallel()
	store := waiting{geotest.NewReader(mixed()), make(chan struct{}, 1), make(chan struct{}, 1)}
	s := newServer(t, func(c *api.Config) {
		c.Reader = store
		c.Limits.Timeout = time.Hour
	})
	c, err := net.Dial("tcp", strings.TrimPrefix(serve(t, s), "http://"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(c, "GET /collections/mixed/items HTTP/1.1\r\nHost: example.test\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	<-store.opened
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	<-store.given // the test's own time limit ends this if the work goes on
}

// TestOutOfTime checks that the time limit ends work and is named.
func TestOutOfTime(t *testing.T) {
	t.Parallel()
	store := waiting{geotest.NewReader(mixed()), make(chan struct{}, 1), make(chan struct{}, 1)}
	s := newServer(t, func(c *api.Config) {
		c.Reader = store
		c.Limits.Timeout = 10 * time.Millisecond
	})
	a := get(t, s, "/collections/mixed/items")
	if d := a.json(t); a.status != http.StatusGatewayTimeout || d["code"] != "timeout" || d["fix"] == nil {
		t.Errorf("got %d %s", a.status, a.body)
	}
}
