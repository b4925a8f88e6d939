package api_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"kawasan/api"
)

// post sends a body as a client does.
func post(t testing.TB, s *api.Server, target, contentType, body string, headers ...string) answer {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, target, strings.NewReader(body))
	r.Host = "example.test"
	if contentType != "" {
		r.Header.Set("Content-Type", contentType)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return send(t, s, r)
}

// TestFilterByPost pages through what a filter in the body chooses; a short one
// comes back in the links, a long one is to be sent again.
func TestFilterByPost(t *testing.T) {
	t.Parallel()
	s := shippedServer(t)
	const target = "/collections/mills/items"
	short := `{"op":"like","args":[{"property":"name"},"%a%"]}`
	padding := strings.Repeat(`,{"op":"isNull","args":[{"property":"name"}]}`, 200)
	long := `{"op":"or","args":[` + short + padding + `]}`
	want := ids(t, get(t, s, target+"?limit=1000&"+query("filter", short, "filter-lang", "cql2-json")))
	if len(want) < 20 {
		t.Fatalf("only %d features to page through", len(want))
	}
	for name, body := range map[string]string{"short": short, "long": long} {
		var got []string
		method, next := http.MethodPost, target+"?limit=7"
		for next != "" {
			var a answer
			if method == http.MethodPost {
				a = post(t, s, next, "application/json", body)
			} else {
				a = get(t, s, next)
			}
			if a.status != http.StatusOK {
				t.Fatalf("%s: %s %s gives %d %s", name, method, next, a.status, a.body)
			}
			got = append(got, ids(t, a)...)
			next, method = "", http.MethodGet
			links, _ := a.json(t)["links"].([]any)
			for _, l := range links {
				m, _ := l.(map[string]any)
				if m["rel"] == "next" {
					next = strings.TrimPrefix(fmt.Sprint(m["href"]), testHost)
					if m["method"] == "POST" {
						method = http.MethodPost
					}
				}
			}
			if (method == http.MethodPost) != (name == "long") && next != "" {
				t.Errorf("%s: the next page is to be had by %s", name, method)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %d features, want %d", name, len(got), len(want))
		}
	}
	// With the type that OWSLib sends for text, and in the other encoding.
	for target, body := range map[string]string{target + "?limit=1000": short, target + "?limit=1000&filter-lang=cql2-text": "name LIKE '%a%'"} {
		if a := post(t, s, target, "text/xml", body); !slices.Equal(ids(t, a), want) {
			t.Errorf("%s: got %d %s", target, a.status, a.body)
		}
	}
	if got := do(t, s, http.MethodOptions, target).header.Get("Allow"); got != "GET, HEAD, OPTIONS" {
		t.Errorf("Allow lists %s: clients would think that features can be added", got)
	}
}

// TestBadFilterByPost names what is wrong with the body.
func TestBadFilterByPost(t *testing.T) {
	t.Parallel()
	s := shippedServer(t)
	for name, c := range map[string]struct{ target, contentType, body, says string }{
		"empty":         {"", "application/json", " ", "empty"},
		"no JSON":       {"", "application/json", "name = 'a'", "filter"},
		"unknown":       {"", "application/json", `{"op":"isNull","args":[{"property":"nonesuch"}]}`, "nonesuch"},
		"twice":         {"?filter=true", "application/json", `true`, "twice"},
		"a feature":     {"", "application/geo+json", `{"type":"Feature","geometry":null,"properties":{}}`, "can't be added"},
		"a form":        {"", "multipart/form-data; boundary=x", "--x--", "can't be added"},
		"NUL":           {"", "application/json", "{\"op\":\"isNull\",\x00", "U+0000"},
		"not UTF-8":     {"", "application/json", "{\"op\":\"isNull\",\xff", "UTF-8"},
		"unclosed text": {"?filter-lang=cql2-text", "text/plain", "name = 'a", "filter"},
	} {
		a := post(t, s, "/collections/zones/items"+c.target, c.contentType, c.body)
		if a.status != http.StatusBadRequest || !strings.Contains(string(a.body), c.says) {
			t.Errorf("%s: got %d %s", name, a.status, a.body)
		}
	}
	if a := post(t, s, "/collections/zones/items", "application/json", strings.Repeat(" ", 2<<20)); a.status != http.StatusRequestEntityTooLarge {
		t.Errorf("too large: got %d %s", a.status, a.body)
	}
	if a := post(t, s, "/collections/zones/items", "", ""); a.status != http.StatusMethodNotAllowed || a.header.Get("Allow") != "GET, HEAD, OPTIONS" {
		t.Errorf("nothing: got %d %v %s", a.status, a.header, a.body)
	}
	if a := post(t, s, "/collections/zones", "application/json", "true"); a.status != http.StatusMethodNotAllowed {
		t.Errorf("elsewhere: got %d %s", a.status, a.body)
	}
}
