package crs_test

import (
	"encoding/csv"
	"encoding/json"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"

	"kawasan/geo"
	"kawasan/geo/crs"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
	"pgregory.net/rapid"
)

// Every system against PROJ, in the authority's order of axes. Metres agree to
// 1 mm, degrees to 1e-9, within the 1,500 km that cover the use of a zone and far
// beyond: the table reaches 49 degrees from the central meridian.
func TestAgainstPROJ(t *testing.T) {
	t.Parallel()
	file, err := os.Open("testdata/proj.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]int{}
	for _, row := range rows[1:] {
		c, err := crs.Parse(row[0])
		if err != nil {
			t.Fatal(err)
		}
		seen[c.Code]++
		var v [4]float64
		for i := range v {
			if v[i], err = strconv.ParseFloat(row[i+1], 64); err != nil {
				t.Fatal(err)
			}
		}
		tolerance := 1e-3
		if c.IsGeographic() {
			tolerance = 1e-9
		}
		x, y := c.Forward(v[0], v[1])
		if !(math.Abs(x-v[2]) <= tolerance && math.Abs(y-v[3]) <= tolerance) {
			t.Errorf("%s of %v, %v: got %.6f, %.6f, want %.6f, %.6f", c.Code, v[0], v[1], x, y, v[2], v[3])
		}
		lon, lat := c.Inverse(v[2], v[3])
		if !(math.Abs(lon-v[0]) <= 1e-9/math.Cos(v[1]*math.Pi/180) && math.Abs(lat-v[1]) <= 1e-9) {
			t.Errorf("%s back from %v, %v: got %.10f, %.10f, want %.10f, %.10f", c.Code, v[2], v[3], lon, lat, v[0], v[1])
		}
	}
	for _, c := range crs.All() {
		if seen[c.Code] < 10 {
			t.Errorf("%s has %d rows in the table, want 10 or more", c.Code, seen[c.Code])
		}
	}
}

func TestRoundTripProperty(t *testing.T) {
	t.Parallel()
	all := crs.All()
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom(all).Draw(t, "system")
		lon, lat := rapid.Float64Range(90, 145).Draw(t, "lon"), rapid.Float64Range(-84, 84).Draw(t, "lat")
		gotLon, gotLat := c.Inverse(c.Forward(lon, lat))
		if math.Abs(gotLon-lon) > 1e-9/math.Cos(lat*math.Pi/180) || math.Abs(gotLat-lat) > 1e-9 {
			t.Fatalf("%s: got %v, %v, want %v, %v", c.Code, gotLon, gotLat, lon, lat)
		}
	})
}

func TestParse(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"http://www.opengis.net/def/crs/OGC/1.3/CRS84":    "OGC:CRS84",
		"http://www.opengis.net/def/crs/OGC/0/CRS84h":     "OGC:CRS84h",
		"<http://www.opengis.net/def/crs/EPSG/0/4326>":    "EPSG:4326",
		"http://www.opengis.net/def/crs/EPSG/9.9.1/32750": "EPSG:32750",
		"https://www.opengis.net/def/crs/EPSG/0/3857":     "EPSG:3857",
		"urn:ogc:def:crs:EPSG::4755":                      "EPSG:4755",
		"urn:ogc:def:crs:OGC:1.3:CRS84":                   "OGC:CRS84",
		"[EPSG:23838]":                                    "EPSG:23838",
		"epsg:3395":                                       "EPSG:3395",
		"32650":                                           "EPSG:32650",
		"CRS84":                                           "OGC:CRS84",
	}
	for name, want := range tests {
		c, err := crs.Parse(name)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if c.Code != want {
			t.Errorf("%s: got %s, want %s", name, c.Code, want)
		}
		again, err := crs.Parse(c.URI)
		if err != nil || again != c {
			t.Errorf("%s: its URI %s is read as %v, %v", c.Code, c.URI, again, err)
		}
	}
	for _, name := range []string{
		"", "EPSG:27700", "EPSG", "http://www.opengis.net/def/crs/EPSG/4326", "http://www.opengis.net/def/crs/EPSG/x/4326",
		"urn:ogc:def:crs:EPSG:4326", "\x00", strings.Repeat("9", 1000),
	} {
		_, err := crs.Parse(name)
		e := geo.AsError(err)
		if e == nil || e.Code != geo.Invalid || !strings.Contains(e.Fix, "EPSG:23830 to 23845") {
			t.Errorf("%q: got %v, want Invalid with the list of systems", name, err)
		}
	}
}

