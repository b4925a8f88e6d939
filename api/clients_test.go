package api_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kawasan/api"
)

// The tests of this file ask as clients do, in their order and with their
// parameters, and look at what each client can't do without.

// linkLike is a link as clients read it.
type linkLike struct{ Href, Rel, Type, Title string }

// client asks like one program.
type client struct {
	t       *testing.T
	server  *api.Server
	headers []string
}

const testHost = "http://example.test"

// get asks for an absolute address that a link gave.
func (c client) get(href string) answer {
	c.t.Helper()
	target, ok := strings.CutPrefix(href, testHost)
	if !ok {
		c.t.Fatalf("the link %q is not absolute", href)
	}
	if target == "" {
		target = "/"
	}
	a := get(c.t, c.server, target, c.headers...)
	if a.status != http.StatusOK {
		c.t.Fatalf("%s: got %d %s", target, a.status, a.body)
	}
	return a
}

// read asks and decodes.
func read[T any](c client, href string) T {
	c.t.Helper()
	var v T
	if err := json.Unmarshal(c.get(href).body, &v); err != nil {
		c.t.Fatalf("%s: %v", href, err)
	}
	return v
}

type documentLike struct {
	Links       []linkLike
	ConformsTo  []string
	Collections []collectionLike
}

type collectionLike struct {
	ID, ItemType, StorageCrs string
	CRS                      []string
	Links                    []linkLike
	Extent                   struct {
		Spatial struct{ Bbox [][]float64 }
	}
}

type pageLike struct {
	NumberMatched, NumberReturned int
	Links                         []linkLike
	Features                      []struct {
		ID       any
		Geometry *struct {
			Type        string
			Coordinates json.RawMessage
		}
		Properties map[string]any
	}
}

// link finds the one link with a relation and a type.
func (c client) link(links []linkLike, rel, mediaType string) string {
	c.t.Helper()
	for _, l := range links {
		if l.Rel == rel && l.Type == mediaType {
			return l.Href
		}
	}
	c.t.Fatalf("no link %s of type %s among %v", rel, mediaType, links)
	return ""
}

// all follows next from a first page as the client does: until there is no next.
func (c client) all(href, mediaType string) (ids []string, geometries map[string]int) {
	c.t.Helper()
	geometries = map[string]int{}
	for href != "" {
		p := read[pageLike](c, href)
		for _, f := range p.Features {
			id, _ := f.ID.(string)
			if id == "" {
				c.t.Errorf("%s: a feature without an id", href)
			}
			ids = append(ids, id)
			if f.Geometry != nil {
				geometries[f.Geometry.Type]++
			}
		}
		href = ""
		for _, l := range p.Links {
			if l.Rel == "next" && l.Type == mediaType {
				href = l.Href
			}
		}
	}
	return ids, geometries
}

// TestQGIS replays the OAPIF provider.
func TestQGIS(t *testing.T) {
	t.Parallel()
	c := client{t, newServer(t), []string{"Accept", "application/json", "User-Agent", "Mozilla/5.0 QGIS/33400"}}
	landing := read[documentLike](c, testHost+"/")
	description := c.link(landing.Links, "service-desc", "application/vnd.oai.openapi+json;version=3.0")
	data := c.link(landing.Links, "data", "application/json")

	var openapi struct {
		Components struct {
			Parameters struct {
				Limit struct {
					Schema struct{ Minimum, Maximum, Default int }
				}
			}
		}
		Paths map[string]struct {
			Get struct {
				Parameters []map[string]any
			}
		}
	}
	withType := c
	withType.headers = []string{"Accept", "application/vnd.oai.openapi+json;version=3.0, application/openapi+json;version=3.0, application/json"}
	if err := json.Unmarshal(withType.get(description).body, &openapi); err != nil {
		t.Fatal(err)
	}
	if limit := openapi.Components.Parameters.Limit.Schema; limit.Maximum < 10_000 || limit.Default < 1 || limit.Minimum < 1 {
		t.Errorf("limit is described as %+v", limit)
	}
	conformance := read[documentLike](c, c.link(landing.Links, "conformance", "application/json"))
	for _, class := range []string{
		"ogcapi-features-3/1.0/conf/filter", "ogcapi-features-3/1.0/conf/features-filter", "cql2/1.0/conf/basic-cql2", "cql2/1.0/conf/cql2-text",
		"cql2/1.0/conf/advanced-comparison-operators", "cql2/1.0/conf/case-insensitive-comparison", "cql2/1.0/conf/basic-spatial-functions",
		"ogcapi-features-2/1.0/conf/crs", "ogcapi-features-5/1.0/conf/schemas",
	} {
		if !slices.Contains(conformance.ConformsTo, "http://www.opengis.net/spec/"+class) {
			t.Errorf("%s is not declared: it would not be used", class)
		}
	}
	for _, collection := range read[documentLike](c, data).Collections {
		t.Run(collection.ID, func(t *testing.T) {
			c := c
			c.t = t
			c.qgisLayer(data, collection.ID, openapi.Paths["/collections/"+collection.ID+"/items"].Get.Parameters)
		})
	}
}

