package tile_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
	"pgregory.net/rapid"

	"kawasan/geo"
	"kawasan/geo/geotest"
	"kawasan/geo/tile"
)

type geojsonFeature = geojson.Feature

// Two polygons on the two sides of a random line share all of it in each tile:
// every point within the tile is covered by exactly one of them, but within a unit
// of the line.
func TestSharedEdges(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 60).Draw(t, "vertices")
		border := make([]orb.Point, n)
		for i := range border {
			border[i] = orb.Point{
				116 + rapid.Float64Range(-0.02, 0.02).Draw(t, "x"), -1 + 0.2*float64(i)/float64(n) + rapid.Float64Range(0, 0.19/float64(n)).Draw(t, "y"),
			}
		}
		west := orb.Ring(append([]orb.Point{{116, -1.1}, {115.8, -1.1}, {115.8, -0.7}, {116, -0.7}}, reversed(border)...))
		east := orb.Ring(append(append([]orb.Point{{116, -1.1}}, border...), orb.Point{116, -0.7}, orb.Point{116.2, -0.7}, orb.Point{116.2, -1.1}))
		west, east = append(west, west[0]), append(east, east[0])
		l := geotest.NewLayer("c", "Polygon")
		l.Add("east", orb.Polygon{east}, nil)
		l.Add("west", orb.Polygon{west}, nil)
		z := rapid.IntRange(6, 18).Draw(t, "zoom")
		made, err := tile.NewMaker(geotest.NewReader(l), tile.Options{}).Make(t.Context(),
			tile.Request{Address: at(border[rapid.IntRange(0, n-1).Draw(t, "at")], z), Collections: []string{"c"}})
		if err != nil {
			t.Fatal(err)
		}
		layer := decode2(t, made.Data)
		for range 60 {
			p := orb.Point{rapid.Float64Range(0, 4096).Draw(t, "px"), rapid.Float64Range(0, 4096).Draw(t, "py")}
			if v, ok := someVertex(layer, rapid.IntRange(0, 999).Draw(t, "vertex")); ok && rapid.Bool().Draw(t, "near the border") {
				p = orb.Point{v[0] + rapid.Float64Range(-10, 10).Draw(t, "dx"), v[1] + rapid.Float64Range(-10, 10).Draw(t, "dy")}
			}
			covered, near := 0, math.Inf(1)
			for _, f := range layer {
				for _, polygon := range polygons(f.Geometry) {
					ring := polygon[0]
					if winding(ring, p) {
						covered++
					}
					for i := 1; i < len(ring); i++ {
						near = min(near, distance(ring[i-1], ring[i], p))
					}
				}
			}
			if len(layer) == 2 && covered != 1 && near > 1 && within(p, z, layer) {
				t.Fatalf("z%d: %v is covered %d times, %.2f units from any edge", z, p, covered, near)
			}
		}
	})
}

// someVertex gives a vertex of the first area, where gaps would be.
func someVertex(fs []*geojsonFeature, i int) (orb.Point, bool) {
	if len(fs) == 0 {
		return orb.Point{}, false
	}
	m := polygons(fs[0].Geometry)
	if len(m) == 0 {
		return orb.Point{}, false
	}
	return m[0][0][i%len(m[0][0])], true
}

// within reports whether the two polygons together surround the point: it lies in the box of both.
func within(p orb.Point, z int, fs []*geojsonFeature) bool {
	b := fs[0].Geometry.Bound().Union(fs[1].Geometry.Bound())
	return b.Pad(-1).Contains(p)
}

func reversed(ps []orb.Point) []orb.Point {
	r := slices.Clone(ps)
	slices.Reverse(r)
	return r
}

func decode2(t *rapid.T, data []byte) []*geojsonFeature {
	layers := decodeAll(data)
	if len(layers) == 0 {
		return nil
	}
	return layers
}

// winding reports whether a ring surrounds a point by the even-odd rule.
func winding(r orb.Ring, p orb.Point) bool {
	in := false
	for i := 1; i < len(r); i++ {
		a, b := r[i-1], r[i]
		if (a[1] > p[1]) != (b[1] > p[1]) && p[0] < (b[0]-a[0])*(p[1]-a[1])/(b[1]-a[1])+a[0] {
			in = !in
		}
	}
	return in
}

