package geodesy

import (
	"context"
	"math"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/simplify"

	"kawasan/geo"
)

const (
	maxBuffer      = 1_000_000.0 // largest radius, metres
	maxBufferReach = 4_000_000.0 // largest distance from the middle of the shape to the edge of its buffer, metres
	maxBufferEdges = 200_000     // most vertices of the densified shape
)

// BufferTolerance is how far, in metres, the boundary of a buffer of a radius
// may lie from its true place: 0.1 % of the radius, at least 0.1 m.
func BufferTolerance(radius float64) float64 { return max(0.1, radius/1000) }

// Buffer returns the places at most radius metres (geodesic) from the shape, as
// polygons with edges straight in lon/lat. Every point of their boundary is
// within BufferTolerance of the radius. Across the antimeridian the polygons are
// cut at 180 degrees.
//
// The shape is densified and mapped by the azimuthal equidistant projection
// around its middle, buffered there on the plane, piece by piece, and mapped back; then vertices
// and points between them are measured with Between and, where they are off, moved along
// the geodesic, and edges split, until they are right. The result is checked to be
// valid. It costs some 10 microseconds a vertex of the result and 20 a vertex of the shape.
//
// It returns a *geo.Error: Invalid for a radius that is not positive or exceeds
// 1,000 km, Unsupported where the buffer would reach a pole or 4,000 km from the middle
// of the shape, TooLarge for shapes of more than about 200,000 vertices or with a buffer too
// intricate to draw, Internal if no valid polygon
// comes out, which is a fault of ours and never of the shape; or the error of
// the context, soon after that is done.
func Buffer(ctx context.Context, s *Shape, radius float64) (orb.MultiPolygon, error) {
	if !(radius > 0) || radius > maxBuffer {
		return nil, geo.Errorf(geo.Invalid, "the buffer radius of %g m is out of range", radius).
			Try("give more than 0 and at most %g m", maxBuffer)
	}
	for _, pole := range []float64{-90, 90} {
		if Within(s, place(orb.Point{0, pole}), radius+BufferTolerance(radius)) {
			return nil, geo.Errorf(geo.Unsupported, "the buffer reaches a pole, where longitude and latitude cannot show it").
				Try("give a smaller radius")
		}
	}
	m, err := newMapping(s, radius)
	if err != nil {
		return nil, err
	}
	polygons, err := m.buffered(ctx, radius)
	if err != nil {
		return nil, err
	}
	fit := fitting{ctx: ctx, shape: s, radius: radius, tolerance: BufferTolerance(radius)}
	thin, err := thinned(ctx, polygons, fit.tolerance/10)
	if err != nil {
		return nil, err
	}
	fitted, err := fit.polygons(m, thin)
	if geo.IsCode(err, geo.Internal) && ctx.Err() == nil {
		fitted, err = fit.polygons(m, polygons) // thinning may bring rings to touch
	}
	if err != nil {
		return nil, err
	}
	return fit.cut(fitted)
}

// thinnedAtOnce is the most vertices that are thinned at once: that takes the square of their number.
const thinnedAtOnce = 16_384

// thinned leaves out the vertices of rings that the tolerance, in metres, can do
// without: an arc has one for every corner of the shape that it goes around.
func thinned(ctx context.Context, polygons orb.MultiPolygon, tolerance float64) (orb.MultiPolygon, error) {
	thin := simplify.DouglasPeucker(tolerance)
	out := make(orb.MultiPolygon, len(polygons))
	for i, p := range polygons {
		for _, r := range p {
			var t orb.Ring
			for rest := r; len(rest) > 1; {
				if err := ctx.Err(); err != nil {
					return nil, err
				}
				n := min(len(rest), thinnedAtOnce)
				t = append(t[:max(0, len(t)-1)], thin.LineString(orb.LineString(rest[:n]).Clone())...)
				rest = rest[n-1:]
			}
			if len(t) > 8 {
				r = t
			}
			out[i] = append(out[i], r)
		}
	}
	return out, nil
}

// fitting brings rings to their radius.
type fitting struct {
	ctx               context.Context //nolint:containedctx // of one call of Buffer
	shape             *Shape
	radius, tolerance float64
}

