package api_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"kawasan/api"
	"kawasan/geo"
	"kawasan/geo/geotest"
)

// remarks is a collection whose files are large enough to have a page before them.
func remarks(n int) *geotest.Layer {
	l := geotest.NewLayer("many", "Point", geotest.Prop("name", geo.String), geotest.Prop("remark", geo.String))
	for i := range n {
		l.Add(fmt.Sprintf("m%06d", i), orb.Point{115 + float64(i%400)/200, float64(i/400) / 200}, geotest.Values{"name": fmt.Sprintf("Titik %d", i), "remark": strings.Repeat("jauh ", 100)})
	}
	return l
}

// Each file has its size: an estimate that says so, and what it is once it has been made.
func TestSizesOfFiles(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	size := func(target, title string) string {
		t.Helper()
		page := string(get(t, s, target).body)
		_, row, found := strings.Cut(page, ">"+title+"</a>")
		if !found {
			t.Fatalf("%s does not offer %s", target, title)
		}
		row, _, _ = strings.Cut(row, "</li>")
		return regexp.MustCompile(`<span>([^<]*)</span>`).FindString(row)
	}
	for _, test := range []struct{ target, title, want string }{
		{"/collections/mills?f=html&lang=en", "CSV", "<span>about 30 kB</span>"},
		{"/collections/mills?f=html&lang=id", "CSV", "<span>sekitar 30 kB</span>"},
		{"/collections/mills/items?f=html&lang=en&limit=5&filter=" + "name%20IS%20NULL", "", ""},
		{"/collections/mills/items?f=html&lang=en&limit=100&filter=id%20%3C%20%27mill-010%27", "CSV", "<span>about 3 kB</span>"},
		{"/collections/mills/items/mill-001?f=html&lang=en", "KML", "<span>about 5 kB</span>"},
	} {
		if test.title == "" {
			if page := string(get(t, s, test.target).body); strings.Contains(page, "kB</span>") {
				t.Errorf("%s tells sizes of nothing", test.target)
			}
			continue
		}
		if got := size(test.target, test.title); got != test.want {
			t.Errorf("%s: %s has the size %q, want %q", test.target, test.title, got, test.want)
		}
	}
	made := get(t, s, "/collections/mills/items?f=csv")
	if got, want := size("/collections/mills?f=html&lang=en", "CSV"), fmt.Sprintf("<span>%.0f kB</span>", float64(len(made.body))/1000); got != want {
		t.Errorf("made, it has the size %q, want %q", got, want)
	}
}

