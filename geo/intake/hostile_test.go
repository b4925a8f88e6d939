package intake_test

import (
	"archive/zip"
	"bytes"
	"database/sql"
	"encoding/binary"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"kawasan/geo"
	"kawasan/geo/intake"

	_ "modernc.org/sqlite" // makes a GeoPackage with a hostile geometry
)

// zipped is a zip with these entries, names and contents in turn.
func zipped(t *testing.T, pairs ...string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(pairs); i += 2 {
		e, err := w.Create(pairs[i])
		if err == nil {
			_, err = io.WriteString(e, pairs[i+1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// bomb is a zip with a text of 64 MB in 64 kB.
func bomb(t *testing.T) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	e, err := w.Create("bomb.geojson")
	if err == nil {
		_, err = io.WriteString(e, `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"a":"`)
	}
	same := strings.Repeat("a", 1<<20)
	for i := 0; i < 64 && err == nil; i++ {
		_, err = io.WriteString(e, same)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// geopackage makes one with a geometry of these bytes behind its header.
func geopackage(t *testing.T, geometry []byte, statements ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "hostile.gpkg")
	ogr2ogr(t, "-f", "GPKG", path, "../../geodata/zones.geojson", "-select", "name", "-nln", "zones")
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, s := range append([]string{`drop trigger if exists rtree_zones_geom_update1`, `drop trigger if exists rtree_zones_geom_update2`, `drop trigger if exists rtree_zones_geom_update3`, `drop trigger if exists rtree_zones_geom_update4`, `drop trigger if exists rtree_zones_geom_update5`, `drop trigger if exists rtree_zones_geom_update6`, `drop trigger if exists rtree_zones_geom_update7`}, statements...) {
		if _, err := db.ExecContext(t.Context(), s); err != nil {
			t.Fatal(err)
		}
	}
	if geometry != nil {
		blob := append([]byte{'G', 'P', 0, 1, 0xe6, 0x10, 0, 0}, geometry...)
		if _, err := db.ExecContext(t.Context(), `update zones set geom = ? where fid = 1`, blob); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// Hostile and broken files are refused with a word about what is wrong, in little
// memory, and the database stays as it was.
func TestHostileFiles(t *testing.T) {
	b := newBase(t)
	inner := zipped(t, "a.geojson", squares("s1", "Satu"))
	sized := binary.LittleEndian.AppendUint32([]byte("fgb\x03fgb\x01"), 2<<30)
	shape := append(append([]byte{0, 0, 0x27, 0x0a}, make([]byte, 28)...), append([]byte{5}, make([]byte, 67)...)...)
	shape = binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(shape, 1), 1<<30)
	wkb34 := []byte{1, 2, 0, 0, 0, 0xff, 0xff, 0xff, 0x7f}
	tests := []struct{ name, file, content, want string }{
		{"empty", "a.geojson", "", "empty"},
		{"not a boundary file", "a.geojson", "<!DOCTYPE html><html><body>Not found</body></html>", "can't be told"},
		{"truncated", "a.geojson", squares("s1", "Satu")[:150], "ends in the middle"},
		{"truncated after a feature", "a.geojson", squares("s1", "Satu", "s2", "Dua")[:300], "feature"},
		{"JSON that is wrong", "a.geojson", strings.Replace(squares("s1", "Satu"), `"name":`, `"name",`, 1), "line 1, column"},
		{"ring of one number", "a.geojson", strings.Replace(squares("s1", "Satu"), "[116.52,-1]", "[116.52]", 1), "at least two numbers"},
		{"nothing but blanks", "a.geojson", `{"type":"FeatureCollection","features":[` + strings.Repeat(" ", 2<<20), "nothing but blanks"},
		{"zip bomb", "a.zip", bomb(t), "times its size"},
		{"nested zips", "a.zip", zipped(t, "inner.zip", inner), "holds another"},
		{"truncated zip", "a.zip", inner[:len(inner)-30], "damaged or not complete"},
		{"zip with a way out", "a.zip", zipped(t, "../../etc/a.geojson", squares("s1", "Satu")), "leads out"},
		{"zip with a Windows way out", "a.zip", zipped(t, `..\..\a.geojson`, squares("s1", "Satu")), "leads out"},
		{"zip with an absolute path", "a.zip", zipped(t, "/etc/a.geojson", squares("s1", "Satu")), "leads out"},
		{"zip with nothing known", "a.zip", zipped(t, "readme.md", "# Hello"), "can't be told"},
		{"2 GB declared", "a.fgb", string(sized), "2048 MB"},
		{"a shape of 2 GB", "a.shp", string(shape), "2048 MB"},
		{"XML entities", "a.kml", `<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><kml><Placemark><name>&b;</name></Placemark></kml>`, "DOCTYPE"},
		{"XML of another kind", "a.kml", `<gpx><wpt lat="1" lon="2"/></gpx>`, "no KML"},
		{"XML nested without end", "a.kml", "<kml>" + strings.Repeat("<Folder>", 100_000), "nested more than"},
		{"a WKB of 9 bytes for 34 GB", "a.gpkg", geopackage(t, wkb34), "geometry can't be read"},
		{"a view in a GeoPackage", "a.gpkg", geopackage(t, nil, `alter table zones rename to hidden`, `create view zones as select * from hidden`, `update gpkg_contents set table_name = 'zones'`), "no table of features (views: zones)"},
		{"a SQLite of another kind", "a.gpkg", strings.ReplaceAll(geopackage(t, nil), "gpkg_contents", "xpkg_contents"), ""},
		{"truncated GeoPackage", "a.gpkg", geopackage(t, nil)[:9000], "damaged or not complete"},
		{"a quote never closed", "a.csv", "id,lon,lat\n1,\"116,0\n2,117,1\n", "line"},
		{"too many cells", "a.csv", "id,lon,lat\n1,116,0\n2,117,1,5\n", "the row has 4 cells"},
		{"a coordinate that is no number", "a.csv", "id,lon,lat\n1,116,0\n2,1l7,1\n", `"1l7" is no number`},
	}
	before := b.state()
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var start, end runtime.MemStats
			path := file(t, test.file, test.content)
			runtime.ReadMemStats(&start)
			out, err := b.take(path, intake.Options{Collection: "hostile"})
			runtime.ReadMemStats(&end)
			e := geo.AsError(err)
			if e == nil || e.Code != geo.Invalid && e.Code != geo.TooLarge && e.Code != geo.Unsupported {
				t.Fatalf("got %v%s, want an error about the file", err, told(out))
			}
			if said := err.Error() + told(out); !strings.Contains(said, test.want) {
				t.Errorf("got %s, want it to say %q", said, test.want)
			}
			if got := (end.Sys - start.Sys) >> 20; got > 200 {
				t.Errorf("it took %d MB more memory", got)
			}
		})
	}
	if after := b.state(); after != before {
		t.Errorf("left behind: %s, was %s", after, before)
	}
}

// What a file is decides its content, not its name.
func TestWrongExtension(t *testing.T) {
	t.Parallel()
	b := newBase(t)
	for i, test := range []struct{ name, content string }{
		{"a.shp", squares("s1", "Satu")}, {"b.gpkg", "id;lon;lat;name\n1;116;0;Satu\n"}, {"c.geojson", zipped(t, "x.txt", squares("s1", "Satu"))}, {"d.csv", geopackage(t, nil)},
	} {
		out, err := b.take(file(t, test.name, test.content), intake.Options{Collection: []string{"one", "two", "three", "four"}[i], DryRun: true})
		if err != nil || out.Inserted == 0 {
			t.Errorf("%s: %v%s", test.name, err, told(out))
		}
	}
}
