// Package sample holds layers for the tests of the formats, and reads files back
// through GDAL. Only tests import it.
package sample

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"strconv"
	"testing"
	"time"

	"kawasan/geo"
	"kawasan/geo/crs"
	"kawasan/geo/format/export"

	"github.com/twpayne/go-geom/encoding/wkb"
	"github.com/twpayne/go-geom/encoding/wkbcommon"
	"github.com/twpayne/go-geom/encoding/wkt"
)

// Layer is a layer with its features.
type Layer struct {
	export.Layer
	Features []*geo.Feature
}

// WKB gives the binary form of a geometry written as text; nil for none.
func WKB(t testing.TB, text string) []byte {
	t.Helper()
	if text == "" {
		return nil
	}
	g, err := wkt.Unmarshal(text)
	if err != nil {
		t.Fatal(err)
	}
	b, err := wkb.Marshal(g, wkb.NDR, wkbcommon.WKBOptionEmptyPointHandling(wkbcommon.EmptyPointHandlingNaN))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// properties has every type, and names that formats keep for themselves.
func properties() []geo.Property {
	return []geo.Property{
		{Name: "name", Type: geo.String, Title: geo.Text{EN: "Name", ID: "Nama"}, Description: geo.Text{EN: "What people call it", ID: "Sebutan"}},
		{Name: "select", Type: geo.String, Title: geo.Text{EN: "A reserved word"}},
		{Name: "position_uncertainty_m", Type: geo.Number, Title: geo.Text{EN: "Uncertainty of the position"}, Unit: "m"},
		{Name: "position_uncertainty_note", Type: geo.String},
		{Name: "count", Type: geo.Integer},
		{Name: "open", Type: geo.Boolean},
		{Name: "source_date", Type: geo.DateOnly},
		{Name: "seen", Type: geo.Timestamp},
		{Name: "aliases", Type: geo.TextArray},
		{Name: "years", Type: geo.IntegerArray},
		{Name: "shares", Type: geo.NumberArray},
		{Name: "claims", Type: geo.JSON},
	}
}

func values(i int) []any {
	switch i % 4 {
	case 0:
		return []any{
			"Kariangau, \"KIK\" 🏭", "plain", 1.5, "line\r\nbreak;\ttab", int64(math.MaxInt64), true, geo.Date(20000),
			time.Date(2024, 2, 29, 23, 59, 59, 123456000, time.UTC),
			[]string{"a,b", `q"`, ""},
			[]int64{1, math.MinInt64},
			[]float64{0.1, -2.5},
			json.RawMessage(`{"a":[1,2,{"b":null}]}`),
		}
	case 1:
		return make([]any, 12)
	case 2:
		return []any{
			"ꦏꦮꦱꦤ꧀ <Aksara> & Jawa", "=1+1", -0.000001, "", int64(math.MinInt64), false, geo.Date(-40000),
			time.Date(1899, 12, 31, 0, 0, 0, 0, time.UTC),
			[]string{},
			[]int64{},
			[]float64{},
			json.RawMessage(`[]`),
		}
	}
	return []any{
		"'apostrophe', комма", "  spaces ", 1e21, "NULL", int64(9007199254740993), true, geo.Date(0),
		time.Date(2000, 1, 1, 12, 0, 0, 0, time.UTC),
		[]string{"x"},
		[]int64{0},
		[]float64{1e-9},
		json.RawMessage(`"text"`),
	}
}

// New makes a layer of features with these geometries, as text; "" is none.
func New(t testing.TB, id, geometryType string, hasZ bool, geometries ...string) Layer {
	t.Helper()
	c := &geo.Collection{
		ID: id, Title: geo.Text{EN: "The " + id, ID: "Para " + id}, Description: geo.Text{EN: "A sample of " + id + " & more"},
		Licence: "CC-BY-4.0", Attribution: "Kawasan's tests", GeometryType: geometryType, HasZ: hasZ,
		Properties: properties(), Version: 7, Modified: time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC), Count: int64(len(geometries)),
	}
	l := Layer{Layer: export.Layer{Collection: c.Index(), Query: "/collections/" + id + "/items?f=test"}}
	for i, g := range geometries {
		l.Features = append(l.Features, &geo.Feature{ID: fmt.Sprintf("%s-%d", id, i), Collection: c, Values: values(i), WKB: WKB(t, g)})
	}
	return l
}

