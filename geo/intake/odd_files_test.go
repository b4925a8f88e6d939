package intake_test

import (
	"archive/zip"
	"os"
	"path/filepath"
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
