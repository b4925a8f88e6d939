package api_test

import (
	"bytes"
	"image/png"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

func TestMaps(t *testing.T) {
	t.Parallel()
	s := shippedServer(t)
	for _, c := range []struct {
		name, path    string
		status        int
		mediaType     string
		width, height int // of a PNG
	}{
		{"a collection", "/collections/zones/map.png?width=300&height=200", 200, "image/png", 300, 200},
		{"as SVG", "/collections/zones/map.svg", 200, "image/svg+xml", 0, 0},
		{"a box", "/collections/ports/map.png?width=200&height=100&bbox=116.7,-1.3,116.9,-1.1&theme=dark&lang=id", 200, "image/png", 200, 100},
		{"a box in another system", "/collections/ports/map.png?width=64&height=64&bbox-crs=http://www.opengis.net/def/crs/EPSG/0/3857&bbox=12990000,-150000,13020000,-120000", 200, "image/png", 64, 64},
		{"more dots", "/collections/zones/map.png?width=300&height=200&dpi=192", 200, "image/png", 300, 200},
		{"a filter", "/collections/ports/map.png?width=64&height=64&filter=id='semayang'", 200, "image/png", 64, 64},
		{"a feature", "/collections/zones/items/kik/map.png?width=200&height=100", 200, "image/png", 200, 100},
		{"a sheet", "/collections/zones/items/kik/sheet.png?dpi=72", 200, "image/png", 842, 595},
		{"a sheet of some", "/collections/zones/items/kik/sheet.svg?collections=ports&around=2000&paper=a3", 200, "image/svg+xml", 0, 0},
		{"a sheet as PDF", "/collections/zones/items/kib/sheet.pdf?lang=id", 200, "application/pdf", 0, 0},
		{"too wide", "/collections/zones/map.png?width=5000", 400, "", 0, 0},
		{"too many pixels", "/collections/zones/map.png?width=4096&height=4096", 400, "", 0, 0},
		{"no number", "/collections/zones/map.png?width=wide", 400, "", 0, 0},
		{"no width", "/collections/zones/map.png?width=0", 400, "", 0, 0},
		{"a box of three", "/collections/zones/map.png?bbox=1,2,3", 400, "", 0, 0},
		{"a box without area", "/collections/zones/map.png?bbox=1,2,1,2", 400, "", 0, 0},
		{"a box over the antimeridian", "/collections/zones/map.png?bbox=170,0,-170,10", 400, "", 0, 0},
		{"an unknown theme", "/collections/zones/map.png?theme=blue", 400, "", 0, 0},
		{"too many dots", "/collections/zones/map.png?dpi=9999", 400, "", 0, 0},
		{"dots that are none", "/collections/zones/items/kik/sheet.png?dpi=NaN", 400, "", 0, 0},
		{"a sheet too large", "/collections/zones/items/kik/sheet.png?dpi=300&paper=a3", 400, "", 0, 0},
		{"unknown paper", "/collections/zones/items/kik/sheet.png?paper=letter", 400, "", 0, 0},
		{"too far around", "/collections/zones/items/kik/sheet.png?around=1e9", 400, "", 0, 0},
		{"an unknown neighbour", "/collections/zones/items/kik/sheet.png?collections=nope", 400, "", 0, 0},
		{"an unknown parameter", "/collections/zones/map.png?zoom=3", 400, "", 0, 0},
		{"a filter with a fault", "/collections/zones/map.png?filter=name=", 400, "", 0, 0},
		{"an unknown collection", "/collections/nope/map.png", 404, "", 0, 0},
		{"an unknown feature", "/collections/zones/items/nope/map.png", 404, "", 0, 0},
		{"no geometry", "/collections/plantation_statistics/map.png", 404, "", 0, 0},
		{"no such form", "/collections/zones/map.gif", 404, "", 0, 0},
	} {
		a := get(t, s, c.path)
		if a.status != c.status {
			t.Errorf("%s: status %d, want %d\n%.300s", c.name, a.status, c.status, a.body)
			continue
		}
		if c.status != 200 {
			continue
		}
		if got := a.header.Get("Content-Type"); got != c.mediaType {
			t.Errorf("%s: type %s, want %s", c.name, got, c.mediaType)
		}
		if c.width > 0 {
			config, err := png.DecodeConfig(bytes.NewReader(a.body))
			if err != nil || config.Width != c.width || config.Height != c.height {
				t.Errorf("%s: %d by %d pixels, %v; want %d by %d", c.name, config.Width, config.Height, err, c.width, c.height)
			}
		}
		if again := get(t, s, c.path, "If-None-Match", a.header.Get("ETag")); again.status != 304 {
			t.Errorf("%s: asked again: status %d, want 304", c.name, again.status)
		}
		if again := get(t, s, c.path); !bytes.Equal(again.body, a.body) {
			t.Errorf("%s: asked again it has other bytes", c.name)
		}
	}
}

// A filter leaves out what does not match: with none left the ground alone is drawn.
func TestMapFilter(t *testing.T) {
	t.Parallel()
	s := shippedServer(t)
	const path = "/collections/towns/map.svg?filter="
	all, one, none := get(t, s, path), get(t, s, path+url.QueryEscape("name = 'Balikpapan'")), get(t, s, path+url.QueryEscape("name = 'no such town'"))
	count := func(a answer, name string) int { return strings.Count(string(a.body), ">"+name+"<") }
	for _, c := range []struct {
		name                string
		a                   answer
		balikpapan, bontang int
	}{{"all", all, 1, 1}, {"one", one, 1, 0}, {"none", none, 0, 0}} {
		if got := [2]int{count(c.a, "Balikpapan"), count(c.a, "Bontang")}; got != [2]int{c.balikpapan, c.bontang} {
			t.Errorf("%s: Balikpapan and Bontang are named %v times, want %d and %d", c.name, got, c.balikpapan, c.bontang)
		}
	}
	if got, want := all.header.Get("Content-Bbox"), one.header.Get("Content-Bbox"); got != want || strings.Count(got, ",") != 3 {
		t.Errorf("the box shown is %q, and %q with a filter", got, want)
	}
}

// Pages show a picture of what they are about where their link is shared.
func TestPreviews(t *testing.T) {
	t.Parallel()
	s := shippedServer(t)
	picture := regexp.MustCompile(`<meta property="og:image" content="http://example.test([^"]+)">`)
	for _, c := range []struct {
		path  string
		shown bool
	}{
		{"/", true},
		{"/collections/zones", true},
		{"/collections/zones/items", true},
		{"/collections/zones/items/kik", true},
		{"/collections", false},
		{"/collections/plantation_statistics", false},
		{"/conformance", false},
	} {
		page := get(t, s, c.path+"?f=html&lang=id")
		m := picture.FindSubmatch(page.body)
		if (m != nil) != c.shown {
			t.Errorf("%s has a preview: %v, want %v", c.path, m != nil, c.shown)
			continue
		}
		if m == nil {
			continue
		}
		a := get(t, s, strings.ReplaceAll(string(m[1]), "&amp;", "&"))
		config, err := png.DecodeConfig(bytes.NewReader(a.body))
		if err != nil || config.Width != 1200 || config.Height != 630 {
			t.Errorf("%s: the preview is %d by %d pixels, %v; want 1200 by 630", c.path, config.Width, config.Height, err)
		}
	}
}
