package api_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"kawasan/api"
	"kawasan/geo"
	"kawasan/geo/cql2"
	"kawasan/geo/geotest"
)

// mixed is a collection with every type, nulls, accents and a reserved name.
func mixed() *geotest.Layer {
	l := geotest.NewLayer(
		"mixed", "Polygon", geotest.Prop("name", geo.String), geotest.Prop("n", geo.Integer), geotest.Prop("x", geo.Number),
		geotest.Prop("ok", geo.Boolean), geotest.Prop("day", geo.DateOnly), geotest.Prop("at", geo.Timestamp),
		geotest.Prop("tags", geo.TextArray), geotest.Prop("limit", geo.Integer), geotest.Prop("luas lahan", geo.Number), geotest.Prop("raw", geo.JSON),
	)
	l.Collection.TimeStart, l.Collection.TimeEnd = "at", "at"
	square := func(lon, lat float64) orb.Polygon {
		return orb.Polygon{{{lon, lat}, {lon + 0.1, lat}, {lon + 0.1, lat + 0.1}, {lon, lat + 0.1}, {lon, lat}}}
	}
	day := func(s string) geo.Date { d, _ := geo.ParseDate(s); return d }
	l.Add("a", square(116, -1), geotest.Values{
		"name": "Pelabuhan Semayang", "n": int64(1), "x": 1.5, "ok": true, "day": day("2024-05-01"),
		"at": time.Date(2024, 5, 1, 12, 0, 0, 0, time.UTC), "tags": []string{"port", "old"}, "limit": int64(3), "luas lahan": 10.0,
	})
	l.Add("b", square(117, -1), geotest.Values{
		"name": "Café Ångström", "n": int64(2), "x": 2.0, "ok": false, "day": day("2024-06-01"),
		"at": time.Date(2024, 6, 1, 0, 0, 0, 0, time.UTC), "tags": []string{"port"}, "limit": int64(5), "luas lahan": 20.0,
	})
	l.Add("c", square(117.05, -0.95), geotest.Values{"name": "O'Brien 100%", "n": int64(10), "x": -3.25})
	l.Add("d", square(-179.95, 10), geotest.Values{})
	return l
}

func mixedServer(t testing.TB) *api.Server {
	return newServer(t, func(c *api.Config) { c.Reader = geotest.NewReader(mixed()) })
}

// query joins parameters given as name, value, name, value ...
func query(pairs ...string) string {
	q := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		q.Set(pairs[i], pairs[i+1])
	}
	return q.Encode()
}

const crsBase = "http://www.opengis.net/def/crs/"

// TestFilter asks in CQL2 text and JSON, with the words that QGIS and people use.
func TestFilter(t *testing.T) {
	t.Parallel()
	s := mixedServer(t)
	for _, c := range filterCases() {
		t.Run(c.class+"/"+c.name, func(t *testing.T) {
			t.Parallel()
			want := strings.Fields(c.want)
			for lang, text := range map[string]string{"cql2-text": c.filter, "cql2-json": toJSON(t, c.filter)} {
				a := get(t, s, "/collections/mixed/items?"+query("filter", text, "filter-lang", lang))
				if a.status != http.StatusOK {
					t.Errorf("%s: got %d %s", lang, a.status, a.body)
					continue
				}
				if d := cmp.Diff(want, ids(t, a), emptyIsNil()); d != "" {
					t.Errorf("%s %s (-want +got):\n%s", lang, text, d)
				}
				if got := a.json(t)["numberMatched"]; got != float64(len(want)) {
					t.Errorf("%s: numberMatched %v, want %d", lang, got, len(want))
				}
			}
			if got := ids(t, get(t, s, "/collections/mixed/items?"+query("filter", c.filter))); !slices.Equal(got, want) {
				t.Errorf("without filter-lang: got %v, want %v", got, want)
			}
		})
	}
}

// TestFilterClasses checks that each declared class of CQL2 has its cases.
func TestFilterClasses(t *testing.T) {
	t.Parallel()
	cases := map[string]int{}
	for _, c := range filterCases() {
		cases[c.class]++
	}
	for uri := range api.Classes() {
		class, ok := strings.CutPrefix(uri, "http://www.opengis.net/spec/cql2/1.0/conf/")
		switch {
		case !ok, class == "cql2-text", class == "cql2-json", class == "basic-spatial-operators":
		case cases[class] < 2:
			t.Errorf("%s is declared with %d cases", uri, cases[class])
		}
		delete(cases, class)
	}
	for class := range cases {
		t.Errorf("%s is tested, but not declared", class)
	}
}

