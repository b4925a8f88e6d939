package csv_test

import (
	"bytes"
	stdcsv "encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"kawasan/geo"
	"kawasan/geo/format/csv"
	"kawasan/geo/format/export"
	"kawasan/geo/format/internal/sample"
	"kawasan/geo/format/source"
	"kawasan/geo/format/wkb"

	"github.com/google/go-cmp/cmp"
)

func TestAgainstGDAL(t *testing.T) {
	t.Parallel()
	sample.EachLayer(t, func(t *testing.T, l sample.Layer) {
		file := sample.File(t, csv.Format(), export.Options{}, l)
		got := sample.GDAL(t, file, "", "-s_srs", strings.Replace(l.CRS.Code, "EPSG:4326", "OGC:CRS84", 1),
			"-oo", "X_POSSIBLE_NAMES=lon,easting", "-oo", "Y_POSSIBLE_NAMES=lat,northing", "-oo", "Z_POSSIBLE_NAMES=height", "-oo", "EMPTY_STRING_AS_NULL=NO")
		sample.Compare(t, l, got, func(p geo.Property, v any) any {
			v = sample.Encoded(p, v)
			if s, ok := v.(string); ok {
				return strings.ReplaceAll(s, "\r\n", "\n") // GDAL reads line ends so
			}
			if v == nil {
				return ""
			}
			return fmt.Sprint(v)
		})
	})
}

