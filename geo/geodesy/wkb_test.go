package geodesy

import (
	"encoding/binary"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/ewkb"
	"github.com/paulmach/orb/encoding/wkb"
	"github.com/twpayne/go-geom"
	gewkb "github.com/twpayne/go-geom/encoding/ewkb"
	gwkb "github.com/twpayne/go-geom/encoding/wkb"

	"kawasan/geo"
)

func sampleGeometries() map[string]orb.Geometry {
	square := orb.Ring{{116, 0}, {117, 0}, {117, 1}, {116, 1}, {116, 0}}
	hole := orb.Ring{{116.2, 0.2}, {116.2, 0.4}, {116.4, 0.4}, {116.4, 0.2}, {116.2, 0.2}}
	line := orb.LineString{{116, 0}, {117, 0.5}, {118, -1}}
	return map[string]orb.Geometry{
		"point":        orb.Point{116.5, -1},
		"multipoint":   orb.MultiPoint{{1, 2}, {3, 4}, {3, 4}},
		"line":         line,
		"multiline":    orb.MultiLineString{line, {{0, 0}, {1, 1}}},
		"polygon":      orb.Polygon{square, hole},
		"multipolygon": orb.MultiPolygon{{square, hole}, {{{1, 1}, {2, 1}, {2, 2}, {1, 1}}}},
		"collection":   orb.Collection{orb.Point{1, 2}, line, orb.Collection{orb.Polygon{square}}},
	}
}

// The two ways into a Shape agree, in both byte orders and with an SRID.
func TestPrepareWKB(t *testing.T) {
	t.Parallel()
	for name, g := range sampleGeometries() {
		t.Run(name, func(t *testing.T) {
			want := mustPrepare(t, g)
			encodings := map[string][]byte{
				"little endian": wkb.MustMarshal(g, binary.LittleEndian),
				"big endian":    wkb.MustMarshal(g, binary.BigEndian),
				"with SRID":     ewkb.MustMarshal(g, 4326),
			}
			for how, raw := range encodings {
				got, err := PrepareWKB(raw)
				if err != nil {
					t.Fatalf("%s: %v", how, err)
				}
				if diff := cmp.Diff(want, got, cmp.AllowUnexported(Shape{}, part{}, leaf{}, box32{})); diff != "" {
					t.Errorf("%s differs:\n%s", how, diff)
				}
			}
		})
	}
}

func TestPrepareWKBSkipsZM(t *testing.T) {
	t.Parallel()
	want := mustPrepare(t, orb.LineString{{116, 0}, {117, 0.5}})
	zm := geom.NewLineStringFlat(geom.XYZM, []float64{116, 0, 50, 1, 117, 0.5, 60, 2})
	z := geom.NewLineStringFlat(geom.XYZ, []float64{116, 0, 50, 117, 0.5, 60})
	m := geom.NewLineStringFlat(geom.XYM, []float64{116, 0, 50, 117, 0.5, 60})
	for _, g := range []geom.T{zm, z, m} {
		iso, err := gwkb.Marshal(g, gwkb.NDR)
		if err != nil {
			t.Fatal(err)
		}
		extended, err := gewkb.Marshal(g, gewkb.XDR)
		if err != nil {
			t.Fatal(err)
		}
		for _, raw := range [][]byte{iso, extended} {
			got, err := PrepareWKB(raw)
			if err != nil {
				t.Fatalf("%v: %v", g.Layout(), err)
			}
			if diff := cmp.Diff(want.xy, got.xy); diff != "" {
				t.Errorf("%v: %s", g.Layout(), diff)
			}
		}
	}
}

func TestPrepareRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		g    orb.Geometry
		at   *[2]float64
	}{
		{"nothing", nil, nil},
		{"empty collection", orb.Collection{}, nil},
		{"empty polygon", orb.Polygon{}, nil},
		{"not a number", orb.Point{math.NaN(), 1}, nil},
		{"infinite", orb.LineString{{0, 0}, {1, math.Inf(1)}}, nil},
		{"latitude out of range", orb.Point{1, 116}, &[2]float64{1, 116}},
		{"longitude out of range", orb.Point{361, 0}, &[2]float64{361, 0}},
		{"open ring", orb.Polygon{{{0, 0}, {1, 0}, {1, 1}, {0, 1}}}, &[2]float64{0, 1}},
		{"ring of three", orb.Polygon{{{0, 0}, {1, 0}, {0, 0}}}, &[2]float64{0, 0}},
		{"line of one", orb.LineString{{5, 6}}, &[2]float64{5, 6}},
		{"holes without exterior", orb.Polygon{{}, {{0, 0}, {1, 0}, {1, 1}, {0, 0}}}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Prepare(tt.g)
			if !geo.IsCode(err, geo.Invalid) {
				t.Fatalf("got %v, want an error of code invalid", err)
			}
			if diff := cmp.Diff(tt.at, geo.AsError(err).Place.Coordinate); diff != "" {
				t.Errorf("coordinate: %s", diff)
			}
		})
	}
}

// Hostile counts must not make it allocate.
func TestPrepareWKBRefuses(t *testing.T) {
	t.Parallel()
	deep := []byte{}
	for range 40 {
		deep = append(deep, 1, 7, 0, 0, 0, 1, 0, 0, 0)
	}
	deep = append(deep, wkb.MustMarshal(orb.Point{1, 2})...)
	tests := []struct {
		name string
		raw  []byte
		code geo.Code
	}{
		{"nothing", nil, geo.Invalid},
		{"bad byte order", []byte{7, 1, 0, 0, 0}, geo.Invalid},
		{"two billion positions", []byte{1, 2, 0, 0, 0, 0xff, 0xff, 0xff, 0x7f}, geo.Invalid},
		{"two billion rings", []byte{1, 3, 0, 0, 0, 0xff, 0xff, 0xff, 0x7f}, geo.Invalid},
		{"two billion members", []byte{1, 7, 0, 0, 0, 0xff, 0xff, 0xff, 0x7f}, geo.Invalid},
		{"too deep", deep, geo.Invalid},
		{"truncated point", []byte{1, 1, 0, 0, 0, 1, 2, 3}, geo.Invalid},
		{"bytes too many", append(wkb.MustMarshal(orb.Point{1, 2}), 0), geo.Invalid},
		{"empty point", wkb.MustMarshal(orb.Point{math.NaN(), math.NaN()}), geo.Invalid},
		{"a curve", []byte{1, 8, 0, 0, 0, 0, 0, 0, 0}, geo.Unsupported},
		{"another reference system", ewkb.MustMarshal(orb.Point{1, 2}, 3857), geo.Invalid},
		{"a line in a multipoint", []byte{1, 4, 0, 0, 0, 1, 0, 0, 0, 1, 2, 0, 0, 0, 0, 0, 0, 0}, geo.Invalid},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := PrepareWKB(tt.raw); !geo.IsCode(err, tt.code) {
				t.Errorf("got %v, want an error of code %s", err, tt.code)
			}
		})
	}
}

func FuzzPrepareWKB(f *testing.F) {
	for _, g := range sampleGeometries() {
		f.Add(wkb.MustMarshal(g))
		f.Add(ewkb.MustMarshal(g, 4326, binary.BigEndian))
	}
	f.Add([]byte{1, 2, 0, 0, 0, 0xff, 0xff, 0xff, 0x7f})
	f.Fuzz(func(t *testing.T, raw []byte) {
		s, err := PrepareWKB(raw)
		if err != nil {
			if e := geo.AsError(err); e.Code == geo.Internal {
				t.Fatalf("an error that is not ours: %v", err)
			}
			return
		}
		if got := s.Vertices(); got*16 > len(raw) {
			t.Fatalf("%d vertices from %d bytes", got, len(raw))
		}
		if s.Bytes() > 1000+20*len(raw) {
			t.Fatalf("%d bytes from %d", s.Bytes(), len(raw))
		}
		// Whatever was accepted can be measured.
		if r := Between(s, s); !r.Meets() {
			t.Fatalf("a shape is %v m from itself", r.Metres)
		}
		if a := Area(s); math.IsNaN(a) || a < 0 {
			t.Fatalf("area %v", a)
		}
		if c := Centroid(s); math.IsNaN(c[0]) || math.IsNaN(c[1]) {
			t.Fatalf("centroid %v", c)
		}
	})
}
