package api_test

import (
	"io"
	"regexp"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"

	"kawasan/api"
	"kawasan/geo/geotest"
)

func TestMapPageLoadsOnlyItsOwn(t *testing.T) {
	t.Parallel()
	s := shippedServer(t)
	a := get(t, s, "/map", "Accept", "text/html")
	policy := a.header.Get("Content-Security-Policy")
	for _, want := range []string{"default-src 'self'", "script-src 'self';", "style-src 'self';", "connect-src 'self';", "frame-ancestors 'self'"} {
		if !strings.Contains(policy, want) {
			t.Errorf("policy: got %q, want %q in it", policy, want)
		}
	}
	if regexp.MustCompile(`<script[^>]*>[^<]|<style|\son\w+=|\sstyle=`).Match(a.body) {
		t.Errorf("the page has inline script or style:\n%s", a.body)
	}
	for _, m := range regexp.MustCompile(`(?:src|href)="(http://example\.test)?(/map/assets/[^"]+)"`).FindAllSubmatch(a.body, -1) {
		if f := get(t, s, string(m[2])); f.status != 200 || f.header.Get("Cache-Control") != "public, max-age=31536000, immutable" {
			t.Errorf("%s: %d, Cache-Control %q, want 200 and for ever", m[2], f.status, f.header.Get("Cache-Control"))
		}
	}
	if again := get(t, s, "/map", "Accept", "text/html", "If-None-Match", a.header.Get("ETag")); again.status != 304 {
		t.Errorf("with its ETag: %d, want 304", again.status)
	}
	if id := get(t, s, "/map?lang=id"); !strings.Contains(string(id.body), `<html lang="id">`) {
		t.Errorf("lang=id: got\n%.200s", id.body)
	}
}

func TestMapAssetsComeCompressed(t *testing.T) {
	t.Parallel()
	s := shippedServer(t)
	page := get(t, s, "/map")
	for _, m := range regexp.MustCompile(`/map/assets/[\w.-]+`).FindAllString(string(page.body), -1) {
		plain := get(t, s, m, "Accept-Encoding", "identity")
		packed := get(t, s, m, "Accept-Encoding", "gzip, br, zstd")
		if packed.header.Get("Content-Encoding") != "br" {
			t.Errorf("%s: Content-Encoding %q, want br", m, packed.header.Get("Content-Encoding"))
		}
		unpacked, err := io.ReadAll(brotli.NewReader(strings.NewReader(string(packed.body))))
		if err != nil || string(unpacked) != string(plain.body) {
			t.Errorf("%s: br unpacks to other bytes (%v)", m, err)
		}
		if gz := get(t, s, m, "Accept-Encoding", "gzip"); gz.header.Get("Content-Encoding") != "gzip" || gz.header.Get("ETag") == packed.header.Get("ETag") {
			t.Errorf("%s: gzip has encoding %q and ETag %q", m, gz.header.Get("Content-Encoding"), gz.header.Get("ETag"))
		}
	}
	for _, name := range []string{"nothing.js", "manifest.json", "..%2Fassets.go", "LEGAL.txt.br"} {
		if a := get(t, s, "/map/assets/"+name); a.status != 404 {
			t.Errorf("%s: %d, want 404", name, a.status)
		}
	}
}

// Other sites name MapLibre's files: their names stay, so they are asked for anew.
func TestMapLibreForOtherSites(t *testing.T) {
	t.Parallel()
	s := shippedServer(t)
	for _, name := range []string{"maplibre.js", "maplibre.css"} {
		a := get(t, s, "/map/assets/"+name, "Origin", "https://example.org")
		if a.status != 200 || a.header.Get("Cache-Control") != "public, no-cache" || a.header.Get("Access-Control-Allow-Origin") != "*" {
			t.Errorf("%s: %d, %v", name, a.status, a.header)
		}
		if again := get(t, s, "/map/assets/"+name, "If-None-Match", a.header.Get("ETag")); again.status != 304 {
			t.Errorf("%s with its ETag: %d, want 304", name, again.status)
		}
	}
}

func TestMapForOtherSites(t *testing.T) {
	t.Parallel()
	s := newServer(t, func(c *api.Config) {
		c.EmbedOrigins = []string{"https://example.org"}
		c.OnlineBase = &api.OnlineBase{Tiles: "https://tiles.example.net/{z}/{x}/{y}.png", Attribution: "Somebody"}
	})
	embed := get(t, s, "/map/embed").header.Get("Content-Security-Policy")
	if !strings.Contains(embed, "frame-ancestors 'self' https://example.org") {
		t.Errorf("embed: got %q", embed)
	}
	page := get(t, s, "/map").header.Get("Content-Security-Policy")
	if !strings.HasSuffix(page, "frame-ancestors 'self'") {
		t.Errorf("the whole application must not be framed: got %q", page)
	}
	if !strings.Contains(page, "connect-src 'self' https://tiles.example.net;") {
		t.Errorf("online base: got %q", page)
	}
	for name, change := range map[string]func(*api.Config){
		"no origin":          func(c *api.Config) { c.EmbedOrigins = []string{"example.org"} },
		"more than one rule": func(c *api.Config) { c.EmbedOrigins = []string{"https://a.example; script-src *"} },
		"no variables":       func(c *api.Config) { c.OnlineBase = &api.OnlineBase{Tiles: "https://a.example/{z}", Attribution: "x"} },
		"no attribution":     func(c *api.Config) { c.OnlineBase = &api.OnlineBase{Tiles: "https://a.example/{z}/{x}/{y}"} },
		"no host":            func(c *api.Config) { c.OnlineBase = &api.OnlineBase{Tiles: "/{z}/{x}/{y}", Attribution: "x"} },
	} {
		c := api.Config{Reader: geotest.Shipped(t)}
		change(&c)
		if _, err := api.New(c); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestPagesLeadToTheMap(t *testing.T) {
	t.Parallel()
	s := shippedServer(t)
	for path, want := range map[string]string{
		"/?f=html": "/map?lang=en", "/collections/zones/items/kik?f=html": "/map?lang=en#sel=zones/kik", "/zones/kik/profile?f=html&lang=id": "/map?lang=id",
	} {
		if a := get(t, s, path); !strings.Contains(string(a.body), "http://example.test"+want+`"`) {
			t.Errorf("%s has no link to %s", path, want)
		}
	}
}
