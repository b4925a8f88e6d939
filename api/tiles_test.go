package api_test

import (
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/mvt"

	"kawasan/api"
	"kawasan/geo"
	"kawasan/geo/geotest"
)

const tilePath = "/collections/zones/tiles/WebMercatorQuad/"

func TestTile(t *testing.T) {
	t.Parallel()
	s := shippedServer(t)
	for _, c := range []struct {
		name, path string
		status     int
		layers     string
	}{
		{"one collection", tilePath + "0/0/0", 200, "zones"},
		{"some in one", "/tiles/WebMercatorQuad/0/0/0?collections=zones,ports", 200, "zones ports"},
		{"a property", tilePath + "0/0/0?name=nothing+has+this+name", 200, ""},
		{"the other grid", "/collections/zones/tiles/WorldCRS84Quad/0/0/1", 200, "zones"},
		{"outside the limits", tilePath + "8/0/0", 404, ""},
		{"huge", tilePath + "8/2147483647/2147483647", 404, ""},
		{"negative", tilePath + "0/-1/0", 404, ""},
		{"too deep", tilePath + "23/0/0", 404, ""},
		{"no number", tilePath + "0/0/x", 400, ""},
		{"unknown grid", "/collections/zones/tiles/Mars/0/0/0", 404, ""},
		{"unknown collection", "/collections/nope/tiles/WebMercatorQuad/0/0/0", 404, ""},
		{"unknown among some", "/tiles/WebMercatorQuad/0/0/0?collections=zones,nope", 400, ""},
		{"unknown parameter", tilePath + "0/0/0?nope=1", 400, ""},
		{"a filter", tilePath + "0/0/0?filter=name%20LIKE%20'%25Kariangau%25'", 200, "zones"},
		{"a filter that matches nothing", tilePath + "0/0/0?filter=name='nothing'", 200, ""},
		{"a filter as JSON", tilePath + "0/0/0?filter-lang=cql2-json&filter=" + url.QueryEscape(`{"op":"isNull","args":[{"property":"name"}]}`), 200, ""},
		{"a filter by geometry", tilePath + "0/0/0?filter=S_INTERSECTS(geometry,BBOX(0,0,1,1))", 200, ""},
		{"a filter of an unknown property", tilePath + "0/0/0?filter=nope=1", 400, ""},
		{"a filter with a fault", tilePath + "0/0/0?filter=name=", 400, ""},
		{"a filter in an unknown language", tilePath + "0/0/0?filter-lang=sql&filter=name='x'", 400, ""},
		{"a filter that fits all", "/tiles/WebMercatorQuad/0/0/0?collections=zones,ports&filter=id='kik'", 200, "zones"},
		{"a filter that does not fit all", "/tiles/WebMercatorQuad/0/0/0?collections=zones,ports&filter=cargo%20IS%20NULL", 400, ""},
		{"a filter of one", "/tiles/WebMercatorQuad/0/0/0?collections=zones,ports&filter[ports]=cargo%20IS%20NULL%20AND%201=2", 200, "zones"},
		{"filters of one and of all", "/tiles/WebMercatorQuad/0/0/0?collections=zones,ports&filter[zones]=id='kik'&filter=id%3C%3E'kik'", 200, "ports"},
		{"a filter of one, percent-encoded, as JSON", "/tiles/WebMercatorQuad/0/0/0?collections=zones,ports&filter-lang=cql2-json&filter%5Bzones%5D=" + url.QueryEscape(`{"op":"isNull","args":[{"property":"name"}]}`), 200, "ports"},
		{"a filter of one that does not fit it", "/tiles/WebMercatorQuad/0/0/0?collections=zones,ports&filter[zones]=cargo%20IS%20NULL", 400, ""},
		{"a filter of one that is not shown", "/tiles/WebMercatorQuad/0/0/0?collections=zones,ports&filter[towns]=id='x'", 400, ""},
		{"a filter of nothing", "/tiles/WebMercatorQuad/0/0/0?filter[]=id='x'", 400, ""},
		{"a filter of one where the path names one", tilePath + "0/0/0?filter[zones]=id='kik'", 400, ""},
		{"a time", tilePath + "0/0/0?datetime=2025-01-01", 200, "zones"},
		{"no time", tilePath + "0/0/0?datetime=yesterday", 400, ""},
		{"a property that one has", "/tiles/WebMercatorQuad/0/0/0?collections=zones,ports&properties=cargo,id", 200, "zones ports"},
		{"xyz", "/collections/zones/xyz/7/105/64", 200, "zones"},
		{"xyz with a suffix", "/collections/zones/xyz/7/105/64.pbf", 200, "zones"},
		{"xyz of some", "/xyz/7/105/64.mvt?collections=zones,ports", 200, "zones ports"},
		{"xyz outside the limits", "/collections/zones/xyz/7/64/105", 404, ""},
		{"xyz with another suffix", "/collections/zones/xyz/7/105/64.png", 400, ""},
		{"labels neither yes nor no", tilePath + "0/0/0?labels=maybe", 400, ""},
		{"uncertainty neither yes nor no", "/tiles/WebMercatorQuad/0/0/0?uncertainty=1", 400, ""},
		{"unknown property", tilePath + "0/0/0?properties=nope", 400, ""},
	} {
		a := get(t, s, c.path)
		if a.status != c.status {
			t.Errorf("%s: status %d, want %d\n%s", c.name, a.status, c.status, a.body)
			continue
		}
		if a.status != 200 {
			if got := a.header.Get("Content-Type"); !strings.HasPrefix(got, "application/problem+json") {
				t.Errorf("%s: a fault of type %s", c.name, got)
			}
			continue
		}
		if got, want := a.header.Get("Content-Type"), "application/vnd.mapbox-vector-tile"; got != want {
			t.Errorf("%s: type %s, want %s", c.name, got, want)
		}
		layers, err := mvt.Unmarshal(a.body)
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, l := range layers {
			names = append(names, l.Name)
		}
		if got := strings.Join(names, " "); got != c.layers {
			t.Errorf("%s: layers %q, want %q", c.name, got, c.layers)
		}
		tag := a.header.Get("ETag")
		if again := get(t, s, c.path, "If-None-Match", tag); tag == "" || again.status != 304 {
			t.Errorf("%s: asked again with ETag %s: status %d, want 304", c.name, tag, again.status)
		}
	}
}