// A large file that is built has a page before it, which leads on to the file by itself.
func TestDownloadPage(t *testing.T) {
	t.Parallel()
	s, err := api.New(api.Config{Reader: geotest.Shipped(t).With(remarks(12_000))})
	if err != nil {
		t.Fatal(err)
	}
	page := string(get(t, s, "/collections/many?f=html&lang=id").body)
	for _, want := range []string{`href="http://example.test/collections/many/download?f=gpkg&amp;lang=id"`, `/collections/many/items?f=csv&amp;lang=id"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page of the collection lacks %s", want)
		}
	}
	if selected := string(get(t, s, "/collections/many/items?f=html&lang=en&q=titik").body); !strings.Contains(selected, "/collections/many/download?q=titik&amp;f=gpkg") {
		t.Error("the page of a selection leads to no page before the file")
	}
	waiting := get(t, s, "/collections/many/download?f=gpkg&lang=id&filter=name%3D%27a%27")
	for _, want := range []string{`<meta http-equiv="refresh" content="0; url=http://example.test/collections/many/items?f=gpkg&amp;lang=id&amp;filter=name%3D%27a%27">`, "Berkas sedang dibuat", "noindex", "GeoPackage: many"} {
		if !strings.Contains(string(waiting.body), want) {
			t.Errorf("the page before the file lacks %s", want)
		}
	}
	if all := string(get(t, s, "/?f=html").body); !strings.Contains(all, "/download?collections=all&amp;f=gpkg") {
		t.Error("the first page leads to no page before the file of all")
	}
	if before := string(get(t, s, "/download?f=gpkg&collections=many").body); !strings.Contains(before, "url=http://example.test/export?f=gpkg&amp;collections=many") {
		t.Error("the page before several collections does not lead to them")
	}
	for _, target := range []string{"/collections/many/download", "/collections/many/download?f=json", "/collections/many/download?f=gpkg&nosuch=1"} {
		if a := get(t, s, target); a.status != http.StatusBadRequest {
			t.Errorf("%s: status %d", target, a.status)
		}
	}
}

// What goes wrong is a page for who clicked on a file, and JSON for programs.
func TestProblemsForBrowsers(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	const browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
	for _, test := range []struct {
		name, target, accept string
		page                 bool
	}{
		{"a file, by a browser", "/collections/zones/items?f=gpkg&filter=nosuch%3D1", browser, true},
		{"a file, by a program", "/collections/zones/items?f=gpkg&filter=nosuch%3D1", "*/*", false},
		{"JSON by name, by a browser", "/collections/zones/items?f=json&filter=nosuch%3D1", browser, false},
		{"what has no page, by a browser", "/collections/zones/tiles/WebMercatorQuad/99/0/0", browser, true},
		{"what has no page, by a program", "/collections/zones/tiles/WebMercatorQuad/99/0/0", "", false},
	} {
		a := get(t, s, test.target, "Accept", test.accept, "Accept-Language", "id")
		if isPage := strings.HasPrefix(a.header.Get("Content-Type"), "text/html"); a.status < 400 || isPage != test.page {
			t.Errorf("%s: status %d, %s", test.name, a.status, a.header.Get("Content-Type"))
		}
		if test.page && !strings.Contains(string(a.body), `<html lang="id">`) {
			t.Errorf("%s: not in the language of the browser", test.name)
		}
	}
}

// Each page says where it stands, and pages of schemas and forms say things once and in words.
func TestWhereAPageIs(t *testing.T) {
	t.Parallel()
	s := shippedServer(t)
	for target, wants := range map[string][]string{
		"/collections/ports/tiles?f=html&lang=id":                       {"<h1>Pelabuhan: petak vektor</h1>", `aria-current="page">petak vektor</span>`, "/collections/ports/tiles/WebMercatorQuad?f=tilejson", "/collections/ports/xyz/{z}/{x}/{y}", "/styles/light?collections=ports", "#l=ports"},
		"/tiles/WorldCRS84Quad?f=html&lang=en":                          {"CRS84 for the World", "<th scope=\"row\">22</th>"},
		"/tileMatrixSets?f=html&lang=en":                                {"Tile grids", `/tileMatrixSets/WebMercatorQuad?f=html`},
		"/tileMatrixSets/WebMercatorQuad?f=html&lang=en":                {"4,194,304 × 4,194,304"},
		"/styles?f=html&lang=id":                                        {"Gaya peta", "gelap", "/map?lang=id#style=dark"},
		"/collections/zones/items/kik?f=html&lang=en":                   {`/items?f=html&amp;lang=en">features</a> <span aria-hidden="true">›</span> <span aria-current="page">Kawasan Industri Kariangau (KIK)</span></nav>`, "value: 3,565 ha;"},
		"/zones/kik/profile?f=html&lang=id":                             {`items/kik?f=html&amp;lang=id">Kawasan Industri Kariangau (KIK)</a>`, `<span aria-current="page">Profil</span>`, `<a href="#part-1">`, `<h2 id="part-1">`},
		"/collections/ports/items?f=html&lang=en":                       {`<span aria-current="page">features</span>`, "<h1>Ports: features</h1>"},
		"/collections/ports/queryables?f=html&lang=id":                  {"<h1>Pelabuhan: atribut penyaring</h1>", "daftar teks", "Pengenal", "titik"},
		"/collections/none/items?f=html&lang=en":                        {"there is no collection"},
		"/collections/zones/items?f=html&filter=a%3D1":                  {`/collections/zones?f=html&amp;lang=en">Industrial zones</a>`, `/collections/zones/items?f=html&amp;lang=en">features</a></nav>`},
		"/collections?f=html&lang=en":                                   {`aria-current="page">Collections</a>`, "<h2><a href"},
		"/zones/rank/form?f=html&lang=en":                               {`<details class="one-more"><summary>One more criterion</summary><fieldset><legend>Criterion 4</legend>`, ">Rank</button>"},
		"/proximity/overlap?from=zones/kib&to=regencies&f=html&lang=en": {`aria-label="Kabupaten Penajam Paser Utara"`, `<th scope="row"><a href`},
	} {
		page := string(get(t, s, target).body)
		for _, want := range wants {
			if !strings.Contains(page, want) {
				t.Errorf("%s lacks %s", target, want)
			}
		}
		for _, not := range []string{`aria-label=""`, `href=""`, "(geometry-point)"} {
			if strings.Contains(page, not) {
				t.Errorf("%s has %s", target, not)
			}
		}
	}
}
