package api_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestItems(t *testing.T) {
	t.Parallel()
	a := get(t, shippedServer(t), "/collections/zones/items")
	if a.status != http.StatusOK {
		t.Fatalf("got %d %s", a.status, a.body)
	}
	d := a.json(t)
	if d["type"] != "FeatureCollection" || d["numberMatched"] != float64(len(ids(t, a))) || d["numberReturned"] != d["numberMatched"] {
		t.Errorf("got %v of %v", d["numberReturned"], d["numberMatched"])
	}
	if got, want := a.header.Get("Content-Crs"), "<http://www.opengis.net/def/crs/OGC/1.3/CRS84>"; got != want {
		t.Errorf("Content-Crs: got %q, want %q", got, want)
	}
}

// TestPaging follows next to the end and prev back to the start: every feature
// comes once each way, whatever the order and the page size.
func TestPaging(t *testing.T) {
	t.Parallel()
	s := shippedServer(t)
	for _, query := range []string{"", "&sortby=-name", "&sortby=boundary_kind,-position_uncertainty_m", "&properties=name&sortby=boundary_kind"} {
		order := strings.ReplaceAll(query, "&properties=name", "")
		want := ids(t, get(t, s, "/collections/mills/items?limit=10000"+order))
		for _, limit := range []string{"7", "25"} {
			var got []string
			var last string
			for target := "/collections/mills/items?limit=" + limit + query; target != ""; {
				a := get(t, s, target)
				if a.status != http.StatusOK {
					t.Fatalf("%s: %d %s", target, a.status, a.body)
				}
				got = append(got, ids(t, a)...)
				last, target = target, linkOf(t, a, "next")
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("%q forward by %s (-want +got):\n%s", query, limit, diff)
			}
			var back []string
			for target := last; target != ""; {
				a := get(t, s, target)
				back = append(append([]string{}, ids(t, a)...), back...)
				target = linkOf(t, a, "prev")
			}
			if diff := cmp.Diff(want, back); diff != "" {
				t.Fatalf("%q backward by %s (-want +got):\n%s", query, limit, diff)
			}
		}
	}
}

func TestCursorOfAnotherQuery(t *testing.T) {
	t.Parallel()
	s := shippedServer(t)
	next := linkOf(t, get(t, s, "/collections/mills/items?limit=5"), "next")
	if got := get(t, s, next+"&limit=9"); got.status != http.StatusOK || len(ids(t, got)) != 9 {
		t.Errorf("another limit: got %d", got.status)
	}
	for name, target := range map[string]string{
		"other order": next + "&sortby=name", "other box": next + "&bbox=110,-5,119,5",
		"changed": strings.Replace(next, "cursor=", "cursor=e", 1), "nonsense": "/collections/mills/items?cursor=x",
		"with offset": next + "&offset=3",
	} {
		a := get(t, s, target)
		if a.status != http.StatusBadRequest || a.json(t)["parameter"] != "cursor" {
			t.Errorf("%s: got %d %s", name, a.status, a.body)
		}
	}
}

