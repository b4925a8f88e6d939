package corners_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"kawasan/geo"
	"kawasan/geo/crs"
	"kawasan/geo/format/corners"
)

func read(text string, o corners.Options) (*corners.Table, error) {
	return corners.Read(strings.NewReader(text), o)
}

// dms writes an angle the way decrees do.
func dms(d, m int, s float64) float64 { return float64(d) + float64(m)/60 + s/3600 }

func TestRead(t *testing.T) {
	t.Parallel()
	lon, lat := dms(116, 47, 22.5), -dms(1, 10, 30)
	rest := "\n2 116°48'00\" BT 1°10'30\" LS\n3 116°48'00\" BT 1°11'00\" LS\n"
	tests := []struct{ name, first string }{
		{"decree", `1  116°47'22,5" BT  1°10'30" LS`},
		{"typographic marks", "1  116º47′22,5″ BT  1˚10’30” LS"},
		{"two primes for seconds", "1  116°47'22.5'' BT  1°10'30'' LS"},
		{"blanks from a PDF", `1 . 116 ° 47 ' 22 , 5 " B T   1 ° 10 ' 30 " L S`},
		{"letters of the sides", `1  116°47'22.5" E  1°10'30" S`},
		{"in words", `1  116°47'22,5" Bujur Timur dan 1°10'30" Lintang Selatan`},
		{"side first", `1  BT 116°47'22,5"  LS 1°10'30"`},
		{"side first with colons", `1  BT: 116° 47' 22,5"; LS: 1° 10' 30"`},
		{"latitude first", `1  1°10'30" LS  116°47'22,5" BT`},
		{"tabs", "1\t116°47'22,5\" BT\t1°10'30\" LS"},
		{"semicolons", `1;116°47'22,5" BT;1°10'30" LS`},
		{"colons between", `1  116:47:22.5 BT  1:10:30 LS`},
		{"blanks between", `1  116 47 22.5 BT  1 10 30 LS`},
		{"hyphens between", `1)  116-47-22,5 BT  1-10-30 LS`},
		{"no mark of seconds", `1  116°47'22,5 BT  1°10'30 LS`},
		{"letters between", `1  116d47m22.5s E  1d10m30s S`},
		{"an o for a degree", `1  116o47'22,5" BT  1o10'30" LS`},
		{"minus", `1  116°47'22.5"  -1°10'30"`},
		{"decimal degrees", `1  116,789583333 BT  1,175 LS`},
		{"no number", `116°47'22,5" BT, 1°10'30" LS`},
		{"number with letters", `A.1 116°47'22,5" BT 1°10'30" LS`},
		{"remark", `1  116°47'22,5" BT  1°10'30" LS  Patok batas`},
		{"one a line", "1\n116°47'22,5\" BT\n1°10'30\" LS"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			after := rest
			if strings.Contains(test.name, "latitude first") {
				after = "\n2 1°10'30\" LS 116°48'00\" BT\n3 1°11'00\" LS 116°48'00\" BT"
			}
			got, err := read(test.first+after, corners.Options{})
			if err != nil {
				t.Fatal(err)
			}
			c := got.Rings[0].Corners[0]
			if math.Abs(c.X-lon) > 1e-8 || math.Abs(c.Y-lat) > 1e-8 || len(got.Rings[0].Corners) != 3 || got.CRS != crs.CRS84() {
				t.Errorf("got %v of %d, want %v, %v", c, len(got.Rings[0].Corners), lon, lat)
			}
		})
	}
}

