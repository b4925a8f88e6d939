package format_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kawasan/geo"
	"kawasan/geo/crs"
	"kawasan/geo/format"
	"kawasan/geo/format/export"
	"kawasan/geo/format/internal/sample"
	"kawasan/geo/format/shp"
	"kawasan/geo/format/source"
	"kawasan/geo/format/wkb"
)

// readable are the formats that are written and read.
func readable(t testing.TB) []format.Format {
	t.Helper()
	var list []format.Format
	for _, name := range []string{"gpkg", "fgb", "shp", "geojson", "geojsonseq", "ndjson", "csv", "kml", "kmz", "parquet"} {
		f, ok := format.ByName(name)
		if !ok {
			t.Fatalf("there is no format %s", name)
		}
		list = append(list, f)
	}
	return list
}

// open reads bytes under a name.
func open(t testing.TB, name string, content []byte) (source.Source, error) {
	t.Helper()
	in, err := source.Open(name, bytes.NewReader(content), int64(len(content)), source.Options{TempDir: t.TempDir()})
	if err != nil {
		return nil, err
	}
	s, _, err := format.OpenSource(context.Background(), in, source.Options{})
	if err != nil {
		_ = in.Close()
		return nil, err
	}
	t.Cleanup(func() {
		_ = s.Close()
		if err := in.Close(); err != nil {
			t.Error(err)
		}
	})
	return s, nil
}

func collect(t testing.TB, s source.Source, layer int) []*source.Feature {
	t.Helper()
	var list []*source.Feature
	for f, err := range s.Features(context.Background(), layer) {
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, f)
	}
	return list
}

// What is written reads back: every feature, every value, every position.
func TestRoundTrip(t *testing.T) {
	t.Parallel()
	for _, f := range readable(t) {
		for _, system := range sample.Systems(t) {
			if f.WGS84Only && system.EPSG != 4326 {
				continue
			}
			for _, l := range sample.Layers(t) {
				t.Run(f.Name+" "+system.Code+" "+l.Collection.ID, func(t *testing.T) {
					t.Parallel()
					if len(l.Features) == 0 && f.Name != "geojson" && f.Name != "gpkg" && f.Name != "fgb" && f.Name != "kml" && f.Name != "parquet" {
						t.Skip("a file with nothing in it says nothing")
					}
					l.CRS = system
					roundTrip(t, f, l)
				})
			}
		}
	}
}

func roundTrip(t *testing.T, f format.Format, l sample.Layer) {
	s, err := open(t, "sample"+f.Extension, sample.Bytes(t, f, export.Options{WKT: true}, l))
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]*geo.Feature{}
	for i, layer := range s.Layers() {
		for _, r := range collect(t, s, i) {
			back := restored(t, f, l, layer, r)
			got[back.ID] = back
		}
	}
	mixedShapes := f.Name == "shp" && l.Collection.GeometryType == "Geometry"
	if len(got) != len(l.Features) {
		t.Fatalf("got %d features, want %d", len(got), len(l.Features))
	}
	for _, want := range l.Features {
		back := got[want.ID]
		if back == nil {
			t.Fatalf("the feature %s is missing", want.ID)
		}
		for i, p := range l.Collection.Properties {
			named := strings.HasPrefix(f.Name, "km") && p.Name == "name" && want.Values[i] == nil && back.Values[i] == want.ID // as KML shows it
			if !named && !same(f.Name, want.Values[i], back.Values[i]) {
				t.Errorf("%s.%s: got %#v, want %#v", want.ID, p.Name, back.Values[i], want.Values[i])
			}
		}
		if !mixedShapes && l.HasGeometry() {
			if diff := cmp.Diff(shape(t, want.WKB), shape(t, back.WKB)); diff != "" {
				t.Errorf("%s: geometry (-want +got):\n%s", want.ID, diff)
			}
		}
	}
}

