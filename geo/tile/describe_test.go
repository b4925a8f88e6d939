package tile_test

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"kawasan/geo"
	"kawasan/geo/geotest"
	"kawasan/geo/tile"
)

func TestMatrixSetDocuments(t *testing.T) {
	t.Parallel()
	// OGC 17-083r4, annex D: scale denominators of the first and the last zoom.
	for _, c := range []struct {
		set                   *tile.MatrixSet
		first, eighteenth     float64
		cell                  float64
		west, north           float64
		columns, rows, zoomIs int
	}{
		{tile.WebMercatorQuad(), 559082264.028717, 2132.72958384978, 156543.033928041, -20037508.3427892, 20037508.3427892, 1, 1, 0},
		{tile.WorldCRS84Quad(), 279541132.014358, 0, 0.703125, -180, 90, 2, 1, 0},
	} {
		d := c.set.Document("en")
		z := d.TileMatrices[c.zoomIs]
		near := func(what string, got, want float64) {
			if math.Abs(got-want) > 1e-9*math.Abs(want) {
				t.Errorf("%s: %s is %.9f, want %.9f", c.set.ID, what, got, want)
			}
		}
		near("scale", z.ScaleDenominator, c.first)
		near("cell", z.CellSize, c.cell)
		near("west", z.PointOfOrigin[0], c.west)
		near("north", z.PointOfOrigin[1], c.north)
		if c.eighteenth != 0 {
			near("scale at 18", d.TileMatrices[18].ScaleDenominator, c.eighteenth)
		}
		if z.MatrixWidth != c.columns || z.MatrixHeight != c.rows || len(d.TileMatrices) != tile.MaxZoom+1 {
			t.Errorf("%s: %d by %d tiles at zoom 0, %d zooms", c.set.ID, z.MatrixWidth, z.MatrixHeight, len(d.TileMatrices))
		}
	}
}

// A TileJSON says what its collections have in common, and what one alone is.
func TestDescribe(t *testing.T) {
	t.Parallel()
	layer := func(id, attribution string, g orb.Geometry) *geo.Collection {
		l := geotest.NewLayer(id, "Polygon", geotest.Prop("name", geo.String), geotest.Prop("n", geo.Integer))
		l.Collection.Title, l.Collection.Attribution = geo.Text{EN: "The " + id, ID: "Si " + id}, attribution
		if g != nil {
			l.Add("x", g, nil)
		}
		return l.Collection
	}
	a := layer("a", "Survey", orb.Bound{Min: orb.Point{116, -1}, Max: orb.Point{117, 0}})
	b := layer("b", "Ministry", orb.Bound{Min: orb.Point{115, 0}, Max: orb.Point{116, 2}})
	c := layer("c", "Survey", nil)
	rows := geotest.NewLayer("rows", "").Collection
	all := tile.Describe([]*geo.Collection{a, b, c, rows}, "en", "http://example.test/{z}/{x}/{y}")
	if all.Name != "Kawasan" || all.Bounds != [4]float64{115, -1, 117, 2} || all.Center[0] != 116 || all.Center[1] != 0.5 || all.Attribution != "Survey; Ministry" {
		t.Errorf("got %q, %v, around %v, by %q", all.Name, all.Bounds, all.Center, all.Attribution)
	}
	var ids []string
	for _, l := range all.VectorLayers {
		ids = append(ids, l.ID)
	}
	if got := strings.Join(ids, " "); got != "a b c" {
		t.Errorf("layers %s, want those with geometry", got)
	}
	if f := all.VectorLayers[0].Fields; len(f) != 3 || f["id"] != "String" || f["name"] != "String" || f["n"] != "Number" {
		t.Errorf("fields %v", f)
	}
	if one := tile.Describe([]*geo.Collection{a}, "id", ""); one.Name != "Si a" || one.Attribution != "Survey" {
		t.Errorf("one alone: got %q by %q", one.Name, one.Attribution)
	}
	if none := tile.Describe([]*geo.Collection{c}, "en", ""); none.Bounds[0] != -180 || none.Bounds[2] != 180 || none.Bounds[1] != -none.Bounds[3] || none.Bounds[3] < 85 || none.Bounds[3] > 85.1 {
		t.Errorf("of nothing: got the bounds %v, want all of the map", none.Bounds)
	}
}

