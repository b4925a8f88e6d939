package fgb_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"kawasan/geo"
	"kawasan/geo/crs"
	"kawasan/geo/format/export"
	"kawasan/geo/format/fgb"
	"kawasan/geo/format/internal/sample"
)

func TestAgainstGDAL(t *testing.T) {
	t.Parallel()
	sample.EachLayer(t, func(t *testing.T, l sample.Layer) {
		file := sample.File(t, fgb.Format(), export.Options{}, l)
		sample.Compare(t, l, sample.Ordered(t, l, sample.GDAL(t, file, "")), sample.Encoded)
	})
}

// GDAL finds by the index what lies in a box, and nothing else.
func TestIndexAgainstGDAL(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{1, 2, 15, 16, 17, 256, 257, 1000} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			texts := make([]string, n)
			at := make([][2]float64, n)
			for i := range at {
				at[i] = [2]float64{115 + float64(random.IntN(400))/100, -2 + float64(random.IntN(400))/100}
				texts[i] = fmt.Sprintf("POINT (%v %v)", at[i][0], at[i][1])
			}
			texts = append(texts, "", "POINT EMPTY") // no box finds these
			l := sample.New(t, "points", "Point", false, texts...)
			l.Properties = []string{}
			file := sample.File(t, fgb.Format(), export.Options{}, l)
			for range 4 {
				west, south := 115+random.Float64()*3, -2+random.Float64()*3
				east, north := west+random.Float64()*2, south+random.Float64()*2
				var want, got []string
				for i, p := range at {
					if p[0] >= west && p[0] <= east && p[1] >= south && p[1] <= north {
						want = append(want, fmt.Sprintf("points-%d", i))
					}
				}
				for _, f := range sample.GDAL(t, file, "", "-spat", fmt.Sprint(west), fmt.Sprint(south), fmt.Sprint(east), fmt.Sprint(north)) {
					got = append(got, fmt.Sprint(f.Properties["id"]))
				}
				slices.Sort(want)
				slices.Sort(got)
				if !slices.Equal(got, want) {
					t.Errorf("%d features, box %v %v %v %v: got %d %v, want %d %v", n, west, south, east, north, len(got), got, len(want), want)
				}
			}
			if got := len(sample.GDAL(t, file, "")); got != n+2 {
				t.Errorf("without a box: got %d features, want %d", got, n+2)
			}
		})
	}
}

func TestHeaderAsGDALReadsIt(t *testing.T) {
	t.Parallel()
	l := sample.Layers(t)[6]
	l.CRS = sample.Systems(t)[5]
	info := sample.Run(t, "ogrinfo", "-so", "-al", sample.File(t, fgb.Format(), export.Options{Generator: "Kawasan 1"}, l))
	for _, want := range []string{
		"Layer name: zones", "3D Multi Polygon", "Feature Count: 2", `PROJCRS["DGN95 / Indonesia TM-3 zone 50.1"`, `ID["EPSG",23837]`,
		"id: String (0.0) UNIQUE NOT NULL", "count: Integer64", "open: Integer(Boolean)", "seen: DateTime", `alternative name="Name"`,
	} {
		if !strings.Contains(info, want) {
			t.Errorf("%q is missing in\n%s", want, info)
		}
	}
}

func TestEmptyGeometriesBecomeNone(t *testing.T) {
	t.Parallel()
	l := sample.New(t, "mixed", "Geometry", false, "POINT EMPTY", "LINESTRING EMPTY", "POLYGON EMPTY", "MULTIPOINT EMPTY", "MULTIPOLYGON EMPTY",
		"GEOMETRYCOLLECTION EMPTY", "GEOMETRYCOLLECTION (POINT EMPTY, POINT (116 0))", "MULTILINESTRING (EMPTY, (116 0, 117 1), EMPTY, (117 0, 117 1))")
	for i, f := range sample.Ordered(t, l, sample.GDAL(t, sample.File(t, fgb.Format(), export.Options{}, l), "")) {
		if i < 6 {
			if f.Geometry != nil {
				t.Errorf("%v: got %v, want no geometry", l.Features[i].ID, f.Geometry)
			}
			continue
		}
		want := []string{
			"map[geometries:[map[coordinates:[116.0 0.0] type:Point]] type:GeometryCollection]",
			"map[coordinates:[[[116.0 0.0] [117.0 1.0]] [[117.0 0.0] [117.0 1.0]]] type:MultiLineString]",
		}[i-6]
		if got := fmt.Sprint(f.Geometry); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestSameBytes(t *testing.T) {
	t.Parallel()
	l := sample.Layers(t)[5]
	if first, second := sample.Bytes(t, fgb.Format(), export.Options{}, l), sample.Bytes(t, fgb.Format(), export.Options{}, l); !bytes.Equal(first, second) {
		t.Errorf("two files of %d and %d bytes differ", len(first), len(second))
	}
}

func TestErrorLeavesNothing(t *testing.T) {
	t.Parallel()
	l := sample.Layers(t)[0]
	l.CRS = crs.ByEPSG(32750)
	dir := t.TempDir()
	var out bytes.Buffer
	w, err := fgb.New(&out, export.Options{TempDir: dir})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Open(l.Layer); err != nil {
		t.Fatal(err)
	}
	f := *l.Features[0]
	f.WKB = sample.WKB(t, "POINT (-63 0)") // the other side of the earth
	err = w.Write(&f)
	if e := geo.AsError(err); e == nil || e.Place.Feature != f.ID {
		t.Errorf("got %v, want an error at %s", err, f.ID)
	}
	if err := w.Close(); err == nil {
		t.Error("a file with an error is closed as complete")
	}
	if left, _ := os.ReadDir(dir); len(left) > 0 || out.Len() > 0 {
		t.Errorf("%d files and %d bytes are left", len(left), out.Len())
	}
}
