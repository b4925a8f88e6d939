package geodesy

import (
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
	sf "github.com/peterstace/simplefeatures/geom"

	"kawasan/geo"
)

// OverlapEngine names what computes intersections, for answers that state it.
const OverlapEngine = "simplefeatures 0.59 (JTS overlay in lon/lat)"

// OverlapTolerance is how far, in degrees, the vertices of an intersection may
// lie off the exact crossing of two edges: rounding of double precision, far
// below a millimetre.
const OverlapTolerance = 1e-12

// Overlap returns the part that two geometries share, and its area on the
// ellipsoid in square metres. The intersection is taken in the lon/lat plane,
// where edges are straight, so it is exact but for rounding (OverlapTolerance).
// Geometries that only touch share lines or points and an area of 0; those that
// do not meet give an empty collection. Both geometries must be valid; one that
// is not gives a *geo.Error of code Invalid (see Valid), a failure with valid ones
// code Internal. Longitudes are taken as stored: a
// geometry beyond the antimeridian must be moved by the caller.
func Overlap(a, b orb.Geometry) (orb.Geometry, float64, error) {
	x, err := planarGeometry(a)
	if err != nil {
		return nil, 0, err
	}
	y, err := planarGeometry(b)
	if err != nil {
		return nil, 0, err
	}
	shared, err := sf.Intersection(x, y)
	if err != nil {
		return nil, 0, geo.Errorf(geo.Internal, "the intersection cannot be computed").Because(err)
	}
	g, err := orbGeometry(shared)
	if err != nil {
		return nil, 0, err
	}
	if shared.IsEmpty() {
		return orb.Collection{}, 0, nil
	}
	area, err := AreaOf(g)
	if err != nil {
		return nil, 0, err
	}
	return g, area, nil
}

// Valid reports, as a *geo.Error of code Invalid, what keeps a geometry from being
// intersected: coordinates out of range, rings that cross or touch where they must not.
func Valid(g orb.Geometry) error {
	_, err := planarGeometry(g)
	return err
}

// planarGeometry checks a geometry and hands it to simplefeatures.
func planarGeometry(g orb.Geometry) (sf.Geometry, error) {
	if _, err := Prepare(g); err != nil {
		return sf.Geometry{}, err
	}
	switch v := g.(type) {
	case orb.Ring:
		g = orb.Polygon{v}
	case orb.Bound:
		g = v.ToPolygon()
	}
	raw, err := wkb.Marshal(g)
	if err != nil {
		return sf.Geometry{}, geo.Errorf(geo.Internal, "the geometry cannot be encoded").Because(err)
	}
	out, err := sf.UnmarshalWKB(raw)
	if err != nil {
		return sf.Geometry{}, geo.Errorf(geo.Invalid, "the geometry is not valid: its rings cross or touch where they must not").
			Try("repair the geometry first").Because(err)
	}
	return out, nil
}

// orbGeometry takes a geometry back from simplefeatures.
func orbGeometry(g sf.Geometry) (orb.Geometry, error) {
	out, err := wkb.Unmarshal(g.AsBinary())
	if err != nil {
		return nil, geo.Errorf(geo.Internal, "the geometry cannot be decoded").Because(err)
	}
	return out, nil
}
