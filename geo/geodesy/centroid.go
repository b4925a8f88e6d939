package geodesy

import (
	"github.com/paulmach/orb"
)

// Centroid returns the point (lon, lat) whose longitude and latitude are the
// means over the shape, weighted by true area on the ellipsoid; for a shape
// without polygons by true length, and for points alone by number. Only the
// members of the highest dimension count. Members on both sides of the
// antimeridian are taken together the shorter way round. Near the equator it
// differs from the centroid of the flat lon/lat plane by less than a metre for
// a shape of 50 km. It may lie outside the shape. The longitude is brought into -180..180.
func Centroid(s *Shape) orb.Point {
	dim := s.Dimension()
	p, ok := s.centroid(dim)
	for !ok && dim > 0 { // polygons of no area, lines of no length
		dim--
		p, ok = s.centroid(dim)
	}
	p[0] -= turns(p[0], 360)
	return p
}

// centroid weighs the members of a dimension. Below 2 the boundary of polygons
// stands in for lines, below 1 vertices for points.
func (s *Shape) centroid(dim int) (orb.Point, bool) {
	origin := s.vertex(s.parts[0].start)
	var weight, lon, lat float64
	add := func(w, x, y float64) {
		weight += w
		lon += w * x
		lat += w * y
	}
	shift := 0.0
	for _, p := range s.parts {
		if p.kind != holePart { // holes stay with their polygon
			shift = turns(origin[0]-s.middle(p), 360)
		}
		switch {
		case dim == 2 && p.kind >= outerPart:
			o := orb.Point{origin[0] - shift, origin[1]}
			m := s.ringMoments(p, o)
			weight += m.area
			lon += m.lon
			lat += m.lat
		case dim == 1 && p.kind != pointPart:
			s.edges(p, func(a, b orb.Point) {
				segment{a[0], a[1], b[0], b[1]}.pieces(func(x, y, metres float64) {
					add(metres, x+shift-origin[0], y-origin[1])
				})
			})
		case dim == 0:
			for i := p.start; i < p.end; i++ {
				v := s.vertex(i)
				add(1, v[0]+shift-origin[0], v[1]-origin[1])
			}
		}
	}
	if !(weight > 0) {
		return orb.Point{}, false
	}
	return orb.Point{origin[0] + lon/weight, origin[1] + lat/weight}, true
}

// middle is the middle longitude of a part.
func (s *Shape) middle(p part) float64 {
	west, east := s.xy[2*p.start], s.xy[2*p.start]
	for i := p.start; i < p.end; i++ {
		west, east = min(west, s.xy[2*i]), max(east, s.xy[2*i])
	}
	return (west + east) / 2
}
