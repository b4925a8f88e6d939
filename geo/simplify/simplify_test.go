package simplify_test

import (
	"bytes"
	"encoding/hex"
	"math"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
	"github.com/peterstace/simplefeatures/geom"
	"pgregory.net/rapid"

	"kawasan/geo"
	"kawasan/geo/geotest"
	"kawasan/geo/simplify"
)

func text(t *testing.T, b []byte) string {
	t.Helper()
	g, err := geom.UnmarshalWKB(b, geom.NoValidate{})
	if err != nil {
		t.Fatal(err)
	}
	return g.AsText()
}

// TestSimplify leaves out what is within the tolerance, and nothing that would
// make a geometry vanish or break.
func TestSimplify(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		in   string
		t    simplify.Tolerance
		want string
	}{
		"a line":            {"LINESTRING(0 0,1 0.0001,2 0,3 1)", simplify.ForMetres(100), "LINESTRING(0 0,2 0,3 1)"},
		"a finer tolerance": {"LINESTRING(0 0,1 0.0001,2 0,3 1)", simplify.ForMetres(5), "LINESTRING(0 0,1 0.0001,2 0,3 1)"},
		"far from the equator, less than allowed": {"LINESTRING(0 60,1 60.0008,2 60)", simplify.ForMetres(100), "LINESTRING(0 60,2 60)"}, // 89 m
		"far from the equator, more than allowed": {"LINESTRING(0 60,1 60.0008,2 60)", simplify.ForMetres(80), "LINESTRING(0 60,1 60.0008,2 60)"},
		"on the map, less than half a pixel":      {"LINESTRING(116 -1,117 -0.9,118 -1)", simplify.ForZoom(2.7), "LINESTRING(116 -1,118 -1)"},
		"on the map, more than half a pixel":      {"LINESTRING(116 -1,117 -0.9,118 -1)", simplify.ForZoom(2.9), "LINESTRING(116 -1,117 -0.9,118 -1)"},
		"there and back beyond the end":           {"LINESTRING(116 -1,119 -1,118 -1)", simplify.ForMetres(100), "LINESTRING(116 -1,119 -1,118 -1)"},
		"there and back before the start":         {"LINESTRING(116 -1,115 -1,118 -1)", simplify.ForMetres(100), "LINESTRING(116 -1,115 -1,118 -1)"},
		"beside a line that slants":               {"LINESTRING(116 -1,117 0.01,118 1)", simplify.ForMetres(1000), "LINESTRING(116 -1,118 1)"},
		"away from a line that slants":            {"LINESTRING(116 -1,117 0.01,118 1)", simplify.ForMetres(700), "LINESTRING(116 -1,117 0.01,118 1)"}, // 786 m
		"beyond the end of the map":               {"LINESTRING(0 89.9,1 89.99,2 89.9)", simplify.ForZoom(10), "LINESTRING(0 89.9,2 89.9)"},
		"corners of a ring, and no more":          {"POLYGON((0 0,5 0.0001,10 0,10 10,0 10,0 0))", simplify.ForMetres(100), "POLYGON((0 0,10 0,10 10,0 10,0 0))"},
		"a hole that can be seen":                 {"POLYGON((0 0,9 0,9 9,0 9,0 0),(1 1,1 1.0091,1.001 1.0091,1 1))", simplify.ForMetres(1000), "POLYGON((0 0,9 0,9 9,0 9,0 0),(1 1,1 1.0091,1.001 1.0091,1 1))"},
		"a hole within the tolerance":             {"POLYGON((0 0,9 0,9 9,0 9,0 0),(1 1,1 1.0089,1.001 1.0089,1 1))", simplify.ForMetres(1000), "POLYGON((0 0,9 0,9 9,0 9,0 0))"},
		"as much as can be without breaking":      {"MULTIPOLYGON(((0 0,5 0.01,10 0,10 10,6 10,5 1,4 10,0 10,0 0)),((4.9 8,5.1 8,5.1 9.5,4.9 9.5,4.9 8)))", simplify.ForZoom(-3), "MULTIPOLYGON(((0 0,10 0,10 10,5 1,0 10,0 0)),((4.9 8,5.1 8,5.1 9.5,4.9 8)))"},
		"heights and measures stay":               {"LINESTRING ZM(0 0 1 2,1 0.0001 3 4,2 0 5 6)", simplify.ForMetres(100), "LINESTRING ZM(0 0 1 2,2 0 5 6)"},
		"a point":                                 {"POINT(1 2)", simplify.ForZoom(0), "POINT(1 2)"},
		"many points":                             {"MULTIPOINT(0 0,0.00001 0)", simplify.ForZoom(0), "MULTIPOINT(0 0,0.00001 0)"},
		"a small polygon":                         {"POLYGON((0 0,0.001 0,0.001 0.001,0.0005 0.0011,0 0.001,0 0))", simplify.ForZoom(0), "POLYGON((0 0,0.001 0,0.001 0.001,0 0))"},
		"a hole too small to be seen":             {"POLYGON((0 0,9 0,9 9,0 9,0 0),(1 1,1 1.001,1.001 1.001,1 1))", simplify.ForZoom(4), "POLYGON((0 0,9 0,9 9,0 9,0 0))"},
		"a small part":                            {"MULTIPOLYGON(((0 0,9 0,9 9,0 9,0 0)),((20 1,20.001 1,20.001 1.001,20 1.001,20 1)))", simplify.ForZoom(2), "MULTIPOLYGON(((0 0,9 0,9 9,0 9,0 0)),((20 1,20.001 1,20.001 1.001,20 1)))"},
		"a closed line":                           {"LINESTRING(0 0,0.001 0,0.001 0.001,0 0)", simplify.ForZoom(0), "LINESTRING(0 0,0.001 0.001,0 0)"},
		"a collection":                            {"GEOMETRYCOLLECTION(POINT(1 2),LINESTRING(0 0,1 0.0001,2 0))", simplify.ForMetres(100), "GEOMETRYCOLLECTION(POINT(1 2),LINESTRING(0 0,2 0))"},
		"empty":                                   {"POLYGON EMPTY", simplify.ForZoom(0), "POLYGON EMPTY"},
		"an island in a narrow bay":               {"MULTIPOLYGON(((0 0,10 0,10 10,6 10,5 1,4 10,0 10,0 0)),((4.9 8,5.1 8,5.1 9.5,4.9 9.5,4.9 8)))", simplify.ForZoom(-3), ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g, err := geom.UnmarshalWKT(c.in)
			if err != nil {
				t.Fatal(err)
			}
			out, err := simplify.WKB(g.AsBinary(), c.t)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := geom.UnmarshalWKB(out); err != nil {
				t.Errorf("%s is not valid: %v", text(t, out), err)
			}
			if want, err := geom.UnmarshalWKT(c.want); c.want != "" && (err != nil || text(t, out) != want.AsText()) {
				t.Errorf("got %s, want %s", text(t, out), c.want)
			}
		})
	}
}

