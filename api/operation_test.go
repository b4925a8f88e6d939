package api_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"iter"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"kawasan/api"
	"kawasan/geo"
	"kawasan/geo/geotest"
)

// TestForwarded checks that X-Forwarded-* count from trusted proxies only.
// Requests of these tests come from 0.0.0.0.
func TestForwarded(t *testing.T) {
	t.Parallel()
	forwarded := []string{"X-Forwarded-Proto", "https", "X-Forwarded-Host", "geo.example.org, inner", "X-Forwarded-Prefix", "/kaltim/"}
	for _, c := range []struct {
		name    string
		config  api.Config
		headers []string
		want    string
	}{
		{"nobody trusted", api.Config{}, forwarded, "http://example.test"},
		{"another trusted", api.Config{TrustedProxies: []string{"10.0.0.0/8"}}, forwarded, "http://example.test"},
		{"trusted by address", api.Config{TrustedProxies: []string{"0.0.0.0"}}, forwarded, "https://geo.example.org/kaltim"},
		{"trusted by range", api.Config{TrustedProxies: []string{"0.0.0.0/8"}}, forwarded, "https://geo.example.org/kaltim"},
		{"no headers", api.Config{TrustedProxies: []string{"0.0.0.0"}}, nil, "http://example.test"},
		{"an odd scheme", api.Config{TrustedProxies: []string{"0.0.0.0"}}, []string{"X-Forwarded-Proto", "javascript"}, "http://example.test"},
		{"a fixed address", api.Config{BaseURL: "https://fixed.example/x/", TrustedProxies: []string{"0.0.0.0"}}, forwarded, "https://fixed.example/x"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := newServer(t, func(config *api.Config) {
				config.BaseURL, config.TrustedProxies = c.config.BaseURL, c.config.TrustedProxies
			})
			for _, target := range []string{"/", "/collections", "/collections/mills/items?limit=2"} {
				links, _ := get(t, s, target, c.headers...).json(t)["links"].([]any)
				if len(links) < 2 {
					t.Errorf("%s: %d links", target, len(links))
				}
				for _, l := range links {
					m, _ := l.(map[string]any)
					href, _ := m["href"].(string)
					if rest, ok := strings.CutPrefix(href, c.want); !ok || !strings.HasPrefix(rest, "/") {
						t.Errorf("%s: link %q, want it below %q", target, href, c.want)
					}
				}
			}
			servers, _ := get(t, s, "/api", c.headers...).json(t)["servers"].([]any)
			if d := cmp.Diff([]any{map[string]any{"url": c.want}}, servers); d != "" {
				t.Errorf("servers (-want +got):\n%s", d)
			}
		})
	}
	s := newServer(t, func(c *api.Config) { c.TrustedProxies = []string{"0.0.0.0"} })
	for _, header := range [][]string{
		{"X-Forwarded-Host", `evil"><script>`},
		{"X-Forwarded-Prefix", "//evil.example"},
		{"X-Forwarded-Prefix", "/a b"},
	} {
		if got := get(t, s, "/", header...).status; got != http.StatusBadRequest {
			t.Errorf("%v: got %d, want 400", header, got)
		}
	}
}

func TestCORS(t *testing.T) {
	t.Parallel()
	open := shippedServer(t)
	a := get(t, open, "/collections/ports/items", "Origin", "https://map.example")
	if a.header.Get("Access-Control-Allow-Origin") != "*" || !strings.Contains(a.header.Get("Access-Control-Expose-Headers"), "Content-Crs") {
		t.Errorf("got %v", a.header)
	}
	wrong := get(t, open, "/collections/ports/items?limit=0", "Origin", "https://map.example")
	if wrong.header.Get("Access-Control-Allow-Origin") != "*" {
		t.Errorf("a page can't read what was wrong: %v", wrong.header)
	}
	preflight := []string{"Origin", "https://map.example", "Access-Control-Request-Method", "GET", "Access-Control-Request-Headers", "X-API-Key"}
	p := do(t, open, http.MethodOptions, "/collections/ports/items", preflight...)
	if p.status != http.StatusNoContent || p.header.Get("Access-Control-Allow-Methods") != "GET, HEAD, OPTIONS" ||
		!strings.Contains(p.header.Get("Access-Control-Allow-Headers"), "X-API-Key") || p.header.Get("Access-Control-Allow-Credentials") != "" {
		t.Errorf("preflight: got %d %v", p.status, p.header)
	}
	some := newServer(t, func(c *api.Config) { c.CORSOrigins = []string{"https://map.example"} })
	for origin, want := range map[string]string{"https://map.example": "https://map.example", "https://other.example": ""} {
		a := get(t, some, "/collections", "Origin", origin)
		if got := a.header.Get("Access-Control-Allow-Origin"); got != want {
			t.Errorf("%s: got %q, want %q", origin, got, want)
		}
		if !strings.Contains(strings.Join(a.header.Values("Vary"), ","), "Origin") {
			t.Errorf("%s: Vary %v lacks Origin", origin, a.header.Values("Vary"))
		}
	}
}

