package proximity_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"kawasan/geo"
	"kawasan/geo/geodesy"
	"kawasan/geo/proximity"
)

// province is about the extent of what is served.
var province = orb.Bound{Min: orb.Point{113.8, -2.5}, Max: orb.Point{119, 2.6}}

const square = `[[116,-1],[117,-1],[117,0],[116,0],[116,-1]]`

func TestReadGeoJSON(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, body string
		sources    int
		notes      string // a part of one of them
	}{
		{"point", `{"type":"Point","coordinates":[116.8,-1.2]}`, 1, ""},
		{"heights", `{"type":"Point","coordinates":[116.8,-1.2,35]}`, 1, "heights"},
		{"ring the wrong way round", `{"type":"Polygon","coordinates":[[[116,-1],[116,0],[117,0],[117,-1],[116,-1]]]}`, 1, "turned round"},
		{"ring not closed", `{"type":"Polygon","coordinates":[[[116,-1],[117,-1],[117,0],[116,0]]]}`, 1, "closed"},
		{"feature", `{"type":"Feature","id":7,"geometry":{"type":"Polygon","coordinates":[` + square + `]},"properties":null}`, 1, ""},
		{"features with the same id", `{"type":"FeatureCollection","features":[
			{"type":"Feature","id":"a","properties":{},"geometry":{"type":"Point","coordinates":[116,0]}},
			{"type":"Feature","id":"a","properties":{},"geometry":{"type":"Point","coordinates":[117,0]}}]}`, 2, ""},
		{"collection of geometries", `{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[116,0]},{"type":"LineString","coordinates":[[116,0],[117,1]]}]}`, 1, ""},
		{"cut at the antimeridian", `{"type":"MultiPolygon","coordinates":[[[[179,0],[180,0],[180,1],[179,1],[179,0]]],[[[-180,0],[-179,0],[-179,1],[-180,1],[-180,0]]]]}`, 1, ""},
		{"old crs that says the same", `{"type":"Point","coordinates":[116,0],"crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:OGC:1.3:CRS84"}}}`, 1, ""},
		{"byte order and blanks around", " \n{\"coordinates\":[116,0],\"type\":\"Point\"}\n ", 1, ""},
	}
	for _, test := range tests {
		sources, notes, err := proximity.ReadGeoJSON(t.Context(), []byte(test.body), province)
		if err != nil || len(sources) != test.sources {
			t.Errorf("%s: got %d sources and %v, want %d", test.name, len(sources), err, test.sources)
		}
		if said := fmt.Sprint(notes); !strings.Contains(said, test.notes) || (test.notes == "") != (len(notes) == 0) {
			t.Errorf("%s: got notes %s, want %q", test.name, said, test.notes)
		}
		labels := map[string]bool{}
		for _, s := range sources {
			if s.Label != "" && labels[s.Label] {
				t.Errorf("%s: two sources are called %q", test.name, s.Label)
			}
			labels[s.Label] = true
		}
	}
	sources, _, err := proximity.ReadGeoJSON(t.Context(), []byte(`{"type":"Feature","id":"site","geometry":{"type":"Point","coordinates":[116,0]},
		"properties":{"position_uncertainty_m":250,"boundary_kind":"indicative"}}`), province)
	if err != nil || sources[0].Label != "site" || *sources[0].UncertaintyM != 250 || sources[0].Kind != geodesy.Indicative {
		t.Errorf("a feature's own words: got %+v and %v", sources, err)
	}
}