func TestTables(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		rings      string // corners of each ring
		x, y       float64
		system     string
	}{
		{"decimal degrees, two columns", "116.7895 -1.175\n116.8 -1.175\n116.8 -1.19", "3", 116.7895, -1.175, "OGC:CRS84"},
		{"decimal comma", "116,7895 -1,175\n116,8 -1,175\n116,8 -1,19", "3", 116.7895, -1.175, "OGC:CRS84"},
		{"csv", "no,longitude,latitude\n1,116.7895,-1.175\n2,116.8,-1.175\n3,116.8,-1.19", "3", 116.7895, -1.175, "OGC:CRS84"},
		{"csv, latitude first", "titik;lintang;bujur\n1;-1,175;116,7895\n2;-1,175;116,8\n3;-1,19;116,8", "3", 116.7895, -1.175, "OGC:CRS84"},
		{"southern by the heading", "No | Bujur Timur | Lintang Selatan\n1 | 116°47'22,5\" | 1°10'30\"\n2 | 116°48'00\" | 1°10'30\"\n3 | 116°48'00\" | 1°11'00\"", "3", dms(116, 47, 22.5), -1.175, "OGC:CRS84"},
		{"closed", "116.7 -1\n116.8 -1\n116.8 -1.1\n116.7 -1", "3", 116.7, -1, "OGC:CRS84"},
		{"blank line between rings", "116.7 -1\n116.8 -1\n116.8 -1.1\n\n117.7 -1\n117.8 -1\n117.8 -1.1\n117.9 -1.1", "3 4", 116.7, -1, "OGC:CRS84"},
		{"column of parts", "bagian\tno\tbujur\tlintang\nA\t1\t116.7\t-1\nA\t2\t116.8\t-1\nB\t1\t117.7\t-1\nA\t3\t116.8\t-1.1\nB\t2\t117.8\t-1\nB\t3\t117.8\t-1.1", "3 3", 116.7, -1, "OGC:CRS84"},
		{"UTM south", "Koordinat UTM Zona 50S\nTitik X Y\n1 480123,45 9870123,40\n2 480200,00 9870123,40\n3 480200,00 9870000,00", "3", 480123.45, 9870123.4, "EPSG:32750"},
		{"UTM by size alone", "WGS 84 UTM zone 50 S\n1 9870123.40 480123.45\n2 9870123.40 480200.00\n3 9870000.00 480200.00", "3", 480123.45, 9870123.4, "EPSG:32750"},
		{"thousands", "UTM Zone 50S\n1  480.123,45  9.870.123,40\n2  480.200,00  9.870.123,40\n3  480.200,00  9.870.000,00", "3", 480123.45, 9870123.4, "EPSG:32750"},
		{"TM-3", "Sistem koordinat TM-3 zona 50.1\nx y\n315123.4 1405123.4\n315200.0 1405123.4\n315200.0 1405000.0", "3", 315123.4, 1405123.4, "EPSG:23837"},
		{"UTM without a zone", "x;y\n480123.45;9870123.4\n480200;9870123.4\n480200;9870000", "3", 480123.45, 9870123.4, ""},
		{"UTM near the equator, by headings", "UTM zona 50 N\nx;y\n480123.4;90123.4\n480200;90123.4\n480200;90000", "3", 480123.4, 90123.4, "EPSG:32650"},
		{"northing before easting", "UTM zona 50 N\ny;x\n90123.4;480123.4\n90123.4;480200\n90000;480200", "3", 480123.4, 90123.4, "EPSG:32650"},
		{"headings apart by blanks", "UTM zona 50 N\ny x\n90123.4 480123.4\n90123.4 480200\n90000 480200", "3", 480123.4, 90123.4, "EPSG:32650"},
		{"a small easting", "x;y\n150.5;9870123.4\n480200;9870123.4\n480200;9870000", "3", 150.5, 9870123.4, ""},
		{"a small northing", "x;y\n480123.4;150.5\n480200;150.5\n480200;9000", "3", 480123.4, 150.5, ""},
		{"an EPSG code", "EPSG:23837\n315123.4 1405123.4\n315200.0 1405123.4\n315200.0 1405000.0", "3", 315123.4, 1405123.4, "EPSG:23837"},
		{"thousands alone", "x;y\n480.123;9.870.123\n480.200;9.870.123\n480.200;9.870.000", "3", 480123, 9870123, ""},
		{"thousands by commas", "x;y\n480,123;9,870,123\n480,200;9,870,123\n480,200;9,870,000", "3", 480123, 9870123, ""},
		{"thousands by commas, and decimals", "x;y\n480,123.45;9,870,123.4\n480,200.00;9,870,123.4\n480,200.00;9,870,000.0", "3", 480123.45, 9870123.4, ""},
		{"on the antimeridian", "180 -16.5\n179.5 -16.5\n179.5 -17", "3", 180, -16.5, "OGC:CRS84"},
		{"on the antimeridian, latitude first", "-16.5 180\n-16.5 179.5\n-17 179.5", "3", 180, -16.5, "OGC:CRS84"},
		{"three decimals of a degree", "116.789 -1.175\n116.801 -1.175\n116.801 -1.191", "3", 116.789, -1.175, "OGC:CRS84"},
		{"only the latitude has its side", "16°30'00\" 1°30'00\" LS\n16°00'00\" 1°30'00\" LS\n16°00'00\" 1°00'00\" LS", "3", 16.5, -1.5, "OGC:CRS84"},
		{"only the latitude has its side, and is first", "1°30'00\" LS 16°30'00\"\n1°30'00\" LS 16°00'00\"\n1°00'00\" LS 16°00'00\"", "3", 16.5, -1.5, "OGC:CRS84"},
		{"only the longitude has its side", "16°30'00\" BT -1°30'00\"\n16°00'00\" BT -1°30'00\"\n16°00'00\" BT -1°00'00\"", "3", 16.5, -1.5, "OGC:CRS84"},
		{"only the longitude has its side, and is second", "-1°30'00\" 16°30'00\" BT\n-1°30'00\" 16°00'00\" BT\n-1°00'00\" 16°00'00\" BT", "3", 16.5, -1.5, "OGC:CRS84"},
		{"northern by the heading", "No | Bujur Timur | Lintang Utara\n1 | 116°30'00\" | 1°30'00\"\n2 | 116°48'00\" | 1°30'00\"\n3 | 116°48'00\" | 1°00'00\"", "3", 116.5, 1.5, "OGC:CRS84"},
		{"a blank line within a corner", "116°30'00\" BT\n\n1°30'00\" LS\n116°48'00\" BT\n\n1°30'00\" LS\n116°48'00\" BT\n\n1°00'00\" LS", "3", 116.5, -1.5, "OGC:CRS84"},
		{"remarks in a headed table", "no,longitude,latitude\n1,116.7,-1\n2,,\n3,116.8,-1\nno,longitude,latitude\nlanjutan,,\n4,116.8,-1.1", "3", 116.7, -1, "OGC:CRS84"},
		{"closed, of three corners", "116.7 -1\n116.8 -1\n116.8 -1.1\n116.7 -1\n\n117.7 -1\n117.8 -1\n117.8 -1.1", "3 3", 116.7, -1, "OGC:CRS84"},
		{"units in columns", "No\tBujur Timur (BT)\t\t\tLintang Selatan (LS)\t\t\n\t°\t'\t\"\t°\t'\t\"\n1\t116\t47\t22,5\t1\t10\t30\n2\t116\t48\t0\t1\t10\t30\n3\t116\t48\t0\t1\t11\t0", "3", dms(116, 47, 22.5), -1.175, "OGC:CRS84"},
		{"letters for units", "No;D;M;S;BT;D;M;S;LS\n1;116;47;22,5;BT;1;10;30;LS\n2;116;48;0;BT;1;10;30;LS\n3;116;48;0;BT;1;11;0;LS", "3", dms(116, 47, 22.5), -1.175, "OGC:CRS84"},
		{"marks for units", "No;Bujur Timur;;;Lintang Selatan;;\n;°;';\";°;';\"\n1;116;47;22,5;1;10;30\n2;116;48;0;1;10;30\n3;116;48;0;1;11;0", "3", dms(116, 47, 22.5), -1.175, "OGC:CRS84"},
		{"units in columns, with sides, latitude first", "No;Lintang;;;LU/LS;Bujur;;;BT/BB\n;Derajat;Menit;Detik;;Derajat;Menit;Detik;\n1;1;10;30;LS;116;47;22,5;BT\n2;1;10;30;LS;116;48;0;BT\n3;1;11;0;LS;116;48;0;BT", "3", dms(116, 47, 22.5), -1.175, "OGC:CRS84"},
		{"units apart by blanks, southern by the heading", "No Bujur Timur Lintang Selatan\n1 116 47 22,5 1 10 30\n2 116 48 0 1 10 30\n3 116 48 0 1 11 0", "3", dms(116, 47, 22.5), -1.175, "OGC:CRS84"},
		{"units in columns, southern by a minus", "no,bujur derajat,bujur menit,bujur detik,lintang derajat,lintang menit,lintang detik\n1,116,47,22.5,-0,10,30\n2,116,48,0,-0,10,30\n3,116,48,0,-0,11,0", "3", dms(116, 47, 22.5), -0.175, "OGC:CRS84"},
		{"parts with units in columns", "blok|no|bt|||ls||\nA|1|116|47|22,5|1|10|30\nA|2|116|48|0|1|10|30\nB|1|117|48|0|1|11|0\nA|3|116|48|0|1|11|0\nB|2|117|49|0|1|11|0\nB|3|117|49|0|1|12|0", "3 3", dms(116, 47, 22.5), -1.175, "OGC:CRS84"},
		{"quotes doubled", "No,Bujur,Lintang\n1,\"116°47'22,5\"\" BT\",\"1°10'30\"\" LS\"\n2,\"116°48'0\"\" BT\",\"1°10'30\"\" LS\"\n3,\"116°48'0\"\" BT\",\"1°11'0\"\" LS\"", "3", dms(116, 47, 22.5), -1.175, "OGC:CRS84"},
		{"a dash between", "1 | 1° 10' 30\" LS - 116° 47' 22,5\" BT\n2 | 1° 10' 30\" LS - 116° 48' 0\" BT\n3 | 1° 11' 0\" LS - 116° 48' 0\" BT", "3", dms(116, 47, 22.5), -1.175, "OGC:CRS84"},
		{"UTM zone with the words for its side", "UTM Zona 50 LS\n480123 9870123\n480200 9870123\n480200 9870000", "3", 480123, 9870123, "EPSG:32750"},
		{"title", "LAMPIRAN PP 85 TAHUN 2014\nKoordinat batas\n\n1 116.7 -1\n2 116.8 -1\n3 116.8 -1.1", "3", 116.7, -1, "OGC:CRS84"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, err := read(test.text, corners.Options{})
			if err != nil {
				t.Fatal(err)
			}
			var counts []string
			for _, r := range got.Rings {
				counts = append(counts, fmt.Sprint(len(r.Corners)))
			}
			system := ""
			if got.CRS != nil {
				system = got.CRS.Code
			}
			c := got.Rings[0].Corners[0]
			if strings.Join(counts, " ") != test.rings || math.Abs(c.X-test.x) > 1e-8 || math.Abs(c.Y-test.y) > 1e-8 || system != test.system {
				t.Errorf("got rings of %v, first %v, system %q; want %s, %v, %v, %q", counts, c, system, test.rings, test.x, test.y, test.system)
			}
		})
	}
}

