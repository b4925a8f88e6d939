package wkt_test

import (
	"errors"
	"strings"
	"testing"

	"kawasan/geo/format/internal/sample"
	"kawasan/geo/format/wkb"
	"kawasan/geo/format/wkt"
)

// What go-geom reads, this reads to the same bytes.
func TestParseAgainstGoGeom(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"POINT (116.8 -1.2)", "POINT Z (1 2 3)", "POINT M (1 2 3)", "POINT ZM (1 2 3 4)", "LINESTRING (0 0, 1e-3 1)", "LINESTRING EMPTY",
		"POLYGON ((0 0, 1 0, 1 1, 0 0), (0.1 0.1, 0.2 0.1, 0.2 0.2, 0.1 0.1))", "MULTIPOINT ((1 2), (3 4))", "MULTIPOINT (1 2, 3 4)",
		"MULTILINESTRING ((0 0, 1 1), (2 2, 3 3))", "MULTIPOLYGON Z (((0 0 1, 1 0 1, 1 1 1, 0 0 1)))", "MULTIPOLYGON EMPTY",
		"GEOMETRYCOLLECTION (POINT (1 2), LINESTRING (0 0, 1 1))", "GEOMETRYCOLLECTION EMPTY",
	} {
		got, srid, err := wkt.Parse(text)
		if err != nil || srid != 0 || string(got) != string(sample.WKB(t, text)) {
			t.Errorf("%s: got %x, %v", text, got, err)
		}
	}
}

func TestParseReadsWhatPeopleWrite(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"srid=32750; point(1 2)":          "POINT (1 2)",
		" PointZ (1 2 3) ":                "POINT Z (1 2 3)",
		"POLYGON((0 0,1 0,1 1))":          "POLYGON ((0 0,1 0,1 1))",
		"POINT (1 2 3)":                   "POINT Z (1 2 3)",
		"POINT (1 2 3 4)":                 "POINT ZM (1 2 3 4)",
		"LINESTRING (1 2 3, 4 5 6)":       "LINESTRING Z (1 2 3,4 5 6)",
		"pointzm (1 2 3 4)":               "POINT ZM (1 2 3 4)",
		"pointm(1 2 3)":                   "POINT M (1 2 3)",
		"MULTIPOINT ((1 2), EMPTY)":       "MULTIPOINT ((1 2),EMPTY)",
		"POLYGON (EMPTY)":                 "POLYGON (EMPTY)",
		"MULTIPOLYGON Z EMPTY":            "MULTIPOLYGON Z EMPTY",
		"GEOMETRYCOLLECTION(POINT EMPTY)": "GEOMETRYCOLLECTION (POINT EMPTY)",
	} {
		b, srid, err := wkt.Parse(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if (srid == 32750) != strings.HasPrefix(text, "srid") {
			t.Errorf("%s: got the SRID %d", text, srid)
		}
		got, err := wkt.Append(nil, b, 7)
		if err != nil || string(got) != want {
			t.Errorf("%s: got %s, %v, want %s", text, got, err, want)
		}
	}
}

// Arcs in all that may hold them; these lie on a straight line, and so get no points between.
func TestParseArcs(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"CIRCULARSTRING (0 0,1 1,2 2)":                                                       "LINESTRING (0 0,1 1,2 2)",
		"circularstring z(0 0 5,1 1 6,2 2 7)":                                                "LINESTRING Z (0 0 5,1 1 6,2 2 7)",
		"CIRCULARSTRING EMPTY":                                                               "LINESTRING EMPTY",
		"COMPOUNDCURVE (CIRCULARSTRING (0 0,1 1,2 2),(2 2,3 0))":                             "LINESTRING (0 0,1 1,2 2,3 0)",
		"CURVEPOLYGON ((0 0,9 0,9 9,0 0),CIRCULARSTRING (5 2,6 2,7 2,6 2,5 2))":              "POLYGON ((0 0,9 0,9 9,0 0),(5 2,6 2,7 2,6 2,5 2))",
		"CURVEPOLYGON(COMPOUNDCURVE(CIRCULARSTRING(0 0 1,1 1 1,2 2 1),(2 2 1,2 0 1,0 0 1)))": "POLYGON Z ((0 0 1,1 1 1,2 2 1,2 0 1,0 0 1))",
		"MULTICURVE M ((0 0 1,1 1 1),CIRCULARSTRING M (0 0 1,1 1 1,2 2 1))":                  "MULTILINESTRING M ((0 0 1,1 1 1),(0 0 1,1 1 1,2 2 1))",
		"MULTISURFACE (((0 0,1 0,1 1,0 0)),CURVEPOLYGON ((3 0,4 0,4 1,3 0)))":                "MULTIPOLYGON (((0 0,1 0,1 1,0 0)),((3 0,4 0,4 1,3 0)))",
		"SRID=4326;GEOMETRYCOLLECTION (POINT (1 2),CIRCULARSTRING (0 0,1 1,2 2))":            "GEOMETRYCOLLECTION (POINT (1 2),LINESTRING (0 0,1 1,2 2))",
		"CURVEPOLYGON EMPTY":   "POLYGON EMPTY",
		"MULTISURFACE (EMPTY)": "MULTIPOLYGON (EMPTY)",
	} {
		b, _, err := wkt.Parse(text)
		if err == nil {
			b, _, err = wkb.Linear(nil, b, 1)
		}
		if err == nil {
			b, err = wkt.Append(nil, b, 6)
		}
		if err != nil || string(b) != want {
			t.Errorf("%s: got %s, %v, want %s", text, b, err, want)
		}
	}
}

