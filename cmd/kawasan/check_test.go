package main

import (
	"bytes"
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"kawasan/api"
	"kawasan/geo/geotest"
)

// serveShipped serves the shipped data from memory, and gives the address.
func serveShipped(t *testing.T) string {
	t.Helper()
	s, err := api.New(api.Config{Reader: geotest.Shipped(t)})
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = s.Listen(l) }()
	t.Cleanup(func() { _ = s.Shutdown(context.Background()) })
	return "http://" + l.Addr().String()
}

// TestCheck reports on a server where all works, on one that has nothing, and on
// an address that is none, by words and exit code.
func TestCheck(t *testing.T) {
	t.Parallel()
	good := serveShipped(t)
	bare := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(bare.Close)
	elsewhere := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, bare.URL+"/", http.StatusFound)
	}))
	t.Cleanup(elsewhere.Close)
	for name, c := range map[string]struct {
		args []string
		code int
		says []string
	}{
		"all works":       {[]string{good, "--all"}, 0, []string{"QGIS", "GDAL", "ArcGIS", "OWSLib", "reads page after page without loss"}},
		"in Indonesian":   {[]string{good + "/", "--lang", "id", "--all"}, 0, []string{"membaca halaman demi halaman", "permintaan"}},
		"as JSON":         {[]string{good, "--format", "json"}, 0, []string{`"Outcome": "works"`}},
		"few requests":    {[]string{good, "--requests", "5"}, 0, []string{"stopped before all was checked"}},
		"nothing there":   {[]string{bare.URL}, 1, []string{"FAILS", "404"}},
		"another host":    {[]string{elsewhere.URL}, 1, []string{"FAILS", "302"}},
		"no server":       {[]string{"http://127.0.0.1:1"}, 1, []string{"FAILS", "no answer"}},
		"no address":      {[]string{"here"}, 1, []string{"is not that of a server"}},
		"none of nothing": {[]string{good, "--collections", "0"}, 1, []string{"needed: 1 or more"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var out bytes.Buffer
			code := run(t.Context(), append([]string{"check", "--timeout", "20m"}, c.args...), streams{strings.NewReader(""), &out, &out})
			if code != c.code {
				t.Errorf("got the exit code %d, want %d", code, c.code)
			}
			for _, want := range c.says {
				if !strings.Contains(out.String(), want) {
					t.Errorf("%q is not in\n%s", want, out.String())
				}
			}
		})
	}
}
