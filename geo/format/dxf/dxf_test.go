package dxf_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"kawasan/geo"
	"kawasan/geo/format/dxf"
	"kawasan/geo/format/export"
	"kawasan/geo/format/internal/sample"
	"kawasan/geo/format/wkb"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
)

// run is one line, ring or point of a drawing.
type run struct {
	layer     string
	positions [][3]float64
}

// drawn gives what GDAL finds in a drawing, in order: shapes and texts.
func drawn(t *testing.T, file string) (shapes []run, texts []string) {
	t.Helper()
	out := sample.Run(t, "ogr2ogr", "-f", "GeoJSONSeq", "/vsistdout/", file, "entities", "-a_srs", "OGC:CRS84", "-lco", "COORDINATE_PRECISION=4")
	for line := range strings.Lines(out) {
		var f struct {
			Properties struct{ Layer, Text *string }
			Geometry   struct {
				Type        string
				Coordinates json.RawMessage
			}
		}
		if err := json.Unmarshal([]byte(line), &f); err != nil {
			t.Fatal(err)
		}
		if f.Properties.Text != nil {
			texts = append(texts, unescape(*f.Properties.Text))
			continue
		}
		r := run{layer: *f.Properties.Layer, positions: make([][3]float64, 1)}
		into := any(&r.positions)
		if f.Geometry.Type == "Point" {
			into = &r.positions[0]
		}
		if err := json.Unmarshal(f.Geometry.Coordinates, into); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		shapes = append(shapes, r)
	}
	return shapes, texts
}

// unescape reads \U+XXXX as CAD programs do; GDAL leaves it as it is in single lines.
func unescape(s string) string {
	return regexp.MustCompile(`\\U\+[0-9A-F]{4}`).ReplaceAllStringFunc(s, func(code string) string {
		n, _ := strconv.ParseUint(code[3:], 16, 32)
		return string(rune(n))
	})
}

func TestAgainstGDAL(t *testing.T) {
	t.Parallel()
	for _, system := range sample.Systems(t) {
		t.Run(system.Code, func(t *testing.T) {
			t.Parallel()
			layers := sample.Layers(t)
			var want []run
			var names []string
			for i := range layers {
				c := *layers[i].Collection
				c.Extent = orb.Bound{Min: orb.Point{115, -2}, Max: orb.Point{119, 2}}
				layers[i].Collection, layers[i].CRS = &c, system
				shapes, texts := expected(t, layers[i])
				want, names = append(want, shapes...), append(names, texts...)
			}
			shapes, texts := drawn(t, sample.File(t, dxf.Format(), export.Options{}, layers...))
			if len(shapes) != len(want) {
				t.Fatalf("got %d shapes, want %d: %v", len(shapes), len(want), shapes)
			}
			for i := range want {
				if shapes[i].layer != want[i].layer || !near(shapes[i].positions, want[i].positions) {
					t.Errorf("shape %d: got %v, want %v", i, shapes[i], want[i])
				}
			}
			if d := cmp.Diff(names, texts); d != "" {
				t.Errorf("texts (-want +got):\n%s", d)
			}
		})
	}
}

