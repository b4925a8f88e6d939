package shp_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kawasan/geo"
	"kawasan/geo/format/export"
	"kawasan/geo/format/internal/sample"
	"kawasan/geo/format/shp"

	"github.com/google/go-cmp/cmp"
)

// fields are the names that the properties of the samples get.
func fields() map[string]string {
	return map[string]string{"position_uncertainty_m": "pos_unc_m", "position_uncertainty_note": "position_u", "source_date": "src_date"}
}

// renamed gives the properties their own names back.
func renamed(list []sample.Feature) []sample.Feature {
	for _, f := range list {
		for property, field := range fields() {
			f.Properties[property] = f.Properties[field]
		}
	}
	return list
}

// represent gives what a table without types for it makes of a value.
func represent(p geo.Property, v any) any {
	switch {
	case v == nil && p.Type == geo.Boolean:
		return "?" // what dBASE has for it; GDAL before 3.7 takes it for text
	case v == nil || v == "":
		return nil
	case p.Type == geo.Boolean:
		return map[bool]string{true: "T", false: "F"}[v.(bool)]
	case p.Type == geo.Integer:
		return fmt.Sprint(v) // the samples have the largest ones
	}
	v = sample.Encoded(p, v)
	if s, ok := v.(string); ok && p.Type == geo.String {
		return strings.Trim(s, " ") // GDAL does
	}
	return v
}

func TestAgainstGDAL(t *testing.T) {
	t.Parallel()
	sample.EachLayer(t, func(t *testing.T, l sample.Layer) {
		if l.Collection.ID == "mixed" || len(l.Features) == 0 {
			return // see below
		}
		extension := ".shp"
		var options []string
		if !l.HasGeometry() {
			extension = ".dbf"
			options = []string{"-s_srs", "OGC:CRS84"}
		}
		if strings.HasPrefix(l.Collection.GeometryType, "Multi") {
			options = append(options, "-nlt", "PROMOTE_TO_MULTI") // GDAL guesses by the number of parts
		}
		file := "/vsizip/" + sample.File(t, shp.Format(), export.Options{}, l) + "/" + l.Collection.ID + extension
		sample.Compare(t, l, renamed(sample.GDAL(t, file, "", options...)), represent)
	})
}

// Mixed geometries and layers without features: which file has how many records.
func TestFilesOfTheZip(t *testing.T) {
	t.Parallel()
	layers := sample.Layers(t)
	file := sample.File(t, shp.Format(), export.Options{}, layers...)
	got := map[string]string{}
	for name := range entries(t, file) {
		if strings.HasSuffix(name, ".shp") || strings.HasSuffix(name, "_none.dbf") || name == "table.dbf" {
			info := sample.Run(t, "ogrinfo", "-so", "-al", "/vsizip/"+file+"/"+name)
			for _, line := range strings.Split(info, "\n") {
				for _, key := range []string{"Geometry: ", "Feature Count: "} {
					if value, ok := strings.CutPrefix(line, key); ok {
						got[name] += value + " "
					}
				}
			}
		}
	}
	want := map[string]string{
		"points.shp": "Point 4 ", "heights.shp": "3D Point 4 ", "multipoints.shp": "Multi Point 3 ", "lines.shp": "Line String 3 ",
		"multilines.shp": "3D Line String 2 ", "polygons.shp": "Polygon 3 ", "zones.shp": "3D Polygon 2 ", "nothing.shp": "Polygon 0 ",
		"mixed_point.shp": "Point 2 ", "mixed_line.shp": "Line String 3 ", "mixed_polygon.shp": "Polygon 2 ", "mixed_multipoint.shp": "Multi Point 1 ",
		"mixed_none.dbf": "None 1 ", "table.dbf": "None 4 ",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
}

func entries(t *testing.T, file string) map[string]string {
	t.Helper()
	r, err := zip.OpenReader(file)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	all := map[string]string{}
	for _, f := range r.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		all[f.Name] = string(b)
	}
	return all
}