// What has nothing to leave out is given back as it is, and so is what is no shape.
func TestNothingToLeaveOut(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		wkb string
		t   simplify.Tolerance
	}{
		"no bytes":                    {"", simplify.ForZoom(0)},
		"no tolerance":                {"0102", simplify.Tolerance{}},
		"a point with an SRID":        {"0101000020e6100000000000000000f03f0000000000000040", simplify.ForZoom(0)},
		"a line of no positions":      {"010200000000000000", simplify.ForZoom(0)},
		"a line of one position":      {"010200000001000000000000000000f03f0000000000000040", simplify.ForZoom(0)},
		"a polygon of an empty ring":  {"01030000000100000000000000", simplify.ForZoom(0)},
		"a polygon of two positions":  {"01030000000100000002000000000000000000f03f0000000000000040000000000000f03f0000000000000040", simplify.ForZoom(0)},
		"a line that can't be spared": {"010200000002000000000000000000f03f00000000000000400000000000000840000000000000f03f", simplify.ForZoom(0)},
	} {
		in, err := hex.DecodeString(c.wkb)
		if err != nil {
			t.Fatal(err)
		}
		if out, err := simplify.WKB(in, c.t); err != nil || !bytes.Equal(out, in) {
			t.Errorf("%s: got %x, %v", name, out, err)
		}
	}
}