func TestKeysStayOutOfLogs(t *testing.T) {
	t.Parallel()
	var log geotest.Log
	s := newServer(t, func(c *api.Config) {
		c.Log = slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
		c.Authorise = func(_ context.Context, key string) (geo.Principal, error) {
			if key != "" && !strings.HasPrefix(key, "hush") {
				return geo.Principal{}, geo.Errorf(geo.Unauthorised, "the key is not known")
			}
			return geo.Principal{Name: "tester"}, nil
		}
	})
	for _, target := range []string{
		"/collections?api_key=hush1", "/collections?token=hush2&f=json", "/collections?%74oken=hush3", "/collections?API_KEY=hush4",
		"/collections?limit=1&api_key=hush5", "/nowhere?api_key=hush6",
	} {
		if a := get(t, s, target); strings.Contains(string(a.body), "hush") {
			t.Errorf("%s: the key is in the answer: %s", target, a.body)
		}
	}
	get(t, s, "/collections", "X-API-Key", "hush7", "Authorization", "Bearer hush8")
	got := log.String()
	if strings.Contains(got, "hush") || !strings.Contains(got, "/collections") {
		t.Errorf("the log has a key, or no requests:\n%s", got)
	}
	if a := get(t, s, "/collections?api_key=wrong"); a.status != http.StatusUnauthorized || a.header.Get("WWW-Authenticate") == "" {
		t.Errorf("a wrong key: got %d %v", a.status, a.header)
	}
}

func TestReadiness(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		err    error
		status int
	}{
		{"ready", nil, http.StatusOK},
		{"not ready", errors.New("dial tcp 10.1.2.3: password=secret"), http.StatusServiceUnavailable},
		{"a known reason", geo.Errorf(geo.Unavailable, "the data are being loaded"), http.StatusServiceUnavailable},
	} {
		s := newServer(t, func(config *api.Config) { config.Ready = func(context.Context) error { return c.err } })
		a := get(t, s, "/readyz")
		if a.status != c.status || a.header.Get("Cache-Control") != "no-store" || strings.Contains(string(a.body), "secret") {
			t.Errorf("%s: got %d %v %s", c.name, a.status, a.header, a.body)
		}
		if c.err != nil && a.header.Get("Retry-After") == "" {
			t.Errorf("%s: no Retry-After", c.name)
		}
		if got := get(t, s, "/healthz").status; got != http.StatusOK {
			t.Errorf("%s: the process lives, but /healthz answers %d", c.name, got)
		}
	}
}

func TestDataAge(t *testing.T) {
	t.Parallel()
	s := newServer(t, func(c *api.Config) { c.DataAge = func() (float64, bool) { return 12.4, true } })
	if got := get(t, s, "/collections/ports/items").header.Get("Kawasan-Data-Age"); got != "12" {
		t.Errorf("got %q, want 12", got)
	}
	unknown := newServer(t, func(c *api.Config) { c.DataAge = func() (float64, bool) { return 0, false } })
	if got := get(t, unknown, "/collections").header.Get("Kawasan-Data-Age"); got != "" {
		t.Errorf("an unknown age is given as %q", got)
	}
}

// TestDatetime asks by instants, days and intervals of a collection with times.
func TestDatetime(t *testing.T) {
	t.Parallel()
	s := mixedServer(t)
	for _, c := range []struct{ datetime, want string }{
		{"2024-05-01T12:00:00Z", "a c d"},
		{"2024-05-01T19:00:00+07:00", "a c d"},
		{"2024-05-01t12:00:00z", "a c d"},
		{"2024-05-01T12:00:01Z", "c d"},
		{"2024-05-01", "a c d"},
		{"2024-05-02/..", "b c d"},
		{"../2024-05-02", "a c d"},
		{"/2024-05-02", "a c d"},
		{"2024-05-01/2024-06-01T00:00:00Z", "a b c d"},
		{"../..", "a b c d"},
	} {
		a := get(t, s, "/collections/mixed/items?"+query("datetime", c.datetime))
		if got := strings.Join(ids(t, a), " "); a.status != http.StatusOK || got != c.want {
			t.Errorf("%s: got %d %q, want %q (features without a time match)", c.datetime, a.status, got, c.want)
		}
	}
}

