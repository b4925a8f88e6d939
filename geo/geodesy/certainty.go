package geodesy

import "math"

// BoundaryKind says what a stored boundary is. It is the boundary_kind of a feature.
type BoundaryKind string

// The kinds of boundary.
const (
	Legal           BoundaryKind = "legal"            // from the text of a law or decree
	OfficialExtract BoundaryKind = "official_extract" // published by the authority, not the legal text
	Surveyed        BoundaryKind = "surveyed"         // measured in the field
	PublishedPoint  BoundaryKind = "published_point"  // a position someone published, for a thing of some extent
	Generalised     BoundaryKind = "generalised"      // simplified from a better one
	OuterEnvelope   BoundaryKind = "outer_envelope"   // the true shape lies somewhere inside
	LegalBBox       BoundaryKind = "legal_bbox"       // the box a law names; the true shape lies somewhere inside
	Indicative      BoundaryKind = "indicative"       // a sketch
	Estimated       BoundaryKind = "estimated"        // placed by judgement
)

// encloses reports whether the true shape may be any part of the stored one.
func (k BoundaryKind) encloses() bool { return k == OuterEnvelope || k == LegalBBox }

// guessed reports whether nothing certain can rest on such a boundary.
func (k BoundaryKind) guessed() bool { return k == Indicative || k == Estimated }

// Basis says how good a stored boundary is.
type Basis struct {
	Kind BoundaryKind
	// UncertaintyM is an upper bound in metres of the distance between the stored
	// and the true boundary, either way. Nil means unknown, never 0; a negative
	// value or one that is not finite is taken as unknown.
	UncertaintyM *float64
}

// known gives the uncertainty when there is one.
func (b Basis) known() (float64, bool) {
	if b.UncertaintyM == nil || !(*b.UncertaintyM >= 0) || math.IsInf(*b.UncertaintyM, 1) {
		return 0, false
	}
	return *b.UncertaintyM, true
}

// Party is a shape and how good it is.
type Party struct {
	Shape *Shape
	Basis
}

// Interval is what a distance can be, given how uncertain the boundaries are.
type Interval struct {
	MinM float64  // smallest possible distance in metres
	MaxM *float64 // largest possible distance in metres; nil when it is not known
}

// DistanceInterval returns the interval of a distance measured between two
// stored shapes. With u the sum of both uncertainties it runs from
// max(0, d-u) to d+u: no point of either boundary moves further than its
// uncertainty. If one is unknown the interval is open, from 0.
//
// The true shape of an outer envelope or a legal box is any part of it. Then
// the largest distance is to its farthest place, and between two such shapes
// that of the farthest pair (upper bounds, see FarthestUpper); the smallest
// still follows from the stored boundary.
//
// Shapes that overlap so deeply that no move within the uncertainties can part
// them have the interval 0 to 0.
func DistanceInterval(metres float64, a, b Party) Interval {
	iv, ok := ShapelessInterval(metres, a.Basis, b.Basis)
	if ok {
		return iv
	}
	ua, _ := a.known()
	ub, _ := b.known()
	u := ua + ub
	switch {
	case metres == 0 && meetMargin(a, b, ua, ub, 0) > 0:
		*iv.MaxM = 0
	case a.Kind.encloses() && b.Kind.encloses():
		*iv.MaxM = FarthestPair(a.Shape, b.Shape) + u
	case a.Kind.encloses():
		*iv.MaxM = FarthestUpper(a.Shape, b.Shape) + u
	case b.Kind.encloses():
		*iv.MaxM = FarthestUpper(b.Shape, a.Shape) + u
	}
	return iv
}

// ShapelessInterval is DistanceInterval where that follows from the distance and the
// uncertainties alone; false where the shapes must be looked at.
func ShapelessInterval(metres float64, a, b Basis) (Interval, bool) {
	ua, okA := a.known()
	ub, okB := b.known()
	if !okA || !okB {
		return Interval{}, true
	}
	u := ua + ub
	largest := metres + u
	return Interval{MinM: max(0, metres-u), MaxM: &largest}, !a.Kind.encloses() && !b.Kind.encloses() && (u == 0 || metres > 0)
}