// TestWhatIsOpenIsAsked reads what could mean two things, or nothing.
func TestWhatIsOpenIsAsked(t *testing.T) {
	t.Parallel()
	good := "1 116°47'22\" BT 1°10'30\" LS\n2 116°48'00\" BT 1°10'30\" LS\n3 116°48'00\" BT 1°11'00\" LS\n"
	tests := []struct {
		name, text   string
		line, column int
		want         string
	}{
		{"north or south", "1 116°47'22\" 1°10'30\"\n2 116°48'00\" 1°10'30\"\n3 116°48'00\" 1°11'00\"", 1, 14, "equator"},
		{"longitude or latitude", "1 16.5 1.5\n2 16.6 1.5\n3 16.6 1.6", 1, 3, "longitude"},
		{"easting or northing", "1 602000 85000\n2 603000 85000\n3 603000 86000", 1, 3, "easting"},
		{"two longitudes", "1 116°47'22\" BT 1°10'30\" BT", 1, 17, "both"},
		{"minutes", good + "4 116°67'22\" BT 1°10'30\" LS", 4, 3, "minutes"},
		{"a longitude beyond the antimeridian", good + "4 216°47'22\" BT 1°10'30\" LS", 4, 3, "longitude"},
		{"a latitude beyond the pole", good + "4 116°47'22\" BT 91°10'30\" LS", 4, 17, "latitude"},
		{"one coordinate", good + "4 116°47'22\" BT", 4, 3, "one coordinate"},
		{"two corners", "1 116°47'22\" BT 1°10'30\" LS\n2 116°48'00\" BT 1°10'30\" LS", 1, 1, "2 corners"},
		{"nothing", "Lampiran\n", 0, 0, "no corner"},
		{"degrees and metres", good + "4 480000 9870000", 4, 1, "metres"},
		{"a minus in the north", "1 116°47'22\" BT -1°10'30\" LU", 1, 18, "contradict"},
		{"metres and degrees, latitude first", "1 1°10'22\" LS 116°47'30\" BT\n2 1°10'22\" LS 116°48'30\" BT\n3 1°11'22\" LS 116°48'30\" BT\n4 9870000 480000", 4, 1, "metres"},
		{"two corners and the first again", "116.7 -1\n116.8 -1\n116.7 -1", 1, 1, "2 corners"},
		{"rings without end", strings.Repeat("116.7 -1\n\n", 10_001), 20_001, 1, "more than 10000 rings"},
		{"a line without end", "1 " + strings.Repeat(" ", 64<<10), 0, 1, "longer than"},
		{"thousands that are none", "x;y\n480.12.345;9870123\n", 2, 1, `"480.12.345" is no coordinate`},
		{"two decimal marks", "x;y\n9870123;480,1.234.5\n", 2, 9, `"480,1.234.5" is no coordinate`},
		{"a letter for a digit", "no,longitude,latitude\n1,116.7,-1\n2,116.8,-l.1\n3,116.8,-1.2\n4,116.7,-1.2", 3, 9, `"-l.1" is no coordinate`},
		{"letters for all digits of one", "no,longitude,latitude\n1,116.7,-1\n2,ll6,-1.1\n3,116.8,-1.2\n4,116.7,-1.2", 3, 3, `"ll6" is no coordinate`},
		{"half a row", "no,longitude,latitude\n1,116.7,-1\n2,116.8,\n3,116.8,-1.2\n4,116.7,-1.2", 3, 9, `"" is no coordinate`},
		{"letters in both", "no,longitude,latitude\n1,116.7,-1\n2,1l6.8,-l.1\n3,116.8,-1.2\n4,116.7,-1.2", 3, 3, `"1l6.8" is no coordinate`},
		{"minutes in a column", "1;116;67;22;BT;1;10;30;LS", 1, 7, "67 are no minutes"},
		{"seconds missing in a column", "no;bujur;;;lintang;;\n1;116;47;22;-1;10;30\n2;116;48;;-1;10;30\n3;116;48;0;-1;11;0", 3, 3, "not all of its degrees"},
		{"seconds missing, latitude first", "no;lintang;;;bujur;;\n1;-1;10;22;116;10;30\n2;1;10;;116;10;30\n3;-1;48;0;116;11;0", 3, 3, "not all of its degrees"},
		{"seconds missing between blanks", "1 -1 10 22 116 10 30\n2 1 10 116 10 30\n3 -1 48 0 116 11 0", 2, 1, "not all of its degrees"},
		{"a side that contradicts its degrees", "1;-116;47;22;BT;1;10;30;LS", 1, 3, "contradict"},
		{"a degree sign beside no angle", good + "suhu ° di sini", 4, 6, "degree sign"},
		{"three coordinates", "1 116°47'22\" BT 1°10'30\" LS 1°10'30\" LS", 1, 29, "3 coordinates"},
		{"order changes", good + "4 1°10'30\" LS 116°47'22\" BT", 4, 1, "first in line"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, err := read(test.text, corners.Options{Name: "batas.txt"})
			if !geo.IsCode(err, geo.Invalid) {
				t.Fatalf("got %v, want Invalid", err)
			}
			e := geo.AsError(err)
			if e.Place.Line != test.line || e.Place.Column != test.column || !strings.Contains(e.Message, test.want) || e.Fix == "" {
				t.Errorf("got line %d, column %d: %s; %s (want %d, %d, %q)", e.Place.Line, e.Place.Column, e.Message, e.Fix, test.line, test.column, test.want)
			}
		})
	}
}