// TestFilterFaults checks that a fault is named with its place.
func TestFilterFaults(t *testing.T) {
	t.Parallel()
	s := mixedServer(t)
	for _, c := range []struct {
		name, filter, lang string
		line, column       float64
		pointer, says      string
	}{
		{"unclosed text", "name = 'x", "", 1, 8, "", ""},
		{"second line", "n = 1\nAND = 2", "", 2, 5, "", ""},
		{"unknown property", "nmae = 'x'", "", 1, 1, "", "name"},
		{"number with text", "n = 'many'", "", 1, 0, "", ""},
		{"unknown function", "nearby(geometry)", "", 1, 1, "", ""},
		{"bad WKT", "S_INTERSECTS(geometry, POINT(116))", "", 1, 0, "", ""},
		{"U+0000", "name = 'a\x00'", "", 0, 0, "", ""},
		{"a text property alone", "name", "", 1, 1, "", ""},
		{"metres without filter-crs", "S_INTERSECTS(geometry, POINT(500000 9870000))", "", 1, 24, "", "filter-crs"},
		{"JSON unnamed", `{"op":"=","args":[{"property":"n"},1]}`, "", 1, 1, "", "filter-lang=cql2-json"},
		{"JSON property", `{"op":"=","args":[{"property":"nope"},1]}`, "cql2-json", 1, 0, "/args/0", ""},
		{"JSON operator", `{"op":"==","args":[{"property":"n"},1]}`, "cql2-json", 1, 0, "/op", ""},
		{"JSON cut", `{"op":"=",`, "cql2-json", 1, 0, "", ""},
		{"deep", strings.Repeat("(", 5000) + "n=1", "", 1, 0, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			pairs := []string{"filter", c.filter}
			if c.lang != "" {
				pairs = append(pairs, "filter-lang", c.lang)
			}
			a := get(t, s, "/collections/mixed/items?"+query(pairs...))
			d := a.json(t)
			if a.status != http.StatusBadRequest || d["parameter"] != "filter" || d["detail"] == "" {
				t.Fatalf("got %d %s, want 400 about filter", a.status, a.body)
			}
			if c.line > 0 && d["line"] != c.line || c.column > 0 && d["column"] != c.column {
				t.Errorf("got line %v, column %v, want %v, %v: %s", d["line"], d["column"], c.line, c.column, a.body)
			}
			if c.pointer != "" && d["pointer"] != c.pointer {
				t.Errorf("got pointer %v, want %v", d["pointer"], c.pointer)
			}
			if !strings.Contains(string(a.body), c.says) {
				t.Errorf("got %s, want a word of %q", a.body, c.says)
			}
		})
	}
	for _, c := range []struct{ name, query, parameter string }{
		{"language", query("filter", "n=1", "filter-lang", "cql-text"), "filter-lang"},
		{"system", query("filter", "n=1", "filter-crs", "http://www.opengis.net/def/crs/0/unsupported"), "filter-crs"},
		{"integer", query("n", "one"), "n"},
		{"day", query("day", "yesterday"), "day"},
		{"unknown", query("nope", "1"), "nope"},
		{"geometry", query("geometry", "POINT(0 0)"), "geometry"},
		{"JSON", query("raw", "{}"), "raw"},
		{"q too long", query("q", strings.Repeat("a ", 600)), "q"},
	} {
		if a := get(t, s, "/collections/mixed/items?"+c.query); a.status != http.StatusBadRequest || a.json(t)["parameter"] != c.parameter {
			t.Errorf("%s: got %d %s, want 400 about %s", c.name, a.status, a.body, c.parameter)
		}
	}
}

// TestFilterSystems gives the same place in several systems.
func TestFilterSystems(t *testing.T) {
	t.Parallel()
	s := mixedServer(t)
	for _, c := range []struct{ name, filter, system string }{
		{"lon, lat", "S_INTERSECTS(geometry, POINT(116.05 -0.95))", crsBase + "OGC/1.3/CRS84"},
		{"lat, lon", "S_INTERSECTS(geometry, POINT(-0.95 116.05))", crsBase + "EPSG/0/4326"},
		{"a box lat, lon", "S_INTERSECTS(geometry, BBOX(-1,116,-0.9,116.1))", crsBase + "EPSG/0/4326"},
		{"Web Mercator", "S_INTERSECTS(geometry, POINT(12918627 -105758))", crsBase + "EPSG/0/3857"},
		{"UTM 50 south", "S_INTERSECTS(geometry, BBOX(394000,9894000,395000,9896000))", crsBase + "EPSG/0/32750"},
	} {
		a := get(t, s, "/collections/mixed/items?"+query("filter", c.filter, "filter-crs", c.system))
		if got := strings.Join(ids(t, a), " "); got != "a" {
			t.Errorf("%s: got %q %s", c.name, got, a.body)
		}
	}
}

