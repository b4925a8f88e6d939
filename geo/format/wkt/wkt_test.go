package wkt_test

import (
	"encoding/hex"
	"math"
	"strings"
	"testing"

	"kawasan/geo"
	"kawasan/geo/format/wkt"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
	"github.com/twpayne/go-geom"
	geomwkb "github.com/twpayne/go-geom/encoding/wkb"
	"github.com/twpayne/go-geom/encoding/wkbcommon"
	geomwkt "github.com/twpayne/go-geom/encoding/wkt"
)

// tests hold what PostGIS 3.3 ST_AsText gives, with the hexadecimal of ST_AsBinary.
func TestAppend(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, hex, want string }{
		{"none", "", ""},
		{"point", "01010000000000000000405d40000000000000f0bf", "POINT (117 -1)"},
		{"empty point", "0101000000000000000000f87f000000000000f87f", "POINT EMPTY"},
		{"point z, big endian", "00000003e9405d400000000000bff00000000000004014000000000000", "POINT Z (117 -1 5)"},
		{"point m of EWKB with SRID", "0101000060e61000000000000000405d40000000000000f0bf0000000000001440", "POINT M (117 -1 5)"},
		{"empty polygon", "010300000000000000", "POLYGON EMPTY"},
		{"nested", "01070000000200000001040000000100000001010000000000000000405d40000000000000f0bf01070000000000000000", ""},
	}
	for _, test := range tests {
		b, err := hex.DecodeString(test.hex)
		if err != nil {
			t.Fatal(err)
		}
		if test.name == "nested" { // a stray byte at the end
			if got, err := wkt.Append([]byte("kept"), b, 7); !geo.IsCode(err, geo.Invalid) || string(got) != "kept" {
				t.Errorf("left over byte: got %q, %v, want Invalid", got, err)
			}
			b, test.want = b[:len(b)-1], "GEOMETRYCOLLECTION (MULTIPOINT ((117 -1)),GEOMETRYCOLLECTION EMPTY)"
		}
		got, err := wkt.Append(nil, b, 7)
		if err != nil || string(got) != test.want {
			t.Errorf("%s: got %q, %v, want %q", test.name, got, err, test.want)
		}
	}
}

func TestAppendRefusesWhatIsNotFinite(t *testing.T) {
	t.Parallel()
	nan, inf := math.NaN(), math.Inf(1)
	for _, g := range []orb.Geometry{orb.Point{nan, 1}, orb.Point{1, nan}, orb.Point{inf, 1}, orb.Point{1, -inf}, orb.LineString{{1, 2}, {nan, nan}}, orb.LineString{{1, 2}, {3, inf}}} {
		if got, err := wkt.Append([]byte("kept"), wkb.MustMarshal(g), 7); !geo.IsCode(err, geo.Invalid) || string(got) != "kept" {
			t.Errorf("%v: got %q, %v, want Invalid", g, got, err)
		}
	}
}

func TestDecimals(t *testing.T) {
	t.Parallel()
	b := wkb.MustMarshal(orb.MultiLineString{{{116.123456789, -1.5}, {1e-9, 2}}, {}})
	got, err := wkt.Append(nil, b, 3)
	if want := "MULTILINESTRING ((116.123 -1.5,0 2),EMPTY)"; err != nil || string(got) != want {
		t.Errorf("got %q, %v, want %q", got, err, want)
	}
}

// What is written is read back by go-geom as the same geometry.
func FuzzAppend(f *testing.F) {
	f.Add(wkb.MustMarshal(orb.Collection{orb.Point{116, -1}, orb.MultiPolygon{{{{0, 0}, {1, 0}, {1, 1}, {0, 0}}}}}))
	f.Add([]byte{1, 2, 0, 0, 0, 255, 255, 255, 127})
	wkbcommon.MaxGeometryElements = [4]int{0, 1 << 12, 1 << 10, 1 << 10}
	f.Fuzz(func(t *testing.T, b []byte) {
		text, err := wkt.Append(nil, b, 15)
		if err != nil || len(b) == 0 || strings.Contains(string(text), "EMPTY") {
			return
		}
		if strings.Contains(string(text), "NaN") {
			t.Fatalf("got %s", text)
		}
		want, err := geomwkb.Unmarshal(b)
		if err != nil {
			return // it refuses some that are read here, such as mixed dimensions
		}
		got, err := geomwkt.Unmarshal(string(text))
		if err != nil && (strings.Contains(err.Error(), "not closed") || strings.Contains(err.Error(), "points")) {
			return // it wants closed rings and two positions at least
		}
		if err != nil {
			t.Fatalf("go-geom can't read %s: %v", text, err)
		}
		if _, collection := want.(*geom.GeometryCollection); !collection && len(got.FlatCoords()) != len(want.FlatCoords()) {
			t.Fatalf("%s: got %v, want %v", text, got.FlatCoords(), want.FlatCoords())
		}
	})
}
