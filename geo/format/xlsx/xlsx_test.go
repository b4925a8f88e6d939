package xlsx_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"kawasan/geo"
	"kawasan/geo/format/export"
	"kawasan/geo/format/internal/sample"
	"kawasan/geo/format/xlsx"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

func TestAgainstGDAL(t *testing.T) {
	t.Parallel()
	layers := sample.Layers(t)
	for i := range layers {
		c := *layers[i].Collection
		c.Properties = append([]geo.Property(nil), c.Properties...)
		for k := range c.Properties {
			c.Properties[k].Title, c.Properties[k].Unit = geo.Text{}, "" // then the heads are the names
		}
		layers[i].Collection = &c
	}
	file := sample.File(t, xlsx.Format(), export.Options{}, layers...)
	for _, l := range layers {
		if len(l.Features) == 0 {
			continue
		}
		t.Run(l.Collection.ID, func(t *testing.T) {
			t.Parallel()
			got := sample.GDAL(t, file, l.Collection.ID, "-s_srs", "OGC:CRS84", "-oo", "HEADERS=FORCE")
			points := l.Collection.GeometryType == "Point"
			for i, want := range l.Want(t) {
				if !points || want.Geometry == nil {
					continue
				}
				for k, axis := range l.PointAxes() {
					at := fmt.Sprint(want.Geometry["coordinates"].([]any)[k])
					if found := strings.TrimSuffix(fmt.Sprint(got[i].Properties[axis]), ".0"); found != at {
						t.Errorf("%v: %s: got %s, want %s", want.ID, axis, found, at)
					}
				}
			}
			l.SkipGeometry = true // there is none in the eyes of GDAL
			sample.Compare(t, l, got, func(p geo.Property, v any) any {
				v = sample.Encoded(p, v)
				switch {
				case v == nil || v == "":
					return nil
				case p.Type == geo.Integer:
					return fmt.Sprint(v) // the samples have the largest ones
				}
				if s, ok := v.(string); ok {
					return strings.ReplaceAll(s, "\r\n", "\n")
				}
				return v
			})
		})
	}
}

// Excelize is a reader of its own.
func TestAgainstExcelize(t *testing.T) {
	t.Parallel()
	l := sample.New(t, "a/[b]:c", "Point", false, "POINT (116.8 -1.2)", "", "POINT (115.25 -0.75)", "POINT (115 0)")
	l.Features[1].Values = []any{"_x0041_ \x00\x1b <&>\"'\r\n\xff", strings.Repeat("🏭", 20000)}
	l.CRS = sample.Systems(t)[2]
	file, err := excelize.OpenReader(bytes.NewReader(sample.Bytes(t, xlsx.Format(), export.Options{Lang: "id"}, l, l)))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if diff := cmp.Diff([]string{"a__b__c", "a__b__c_2", "Keterangan"}, file.GetSheetList()); diff != "" {
		t.Errorf("sheets: want -, got +:\n%s", diff)
	}
	tests := []struct {
		cell, want string
		raw        bool
	}{
		{"A1", "id", false},
		{"B1", "Nama", false},
		{"D1", "Uncertainty of the position (m)", false},
		{"N1", "easting", false},
		{"A2", "a/[b]:c-0", false},
		{"B2", "Kariangau, \"KIK\" 🏭", false},
		{"D2", "1.5", true},
		{"F2", "9223372036854775807", true},
		{"G2", "TRUE", false},
		{"H2", "2024-10-04", false},
		{"H2", "45569", true},
		{"I2", "2024-02-29 23:59:59", false},
		{"J2", `["a,b","q\"",""]`, false},
		{"B3", "_x0041_ \ufffd\ufffd <&>\"'\n\ufffd", false},
		{"C3", strings.Repeat("🏭", 16383), false},
		{"N3", "", false},
		{"H4", "1860-06-26", false},
		{"I4", "1899-12-31T00:00:00Z", false},
		{"D5", "1e+21", true},
		{"H5", "1970-01-01", false},
		{"N2", "477749.", true},
	}
	for _, test := range tests {
		got, err := file.GetCellValue("a__b__c", test.cell, excelize.Options{RawCellValue: test.raw})
		if test.cell == "N2" { // metres are enough
			got = got[:min(len(got), len(test.want))]
		}
		if err != nil || got != test.want {
			t.Errorf("%s: got %.80q, %v, want %.80q", test.cell, got, err, test.want)
		}
	}
	kind, err := file.GetCellType("a__b__c", "D2")
	if err != nil || kind != excelize.CellTypeNumber && kind != excelize.CellTypeUnset {
		t.Errorf("a number has type %v, %v", kind, err)
	}
	rows, err := file.GetRows("Keterangan")
	if err != nil {
		t.Fatal(err)
	}
	said := fmt.Sprint(rows)
	for _, want := range []string{"Lisensi CC-BY-4.0", "Nama Sebutan", "Versi data 7"} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is missing in %s", want, said)
		}
	}
}