func TestParseSaysWhere(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text, reason string
		offset       int
	}{
		{"", "begins with a name", 0},
		{"POINT (1)", "two numbers|2 numbers", 8},
		{"POINT (1 x)", `"x" is no number`, 9},
		{"POINT (1 2", "closing", 10},
		{"POINT (1 2) x", "goes on", 12},
		{"LINESTRING (0 0; 1 1)", `"0;" is no number`, 14},
		{"LINESTRING (0 0, 1 1 1)", "2 numbers was expected, not 3", 22},
		{"CIRCULARSTRING (0 0, 1 1)", "an odd number of positions, not 2", 25},
		{"TIN (((0 0, 1 1)))", "surfaces in space", 3},
		{"COMPOUNDCURVE (POLYGON ((0 0, 1 1, 1 0, 0 0)))", "a Polygon can't be part of a CompoundCurve", 22},
		{"POINT (NaN 2)", "is no number", 7},
		{"POINT (1e999 2)", "is no number", 7},
		{"SRID=x;POINT (1 2)", "SRID", 0},
		{"SRID=4326", "SRID", 0},
		{"POINT (Inf 2)", "is no number", 7},
		{"POINT (1 -Inf)", "is no number", 9},
		{"POINTX (1 2)", "no geometry", 6},
		{"POINT X (1 2)", `"X" was not expected`, 7},
		{"POINT 1 2", "a parenthesis", 6},
		{"LINESTRING 0 0, 1 1", "a parenthesis", 11},
		{"LINESTRING (0 0", "a comma or a closing", 15},
		{"LINESTRING (0 0 (1 1))", "a comma or a closing", 16},
		{"MULTIPOINT (", "a parenthesis", 12},
		{"MULTIPOINT (foo)", `"foo" is no number`, 12},
		{strings.Repeat("GEOMETRYCOLLECTION (", 50), "nested", 20 * 33},
	}
	for _, test := range tests {
		_, _, err := wkt.Parse(test.text)
		var e *wkt.SyntaxError
		found := false
		if errors.As(err, &e) {
			for _, reason := range strings.Split(test.reason, "|") {
				found = found || strings.Contains(e.Reason.EN, reason)
			}
		}
		if !found || e.Offset != test.offset {
			t.Errorf("%.40s: got %v, want %q at %d", test.text, err, test.reason, test.offset)
		}
	}
}

func TestParseErrorsAreShort(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"POINT (" + strings.Repeat("x", 1000) + " 2)", strings.Repeat("X", 1000), "POINT " + strings.Repeat("X", 1000)} {
		_, _, err := wkt.Parse(text)
		if got := err.Error(); len(got) > 120 || !strings.HasPrefix(got, "WKT at character ") {
			t.Errorf("got %s", got)
		}
	}
	if _, _, err := wkt.Parse(" x"); err == nil || !strings.HasPrefix(err.Error(), "WKT at character 3: there is no geometry") {
		t.Errorf("got %v, want characters counted from 1", err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add("MULTIPOLYGON Z (((0 0 1, 1 0 1, 1 1 1, 0 0 1)))")
	f.Add("MULTISURFACE (((0 0,1 0,1 1,0 0)),CURVEPOLYGON Z (CIRCULARSTRING (0 0,4 0,4 4,0 4,0 0)))")
	f.Add("SRID=4326;GEOMETRYCOLLECTION (POINT EMPTY, MULTIPOINT (1 2, (3 4)))")
	f.Fuzz(func(t *testing.T, text string) {
		b, _, err := wkt.Parse(text)
		if err != nil {
			return
		}
		if _, err := wkb.Normalise(nil, b); err != nil {
			if _, _, err = wkb.Linear(nil, b, 1); err == nil {
				return // it has arcs, which are not written
			}
			var e *wkb.SyntaxError
			if !errors.As(err, &e) || !strings.Contains(strings.ToUpper(text), "CURVE") && !strings.Contains(strings.ToUpper(text), "SURFACE") {
				t.Fatalf("%q gave bytes that can't be read: %v", text, err)
			}
			return // parts of different dimensions
		}
		again, err := wkt.Append(nil, b, 15)
		if err == nil {
			_, _, err = wkt.Parse(string(again))
		}
		if err != nil {
			t.Fatalf("%q became %q: %v", text, again, err)
		}
	})
}
