package tile_test

import (
	"testing"

	"kawasan/geo"
	"kawasan/geo/geotest"
	"kawasan/geo/tile"
)

// TestDerivedLayersWait checks that derived collections are in a style, unseen.
func TestDerivedLayersWait(t *testing.T) {
	t.Parallel()
	links, zones := geotest.NewLayer("links", "LineString").Collection, geotest.NewLayer("zones", "Polygon").Collection
	links.Derived = true
	collections := []*geo.Collection{links, zones}
	s := tile.StyleOf(collections, tile.Light, "en", "")
	s.HideAtFirst(collections)
	seen := map[string]int{}
	for _, l := range s.Layers {
		if hidden := l.Layout["visibility"] == "none"; l.SourceLayer != "" && hidden != (l.SourceLayer == "links" || l.SourceLayer == tile.LabelLayer("links")) {
			t.Errorf("%s: hidden is %v", l.ID, hidden)
		}
		seen[l.SourceLayer]++
	}
	if seen["links"] == 0 || seen["zones"] == 0 {
		t.Errorf("layers: got %v", seen)
	}
}