// qgisLayer opens one layer as the provider does.
func (c client) qgisLayer(data, id string, described []map[string]any) {
	c.t.Helper()
	here := data + "/" + id
	one := read[collectionLike](c, here)
	if strings.Contains(one.ID, ".") {
		c.t.Errorf("the id %q has a dot", one.ID)
	}
	if one.StorageCrs == "" { // a table without geometry
		if got, types := c.all(here+"/items?limit=1000", "application/geo+json"); len(got) == 0 || len(types) > 0 {
			c.t.Errorf("got %d rows with geometries %v", len(got), types)
		}
		return
	}
	if !slices.Contains(one.CRS, one.StorageCrs) || len(one.Extent.Spatial.Bbox) != 1 || len(one.Extent.Spatial.Bbox[0]) != 4 {
		c.t.Errorf("got %+v", one)
	}
	simple := 0
	for _, p := range described {
		schema, _ := p["schema"].(map[string]any)
		if p["in"] == "query" && p["style"] == "form" && p["explode"] == false && schema["type"] == "string" {
			simple++
		}
	}
	if simple < 3 {
		c.t.Errorf("the path has %d parameters that simple filters could use", simple)
	}
	type schemaLike struct {
		Properties map[string]struct {
			Type, Format string
			Ref          string `json:"$ref"`
			Role         string `json:"x-ogc-role"`
		}
	}
	typed := c
	typed.headers = []string{"Accept", "application/schema+json"}
	queryables := read[schemaLike](typed, here+"/queryables")
	if ref := queryables.Properties["geometry"].Ref; !strings.HasPrefix(ref, "https://geojson.org/schema/") {
		c.t.Errorf("the geometry among the queryables has $ref %q", ref)
	}
	schema := read[schemaLike](typed, c.link(one.Links, "http://www.opengis.net/def/rel/ogc/1.0/schema", "application/schema+json"))
	geometry := schema.Properties["geometry"]
	if geometry.Role != "primary-geometry" || !strings.HasPrefix(geometry.Format, "geometry-") {
		c.t.Errorf("the geometry in the schema is %+v", geometry)
	}

	items := c
	items.headers = []string{"Accept", "application/geo+json, application/json"}
	first := read[pageLike](items, here+"/items?limit=10")
	want, types := items.all(here+"/items?limit=1000", "application/geo+json")
	if len(want) != first.NumberMatched || len(types) > 1 {
		c.t.Errorf("got %d features of types %v, want %d of one type", len(want), types, first.NumberMatched)
	}
	if format := strings.ReplaceAll(geometry.Format, "geometry-", ""); len(types) == 1 && format != "any" {
		for found := range types {
			if !strings.EqualFold(found, format) {
				c.t.Errorf("geometries are %s, the schema says %s", found, geometry.Format)
			}
		}
	}
	box := one.Extent.Spatial.Bbox[0]
	numbers := make([]string, 4)
	for i, v := range box {
		numbers[i] = strconv.FormatFloat(v, 'f', -1, 64)
	}
	whole := "BBOX(" + strings.Join(numbers, ",") + ")"
	utm := "http://www.opengis.net/def/crs/EPSG/0/32750"
	for _, ask := range []string{
		query("limit", "1000", "bbox", strings.Join(numbers, ",")),
		query("limit", "1000", "bbox", strings.Join(numbers, ","), "crs", utm),
		query("limit", "1000", "filter", `S_INTERSECTS("geometry", `+whole+`)`, "filter-lang", "cql2-text"),
		query("limit", "1000", "filter", `("name" IS NULL) OR (CASEI("name") LIKE CASEI('%'))`, "filter-lang", "cql2-text"),
	} {
		if got, _ := items.all(here+"/items?"+ask, "application/geo+json"); !slices.Equal(got, want) {
			c.t.Errorf("%s: got %d features, want %d", ask, len(got), len(want))
		}
	}
	for _, path := range []string{here + "/items", here + "/items/" + url.PathEscape(want[0])} {
		a := do(c.t, c.server, http.MethodOptions, strings.TrimPrefix(path, testHost))
		if got := a.header.Get("Allow"); got != "GET, HEAD, OPTIONS" {
			c.t.Errorf("%s may be changed by: %s", path, got)
		}
	}
}