func TestWKT(t *testing.T) {
	t.Parallel()
	l := sample.Layers(t)[3]
	file, err := excelize.OpenReader(bytes.NewReader(sample.Bytes(t, xlsx.Format(), export.Options{WKT: true}, l)))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if got, err := file.GetCellValue("lines", "N2"); err != nil || got != "LINESTRING (116.8 -1.2,116.9 -1.1,117 -1.3)" {
		t.Errorf("got %q, %v", got, err)
	}
	long := sample.New(t, "long", "LineString", false, "LINESTRING (0 0"+strings.Repeat(", 100.5 1.5, 0 0", 3000)+")")
	w, _ := xlsx.New(&bytes.Buffer{}, export.Options{WKT: true})
	if err := w.Open(long.Layer); err != nil {
		t.Fatal(err)
	}
	if err := w.Write(long.Features[0]); !geo.IsCode(err, geo.TooLarge) {
		t.Errorf("a geometry too long for a cell: got %v, want TooLarge", err)
	}
}

func TestSameBytes(t *testing.T) {
	t.Parallel()
	layers := sample.Layers(t)
	if first, second := sample.Bytes(t, xlsx.Format(), export.Options{}, layers...), sample.Bytes(t, xlsx.Format(), export.Options{}, layers...); !bytes.Equal(first, second) {
		t.Errorf("two files of %d and %d bytes differ", len(first), len(second))
	}
}

// Without its last parts the file is no zip.
func TestBrokenOffIsNotComplete(t *testing.T) {
	t.Parallel()
	l := sample.Layers(t)[0]
	var out bytes.Buffer
	w, _ := xlsx.New(&out, export.Options{})
	if err := w.Open(l.Layer); err != nil {
		t.Fatal(err)
	}
	_ = w.Write(l.Features[0])
	w.Discard()
	if err := w.Close(); err == nil {
		t.Error("a discarded file is closed as complete")
	}
	if _, err := excelize.OpenReader(&out); err == nil {
		t.Error("a discarded file can be opened")
	}
}

// What has more rows than a sheet can have goes on in another one.
func TestMoreRowsThanASheetHas(t *testing.T) {
	t.Parallel()
	l := sample.New(t, "estates", "Point", false, "POINT (116 0)", "POINT (116 1)", "POINT (116 2)", "POINT (116 3)", "POINT (116 4)")
	file, err := excelize.OpenReader(bytes.NewReader(sample.Bytes(t, xlsx.FormatOf(3), export.Options{}, l, l)))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"estates", "estates_2", "estates_3", "estates_4", "estates_4_2", "estates_4_3", "About"}
	if diff := cmp.Diff(want, file.GetSheetList()); diff != "" {
		t.Fatalf("sheets (-want +got):\n%s", diff)
	}
	for _, layer := range [][]string{want[:3], want[3:6]} {
		var ids []string
		for _, sheet := range layer {
			rows, err := file.GetRows(sheet)
			if err != nil || len(rows) > 3 || rows[0][0] != "id" {
				t.Fatalf("%s: %v %v", sheet, err, rows)
			}
			for _, row := range rows[1:] {
				ids = append(ids, row[0])
			}
		}
		if len(ids) != 5 || ids[4] != l.Features[4].ID {
			t.Errorf("got the rows %v", ids)
		}
	}
	rows, err := file.GetRows("About")
	if err != nil || !slices.ContainsFunc(rows, func(r []string) bool { return len(r) > 2 && r[1] == "Goes on in" && r[2] == "estates_2, estates_3" }) {
		t.Errorf("it is not said where the rows go on: %v", rows)
	}
}
