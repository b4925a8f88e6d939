package intake_test

import (
	"math"
	"path/filepath"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"kawasan/geo"
	"kawasan/geo/crs"
	"kawasan/geo/intake"
)

func system(t *testing.T, code string) *crs.CRS {
	t.Helper()
	c, err := crs.Parse(code)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// Files made by GDAL in the systems that are common here come back to where they were.
func TestGDALFilesInFiveSystems(t *testing.T) {
	t.Parallel()
	b := newBase(t)
	want := b.features("zones")
	folder := t.TempDir()
	formats := []struct{ name, driver, extension string }{
		{"gpkg", "GPKG", ".gpkg"}, {"shp", "ESRI Shapefile", ".shp"}, {"fgb", "FlatGeobuf", ".fgb"}, {"geojson", "GeoJSON", ".geojson"}, {"csv", "CSV", ".csv"}, {"kml", "KML", ".kml"},
	}
	for i, code := range []string{"EPSG:32750", "EPSG:23838", "EPSG:3395", "EPSG:3857", "EPSG:4755"} {
		for _, f := range formats {
			switch f.name {
			case "kml": // knows longitude and latitude alone
				if i > 0 {
					continue
				}
			case "fgb", "geojson", "csv": // say their system in the same words; two are enough
				if i%3 > 0 {
					continue
				}
			}
			name := f.name + code[5:]
			path := filepath.Join(folder, name+f.extension)
			args := []string{"-f", f.driver, path, "../../geodata/zones.geojson", "-t_srs", code, "-select", "id,name,boundary_kind,position_uncertainty_m,licence,source_date"}
			switch f.name {
			case "geojson":
				args = append(args, "-lco", "RFC7946=NO", "-lco", "COORDINATE_PRECISION=9")
			case "csv":
				args = append(args, "-lco", "GEOMETRY=AS_WKT")
			case "kml":
				args[5] = "EPSG:4326"
			}
			ogr2ogr(t, args...)
			o := intake.Options{Collection: "z_" + name, Map: map[string]string{}}
			if f.name == "csv" {
				o.CRS = system(t, code)
			}
			if f.name == "kml" { // GDAL's KML has name and description of its own
				o.ID = "id"
			}
			out := b.must(path, o)
			if f.name != "kml" && out.CRS != code && !(code == "EPSG:4755" && out.CRS == "EPSG:4755") {
				t.Errorf("%s: the system was taken for %s", name, out.CRS)
			}
			got := b.features("z_" + name)
			if len(got) != len(want) {
				t.Errorf("%s: got %d features, want %d", name, len(got), len(want))
				continue
			}
			for id, w := range want {
				g := got[id]
				if g == nil {
					t.Errorf("%s: %s is missing", name, id)
					continue
				}
				if g.Name() != w.Name() || g.Text("boundary_kind") != w.Text("boundary_kind") && f.name != "shp" {
					t.Errorf("%s: %s: got %v", name, id, g.Values)
				}
				if d := farthest(t, g, w); d > 2e-7 {
					t.Errorf("%s: %s lies up to %g degrees off", name, id, d)
				}
			}
		}
	}
}

// farthest is how far the positions of two multipolygons lie apart, in whatever
// direction and from whatever start their rings run.
func farthest(t *testing.T, a, b *geo.Feature) float64 {
	t.Helper()
	points := func(f *geo.Feature) []orb.Point {
		g, err := f.Geometry()
		if err != nil {
			t.Fatal(err)
		}
		var list []orb.Point
		for _, polygon := range g.(orb.MultiPolygon) {
			for _, ring := range polygon {
				list = append(list, ring...)
			}
		}
		return list
	}
	p, q := points(a), points(b)
	if len(p) != len(q) {
		t.Errorf("%s: %d positions, want %d", a.Ref(), len(p), len(q))
	}
	worst := 0.0
	for _, x := range p {
		best := math.Inf(1)
		for _, y := range q {
			best = math.Min(best, math.Hypot(x[0]-y[0], x[1]-y[1]))
		}
		worst = math.Max(worst, best)
	}
	return worst
}

// A file in World Mercator that says Web Mercator is told apart by what is there.
func TestWarnsOfSwappedMercators(t *testing.T) {
	t.Parallel()
	b := newBase(t)
	folder := t.TempDir()
	right, wrong := filepath.Join(folder, "right.gpkg"), filepath.Join(folder, "wrong.gpkg")
	ogr2ogr(t, "-f", "GPKG", right, "../../geodata/ikn.geojson", "-t_srs", "EPSG:3395", "-select", "id,name")
	ogr2ogr(t, "-f", "GPKG", wrong, right, "-a_srs", "EPSG:3857")
	for file, warns := range map[string]bool{right: false, wrong: true} {
		out, err := b.take(file, intake.Options{Collection: "again", DryRun: true})
		if out == nil {
			t.Fatal(err)
		}
		notes := noted(out)
		if got := strings.Contains(notes, "If the label is wrong: --crs EPSG:3395"); got != warns {
			t.Errorf("%s: got %q", filepath.Base(file), notes)
		}
	}
}
