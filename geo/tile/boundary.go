package tile

import (
	"slices"

	"kawasan/geo"
	"kawasan/geo/geodesy"
)

var (
	firmKinds   = []string{string(geodesy.Legal), string(geodesy.OfficialExtract), string(geodesy.Surveyed)}
	sketchKinds = []string{string(geodesy.Indicative), string(geodesy.Estimated)}
)

// IsFirm reports whether a boundary of this kind (the property boundary_kind) is
// drawn as a solid line: it is legal, official or surveyed.
func IsFirm(kind string) bool { return slices.Contains(firmKinds, kind) }

// IsSketch reports whether a boundary or position of this kind is a drawing or a
// guess, which maps say in words.
func IsSketch(kind string) bool { return slices.Contains(sketchKinds, kind) }

// SketchNote is what maps write below the name of a sketch.
func SketchNote() geo.Text {
	return geo.Text{EN: "indicative, not an official boundary", ID: "indikatif, bukan batas resmi"}
}

// Drawn gives the collections that have a geometry, in the order in which maps
// draw them: the larger shapes lowest.
func Drawn(collections []*geo.Collection) []*geo.Collection {
	drawn := slices.DeleteFunc(slices.Clone(collections), func(c *geo.Collection) bool { return !c.HasGeometry() })
	slices.SortStableFunc(drawn, func(a, b *geo.Collection) int { return Rank(a.ID) - Rank(b.ID) })
	return drawn
}
