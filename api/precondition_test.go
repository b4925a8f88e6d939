package api_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"kawasan/api"
	"kawasan/geo/geotest"
)

// Who asks for an answer in one state of it gets that or nothing (RFC 9110, 13.1 and 13.2.2), whether the
// answer is made, kept, streamed or a file.
func TestPreconditions(t *testing.T) {
	t.Parallel()
	l := mixed()
	l.Collection.Modified = time.Date(2024, 5, 1, 12, 0, 0, 5e8, time.UTC)
	const before, at, after = "Wed, 01 May 2024 11:59:59 GMT", "Wed, 01 May 2024 12:00:00 GMT", "Wed, 01 May 2024 12:00:01 GMT"
	for _, target := range []string{
		"/collections/mixed/items", "/collections/mixed/items/a", "/collections/mixed", "/collections/mixed/items?f=html", "/collections/mixed/items?f=gpkg", "/collections/mixed/items?f=csv",
		"/map", "/collections/mixed/tiles/WebMercatorQuad/5/16/26",
	} {
		for _, buffer := range []int{0, 1} {
			s := newServer(t, func(c *api.Config) { c.Reader, c.Limits.Buffer = geotest.NewReader(l), buffer })
			get(t, s, target)
			first := get(t, s, target) // may be kept from now on
			tag, modified := first.header.Get("ETag"), first.header.Get("Last-Modified")
			if first.status != http.StatusOK || tag == "" {
				t.Fatalf("%s: got %d, %v", target, first.status, first.header)
			}
			unlessModified := func(status int) int {
				if modified == "" {
					return http.StatusOK
				}
				return status
			}
			for _, c := range []struct {
				headers []string
				want    int
			}{
				{[]string{"If-Match", tag}, 200},
				{[]string{"If-Match", "*"}, 200},
				{[]string{"If-Match", `"x", ` + tag}, 200},
				{[]string{"If-Match", `"x"`}, 412},
				{[]string{"If-Match", "W/" + tag}, 412},
				{[]string{"If-Match", tag, "If-None-Match", tag}, 304},
				{[]string{"If-Match", `"x"`, "If-None-Match", tag}, 412},
				{[]string{"If-Match", tag, "If-Unmodified-Since", before}, 200},
				{[]string{"If-Unmodified-Since", before}, unlessModified(412)},
				{[]string{"If-Unmodified-Since", at}, 200},
				{[]string{"If-Unmodified-Since", after}, 200},
				{[]string{"If-Unmodified-Since", "yesterday"}, 200},
				{[]string{"If-Match", `"x"`, "Range", "bytes=0-1"}, 412},
				{[]string{"If-None-Match", tag, "Range", "bytes=0-1"}, 304},
			} {
				a := get(t, s, target, c.headers...)
				if a.status != c.want {
					t.Errorf("%s, buffer %d, %q: got %d, want %d", target, buffer, c.headers, a.status, c.want)
				}
				if a.status == 412 && (a.header.Get("ETag") != "" || !strings.Contains(string(a.body), "If-Match")) {
					t.Errorf("%s, %q: got %v, %s; want a problem that says what would be right", target, c.headers, a.header, a.body)
				}
				if c.want != 304 && len(c.headers) == 2 {
					if head := do(t, s, http.MethodHead, target, c.headers...); head.status != c.want || len(head.body) != 0 {
						t.Errorf("HEAD %s, %q: got %d, want %d", target, c.headers, head.status, c.want)
					}
				}
			}
		}
	}
}

// An answer without a tag matches none, and is there all the same.
func TestPreconditionsWithoutTag(t *testing.T) {
	t.Parallel()
	l := mixed()
	l.Collection.Version = 0
	s := newServer(t, func(c *api.Config) { c.Reader = geotest.NewReader(l) })
	for match, want := range map[string]int{`"x"`: 412, "*": 200} {
		if got := get(t, s, "/collections/mixed/items", "If-Match", match).status; got != want {
			t.Errorf("%s: got %d, want %d", match, got, want)
		}
	}
}

// What is sent with a body is told 412 where GET is told 304 (RFC 9110, 13.1.2).
func TestPreconditionsOfPost(t *testing.T) {
	t.Parallel()
	s := shippedServer(t)
	const filter, place = `{"op":"isNull","args":[{"property":"name"}]}`, `{"type":"Point","coordinates":[116.8,-1.2]}`
	tag := post(t, s, "/collections/ports/items", "application/json", filter).header.Get("ETag")
	if tag == "" {
		t.Fatal("the answer has no tag")
	}
	for _, c := range []struct {
		target, mediaType, body string
		headers                 []string
		want                    int
	}{
		{"/collections/ports/items", "application/json", filter, []string{"If-None-Match", tag}, 412},
		{"/collections/ports/items", "application/json", filter, []string{"If-None-Match", "*"}, 412},
		{"/collections/ports/items", "application/json", filter, []string{"If-None-Match", `"x"`}, 200},
		{"/collections/ports/items", "application/json", filter, []string{"If-Match", tag}, 200},
		{"/collections/ports/items", "application/json", filter, []string{"If-Match", `"x"`}, 412},
		{"/proximity/nearest?to=ports", "application/geo+json", place, []string{"If-None-Match", tag}, 200},
		{"/proximity/nearest?to=ports", "application/geo+json", place, []string{"If-Match", tag}, 412}, // it has no tag
	} {
		a := post(t, s, c.target, c.mediaType, c.body, c.headers...)
		if a.status != c.want || a.status == 412 && !strings.Contains(string(a.body), c.headers[0]) {
			t.Errorf("%s, %q: got %d %s, want %d", c.target, c.headers, a.status, a.body, c.want)
		}
	}
}
