package intake_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kawasan/geo/format/source"
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

// What GDAL writes of a single feature is read: the index over it has two nodes.
func TestSingleFeature(t *testing.T) {
	t.Parallel()
	b := newBase(t)
	for _, name := range []string{"one.fgb", "one.gpkg", "one.shp", "one.geojson"} {
		made := filepath.Join(t.TempDir(), name)
		ogr2ogr(t, made, file(t, "one.csv", "nama,WKT\nSatu,POINT (116.5 -1)\n"), "-oo", "GEOM_POSSIBLE_NAMES=WKT", "-nlt", "POINT", "-a_srs", "EPSG:4326")
		if out := b.must(made, intake.Options{Collection: name[:3] + name[4:]}); out.Inserted != 1 {
			t.Errorf("%s: got %+v", name, out.Record)
		}
	}
}

// A file that gzip packed is read as what is in it, and recorded by its own hash.
func TestGzip(t *testing.T) {
	t.Parallel()
	b := newBase(t)
	pack := func(name string, content []byte) string {
		var packed bytes.Buffer
		w := gzip.NewWriter(&packed)
		_, err := w.Write(content)
		if err = errors.Join(err, w.Close()); err != nil {
			t.Fatal(err)
		}
		return file(t, name, packed.String())
	}
	made, err := os.ReadFile(four(t, "four.gpkg"))
	if err != nil {
		t.Fatal(err)
	}
	path := pack("four.gpkg.gz", made)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if out := b.must(path, intake.Options{Collection: "four"}); out.Inserted != 4 || out.Format != "gpkg" || out.SHA256 != fmt.Sprintf("%x", sha256.Sum256(whole)) {
		t.Errorf("got %+v", out.Record)
	}
	cells := []byte("id,lon,lat\n1,116.5,-1\n2,116.6,-1.1\n")
	if out := b.must(pack("cells.csv.gz", cells), intake.Options{Collection: "cells"}); out.Inserted != 2 || out.Format != "csv" {
		t.Errorf("got %+v", out.Record)
	}
	short := pack("short.csv.gz", cells)
	if err := os.Truncate(short, 30); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		short: "damaged",
		pack("bomb.csv.gz", append(cells, bytes.Repeat([]byte("3,116.5,-1,"+strings.Repeat("x", 1000)+"\n"), 36<<10)...)): "times its size",
		pack("two.zip.gz", []byte("PK\x03\x04 and more")):                                                                 "holds another",
	} {
		before := b.state()
		if _, err := b.take(path, intake.Options{Collection: "none"}); err == nil || !strings.Contains(err.Error(), want) || b.state() != before {
			t.Errorf("%s: got %v, want %q and the database as it was", filepath.Base(path), err, want)
		}
	}
}