func TestReferenceSystems(t *testing.T) {
	t.Parallel()
	s := shippedServer(t)
	const base = "http://www.opengis.net/def/crs/"
	want := ids(t, get(t, s, "/collections/ports/items?bbox=116,-2,117,0&limit=100"))
	for name, query := range map[string]string{
		"latitude first": "bbox=-2,116,0,117&bbox-crs=" + base + "EPSG/0/4326&crs=" + base + "EPSG/0/4326",
		"Web Mercator":   "bbox=12913060.932,-222684.208,13024380.422,0&bbox-crs=" + base + "EPSG/0/3857&crs=" + base + "EPSG/0/3857",
		"UTM 50 south":   "bbox=388700,9778850,500000,10000000&bbox-crs=" + base + "EPSG/0/32750&crs=" + base + "EPSG/0/32750",
	} {
		a := get(t, s, "/collections/ports/items?limit=100&"+query)
		if diff := cmp.Diff(want, ids(t, a)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		if got := a.header.Get("Content-Crs"); !strings.Contains(got, "EPSG") {
			t.Errorf("%s: Content-Crs %q", name, got)
		}
	}
	if len(want) == 0 {
		t.Error("the box is empty")
	}
}

func TestPropertyParameters(t *testing.T) {
	t.Parallel()
	s := shippedServer(t)
	if got := ids(t, get(t, s, "/collections/infrastructure/items?kind=airport&limit=1000")); len(got) == 0 {
		t.Error("no airports")
	}
	if got := ids(t, get(t, s, "/collections/infrastructure/items?kind=nothing")); len(got) != 0 {
		t.Errorf("got %v, want nothing", got)
	}
}

func TestBadInput(t *testing.T) {
	t.Parallel()
	s := shippedServer(t)
	const items = "/collections/zones/items?"
	for _, c := range []struct {
		name, target string
		want         int
	}{
		{"limit 0", items + "limit=0", 400},
		{"limit negative", items + "limit=-1", 400},
		{"limit text", items + "limit=unlimited", 400},
		{"limit empty", items + "limit=", 400},
		{"limit huge", items + "limit=99999999999999999999", 200},
		{"limit twice", items + "limit=1&limit=2", 200},
		{"unknown", items + "unknownQueryParameter1=1", 400},
		{"3 numbers", items + "bbox=1,2,3", 400},
		{"5 numbers", items + "bbox=1,2,3,4,5", 400},
		{"NaN", items + "bbox=NaN,0,1,1", 400},
		{"Inf", items + "bbox=0,0,Inf,1", 400},
		{"1e999", items + "bbox=0,0,1e999,1", 400},
		{"range", items + "bbox=0,0,181,1", 400},
		{"latitudes", items + "bbox=0,5,1,1", 400},
		{"antimeridian", items + "bbox=177,65,-177,70", 200},
		{"no leading zero", items + "bbox=-.5000000,.5000000,1.5000000,2", 200},
		{"six", items + "bbox=0,0,0,1,1,1", 200},
		{"repeated alike", items + "bbox=0,0,1,1&bbox=0,0,1,1", 200},
		{"repeated otherwise", items + "bbox=0,0,1,1&bbox=0,0,1,2", 400},
		{"datetime", items + "datetime=yesterday", 400},
		{"datetime back", items + "datetime=2024-01-02/2024-01-01", 400},
		{"datetime open", items + "datetime=../2024-01-01", 200},
		{"crs", items + "crs=http://www.opengis.net/def/crs/0/unsupported", 400},
		{"bbox-crs", items + "bbox-crs=x", 400},
		{"not UTF-8", items + "name=%ff", 400},
		{"U+0000", items + "name=%00", 400},
		{"percent", items + "name=%zz", 400},
		{"sortby", items + "sortby=nothing", 400},
		{"sortby geometry", items + "sortby=geometry", 400},
		{"properties", items + "properties=nothing", 400},
		{"f", items + "f=doc", 400},
		{"lang", items + "lang=fr", 400},
		{"resultType", items + "resultType=all", 400},
		{"token", items + "token=abc", 200},
		{"startindex", items + "startindex=1", 200},
		{"no feature", "/collections/zones/items/none", 404},
		{"no collection", "/collections/none/items", 404},
		{"path bytes", "/collections/%ff/items", 400},
		{"elsewhere", "/nowhere", 404},
		{"slash", "/collections/", 404},
	} {
		a := get(t, s, c.target)
		if a.status != c.want {
			t.Errorf("%s: got %d %s, want %d", c.name, a.status, a.body, c.want)
		}
		if c.want >= 400 && (a.header.Get("Content-Type") != "application/problem+json" || a.json(t)["detail"] == "") {
			t.Errorf("%s: got %s", c.name, a.body)
		}
	}
}

func TestSecretsStayOut(t *testing.T) {
	t.Parallel()
	a := get(t, shippedServer(t), "/collections/mills/items?limit=2&api_key=secret1&token=secret2")
	if strings.Contains(string(a.body), "secret") {
		t.Errorf("a key is in the answer: %s", a.body)
	}
}
