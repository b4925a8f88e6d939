package api_test

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"

	"kawasan/api"
)

// The log names who is behind trusted proxies, and believes nobody else. Requests of these tests come
// from 0.0.0.0.
func TestLogNamesClient(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name      string
		trusted   []string
		forwarded []string
		want      string
	}{
		{"nobody trusted", nil, []string{"203.0.113.9"}, "0.0.0.0"},
		{"another trusted", []string{"10.0.0.0/8"}, []string{"203.0.113.9"}, "0.0.0.0"},
		{"trusted", []string{"0.0.0.0"}, []string{"203.0.113.9"}, "203.0.113.9"},
		{"nothing said", []string{"0.0.0.0"}, nil, "0.0.0.0"},
		{"begun by the client", []string{"0.0.0.0"}, []string{"127.0.0.1, 203.0.113.9"}, "203.0.113.9"},
		{"two proxies", []string{"0.0.0.0", "10.0.0.0/8"}, []string{"198.51.100.1, 203.0.113.9,10.1.2.3"}, "203.0.113.9"},
		{"a line each", []string{"0.0.0.0", "10.1.2.3/8"}, []string{"198.51.100.1, 203.0.113.9", "10.9.9.9"}, "203.0.113.9"},
		{"proxies alone", []string{"0.0.0.0/8", "10.0.0.0/8"}, []string{"10.1.2.3"}, "10.1.2.3"},
		{"no address", []string{"0.0.0.0"}, []string{"203.0.113.9, unknown"}, "0.0.0.0"},
		{"IPv6", []string{"0.0.0.0", "2001:db8::/32"}, []string{"2001:db9::1, 2001:db8::5"}, "2001:db9::1"},
		{"IPv4 as IPv6", []string{"0.0.0.0", "10.0.0.0/8"}, []string{"203.0.113.9, ::ffff:10.1.1.1"}, "203.0.113.9"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var log bytes.Buffer
			s := newServer(t, func(config *api.Config) {
				config.TrustedProxies, config.Log = c.trusted, slog.New(slog.NewJSONHandler(&log, nil))
			})
			r := httptest.NewRequest(http.MethodGet, "/healthz", nil)
			r.Header["X-Forwarded-For"] = c.forwarded
			response, err := s.App().Test(r, -1)
			if err != nil {
				t.Fatal(err)
			}
			_ = response.Body.Close()
			var line struct{ Client string }
			if err := json.Unmarshal(log.Bytes(), &line); err != nil {
				t.Fatalf("%v in %s", err, log.Bytes())
			}
			if line.Client != c.want {
				t.Errorf("got client %s, want %s", line.Client, c.want)
			}
		})
	}
}
