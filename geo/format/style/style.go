// Package style chooses how a collection looks in the files that carry a style
// (GeoPackage, KML), so that it looks the same in all of them and on maps.
package style

import (
	"fmt"

	"kawasan/geo/tile"
)

// Colour is red, green, blue.
type Colour struct{ R, G, B uint8 }

// Hex gives #rrggbb.
func (c Colour) Hex() string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }

// Style is a colour with the opacity of surfaces; lines and points are opaque.
type Style struct {
	Colour  Colour
	Opacity float64 // of the inside of a surface, 0 to 1
	Width   float64 // of lines, in pixels
}

// Of gives the style of a collection: the colour that maps give it.
func Of(collection string) Style {
	s := Style{Opacity: tile.AreaOpacity(collection), Width: 2}
	// The palette's colours are all of this form.
	_, _ = fmt.Sscanf(tile.Light.Colour(collection), "#%02x%02x%02x", &s.Colour.R, &s.Colour.G, &s.Colour.B)
	return s
}
