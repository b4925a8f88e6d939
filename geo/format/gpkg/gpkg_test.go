package gpkg_test

import (
	"bytes"
	"database/sql"
	"io"
	"os"
	"strings"
	"testing"

	"kawasan/geo"
	"kawasan/geo/crs"
	"kawasan/geo/format/export"
	"kawasan/geo/format/gpkg"
	"kawasan/geo/format/internal/sample"

	"github.com/google/go-cmp/cmp"
)

func TestAgainstGDAL(t *testing.T) {
	t.Parallel()
	for _, system := range sample.Systems(t) {
		t.Run(system.Code, func(t *testing.T) {
			t.Parallel()
			layers := sample.Layers(t)
			for i := range layers {
				layers[i].CRS = system
			}
			file := sample.File(t, gpkg.Format(), export.Options{}, layers...)
			for _, l := range layers {
				t.Run(l.Collection.ID, func(t *testing.T) {
					t.Parallel()
					got := sample.GDAL(t, file, l.Collection.ID)
					sample.Compare(t, l, got, nil)
					for i := range got {
						if got[i].ID == nil {
							t.Errorf("feature %d has no fid", i)
						}
					}
				})
			}
		})
	}
}

// GDAL judges the R-tree by finding features through it.
func TestIndexAndTriggers(t *testing.T) {
	t.Parallel()
	l := sample.Layers(t)[0]
	file := sample.File(t, gpkg.Format(), export.Options{}, l)
	found := func() string {
		return sample.Run(t, "ogrinfo", "-q", file, "-sql", `select id from points where fid in (select id from rtree_points_geom where maxx >= 117 and minx <= 118)`)
	}
	if got := found(); !strings.Contains(got, "points-1") || strings.Contains(got, "points-0") {
		t.Errorf("got %s", got)
	}
	sample.Run(t, "ogrinfo", "-q", file, "-sql", `update points set geom = (select geom from points where id = 'points-1') where id = 'points-0'`)
	if got := found(); !strings.Contains(got, "points-0") {
		t.Errorf("the index does not follow a change: got %s", got)
	}
	sample.Run(t, "ogrinfo", "-q", file, "-sql", `delete from points where id = 'points-1'`)
	if got := found(); strings.Contains(got, "points-1") {
		t.Errorf("the index does not follow a deletion: got %s", got)
	}
}

func TestWhatTheTablesSay(t *testing.T) {
	t.Parallel()
	l := sample.Layers(t)[5]
	c := *l.Collection
	c.Properties = append([]geo.Property(nil), c.Properties...)
	c.Properties[0].Enum = []string{"a", "b"}
	l.Collection = &c
	db := open(t, sample.File(t, gpkg.Format(), export.Options{Lang: "id", Generator: "Kawasan 1"}, l))
	tests := []struct{ query, want string }{
		{"pragma application_id", "1196444487"},
		{"pragma user_version", "10300"},
		{"pragma integrity_check", "ok"},
		{"select count(*) from pragma_foreign_key_check", "0"},
		{"select table_name || ' ' || data_type || ' ' || last_change || ' ' || min_x || ' ' || max_y || ' ' || srs_id from gpkg_contents where table_name = 'polygons'", "polygons features 2026-03-04T05:06:07.000Z 116.0 0.0 4326"},
		{"select geometry_type_name || z || m from gpkg_geometry_columns", "POLYGON00"},
		{"select title from gpkg_data_columns where column_name = 'name'", "Nama"},
		{"select title from gpkg_data_columns where column_name = 'position_uncertainty_m'", "Uncertainty of the position (m)"},
		{"select mime_type from gpkg_data_columns where column_name = 'aliases'", "application/json"},
		{"select group_concat(value) from gpkg_data_columns join gpkg_data_column_constraints using (constraint_name) where column_name = 'name'", "a,b"},
		{"select group_concat(name || '=' || value, ';') from provenance", "collection=polygons;title=Para polygons;description=A sample of polygons & more;query=" + l.Query +
			";version=7;modified=2026-03-04T05:06:07Z;crs=http://www.opengis.net/def/crs/OGC/1.3/CRS84;licence=CC-BY-4.0;attribution=Kawasan's tests;generator=Kawasan 1"},
		{"select typeof(id) || typeof(count) || typeof(open) || typeof(seen) || typeof(position_uncertainty_m) from polygons where fid = 1", "textintegerintegertextreal"},
		{"select seen from polygons where fid = 1", "2024-02-29T23:59:59.123Z"},
		{"select count(*) from layer_styles where f_table_name = 'polygons' and useAsDefault and styleQML like '%SimpleFill%' and styleQML like '%<aliases><alias field=%' and styleSLD like '%PolygonSymbolizer%'", "1"},
		{"select count(*) from rtree_polygons_geom", "2"},
		{"select hex(substr(geom, 1, 8)) from polygons where fid = 1", "47500003E6100000"},
	}
	for _, test := range tests {
		var got string
		if err := db.QueryRowContext(t.Context(), test.query).Scan(&got); err != nil || got != test.want {
			t.Errorf("%s:\n got %q, %v\nwant %q", test.query, got, err, test.want)
		}
	}
}