// Each bad body is refused with its place and with what would be right.
func TestReadGeoJSONRefuses(t *testing.T) {
	t.Parallel()
	polygon := func(rings string) string { return `{"type":"Polygon","coordinates":[` + rings + `]}` }
	tests := []struct {
		name, body string
		says       string
		pointer    string
		coordinate *[2]float64
	}{
		{"nothing", " \n", "empty", "", nil},
		{"no JSON", "{\"type\":\n \"Point\",,}", "not JSON", "", nil},
		{"NaN", `{"type":"Point","coordinates":[NaN,0]}`, "not JSON", "", nil},
		{"no object", `[1,2]`, "not a GeoJSON object", "", nil},
		{"null", `null`, "not a GeoJSON object", "", nil},
		{"too large a number", `{"type":"Point","coordinates":[1e999,0]}`, "numbers only", "/coordinates", nil},
		{"text for a number", `{"type":"Point","coordinates":["116",0]}`, "numbers only", "/coordinates", nil},
		{"one number", `{"type":"LineString","coordinates":[[116,0],[117]]}`, "at least two", "/coordinates/1", nil},
		{"unknown type", `{"type":"Circle","coordinates":[1,2]}`, "no geometry of type", "/type", nil},
		{"empty geometry", `{"type":"MultiPolygon","coordinates":[]}`, "empty", "", nil},
		{"empty point", `{"type":"Point","coordinates":[]}`, "empty", "", nil},
		{"feature without geometry", `{"type":"Feature","geometry":null,"properties":{}}`, "no geometry", "/geometry", nil},
		{"empty feature collection", `{"type":"FeatureCollection","features":[]}`, "empty", "", nil},
		{"feature collection within", `{"type":"FeatureCollection","features":[{"type":"FeatureCollection","features":[]}]}`, "of type Feature", "/features/0/type", nil},
		{"second feature is wrong", `{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[116,0]}},{"type":"Feature","geometry":{"type":"Point"}}]}`, "list coordinates", "/features/1/geometry", nil},
		{"latitude first", polygon(`[[-1,116],[-1,117],[0,117],[0,116],[-1,116]]`), "looks like latitude,longitude", "", &[2]float64{-1, 116}},
		{"out of range", `{"type":"Point","coordinates":[200,100]}`, "outside the range", "", &[2]float64{200, 100}},
		{"bow tie", polygon(`[[116,-1],[117,0],[117,-1],[116,0],[116,-1]]`), "not valid", "", &[2]float64{116.5, -0.5}},
		{"hole outside", polygon(square + `,[[118,1],[118,2],[119,2],[118,1]]`), "not valid", "", &[2]float64{118, 1}},
		{"ring of two points", polygon(`[[116,0],[117,0],[116,0]]`), "not valid", "", nil},
		{"another system", `{"type":"Point","coordinates":[116,0],"crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::32750"}}}`, "crs names another system", "/crs", nil},
		{"deep", strings.Repeat(`{"type":"GeometryCollection","geometries":[`, 50) + strings.Repeat(`]}`, 50), "deep", "", nil},
		{"many positions", `{"type":"MultiPoint","coordinates":[[1,1]` + strings.Repeat(`,[1,1]`, proximity.MaxGivenPositions) + `]}`, "more than", "", nil},
	}
	for _, test := range tests {
		_, _, err := proximity.ReadGeoJSON(t.Context(), []byte(test.body), province)
		e := geo.AsError(err)
		if err == nil || e.Code != geo.Invalid && e.Code != geo.TooLarge || e.Place.Parameter != "body" || e.Fix == "" {
			t.Errorf("%s: got %v, want a refusal of the body with what would be right", test.name, err)
			continue
		}
		if !strings.Contains(e.Message, test.says) || e.Place.Pointer != test.pointer {
			t.Errorf("%s: got %q at %q, want %q at %q", test.name, e.Message, e.Place.Pointer, test.says, test.pointer)
		}
		if c := e.Place.Coordinate; test.coordinate != nil && (c == nil || *c != *test.coordinate) {
			t.Errorf("%s: got the place %v, want %v", test.name, c, *test.coordinate)
		}
	}
}

// Whatever the body, it is read or refused, and what is read can be measured from.
func FuzzReadGeoJSON(f *testing.F) {
	for _, seed := range []string{
		`{"type":"Point","coordinates":[116.8,-1.2,3]}`, `{"type":"Polygon","coordinates":[` + square + `]}`,
		`{"type":"FeatureCollection","features":[{"type":"Feature","id":1,"geometry":{"type":"MultiPoint","coordinates":[[1,2],[3,4]]},"properties":{"position_uncertainty_m":-1}}]}`,
		`{"type":"GeometryCollection","geometries":[{"type":"LineString","coordinates":[[1,2],[1,2]]}]}`, `{"type":"Polygon","coordinates":[[[0,0],[1,1],[1,0],[0,1],[0,0]]]}`, `{}`, `[`, "",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		sources, _, err := proximity.ReadGeoJSON(context.Background(), body, province)
		if err != nil {
			if e := geo.AsError(err); e.Code != geo.Invalid && e.Code != geo.TooLarge {
				t.Errorf("%q: %v", body, err)
			}
			return
		}
		for _, s := range sources {
			if _, err := geodesy.Prepare(s.Geometry); err != nil {
				t.Errorf("%q can't be measured from: %v", body, err)
			}
			if err := geodesy.Valid(s.Geometry); err != nil {
				t.Errorf("%q can't be intersected: %v", body, err)
			}
		}
	})
}
