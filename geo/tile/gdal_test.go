package tile_test

import (
	"bytes"
	"fmt"
	"maps"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkt"

	"kawasan/geo"
	"kawasan/geo/geotest"
	"kawasan/geo/tile"
)

// GDAL's MVT driver reads the tiles of all shipped collections at every zoom, with
// the same features and the same shapes, and clips them to the tile without a word.
func TestGDALReads(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("ogrinfo"); err != nil {
		t.Fatal("ogrinfo is not installed; make test does that")
	}
	reader := geotest.Shipped(t)
	catalogue, err := reader.Catalogue(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, c := range catalogue.Collections {
		if c.HasGeometry() {
			ids = append(ids, c.ID)
		}
	}
	zones, _, err := geo.Collect(t.Context(), reader, geo.Query{Collection: "zones"})
	if err != nil {
		t.Fatal(err)
	}
	g, _ := zones[0].Geometry()
	maker := tile.NewMaker(reader, tile.Options{})
	for z := 0; z <= tile.MaxZoom; z++ {
		a := at(anyVertex(g), z)
		made := mustMake(t, maker, a, ids...)
		name := filepath.Join(t.TempDir(), "tile.mvt")
		if err := os.WriteFile(name, made.Data, 0o600); err != nil {
			t.Fatal(err)
		}
		seen := ogrinfo(t, name, a, "-oo", "CLIP=NO")
		clipped := ogrinfo(t, name, a)
		for id, layer := range decode(t, made.Data) {
			if len(seen[id]) != len(layer.Features) {
				t.Errorf("z%d: GDAL sees %d features in %s, want %d", z, len(seen[id]), id, len(layer.Features))
			}
			if len(clipped[id]) > len(layer.Features) {
				t.Errorf("z%d: GDAL sees %d features of %s in the tile, of %d", z, len(clipped[id]), id, len(layer.Features))
			}
			for _, f := range layer.Features {
				shape, ok := seen[id][fmt.Sprint(f.Properties["id"])]
				if !ok {
					t.Errorf("z%d: GDAL does not see %v of %s", z, f.Properties["id"], id)
					continue
				}
				if got, want := shape.Bound(), onMercator(a, f.Geometry.Bound()); !near(got.Min, want.Min, a) || !near(got.Max, want.Max, a) {
					t.Errorf("z%d: GDAL sees %s %v at %v, want %v", z, id, f.Properties["id"], got, want)
				}
			}
		}
		if names := slices.Collect(maps.Keys(seen)); len(seen) != len(decode(t, made.Data)) {
			t.Errorf("z%d: GDAL sees the layers %v", z, names)
		}
	}
}

var (
	idLine      = regexp.MustCompile(`(?m)^  id \((?:String|Integer(?:64)?)\) = (.*)$`)
	shapeLine   = regexp.MustCompile(`(?m)^  ((?:MULTI)?(?:POINT|LINESTRING|POLYGON) \(.*)$`)
	featureLine = regexp.MustCompile(`(?m)^OGRFeature\(.*$`)
)

// ogrinfo gives the shapes that GDAL reads, by layer and id.
func ogrinfo(t *testing.T, name string, a tile.Address, options ...string) map[string]map[string]orb.Geometry {
	t.Helper()
	arguments := append([]string{"-al", "-oo", fmt.Sprintf("X=%d", a.Col), "-oo", fmt.Sprintf("Y=%d", a.Row), "-oo", fmt.Sprintf("Z=%d", a.Zoom)}, options...)
	var stderr bytes.Buffer
	command := exec.CommandContext(t.Context(), "ogrinfo", append(arguments, "MVT:"+name)...)
	command.Stderr = &stderr
	out, err := command.Output()
	if err != nil || stderr.Len() > 0 {
		t.Fatalf("z%d: ogrinfo: %v\n%s", a.Zoom, err, stderr.String())
	}
	found := map[string]map[string]orb.Geometry{}
	for _, section := range strings.Split(string(out), "\nLayer name: ")[1:] {
		id, rest, _ := strings.Cut(section, "\n")
		found[id] = map[string]orb.Geometry{}
		for _, text := range featureLine.Split(rest, -1)[1:] {
			key, shape := idLine.FindStringSubmatch(text), shapeLine.FindStringSubmatch(text)
			if key == nil || shape == nil {
				if id == tile.NotesLayer {
					continue
				}
				t.Fatalf("z%d: a feature of %s without id or shape:\n%.300s", a.Zoom, id, text)
			}
			g, err := wkt.Unmarshal(shape[1])
			if err != nil {
				t.Fatal(err)
			}
			found[id][key[1]] = g
		}
	}
	return found
}

// size is that of the world in Web Mercator, in metres: the circumference of WGS84's equator.
const size = 2 * math.Pi * 6378137

// onMercator places a box in units of a tile in Web Mercator.
func onMercator(a tile.Address, b orb.Bound) orb.Bound {
	unit := math.Ldexp(size, -a.Zoom) / tile.Extent
	x, y := float64(a.Col)*tile.Extent, float64(a.Row)*tile.Extent
	return orb.Bound{
		Min: orb.Point{(x+b.Min[0])*unit - size/2, size/2 - (y+b.Max[1])*unit},
		Max: orb.Point{(x+b.Max[0])*unit - size/2, size/2 - (y+b.Min[1])*unit},
	}
}

// near compares to a hundredth of a unit.
func near(p, o orb.Point, a tile.Address) bool {
	least := math.Ldexp(size, -a.Zoom) / tile.Extent / 100
	return math.Abs(p[0]-o[0]) < least && math.Abs(p[1]-o[1]) < least
}
