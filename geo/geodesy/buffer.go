package geodesy

import (
	"math"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
	sf "github.com/peterstace/simplefeatures/geom"

	"kawasan/geo"
)

const (
	maxBuffer      = 1_000_000.0 // largest radius, metres
	maxBufferReach = 4_000_000.0 // largest distance from the middle of the shape to the edge of its buffer, metres
	maxBufferEdges = 200_000     // most vertices of the densified shape
	inputSlack     = 1e-4        // simplification of the shape before, of the radius: a tenth of the tolerance
	quarterCircle  = 32          // vertices in a quarter circle: they sag by 0.03 % of the radius
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
// around its middle, buffered there on the plane, and mapped back; then vertices
// and points between them are measured with Between and, where they are off, moved along
// the geodesic, and edges split, until they are right. The result is checked to be
// valid. It costs some 10 microseconds a vertex of the result, and more where many
// arcs overlap: 3 s for a coast of 1,300 vertices at 100 km.
//
// It returns a *geo.Error: Invalid for a radius that is not positive or exceeds
// 1,000 km, Unsupported where the buffer would reach a pole or 4,000 km from the middle
// of the shape, TooLarge for shapes of more than about 200,000 vertices, Internal if no valid polygon
// comes out, which is a fault of ours and never of the shape.
func Buffer(s *Shape, radius float64) (orb.MultiPolygon, error) {
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
	flat, err := m.planar()
	if err != nil {
		return nil, err
	}
	out, err := sf.Buffer(flat, radius, sf.BufferQuadSegments(quarterCircle), sf.BufferSimplifyFactor(inputSlack))
	if err != nil {
		return nil, geo.Errorf(geo.Internal, "the buffer cannot be computed").Because(err)
	}
	g, err := orbGeometry(out)
	if err != nil {
		return nil, err
	}
	polygons, err := asMultiPolygon(g)
	if err != nil {
		return nil, err
	}
	fit := fitting{shape: s, radius: radius, tolerance: BufferTolerance(radius)}
	var fitted orb.MultiPolygon
	for _, p := range polygons {
		var rings orb.Polygon
		for j, r := range p {
			if r = fit.ring(m.back(r)); len(r) >= 4 {
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
	if fitted, err = fit.valid(fitted); err != nil {
		return nil, err
	}
	return fit.cut(fitted)
}

// mapping is the azimuthal equidistant projection around the middle of a shape.
type mapping struct {
	shape  *Shape
	centre orb.Point
	piece  float64 // longest piece of an edge in metres whose image is straight enough
}

func newMapping(s *Shape, radius float64) (*mapping, error) {
	m := &mapping{shape: s, centre: Centroid(s)}
	reach := 0.0
	for i := range int32(s.Vertices()) {
		reach = max(reach, Distance(m.centre, s.vertex(i)))
	}
	if reach+radius > maxBufferReach {
		return nil, geo.Errorf(geo.Unsupported, "the buffer would reach %.0f km from the middle of the shape, more than %.0f km", (reach+radius)/1000, maxBufferReach/1000).
			Try("buffer the parts of the shape one by one")
	}
	// An edge of length l bows by about l²/8R times the tangent of the latitude
	// against a geodesic, and a geodesic by l²/8R times reach/R on the map.
	_, far := absRange(s.bound.Min[1], s.bound.Max[1])
	bow := math.Tan(min(far, 1.5)) + (reach+radius)/semiMajor + 0.01
	m.piece = math.Sqrt(8 * semiMajor * BufferTolerance(radius) / 20 / bow)
	return m, nil
}

// planar gives the shape, densified, on the map.
func (m *mapping) planar() (sf.Geometry, error) {
	var points orb.MultiPoint
	var lines orb.MultiLineString
	var polygons orb.MultiPolygon
	budget := maxBufferEdges
	for _, p := range m.shape.parts {
		if p.kind == pointPart {
			points = append(points, m.forward(m.shape.vertex(p.start)))
			budget--
			continue
		}
		image := orb.LineString{m.forward(m.shape.vertex(p.start))}
		for i := p.start; i+1 < p.end; i++ {
			a, b := m.shape.vertex(i), m.shape.vertex(i+1)
			e := segment{a[0], a[1], b[0], b[1]}
			n := int(max(1, math.Ceil(math.Sqrt(e.length2())/m.piece), math.Ceil(math.Abs(a[0]-b[0])/5)))
			if budget -= n; budget < 0 {
				return sf.Geometry{}, geo.Errorf(geo.TooLarge, "the shape has too many or too long edges for a buffer as exact as this").
					Try("simplify the shape, or give a larger radius")
			}
			for j := 1; j <= n; j++ {
				x, y := e.at(float64(j) / float64(n))
				image = append(image, m.forward(orb.Point{x, y}))
			}
		}
		switch p.kind {
		case linePart:
			// A closed line is taken in halves: as a ring it can get holes that are none.
			if k := len(image) / 2; k > 0 && image[0] == image[len(image)-1] {
				lines = append(lines, image[:k+1], image[k:])
				break
			}
			lines = append(lines, image)
		case outerPart:
			polygons = append(polygons, orb.Polygon{orb.Ring(image)})
		case holePart:
			k := len(polygons) - 1
			polygons[k] = append(polygons[k], orb.Ring(image))
		}
	}
	var all orb.Collection
	if len(points) > 0 {
		all = append(all, points)
	}
	if len(lines) > 0 {
		all = append(all, lines)
	}
	if len(polygons) > 0 {
		all = append(all, polygons)
	}
	raw, err := wkb.Marshal(all)
	if err == nil {
		var g sf.Geometry
		if g, err = sf.UnmarshalWKB(raw, sf.NoValidate{}); err == nil {
			return g, nil
		}
	}
	return sf.Geometry{}, geo.Errorf(geo.Internal, "the shape cannot be encoded").Because(err)
}

// forward maps lon, lat to metres east and north of the centre.
func (m *mapping) forward(p orb.Point) orb.Point {
	s, az, _ := inverse(m.centre, p)
	sin, cos := math.Sincos(az * radians)
	return orb.Point{s * sin, s * cos}
}

// back maps a ring from the plane to lon, lat, with longitudes that run on
// across the antimeridian from that of the centre.
func (m *mapping) back(r orb.Ring) orb.Ring {
	out := make(orb.Ring, len(r))
	for i, p := range r {
		v := Direct(m.centre, math.Atan2(p[0], p[1])/radians, math.Hypot(p[0], p[1]))
		v[0] += turns(m.centre[0]-v[0], 360)
		out[i] = v
	}
	if n := len(out); n > 0 {
		out[n-1] = out[0]
	}
	return out
}

// fitting brings rings to their radius.
type fitting struct {
	shape             *Shape
	radius, tolerance float64
}

// ring moves the vertices of a ring to the radius and splits edges that stray.
func (f fitting) ring(r orb.Ring) orb.Ring {
	out := make(orb.Ring, 0, len(r))
	for _, p := range r[:max(0, len(r)-1)] {
		if p, ok := f.move(p); ok {
			out = append(out, p)
		}
	}
	if len(out) < 3 {
		return nil
	}
	fine := make(orb.Ring, 0, len(out)+1)
	for i, p := range out {
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
			g, _, err := Overlap(q, world)
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
