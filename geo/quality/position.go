package quality

import (
	"github.com/paulmach/orb"
)

// Where features are expected. The province is the box of its regencies
// (geodata/regencies.geojson), widened by twelve nautical miles of territorial sea.
var (
	province  = orb.Bound{Min: orb.Point{113.63, -2.62}, Max: orb.Point{119.2, 2.78}}
	indonesia = orb.Bound{Min: orb.Point{94.5, -11.3}, Max: orb.Point{141.1, 6.3}}
)

// position judges where the feature lies.
func (v *view) position(g *geometry) {}

// anywhere is a position on the feature, for findings that concern all of it.
func (v *view) anywhere() Place {
	g, err := decode(v.feature.WKB)
	if err != nil {
		return Place{}
	}
	var place Place
	g.walk(func(_ int, p *geometry) {
		for _, l := range p.lines {
			if x, y := 0.0, 0.0; place.Position == nil && l.len() > 0 {
				if x, y = l.at(0); finite(x) && finite(y) {
					place.Position = &orb.Point{x, y}
				}
			}
		}
	})
	return place
}