// Every layer of every style draws a collection that the tiles have, and only
// with properties that it has.
func TestStylesFitTheTiles(t *testing.T) {
	t.Parallel()
	catalogue, err := geotest.Shipped(t).Catalogue(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	plain := geotest.NewLayer("imported", "Polygon")
	collections := append([]*geo.Collection{plain.Collection}, catalogue.Collections...)
	fields := map[string]map[string]string{}
	described := tile.Describe(collections, "en", "")
	described.AddUncertainty(collections, "en", tile.ExtentOf(collections))
	described.AddLabels(collections, "en")
	for _, l := range described.VectorLayers {
		fields[l.ID] = l.Fields
	}
	for _, theme := range tile.Themes() {
		ids := map[string]bool{}
		s := tile.StyleOf(collections, theme, "id", "http://example.test/t.json")
		for _, l := range s.Layers {
			if ids[l.ID] {
				t.Errorf("%s: layer %s is there twice", theme, l.ID)
			}
			ids[l.ID] = true
			if l.Type == "background" {
				continue
			}
			if fields[l.SourceLayer] == nil {
				t.Errorf("%s: %s draws %q, which is in no tile", theme, l.ID, l.SourceLayer)
			}
			text, _ := json.Marshal([]any{l.Filter, l.Paint, l.Layout})
			for _, part := range strings.Split(string(text), `["get","`)[1:] {
				name, _, _ := strings.Cut(part, `"`)
				if fields[l.SourceLayer][name] == "" {
					t.Errorf("%s: %s reads %q, which %s lacks", theme, l.ID, name, l.SourceLayer)
				}
			}
		}
		for _, id := range []string{"zones-dashed", "zones-line", "zones-band", "imported-line"} {
			if !ids[id] {
				t.Errorf("%s has no layer %s", theme, id)
			}
		}
		text, _ := json.Marshal(s)
		if !strings.Contains(string(text), "indikatif, bukan batas resmi") {
			t.Errorf("%s does not say that a sketch is one", theme)
		}
	}
}

// Lines are cut into pieces at the margin, and a line that goes out and back stays whole.
func TestLines(t *testing.T) {
	t.Parallel()
	l := geotest.NewLayer("c", "LineString")
	l.Add("back", orb.LineString{{116, -1}, {116.5, -1}, {116.2, -1}}, nil)
	l.Add("dot", orb.LineString{{116.1, -1.1}, {116.10001, -1.1}}, nil)
	l.Add("zigzag", orb.LineString{{116, -1}, {140, -1.1}, {116, -1.2}}, nil)
	made := mustMake(t, tile.NewMaker(geotest.NewReader(l), tile.Options{}), at(orb.Point{116.1, -1.05}, 7), "c")
	layer := decode(t, made.Data)["c"]
	if g, ok := byID(layer, "zigzag").Geometry.(orb.MultiLineString); !ok || len(g) != 2 {
		t.Errorf("the zigzag became %v, want two lines", byID(layer, "zigzag").Geometry)
	}
	if g, ok := byID(layer, "back").Geometry.(orb.LineString); !ok || len(g) != 3 {
		t.Errorf("the line out and back became %v, want its three vertices", byID(layer, "back").Geometry)
	}
	if g, ok := byID(layer, "dot").Geometry.(orb.LineString); !ok || g[1][0]-g[0][0] != 8 {
		t.Errorf("the short line became %v, want a dash of 8 units", byID(layer, "dot").Geometry)
	}
}

// A long edge is straight in lon, lat: where Mercator bends it, it gets vertices.
func TestLongEdges(t *testing.T) {
	t.Parallel()
	l := geotest.NewLayer("c", "LineString")
	l.Add("long", orb.LineString{{-10, 10}, {40, 70}}, nil)
	middle := orb.Point{15, 40}
	for z := 2; z <= tile.MaxZoom; z += 4 {
		a := at(middle, z)
		layer := decode(t, mustMake(t, tile.NewMaker(geotest.NewReader(l), tile.Options{}), a, "c").Data)["c"]
		n := math.Ldexp(tile.Extent, z)
		want := orb.Point{
			(middle[0]+180)/360*n - float64(a.Col*tile.Extent),
			(1-math.Asinh(math.Tan(middle[1]*math.Pi/180))/math.Pi)/2*n - float64(a.Row*tile.Extent),
		}
		g := layer.Features[0].Geometry.(orb.LineString)
		near := math.Inf(1)
		for i := 1; i < len(g); i++ {
			near = min(near, distance(g[i-1], g[i], want))
		}
		if near > 8 {
			t.Errorf("z%d: the middle of the edge is %.1f units from the line, want at most a pixel", z, near)
		}
	}
}

// Whatever the bytes of a geometry, there is a tile or an error.
func FuzzGeometry(f *testing.F) {
	f.Add([]byte{1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 93, 64, 0, 0, 0, 0, 0, 0, 0, 0})
	for _, l := range []*geotest.Layer{plantations(1)} {
		f.Add(l.Features[0].WKB)
	}
	f.Fuzz(func(t *testing.T, wkb []byte) {
		l := geotest.NewLayer("c", "Geometry")
		l.Add("f", orb.Point{116, 0}, nil).WKB = wkb
		l.Collection.Version = 0 // read anew each time
		maker := tile.NewMaker(unbounded{geotest.NewReader(l)}, tile.Options{CacheBytes: -1, LayerBytes: -1})
		for _, z := range []int{0, 8, 22} {
			made, err := maker.Make(t.Context(), tile.Request{Address: at(orb.Point{116, 0}, z), Collections: []string{"c"}})
			if err != nil {
				continue
			}
			if len(made.Data) > 500_000 {
				t.Fatalf("a tile of %d bytes", len(made.Data))
			}
			decode(t, made.Data)
		}
	})
}
