package api_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"kawasan/api"
	"kawasan/geo/geotest"
)

// shippedServer serves the shipped data, one for all tests that only ask: what it has
// found out is kept, and not found out again.
func shippedServer(t testing.TB) *api.Server {
	t.Helper()
	shared.Do(func() { shared.server = newServer(t) })
	if shared.server == nil {
		t.Fatal("the server that tests share could not be made")
	}
	return shared.server
}

var shared struct {
	sync.Once
	server *api.Server
}

// newServer serves the shipped data, unless a change of its configuration says otherwise,
// for one test alone: because of the change, or since it ends the server or looks at what it keeps.
// A test may run on a machine that has much else to do: only a change makes an answer late.
func newServer(t testing.TB, change ...func(*api.Config)) *api.Server {
	t.Helper()
	c := api.Config{Reader: geotest.Shipped(t), Version: "test", Limits: api.Limits{Timeout: time.Hour}}
	for _, f := range change {
		f(&c)
	}
	s, err := api.New(c)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

type answer struct {
	status int
	header http.Header
	body   []byte
}

func (a answer) json(t testing.TB) map[string]any {
	t.Helper()
	var m map[string]any
	if err := json.Unmarshal(a.body, &m); err != nil {
		t.Fatalf("the answer is not JSON: %v\n%s", err, a.body)
	}
	return m
}

// get asks with headers given as name, value, name, value ...
func get(t testing.TB, s *api.Server, target string, headers ...string) answer {
	t.Helper()
	return do(t, s, http.MethodGet, target, headers...)
}

func do(t testing.TB, s *api.Server, method, target string, headers ...string) answer {
	t.Helper()
	r := httptest.NewRequest(method, target, nil)
	r.Host = "example.test"
	for i := 0; i+1 < len(headers); i += 2 {
		if headers[i] == "Host" {
			r.Host = headers[i+1]
			continue
		}
		r.Header.Set(headers[i], headers[i+1])
	}
	return send(t, s, r)
}

// send asks, and holds the answer to the OpenAPI document.
func send(t testing.TB, s *api.Server, r *http.Request) answer {
	t.Helper()
	response, err := s.App().Test(r, -1)
	if err != nil {
		t.Fatalf("%s %s: %v", r.Method, r.URL, err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	a := answer{response.StatusCode, response.Header, body}
	holdToContract(t, s, r, a)
	return a
}

func ids(t testing.TB, a answer) []string {
	t.Helper()
	var d struct {
		Features []struct{ ID any } `json:"features"`
	}
	if err := json.Unmarshal(a.body, &d); err != nil {
		t.Fatalf("%v\n%s", err, a.body)
	}
	var out []string
	for _, f := range d.Features {
		s, _ := f.ID.(string)
		out = append(out, s)
	}
	return out
}

// linkOf finds the address of a relation, without scheme and host.
func linkOf(t testing.TB, a answer, rel string) string {
	t.Helper()
	links, _ := a.json(t)["links"].([]any)
	for _, l := range links {
		m, _ := l.(map[string]any)
		if m["rel"] == rel {
			href, _ := m["href"].(string)
			return strings.TrimPrefix(href, "http://example.test")
		}
	}
	return ""
}

func TestConformanceNamesTests(t *testing.T) {
	t.Parallel()
	var source strings.Builder
	files, err := filepath.Glob("*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		source.Write(b)
	}
	for uri, test := range api.Classes() {
		if !strings.Contains(source.String(), "func "+test+"(") {
			t.Errorf("%s names the test %s, which doesn't exist", uri, test)
		}
	}
}
