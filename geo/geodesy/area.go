package geodesy

import (
	"math"

	"github.com/paulmach/orb"
)

// Area returns the area of the shape's polygons on the ellipsoid in square
// metres, holes taken off; lines and points have none. Members that overlap
// count twice. Edges are straight in lon/lat, and the figure is exact for them
// to about 1 part in 10^12 or a square millimetre: the surface element is
// integrated along the boundary (Green's theorem), with no densification and no
// projection. It costs some 100 ns an edge.
func Area(s *Shape) float64 {
	sum := 0.0
	for _, p := range s.parts {
		if p.kind >= outerPart {
			sum += s.ringMoments(p, s.vertex(p.start)).area
		}
	}
	return max(0, sum)
}

// AreaOf prepares a geometry and returns its Area in square metres, or the
// error of Prepare.
func AreaOf(g orb.Geometry) (float64, error) {
	s, err := Prepare(g)
	if err != nil {
		return 0, err
	}
	return Area(s), nil
}

// Hectares turns square metres into hectares.
func Hectares(squareMetres float64) float64 { return squareMetres / hectare }

// Perimeter returns the length in metres of all rings, holes included, along
// their lon/lat-straight edges.
func Perimeter(s *Shape) float64 { return s.lengthOf(outerPart, holePart) }

// Length returns the length in metres of all lines along their lon/lat-straight
// edges. That is the line as drawn: no shorter than the geodesics between its
// vertices, and equal to them within 1 mm for edges up to 10 km near the equator.
func Length(s *Shape) float64 { return s.lengthOf(linePart, linePart) }

func (s *Shape) lengthOf(from, to partKind) float64 {
	sum := 0.0
	for _, p := range s.parts {
		if p.kind < from || p.kind > to {
			continue
		}
		s.edges(p, func(a, b orb.Point) {
			segment{a[0], a[1], b[0], b[1]}.pieces(func(_, _, metres float64) { sum += metres })
		})
	}
	return sum
}

// pieces calls yield with places on the segment and the metres each stands for.
func (s segment) pieces(yield func(lon, lat, metres float64)) {
	dx, dy := s.bx-s.ax, s.by-s.ay
	s.gauss(func(t, w float64) {
		lat := s.ay + t*dy
		lon, lati := degreeMetres(lat)
		yield(s.ax+t*dx, lat, w*math.Hypot(dx*lon, dy*lati))
	})
}

// moments are the area of a ring in square metres, positive when it runs
// counter-clockwise, and the first moments of longitude and latitude about an origin.
type moments struct {
	area, lon, lat float64
}

// ringMoments integrates along a ring. With u, v in degrees from the origin and
// c(lat) the area of a cell, the area is ∮ u c dv, its moments ∮ u²/2 c dv and ∮ u v c dv.
func (s *Shape) ringMoments(p part, origin orb.Point) moments {
	var m moments
	s.edges(p, func(a, b orb.Point) {
		du, dv := b[0]-a[0], b[1]-a[1]
		if dv == 0 {
			return
		}
		u0, v0 := a[0]-origin[0], a[1]-origin[1]
		segment{a[0], a[1], b[0], b[1]}.gauss(func(t, w float64) {
			u, v := u0+t*du, v0+t*dv
			c := cellArea(a[1]+t*dv) * w * dv * u
			m.area += c
			m.lon += c * u / 2
			m.lat += c * v
		})
	})
	return m
}
