package proximity

import (
	"github.com/paulmach/orb"

	"kawasan/geo"
	"kawasan/geo/geodesy"
)

// Source is a place that a question starts from: a feature, a whole collection
// (Ref without ID, perhaps filtered), or a geometry given with the question.
type Source struct {
	Ref
	// Filter limits a whole collection.
	Filter geo.Filter
	// Geometry is given instead of a ref: lon, lat.
	Geometry orb.Geometry
	// Label names the given geometry in the answer; by default point-1, geometry-2 ...
	Label string
	// UncertaintyM is how far, in metres, the given geometry may lie from what it
	// stands for. Nil: it is taken as exact, since it is what was asked about.
	UncertaintyM *float64
	// Kind says what the boundary of the given geometry is; "" when nothing was said.
	Kind geodesy.BoundaryKind
}

// Target is a collection whose features are looked for.
type Target struct {
	Collection string
	// IDs limits to these features.
	IDs []string
	// Filter limits to features for which it is true.
	Filter geo.Filter
}

// Measure says between what a distance is taken.
type Measure string

// The measures.
const (
	// Boundary: from the nearest point of one shape to the nearest of the other, interiors included.
	Boundary Measure = "boundary"
	// Centroid: between the centroids in lon/lat.
	Centroid Measure = "centroid"
	// Anchor: between the points that stand for the shapes: the properties anchor_lon
	// and anchor_lat where a feature has them, else the centroid, moved to the
	// nearest point of the shape when it falls outside.
	Anchor Measure = "anchor"
)

// ParseMeasure reads a measure; empty is Boundary.
func ParseMeasure(text string) (Measure, error) {
	switch m := Measure(text); m {
	case "":
		return Boundary, nil
	case Boundary, Centroid, Anchor:
		return m, nil
	}
	return "", geo.Invalidf("", "%q is not a measure", clip(text)).Try("write boundary, centroid or anchor")
}

// Question is what all kinds of request have in common.
type Question struct {
	From    []Source
	To      []Target
	Measure Measure // empty: Boundary
	// Headed says that the sentences stand under a heading that says what was
	// looked for, so that they need not.
	Headed bool
	// Lines asks for the connecting geodesics as geometry instead of the targets'.
	Lines bool
	// AsOf is the legal date asked for; nil: whatever is stored.
	AsOf *geo.Date
	// Principal is who asks.
	Principal geo.Principal
}

// Sum names a numeric property of the targets to sum.
type Sum struct {
	Property string
	// ByArea asks for an area-weighted share too: of each area that lies partly
	// within the distance, the part of the value that its part of the area has.
	// It is an order of magnitude, for statistics whose place within the area is
	// unknown (boundary_kind outer_envelope).
	ByArea bool
}

// check looks at what all questions have in common.
func (q *Question) check() error {
	if len(q.From) == 0 {
		return geo.Invalidf("from", "it is not said where to measure from").Try("name a feature such as zones/kik, a collection, or lon,lat")
	}
	if len(q.From) > MaxOrigins {
		return geo.Errorf(geo.TooLarge, "more than %d places are named", MaxOrigins).Try("name fewer").In("from")
	}
	if len(q.To) == 0 {
		return geo.Invalidf("to", "it is not said what to look for").Try("name a collection such as ports")
	}
	if len(q.To) > MaxTargets {
		return geo.Errorf(geo.TooLarge, "more than %d collections are named", MaxTargets).In("to")
	}
	m, err := ParseMeasure(string(q.Measure))
	if err != nil {
		return geo.AsError(err).In("measure")
	}
	q.Measure = m
	return nil
}