func TestDigitsBoundTheUncertainty(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text string
		want float64 // metres
	}{
		{"1 116°47'22\" BT 1°10'30\" LS\n2 116°48'00\" BT 1°10'30\" LS\n3 116°48'00\" BT 1°11'00\" LS", 111320.0 / 3600 / 2 * math.Sqrt2},
		{"1 116°47'22,53\" BT 1°10'30,01\" LS\n2 116°48'00,00\" BT 1°10'30,55\" LS\n3 116°48'00,00\" BT 1°11'00,00\" LS", 111320.0 / 360000 / 2 * math.Sqrt2},
		{"116.78 -1.17\n116.8125 -1.17\n116.8 -1.19", 1113.2 * 5 * math.Sqrt2},
		{"UTM 50S\n480123.4 9870123.4\n480200.4 9870123.4\n480200.4 9870000.4", 0.05 * math.Sqrt2},
	}
	for _, test := range tests {
		got, err := read(test.text, corners.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if math.Abs(got.UncertaintyM()-test.want) > 1e-6*test.want {
			t.Errorf("got %v m, want %v", got.UncertaintyM(), test.want)
		}
	}
}

func TestRingsNest(t *testing.T) {
	t.Parallel()
	square := func(x, r float64) string { // its last edge is the eastern one
		return fmt.Sprintf("%g %g\n%g %g\n%g %g\n%g %g\n\n", x+r, -1+r, x-r, -1+r, x-r, -1-r, x+r, -1-r)
	}
	got, err := read(square(116, 0.4)+square(116, 0.3)+square(116, 0.2)+square(117, 0.1), corners.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var shape []int
	for _, p := range corners.Polygons(got.Rings) {
		shape = append(shape, len(p))
	}
	if fmt.Sprint(shape) != "[2 1 1]" {
		t.Errorf("polygons have %v rings, want a shell with a hole, the island in it, and one beside", shape)
	}
}

// A ring lies in the innermost one around it, whatever their shapes: diamonds, whose boxes hold more than they do.
func TestRingsNestByShape(t *testing.T) {
	t.Parallel()
	diamond := func(x, y, r float64) string {
		return fmt.Sprintf("%g %g\n%g %g\n%g %g\n%g %g\n\n", x-r, y, x, y+r, x+r, y, x, y-r)
	}
	text := diamond(116, -1, 0.4) + diamond(116, -1, 0.3) + diamond(116, -1, 0.2) + diamond(116, -1, 0.1)
	for _, corner := range [][2]float64{{0.3, 0.3}, {-0.3, 0.3}, {0.3, -0.3}, {-0.3, -0.3}} { // in the box of the largest, but beside it
		text += diamond(116+corner[0], -1+corner[1], 0.05)
	}
	got, err := read(text, corners.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var shape []int
	for _, p := range corners.Polygons(got.Rings) {
		shape = append(shape, len(p))
	}
	if fmt.Sprint(shape) != "[2 2 1 1 1 1]" || len(got.Notes) != 1 {
		t.Errorf("polygons have %v rings, want two shells with a hole each, and four beside; notes %v", shape, got.Notes)
	}
}

// A column of names tells things apart, and the first line is the title, cut where it is long.
func TestNamesAndTitle(t *testing.T) {
	t.Parallel()
	got, err := read("Lampiran "+strings.Repeat("é", 300)+"\nnama\tbujur\tlintang\nA\t116.7\t-1\nA\t116.8\t-1\nB\t117.7\t-1\nA\t116.8\t-1.1\nB\t117.8\t-1\nB\t117.8\t-1.1", corners.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if !got.Named || len(got.Rings) != 2 || got.Rings[0].Name != "A" || got.Rings[1].Name != "B" || len(got.Rings[1].Corners) != 3 {
		t.Errorf("named %v, rings %+v", got.Named, got.Rings)
	}
	if n := len([]rune(got.Title)); n != 200 || !strings.HasPrefix(got.Title, "Lampiran éé") {
		t.Errorf("a title of %d characters: %s", n, got.Title)
	}
	if got, err := read("bagian\tbujur\tlintang\nA\t116.7\t-1\nA\t116.8\t-1\nA\t116.8\t-1.1", corners.Options{}); err != nil || got.Named {
		t.Errorf("parts of one thing are named: %v", err)
	}
}

// What the text leaves open, options settle; what it says itself, they do not change.
func TestOptions(t *testing.T) {
	t.Parallel()
	utm, zone := crs.ByEPSG(32750), "UTM zona 50 N\n"
	tests := []struct {
		name, text string
		options    corners.Options
		x, y       float64
		system     string
	}{
		{"south", "116°30'00\" 1°30'00\"\n116°48'00\" 1°30'00\"\n116°48'00\" 1°00'00\"", corners.Options{South: true}, 116.5, -1.5, "OGC:CRS84"},
		{"south, but each has its side", "116°30'00\" BT 1°30'00\" LU\n116°48'00\" BT 1°30'00\" LU\n116°48'00\" BT 1°00'00\" LU", corners.Options{South: true}, 116.5, 1.5, "OGC:CRS84"},
		{"south, but the heading says north", "BT;LU\n116°30'00\";1°30'00\"\n116°48'00\";1°30'00\"\n116°48'00\";1°00'00\"", corners.Options{South: true}, 116.5, 1.5, "OGC:CRS84"},
		{"northing first", "602000 85000\n603000 85000\n603000 86000", corners.Options{NorthingFirst: true}, 85000, 602000, ""},
		{"latitude first", "16.5 1.5\n16.6 1.5\n16.6 1.6", corners.Options{NorthingFirst: true}, 1.5, 16.5, "OGC:CRS84"},
		{"northing first, but there are headings", "x;y\n602000;85000\n603000;85000\n603000;86000", corners.Options{NorthingFirst: true}, 602000, 85000, ""},
		{"a system", "x;y\n602000;85000\n603000;85000\n603000;86000", corners.Options{CRS: utm}, 602000, 85000, "EPSG:32750"},
		{"a system before that of the text", zone + "x;y\n602000;85000\n603000;85000\n603000;86000", corners.Options{CRS: utm}, 602000, 85000, "EPSG:32750"},
		{"no system for degrees", "116.7 -1\n116.8 -1\n116.8 -1.1", corners.Options{CRS: utm}, 116.7, -1, "OGC:CRS84"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, err := read(test.text, test.options)
			if err != nil {
				t.Fatal(err)
			}
			system := ""
			if got.CRS != nil {
				system = got.CRS.Code
			}
			if c := got.Rings[0].Corners[0]; math.Abs(c.X-test.x) > 1e-8 || math.Abs(c.Y-test.y) > 1e-8 || system != test.system {
				t.Errorf("got %v, %q, want %v, %v, %q", c, system, test.x, test.y, test.system)
			}
		})
	}
}

// Each glyph that stands for a mark is read as the mark.
func TestGlyphs(t *testing.T) {
	t.Parallel()
	const line = "1 116°47'22,5\" BT -1°10'30\"\n"
	for mark, glyphs := range map[string]string{
		"°": "º˚⁰∘ᵒ", "'": "′’‘`´ʹʼ‵＇", `"`: "″”“ʺ„˝‶＂", "-": "−–—‐‑", " ": "\u00a0\u2007\u2009\u200a\u202f\u200b\ufeff\v\f", ",": "，．",
	} {
		for _, glyph := range glyphs {
			text := strings.ReplaceAll(line, mark, string(glyph))
			got, err := read(text+"2 117 -1\n3 117 -1.2", corners.Options{})
			if err != nil {
				t.Errorf("%U: %v", glyph, err)
				continue
			}
			if c := got.Rings[0].Corners[0]; math.Abs(c.X-dms(116, 47, 22.5)) > 1e-9 || math.Abs(c.Y+dms(1, 10, 30)) > 1e-9 {
				t.Errorf("%U: got %v", glyph, c)
			}
		}
	}
}

// style is a way to print a corner.
type style struct {
	degree, minute, second, comma, between string
	words                                  bool
	decimals                               int
	numbered, lonFirst                     bool
}

func styles() *rapid.Generator[style] {
	return rapid.Custom(func(t *rapid.T) style {
		return style{
			degree: rapid.SampledFrom([]string{"°", "º", "˚", " ° "}).Draw(t, "degree"),
			minute: rapid.SampledFrom([]string{"'", "′", "’", "`", "´", " ' "}).Draw(t, "minute"),
			second: rapid.SampledFrom([]string{"\"", "″", "”", "''", " \""}).Draw(t, "second"),
			comma:  rapid.SampledFrom([]string{",", "."}).Draw(t, "comma"), between: rapid.SampledFrom([]string{"\t", ";", "  ", " ", " | ", " dan "}).Draw(t, "between"),
			words: rapid.Bool().Draw(t, "words"), decimals: rapid.IntRange(0, 4).Draw(t, "decimals"),
			numbered: rapid.Bool().Draw(t, "numbered"), lonFirst: rapid.Bool().Draw(t, "lon first"),
		}
	})
}

// steps is an angle in units of the last digit printed.
func (s style) steps(v float64) int64 {
	return int64(math.Round(v * 3600 * math.Pow(10, float64(s.decimals))))
}

func (s style) angle(v float64, positive, negative string) string {
	side := positive
	if v < 0 {
		side = negative
	}
	unit := math.Pow(10, float64(s.decimals))
	n := max(s.steps(v), -s.steps(v))
	perMinute := int64(60 * unit)
	seconds := fmt.Sprintf("%0*.*f", 2, s.decimals, float64(n%perMinute)/unit)
	return fmt.Sprintf("%d%s%02d%s%s%s %s", n/perMinute/60, s.degree, n/perMinute%60, s.minute, strings.Replace(seconds, ".", s.comma, 1), s.second, side)
}

func TestPrintedCornersComeBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := styles().Draw(t, "style")
		n := rapid.IntRange(3, 9).Draw(t, "corners")
		var b strings.Builder
		var want [][2]float64
		for i := range n {
			x, y := rapid.Float64Range(95, 141).Draw(t, "lon"), rapid.Float64Range(-11, 6).Draw(t, "lat")
			want = append(want, [2]float64{x, y})
			lon, lat := s.angle(x, "BT", "BB"), s.angle(y, "LU", "LS")
			if !s.words {
				lon, lat = s.angle(x, "E", "W"), s.angle(y, "N", "S")
			}
			if !s.lonFirst {
				lon, lat = lat, lon
			}
			if s.numbered {
				fmt.Fprintf(&b, "%d%s", i+1, s.between)
			}
			b.WriteString(lon + s.between + lat + "\n")
		}
		got, err := read(b.String(), corners.Options{})
		if first, last := want[0], want[n-1]; s.steps(first[0]) == s.steps(last[0]) && s.steps(first[1]) == s.steps(last[1]) {
			t.Skip("the ring is closed")
		}
		if err != nil {
			t.Fatalf("%v in\n%s", err, b.String())
		}
		step := 1 / 3600.0 / math.Pow(10, float64(s.decimals))
		if math.Abs(got.Step-step) > 1e-3*step || len(got.Rings) != 1 || len(got.Rings[0].Corners) != n {
			t.Fatalf("step %v, want %v; %d rings in\n%s", got.Step, step, len(got.Rings), b.String())
		}
		for i, c := range got.Rings[0].Corners {
			if math.Abs(c.X-want[i][0]) > step*0.51 || math.Abs(c.Y-want[i][1]) > step*0.51 {
				t.Fatalf("corner %d is %v, %v, want %v in\n%s", i+1, c.X, c.Y, want[i], b.String())
			}
		}
	})
}

