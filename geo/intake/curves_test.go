package intake_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"kawasan/geo/intake"
)

// Arcs that GDAL writes come in as straight edges beside them, no further than the report says;
// PostGIS knows where the arcs are.
func TestArcs(t *testing.T) {
	t.Parallel()
	b := newBase(t)
	shapes := map[string]string{
		"arc":        "CIRCULARSTRING (500000 9800000,501000 9801000,502000 9800000)",
		"clockwise":  "CIRCULARSTRING (500000 9800000,501000 9799000,502000 9800000,503000 9801000,504000 9800000)",
		"circle":     "CURVEPOLYGON (CIRCULARSTRING (500000 9800000,502000 9800000,500000 9800000))",
		"parcel":     "CURVEPOLYGON (COMPOUNDCURVE (CIRCULARSTRING (500000 9800000,500300 9800100,500600 9800000),(500600 9800000,500600 9799000,500000 9799000,500000 9800000)),(500100 9799500,500200 9799500,500200 9799600,500100 9799500))",
		"lines":      "MULTICURVE ((500000 9800000,500100 9800000),CIRCULARSTRING (500000 9800000,500001 9800000.5,500002 9800000),COMPOUNDCURVE ((500000 9800000,500000 9800100),CIRCULARSTRING (500000 9800100,500100 9800200,500200 9800100)))",
		"areas":      "MULTISURFACE (((510000 9800000,511000 9800000,511000 9801000,510000 9800000)),CURVEPOLYGON (CIRCULARSTRING (500000 9800000,500500 9800500,501000 9800000,500500 9799500,500000 9800000)))",
		"collection": "GEOMETRYCOLLECTION (POINT (500000 9800000),CIRCULARSTRING (500000 9800000,500010 9800010,500020 9800000))",
		"high":       "CIRCULARSTRING Z (500000 9800000 0,501000 9801000 10,502000 9800000 30)",
		"wide":       "CIRCULARSTRING (400000 9800000,500000 9800000.5,600000 9800000)",
		"straight":   "CIRCULARSTRING (500000 9800000,500100 9800100,500200 9800200)",
	}
	table := func(column string, cell func(string) string) string {
		rows := "id," + column + "\n"
		for id, shape := range shapes {
			rows += fmt.Sprintf("%s,%q\n", id, cell(shape))
		}
		return rows
	}
	in := file(t, "arcs.csv", table("WKT", func(shape string) string { return shape }))
	hexadecimal := file(t, "hex.csv", table("geom", func(shape string) string {
		return b.text("SELECT encode(ST_AsEWKB(ST_GeomFromText($1, 32750)), 'hex')", shape)
	}))
	for _, name := range []string{"arcs.gpkg", "arcs.fgb", "arcs.csv", "hex.csv"} {
		made := map[string]string{"arcs.csv": in, "hex.csv": hexadecimal}[name]
		if made == "" {
			made = filepath.Join(t.TempDir(), name)
			ogr2ogr(t, made, in, "-oo", "GEOM_POSSIBLE_NAMES=WKT", "-oo", "KEEP_GEOM_COLUMNS=NO", "-nlt", "GEOMETRY", "-a_srs", "EPSG:32750")
		}
		collection := strings.ReplaceAll(name, ".", "_")
		out := b.must(made, intake.Options{Collection: collection, ID: "id", CRS: system(t, "EPSG:32750"), Given: map[string]any{"boundary_kind": "indicative"}})
		if got := noted(out); !strings.Contains(got, "10 features: their arcs became straight edges, which lie at most 0.01 m beside them") {
			t.Errorf("%s: the notes are %s", collection, got)
		}
		for id, shape := range shapes {
			got := b.text(fmt.Sprintf(`WITH x AS (SELECT ST_Transform(geom, 32750) AS g, ST_CurveToLine(ST_GeomFromText('%s', 32750), 0.001, 1, 0) AS exact FROM kawasan.%s WHERE id = '%s')
				SELECT CASE WHEN d < 0.0111 AND kind AND coalesce(abs(z - 5) < 0.1, true) THEN 'well' ELSE concat_ws(' ', d, kind, z) END
				FROM (SELECT ST_HausdorffDistance(ST_Force2D(g), ST_Force2D(exact)) AS d, GeometryType(g) IN (GeometryType(exact), GeometryType(ST_Multi(exact))) AS kind, CASE WHEN ST_Zmflag(exact) = 2 THEN ST_Z(ST_PointN(g, ST_NPoints(g) / 4)) END AS z FROM x) y`, shape, collection, id))
			if got != "well" {
				t.Errorf("%s, %s: distance, type and height at a quarter: %s", collection, id, got)
			}
		}
	}
	tin := filepath.Join(t.TempDir(), "tin.gpkg")
	ogr2ogr(t, tin, file(t, "tin.csv", "id,WKT\n1,\"TIN Z (((0 0 0,0 1 0,1 1 0,0 0 0)))\"\n"), "-oo", "GEOM_POSSIBLE_NAMES=WKT", "-nlt", "TIN25D", "-a_srs", "EPSG:32750")
	if out, err := b.take(tin, intake.Options{Collection: "tin"}); err == nil || out == nil || out.Report.Errors != 1 || !strings.Contains(told(out), "surface in space") {
		t.Errorf("got %v%s", err, told(out))
	}
}
