package intake_test

import (
	"bytes"
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kawasan/geo"
	"kawasan/geo/intake"
	"kawasan/geo/quality"
)

// four are features of which a format is made; numbers 2 and 4 will be broken.
func four(t *testing.T, name string, options ...string) string {
	t.Helper()
	in := file(t, "four.geojson", squares("s1", "Satu", "s2", "Dua", "s3", "Tiga", "s4", "Empat"))
	out := filepath.Join(t.TempDir(), name)
	ogr2ogr(t, append([]string{out, in}, options...)...)
	return out
}

// patched changes bytes of a file.
func patched(t *testing.T, path string, patch func([]byte) []byte) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err == nil {
		err = os.WriteFile(path, patch(content), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// Rows that are broken are all told in one go, with their place; the others are judged.
func TestBrokenRows(t *testing.T) {
	b := newBase(t)
	whole := strings.ReplaceAll(squares("s1", "Satu", "s2", "Dua", "s3", "Tiga", "s4", "Empat"), `,{"type":"Feature"`, ",\n"+`{"type":"Feature"`)
	lines := strings.Split(strings.TrimSuffix(strings.TrimPrefix(whole, `{"type":"FeatureCollection","features":[`), "]}"), ",\n")
	lines[1], lines[3] = lines[1][:len(lines[1])/2], strings.Replace(lines[3], "[[[", "[[", 1)
	tests := []struct {
		name, path string
		line       int // of the first broken one; 0 where a format has none
	}{
		{"GeoJSON", file(t, "a.geojson", strings.NewReplacer("[116.54,-1]", "[116.54]", "[116.58,-1]", `["a",-1]`).Replace(whole)), 2},
		{"GeoJSON, not of features", file(t, "b.geojson", strings.NewReplacer(`"Feature","id":"s2"`, `"Fiture","id":"s2"`, `"Polygon","coordinates":[[[116.58`, `"Polygone","coordinates":[[[116.58`).Replace(whole)), 2},
		{"NDJSON", file(t, "a.ndjson", strings.Join(lines, "\n")), 2},
		{"NDJSON under another name", file(t, "c.json", strings.Join(lines, "\n")), 2},
		{"text sequence", file(t, "d.geojsons", "\x1e"+strings.Join(lines, "\n\x1e")), 2},
		{"shapefile", patched(t, four(t, "four.shp"), func(c []byte) []byte {
			for at, n := 100, 1; at < len(c); n++ {
				size := 2 * int(binary.BigEndian.Uint32(c[at+4:]))
				switch n {
				case 2:
					c[at+8] = 3 // a line among areas
				case 4:
					binary.LittleEndian.PutUint32(c[at+8+40:], 1<<20) // positions
				}
				at += 8 + size
			}
			return c
		}), 0},
		{"values of a shapefile", func() string {
			shp := four(t, "four.shp", "-sql", "SELECT *, 2001 AS tahun FROM four")
			patched(t, strings.TrimSuffix(shp, "shp")+"dbf", func(c []byte) []byte {
				header, row := int(binary.LittleEndian.Uint16(c[8:])), int(binary.LittleEndian.Uint16(c[10:]))
				for _, n := range []int{2, 4} {
					at := header + (n-1)*row
					copy(c[at:at+row], bytes.Replace(c[at:at+row], []byte("2001"), []byte("2oo1"), 1))
				}
				return c
			})
			return shp
		}(), 0},
		{"FlatGeobuf", patched(t, four(t, "four.fgb", "-lco", "SPATIAL_INDEX=NO"), func(c []byte) []byte {
			at := 12 + int(binary.LittleEndian.Uint32(c[8:]))
			for n := 1; at < len(c); n++ {
				size := int(binary.LittleEndian.Uint32(c[at:]))
				if n%2 == 0 {
					binary.LittleEndian.PutUint32(c[at+4:], 1<<30) // where the root lies
				}
				at += 4 + size
			}
			return c
		}), 0},
		{"KML", file(t, "a.kml", `<kml><Document>
<Placemark><name>Satu</name><Point><coordinates>116,-1</coordinates></Point></Placemark>
<Placemark><name>Dua</name><Point><coordinates>116, -1</coordinates></Point></Placemark>
<Placemark><name>Tiga</name><Point><coordinates>116.2,-1</coordinates></Point></Placemark>
<Placemark><name>Empat</name><LineString><coordinates>116,-1 116.1,-1l</coordinates></LineString></Placemark>
</Document></kml>`), 3},
		{"GeoPackage", file(t, "a.gpkg", geopackage(t, nil, `drop trigger rtree_zones_geom_insert`, `drop trigger rtree_zones_geom_delete`, `create table four as select * from zones`, `delete from zones`,
			`insert into zones (fid, geom, name) select value, (select geom from four limit 1), 'n' || value from json_each('[1,2,3,4]')`,
			`update zones set geom = x'4750' where fid in (2, 4)`)), 0},
		{"CSV", file(t, "a.csv", "id,lon,lat\n1,116,-1\n2,1l6,-1\n3,116.1,-1\n4,116,-1,7\n"), 3},
	}
	before := b.state()
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			out, err := b.take(test.path, intake.Options{Collection: "broken"})
			if !geo.IsCode(err, geo.Invalid) || out == nil {
				t.Fatalf("got %v, want what was found to block", err)
			}
			var found []quality.Issue
			for _, g := range out.Report.Groups {
				if g.Rule.Name == "row-unreadable" {
					found = g.Issues
				}
			}
			if out.Report.Features != 4 || len(found) != 2 || found[0].Row != 2 || found[1].Row != 4 {
				t.Fatalf("%d features%s\nwant rows 2 and 4 of 4 told", out.Report.Features, told(out))
			}
			for _, i := range found {
				if i.Message.EN == "" || i.Message.ID == "" || i.Message.EN == i.Message.ID {
					t.Errorf("said %+v, want both languages", i.Message)
				}
			}
			if found[0].Line != test.line {
				t.Errorf("on line %d, want %d", found[0].Line, test.line)
			}
		})
	}
	if after := b.state(); after != before {
		t.Errorf("left behind: %s, was %s", after, before)
	}
}
