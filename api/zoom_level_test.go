package api_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/peterstace/simplefeatures/geom"
)

// geometries are those of a page, as GeoJSON.
func geometries(t *testing.T, a answer) []geom.Geometry {
	t.Helper()
	var d struct {
		Features []struct{ Geometry json.RawMessage }
		Geometry json.RawMessage
	}
	if err := json.Unmarshal(a.body, &d); err != nil {
		t.Fatalf("%v\n%s", err, a.body)
	}
	raw := []json.RawMessage{d.Geometry}
	if d.Features != nil {
		raw = nil
		for _, f := range d.Features {
			raw = append(raw, f.Geometry)
		}
	}
	var list []geom.Geometry
	for _, b := range raw {
		g, err := geom.UnmarshalGeoJSON(b, geom.NoValidate{})
		if err != nil {
			t.Fatalf("%v: %s", err, b)
		}
		list = append(list, g)
	}
	return list
}

// TestZoomLevel asks for geometries as they are shown at a scale: of items and of
// one, in any form, they get fewer vertices and stay valid, of their type, and there.
func TestZoomLevel(t *testing.T) {
	t.Parallel()
	s := shippedServer(t)
	for _, path := range []string{"/collections/regencies/items", "/collections/ikn/items", "/collections/zones/items", "/collections/zones/items/kek-mbtk", "/collections/ports/items"} {
		whole := geometries(t, get(t, s, path))
		for _, parameter := range []string{"zoom-level=0", "zoom-level=5.5", "zoom-level=9", "zoom-level=30", "max-allowable-offset=500", "max-allowable-offset=0", "zoom-level=7&crs=" + crsBase + "EPSG/0/3857"} {
			a := get(t, s, path+"?"+parameter)
			got := geometries(t, a)
			if len(got) != len(whole) {
				t.Fatalf("%s?%s: got %d of %d", path, parameter, len(got), len(whole))
			}
			before, after := 0, 0
			for i := range got {
				if got[i].Type() != whole[i].Type() || got[i].IsEmpty() || (whole[i].Validate() == nil && got[i].Validate() != nil) {
					t.Errorf("%s?%s: feature %d is %s, was %s: %v", path, parameter, i, got[i].Type(), whole[i].Type(), got[i].Validate())
				}
				before, after = before+whole[i].DumpCoordinates().Length(), after+got[i].DumpCoordinates().Length()
			}
			coarse := strings.Contains(parameter, "=0") && strings.HasPrefix(parameter, "zoom") || strings.Contains(parameter, "5.5")
			fine := parameter == "zoom-level=30" || parameter == "max-allowable-offset=0"
			points := strings.Contains(path, "ports")
			if after > before || (coarse && !points && after == before) || ((fine || points) && after != before) {
				t.Errorf("%s?%s: %d of %d vertices are left", path, parameter, after, before)
			}
		}
	}
	if a := get(t, s, "/collections/zones/items?f=csv&zoom-level=3"); a.status != http.StatusOK || len(a.body) >= len(get(t, s, "/collections/zones/items?f=csv").body) {
		t.Errorf("a file is not simplified: %d", a.status)
	}
	// Pages go on where they end, however coarse they are.
	first := get(t, s, "/collections/regencies/items?limit=3&zoom-level=4")
	if next := linkOf(t, first, "next"); !strings.Contains(next, "zoom-level=4") || len(ids(t, get(t, s, next))) != 3 {
		t.Errorf("the next page is %s", next)
	}
}

// TestCoordinatePrecision writes no more decimals than are asked for or meaningful.
func TestCoordinatePrecision(t *testing.T) {
	t.Parallel()
	s := shippedServer(t)
	decimals := func(a answer) int {
		var d struct {
			Geometry struct{ Coordinates []json.Number }
		}
		if err := json.Unmarshal(a.body, &d); err != nil {
			t.Fatalf("%v\n%s", err, a.body)
		}
		most := 0
		for _, n := range d.Geometry.Coordinates {
			_, fraction, _ := strings.Cut(n.String(), ".")
			most = max(most, len(fraction))
		}
		return most
	}
	port := "/collections/ports/items/" + ids(t, get(t, s, "/collections/ports/items?limit=1"))[0]
	usual := decimals(get(t, s, port))
	for parameter, want := range map[string]int{
		"coordinate-precision=3": 3, "coordinate-precision=0": 0, "coordinate-precision=15": usual,
		"coordinate-precision=0&crs=" + crsBase + "EPSG/0/32750": 0, "coordinate-precision=9&crs=" + crsBase + "EPSG/0/32750": 3,
	} {
		if got := decimals(get(t, s, port+"?"+parameter)); got > want || (want == 3 && got == 0) {
			t.Errorf("%s: got %d decimals, want %d", parameter, got, want)
		}
	}
}

// TestBadSimplification names what is wrong.
func TestBadSimplification(t *testing.T) {
	t.Parallel()
	s := shippedServer(t)
	for _, q := range []string{
		"zoom-level=", "zoom-level=-1", "zoom-level=x", "zoom-level=NaN", "zoom-level=1e999", "zoom-level=0x1", "max-allowable-offset=-0.1", "max-allowable-offset=1m",
		"zoom-level=3&max-allowable-offset=3", "zoom-level=3&zoom-level=4", "coordinate-precision=-1", "coordinate-precision=16", "coordinate-precision=2.5", "coordinate-precision=",
	} {
		for _, path := range []string{"/collections/zones/items?", "/collections/zones/items/kik?"} {
			a := get(t, s, path+q)
			name, _, _ := strings.Cut(q, "=")
			if strings.Contains(q, "&max") {
				name = "max-allowable-offset"
			}
			if d := a.json(t); a.status != http.StatusBadRequest || d["parameter"] != name || d["fix"] == nil {
				t.Errorf("%s: got %d %s", q, a.status, a.body)
			}
		}
	}
}
