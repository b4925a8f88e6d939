package api_test

import (
	"net/http"
	"strings"
	"testing"
)

// An address at which there is nothing names the one that was likely meant, and a page of it leads there.
func TestNearestAddress(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	for target, want := range map[string]string{
		"/zones/kik/profil":            "/zones/kik/profile",
		"/zone/kik/profile":            "/zones/kik/profile",
		"/zones/kik":                   "/zones/kik/profile",
		"/kawasan/kik/profil":          "/zones/kik/profile",
		"/collections/":                "/collections",
		"/Collections/zones":           "/collections/zones",
		"/koleksi/zones":               "/collections/zones",
		"/collections/zones/itmes":     "/collections/zones/items",
		"/collections/zone/queryables": "",
		"/collections/zones/kik":       "/collections/zones/items/kik",
		"/zones":                       "/collections/zones",
		"/zones/items/kik":             "/collections/zones/items/kik",
		"/proximity/neares":            "/proximity/nearest",
		"/proximity/within/":           "/proximity/within",
		"/zones/k%20k/profil":          "/zones/k%20k/profile",
		"/zones/%3Cb%3E/profil":        "/zones/%3Cb%3E/profile",
		"/zones/a%2Fb/profil":          "",
		"/nothing":                     "",
		"/a/b/c/d/e/f/g/h/i/j":         "",
		"/" + strings.Repeat("z", 500): "",
		"//":                           "",
	} {
		a := get(t, s, target)
		if a.status != http.StatusNotFound {
			t.Errorf("%s: status %d", target, a.status)
			continue
		}
		fix, _ := a.json(t)["fix"].(string)
		meant, _ := strings.CutPrefix(fix, "did you mean ")
		if named := strings.TrimSuffix(meant, "?"); want != "" && named != want || want == "" && strings.HasPrefix(fix, "did you mean /") {
			t.Errorf("%s: got %q, want %q", target, fix, want)
		}
	}
	for target, want := range map[string]string{
		"/zones/kik/profil?f=html&lang=id":         `apakah maksud Anda <a href="http://example.test/zones/kik/profile?f=html&amp;lang=id">/zones/kik/profile</a>?`,
		"/collections/nothing?f=html":              `listed at <a href="http://example.test/collections?f=html&amp;lang=en">/collections</a></p>`,
		"/nothing?f=html":                          `the landing page <a href="http://example.test/?f=html&amp;lang=en">/</a> or see the interface description at <a href="http://example.test/api?f=html&amp;lang=en">/api</a></p>`,
		"/collections/zones/items/none?f=html":     `<a href="http://example.test/collections/zones/items?f=html&amp;lang=en">/collections/zones/items</a> lists</p>`,
		"/zones/%3Cscript%3E/profil?f=html":        `<a href="http://example.test/zones/%3Cscript%3E/profile?f=html&amp;lang=en">/zones/%3Cscript%3E/profile</a>?`,
		"/collections/zones/items?f=html&limitt=1": `did you mean <a href="http://example.test/collections/zones/items?limit=1&amp;f=html&amp;lang=en">limit</a>? (`,
	} {
		if body := string(get(t, s, target).body); !strings.Contains(body, want) {
			_, fix, _ := strings.Cut(body, "</h2>")
			t.Errorf("%s lacks %s: %.300s", target, want, fix)
		}
	}
}
