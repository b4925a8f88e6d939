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
		{"a profile begins with what its boundary is worth, and leads on", "/zones/kik/profile?f=html&lang=id", []string{"<h1>Profil: Kawasan Industri Kariangau (KIK)</h1>\n<p class=\"basis sketch\">indikatif, bukan batas resmi", "/map?lang=id#sel=zones/kik", "f=xlsx"}},
		{"an answer says what was asked, and leads to the map", "/proximity/nearest?from=zones/kik&to=ports&k=2&f=html&lang=id", []string{"<h1>Objek terdekat: Pelabuhan, dari Kawasan Industri Kariangau (KIK)</h1>", "#p=near&amp;near=ask%3Dnearest", "<p class=\"address\">"}},
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

// What is English in the data, and a sentence of ours, is Indonesian on Indonesian pages, and
// what a value means stands on them once.
func TestDataInIndonesian(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	for target, part := range map[string]struct{ want, not string }{
		"/collections/zones?f=html&lang=id":                               {"Fakta hukum atau gambar sendiri; sumber disebut pada setiap baris", "Facts of law"},
		"/collections/mills?f=html&lang=id":                               {"menurut pola Universal Mill List", "in the manner of"},
		"/collections/zones?lang=id":                                      {"Dewan Nasional Kawasan Ekonomi Khusus", "National Council"},
		"/collections/zones/items/kik?f=html&lang=id":                     {"Digambar oleh kami: daratan Kelurahan Kariangau", "Drawn by us"},
		"/collections/zones/items/kib?f=html&lang=id":                     {"arti: RTRW, mungkin angka tertukar dari 5.242; sumber: pers 2021 yang mengutip", "meaning:"},
		"/zones/kik/profile?f=html&lang=id":                               {"Pantai kelurahan: lapisan administrasi dengan kode 2025", "administrative layer with"},
		"/zones/compare?ids=kik,kib&f=html&lang=id":                       {"pers dan ringkasan RTRW", "press and RTRW"},
		"/proximity/nearest?from=zones/kik&to=ports&f=html&lang=id":       {"Sumber: Pantai kelurahan", "Facts; sources"},
		"/collections/zones/items?f=html&lang=id":                         {"kawasan industri", "industrial estate"},
		"/collections/ports/schema?f=html&lang=id":                        {"<code>bay</code> (teluk)", "NGA World"},
		"/tiles/WebMercatorQuad?collections=regencies&lang=id&f=tilejson": {"hak cipta Cahya DSN", "copyright"},
	} {
		body := string(get(t, s, target).body)
		if !strings.Contains(body, part.want) {
			t.Errorf("%s lacks %q", target, part.want)
		}
		if strings.Contains(body, part.not) {
			t.Errorf("%s says %q", target, part.not)
		}
	}
	page := string(get(t, s, "/collections/zones?f=html&lang=id").body)
	if n := strings.Count(page, "official_extract"); n != 1 {
		t.Errorf("the kinds of boundary are explained %d times, want once", n)
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

// A problem is worded in the language asked for, with a way on, whatever went wrong.
func TestProblemPages(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	for target, want := range map[string][]string{
		"/nothing?f=html&lang=id":                                                {`<html lang="id">`, "Tidak ditemukan", "tidak ada apa pun di alamat ini", "/collections?f=html&amp;lang=id", `content="noindex"`},
		"/collections/none?f=html&lang=id":                                       {"tidak ada koleksi &#34;none&#34;", "Peta</a>"},
		"/collections/zones/items/none?f=html&lang=id":                           {"koleksi &#34;zones&#34; tidak memiliki fitur"},
		"/collections/zones/items?f=html&lang=id&limitt=3":                       {"tidak ada parameter &#34;limitt&#34; di sini", "Permintaan tidak tepat"},
		"/proximity/within?from=zones/kik&to=ports&distance=-5km&f=html&lang=id": {"jarak &#34;-5km&#34; negatif", "tulis angka dan satuannya", `<div class="problem">`},
		"/collections/zones/items?f=html&lang=id&filter=area%20%3D":              {`<div class="problem">`, "ditemukan akhir teks, seharusnya atribut, nilai, fungsi", "Letak"},
		"/nothing?f=html&lang=en":                                                {"there is nothing at this address", "Home</a>"},
	} {
		a := get(t, s, target)
		for _, part := range want {
			if !strings.Contains(string(a.body), part) {
				t.Errorf("%s lacks %q", target, part)
			}
		}
	}
	if p := get(t, s, "/collections/none?lang=id").json(t); p["detail"] != `tidak ada koleksi "none"` || p["code"] != "not_found" {
		t.Errorf("as JSON in Indonesian: got %v", p)
	}
	if p := get(t, s, "/collections/none").json(t); p["detail"] != `there is no collection "none"` || p["title"] != "Not Found" {
		t.Errorf("as JSON: got %v", p)
	}
}

// A problem gives the address that was likely meant, as a link on its page and as a member for programs, without
// the key that came with the request.
func TestProblemSuggests(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	for target, want := range map[string]string{
		"/collections/port?lang=en":                                     "/collections/ports?lang=en",
		"/collections/port/items?limit=2&lang=id&token=secret":          "/collections/ports/items?limit=2&lang=id",
		"/collections/ports/items?limitt=3&lang=en":                     "/collections/ports/items?limit=3&lang=en",
		"/proximity/nearest?from=zones/kik&to=mills,portss&k=2&lang=en": "/proximity/nearest?from=zones/kik&to=mills,ports&k=2&lang=en",
		"/zones/kik/profil?lang=en":                                     "/zones/kik/profile?lang=en",
		"/collections/ports/items?filter=carg%3D%27x%27&lang=en":        "",
		"/collections/none?lang=en":                                     "",
		"/collections/ports/items/none?lang=en":                         "",
		"/collections/ports/items?sortby=nam&lang=en":                   "",
		"/collections/ports/items?bbox=1,2,3&lang=en":                   "",
	} {
		p := get(t, s, target)
		got, _ := p.json(t)["suggestion"].(string)
		if strings.TrimPrefix(got, testHost) != want {
			t.Errorf("%s suggests %q, want %q", target, got, want)
		}
		page := string(get(t, s, target+"&f=html").body)
		before, lang, _ := strings.Cut(want, "lang=")
		if link := `<a href="` + testHost + strings.ReplaceAll(before+"f=html&lang="+lang, "&", "&amp;") + `">`; want != "" && !strings.Contains(page, link) {
			t.Errorf("%s: the page lacks %s", target, link)
		}
		if want != "" && got != "" {
			if a := get(t, s, strings.TrimPrefix(got, testHost)); a.status != http.StatusOK {
				t.Errorf("%s suggests %s, which gives %d", target, got, a.status)
			}
		}
	}
	page := string(get(t, s, "/collections/ports?f=xyz&lang=en", "Accept", "text/html").body)
	for _, part := range []string{`<p class="lead">f is`, "<code>json</code> or <code>html</code>"} {
		if !strings.Contains(page, part) {
			t.Errorf("the page of a wrong f lacks %q", part)
		}
	}
}

// Each class that is declared stands on the page, below its standard and in words of both languages.
func TestConformancePage(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	for _, lang := range []string{"en", "id"} {
		page := string(get(t, s, "/conformance?f=html&lang="+lang).body)
		if strings.Contains(page, `<td data-label="Meaning"></td>`) || strings.Contains(page, `<td data-label="Arti"></td>`) {
			t.Errorf("a class has no words in %s", lang)
		}
		declared, _ := get(t, s, "/conformance").json(t)["conformsTo"].([]any)
		for _, uri := range declared {
			if n := strings.Count(page, ">"+uri.(string)+"<"); n != 1 {
				t.Errorf("%v stands %d times on the page, want once", uri, n)
			}
		}
	}
}

// The table of items shows what is particular to the collection and what positions are
// worth, sorts by its heads, and offers all that is selected as files.
func TestItemsTable(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	page := string(get(t, s, "/collections/ports/items?f=html&lang=id&limit=5&filter=cargo%20IS%20NOT%20NULL&sortby=-name").body)
	for _, want := range []string{
		`aria-sort="descending"`, "sortby=name&amp;", "Muatan", "Ketidakpastian posisi", "peti kemas", `data-label="Ketidakpastian posisi (m)" class="number">`,
		"f=gpkg", "Nama ▼", `<nav class="crumbs"`, `<meta name="description"`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	_, files, _ := strings.Cut(page, "files-of")
	files, _, _ = strings.Cut(files, "</details>")
	if !strings.Contains(files, "f=gpkg") || !strings.Contains(files, "filter=") || strings.Contains(files, "limit=") {
		t.Errorf("the files are not of all that is selected: %s", files)
	}
	if strings.Contains(page, "Lisensi</a>") {
		t.Error("licences, all alike, have a column")
	}
}
