package api_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"kawasan/api"
)

// FuzzRequest sends any path and query to the whole API: no fault of ours, no
// text of the inside, and every refusal is a problem that says what was wrong.
func FuzzRequest(f *testing.F) {
	for _, seed := range [][2]string{
		{"/collections/mixed/items", "limit=2&offset=1&bbox=110,-5,120,5&bbox-crs=" + crsBase + "EPSG/0/32750"},
		{"/collections/mixed/items", "datetime=2024-01-01/..&sortby=-n,name&properties=name,x&resultType=hits"},
		{"/collections/mixed/items", "filter=S_INTERSECTS(geometry,BBOX(1,2,3,4))%20AND%20n%3E1&filter-crs=" + crsBase + "EPSG/0/3857"},
		{"/collections/mixed/items", "filter=%7B%22op%22:%22=%22,%22args%22:%5B%7B%22property%22:%22n%22%7D,1%5D%7D&filter-lang=cql2-json"},
		{"/collections/mixed/items", "cursor=eyJpIjoiYSIsImMiOiJ4In0&q=a,b&name=%ff&n=1&ok=true&tags=x"},
		{"/collections/mixed/items/a", "f=html&lang=id&crs=EPSG:4326"},
		{"/collections/mixed/queryables", "f=json"},
		{"/functions", "f=html"},
		{"/tiles/WebMercatorQuad/1/0/1", "collections=mixed"},
		{"/%00/..//", "%%%"},
	} {
		f.Add(seed[0], seed[1])
	}
	s := mixedServer(f)
	f.Fuzz(func(t *testing.T, path, query string) {
		r, err := http.NewRequest(http.MethodGet, "http://example.test/", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.URL.Path, r.URL.RawQuery = "/"+strings.TrimLeft(path, "/"), strings.Map(visible, query)
		if len(r.URL.RequestURI()) > 32<<10 {
			t.Skip("longer than any request line")
		}
		check(t, s, r)
	})
}

// FuzzParameters sends any value for each parameter of items.
func FuzzParameters(f *testing.F) {
	names := []string{
		"limit", "offset", "startindex", "cursor", "bbox", "bbox-crs", "crs", "datetime", "sortby", "properties", "filter", "filter-lang",
		"filter-crs", "q", "resultType", "f", "lang", "name", "n", "x", "ok", "day", "at", "tags", "id", "luas lahan",
	}
	for i, value := range []string{
		"10", "0", "-1", "e30", "1,2,3,4", "EPSG:32750", "urn:ogc:def:crs:EPSG::4326", "2024-01-01/..", "-n,+x", "name,,n", "n=1 AND (x<2 OR NOT ok)",
		"cql2-json", "CRS84", "café 100%", "hits", "html", "id", "O'Brien", "9223372036854775808", "1e309", "TRUE", "2024-02-30", "2024-01-01T00:00:60Z", "a", "\u202e", "-0.0",
	} {
		f.Add(i, value)
	}
	s := mixedServer(f)
	f.Fuzz(func(t *testing.T, which int, value string) {
		if len(value) > 8<<10 {
			t.Skip("longer than a request line may be, once it is encoded")
		}
		name := names[uint(which)%uint(len(names))]
		q := url.Values{name: {value}}
		r := httptest.NewRequest(http.MethodGet, "/collections/mixed/items?"+q.Encode(), nil)
		check(t, s, r)
	})
}

// visible keeps what a request line may hold.
func visible(c rune) rune {
	if c <= ' ' || c == 0x7f || c == '#' {
		return '+'
	}
	return c
}

func check(t *testing.T, s *api.Server, r *http.Request) {
	t.Helper()
	r.Host = "example.test"
	response, err := s.App().Test(r, -1)
	if err != nil {
		t.Fatalf("%s: %v", r.URL, err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	kind := response.Header.Get("Content-Type")
	switch {
	case response.StatusCode >= 500:
		t.Fatalf("%s: got %d %s", r.URL, response.StatusCode, body)
	case response.StatusCode >= 400 && kind == "application/problem+json":
		var problem struct{ Detail, Code string }
		if err := json.Unmarshal(body, &problem); err != nil || problem.Detail == "" || problem.Code == "" {
			t.Fatalf("%s: got %d %s", r.URL, response.StatusCode, body)
		}
	case response.StatusCode >= 400 && !strings.HasPrefix(kind, "text/html"):
		t.Fatalf("%s: got %d as %s: %s", r.URL, response.StatusCode, kind, body)
	case strings.Contains(kind, "json") && !json.Valid(body):
		t.Fatalf("%s: got %d with what is not JSON: %s", r.URL, response.StatusCode, body)
	}
}