// What TileJSON is asked for its tiles show: filters, attributes and time go along.
func TestTileJSONCarriesTheChoice(t *testing.T) {
	t.Parallel()
	s := shippedServer(t)
	for _, c := range []struct{ name, path, want string }{
		{"of some", "/tiles/WebMercatorQuad?f=tilejson&lang=id&collections=zones,ports&filter[zones]=id='kik'&properties=name&datetime=2025-01-01", "zones:kik ports"},
		{"of one", "/collections/zones/tiles/WebMercatorQuad?f=tilejson&filter=id='kik'&properties=name", "zones:kik"},
		{"of one, by an attribute", "/collections/zones/tiles/WebMercatorQuad?f=tilejson&id=kik", "zones:kik"},
	} {
		d := get(t, s, c.path).json(t)
		template := strings.TrimPrefix(d["tiles"].([]any)[0].(string), "http://example.test")
		made := get(t, s, strings.NewReplacer("{z}", "0", "{y}", "0", "{x}", "0").Replace(template))
		if made.status != 200 || !strings.Contains(made.header.Get("Cache-Control"), "immutable") {
			t.Errorf("%s: %s answers %d with Cache-Control %q", c.name, template, made.status, made.header.Get("Cache-Control"))
			continue
		}
		layers, err := mvt.Unmarshal(made.body)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, l := range layers {
			name := l.Name
			if name == "zones" {
				for _, f := range l.Features {
					name += ":" + f.Properties["id"].(string)
				}
			}
			got = append(got, name)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: the tile has %v, want %s", c.name, got, c.want)
		}
		if fields := d["vector_layers"].([]any)[0].(map[string]any)["fields"].(map[string]any); strings.Contains(c.path, "properties=") && len(fields) > 2 {
			t.Errorf("%s: the description has the attributes %v, want id and name", c.name, fields)
		}
	}
	for _, path := range []string{
		"/tiles/WebMercatorQuad?f=tilejson&filter=nope=1", "/tiles/WebMercatorQuad?f=tilejson&properties=nope",
		"/tiles/WebMercatorQuad?f=tilejson&collections=zones&filter[ports]=id='x'", "/collections/zones/tiles/WebMercatorQuad?f=tilejson&nope=1",
	} {
		if a := get(t, s, path); a.status != 400 {
			t.Errorf("%s: status %d, want 400", path, a.status)
		}
	}
}

