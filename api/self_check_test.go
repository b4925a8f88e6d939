package api_test

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"kawasan/api"
	"kawasan/geo"
	"kawasan/geo/geotest"
)

// counted counts the reads that reach the store.
type counted struct {
	geo.Reader
	reads *atomic.Int64
}

func (c counted) Open(ctx context.Context, q geo.Query) (geo.Selection, error) {
	c.reads.Add(1)
	return c.Reader.Open(ctx, q)
}

// unhurried lets answers take as long as the machine needs.
func unhurried(c *api.Config) { c.Limits.Timeout = 10 * time.Minute }

// TestSelfCheck asks what clients get to work: everything, in both languages, and
// with the requests as addresses of this server.
func TestSelfCheck(t *testing.T) {
	t.Parallel()
	for name, base := range map[string]string{"address from the request": "", "public address": "https://data.example.test/kawasan"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newServer(t, unhurried, func(c *api.Config) { c.BaseURL = base })
			d := get(t, s, "/self-check").json(t)
			if d["works"] != true || d["complete"] != true {
				t.Errorf("got %v", d)
			}
			list, _ := d["clients"].([]any)
			if len(list) != 4 {
				t.Errorf("%d clients were replayed", len(list))
			}
			page := string(get(t, s, "/self-check?f=html&lang=id").body)
			for _, want := range []string{"membaca halaman demi halaman tanpa kehilangan", "berhasil", "QGIS", "OWSLib"} {
				if !strings.Contains(page, want) {
					t.Errorf("the page lacks %q", want)
				}
			}
		})
	}
}

// TestSelfCheckIsKept checks once for many who ask at the same time, and again
// only when the data have changed.
func TestSelfCheckIsKept(t *testing.T) {
	t.Parallel()
	var reads atomic.Int64
	s := newServer(t, unhurried, func(c *api.Config) { c.Reader = counted{geotest.Shipped(t), &reads} })
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if a := get(t, s, "/self-check"); a.status != http.StatusOK {
				t.Errorf("got %d %s", a.status, a.body)
			}
		})
	}
	all.Wait()
	first := reads.Load()
	for _, target := range []string{"/self-check", "/self-check?f=html", "/self-check?lang=id"} {
		get(t, s, target, "Host", "other.test")
	}
	if reads.Load() != first || first == 0 || first > 400 {
		t.Errorf("%d reads for the first eight, then %d more", first, reads.Load()-first)
	}
	tag := get(t, s, "/self-check").header.Get("ETag")
	if a := get(t, s, "/self-check", "If-None-Match", tag); a.status != http.StatusNotModified {
		t.Errorf("got %d for the same tag", a.status)
	}
}

// TestSelfCheckWithKeys passes the key on, so that what its holder may read is checked.
func TestSelfCheckWithKeys(t *testing.T) {
	t.Parallel()
	s := newServer(t, unhurried, func(c *api.Config) {
		c.Authorise = func(_ context.Context, key string) (geo.Principal, error) {
			if key != "hush" {
				return geo.Principal{}, geo.Errorf(geo.Unauthorised, "a key is needed")
			}
			return geo.Principal{Name: "tester"}, nil
		}
	})
	if a := get(t, s, "/self-check"); a.status != http.StatusUnauthorized {
		t.Errorf("without a key: got %d", a.status)
	}
	for _, headers := range [][]string{{"X-API-Key", "hush"}, {"Authorization", "Bearer hush"}} {
		if d := get(t, s, "/self-check", headers...).json(t); d["works"] != true {
			t.Errorf("got %v", d)
		}
	}
	a := get(t, s, "/self-check?api_key=hush")
	if d := a.json(t); d["works"] != true || strings.Contains(string(a.body), "hush") {
		t.Errorf("got %s", a.body)
	}
}
