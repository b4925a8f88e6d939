package geodesy

import (
	"context"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
	"github.com/paulmach/orb/planar"
	sf "github.com/peterstace/simplefeatures/geom"

	"kawasan/geo"
)

const (
	inputSlack    = 1e-4 // simplification of the shape before, of the radius: a tenth of the tolerance
	quarterCircle = 32   // vertices in a quarter circle: they sag by 0.03 % of the radius
	pieceEdges    = 16   // edges, or points, buffered at once where arcs lie close together
	longPiece     = 512  // most edges buffered at once where they don't
)

// buffered gives the buffer on the map, its rings run as they must.
//
// The library that buffers on the plane compares every arc with every other that
// it meets, and can't be stopped. So it gets a few edges at a time, and what comes out is
// united pair by pair, neighbours first: arcs that lie inside the area of others
// are gone before they are compared with the rest.
func (m *mapping) buffered(ctx context.Context, radius float64) (orb.MultiPolygon, error) {
	points, lines, err := m.lines()
	if err != nil {
		return nil, err
	}
	var bands []orb.MultiPolygon
	for _, piece := range pieces(points, lines, radius) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		band, err := bufferPiece(piece, radius)
		if err != nil {
			return nil, err
		}
		bands = append(bands, band)
	}
	for len(bands) > 1 {
		var united []orb.MultiPolygon
		for pair := range slices.Chunk(bands, 2) {
			band := pair[0]
			if len(pair) == 2 {
				if band, err = unite(ctx, pair[0], pair[1]); err != nil {
					return nil, err
				}
			}
			united = append(united, band)
		}
		bands = united
	}
	if len(bands) == 0 {
		return nil, nil
	}
	return m.filled(bands[0]), nil
}

// pieces cuts points and lines into what is buffered at once: few edges where the
// arcs around them lie on top of each other, more where edges are longer than the radius.
func pieces(points orb.MultiPoint, lines orb.MultiLineString, radius float64) []orb.Geometry {
	var all []orb.Geometry
	for some := range slices.Chunk(points, pieceEdges) {
		all = append(all, some)
	}
	for _, l := range lines {
		// A closed line is cut at least in two: as a ring it can get holes that are none.
		edges := len(l) - 1
		most := pieceEdges * planar.Length(l) / float64(edges) / radius
		at := int(min(max(most, pieceEdges), longPiece))
		n := max(2, (edges+at-1)/at)
		for i := range n {
			if from, to := edges*i/n, edges*(i+1)/n; to > from {
				all = append(all, l[from:to+1])
			}
		}
	}
	return all
}

func bufferPiece(g orb.Geometry, radius float64) (orb.MultiPolygon, error) {
	raw, err := wkb.Marshal(g)
	if err != nil {
		return nil, geo.Errorf(geo.Internal, "the shape cannot be encoded").Because(err)
	}
	flat, err := sf.UnmarshalWKB(raw, sf.NoValidate{})
	if err != nil {
		return nil, geo.Errorf(geo.Internal, "the shape cannot be encoded").Because(err)
	}
	out, err := sf.Buffer(flat, radius, sf.BufferQuadSegments(quarterCircle), sf.BufferSimplifyFactor(inputSlack))
	if err != nil {
		return nil, geo.Errorf(geo.Internal, "the buffer cannot be computed").Because(err)
	}
	return polygonsOf(out)
}

// unite joins two areas.
func unite(ctx context.Context, a, b orb.MultiPolygon) (orb.MultiPolygon, error) {
	if !a.Bound().Intersects(b.Bound()) {
		return append(slices.Clip(a), b...), nil
	}
	if err := overlayable(ctx, flatShape(a), flatShape(b)); err != nil {
		return nil, err
	}
	x, err := unchecked(a)
	if err != nil {
		return nil, err
	}
	y, err := unchecked(b)
	if err != nil {
		return nil, err
	}
	out, err := sf.Union(x, y)
	if err != nil {
		return nil, geo.Errorf(geo.Internal, "the buffer cannot be computed").Because(err)
	}
	return polygonsOf(out)
}

func polygonsOf(g sf.Geometry) (orb.MultiPolygon, error) {
	out, err := orbGeometry(g)
	if err != nil {
		return nil, err
	}
	return asMultiPolygon(out)
}

// filled adds the inside of the shape's polygons to the band along its edges. No
// ring of the band crosses an edge of the shape, so each lies inside the
// polygons, where it bounds nothing, or outside.
func (m *mapping) filled(band orb.MultiPolygon) orb.MultiPolygon {
	if !m.shape.hasPolygon() {
		return band
	}
	var outer orb.MultiPolygon
	var holes []orb.Ring
	for _, p := range band {
		for i, r := range p {
			switch inside := m.shape.Contains(m.backPoint(r[0])); {
			case inside:
			case i == 0:
				outer = append(outer, orb.Polygon{r})
			default:
				holes = append(holes, r)
			}
		}
	}
	return withHoles(outer, holes)
}

// withHoles adds holes to the areas that they are in: of those around one the
// smallest, as areas may lie in holes of others.
func withHoles(areas orb.MultiPolygon, holes []orb.Ring) orb.MultiPolygon {
	for _, h := range holes {
		at := -1
		for i, p := range areas {
			if p[0].Bound().Contains(h[0]) && planar.RingContains(p[0], h[0]) && (at < 0 || planar.RingContains(areas[at][0], p[0][0])) {
				at = i
			}
		}
		if at >= 0 {
			areas[at] = append(areas[at], h)
		}
	}
	return areas
}
