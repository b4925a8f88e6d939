package tile_test

import (
	"fmt"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"
	"github.com/paulmach/orb/planar"

	"kawasan/geo"
	"kawasan/geo/geotest"
	"kawasan/geo/tile"
)

// The name of each area and line stands in one tile of a zoom alone, within the area or on
// the line, with the properties and the number of the feature; points have no such layer.
func TestLabels(t *testing.T) {
	t.Parallel()
	bay := orb.Polygon{{{116, -1}, {117, -1}, {117, 0}, {116.9, 0}, {116.9, -0.9}, {116.1, -0.9}, {116.1, 0}, {116, 0}, {116, -1}}}
	ring := orb.Polygon{{{114, -1}, {115, -1}, {115, 0}, {114, 0}, {114, -1}}, {{114.1, -0.9}, {114.1, -0.1}, {114.8, -0.1}, {114.8, -0.9}, {114.1, -0.9}}}
	l := geotest.NewLayer("odd", "MultiPolygon", geotest.Prop("name", geo.String))
	l.Add("bay", orb.MultiPolygon{{{{117.5, 0}, {117.6, 0}, {117.6, 0.1}, {117.5, 0}}}, bay}, geotest.Values{"name": "a bay"})
	l.Add("ring", orb.MultiPolygon{ring}, geotest.Values{"name": "a ring"})
	ways := geotest.NewLayer("ways", "MultiLineString", geotest.Prop("name", geo.String))
	ways.Add("bent", orb.MultiLineString{{{114, 0}, {114.1, 0}}, {{115, 0}, {117, 0}, {117, 1}}}, geotest.Values{"name": "a bend"})
	ways.Add("across", orb.MultiLineString{{{113, -3}, {119, 2}}}, geotest.Values{"name": "across"})
	reader := geotest.Shipped(t, l, ways)
	maker := tile.NewMaker(reader, tile.Options{})
	for _, c := range []string{"odd", "ways", "regencies", "zones"} {
		features, about, err := geo.Collect(t.Context(), reader, geo.Query{Collection: c})
		if err != nil {
			t.Fatal(err)
		}
		for z := 0; z <= 8; z++ {
			places := map[string][]orb.Point{}
			set := tile.WebMercatorQuad()
			limits := set.LimitsAt(about.Extent, z)
			for row := limits.MinTileRow; row <= limits.MaxTileRow; row++ {
				for col := limits.MinTileCol; col <= limits.MaxTileCol; col++ {
					made, err := maker.Make(t.Context(), tile.Request{Address: tile.Address{Set: set, Zoom: z, Row: row, Col: col}, Collections: []string{c, "ports"}, Labels: true})
					if err != nil {
						t.Fatal(err)
					}
					layers := decode(t, made.Data)
					if layers[tile.LabelLayer("ports")] != nil {
						t.Errorf("z%d: points have a layer of labels", z)
					}
					labels := layers[tile.LabelLayer(c)]
					if labels == nil {
						continue
					}
					labels.ProjectToWGS84(maptile.New(uint32(col), uint32(row), maptile.Zoom(z)))
					for _, f := range labels.Features {
						id := fmt.Sprint(f.Properties["id"])
						places[id] = append(places[id], f.Geometry.(orb.Point))
						if own := byID(layers[c], id); own == nil || fmt.Sprint(own.ID, own.Properties) != fmt.Sprint(f.ID, f.Properties) {
							t.Errorf("z%d: the label of %s has %v", z, id, f.Properties)
						}
					}
				}
			}
			for _, f := range features {
				g, _ := f.Geometry()
				if len(places[f.ID]) != 1 {
					t.Errorf("z%d: the name of %s stands in %d tiles, want 1", z, f.Ref(), len(places[f.ID]))
				} else if z == 8 && !inside(g, places[f.ID][0]) && !on(g, places[f.ID][0]) {
					t.Errorf("z%d: the name of %s stands at %v, outside of it", z, f.Ref(), places[f.ID][0])
				}
			}
		}
	}
}

// on reports whether a point lies on a line, to some 100 m.
func on(g orb.Geometry, p orb.Point) bool {
	return g.Dimensions() == 1 && planar.DistanceFrom(g, p) < 1e-3
}

func inside(g orb.Geometry, p orb.Point) bool {
	for _, polygon := range polygons(g) {
		if planar.PolygonContains(polygon, p) {
			return true
		}
	}
	return false
}