// IntegerIDs replaces the ids of the layer by integers.
func (l Layer) IntegerIDs() Layer {
	c := *l.Collection
	c.IntegerID = true
	l.Collection = &c
	for i, f := range l.Features {
		g := *f
		g.ID, g.Collection = strconv.Itoa(10+i), &c
		l.Features[i] = &g
	}
	return l
}

// Layers gives a layer for each kind of geometry.
func Layers(t testing.TB) []Layer {
	return []Layer{
		New(t, "points", "Point", false, "POINT (116.8 -1.2)", "POINT (117.1234567 0.5)", "POINT (115.25 -0.75)", ""),
		New(t, "heights", "Point", true, "POINT Z (116.8 -1.2 30.5)", "POINT Z (117.5 1 -4)", "", "POINT Z (116 0 0)").IntegerIDs(),
		New(t, "multipoints", "MultiPoint", false, "MULTIPOINT ((116.8 -1.2), (116.9 -1.3))", "", "MULTIPOINT ((117 1))"),
		New(t, "lines", "LineString", false, "LINESTRING (116.8 -1.2, 116.9 -1.1, 117 -1.3)", "", "LINESTRING (116 0, 117 1)"),
		New(t, "multilines", "MultiLineString", true, "MULTILINESTRING Z ((116 0 1, 117 1 2), (118 0 3, 118 1 4))", "MULTILINESTRING Z ((116 0 1, 117 1 2))"),
		New(t, "polygons", "Polygon", false, "POLYGON ((116 -1, 117 -1, 117 0, 116 0, 116 -1))",
			"POLYGON ((116 -1, 116 0, 117 0, 117 -1, 116 -1), (116.2 -0.8, 116.8 -0.8, 116.8 -0.2, 116.2 -0.2, 116.2 -0.8))", ""),
		New(t, "zones", "MultiPolygon", true, "MULTIPOLYGON Z (((116 -1 5, 117 -1 5, 117 0 5, 116 -1 5)))",
			"MULTIPOLYGON Z (((115 -1 1, 116 -1 1, 116 0 1, 115 0 1, 115 -1 1), (115.2 -0.8 1, 115.2 -0.2 1, 115.8 -0.2 1, 115.2 -0.8 1)), ((117 0 2, 118 0 2, 118 1 2, 117 0 2)))"),
		New(t, "mixed", "Geometry", false, "POINT (116.8 -1.2)", "LINESTRING (116 0, 117 1)", "POLYGON ((116 -1, 117 -1, 117 0, 116 -1))",
			"MULTIPOINT ((116.8 -1.2), (116.9 -1.3))", "MULTILINESTRING ((116 0, 117 1), (118 0, 118 1))",
			"MULTIPOLYGON (((116 -1, 117 -1, 117 0, 116 -1)), ((118 0, 119 0, 119 1, 118 0)))",
			"GEOMETRYCOLLECTION (POINT (116 0), LINESTRING (116 0, 117 1))", ""),
		New(t, "nothing", "Polygon", false),
		New(t, "table", "", false, "", "", "", ""),
	}
}

// EachLayer runs a test, in parallel, of each kind of geometry and in each system: all kinds
// in one of degrees and one of metres, points and areas in all; with KAWASAN_TEST=all, all in all.
func EachLayer(t *testing.T, run func(t *testing.T, l Layer)) {
	t.Helper()
	everything := os.Getenv("KAWASAN_TEST") == "all"
	for _, system := range Systems(t) {
		for _, l := range Layers(t) {
			l.CRS = system
			usual := system.Code == "OGC:CRS84" || system.Code == "EPSG:32750" || l.Collection.ID == "points" || l.Collection.ID == "zones"
			if !usual && !everything {
				continue
			}
			t.Run(system.Code+" "+l.Collection.ID, func(t *testing.T) {
				t.Parallel()
				run(t, l)
			})
		}
	}
}

// Systems are those in which each format is tested.
func Systems(t testing.TB) []*crs.CRS {
	t.Helper()
	var list []*crs.CRS
	for _, code := range []string{"CRS84", "EPSG:4326", "EPSG:32750", "EPSG:3857", "EPSG:3395", "EPSG:23837", "EPSG:4755"} {
		c, err := crs.Parse(code)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, c)
	}
	return list
}
