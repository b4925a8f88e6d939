package tile_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/mvt"
	"github.com/paulmach/orb/maptile"
	"github.com/paulmach/orb/planar"

	"kawasan/geo"
	"kawasan/geo/geotest"
	"kawasan/geo/tile"
)

func decode(t testing.TB, data []byte) map[string]*mvt.Layer {
	t.Helper()
	layers, err := mvt.Unmarshal(data)
	if err != nil {
		t.Fatalf("orb can't read the tile: %v", err)
	}
	all := map[string]*mvt.Layer{}
	for _, l := range layers {
		if l.Version != 2 || l.Extent != tile.Extent {
			t.Errorf("layer %s has version %d and extent %d, want 2 and %d", l.Name, l.Version, l.Extent, tile.Extent)
		}
		all[l.Name] = l
	}
	return all
}

func mustMake(t testing.TB, m *tile.Maker, a tile.Address, collections ...string) *tile.Tile {
	t.Helper()
	made, err := m.Make(t.Context(), tile.Request{Address: a, Collections: collections})
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// at is the Mercator tile around a position; orb's maths, not ours.
func at(p orb.Point, z int) tile.Address {
	f := maptile.At(p, maptile.Zoom(z))
	return tile.Address{Set: tile.WebMercatorQuad(), Zoom: z, Row: int(f.Y), Col: int(f.X)}
}

// Every shipped feature is in the tile around a point of it, at each zoom, with its
// id, and no vertex of it lies farther than a pixel from the feature.
func TestShippedFeaturesInTheirTiles(t *testing.T) {
	t.Parallel()
	reader := geotest.Shipped(t)
	maker := tile.NewMaker(reader, tile.Options{})
	catalogue, err := reader.Catalogue(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range catalogue.Collections {
		if !c.HasGeometry() {
			continue
		}
		features, _, err := geo.Collect(t.Context(), reader, geo.Query{Collection: c.ID})
		if err != nil {
			t.Fatal(err)
		}
		for z := 0; z <= tile.MaxZoom; z += 2 {
			for _, f := range features {
				g, _ := f.Geometry()
				made := mustMake(t, maker, at(anyVertex(g), z), c.ID)
				layer := decode(t, made.Data)[c.ID]
				if layer == nil {
					t.Errorf("z%d: no layer %s around %s", z, c.ID, f.ID)
					continue
				}
				found := byID(layer, f.ID)
				if found == nil {
					t.Errorf("z%d: %s is not in its tile", z, f.Ref())
					continue
				}
				if got, want := fmt.Sprint(found.ID), fmt.Sprint(float64(tile.FeatureNumber(f))); got != want {
					t.Errorf("%s has number %s, want %s", f.Ref(), got, want)
				}
				if got, want := found.Properties["name"], f.Value("name"); got != want {
					t.Errorf("%s: name %v, want %v", f.Ref(), got, want)
				}
			}
		}
	}
}

func byID(l *mvt.Layer, id string) *geojsonFeature {
	for _, f := range l.Features {
		if f.Properties["id"] == id {
			return f
		}
	}
	return nil
}

func anyVertex(g orb.Geometry) orb.Point {
	switch g := g.(type) {
	case orb.Point:
		return g
	case orb.MultiPolygon:
		return g[0][0][0]
	case orb.Polygon:
		return g[0][0]
	}
	panic(g.GeoJSONType())
}

// Vertices in tiles stay within a pixel of the feature's boundary (or of the cut).
func TestGeometryWithinAPixel(t *testing.T) {
	t.Parallel()
	reader := geotest.Shipped(t)
	maker := tile.NewMaker(reader, tile.Options{})
	features, _, err := geo.Collect(t.Context(), reader, geo.Query{Collection: "regencies"})
	if err != nil {
		t.Fatal(err)
	}
	checked := 0
	for _, f := range features[:4] {
		g, _ := f.Geometry()
		m := g.(orb.MultiPolygon)
		for z := 0; z <= tile.MaxZoom; z++ {
			a := at(anyVertex(g), z)
			found := byID(decode(t, mustMake(t, maker, a, "regencies").Data)["regencies"], f.ID)
			if found == nil {
				t.Fatalf("z%d: %s is missing", z, f.ID)
			}
			for _, p := range polygons(found.Geometry) {
				for _, ring := range p {
					for _, v := range ring {
						if v[0] <= -64 || v[1] <= -64 || v[0] >= tile.Extent+64 || v[1] >= tile.Extent+64 {
							continue
						}
						checked++
						if d := unitsFrom(m, a, v); d > 8 {
							t.Fatalf("z%d %s: vertex %v is %.1f units from the boundary, want at most 8", z, f.ID, v, d)
						}
					}
				}
			}
		}
	}
	if checked < 1000 {
		t.Errorf("only %d vertices were compared", checked)
	}
}

// unitsFrom measures from a vertex of a tile to the nearest boundary, in units.
func unitsFrom(m orb.MultiPolygon, a tile.Address, v orb.Point) float64 {
	place := func(p orb.Point) orb.Point {
		n := math.Ldexp(1, a.Zoom)
		x := (p[0] + 180) / 360 * n
		y := (1 - math.Asinh(math.Tan(p[1]*math.Pi/180))/math.Pi) / 2 * n
		return orb.Point{(x - float64(a.Col)) * tile.Extent, (y - float64(a.Row)) * tile.Extent}
	}
	best := math.Inf(1)
	for _, p := range m {
		for _, ring := range p {
			before := place(ring[0])
			for i := 1; i < len(ring); i++ {
				next := place(ring[i])
				best = min(best, planar.DistanceFromSegment(before, next, v))
				before = next
			}
		}
	}
	return best
}

func polygons(g orb.Geometry) orb.MultiPolygon {
	switch g := g.(type) {
	case orb.Polygon:
		return orb.MultiPolygon{g}
	case orb.MultiPolygon:
		return g
	}
	return nil
}

// A tile made from a collection held ready has the bytes of one read anew.
func TestSameBytesHowever(t *testing.T) {
	t.Parallel()
	reader := geotest.Shipped(t)
	held := tile.NewMaker(reader, tile.Options{})
	direct := tile.NewMaker(reader, tile.Options{LayerBytes: -1, CacheBytes: -1})
	all := []string{"zones", "regencies", "plantations", "mills", "ports", "ikn"}
	for z := 0; z <= 16; z++ {
		for _, p := range []orb.Point{{116.78, -1.16}, {117.9, 1.02}, {116.0, 0}, {117.5, -0.5}} {
			for _, set := range tile.MatrixSets() {
				a := at(p, z)
				if a.Set = set; set.ID == "WorldCRS84Quad" {
					n := math.Ldexp(1, z)
					a.Row, a.Col = int((90-p[1])/180*n), int((p[0]+180)/180*n)
				}
				one, other := mustMake(t, held, a, all...), mustMake(t, direct, a, all...)
				if string(one.Data) != string(other.Data) {
					t.Errorf("%s z%d around %v: %d bytes held ready, %d read anew, and they differ", set.ID, z, p, len(one.Data), len(other.Data))
				}
			}
		}
	}
}

func TestValues(t *testing.T) {
	t.Parallel()
	day, _ := geo.ParseDate("2024-06-30")
	l := geotest.NewLayer("c", "Point", geotest.Prop("s", geo.String), geotest.Prop("i", geo.Integer), geotest.Prop("n", geo.Number),
		geotest.Prop("b", geo.Boolean), geotest.Prop("d", geo.DateOnly), geotest.Prop("a", geo.TextArray), geotest.Prop("j", geo.JSON), geotest.Prop("nil", geo.String))
	l.Collection.IntegerID = true
	l.Add("42", orb.Point{116, -1}, geotest.Values{"s": "é\n", "i": int64(-7), "n": 2.5, "b": true, "d": day, "a": []string{"x", "y"}, "j": json.RawMessage(`{"k":1}`)})
	made := mustMake(t, tile.NewMaker(geotest.NewReader(l), tile.Options{}), at(orb.Point{116, -1}, 5), "c")
	f := decode(t, made.Data)["c"].Features[0]
	if f.ID != 42.0 {
		t.Errorf("number %v, want the id 42", f.ID)
	}
	want := map[string]any{"id": 42.0, "s": "é\n", "i": -7.0, "n": 2.5, "b": true, "d": "2024-06-30", "a": `["x","y"]`, "j": `{"k":1}`}
	if diff := cmp.Diff(want, map[string]any(f.Properties)); diff != "" {
		t.Errorf("properties (-want +got):\n%s", diff)
	}
}

// A filter and a list of properties apply; an empty tile is no error.
func TestRequestLimits(t *testing.T) {
	t.Parallel()
	reader := geotest.Shipped(t)
	maker := tile.NewMaker(reader, tile.Options{})
	a := at(orb.Point{116.8, -1.2}, 6)
	ask := func(r tile.Request) *tile.Tile {
		r.Address, r.Collections = a, []string{"zones"}
		made, err := maker.Make(t.Context(), r)
		if err != nil {
			t.Fatal(err)
		}
		return made
	}
	all := decode(t, ask(tile.Request{}).Data)["zones"].Features
	only := geotest.Where("one", func(f *geo.Feature) bool { return f.ID == all[0].Properties["id"] })
	filtered := ask(tile.Request{Filters: map[string]geo.Filter{"zones": only}, Properties: []string{"name"}})
	layer := decode(t, filtered.Data)["zones"]
	if len(layer.Features) != 1 || len(layer.Features[0].Properties) != 2 {
		t.Errorf("got %d features with %v, want 1 with id and name", len(layer.Features), layer.Features[0].Properties)
	}
	none := ask(tile.Request{Filters: map[string]geo.Filter{"zones": geotest.Where("none", func(*geo.Feature) bool { return false })}})
	if len(none.Data) != 0 || none.Features != 0 {
		t.Errorf("a filter that matches nothing gave %d bytes", len(none.Data))
	}
	for name, r := range map[string]tile.Request{
		"unknown property":   {Collections: []string{"zones"}, Properties: []string{"nope"}},
		"unknown collection": {Collections: []string{"nope"}},
		"no collection":      {},
	} {
		r.Address = a
		if _, err := maker.Make(t.Context(), r); !geo.IsCode(err, geo.Invalid) && !geo.IsCode(err, geo.NotFound) {
			t.Errorf("%s: got %v, want invalid or not found", name, err)
		}
	}
}

func TestCancelled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := tile.NewMaker(geotest.Shipped(t), tile.Options{}).Make(ctx, tile.Request{Address: at(orb.Point{116, 0}, 4), Collections: []string{"zones"}})
	if err == nil {
		t.Error("a cancelled request gave a tile")
	}
}