// TestSimplifyShipped simplifies all shipped geometries at all scales: valid ones
// stay valid and of their type, and they get smaller.
func TestSimplifyShipped(t *testing.T) {
	t.Parallel()
	reader := geotest.Shipped(t)
	catalogue, err := reader.Catalogue(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	before, after := 0, 0
	for _, c := range catalogue.Collections {
		features, _, err := geo.Collect(t.Context(), reader, geo.Query{Collection: c.ID})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range features {
			if len(f.WKB) == 0 {
				continue
			}
			was, err := geom.UnmarshalWKB(f.WKB, geom.NoValidate{})
			if err != nil {
				t.Fatal(err)
			}
			for _, level := range []float64{0, 2, 8, 9.5, 12, 20} {
				out, err := simplify.WKB(f.WKB, simplify.ForZoom(level))
				if err != nil {
					t.Fatalf("%s: %v", f.Ref(), err)
				}
				is, err := geom.UnmarshalWKB(out, geom.NoValidate{})
				if err != nil || is.Type() != was.Type() || is.IsEmpty() {
					t.Errorf("%s at %v: %v, %s, was %s", f.Ref(), level, err, is.Type(), was.Type())
				}
				if was.Validate() == nil && is.Validate() != nil {
					t.Errorf("%s at %v: %v", f.Ref(), level, is.Validate())
				}
				if level == 2 {
					before, after = before+len(f.WKB), after+len(out)
				}
			}
		}
	}
	if before == 0 || after*3 > before*2 {
		t.Errorf("at level 2 %d of %d bytes are left", after, before)
	}
}

// TestSimplifiedLinesStayNear holds lines to the tolerance: no vertex that was left
// out is further from the line that is left, on the ground.
func TestSimplifiedLinesStayNear(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		n := rapid.IntRange(2, 40).Draw(r, "n")
		middle := rapid.Float64Range(-70, 70).Draw(r, "latitude")
		var line orb.LineString
		for range n {
			line = append(line, orb.Point{rapid.Float64Range(116, 117).Draw(r, "x"), middle + rapid.Float64Range(-0.5, 0.5).Draw(r, "y")})
		}
		metres := rapid.Float64Range(1, 50_000).Draw(r, "metres")
		b, err := wkb.Marshal(line)
		if err != nil {
			r.Fatal(err)
		}
		out, err := simplify.WKB(b, simplify.ForMetres(metres))
		if err != nil {
			r.Fatal(err)
		}
		g, err := wkb.Unmarshal(out)
		if err != nil {
			r.Fatal(err)
		}
		kept, _ := g.(orb.LineString)
		if len(kept) < 2 || kept[0] != line[0] || kept[len(kept)-1] != line[len(line)-1] {
			r.Fatalf("the ends are lost: %v", kept)
		}
		for _, p := range line {
			least := math.Inf(1)
			for i := 1; i < len(kept); i++ {
				least = math.Min(least, ground(p, kept[i-1], kept[i]))
			}
			if least > metres*1.02 { // the plane of the test is not that of the map
				r.Fatalf("%v is %.1f m from the line, allowed are %.1f", p, least, metres)
			}
		}
	})
}

// ground is the distance in metres from a point to a short edge, in a plane that
// touches the ellipsoid there.
func ground(p, a, b orb.Point) float64 {
	const degree = 111_319.49
	scale := math.Cos(p[1] * math.Pi / 180)
	flat := func(q orb.Point) orb.Point { return orb.Point{(q[0] - p[0]) * degree * scale, (q[1] - p[1]) * degree} }
	a, b = flat(a), flat(b)
	dx, dy := b[0]-a[0], b[1]-a[1]
	if l := dx*dx + dy*dy; l > 0 {
		t := math.Max(0, math.Min(1, -(a[0]*dx+a[1]*dy)/l))
		a = orb.Point{a[0] + t*dx, a[1] + t*dy}
	}
	return math.Hypot(a[0], a[1])
}

func FuzzWKB(f *testing.F) {
	for _, seed := range []string{
		"", "01", "0101000000000000000000f03f0000000000000040",
		"010200000003000000000000000000000000000000000000000000000000000000000000000000f03f00000000000000400000000000000040",
		"0103000000010000000400000000000000000000000000000000000000000000000000f03f0000000000000000000000000000f03f000000000000f03f00000000000000000000000000000000",
		"01060000000000000001030000000000000001020000000000000000",
	} {
		b, err := hex.DecodeString(seed)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b, 5.0)
	}
	f.Fuzz(func(t *testing.T, b []byte, level float64) {
		out, err := simplify.WKB(b, simplify.ForZoom(level))
		if err == nil && len(out) > len(b) {
			t.Errorf("%x became %x", b, out)
		}
	})
}