// The tilesets lists are as clients and the OGC test suite read them, and the
// corner tiles of the limits are there while those beyond are not.
func TestTilesets(t *testing.T) {
	t.Parallel()
	s := shippedServer(t)
	for _, base := range []string{"/tiles", "/collections/ports/tiles"} {
		for _, entry := range get(t, s, base+"?f=json").json(t)["tilesets"].([]any) {
			set := entry.(map[string]any)
			id := set["tileMatrixSetId"].(string)
			if uri, _ := set["tileMatrixSetURI"].(string); !strings.HasSuffix(uri, id) {
				t.Errorf("%s has the URI %s", id, uri)
			}
			template := linkTo(set, "item")
			if !strings.HasPrefix(template, "http://example.test/") || !strings.HasSuffix(template, "{tileMatrix}/{tileRow}/{tileCol}") {
				t.Errorf("%s: the template is %s", id, template)
			}
			self := get(t, s, strings.TrimPrefix(linkTo(set, "self"), "http://example.test"))
			if got := linkTo(self.json(t), "item"); got != template {
				t.Errorf("%s: the tileset has the template %s, the list %s", id, got, template)
			}
			limits := set["tileMatrixSetLimits"].([]any)
			if len(limits) != 23 {
				t.Errorf("%s: %d limits, want 23", id, len(limits))
			}
			for _, l := range limits {
				limit := l.(map[string]any)
				at := func(row, col float64) int {
					path := strings.NewReplacer("http://example.test", "", "{tileMatrix}", limit["tileMatrix"].(string),
						"{tileRow}", number(row), "{tileCol}", number(col)).Replace(template)
					return get(t, s, path).status
				}
				row, col := limit["maxTileRow"].(float64), limit["minTileCol"].(float64)
				if got := at(row, col); got != 200 {
					t.Errorf("%s: the corner tile of zoom %v answers %d", id, limit["tileMatrix"], got)
				}
				if got := at(row+1, col); got != 404 {
					t.Errorf("%s: the tile below the limits of zoom %v answers %d", id, limit["tileMatrix"], got)
				}
			}
		}
	}
	if got := linkTo(get(t, s, "/collections/ports").json(t), "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector"); got != "http://example.test/collections/ports/tiles" {
		t.Errorf("the collection links its tilesets at %q", got)
	}
}

