package api_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kawasan/api"
	"kawasan/api/clients"
)

// The tests of this file ask as clients do, in their order and with their
// parameters, and look at what each client can't do without.

// linkLike is a link as clients read it.
type linkLike struct {
	Href, Rel, Type, Title string
	Length                 int64
}

// client asks like one program.
type client struct {
	t       *testing.T
	server  *api.Server
	headers []string
}

const testHost = "http://example.test"

// get asks for an absolute address that a link gave.
func (c client) get(href string) answer {
	c.t.Helper()
	target, ok := strings.CutPrefix(href, testHost)
	if !ok {
		c.t.Fatalf("the link %q is not absolute", href)
	}
	if target == "" {
		target = "/"
	}
	a := get(c.t, c.server, target, c.headers...)
	if a.status != http.StatusOK {
		c.t.Fatalf("%s: got %d %s", target, a.status, a.body)
	}
	return a
}

// read asks and decodes.
func read[T any](c client, href string) T {
	c.t.Helper()
	var v T
	if err := json.Unmarshal(c.get(href).body, &v); err != nil {
		c.t.Fatalf("%s: %v", href, err)
	}
	return v
}

type documentLike struct {
	Links       []linkLike
	ConformsTo  []string
	Collections []collectionLike
}

type collectionLike struct {
	ID, ItemType, StorageCrs string
	CRS                      []string
	Links                    []linkLike
	Extent                   struct {
		Spatial struct{ Bbox [][]float64 }
	}
}

type pageLike struct {
	NumberMatched, NumberReturned int
	Links                         []linkLike
	Features                      []struct {
		ID       any
		Geometry *struct {
			Type        string
			Coordinates json.RawMessage
		}
		Properties map[string]any
	}
}

// link finds the one link with a relation and a type.
func (c client) link(links []linkLike, rel, mediaType string) string {
	c.t.Helper()
	for _, l := range links {
		if l.Rel == rel && l.Type == mediaType {
			return l.Href
		}
	}
	c.t.Fatalf("no link %s of type %s among %v", rel, mediaType, links)
	return ""
}

// replay asks a server as one client does, of all its collections and pages, and
// expects that everything works.
func replay(t *testing.T, s *api.Server, name string) {
	t.Helper()
	sender := func(r *http.Request) (*http.Response, error) {
		r.Host = "example.test"
		a := send(t, s, r)
		return &http.Response{StatusCode: a.status, Header: a.header, Body: io.NopCloser(bytes.NewReader(a.body))}, nil
	}
	report, err := clients.Check(t.Context(), sender, testHost, clients.Options{Only: name, Collections: 1000, Requests: 100_000, Pages: 1000})
	if err != nil {
		t.Fatal(err)
	}
	if len(report.Clients) != 1 || report.Requests < 20 || report.Cut {
		t.Fatalf("got %+v", report)
	}
	for _, f := range report.Clients[0].Features {
		if f.Outcome != clients.Works {
			t.Errorf("%s: %s %s: %s", f.Key, f.Outcome, f.Request, f.Why.EN)
		}
		if f.Title.EN == "" || f.Title.ID == "" {
			t.Errorf("%s has no title in both languages", f.Key)
		}
	}
}

func TestQGIS(t *testing.T) {
	t.Parallel()
	replay(t, shippedServer(t), "QGIS")
}

func TestGDAL(t *testing.T) {
	t.Parallel()
	replay(t, shippedServer(t), "GDAL")
}

func TestArcGIS(t *testing.T) {
	t.Parallel()
	replay(t, shippedServer(t), "ArcGIS")
}

func TestOWSLib(t *testing.T) {
	t.Parallel()
	replay(t, shippedServer(t), "OWSLib")
}

// TestPageByStartindex reads all pages as ArcGIS does, with its other parameters.
func TestPageByStartindex(t *testing.T) {
	t.Parallel()
	c := client{t, shippedServer(t), []string{"Accept", "*/*"}}
	items := testHost + "/collections/mills/items"
	want := ids(t, c.get(items+"?limit=10000"))
	var got []string
	for start := 0; start < len(want); start += 50 {
		got = append(got, ids(t, c.get(items+"?f=json&limit=50&startindex="+strconv.Itoa(start)+"&token=abc&datetime=../.."))...)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// TestDescribedAsClientsNeed looks at what clients read of the description.
func TestDescribedAsClientsNeed(t *testing.T) {
	t.Parallel()
	d := get(t, shippedServer(t), "/api").json(t)
	at := func(path ...string) any {
		var v any = d
		for _, name := range path {
			m, _ := v.(map[string]any)
			v = m[name]
		}
		return v
	}
	if limit := at("components", "parameters", "limit", "schema"); !reflect.DeepEqual(limit, map[string]any{"type": "integer", "minimum": 1.0, "maximum": 10000.0, "default": 10.0}) {
		t.Errorf("limit is described as %v", limit)
	}
	// QGIS takes each text that is not exploded for an attribute.
	list, _ := at("paths", "/collections/ports/items", "get", "parameters").([]any)
	for _, v := range list {
		p, _ := v.(map[string]any)
		if ref, ok := p["$ref"].(string); ok {
			p, _ = at("components", "parameters", strings.TrimPrefix(ref, "#/components/parameters/")).(map[string]any)
		}
		schema, _ := p["schema"].(map[string]any)
		isAttribute := p["name"] == "id" || p["name"] == "datetime" || strings.HasPrefix(fmt.Sprint(p["description"]), "Features whose")
		if schema["type"] == "string" && (p["explode"] == false) != isAttribute {
			t.Errorf("%v looks like an attribute to QGIS, or does not though it is one", p["name"])
		}
	}
}
