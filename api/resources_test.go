package api_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
)

func TestLanding(t *testing.T) {
	t.Parallel()
	a := get(t, shippedServer(t), "/")
	for rel, want := range map[string]string{
		"service-desc": "/api", "service-doc": "/api.html", "conformance": "/conformance", "data": "/collections", "self": "/",
	} {
		if got := linkOf(t, a, rel); got != want {
			t.Errorf("link %s: got %q, want %q", rel, got, want)
		}
	}
}

func TestCollections(t *testing.T) {
	t.Parallel()
	s := shippedServer(t)
	a := get(t, s, "/collections").json(t)
	list, _ := a["collections"].([]any)
	if len(list) == 0 {
		t.Fatal("no collections")
	}
	for _, c := range list {
		m, _ := c.(map[string]any)
		id, _ := m["id"].(string)
		one := get(t, s, "/collections/"+id)
		if one.status != http.StatusOK || one.json(t)["id"] != id || one.json(t)["title"] != m["title"] {
			t.Errorf("collection %s: got %d %s", id, one.status, one.body)
		}
	}
	if got := get(t, s, "/collections/none").status; got != http.StatusNotFound {
		t.Errorf("unknown collection: got %d, want 404", got)
	}
}

func TestNegotiation(t *testing.T) {
	t.Parallel()
	s := shippedServer(t)
	for _, c := range []struct{ name, target, accept, want string }{
		{"nothing said", "/collections", "", "application/json"},
		{"anything", "/collections", "*/*", "application/json"},
		{"a browser", "/collections", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"},
		{"JSON preferred", "/collections", "text/html;q=0.5,application/json", "application/json"},
		{"f outranks", "/collections?f=json", "text/html", "application/json"},
		{"GeoJSON", "/collections/zones/items", "application/json", "application/geo+json"},
		{"never refused", "/collections", "image/png", "application/json"},
	} {
		var headers []string
		if c.accept != "" {
			headers = []string{"Accept", c.accept}
		}
		if got := get(t, s, c.target, headers...).header.Get("Content-Type"); !strings.HasPrefix(got, c.want) {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestPages(t *testing.T) {
	t.Parallel()
	s := shippedServer(t)
	for _, path := range []string{
		"/", "/conformance", "/collections", "/collections/zones", "/collections/zones/items", "/collections/zones/items/kik",
		"/collections/zones/queryables", "/collections/zones/schema", "/api", "/api.html", "/nowhere",
	} {
		for _, lang := range []string{"en", "id"} {
			a := get(t, s, path, "Accept", "text/html", "Accept-Language", lang)
			if !strings.Contains(string(a.body), `<html lang="`+lang+`"`) || !strings.Contains(string(a.body), "</html>") {
				t.Errorf("%s in %s: got %d %.300s", path, lang, a.status, a.body)
			}
			if !strings.Contains(a.header.Get("Content-Security-Policy"), "default-src 'none'") {
				t.Errorf("%s: no content security policy", path)
			}
		}
	}
}

func TestOpenAPI(t *testing.T) {
	t.Parallel()
	s := shippedServer(t)
	a := get(t, s, "/api")
	if got, want := a.header.Get("Content-Type"), "application/vnd.oai.openapi+json;version=3.0"; got != want {
		t.Errorf("type: got %q, want %q", got, want)
	}
	loader := openapi3.NewLoader()
	for name, body := range map[string][]byte{"JSON": a.body, "YAML": get(t, s, "/api?f=yaml").body} {
		d, err := loader.LoadFromData(body)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := d.Validate(context.Background()); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		limit := d.Components.Parameters["limit"].Value.Schema.Value
		if limit.Min == nil || limit.Max == nil || limit.Default == nil {
			t.Errorf("%s: limit lacks minimum, maximum or default", name)
		}
		if d.Paths.Value("/collections/zones/items") == nil {
			t.Errorf("%s: no literal path of zones", name)
		}
		for path, item := range d.Paths.Map() {
			for _, tag := range item.Get.Tags {
				if d.Tags.Get(tag) == nil {
					t.Errorf("%s: nothing says what the tag %s of %s stands for", name, tag, path)
				}
			}
		}
	}
}

func TestSchemas(t *testing.T) {
	t.Parallel()
	s := shippedServer(t)
	for _, name := range []string{"queryables", "schema", "sortables", "feature-schema"} {
		a := get(t, s, "/collections/zones/"+name)
		if a.status != http.StatusOK || a.header.Get("Content-Type") != "application/schema+json" {
			t.Errorf("%s: got %d %s", name, a.status, a.header.Get("Content-Type"))
		}
		d := a.json(t)
		p, _ := d["properties"].(map[string]any)
		if d["$id"] != "http://example.test/collections/zones/"+name || len(p) == 0 {
			t.Errorf("%s: got %s", name, a.body)
		}
	}
	geometry := get(t, s, "/collections/zones/queryables").json(t)["properties"].(map[string]any)["geometry"].(map[string]any)
	if ref, _ := geometry["$ref"].(string); !strings.HasPrefix(ref, "https://geojson.org/schema/") {
		t.Errorf("geometry: got %v", geometry)
	}
}

func TestHeadersAndMethods(t *testing.T) {
	t.Parallel()
	s := shippedServer(t)
	first := get(t, s, "/collections/ports/items", "Accept-Encoding", "gzip")
	tag := first.header.Get("ETag")
	if tag == "" || first.header.Get("Content-Encoding") != "gzip" {
		t.Fatalf("got headers %v", first.header)
	}
	if got := get(t, s, "/collections/ports/items", "Accept-Encoding", "gzip", "If-None-Match", "W/"+tag); got.status != http.StatusNotModified || len(got.body) != 0 {
		t.Errorf("same tag: got %d with %d bytes, want 304", got.status, len(got.body))
	}
	if got := get(t, s, "/collections/ports/items", "Accept-Encoding", "br").header.Get("ETag"); got == tag {
		t.Error("another compression has the same ETag")
	}
	if got := do(t, s, http.MethodOptions, "/collections/ports/items").header.Get("Allow"); got != "GET, HEAD, OPTIONS" {
		t.Errorf("Allow: got %q", got)
	}
	if got := do(t, s, http.MethodPut, "/collections/ports/items"); got.status != http.StatusMethodNotAllowed || got.header.Get("Allow") == "" {
		t.Errorf("PUT: got %d %v", got.status, got.header)
	}
	if got := do(t, s, http.MethodHead, "/collections/ports/items"); got.status != http.StatusOK || len(got.body) != 0 {
		t.Errorf("HEAD: got %d with %d bytes", got.status, len(got.body))
	}
}