// TestQueryParameters asks by ?name=value for each type, alone and with a filter and a box.
func TestQueryParameters(t *testing.T) {
	t.Parallel()
	s := mixedServer(t)
	for _, c := range []struct{ query, want string }{
		{"name=Caf%C3%A9+%C3%85ngstr%C3%B6m", "b"},
		{"n=1", "a"},
		{"n=1&n=1", "a"},
		{"x=2", "b"},
		{"x=2.0e0", "b"},
		{"ok=false", "b"},
		{"day=2024-05-01", "a"},
		{"at=2024-05-01T19:00:00%2B07:00", "a"},
		{"tags=port", "a b"},
		{"tags=port&ok=true", "a"},
		{"id=c", "c"},
		{"luas%20lahan=20", "b"},
		{"tags=port&filter=n%3E1", "b"},
		{"tags=port&bbox=115,-2,116.5,0", "a"},
		{"filter=n%3E1&bbox=115,-2,118,0&limit=1", "b"},
		{"filter=S_INTERSECTS(geometry,BBOX(115,-2,118,0))&bbox=117.12,-2,118,0", "c"},
		{"datetime=2024-05-01T12:00:00Z&filter=n=1", "a"},
		{"limit=2", "a b"},
		{"filter=", "a b c d"},
	} {
		a := get(t, s, "/collections/mixed/items?"+c.query)
		if got := strings.Join(ids(t, a), " "); a.status != http.StatusOK || got != c.want {
			t.Errorf("%s: got %d %q, want %q", c.query, a.status, got, c.want)
		}
	}
}

func TestTextSearch(t *testing.T) {
	t.Parallel()
	s := mixedServer(t)
	for q, want := range map[string]string{
		"cafe": "b", "CAFÉ angstrom": "b", "port": "a b", "port,old": "a", "port nothing": "", "": "a b c d", "100%": "c",
	} {
		a := get(t, s, "/collections/mixed/items?"+query("q", q))
		if got := strings.Join(ids(t, a), " "); a.status != http.StatusOK || got != want {
			t.Errorf("%q: got %d %q, want %q", q, a.status, got, want)
		}
	}
}

// TestFilterPaging follows next with a filter, in both encodings.
func TestFilterPaging(t *testing.T) {
	t.Parallel()
	s := shippedServer(t)
	all := "/collections/mills/items?" + query("filter", "name LIKE '%a%' AND S_INTERSECTS(geometry, BBOX(115,-3,119,3))")
	want := ids(t, get(t, s, all+"&limit=1000"))
	if len(want) < 10 {
		t.Fatalf("the filter gives %d features only", len(want))
	}
	var got []string
	for target := all + "&limit=4"; target != ""; {
		a := get(t, s, target)
		if a.status != http.StatusOK || a.json(t)["numberMatched"] != float64(len(want)) {
			t.Fatalf("%s: got %d, %v matched, want %d", target, a.status, a.json(t)["numberMatched"], len(want))
		}
		got = append(got, ids(t, a)...)
		target = linkOf(t, a, "next")
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestFunctions(t *testing.T) {
	t.Parallel()
	s := mixedServer(t)
	if got := linkOf(t, get(t, s, "/"), "http://www.opengis.net/def/rel/ogc/1.0/functions"); got != "/functions" {
		t.Errorf("the landing page links %q", got)
	}
	list, _ := get(t, s, "/functions").json(t)["functions"].([]any)
	names := map[string]bool{}
	for _, f := range list {
		m, _ := f.(map[string]any)
		name, _ := m["name"].(string)
		names[name] = true
	}
	if !names["distance_m"] || !names["within_distance"] {
		t.Errorf("got %v", names)
	}
	if a := get(t, s, "/functions?f=html&lang=id"); !strings.Contains(string(a.body), "distance_m(a, b)") {
		t.Errorf("the page lacks a signature: %s", a.body)
	}
}

func TestFilterBox(t *testing.T) {
	t.Parallel()
	s := mixedServer(t)
	a := get(t, s, "/collections/mixed/items?f=html&lang=en&"+query("filter", `"luas lahan" > 1`, "ok", "true"))
	for _, want := range []string{
		`name="filter"`, `value="&#34;luas lahan&#34; &gt; 1"`, `<input type="hidden" name="ok" value="true">`, `<code>&#34;luas lahan&#34;</code>`,
	} {
		if !strings.Contains(string(a.body), want) {
			t.Errorf("the page lacks %s\n%s", want, a.body)
		}
	}
	wrong := get(t, s, "/collections/mixed/items?f=html&filter=n+%3D", "Accept", "text/html")
	if wrong.status != http.StatusBadRequest || !strings.Contains(string(wrong.body), "line 1, column 4") {
		t.Errorf("got %d %s", wrong.status, wrong.body)
	}
}

func emptyIsNil() cmp.Option {
	return cmp.Transformer("emptyIsNil", func(s []string) []string {
		if len(s) == 0 {
			return nil
		}
		return s
	})
}

// toJSON writes a filter in the other encoding.
func toJSON(t *testing.T, text string) string {
	t.Helper()
	e, err := cql2.ParseText(text)
	if err != nil {
		t.Fatal(err)
	}
	return string(cql2.JSON(e))
}
