package geodesy

import (
	"math"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
	sf "github.com/peterstace/simplefeatures/geom"

	"kawasan/geo"
)

// valid gives the polygons as they are if they form a valid multipolygon, and
// repaired if moving vertices to the radius has made rings cross, which happens
// in narrow places only. What can't be repaired is Internal.
func (f fitting) valid(polygons orb.MultiPolygon) (orb.MultiPolygon, error) {
	g, err := unchecked(polygons)
	if err != nil {
		return nil, err
	}
	fault := checkPlanar(f.ctx, flatShape(polygons), g)
	if fault == nil {
		return polygons, nil
	}
	if err := f.ctx.Err(); err != nil {
		return nil, err
	}
	if repaired, ok := f.repaired(g, polygons.Bound()); ok {
		return repaired, nil
	}
	return nil, geo.Errorf(geo.Internal, "the buffer of %g m cannot be drawn as a valid polygon", f.radius).Because(fault)
}

// repaired takes rings apart where they cross and drops the loops that run the
// wrong way round. The new boundary is part of the old one, so it keeps to the
// tolerance as well as that did; ok is false if the result is not valid or if more was
// lost or gained than a strip as wide as the tolerance along the rings.
func (f fitting) repaired(g sf.Geometry, bound orb.Bound) (orb.MultiPolygon, bool) {
	clean, err := sf.Buffer(g, 0)
	if err != nil || clean.IsEmpty() {
		return nil, false
	}
	lon, _ := degreeMetres(max(-bound.Min[1], bound.Max[1])) // the shortest degrees
	strip := g.Boundary().Length() * f.tolerance / max(1, lon)
	if !(math.Abs(clean.Area()-g.Area()) <= strip) {
		return nil, false
	}
	polygons, err := polygonsOf(clean)
	return polygons, err == nil && checkPlanar(f.ctx, flatShape(polygons), clean) == nil
}

// asMultiPolygon takes the polygons of a buffer; what is left of touching lines
// and points is no part of it.
func asMultiPolygon(g orb.Geometry) (orb.MultiPolygon, error) {
	switch g := g.(type) {
	case orb.Polygon:
		return orb.MultiPolygon{g}, nil
	case orb.MultiPolygon:
		return g, nil
	case orb.Collection:
		var all orb.MultiPolygon
		for _, member := range g {
			if member.Dimensions() < 2 {
				continue
			}
			m, err := asMultiPolygon(member)
			if err != nil {
				return nil, err
			}
			all = append(all, m...)
		}
		return all, nil
	}
	return nil, geo.Errorf(geo.Internal, "the buffer is no polygon")
}

// unchecked hands polygons to simplefeatures as they are.
func unchecked(m orb.MultiPolygon) (sf.Geometry, error) {
	raw, err := wkb.Marshal(m)
	if err == nil {
		var g sf.Geometry
		if g, err = sf.UnmarshalWKB(raw, sf.NoValidate{}); err == nil {
			return g, nil
		}
	}
	return sf.Geometry{}, geo.Errorf(geo.Internal, "the buffer cannot be encoded").Because(err)
}
