package intake_test

import (
	"archive/zip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kawasan/geo/intake"
)

// A GeoPackage or shapefile in a folder of a zip, which is unpacked to be read, is that of the zip.
func TestUnpackedFiles(t *testing.T) {
	t.Parallel()
	b := newBase(t)
	made := four(t, "four.gpkg")
	content, err := os.ReadFile(made)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "four.zip")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	w := zip.NewWriter(file)
	entry, err := w.Create("Data Spasial/four.gpkg")
	if err == nil {
		_, err = entry.Write(content)
	}
	if err == nil {
		err = w.Close()
	}
	if err == nil {
		err = file.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	if out := b.must(path, intake.Options{Collection: "four"}); out.Inserted != 4 {
		t.Errorf("got %+v", out.Record)
	}
}

// The name of a placemark is kept beside another one in its extended data.
func TestNamesOfPlacemarks(t *testing.T) {
	t.Parallel()
	b := newBase(t)
	b.must(file(t, "a.kml", `<kml xmlns="http://www.opengis.net/kml/2.2"><Document>
		<Placemark><name>Satu</name><ExtendedData><Data name="name"><value>One</value></Data></ExtendedData><Point><coordinates>116.5,-1</coordinates></Point></Placemark>
		<Placemark><name>Dua</name><ExtendedData><Data name="name"><value>Dua</value></Data></ExtendedData><Point><coordinates>116.6,-1</coordinates></Point></Placemark></Document></kml>`),
		intake.Options{Collection: "places"})
	if got := b.text("SELECT string_agg(name || ' ' || coalesce(name_2, '-'), ', ' ORDER BY id) FROM kawasan.places"); got != "Satu One, Dua -" {
		t.Errorf("got %s", got)
	}
}

// A table may have its geometries in each of the ways in which other programs write them; measures of
// shapes in space are kept though all are the same.
func TestWaysToWriteGeometries(t *testing.T) {
	t.Parallel()
	b := newBase(t)
	hex := b.text("SELECT encode(ST_AsEWKB(ST_GeomFromText('POINT (500000 9800000)', 32750)), 'hex')")
	for _, c := range []struct{ cell, want string }{
		{strings.ToUpper(hex), "POINT(117 -1.8094567)"},
		{hex, "POINT(117 -1.8094567)"},
		{`"{""type"":""Point"",""coordinates"":[116.5,-1]}"`, "POINT(116.5 -1.0000000)"},
		{"SRID=32750;POINT (500000 9800000)", "POINT(117 -1.8094567)"},
		{"0101", "well-known binary"},
		{"01zz", "well-known binary"},
		{`"{""type"":""Point""}"`, "GeoJSON"},
	} {
		out, err := b.take(file(t, "a.csv", "id,geom\n1,"+c.cell+"\n"), intake.Options{Collection: "cells"})
		if err != nil {
			if got := err.Error() + told(out); !strings.Contains(got, c.want) {
				t.Errorf("%s: got %s, want %s", c.cell, got, c.want)
			}
			continue
		}
		if got := b.text("SELECT 'POINT(' || ST_X(geom)::text || ' ' || ST_Y(geom)::numeric(9,7)::text || ')' FROM kawasan.cells"); got != c.want {
			t.Errorf("%s: got %s, want %s", c.cell, got, c.want)
		}
		b.exec("DROP TABLE kawasan.cells")
		b.reopen()
	}
	made := filepath.Join(t.TempDir(), "high.shp")
	ogr2ogr(t, made, file(t, "high.csv", "id,WKT\n1,POINT ZM (116.5 -1 5 6)\n"), "-oo", "GEOM_POSSIBLE_NAMES=WKT", "-nlt", "POINTZM", "-a_srs", "EPSG:4326")
	b.must(made, intake.Options{Collection: "high"})
	if got := b.text("SELECT ST_AsText(geom) FROM kawasan.high"); got != "POINT ZM (116.5 -1 5 6)" {
		t.Errorf("got %s", got)
	}
}