func TestTilesDescribed(t *testing.T) {
	t.Parallel()
	s := shippedServer(t)
	d := get(t, s, "/tiles/WebMercatorQuad?f=tilejson&collections=zones").json(t)
	template, version, _ := strings.Cut(d["tiles"].([]any)[0].(string), "&v=")
	if template != "http://example.test/tiles/WebMercatorQuad/{z}/{y}/{x}?collections=zones" || version == "" {
		t.Errorf("the template is %v with version %q", template, version)
	}
	if d["attribution"] == "" {
		t.Error("there is no attribution")
	}
	if layers := d["vector_layers"].([]any); len(layers) != 1 || layers[0].(map[string]any)["id"] != "zones" {
		t.Errorf("layers %v, want zones", layers)
	}
	set := get(t, s, "/tileMatrixSets/WebMercatorQuad").json(t)
	first := set["tileMatrices"].([]any)[0].(map[string]any)
	// The figures of OGC 17-083r4, annex D.
	if got := first["scaleDenominator"].(float64); got < 559082264.028 || got > 559082264.029 {
		t.Errorf("scale 1:%.6f, want 559082264.028717", got)
	}
	for _, theme := range []string{"light", "dark", "print"} {
		style := get(t, s, "/styles/"+theme+"?collections=zones").json(t)
		if style["version"] != 8.0 || len(style["layers"].([]any)) < 5 {
			t.Errorf("%s has %v layers", theme, style["layers"])
		}
	}
	if got := get(t, s, "/styles/nope").status; got != 404 {
		t.Errorf("an unknown style answers %d, want 404", got)
	}
	path := get(t, s, "/api").json(t)["paths"].(map[string]any)["/collections/zones/tiles/{tileMatrixSetId}/{tileMatrix}/{tileRow}/{tileCol}"]
	if path == nil || path.(map[string]any)["get"].(map[string]any)["operationId"] != "zones.vector.getTile" {
		t.Errorf("the interface description has the tile path as %v", path)
	}
}

func linkTo(d map[string]any, rel string) string {
	for _, l := range d["links"].([]any) {
		if m := l.(map[string]any); m["rel"] == rel {
			return m["href"].(string)
		}
	}
	return ""
}

func number(v float64) string { return strconv.Itoa(int(v)) }

// edited is a reader whose data change between two requests.
type edited struct{ geo.Reader }

// A tile whose address names the version of the data may be kept for ever, as
// long as the data have it. After an edit the old address gives the new tile, to be
// asked for each time; so does one with a version that never was.
func TestTileForEver(t *testing.T) {
	t.Parallel()
	places := func(version geo.Version, ids ...string) *geotest.Reader {
		l := geotest.NewLayer("places", "Point")
		l.Collection.Version = version
		for _, id := range ids {
			l.Add(id, orb.Point{116.8, -1.2}, nil)
		}
		return geotest.NewReader(l)
	}
	reader := &edited{places(1, "a")}
	s := newServer(t, func(c *api.Config) { c.Reader = reader })
	address := func() string {
		template := get(t, s, "/collections/places/tiles/WebMercatorQuad?f=tilejson").json(t)["tiles"].([]any)[0].(string)
		return strings.NewReplacer("http://example.test", "", "{z}", "0", "{y}", "0", "{x}", "0").Replace(template)
	}
	const forEver = "public, max-age=31536000, immutable"
	check := func(when, path, control string) {
		t.Helper()
		a := get(t, s, path)
		if got := a.header.Get("Cache-Control"); a.status != 200 || got != control {
			t.Errorf("%s: status %d, Cache-Control %q, want %q", when, a.status, got, control)
		}
		if again := get(t, s, path, "If-None-Match", a.header.Get("ETag")); again.status != 304 || again.header.Get("Cache-Control") != control {
			t.Errorf("%s: asked again: status %d, Cache-Control %q", when, again.status, again.header.Get("Cache-Control"))
		}
	}
	old := address()
	check("present version", old, forEver)
	check("no version", strings.Split(old, "?")[0], "public, no-cache")
	check("no such version", strings.Split(old, "?")[0]+"?v=nope", "public, no-cache")
	before := get(t, s, old)
	reader.Reader = places(2, "a", "b")
	check("old version", old, "public, no-cache")
	if after := get(t, s, old, "If-None-Match", before.header.Get("ETag")); after.status != 200 || string(after.body) == string(before.body) {
		t.Errorf("after an edit the old address answers %d with the tile from before", after.status)
	}
	if now := address(); now == old {
		t.Error("after an edit TileJSON gives the old address")
	}
	check("new version", address(), forEver)
}