func TestDefinitions(t *testing.T) {
	t.Parallel()
	for _, c := range crs.All() {
		if !json.Valid(c.PROJJSON) || c.ESRI == "" || c.WKT1 == "" || c.WKT2 == "" || !strings.HasPrefix(c.URI, "http://www.opengis.net/def/crs/") {
			t.Errorf("%s lacks a definition", c.Code)
		}
	}
	if got := crs.ByEPSG(23838); got == nil || got.Name != "DGN95 / Indonesia TM-3 zone 50.2" {
		t.Errorf("EPSG 23838: got %v", got)
	}
	if crs.ByEPSG(4326).Code != "EPSG:4326" || crs.ByEPSG(27700) != nil {
		t.Error("ByEPSG finds the wrong system")
	}
}

func TestFarFromTheMeridian(t *testing.T) {
	t.Parallel()
	c, err := crs.Parse("EPSG:32750")
	if err != nil {
		t.Fatal(err)
	}
	if x, y := c.Forward(-63, 0); !math.IsNaN(x) || !math.IsNaN(y) {
		t.Errorf("the other side of the Earth: got %v, %v, want NaN", x, y)
	}
	b := wkb.MustMarshal(orb.Point{-63, 0})
	if got, err := crs.TransformWKB([]byte("kept"), b, c); !geo.IsCode(err, geo.Invalid) || string(got) != "kept" {
		t.Errorf("got %q, %v, want Invalid", got, err)
	}
}

func TestTransformWKB(t *testing.T) {
	t.Parallel()
	c, err := crs.Parse("EPSG:23837")
	if err != nil {
		t.Fatal(err)
	}
	p := func(lon, lat float64) orb.Point { x, y := c.Project(lon, lat); return orb.Point{x, y} }
	in := orb.Collection{orb.Point{116, -1}, orb.MultiPolygon{{{{116, -1}, {117, -1}, {117, 0}, {116, -1}}}}, orb.LineString{}}
	want := orb.Collection{p(116, -1), orb.MultiPolygon{{{p(116, -1), p(117, -1), p(117, 0), p(116, -1)}}}, orb.LineString{}}
	b, err := crs.TransformWKB(nil, wkb.MustMarshal(in), c)
	if err != nil {
		t.Fatal(err)
	}
	got, err := wkb.Unmarshal(b)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(orb.Geometry(want), got); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
	// Files put longitude first, even where the authority says latitude.
	geographic, err := crs.Parse("EPSG:4326")
	if err != nil {
		t.Fatal(err)
	}
	b, err = crs.TransformWKB(nil, wkb.MustMarshal(orb.Point{116, -1}), geographic)
	if err != nil || string(b) != string(wkb.MustMarshal(orb.Point{116, -1})) {
		t.Errorf("got %x, %v, want the point as it was", b, err)
	}
}

func FuzzTransformWKB(f *testing.F) {
	f.Add([]byte{1, 2, 0, 0, 0, 255, 255, 255, 127})
	f.Add(wkb.MustMarshal(orb.Polygon{{{0, 0}, {0, 3}, {3, 3}, {0, 0}}}))
	f.Fuzz(func(t *testing.T, b []byte) {
		got, err := crs.TransformWKB(nil, b, crs.CRS84())
		if err == nil && len(got) > len(b) {
			t.Fatalf("%d bytes became %d", len(b), len(got))
		}
	})
}
