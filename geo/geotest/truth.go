package geotest

import (
	"context"
	"math"
	"math/rand/v2"

	"github.com/paulmach/orb"

	"kawasan/geo/geodesy"
)

// Truth draws what a stored geometry may be in truth: any part of an envelope, and
// then moved by at most the uncertainty in metres, as a whole or every vertex its own
// way. The geometry is not changed.
func Truth(rng *rand.Rand, g orb.Geometry, kind geodesy.BoundaryKind, uncertainty float64) orb.Geometry {
	g = orb.Clone(g)
	if kind == geodesy.OuterEnvelope || kind == geodesy.LegalBBox {
		g = part(rng, g)
	}
	azimuth, far := rng.Float64()*360, uncertainty*math.Sqrt(rng.Float64())
	move := func(p orb.Point) orb.Point { return geodesy.Direct(p, azimuth, 0.9999*far) }
	if rng.IntN(2) == 0 {
		move = func(p orb.Point) orb.Point {
			return geodesy.Direct(p, rng.Float64()*360, 0.9999*uncertainty*rng.Float64())
		}
	}
	return moved(g, move)
}

// part cuts a piece out of a geometry, mostly a small one.
func part(rng *rand.Rand, g orb.Geometry) orb.Geometry {
	b := g.Bound()
	for range 100 {
		at := orb.Point{b.Min[0] + rng.Float64()*(b.Max[0]-b.Min[0]), b.Min[1] + rng.Float64()*(b.Max[1]-b.Min[1])}
		size := math.Pow(10, -3*rng.Float64())
		box := orb.Bound{Min: at, Max: orb.Point{at[0] + size*(b.Max[0]-b.Min[0]), at[1] + size*(b.Max[1]-b.Min[1])}}
		if piece, _, err := geodesy.Overlap(context.Background(), g, box); err == nil {
			if _, err := geodesy.Prepare(piece); err == nil {
				return piece
			}
		}
	}
	return g
}

// moved moves every position; a ring stays closed.
func moved(g orb.Geometry, move func(orb.Point) orb.Point) orb.Geometry {
	line := func(points []orb.Point) {
		closed := len(points) > 1 && points[0] == points[len(points)-1]
		for i := range points {
			points[i] = move(points[i])
		}
		if closed {
			points[len(points)-1] = points[0]
		}
	}
	switch g := g.(type) {
	case orb.Point:
		return move(g)
	case orb.MultiPoint:
		line(g)
	case orb.LineString:
		line(g)
	case orb.MultiLineString:
		for _, l := range g {
			line(l)
		}
	case orb.Polygon:
		for _, r := range g {
			line(r)
		}
	case orb.MultiPolygon:
		for _, p := range g {
			moved(p, move)
		}
	case orb.Collection:
		for i := range g {
			g[i] = moved(g[i], move)
		}
	}
	return g
}
