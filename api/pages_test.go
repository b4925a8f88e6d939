package api_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"kawasan/geo/format"
)

// TestPagesSay checks that pages hold what their readers come for, in their language.
func TestPagesSay(t *testing.T) {
	t.Parallel()
	s := shippedServer(t)
	tests := []struct {
		name, path string
		want       []string
	}{
		{"the first page shows zones and what they rest on", "/?f=html&lang=en", []string{"Kawasan Industri Kariangau", "indicative, not an official boundary", "position known to 4 km", "/zones/kik/profile?f=html", "OAPIF:"}},
		{"the first page in Indonesian", "/?f=html&lang=id", []string{"indikatif, bukan batas resmi", "Pelabuhan mana yang terdekat dari", "Hubungkan"}},
		{"all collections", "/collections?f=html&lang=en", []string{"Palm oil mills", "86 points", "32 rows"}},
		{"a collection explains its attributes", "/collections/ports?f=html&lang=en", []string{"Position uncertainty", "<code>position_uncertainty_m</code>", "number, m", "f=gpkg", "<svg"}},
		{"a collection in Indonesian", "/collections/ports?f=html&lang=id", []string{"Unduh", "bilangan, m", "17 titik"}},
		{"a collection explains its codes", "/collections/zones?f=html&lang=id", []string{"<code>kek</code> (kawasan ekonomi khusus (KEK))", "<code>indicative</code> (indikatif, bukan batas resmi)"}},
		{"a table without geometry", "/collections/published_distances?f=html&lang=en", []string{"Attributes"}},
		{"a feature says what it rests on", "/collections/ports/items/kkt?f=html&lang=en", []string{"placed by estimate, not published", "position known to 3 km", "/proximity/nearest?from=ports%2Fkkt"}},
		{"queryables in their order", "/collections/ports/queryables?f=html&lang=en", []string{"<code>boundary_kind</code>", "one of:", "<code>legal</code>"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			a := get(t, s, test.path)
			if a.status != http.StatusOK {
				t.Fatalf("status %d: %s", a.status, a.body)
			}
			for _, want := range test.want {
				if !strings.Contains(string(a.body), want) {
					t.Errorf("the page lacks %q", want)
				}
			}
		})
	}
}

// TestInterfacePageIsComplete checks that the page has each path of the OpenAPI
// document and each shared parameter.
func TestInterfacePageIsComplete(t *testing.T) {
	t.Parallel()
	s := shippedServer(t)
	page := string(get(t, s, "/api.html?lang=en").body)
	var document struct {
		Paths      map[string]any
		Components struct{ Parameters map[string]any }
	}
	if err := json.Unmarshal(get(t, s, "/api").body, &document); err != nil || len(document.Paths) == 0 {
		t.Fatalf("%d paths, %v", len(document.Paths), err)
	}
	for path := range document.Paths {
		if rest, ok := strings.CutPrefix(path, "/collections/"); ok {
			_, rest, found := strings.Cut(rest, "/")
			if path = "/collections/{collectionId}"; found {
				path += "/" + rest
			}
		}
		if !strings.Contains(page, "<code>"+path+"</code>") {
			t.Errorf("%s is missing", path)
		}
	}
	for name := range document.Components.Parameters {
		if name != "featureId" && !strings.Contains(page, "<code>"+name+"</code>") {
			t.Errorf("the parameter %s is missing", name)
		}
	}
}

// A page in Indonesian names the forms of files in Indonesian, wherever it leads to them.
func TestFormsInIndonesian(t *testing.T) {
	t.Parallel()
	s := shippedServer(t)
	for _, target := range []string{
		"/collections/zones?lang=id&f=html", "/collections/zones?lang=id", "/collections?lang=id&f=html", "/collections/zones/items?lang=id&f=html",
		"/zones/kik/profile?lang=id&f=html", "/proximity/nearest?from=zones/kik&to=ports&lang=id&f=html", "/proximity/nearest?from=zones/kik&to=ports&lang=id",
		"/api?lang=id&f=html", "/tiles/WebMercatorQuad?lang=id", "/export?lang=id&f=html",
	} {
		body := string(get(t, s, target).body)
		for _, f := range format.All() {
			if f.Title.ID != f.Title.EN && f.Title.ID != "" && strings.Contains(strings.ReplaceAll(body, f.Title.ID, ""), f.Title.EN) {
				t.Errorf("%s says %q, not %q", target, f.Title.EN, f.Title.ID)
			}
		}
		for _, english := range []string{"as YAML", "MapLibre style", "Prometheus metrics"} {
			if strings.Contains(body, english) {
				t.Errorf("%s says %q", target, english)
			}
		}
	}
}