func FuzzRead(f *testing.F) {
	f.Add("1  116°47'22,5\" BT  1°10'30\" LS\n2 116º48′00″ BT 1˚10’30” LS\n3 116°48'00\" BT 1°11'00\" LS")
	f.Add("bagian\tno\tbujur\tlintang\nA\t1\t116.7\t-1\nA\t2\t116.8\t-1\nA\t3\t116.8\t-1.1")
	f.Add("UTM 50S\n480.123,45 9.870.123,40\n480200 9870123\n480200 9870000")
	f.Add("LS 1°10' 30 BT 116")
	f.Fuzz(func(t *testing.T, text string) {
		table, err := read(text, corners.Options{Name: "x"})
		if err != nil {
			if !geo.IsCode(err, geo.Invalid) {
				t.Fatalf("%q: %v", text, err)
			}
			return
		}
		for _, r := range table.Rings {
			if len(r.Corners) < 3 {
				t.Fatalf("%q gives a ring of %d corners", text, len(r.Corners))
			}
			for _, c := range r.Corners {
				if math.IsNaN(c.X+c.Y) || math.IsInf(c.X+c.Y, 0) || !table.Projected && (math.Abs(c.X) > 180 || math.Abs(c.Y) > 90) {
					t.Fatalf("%q gives %v", text, c)
				}
			}
		}
		_ = corners.Polygons(table.Rings)
	})
}

