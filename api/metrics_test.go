package api_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"

	"kawasan/api"
	"kawasan/geo/geotest"
)

// TestMetrics counts by route, never by what a client made up.
func TestMetrics(t *testing.T) {
	t.Parallel()
	s := newServer(t, func(c *api.Config) { c.MetricsAccess = api.MetricsPublic })
	for range 3 {
		get(t, s, "/collections/zones/items/kik")
	}
	get(t, s, "/collections/zones/items/none")
	do(t, s, http.MethodHead, "/collections/zones/items")
	for i := range 20 {
		get(t, s, fmt.Sprintf("/made-up/%d", i))
	}
	for range 3 { // kept at the second, if not at the first
		get(t, s, "/proximity/nearest?from=zones/kik&to=ports")
	}
	do(t, s, "PROPFIND", "/collections")
	a := get(t, s, "/metrics")
	if a.status != http.StatusOK || !strings.HasPrefix(a.header.Get("Content-Type"), "text/plain") || a.header.Get("Cache-Control") != "no-store" {
		t.Fatalf("/metrics: %d, %v", a.status, a.header)
	}
	for _, want := range []string{
		`kawasan_http_requests_total{method="GET",route="/collections/:collection/items/:feature",status="200"} 3`,
		`kawasan_http_requests_total{method="GET",route="/collections/:collection/items/:feature",status="404"} 1`,
		`kawasan_http_requests_total{method="HEAD",route="/collections/:collection/items",status="200"} 1`,
		`kawasan_http_requests_total{method="GET",route="other",status="404"} 20`,
		`kawasan_http_requests_in_flight 1`,
	} {
		if !strings.Contains(string(a.body), want+"\n") {
			t.Errorf("/metrics lacks %s", want)
		}
	}
	if strings.Contains(string(a.body), "made-up") {
		t.Error("/metrics shows a path that a client made up")
	}
	histogram := regexp.MustCompile(`kawasan_http_request_duration_seconds_count\{method="GET",route="/collections/:collection/items/:feature"\} 4\n`)
	bytes := regexp.MustCompile(`kawasan_http_response_bytes_total\{route="/collections/:collection/items/:feature"\} [1-9]`)
	hits := regexp.MustCompile(`kawasan_http_kept_answers_total\{result="hit"\} [1-9]`)
	for _, want := range []*regexp.Regexp{histogram, bytes, hits} {
		if !want.Match(a.body) {
			t.Errorf("/metrics has nothing like %s", want)
		}
	}
}

// TestWhoReadsMetrics asks over a socket, since what counts is who is connected.
func TestWhoReadsMetrics(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		config  api.Config
		headers []string
		want    int
	}{
		{"this machine", api.Config{}, nil, http.StatusOK},
		{"by the name localhost", api.Config{}, []string{"Host", "localhost:8080"}, http.StatusOK},
		{"by a public name", api.Config{}, []string{"Host", "data.example.org"}, http.StatusNotFound},
		{"a proxy on this machine", api.Config{}, []string{"X-Forwarded-For", "203.0.113.5"}, http.StatusNotFound},
		{"a base URL", api.Config{BaseURL: "https://data.example.org"}, nil, http.StatusNotFound},
		{"a trusted proxy", api.Config{TrustedProxies: []string{"127.0.0.1"}}, nil, http.StatusNotFound},
		{"off", api.Config{MetricsAccess: api.MetricsOff}, nil, http.StatusNotFound},
		{"public", api.Config{MetricsAccess: api.MetricsPublic, BaseURL: "https://data.example.org"}, []string{"X-Forwarded-For", "203.0.113.5"}, http.StatusOK},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := newServer(t, func(config *api.Config) {
				config.BaseURL, config.TrustedProxies, config.MetricsAccess = c.config.BaseURL, c.config.TrustedProxies, c.config.MetricsAccess
			})
			r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, serve(t, s)+"/metrics", nil)
			if err != nil {
				t.Fatal(err)
			}
			for i := 0; i+1 < len(c.headers); i += 2 {
				if c.headers[i] == "Host" {
					r.Host = c.headers[i+1]
					continue
				}
				r.Header.Set(c.headers[i], c.headers[i+1])
			}
			response, err := http.DefaultClient.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = response.Body.Close() }()
			if response.StatusCode != c.want {
				t.Errorf("got %s, want %d", response.Status, c.want)
			}
		})
	}
}

func TestMetricsNeedTheirNames(t *testing.T) {
	t.Parallel()
	registry := prometheus.NewRegistry()
	registry.MustRegister(prometheus.NewGauge(prometheus.GaugeOpts{Name: "kawasan_http_requests_in_flight", Help: "Another."}))
	if _, err := api.New(api.Config{Reader: geotest.Shipped(t), Metrics: registry}); err == nil {
		t.Error("a server was made whose metrics have the names of others")
	}
}
