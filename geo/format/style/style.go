// Package style chooses how a collection looks in the files that carry a style
// (GeoPackage, KML), so that it looks the same in all of them.
package style

import (
	"fmt"
	"hash/fnv"
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

// Of gives the style of a collection: the same for the same id, whatever else is
// in the file.
func Of(collection string) Style {
	// Eight colours that remain apart for the colour-blind (Okabe and Ito 2008, black left out, brown added).
	palette := [...]Colour{
		{0, 114, 178}, {213, 94, 0}, {0, 158, 115}, {204, 121, 167}, {230, 159, 0}, {86, 180, 233}, {153, 102, 51}, {110, 110, 30},
	}
	h := fnv.New32a()
	_, _ = h.Write([]byte(collection)) // never fails
	return Style{Colour: palette[h.Sum32()%uint32(len(palette))], Opacity: 0.3, Width: 2}
}