// polygons brings polygons on the map to lon, lat and to the radius. What comes out is valid.
func (f fitting) polygons(m *mapping, polygons orb.MultiPolygon) (orb.MultiPolygon, error) {
	var fitted orb.MultiPolygon
	for _, p := range polygons {
		var rings orb.Polygon
		for j, r := range p {
			r = f.ring(m.back(r))
			if err := f.ctx.Err(); err != nil {
				return nil, err
			}
			if len(r) >= 4 {
				rings = append(rings, r)
			} else if j == 0 {
				break
			}
		}
		if len(rings) > 0 {
			fitted = append(fitted, rings)
		}
	}
	if len(fitted) == 0 {
		return nil, geo.Errorf(geo.Internal, "the buffer is empty")
	}
	return f.valid(fitted)
}

// ring moves the vertices of a ring to the radius and splits edges that stray.
func (f fitting) ring(r orb.Ring) orb.Ring {
	out := make(orb.Ring, 0, len(r))
	for i, p := range r[:max(0, len(r)-1)] {
		if i%64 == 0 && f.ctx.Err() != nil {
			return nil // the caller looks
		}
		if p, ok := f.move(p); ok {
			out = append(out, p)
		}
	}
	if len(out) < 3 {
		return nil
	}
	fine := make(orb.Ring, 0, len(out)+1)
	for i, p := range out {
		if i%64 == 0 && f.ctx.Err() != nil {
			return nil
		}
		fine = append(fine, p)
		fine = f.split(fine, p, out[(i+1)%len(out)], 12)
	}
	return append(fine, fine[0])
}

// move brings a place to the radius, along the geodesic from the nearest point
// of the shape; where two arcs meet that takes turns between them.
func (f fitting) move(p orb.Point) (orb.Point, bool) {
	for range 40 {
		r := Between(f.shape, place(p))
		if math.Abs(r.Metres-f.radius) <= f.tolerance/2 {
			return p, true
		}
		if r.Metres == 0 {
			return p, false
		}
		q := Direct(r.From, r.BearingDeg, f.radius)
		q[0] += turns(p[0]-q[0], 360)
		p = q
	}
	return p, math.Abs(Between(f.shape, place(p)).Metres-f.radius) <= f.tolerance/2
}

// split appends places between p and q where the straight edge strays.
func (f fitting) split(out orb.Ring, p, q orb.Point, depth int) orb.Ring {
	if depth == 0 {
		return out
	}
	for _, t := range [3]float64{0.5, 0.25, 0.75} {
		x, y := segment{p[0], p[1], q[0], q[1]}.at(t)
		v := orb.Point{x, y}
		if math.Abs(Between(f.shape, place(v)).Metres-f.radius) > 0.8*f.tolerance {
			mid, ok := f.move(v)
			if !ok || mid == p || mid == q {
				return out
			}
			out = f.split(out, p, mid, depth-1)
			out = append(out, mid)
			return f.split(out, mid, q, depth-1)
		}
	}
	return out
}

// cut brings valid polygons into -180..180, cutting those that cross it.
func (f fitting) cut(polygons orb.MultiPolygon) (orb.MultiPolygon, error) {
	world := orb.Bound{Min: orb.Point{-180, -90}, Max: orb.Point{180, 90}}
	if b := polygons.Bound(); b.Min[0] >= -180 && b.Max[0] <= 180 {
		return polygons, nil
	}
	var out orb.MultiPolygon
	for _, p := range polygons {
		b := p.Bound()
		for k := -360.0; k <= 360; k += 360 {
			if b.Min[0]+k >= 180 || b.Max[0]+k <= -180 {
				continue
			}
			q := p.Clone()
			for _, r := range q {
				for i := range r {
					r[i][0] += k
				}
			}
			g, _, err := Overlap(f.ctx, q, world)
			if err != nil {
				return nil, geo.Errorf(geo.Internal, "the buffer cannot be cut at the antimeridian").Because(err)
			}
			parts, err := asMultiPolygon(g)
			if err != nil {
				return nil, err
			}
			out = append(out, parts...)
		}
	}
	return f.valid(out)
}
