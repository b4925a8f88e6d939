package corners_test

import (
	"bytes"
	"context"
	"os"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"kawasan/geo/format/corners"
	"kawasan/geo/format/source"
)

const decree = "Lampiran: batas kawasan\nNama kawasan : Kawasan Industri Contoh\nNo\tBujur Timur\tLintang Selatan\n1\t116°47'22,5\"\t1°10'30\"\n2\t116°48'00\"\t1°10'30\"\n3\t116°48'00\"\t1°11'00\"\n"

func input(t *testing.T, name string, content []byte) *source.Input {
	t.Helper()
	in, err := source.Open(name, bytes.NewReader(content), int64(len(content)), source.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = in.Close() })
	return in
}

func TestSource(t *testing.T) {
	t.Parallel()
	latin, _ := charmap.Windows1252.NewEncoder().String(decree)
	wide, _ := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(decree)
	for name, text := range map[string]string{"UTF-8": decree, "BOM": "\ufeff" + decree, "Windows-1252": latin, "UTF-16": wide} {
		t.Run(name, func(t *testing.T) {
			in := input(t, "batas.txt", []byte(text))
			f := corners.Source()
			if !f.Recognises(in.Members[0]) {
				t.Fatal("not recognised")
			}
			s, err := f.Open(context.Background(), in, in.Members, source.Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			layer := s.Layers()[0]
			if layer.Title != "Lampiran: batas kawasan" || layer.CRS == nil || layer.CRS.Code != "OGC:CRS84" || layer.Count != 1 {
				t.Errorf("layer %+v", layer)
			}
			for feature, err := range s.Features(context.Background(), 0) {
				if err != nil {
					t.Fatal(err)
				}
				g, err := wkb.Unmarshal(feature.WKB)
				if err != nil {
					t.Fatal(err)
				}
				if p, ok := g.(orb.MultiPolygon); !ok || len(p) != 1 || len(p[0][0]) != 4 || p[0][0][0][1] != -1.175 {
					t.Errorf("got %v", g)
				}
				if feature.Values[0] != "Kawasan Industri Contoh" {
					t.Errorf("called %v", feature.Values[0])
				}
				if feature.Values[2] != 22.0 || feature.Values[1] != int64(3) {
					t.Errorf("values %v, want 3 corners known to 22 m (a whole second)", feature.Values)
				}
			}
		})
	}
}

func TestRecognises(t *testing.T) {
	t.Parallel()
	points, err := os.ReadFile("source_test.go")
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name, file, text string
		want             bool
	}{
		{"decree", "batas.txt", decree, true},
		{"numbers alone", "batas.txt", "1 116.7 -1\n2 116.8 -1\n3 116.8 -1.1\n", true},
		{"CSV of points", "ports.csv", "id,name,lon,lat,depth\n1,A,116.7,-1,3\n2,B,116.8,-1,4\n3,C,116.9,-1.2,5\n", false},
		{"CSV of points in degrees and minutes", "ports.csv", "id,pelabuhan,bujur,lintang,kedalaman\n1,A,116°47'22\" BT,1°10'30\" LS,3\n2,B,116°47'22\" BT,1°10'30\" LS,4\n3,C,116°47'22\" BT,1°10'30\" LS,4\n", false},
		{"well-known binary", "x.csv", "id,geom\n1,01010000000000000000405d40000000000841e0bf\n2,01010000000000000000405d40000000000841e0bf\n3,01010000000000000000405d40000000000841e0bf\n", false},
		{"arcs", "x.csv", "id,wkt\n1,\"CIRCULARSTRING (1 E,2 S,3 S)\"\n2,\"CIRCULARSTRING (1 E,2 S,3 S)\"\n3,\"CIRCULARSTRING (1 E,2 S,3 S)\"\n", false},
		{"degrees, minutes and seconds in columns", "batas.csv", "No,Bujur derajat,Bujur menit,Bujur detik,Lintang derajat,Lintang menit,Lintang detik,LU/LS\n1,116,47,22.5,1,10,30,LS\n2,116,48,22.5,1,10,30,LS\n3,116,48,22.5,1,11,30,LS\n", true},
		{"letters for units below a title in a row of cells", "batas.csv", "Lampiran II Keputusan;;;;;;;;\nNo;D;M;S;BT;D;M;S;LS\n1;116;47;22,5;BT;1;10;30;LS\n2;116;48;22,5;BT;1;10;30;LS\n3;116;48;22,5;BT;1;11;30;LS\n", true},
		{"marks for units below the names", "batas.csv", "No;Bujur Timur;;;Lintang Selatan;;\n;°;';\";°;';\"\n1;116;47;22,5;1;10;30\n2;116;48;22,5;1;10;30\n3;116;48;22,5;1;11;30\n", true},
		{"named points in degrees and minutes", "ports.csv", "nama;bujur;lintang\nA;116°47'22\" BT;1°10'30\" LS\nB;116°47'22\" BT;1°10'30\" LS\nC;116°47'22\" BT;1°10'30\" LS\n", false},
		{"named areas in degrees and minutes", "blok.csv", "nama;bujur;lintang\nA;116°47'22\" BT;1°10'30\" LS\nA;116°47'22\" BT;1°10'30\" LS\nA;116°47'22\" BT;1°10'30\" LS\n", true},
		{"eastings below a zone", "batas.csv", "UTM zona 50 S;;\nTitik;X;Y\nA;483.123,45;9.876.543,21\nB;484.123,45;9.876.543,21\nC;484.123,45;9.875.543,21\n", true},
		{"eastings without a zone", "batas.csv", "Titik;X;Y\nA;483.123,45;9.876.543,21\nB;484.123,45;9.876.543,21\nC;484.123,45;9.875.543,21\n", false},
		{"parts of a polygon", "batas.csv", "poligon,titik,lon,lat\nA,1,116.7,-1\nA,2,116.8,-1\nA,3,116.8,-1.1\n", true},
		{"too few", "batas.txt", "1 116°47'22\" BT 1°10'30\" LS\n2 116°48'22\" BT 1°10'30\" LS\n", true},
		{"GeoJSON", "x.txt", `{"type":"FeatureCollection","features":[]}`, false},
		{"source code", "x.txt", string(points), false},
		{"binary", "x.txt", "1 116.7 -1\n\x00\x01", false},
		{"a letter", "x.txt", "Sesuai PP 85 tahun 2014\nmaka dengan ini\ndisampaikan 3 hal\n", false},
	}
	for _, test := range tests {
		in := input(t, test.file, []byte(test.text))
		if got := corners.Source().Recognises(in.Members[0]); got != test.want {
			t.Errorf("%s: got %v, want %v", test.name, got, test.want)
		}
	}
}