func TestHits(t *testing.T) {
	t.Parallel()
	a := get(t, mixedServer(t), "/collections/mixed/items?resultType=hits&filter=n%3E1&limit=1")
	d := a.json(t)
	if d["numberMatched"] != 2.0 || d["numberReturned"] != 0.0 || len(ids(t, a)) != 0 || a.header.Get("OGC-NumberMatched") != "2" {
		t.Errorf("got %v %s", a.header, a.body)
	}
	if linkOf(t, a, "next") != "" {
		t.Error("hits have a next page")
	}
}

// TestCompression decodes each compression and compares with the plain bytes.
func TestCompression(t *testing.T) {
	t.Parallel()
	s := shippedServer(t)
	for _, target := range []string{"/collections", "/api", "/collections/mills/items?limit=1000"} {
		plain := get(t, s, target).body
		for _, encoding := range []string{"gzip", "br", "zstd"} {
			a := get(t, s, target, "Accept-Encoding", encoding)
			got, err := decoded(a)
			if a.header.Get("Content-Encoding") != encoding || err != nil || !bytes.Equal(got, plain) || len(a.body) >= len(plain) {
				t.Errorf("%s %s: got %q, %v, %d of %d bytes", target, encoding, a.header.Get("Content-Encoding"), err, len(got), len(plain))
			}
			if !strings.Contains(strings.Join(a.header.Values("Vary"), ","), "Accept-Encoding") {
				t.Errorf("%s %s: Vary %v", target, encoding, a.header.Values("Vary"))
			}
		}
	}
}

// faulty is a reader whose selections go wrong after some features.
type faulty struct {
	geo.Reader
	after int
	wrong func() error // may panic
}

func (f faulty) Open(ctx context.Context, q geo.Query) (geo.Selection, error) {
	if f.after < 0 {
		return nil, f.wrong()
	}
	s, err := f.Reader.Open(ctx, q)
	if err != nil {
		return nil, err
	}
	return faultySelection{s, f}, nil
}

type faultySelection struct {
	geo.Selection
	faulty faulty
}

func (f faultySelection) Features() iter.Seq2[*geo.Feature, error] {
	return func(yield func(*geo.Feature, error) bool) {
		n := 0
		for feature, err := range f.Selection.Features() {
			if n++; n > f.faulty.after {
				yield(nil, f.faulty.wrong())
				return
			}
			if !yield(feature, err) {
				return
			}
		}
	}
}

// many is a collection of points whose names do not compress.
func many(n int) *geotest.Layer {
	l := geotest.NewLayer("many", "Point", geotest.Prop("name", geo.String))
	for i := range n {
		sum := sha256.Sum256([]byte{byte(i), byte(i >> 8)})
		l.Add(strconv.Itoa(i), orb.Point{116 + float64(i%100)/100, float64(i/100) / 100}, geotest.Values{"name": hex.EncodeToString(sum[:])})
	}
	return l
}

func faultyServer(t testing.TB, after int, wrong func() error, log *geotest.Log) *api.Server {
	return newServer(t, func(c *api.Config) {
		c.Reader = faulty{geotest.NewReader(many(4000)), after, wrong}
		c.Log = slog.New(slog.NewTextHandler(log, nil))
		c.Limits.Buffer = 2000
	})
}

// TestFaultBeforeTheFirstByte answers with a problem that gives nothing away.
func TestFaultBeforeTheFirstByte(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		after  int
		wrong  func() error
		status int
	}{
		"an error at once":  {-1, func() error { return errors.New("SELECT secret FROM t") }, http.StatusInternalServerError},
		"a panic at once":   {-1, func() error { panic("secret") }, http.StatusInternalServerError},
		"an error early on": {1, func() error { return errors.New("secret") }, http.StatusInternalServerError},
		"a panic early on":  {1, func() error { panic("secret") }, http.StatusInternalServerError},
		"out of time":       {1, func() error { return context.DeadlineExceeded }, http.StatusGatewayTimeout},
	} {
		var log geotest.Log
		s := faultyServer(t, c.after, c.wrong, &log)
		a := get(t, s, "/collections/many/items?limit=1000")
		if a.status != c.status || a.header.Get("Content-Type") != "application/problem+json" || strings.Contains(string(a.body), "secret") {
			t.Errorf("%s: got %d %v %s", name, a.status, a.header, a.body)
		}
		if c.status == http.StatusInternalServerError && !strings.Contains(log.String(), "secret") {
			t.Errorf("%s: the operator isn't told why:\n%s", name, log.String())
		}
		if a := get(t, s, "/collections"); a.status != http.StatusOK {
			t.Errorf("%s: the next request gets %d", name, a.status)
		}
	}
}