// Indistinguishable reports whether two distances cannot be told apart: their
// intervals overlap, so that either may be the smaller.
func Indistinguishable(a, b Interval) bool {
	return (b.MaxM == nil || a.MinM <= *b.MaxM) && (a.MaxM == nil || b.MinM <= *a.MaxM)
}

// meetMargin returns by how many metres two stored shapes overlap beyond their
// uncertainties, as far as it can be shown: positive when no move of the
// boundaries within them can part the shapes. The search stops once the margin
// is known to exceed enough.
//
// A place that lies inside a polygon by more than the polygon's uncertainty stays inside.
// So the shapes are sure to meet if some place lies inside both by more than the
// uncertainty of each, or if some place of one lies inside the other by more
// than the sum. An outer envelope must lie inside the other as a whole.
func meetMargin(a, b Party, ua, ub, enough float64) float64 {
	if a.Kind.encloses() || b.Kind.encloses() {
		margin := math.Inf(-1)
		if !b.Kind.encloses() {
			margin = insideBy(a.Shape, b.Shape)
		} else if !a.Kind.encloses() {
			margin = insideBy(b.Shape, a.Shape)
		}
		return margin - ua - ub
	}
	polyA, polyB := a.Shape.hasPolygon(), b.Shape.hasPolygon()
	edgeA, edgeB := a.Shape.outline(), b.Shape.outline()
	margin := math.Inf(-1)
	if polyA {
		margin = max(margin, deepest(b.Shape, enough+ua+ub, func(p *Shape, off float64) float64 {
			return depth(p, a.Shape, edgeA) - off
		})-ua-ub)
	}
	if polyB && margin <= enough {
		margin = max(margin, deepest(a.Shape, enough+ua+ub, func(p *Shape, off float64) float64 {
			return depth(p, b.Shape, edgeB) - off
		})-ua-ub)
	}
	if polyA && polyB && margin <= enough {
		margin = max(margin, deepest(b.Shape, enough, func(p *Shape, _ float64) float64 {
			return min(depth(p, a.Shape, edgeA)-ua, depth(p, b.Shape, edgeB)-ub)
		}))
	}
	return margin
}

// deepest returns a value that is reached, near the largest there is.
func deepest(s *Shape, enough float64, value func(p *Shape, off float64) float64) float64 {
	reached := math.Inf(-1)
	climb(s, 0.02, 0.5, enough, func(p *Shape, off float64) (low, high float64) {
		v := value(p, off)
		reached = max(reached, v)
		return v, v + off
	})
	return reached
}

// depth is how far a place lies inside the polygons of a shape: the distance to
// their boundary, negative outside.
func depth(p, s, outline *Shape) float64 {
	d := Between(p, outline).Metres
	if s.Contains(p.vertex(0)) {
		return d
	}
	return -d
}

// insideBy is how far every place of inner lies inside the polygons of outer,
// minus infinity when some place does not.
func insideBy(inner, outer *Shape) float64 {
	if !outer.hasPolygon() {
		return math.Inf(-1)
	}
	for _, p := range inner.parts {
		if p.kind != holePart && !outer.Contains(inner.vertex(p.start)) {
			return math.Inf(-1)
		}
	}
	d := Between(inner, outer.outline()).Metres
	if d == 0 {
		return math.Inf(-1)
	}
	return d
}

// outline is the shape with its polygons reduced to their rings. It shares the coordinates.
func (s *Shape) outline() *Shape {
	o := &Shape{xy: s.xy, boxes: s.boxes, bound: s.bound}
	o.parts = append(o.parts, s.parts...)
	for i := range o.parts {
		if o.parts[i].kind >= outerPart {
			o.parts[i].kind = linePart
		}
	}
	o.leaves = append(o.leaves, s.leaves...)
	for i := range o.leaves {
		if o.leaves[i].kind >= outerPart {
			o.leaves[i].kind = linePart
		}
	}
	return o
}