// Heights are mandatory where all have them, and optional where some do.
func TestDimensionsOfGeometries(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		hasZ   bool
		shapes []string
		z, m   string
	}{
		{"flat", false, []string{"POINT (1 1)", ""}, "0", "0"},
		{"high", true, []string{"POINT Z (1 1 5)", ""}, "1", "0"},
		{"both", true, []string{"POINT Z (1 1 5)", "POINT (1 1)"}, "2", "0"},
		{"some", true, []string{"POINT (1 1)"}, "2", "0"},
		{"none", true, nil, "1", "0"},
		{"measured", false, []string{"POINT M (1 1 5)", "POINT (1 1)"}, "0", "2"},
	} {
		l := sample.New(t, c.name, "Point", c.hasZ, c.shapes...)
		var z, m string
		err := open(t, sample.File(t, gpkg.Format(), export.Options{}, l)).QueryRowContext(t.Context(), "select z, m from gpkg_geometry_columns").Scan(&z, &m)
		if err != nil || z != c.z || m != c.m {
			t.Errorf("%s: got z %s, m %s, %v; want %s, %s", c.name, z, m, err, c.z, c.m)
		}
	}
}

func open(t *testing.T, path string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// Names that SQLite, the standard or this writer need for themselves.
func TestHostileNames(t *testing.T) {
	t.Parallel()
	for _, id := range []string{`a"b'; drop table x --`, "gpkg_contents", "sqlite_master", "rtree_a", "provenance", "select", "ꦏꦮꦱꦤ꧀ 🏭", "LAYER_STYLES"} {
		l := sample.New(t, id, "Point", false, "POINT (116.8 -1.2)")
		c := *l.Collection
		c.Properties = []geo.Property{{Name: "FID", Type: geo.String}, {Name: "Geom", Type: geo.String}, {Name: "ID", Type: geo.String}, {Name: `q"'`, Type: geo.String}, {Name: "Q\"'", Type: geo.String}, {Name: "", Type: geo.String}}
		l.Collection = c.Index()
		l.Features[0].Collection, l.Features[0].Values = &c, []any{"1", "2", "3", "4", "5", "6"}
		file := sample.File(t, gpkg.Format(), export.Options{}, l, l)
		db := open(t, file)
		var tables string
		if err := db.QueryRowContext(t.Context(), `select group_concat(table_name, '|') from gpkg_contents where data_type = 'features'`).Scan(&tables); err != nil {
			t.Fatal(err)
		}
		for _, table := range strings.Split(tables, "|") {
			got := sample.GDAL(t, file, table)
			want := map[string]any{"id": l.Features[0].ID, "FID_2": "1", "Geom_2": "2", "ID_2": "3", `q"'`: "4", `Q"'_2`: "5", "column": "6"}
			if len(got) != 1 {
				t.Fatalf("%s: got %d features", table, len(got))
			}
			if diff := cmp.Diff(want, got[0].Properties); diff != "" {
				t.Errorf("%s: want -, got +:\n%s", table, diff)
			}
		}
	}
}

func TestSameBytes(t *testing.T) {
	t.Parallel()
	layers := sample.Layers(t)
	first := sample.Bytes(t, gpkg.Format(), export.Options{}, layers...)
	if second := sample.Bytes(t, gpkg.Format(), export.Options{}, layers...); !bytes.Equal(first, second) {
		t.Errorf("two files of %d and %d bytes differ", len(first), len(second))
	}
}

func TestDiscardLeavesNothing(t *testing.T) {
	t.Parallel()
	l := sample.Layers(t)[0]
	l.CRS = crs.ByEPSG(32750)
	for _, fail := range []bool{false, true} {
		dir := t.TempDir()
		var out bytes.Buffer
		w, err := gpkg.New(&out, export.Options{TempDir: dir})
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Open(l.Layer); err != nil {
			t.Fatal(err)
		}
		f := *l.Features[0]
		if fail {
			f.WKB = sample.WKB(t, "POINT (-63 0)") // the other side of the earth
		}
		if err := w.Write(&f); (err != nil) != fail {
			t.Errorf("got %v", err)
		}
		if fail {
			if err := w.Close(); err == nil {
				t.Error("a file with an error is closed as complete")
			}
		}
		w.Discard()
		w.Discard()
		if left, _ := os.ReadDir(dir); len(left) > 0 || out.Len() > 0 {
			t.Errorf("%d files and %d bytes are left", len(left), out.Len())
		}
	}
	if _, err := gpkg.New(io.Discard, export.Options{TempDir: "/nowhere/at all"}); !geo.IsCode(err, geo.Unavailable) {
		t.Errorf("no folder: got %v, want Unavailable", err)
	}
}