// restored turns a row back into a feature of the collection it came from.
func restored(t *testing.T, f format.Format, l sample.Layer, layer source.Layer, r *source.Feature) *geo.Feature {
	t.Helper()
	out := &geo.Feature{ID: r.ID, Values: make([]any, len(l.Collection.Properties))}
	for i, c := range layer.Properties {
		if c.Name == "id" {
			out.ID = source.AsText(r.Values[i])
		}
		for k, p := range l.Collection.Properties {
			name := p.Name
			if f.Name == "shp" {
				name = shp.FieldName(name)
				if p.Name == "position_uncertainty_note" {
					name = "position_u"
				}
			}
			if c.Name != name {
				continue
			}
			if f.Name == "fgb" && c.Type != p.Type { // dates and lists too, of which the format has none
				t.Errorf("%s: got the type %s, want %s", c.Name, c.Type, p.Type)
			}
			v, ok := source.Convert(r.Values[i], p.Type)
			if !ok {
				t.Errorf("%s: %#v of type %s can't become %s", c.Name, r.Values[i], c.Type, p.Type)
			}
			out.Values[k] = v
		}
	}
	out.WKB = r.WKB
	if layer.CRS == nil && len(r.WKB) > 0 {
		if f.Name != "csv" {
			t.Fatalf("the system is not told: %q, %v", layer.CRSText, layer.CRSFault)
		}
		layer.CRS = l.System()
	}
	if layer.CRS != nil && layer.CRS.EPSG != l.System().EPSG {
		t.Fatalf("got the system %s, want %s", layer.CRS.Code, l.System().Code)
	}
	if !l.System().IsGeographic() {
		g, err := crs.InverseWKB(nil, r.WKB, l.System())
		if err != nil {
			t.Fatal(err)
		}
		out.WKB = g
	}
	return out
}

// same compares values as far as a format can hold them.
func same(name string, want, got any) bool {
	if cmp.Equal(want, got) {
		return true
	}
	switch w := want.(type) {
	case float64:
		g, ok := got.(float64)
		return ok && math.Abs(w-g) <= math.Abs(w)*1e-15
	case time.Time:
		g, ok := got.(time.Time)
		return ok && g.Sub(w).Abs() < time.Millisecond // GeoPackage keeps no more
	case string:
		g, _ := got.(string)
		switch name {
		case "shp", "csv", "kml", "kmz": // no difference between empty and null; blanks at the end
			return strings.TrimSpace(strings.ReplaceAll(w, "\r\n", "\n")) == strings.TrimSpace(strings.ReplaceAll(g, "\r\n", "\n"))
		}
	case json.RawMessage:
		g, ok := got.(json.RawMessage)
		return ok && string(w) == string(g)
	}
	return false
}

// shape is a geometry as text with a Multi type of one member as that member,
// since formats differ in that, rings in one direction, and without empty parts.
func shape(t *testing.T, b []byte) string {
	t.Helper()
	if len(b) == 0 {
		return ""
	}
	r := wkb.NewReader(b)
	h, err := r.Header()
	if err != nil {
		t.Fatal(err)
	}
	text := shapeOf(t, &r, h)
	if err := r.End(); err != nil {
		t.Fatal(err)
	}
	return text
}

func shapeOf(t *testing.T, r *wkb.Reader, h wkb.Header) string {
	t.Helper()
	line := func(p wkb.Positions, reverse bool) string {
		var s []string
		for i := range p.Len() {
			if reverse {
				i = p.Len() - 1 - i
			}
			x, y := p.XY(i)
			s = append(s, fmt.Sprintf("%.5f %.5f %.3f", x, y, p.Z(i)))
		}
		return strings.ReplaceAll("("+strings.Join(s, ", ")+")", "-0.000", "0.000")
	}
	check := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	switch h.Type {
	case wkb.Point:
		p, err := r.Positions(h, 1)
		check(err)
		return "POINT" + line(p, false)
	case wkb.LineString:
		p, err := r.Sequence(h)
		check(err)
		return "LINE" + line(p, false)
	case wkb.Polygon:
		n, err := r.Count(h, wkb.RingSize)
		check(err)
		s := "POLYGON"
		for i := range n {
			p, err := r.Sequence(h)
			check(err)
			s += line(p, (p.SignedArea() > 0) != (i == 0))
		}
		return s
	}
	n, err := r.Count(h, wkb.MemberSize)
	check(err)
	var parts []string
	for range n {
		m, err := r.Member(h)
		check(err)
		parts = append(parts, shapeOf(t, r, m))
	}
	if n == 1 {
		return parts[0]
	}
	return "MULTI[" + strings.Join(parts, " ") + "]"
}