// A file that is no part of a shapefile is what was named, even beside one of the same name.
func TestShapefileBeside(t *testing.T) {
	t.Parallel()
	b := newBase(t)
	shape := four(t, "four.shp")
	beside := strings.TrimSuffix(shape, ".shp") + ".csv"
	if err := os.WriteFile(beside, []byte("id,lon,lat\n1,116.5,-1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if out := b.must(beside, intake.Options{Collection: "beside"}); out.Format != "csv" || out.Inserted != 1 {
		t.Errorf("got %+v", out.Record)
	}
	if out := b.must(strings.TrimSuffix(shape, ".shp")+".dbf", intake.Options{Collection: "shape"}); out.Format != "shp" || out.Inserted != 4 {
		t.Errorf("got %+v", out.Record)
	}
}

// A journal that names a file for SQLite to delete is not taken back.
func TestJournalThatNamesAFile(t *testing.T) {
	t.Parallel()
	b := newBase(t)
	made := four(t, "plots.gpkg", "-nln", "plots")
	victim := file(t, "victim", made+"-journal\x00")
	record := append(binary.BigEndian.AppendUint32(nil, 1), victim...)
	record = binary.BigEndian.AppendUint32(record, uint32(len(victim)))
	sum := uint32(0)
	for _, c := range []byte(victim) {
		sum += uint32(c)
	}
	record = append(binary.BigEndian.AppendUint32(record, sum), "\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"...)
	// A header with no pages to take back, of a sector.
	head := make([]byte, 512)
	copy(head, "\xd9\xd5\x05\xf9\x20\xa1\x63\xd7")
	info, err := os.Stat(made)
	if err != nil {
		t.Fatal(err)
	}
	binary.BigEndian.PutUint32(head[16:], uint32(info.Size()/4096))
	binary.BigEndian.PutUint32(head[20:], 512)
	binary.BigEndian.PutUint32(head[24:], 4096)
	if err := os.WriteFile(made+"-journal", append(head, record...), 0o600); err != nil {
		t.Fatal(err)
	}
	before := b.state()
	if _, err := b.take(made, intake.Options{Collection: "plots"}); err == nil || !strings.Contains(err.Error(), "several databases") || b.state() != before {
		t.Errorf("got %v, want a refusal, and the database as it was", err)
	}
	if _, err := os.Stat(victim); err != nil {
		t.Errorf("the file that the journal names: %v", err)
	}
}

// What another program has written to a GeoPackage, and not yet into the file itself, is read with
// it, also from a zip; the file and its journals stay as they are.
func TestJournals(t *testing.T) {
	t.Parallel()
	b := newBase(t)
	for _, mode := range []string{"wal", "persist"} {
		made := four(t, mode+".gpkg", "-nln", "plots")
		db, err := sql.Open("sqlite", "file:"+made+"?_pragma=journal_mode("+mode+")&_pragma=wal_autocheckpoint(0)")
		if err != nil {
			t.Fatal(err)
		}
		db.SetMaxOpenConns(1)
		for _, statement := range []string{"DROP TRIGGER IF EXISTS trigger_delete_feature_count_plots", "UPDATE plots SET name = name || ' ' WHERE 0", "DELETE FROM plots WHERE name = 'Tiga'"} {
			if _, err := db.Exec(statement); err != nil && !strings.Contains(err.Error(), "no such function") {
				t.Fatal(err)
			}
		}
		before := map[string][]byte{}
		for _, name := range []string{made, made + "-wal", made + "-journal"} {
			if content, err := os.ReadFile(name); err == nil {
				before[filepath.Base(name)] = content
			}
		}
		if len(before) != 2 {
			t.Fatalf("%s: there are %d files", mode, len(before))
		}
		for collection, path := range map[string]string{mode: made, mode + "_zip": file(t, mode+".zip", string(sampled(t, before)))} {
			out := b.must(path, intake.Options{Collection: collection})
			if got := b.text("SELECT string_agg(name, ',' ORDER BY name) FROM kawasan." + collection); got != "Dua,Empat,Satu" {
				t.Errorf("%s: got %s, %+v", collection, got, out.Record)
			}
		}
		for name, want := range before {
			if got, err := os.ReadFile(filepath.Join(filepath.Dir(made), name)); err != nil || !bytes.Equal(got, want) {
				t.Errorf("%s is not as it was: %v", name, err)
			}
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// sampled makes a zip of files.
func sampled(t *testing.T, files map[string][]byte) []byte {
	t.Helper()
	var packed bytes.Buffer
	w := zip.NewWriter(&packed)
	for name, content := range files {
		entry, err := w.Create(name)
		if err == nil {
			_, err = entry.Write(content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return packed.Bytes()
}

// The key of a GeoPackage, and the ids of GeoJSON, can be asked for by their names; what would make two
// columns the id is refused, and each file is the source of its own features.
func TestIDsByName(t *testing.T) {
	t.Parallel()
	b := newBase(t)
	b.must(four(t, "four.gpkg"), intake.Options{Collection: "by_fid", ID: "fid"})
	if got := b.text("SELECT string_agg(id::text, ',' ORDER BY id) FROM kawasan.by_fid"); got != "1,2,3,4" {
		t.Errorf("got %s", got)
	}
	plots := file(t, "plots.geojson", squares("s1", "Satu", "s2", "Dua"))
	b.must(plots, intake.Options{Collection: "by_id", ID: "id"})
	if got := b.text("SELECT string_agg(id, ',' ORDER BY id) FROM kawasan.by_id"); got != "s1,s2" {
		t.Errorf("got %s", got)
	}
	if _, err := b.take(plots, intake.Options{Collection: "both", ID: intake.RowNumber, Map: map[string]string{"name": "id"}}); err == nil || !strings.Contains(err.Error(), "--map makes name the id") {
		t.Errorf("got %v", err)
	}
	if _, err := b.take(plots, intake.Options{Collection: "both", Read: source.Options{Encoding: "klingon"}}); err == nil || !strings.Contains(err.Error(), "klingon") {
		t.Errorf("got %v", err)
	}
}

// A coordinate that is no number is an error with its vertex, wherever it stands.
func TestNotFinite(t *testing.T) {
	t.Parallel()
	b := newBase(t)
	hex := b.text("SELECT encode(ST_AsEWKB(ST_MakePolygon(ST_MakeLine(ARRAY[ST_Point(116,-1,4326),ST_Point(116.1,'NaN',4326),ST_Point(116.1,-1.1,4326),ST_Point(116,-1,4326)]))), 'hex')")
	for name, c := range map[string]struct{ content, want string }{
		"hex.csv":     {"id,geom\n1," + hex + "\n", "lat of vertex 2 of ring 1 of part 1 is NaN"},
		"wkt.csv":     {"id,wkt\n1,\"LINESTRING (116 -1,Infinity -1)\"\n", `character 20: "Infinity" is no number`},
		"xy.csv":      {"id,lon,lat\n1,116,NaN\n", `the coordinate "NaN" is no number`},
		"a.geojson":   {`{"type":"LineString","coordinates":[[116,-1],[1e999,-1]]}`, "/coordinates/1"},
		"nan.geojson": {`{"type":"LineString","coordinates":[[116,-1],[NaN,-1]]}`, "NaN"},
		"a.kml":       {`<kml xmlns="http://www.opengis.net/kml/2.2"><Placemark><name>a</name><LineString><coordinates>116,-1 116,-Inf</coordinates></LineString></Placemark></kml>`, `"-Inf" is no number`},
		"corners.txt": {"1 116°47'22\" BT 1°10'30\" LS\n2 NaN°47'22\" BT 1°10'30\" LS\n3 116°48'22\" BT 1°11'30\" LS\n", "the line before has one coordinate only"},
	} {
		before := b.state()
		out, err := b.take(file(t, name, c.content), intake.Options{Collection: "none"})
		if err == nil || b.state() != before {
			t.Errorf("%s: got %v, want an error and the database as it was", name, err)
			continue
		}
		got := err.Error()
		if out != nil {
			got += told(out)
		}
		if !strings.Contains(got, c.want) {
			t.Errorf("%s: got %s, want %q", name, got, c.want)
		}
	}
}
