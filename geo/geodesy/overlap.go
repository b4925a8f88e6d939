package geodesy

import (
	"context"

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
// code Internal; shapes whose edges cross so often that it would take more than
// some seconds are TooLarge. Longitudes are taken as stored: a
// geometry beyond the antimeridian must be moved by the caller.
//
// The context is looked at before the overlay, which can't be stopped.
func Overlap(ctx context.Context, a, b orb.Geometry) (orb.Geometry, float64, error) {
	s, x, err := planarGeometry(ctx, a)
	if err != nil {
		return nil, 0, err
	}
	t, y, err := planarGeometry(ctx, b)
	if err != nil {
		return nil, 0, err
	}
	if err := overlayable(ctx, s, t); err != nil {
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
	_, _, err := planarGeometry(context.Background(), g)
	return err
}

// planarGeometry checks a geometry and hands it to simplefeatures.
func planarGeometry(ctx context.Context, g orb.Geometry) (*Shape, sf.Geometry, error) {
	s, err := Prepare(g)
	if err != nil {
		return nil, sf.Geometry{}, err
	}
	switch v := g.(type) {
	case orb.Ring:
		g = orb.Polygon{v}
	case orb.Bound:
		g = v.ToPolygon()
	}
	raw, err := wkb.Marshal(g)
	if err != nil {
		return nil, sf.Geometry{}, geo.Errorf(geo.Internal, "the geometry cannot be encoded").Because(err)
	}
	out, err := sf.UnmarshalWKB(raw, sf.NoValidate{})
	if err != nil {
		return nil, sf.Geometry{}, geo.Errorf(geo.Internal, "the geometry cannot be encoded").Because(err)
	}
	if err := checkPlanar(ctx, s, out); ctx.Err() != nil {
		return nil, sf.Geometry{}, ctx.Err()
	} else if err != nil {
		return nil, sf.Geometry{}, geo.Errorf(geo.Invalid, "the geometry is not valid: its rings cross or touch where they must not").
			Try("repair the geometry first").Because(err)
	}
	return s, out, nil
}

// orbGeometry takes a geometry back from simplefeatures.
func orbGeometry(g sf.Geometry) (orb.Geometry, error) {
	out, err := wkb.Unmarshal(g.AsBinary())
	if err != nil {
		return nil, geo.Errorf(geo.Internal, "the geometry cannot be decoded").Because(err)
	}
	return out, nil
}