// TestStreamCut sees a fault in the middle of a stream as an answer cut short,
// never as a complete one.
func TestStreamCut(t *testing.T) {
	t.Parallel()
	for name, wrong := range map[string]func() error{
		"error": func() error { return errors.New("secret") },
		"panic": func() error { panic("secret") },
	} {
		for _, encoding := range []string{"identity", "gzip", "br", "zstd"} {
			t.Run(name+" "+encoding, func(t *testing.T) {
				t.Parallel()
				var log geotest.Log
				r, body, err := dial(t, faultyServer(t, 3000, wrong, &log), "GET /collections/many/items?limit=10000 HTTP/1.1\r\nHost: example.test\r\nAccept-Encoding: "+encoding+"\r\n\r\n")
				if err == nil {
					t.Errorf("got %d bytes and no error: the client can't tell that they are not all", len(body))
				}
				if r != nil && (r.StatusCode != http.StatusOK || r.ContentLength >= 0) {
					t.Errorf("got %v, want a stream or nothing", r)
				}
				deadline := time.After(5 * time.Second)
				for !strings.Contains(log.String(), "stream cut") || !strings.Contains(log.String(), "secret") {
					select {
					case <-deadline:
						t.Fatalf("the log does not say why:\n%s", log.String())
					case <-time.After(10 * time.Millisecond):
					}
				}
			})
		}
	}
}

// Data that can't be fresh in time are a passing fault, and a wrong time is the client's.
func TestFresh(t *testing.T) {
	t.Parallel()
	var asked time.Duration
	s := newServer(t, func(c *api.Config) {
		c.Fresh = func(ctx context.Context, since time.Time) error {
			deadline, _ := ctx.Deadline()
			asked = deadline.Sub(since).Round(time.Second)
			if asked == 2*time.Second {
				return context.DeadlineExceeded
			}
			return nil
		}
	})
	for text, status := range map[string]int{"": 200, "1": 200, "30": 200, "2": 503, "0": 400, "31": 400, "soon": 400, "1.5": 400, "-1": 400} {
		asked = 0
		a := get(t, s, "/collections/ports/items?limit=1", "Kawasan-Fresh", text)
		if a.status != status {
			t.Errorf("%q: got %d, want %d: %s", text, a.status, status, a.body)
		}
		if seconds, err := strconv.Atoi(text); status == 200 && err == nil && asked != time.Duration(seconds)*time.Second {
			t.Errorf("%q: waits %s", text, asked)
		}
		if status == 503 && a.header.Get("Retry-After") == "" {
			t.Errorf("%q: no Retry-After", text)
		}
	}
}

// Every kind of answer says who may keep it, and for how long.
func TestCacheControl(t *testing.T) {
	t.Parallel()
	s := shippedServer(t)
	for path, want := range map[string]string{
		"/":                                   "public, no-cache",
		"/api":                                "public, no-cache",
		"/collections/zones":                  "public, no-cache",
		"/collections/zones/items":            "public, no-cache",
		"/collections/zones/items/kik?f=html": "public, no-cache",
		"/collections/zones/items?f=csv":      "public, no-cache",
		"/collections/zones/tiles/WebMercatorQuad/8/127/210": "public, no-cache",
		"/proximity/nearest?from=zones/kik&to=ports":         "public, no-cache",
		"/zones/kik/profile":                                 "public, no-cache",
		"/styles":                                            "public, no-cache",
		"/map":                                               "public, no-cache",
		"/healthz":                                           "no-store",
		"/readyz":                                            "no-store",
		"/nothing":                                           "no-store",
		"/collections/zones/items?bbox=1":                    "no-store",
		"/collections/zones/items/nobody":                    "no-store",
	} {
		a := get(t, s, path)
		if got := a.header.Get("Cache-Control"); got != want {
			t.Errorf("%s: got %q, want %q", path, got, want)
		}
		if tag := a.header.Get("ETag"); want == "public, no-cache" && tag == "" {
			t.Errorf("%s: no ETag", path)
		} else if tag != "" {
			again := get(t, s, path, "If-None-Match", tag)
			if again.status != http.StatusNotModified || again.header.Get("Cache-Control") != want || again.header.Get("Vary") != a.header.Get("Vary") || len(again.body) > 0 {
				t.Errorf("%s again: got %d %v", path, again.status, again.header)
			}
		}
	}
}
