package geodesy

import (
	"math"

	"github.com/paulmach/orb"

	"kawasan/geo"
)

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

// lines gives the points of the shape and its edges, rings among them, densified, on the map.
func (m *mapping) lines() (points orb.MultiPoint, lines orb.MultiLineString, err error) {
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
				return nil, nil, geo.Errorf(geo.TooLarge, "the shape has too many or too long edges for a buffer as exact as this").
					Try("simplify the shape, or give a larger radius")
			}
			for j := 1; j <= n; j++ {
				x, y := e.at(float64(j) / float64(n))
				image = append(image, m.forward(orb.Point{x, y}))
			}
		}
		lines = append(lines, image)
	}
	return points, lines, nil
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
		out[i] = m.backPoint(p)
	}
	if n := len(out); n > 0 {
		out[n-1] = out[0]
	}
	return out
}

// backPoint maps a place from the plane to lon, lat.
func (m *mapping) backPoint(p orb.Point) orb.Point {
	v := Direct(m.centre, math.Atan2(p[0], p[1])/radians, math.Hypot(p[0], p[1]))
	v[0] += turns(m.centre[0]-v[0], 360)
	return v
}
