package api_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"
	"github.com/klauspost/compress/zstd"

	"kawasan/api"
	"kawasan/geo/format"
)

// contracts are the routers of the OpenAPI documents seen so far, by document:
// most tests serve the same data. Those in use are found by their server.
var contracts struct {
	sync.Mutex
	routers map[string]routers.Router
	used    map[*api.Server]contract
}

// contract is what a server's OpenAPI document says, as long as it has this ETag.
type contract struct {
	etag   string
	router routers.Router
}

// contractOf reads the OpenAPI document of a server as a client would.
func contractOf(t testing.TB, s *api.Server) routers.Router {
	t.Helper()
	contracts.Lock()
	known := contracts.used[s]
	contracts.Unlock()
	r := httptest.NewRequest(http.MethodGet, "/api", nil)
	r.Host = "example.test"
	if known.etag != "" {
		r.Header.Set("If-None-Match", known.etag)
	}
	response, err := s.App().Test(r, -1)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	switch response.StatusCode {
	case http.StatusOK:
	case http.StatusNotModified:
		return known.router
	default:
		return nil // a server that is made to fail
	}
	contracts.Lock()
	defer contracts.Unlock()
	router := routerOf(t, body)
	contracts.used[s] = contract{response.Header.Get("ETag"), router}
	t.Cleanup(func() { // a server isn't held longer than it is used
		contracts.Lock()
		defer contracts.Unlock()
		delete(contracts.used, s)
	})
	return router
}

// routerOf reads an OpenAPI document, once. The caller holds the lock.
func routerOf(t testing.TB, body []byte) routers.Router {
	t.Helper()
	if contracts.routers == nil {
		contracts.used = map[*api.Server]contract{}
		contracts.routers = map[string]routers.Router{}
		for _, mediaType := range []string{"application/geo+json", "application/schema+json", "application/problem+json", "application/vnd.oai.openapi+json"} {
			openapi3filter.RegisterBodyDecoder(mediaType, openapi3filter.JSONBodyDecoder)
		}
		for _, mediaType := range []string{"text/html", "application/vnd.oai.openapi", "application/vnd.mapbox-vector-tile", "image/png", "image/svg+xml", "application/pdf"} {
			openapi3filter.RegisterBodyDecoder(mediaType, openapi3filter.FileBodyDecoder)
		}
		for _, f := range format.All() {
			if mediaType, _, _ := strings.Cut(f.MediaType, ";"); mediaType != "application/geo+json" {
				openapi3filter.RegisterBodyDecoder(mediaType, openapi3filter.FileBodyDecoder)
			}
		}
	}
	if known := contracts.routers[string(body)]; known != nil {
		return known
	}
	d, err := openapi3.NewLoader().LoadFromData(body)
	if err != nil {
		t.Fatalf("read the OpenAPI document: %v", err)
	}
	d.Servers = nil // tests come under many addresses
	router, err := legacy.NewRouter(d)
	if err != nil {
		t.Fatalf("the OpenAPI document is not valid: %v", err)
	}
	contracts.routers[string(body)] = router
	return router
}

// holdToContract compares a request and its answer with the OpenAPI document:
// what is accepted must be described, and every answer must look as described.
func holdToContract(t testing.TB, s *api.Server, r *http.Request, a answer) {
	t.Helper()
	if r.Method != http.MethodGet {
		return // HEAD is GET without a body; no other method is described
	}
	router := contractOf(t, s)
	if router == nil {
		return
	}
	at := r.Method + " " + r.URL.RequestURI()
	encoded := r.Clone(context.Background()) // as the paths of the document are
	encoded.URL.Path = r.URL.EscapedPath()
	route, path, err := router.FindRoute(encoded)
	if err != nil {
		if a.status < 400 && !isUndescribed(r.URL.Path) {
			t.Errorf("%s: answered %d, but the document has no such path", at, a.status)
		}
		return
	}
	input := &openapi3filter.RequestValidationInput{
		Request: r, PathParams: path, Route: route, QueryParams: r.URL.Query(),
		Options: &openapi3filter.Options{MultiError: true, IncludeResponseStatus: true, SkipSettingDefaults: true},
	}
	if a.status < 400 {
		forgive(input.QueryParams)
		if err := openapi3filter.ValidateRequest(context.Background(), input); err != nil {
			t.Errorf("%s: answered %d, but the document refuses the request: %v", at, a.status, err)
		}
		for name := range input.QueryParams {
			free := route.Operation.Parameters.GetByInAndName(openapi3.ParameterInQuery, "property") // stands for any queryable
			if free == nil && route.Operation.Parameters.GetByInAndName(openapi3.ParameterInQuery, name) == nil {
				t.Errorf("%s: the parameter %s is accepted, but not described", at, name)
			}
		}
	}
	body, err := decoded(a)
	if err != nil {
		t.Errorf("%s: %v", at, err)
		return
	}
	if err := openapi3filter.ValidateResponse(context.Background(), &openapi3filter.ResponseValidationInput{
		RequestValidationInput: input, Status: a.status, Header: plainHeader(a.header), Body: io.NopCloser(bytes.NewReader(body)), Options: input.Options,
	}); err != nil {
		text := err.Error()
		t.Errorf("%s: the answer %d is not as described: %.1500s", at, a.status, text)
	}
}

// isUndescribed lists what is served besides the API itself.
func isUndescribed(path string) bool {
	return path == "/style.css" || path == "/api.html" || path == "/metrics" || path == "/zones/rank/form" || strings.HasSuffix(path, "/download") || strings.HasPrefix(path, "/map")
}

// forgive brings into the document's range what the standard has servers accept:
// a limit above the maximum, and repeated parameters, of which the last counts.
func forgive(q url.Values) {
	for name, list := range q {
		q[name] = list[len(list)-1:]
	}
	if n := strings.TrimLeft(q.Get("limit"), "+ "); len(n) > 5 {
		if _, err := strconv.ParseUint(n, 10, 64); err == nil || len(n) > 18 {
			q.Set("limit", "10000")
		}
	}
	for name, list := range q {
		if list[0] == "" {
			delete(q, name) // as HTML forms send what is not filled in
		}
	}
}

// plainHeader leaves the compression out: the body has been unpacked.
func plainHeader(h http.Header) http.Header {
	h = h.Clone()
	h.Del("Content-Encoding")
	return h
}

// decoded unpacks the body of an answer.
func decoded(a answer) ([]byte, error) {
	var r io.Reader = bytes.NewReader(a.body)
	switch a.header.Get("Content-Encoding") {
	case "":
		return a.body, nil
	case "br":
		r = brotli.NewReader(r)
	case "gzip":
		z, err := gzip.NewReader(r)
		if err != nil {
			return nil, err
		}
		r = z
	case "zstd":
		z, err := zstd.NewReader(r)
		if err != nil {
			return nil, err
		}
		defer z.Close()
		r = z
	}
	return io.ReadAll(r)
}