// All slips of a table are told at once.
func TestAllSlipsAtOnce(t *testing.T) {
	t.Parallel()
	const table = "No;Bujur;Lintang\n1;116°47'22,5\" BT;1°10'30\" LS\n2;116°48'70,25\" BT;1°10'31,7\" LS\n3;116°48'15\" BT;1°71'02\" LS\n4;116°47'2O\" BT;1°11'05\" LS\n"
	_, err := corners.Read(strings.NewReader(table), corners.Options{Name: "typo.txt"})
	e := geo.AsError(err)
	for _, want := range []string{"typo.txt, line 3, column 3: 70,25 are no seconds", "; line 4, column 17: 71 are no minutes", "; line 5, column 3: what follows the angle can't be read"} {
		if !strings.Contains(e.Message, want) {
			t.Errorf("the error doesn't say %q: %s", want, e.Message)
		}
	}
	if e.Place.Line != 3 || e.Fix == "" {
		t.Errorf("place %+v, fix %q", e.Place, e.Fix)
	}
	if n := strings.Count(e.Message, "(needed: "); n != 1 { // for the one whose fix differs
		t.Errorf("%d further fixes: %s", n, e.Message)
	}
	_, err = read(strings.Repeat("1;116°48'70\" BT;1°10'31\" LS\n", 100), corners.Options{})
	if n := strings.Count(geo.AsError(err).Message, "are no seconds"); n != 20 {
		t.Errorf("told of %d of 100 slips, want 20", n)
	}
}