// TestGDAL replays the OAPIF driver.
func TestGDAL(t *testing.T) {
	t.Parallel()
	c := client{t, newServer(t), []string{"Accept", "application/json"}}
	for _, path := range []string{"/", "/collections"} {
		if got := c.get(testHost + path).header.Get("Content-Type"); got != "application/json" {
			t.Errorf("%s: type %q", path, got)
		}
	}
	var openapi struct {
		Paths map[string]struct {
			Get struct {
				Parameters []struct {
					Ref string `json:"$ref"`
				}
			}
		}
	}
	if err := json.Unmarshal(c.get(testHost+"/api").body, &openapi); err != nil {
		t.Fatal(err)
	}
	for _, collection := range read[documentLike](c, testHost+"/collections").Collections {
		items := c.link(collection.Links, "items", "application/geo+json")
		if strings.Contains(items, "?") {
			t.Errorf("the items link has a query: %s", items)
		}
		byReference := false
		for _, p := range openapi.Paths[strings.TrimPrefix(items, testHost)].Get.Parameters {
			byReference = byReference || strings.Contains(p.Ref, "limit")
		}
		if !byReference {
			t.Errorf("%s: limit is no reference", collection.ID)
		}
		type featureSchema struct {
			Properties struct {
				Properties struct {
					Properties map[string]any
				}
			}
		}
		described := read[featureSchema](c, c.link(collection.Links, "describedby", "application/schema+json"))
		geojson := c
		geojson.headers = []string{"Accept", "application/geo+json, application/json"}
		sample := read[pageLike](geojson, items+"?limit=20")
		if len(sample.Features) == 0 {
			continue
		}
		for name := range sample.Features[0].Properties {
			if _, ok := described.Properties.Properties.Properties[name]; !ok {
				t.Errorf("%s: %s is not described", collection.ID, name)
			}
		}
		id, _ := sample.Features[0].ID.(string)
		geojson.get(items + "/" + url.PathEscape(id))
		want, _ := geojson.all(items+"?limit=1000", "application/geo+json")
		box := "-180,-90,180,90"
		asks := []string{query("limit", "1000", "bbox", "-180.0000000,-90.0000000,180.0000000,90.0000000")}
		if collection.StorageCrs != "" {
			asks = append(asks, query("limit", "1000", "bbox", box, "crs", collection.StorageCrs, "bbox-crs", collection.StorageCrs))
		}
		for _, ask := range asks {
			if got, _ := geojson.all(items+"?"+ask, "application/geo+json"); !slices.Equal(got, want) {
				t.Errorf("%s?%s: got %d features, want %d", collection.ID, ask, len(got), len(want))
			}
		}
		if hits := read[pageLike](geojson, items+"?resultType=hits"); hits.NumberMatched != len(want) || len(hits.Features) != 0 {
			t.Errorf("%s: hits says %d with %d features, want %d with none", collection.ID, hits.NumberMatched, len(hits.Features), len(want))
		}
	}
}

// TestArcGIS replays OGCFeatureLayer of the Maps SDK for JavaScript.
func TestArcGIS(t *testing.T) {
	t.Parallel()
	c := client{t, newServer(t), []string{"Accept", "*/*"}}
	landing := read[documentLike](c, testHost+"/?f=json")
	c.get(c.link(landing.Links, "service-desc", "application/vnd.oai.openapi+json;version=3.0"))
	conformance := read[documentLike](c, c.link(landing.Links, "conformance", "application/json"))
	for _, class := range []string{"geojson", "oas30"} {
		if !slices.Contains(conformance.ConformsTo, "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/"+class) {
			t.Errorf("%s is not declared", class)
		}
	}
	items := testHost + "/collections/mills/items"
	want, _ := c.all(items+"?limit=10000", "application/geo+json")
	var got []string
	for start := 0; ; start += 50 { // paging by startindex, since next has no offset
		p := read[pageLike](c, items+"?f=json&limit=50&startindex="+strconv.Itoa(start)+"&token=abc&datetime=../..")
		for _, f := range p.Features {
			id, _ := f.ID.(string)
			got = append(got, id)
		}
		if next := slices.ContainsFunc(p.Links, func(l linkLike) bool { return l.Rel == "next" && l.Type == "application/geo+json" }); !next || len(p.Features) < 50 {
			break
		}
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("by startindex (-want +got):\n%s", d)
	}
	mercator := "http://www.opengis.net/def/crs/EPSG/0/3857"
	a := c.get(items + "?" + query("limit", "5", "crs", mercator, "bbox-crs", mercator, "bbox", "11000000,-1000000,14000000,1000000"))
	if got := a.header.Get("Content-Crs"); got != "<"+mercator+">" || len(ids(t, a)) != 5 {
		t.Errorf("got %s and %d features", got, len(ids(t, a)))
	}
}

// TestOWSLib replays ogcapi.features.Features, which sends no Accept header.
func TestOWSLib(t *testing.T) {
	t.Parallel()
	c := client{t, newServer(t), nil}
	landing := read[documentLike](c, testHost+"/")
	for _, l := range landing.Links {
		if l.Type == "" {
			t.Errorf("the link %s has no type", l.Rel)
		}
	}
	c.get(c.link(landing.Links, "service-desc", "application/vnd.oai.openapi+json;version=3.0"))
	c.get(testHost + "/conformance")
	found := 0
	for _, collection := range read[documentLike](c, testHost+"/collections").Collections {
		if collection.ItemType == "feature" {
			found++
		}
		here := testHost + "/collections/" + collection.ID
		for _, part := range []string{"", "/queryables", "/schema", "/items?limit=1", "/items?limit=1&startindex=1"} {
			c.get(here + part)
		}
	}
	if found == 0 {
		t.Error("no feature collections")
	}
	a := c.get(testHost + "/collections/zones/items?" + query("filter", "name IS NOT NULL", "limit", "2", "bbox", "110,-5,120,5"))
	if len(ids(t, a)) != 2 {
		t.Errorf("got %s", a.body)
	}
}