func TestReadmeAndNames(t *testing.T) {
	t.Parallel()
	l := sample.New(t, "zones", "Point", false, "POINT (116.8 -1.2)")
	c := *l.Collection
	c.Properties = nil
	var values []any
	for _, name := range []string{"boundary_kind", "a_very_long_name", "a_very_long_name_too", "A_VERY_LON", "ꦏꦮ", "1st", "ID"} {
		c.Properties = append(c.Properties, geo.Property{Name: name, Type: geo.String})
		values = append(values, strings.Repeat("é", 200))
	}
	l.Collection = c.Index()
	l.Features[0].Collection, l.Features[0].Values = &c, values
	file := sample.File(t, shp.Format(), export.Options{}, l)
	all := entries(t, file)
	for _, want := range []string{
		"bnd_kind    boundary_kind; cut to 254 bytes in 1 records", "a_very_lon  a_very_long_name;", "a_very_l_2  a_very_long_name_too;", "A_VERY_L_3  A_VERY_LON;",
		"field       ꦏꦮ;", "f1st        1st;", "ID_2        ID;", "Licence: CC-BY-4.0", "zones.shp: 1 records",
	} {
		if !strings.Contains(all["README.txt"], want) {
			t.Errorf("%q is missing in\n%s", want, all["README.txt"])
		}
	}
	if all["zones.cpg"] != "UTF-8" || !strings.HasPrefix(all["zones.prj"], `GEOGCS["GCS_WGS_1984"`) {
		t.Errorf("got .cpg %q, .prj %.60q", all["zones.cpg"], all["zones.prj"])
	}
	got := sample.GDAL(t, "/vsizip/"+file+"/zones.shp", "")
	if text := got[0].Properties["bnd_kind"]; text != strings.Repeat("é", 127) {
		t.Errorf("got %v, want 127 times é", text)
	}
}

// A ring that runs the wrong way would be read as a hole: GDAL tells by the areas.
func TestRingOrder(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0), (2 2, 2 4, 4 4, 4 2, 2 2))",
		"POLYGON ((0 0, 0 10, 10 10, 10 0, 0 0), (2 2, 4 2, 4 4, 2 4, 2 2))",
	} {
		l := sample.New(t, "zones", "Polygon", false, text)
		file := sample.File(t, shp.Format(), export.Options{}, l)
		dir := t.TempDir()
		for name, content := range entries(t, file) {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		got := sample.Run(t, "ogrinfo", "-q", filepath.Join(dir, "zones.shp"), "-dialect", "sqlite", "-sql", "select st_area(geometry) as area, st_numinteriorring(geometry) as holes from zones")
		if !strings.Contains(got, "= 96") || !strings.Contains(got, "= 1") {
			t.Errorf("got %s", got)
		}
	}
}

func TestSameBytes(t *testing.T) {
	t.Parallel()
	layers := sample.Layers(t)
	if first, second := sample.Bytes(t, shp.Format(), export.Options{}, layers...), sample.Bytes(t, shp.Format(), export.Options{}, layers...); !bytes.Equal(first, second) {
		t.Errorf("two files of %d and %d bytes differ", len(first), len(second))
	}
}

func TestErrorLeavesNothing(t *testing.T) {
	t.Parallel()
	l := sample.Layers(t)[5]
	dir := t.TempDir()
	var out bytes.Buffer
	w, err := shp.New(&out, export.Options{TempDir: dir})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Open(l.Layer); err != nil {
		t.Fatal(err)
	}
	f := *l.Features[0]
	f.WKB = sample.WKB(t, "POINT (1 1)")
	if err := w.Write(&f); err == nil {
		t.Error("a point is taken for a polygon")
	}
	if err := w.Close(); err == nil {
		t.Error("a file with an error is closed as complete")
	}
	if left, _ := os.ReadDir(dir); len(left) > 0 || out.Len() > 0 {
		t.Errorf("%d files and %d bytes are left", len(left), out.Len())
	}
}