func expected(t *testing.T, l sample.Layer) (shapes []run, names []string) {
	t.Helper()
	l.CRS = dxf.System(l.Layer)
	if l.System().IsGeographic() {
		t.Fatalf("drawn in %s", l.System().Code)
	}
	for _, f := range l.Features {
		if !l.HasGeometry() {
			break
		}
		b, err := l.AppendWKB(nil, f)
		if err != nil {
			t.Fatal(err)
		}
		if len(b) == 0 {
			continue
		}
		err = wkb.Walk(b, func(h wkb.Header, p wkb.Positions) error {
			r := run{layer: strings.ToUpper(l.Collection.ID)}
			for i := range p.Len() {
				x, y := p.XY(i)
				r.positions = append(r.positions, [3]float64{x, y, p.Z(i)})
			}
			if len(r.positions) > 0 {
				shapes = append(shapes, r)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if name := f.Text("name"); name != "" {
			names = append(names, strings.ReplaceAll(name, "🏭", "\ufffd"))
		}
	}
	return shapes, names
}

func near(a, b [][3]float64) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		for k := range a[i] {
			if !(math.Abs(a[i][k]-b[i][k]) <= 1e-3) {
				return false
			}
		}
	}
	return true
}

func TestLayersAndAttributes(t *testing.T) {
	t.Parallel()
	l := sample.New(t, "Zona / industri", "Polygon", false, "POLYGON ((116 -1, 116 0, 117 0, 117 -1, 116 -1), (116.2 -0.8, 116.8 -0.8, 116.8 -0.2, 116.2 -0.8))", "POLYGON ((116 -1, 117 -1, 117 0, 116 -1))", "POLYGON ((116 -1, 117 -1, 117 0, 116 -1))")
	c := *l.Collection
	c.Extent = orb.Bound{Min: orb.Point{115, -2}, Max: orb.Point{119, 2}}
	c.Properties = []geo.Property{{Name: "name", Type: geo.String}, {Name: "boundary_kind", Type: geo.String}, {Name: "note", Type: geo.String}}
	l.Collection = c.Index()
	for i, kind := range []any{"legal", "indicative", nil} {
		f := *l.Features[i]
		f.Collection, f.Values = l.Collection, []any{fmt.Sprintf("Zona %d ^ 100%% \\P", i), kind, strings.Repeat("ꦏ long ", 200) + "\r\nend"}
		l.Features[i] = &f
	}
	file := sample.File(t, dxf.Format(), export.Options{Generator: "Kawasan 1"}, l)
	shapes, texts := drawn(t, file)
	var layers []string
	for _, s := range shapes {
		layers = append(layers, s.layer)
	}
	if d := cmp.Diff([]string{"ZONA___INDUSTRI_LEGAL", "ZONA___INDUSTRI_LEGAL", "ZONA___INDUSTRI_INDICATIVE", "ZONA___INDUSTRI"}, layers); d != "" {
		t.Error(d)
	}
	if texts[0] != `Zona 0 ^ 100% \P` {
		t.Errorf("got the text %q", texts[0])
	}
	text := string(sample.Bytes(t, dxf.Format(), export.Options{Generator: "Kawasan 1"}, l))
	for _, want := range []string{
		"1000\nid=Zona / industri-0\n1000\nring=outer\n1000\nname=Zona 0", "1000\nring=hole\n  0\nVERTEX", "999\nEPSG:32750 WGS 84 / UTM zone 50S\n", "999\nlicence: CC-BY-4.0",
		"  2\nZONA___INDUSTRI_INDICATIVE\n 70\n0\n 62\n", "long   end\n",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not there", want)
		}
	}
	dashed := strings.Count(text, "  6\nDASHED\n")
	if dashed != 2 { // the indicative one, and the one of unknown kind
		t.Errorf("%d layers are dashed, want 2", dashed)
	}
	for i, line := range strings.Split(text, "\n") {
		if len(line) > 255 || strings.IndexFunc(line, func(r rune) bool { return r > 126 || r < ' ' }) >= 0 {
			t.Errorf("line %d can't stand in a drawing: %q", i, line)
		}
	}
}

// Elsewhere in Indonesia the zone follows the collection.
func TestSystemOfTheDrawing(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		west, east float64
		want       string
	}{{1, -1, "EPSG:32750"}, {113, 119, "EPSG:32750"}, {106, 107, "EPSG:32748"}, {140, 141, "EPSG:32754"}, {0, 1, "EPSG:32747"}, {-180, 180, "EPSG:32750"}} {
		l := sample.New(t, "somewhere", "Point", false).Layer
		l.Collection.Extent = orb.Bound{Min: orb.Point{c.west, -1}, Max: orb.Point{c.east, 1}}
		if got := dxf.System(l).Code; got != c.want {
			t.Errorf("%v to %v: got %s, want %s", c.west, c.east, got, c.want)
		}
	}
}

func FuzzText(f *testing.F) {
	f.Add("name", "Kawasan ꦏ ^ \\ %% \x00")
	f.Fuzz(func(t *testing.T, id, name string) {
		l := sample.New(t, "fuzz", "Point", false, "POINT (116 0)")
		feature := *l.Features[0]
		feature.ID, feature.Values = id, append([]any{name}, make([]any, 11)...)
		l.Features[0] = &feature
		b := sample.Bytes(t, dxf.Format(), export.Options{}, l)
		for _, line := range bytes.Split(b, []byte("\n")) {
			if len(line) > 255 || bytes.IndexFunc(line, func(r rune) bool { return r > 126 || r < ' ' }) >= 0 {
				t.Fatalf("a line can't stand in a drawing: %q", line)
			}
		}
	})
}