func distance(a, b, p orb.Point) float64 {
	dx, dy := b[0]-a[0], b[1]-a[1]
	if s := dx*dx + dy*dy; s > 0 {
		u := max(0, min(1, ((p[0]-a[0])*dx+(p[1]-a[1])*dy)/s))
		a = orb.Point{a[0] + u*dx, a[1] + u*dy}
	}
	return math.Hypot(p[0]-a[0], p[1]-a[1])
}

// Small features stay visible, outer rings have positive area, holes negative.
func TestSmallAndOriented(t *testing.T) {
	t.Parallel()
	square := func(x, y, r float64) orb.Ring {
		return orb.Ring{{x - r, y - r}, {x - r, y + r}, {x + r, y + r}, {x + r, y - r}, {x - r, y - r}} // clockwise: wrong for GeoJSON
	}
	l := geotest.NewLayer("c", "Polygon")
	l.Add("ring", orb.Polygon{square(116, 0, 1), square(116, 0, 0.5)}, nil)
	l.Add("tiny", orb.Polygon{square(117.2, 0, 0.0001)}, nil)
	maker := tile.NewMaker(geotest.NewReader(l), tile.Options{})
	for z := 0; z <= 8; z++ {
		found := decode(t, mustMake(t, maker, at(orb.Point{117.2, 0.0001}, z), "c").Data)["c"]
		tiny := byID(found, "tiny")
		if tiny == nil {
			t.Fatalf("z%d: the tiny square is gone", z)
		}
		if b := tiny.Geometry.Bound(); b.Max[0]-b.Min[0] < 8 {
			t.Errorf("z%d: the tiny square is %v wide, want a pixel of 8 units", z, b.Max[0]-b.Min[0])
		}
	}
	found := byID(decode(t, mustMake(t, maker, at(orb.Point{115.9, 0.0001}, 3), "c").Data)["c"], "ring")
	p := polygons(found.Geometry)[0]
	if len(p) != 2 {
		t.Fatalf("the polygon has %d rings, want 2", len(p))
	}
	// y runs down in a tile: positive area is what orb calls counter-clockwise.
	if p[0].Orientation() != orb.CCW || p[1].Orientation() != orb.CW {
		t.Errorf("rings run %v and %v, want the outer one with positive area and the hole with negative", p[0].Orientation(), p[1].Orientation())
	}
}

// A tile never exceeds its cap; what is dropped is the smallest, and it says so.
func TestCap(t *testing.T) {
	t.Parallel()
	l := geotest.NewLayer("c", "Polygon", geotest.Prop("name", geo.String))
	for i := range 2000 {
		x, y, r := 116+float64(i%50)*0.01, float64(i/50)*0.01, 0.0005+0.000002*float64(i)
		l.Add(fmt.Sprintf("f%04d", i), orb.Polygon{{{x, y}, {x + r, y}, {x + r, y + r}, {x, y + r}, {x, y}}}, geotest.Values{"name": fmt.Sprintf("feature number %d", i)})
	}
	maker := tile.NewMaker(geotest.NewReader(l), tile.Options{MaxTileBytes: 40_000})
	made := mustMake(t, maker, at(orb.Point{116.2, 0.2}, 8), "c")
	if len(made.Data) > 40_000 || len(made.Data) < 39_000 {
		t.Errorf("the tile has %d bytes, want just below 40,000", len(made.Data))
	}
	layers := decode(t, made.Data)
	if made.Dropped == 0 || made.Features+made.Dropped != 2000 || len(layers["c"].Features) != made.Features {
		t.Errorf("%d shown and %d dropped, %d in the tile", made.Features, made.Dropped, len(layers["c"].Features))
	}
	note := layers[tile.NotesLayer].Features[0].Properties
	if note["collection"] != "c" || note["dropped"] != float64(made.Dropped) || note["shown"] != float64(made.Features) {
		t.Errorf("the note says %v, want %d dropped of c", note, made.Dropped)
	}
	labelled, err := maker.Make(t.Context(), tile.Request{Address: at(orb.Point{116.2, 0.2}, 8), Collections: []string{"c"}, Labels: true})
	if err != nil {
		t.Fatal(err)
	}
	if n := len(labelled.Data); n > 40_000 || decode(t, labelled.Data)[tile.LabelLayer("c")] == nil {
		t.Errorf("with labels the tile has %d bytes, want 40,000 at most", n)
	}
	if byID(layers["c"], "f1999") == nil || byID(layers["c"], "f0000") != nil {
		t.Error("the largest feature must stay and the smallest go")
	}
}