func TestCells(t *testing.T) {
	t.Parallel()
	l := sample.New(t, "heights", "Point", true, "POINT Z (116.8 -1.2 30.5)", "", "POINT EMPTY")
	got := string(sample.Bytes(t, csv.Format(), export.Options{GuardFormulas: true, BOM: true}, l))
	want := "\ufeffid,name,select,position_uncertainty_m,position_uncertainty_note,count,open,source_date,seen,aliases,years,shares,claims,lon,lat,height\r\n" +
		`heights-0,"Kariangau, ""KIK"" 🏭",plain,1.5,"line` + "\r\n" + `break;	tab",9223372036854775807,true,2024-10-04,2024-02-29T23:59:59.123456Z,"[""a,b"",""q\"""",""""]","[1,-9223372036854775808]","[0.1,-2.5]","{""a"":[1,2,{""b"":null}]}",116.8,-1.2,30.5` + "\r\n" +
		"heights-1,,,,,,,,,,,,,,,\r\n" +
		"heights-2,ꦏꦮꦱꦤ꧀ <Aksara> & Jawa,'=1+1,-0.000001,\"\",-9223372036854775808,false,1860-06-26,1899-12-31T00:00:00Z,\"[]\",\"[]\",\"[]\",\"[]\",,,\r\n"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
	l.Properties, l.SkipGeometry = []string{"open", "no such"}, true
	if got, want := string(sample.Bytes(t, csv.Format(), export.Options{}, l)), "id,open\r\nheights-0,true\r\nheights-1,\r\nheights-2,false\r\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A guard keeps spreadsheets from running text, leaves alone what they would not run, and is taken
// away when the file comes back.
func TestFormulasAreGuarded(t *testing.T) {
	t.Parallel()
	texts := []string{"=1+1", "@SUM(A1)", "-2+3+cmd|' /C calc'!A0", "'=1", "''=1", "-", "-5 m", "+62 542 123456", "'tHart", "\tx"}
	want := []string{"'=1+1", "'@SUM(A1)", "'-2+3+cmd|' /C calc'!A0", "''=1", "'''=1", "-", "-5 m", "+62 542 123456", "'tHart", "'\tx"}
	c := (&geo.Collection{ID: "c", Properties: []geo.Property{{Name: "a\nb", Type: geo.String}}}).Index()
	var out bytes.Buffer
	w, err := csv.New(&out, export.Options{GuardFormulas: true})
	if err != nil {
		t.Fatal(err)
	}
	errs := []error{w.Open(export.Layer{Collection: c})}
	for _, s := range texts {
		errs = append(errs, w.Write(&geo.Feature{ID: "1", Collection: c, Values: []any{s}}))
	}
	if err := errors.Join(append(errs, w.Close())...); err != nil {
		t.Fatal(err)
	}
	rows, err := stdcsv.NewReader(bytes.NewReader(out.Bytes())).ReadAll()
	if err != nil || rows[0][1] != "a b" {
		t.Fatal(rows, err)
	}
	in, err := source.Open("a.csv", bytes.NewReader(out.Bytes()), int64(out.Len()), source.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s, err := csv.Source().Open(t.Context(), in, in.Members, source.Options{})
	if err != nil {
		t.Fatal(err)
	}
	i := 0
	for f, err := range s.Features(t.Context(), 0) {
		if err != nil || rows[i+1][1] != want[i] || f.Values[1] != texts[i] {
			t.Errorf("%q: wrote %q, want %q, and read %q, %v", texts[i], rows[i+1][1], want[i], f.Values[1], err)
		}
		i++
	}
}

// The standard library reads whatever text there is.
func FuzzText(f *testing.F) {
	f.Add("a", "b\n\"")
	f.Add("\ufeff", "\r")
	c := (&geo.Collection{ID: "c", Properties: []geo.Property{{Name: "a", Type: geo.String}, {Name: "b", Type: geo.String}}}).Index()
	f.Fuzz(func(t *testing.T, a, b string) {
		var out bytes.Buffer
		w, err := csv.New(&out, export.Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, err := range []error{w.Open(export.Layer{Collection: c}), w.Write(&geo.Feature{ID: "1", Collection: c, Values: []any{a, b}}), w.Close()} {
			if err != nil {
				t.Fatal(err)
			}
		}
		rows, err := stdcsv.NewReader(&out).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		newlines := strings.NewReplacer("\r\n", "\n") // as that reader does
		want := [][]string{{"id", "a", "b"}, {"1", newlines.Replace(a), newlines.Replace(b)}}
		if diff := cmp.Diff(want, rows); diff != "" {
			t.Fatalf("want -, got +:\n%s", diff)
		}
	})
}

func TestOrderOfCalls(t *testing.T) {
	t.Parallel()
	l := sample.Layers(t)[0]
	w, _ := csv.New(io.Discard, export.Options{})
	if err := w.Close(); !geo.IsCode(err, geo.Invalid) {
		t.Errorf("a file without a layer: got %v, want Invalid", err)
	}
	w, _ = csv.New(io.Discard, export.Options{})
	if err := w.Write(l.Features[0]); err == nil {
		t.Error("a feature before the layer is taken")
	}
	w, _ = csv.New(io.Discard, export.Options{})
	if err := w.Open(l.Layer); err != nil {
		t.Fatal(err)
	}
	if err := w.Open(l.Layer); !geo.IsCode(err, geo.Unsupported) {
		t.Errorf("a second layer: got %v, want Unsupported", err)
	}
	if err := w.Close(); !geo.IsCode(err, geo.Unsupported) {
		t.Errorf("close after an error: got %v, want that error", err)
	}
	w, _ = csv.New(io.Discard, export.Options{})
	_ = w.Open(l.Layer)
	w.Discard()
	if err := w.Close(); err == nil {
		t.Error("a discarded file is closed as complete")
	}
}

// Points come in all the ways in which people write coordinates; a slip spoils its own row alone.
func TestCoordinatesAsWritten(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, table, want string }{
		{"decimals", "id,lon,lat\na,116.5,-1.25\n", "116.5 -1.25"},
		{"decimal commas", "id;bujur;lintang\na;116,5;-1,25\n", "116.5 -1.25"},
		{"degrees, minutes, seconds", "id;bujur;lintang\na;116°30'00\" BT;1°15'00\" LS\n", "116.5 -1.25"},
		{"typographic marks", "id;bujur;lintang\na;116º30’00,0” BT;1º15’0” LU\n", "116.5 1.25"},
		{"side in the heading", "id;bujur timur;lintang selatan\na;116°30'00\";1°15'00\"\n", "116.5 -1.25"},
		{"side in the heading, decimals", "id;Bujur (BT);Lintang (LS)\na;116,5;1,25\n", "116.5 -1.25"},
		{"a sign in spite of the heading", "id;bujur;Lintang (LS)\na;116,5;-1,25\n", "116.5 -1.25"},
		{"no side", "id;bujur;lintang\na;116°30'00\";1°15'00\"\n", "side of the equator"},
		{"columns swapped", "id;bujur;lintang\na;1°15'00\" LS;116°30'00\" BT\n", "column of the other coordinate"},
		{"minutes beyond 59", "id;bujur;lintang\na;116°70'00\" BT;1°15'00\" LS\n", "is no number"},
		{"a word", "id,lon,lat\na,116.5,abc\n", `"abc" is no number`},
		{"half a pair", "id,lon,lat\na,116.5\n", "one of the two coordinates is empty"},
		{"well-known text cut off", "id,wkt\na,\"POINT (1\"\n", "can't be read at character"},
		{"WKB in hexadecimal", "id,wkt\na,0102000000ffffff7f\n", "can't be read as well-known binary"},
		{"too many cells", "id,lon,lat\na,116.5,-1.25,7\n", "the row has 4 cells"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			in, err := source.Open("points.csv", strings.NewReader(test.table), int64(len(test.table)), source.Options{})
			if err != nil {
				t.Fatal(err)
			}
			s, err := csv.Source().Open(t.Context(), in, in.Members, source.Options{})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for f, err := range s.Features(t.Context(), 0) {
				if err != nil {
					t.Fatal(err)
				}
				for _, fault := range f.Faults {
					if fault.ID == "" || fault.ID == fault.EN {
						t.Errorf("the fault isn't said in Indonesian: %+v", fault)
					}
					got = append(got, fault.EN)
				}
				_ = wkb.Walk(f.WKB, func(_ wkb.Header, p wkb.Positions) error {
					x, y := p.XY(0)
					got = append(got, fmt.Sprint(x, " ", y))
					return nil
				})
			}
			if len(got) == 0 || !strings.Contains(got[0], test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
