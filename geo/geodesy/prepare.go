package geodesy

import (
	"encoding/binary"
	"errors"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"kawasan/geo"
)

// maxVertices bounds a shape, so that counts fit 32 bits with room to spare.
const maxVertices = 1 << 28

// Prepare checks a geometry and turns it into a Shape. It accepts every orb
// type; empty members of a collection are skipped. It copies the coordinates
// and takes about 20 ns a vertex.
//
// Longitudes may run from -360 to 360, so that a shape across the antimeridian
// can be given in one piece. It returns a *geo.Error of code Invalid, with the
// coordinate, for a position that is not finite or out of range, a ring that is
// not closed or has fewer than four positions, a line of fewer than two, and a
// geometry without any position. It does not check that rings do not cross
// themselves or each other.
func Prepare(g orb.Geometry) (*Shape, error) {
	var b builder
	if err := b.geometry(g, 0); err != nil {
		return nil, err
	}
	s, err := b.shape()
	if err != nil {
		return nil, err
	}
	s.trim()
	return s, nil
}

// maxDepth bounds collections inside collections.
const maxDepth = 32

// builder collects parts, from orb geometries or from WKB.
type builder struct {
	s Shape
}

func (b *builder) geometry(g orb.Geometry, depth int) error {
	if depth > maxDepth {
		return geo.Errorf(geo.Invalid, "geometry collections are nested more than %d deep", maxDepth)
	}
	switch g := g.(type) {
	case nil:
		return nil
	case orb.Point:
		return b.point(g)
	case orb.MultiPoint:
		for _, p := range g {
			if err := b.point(p); err != nil {
				return err
			}
		}
	case orb.LineString:
		return b.points(linePart, g)
	case orb.MultiLineString:
		for _, l := range g {
			if err := b.points(linePart, l); err != nil {
				return err
			}
		}
	case orb.Ring:
		return b.points(outerPart, g)
	case orb.Polygon:
		return b.polygon(g)
	case orb.MultiPolygon:
		for _, p := range g {
			if err := b.polygon(p); err != nil {
				return err
			}
		}
	case orb.Collection:
		for _, m := range g {
			if err := b.geometry(m, depth+1); err != nil {
				return err
			}
		}
	case orb.Bound:
		if g.IsEmpty() {
			return nil
		}
		return b.polygon(g.ToPolygon())
	default:
		return geo.Errorf(geo.Unsupported, "geometries of type %s cannot be measured", g.GeoJSONType()).Try("give points, lines, polygons or collections of them")
	}
	return nil
}

func (b *builder) point(p orb.Point) error {
	b.begin(pointPart)
	if err := b.vertex(p[0], p[1]); err != nil {
		return err
	}
	return b.end()
}

func (b *builder) polygon(p orb.Polygon) error {
	if len(p) > 0 && len(p[0]) == 0 && len(p) > 1 {
		return geo.Errorf(geo.Invalid, "a polygon has holes but its exterior ring is empty").Try("give the exterior ring first")
	}
	for i, r := range p {
		kind := holePart
		if i == 0 {
			kind = outerPart
		}
		if err := b.points(kind, r); err != nil {
			return err
		}
	}
	return nil
}

// points adds a line or ring; an empty one is skipped.
func (b *builder) points(kind partKind, ps []orb.Point) error {
	if len(ps) == 0 {
		return nil
	}
	if cap(b.s.xy) == 0 {
		b.s.xy = make([]float64, 0, 2*len(ps))
	}
	b.begin(kind)
	for _, p := range ps {
		if err := b.vertex(p[0], p[1]); err != nil {
			return err
		}
	}
	return b.end()
}

// begin starts a part at the present end of the coordinates.
func (b *builder) begin(kind partKind) {
	b.s.parts = append(b.s.parts, part{start: int32(len(b.s.xy) / 2), kind: kind})
}

// vertex checks and appends a position.
func (b *builder) vertex(lon, lat float64) error {
	if !(lat >= -90 && lat <= 90 && lon >= -360 && lon <= 360) { // NaN fails too
		return badPosition(lon, lat)
	}
	if len(b.s.xy) >= 2*maxVertices {
		return geo.Errorf(geo.TooLarge, "a geometry of more than %d positions cannot be measured", maxVertices).Try("simplify the geometry first")
	}
	b.s.xy = append(b.s.xy, lon+0, lat+0)
	return nil
}

// takes reports whether so many more positions are few enough.
func (b *builder) takes(n int) bool { return len(b.s.xy)/2+n <= maxVertices }

// run is vertex for positions that lie one after the other, as little-endian numbers.
func (b *builder) run(data []byte) error {
	xy := slices.Grow(b.s.xy, len(data)/8)
	for ; len(data) >= 16; data = data[16:] {
		lon, lat := math.Float64frombits(binary.LittleEndian.Uint64(data)), math.Float64frombits(binary.LittleEndian.Uint64(data[8:]))
		if !(lat >= -90 && lat <= 90 && lon >= -360 && lon <= 360) { // NaN fails too
			return badPosition(lon, lat)
		}
		xy = append(xy, lon+0, lat+0)
	}
	b.s.xy = xy
	return nil
}

// end checks the part begun last, and turns rings the right way round.
func (b *builder) end() error {
	p := &b.s.parts[len(b.s.parts)-1]
	p.end = int32(len(b.s.xy) / 2)
	n := p.end - p.start
	first, last := b.s.vertex(p.start), b.s.vertex(p.end-1)
	switch p.kind {
	case linePart:
		if n < 2 {
			return at(geo.Errorf(geo.Invalid, "a line has only one position").Try("give at least two"), first)
		}
	case outerPart, holePart:
		if n < 4 {
			return at(geo.Errorf(geo.Invalid, "a polygon ring has only %d positions", n).
				Try("give at least four, the last equal to the first"), first)
		}
		if first != last {
			return at(geo.Errorf(geo.Invalid, "a polygon ring is not closed").
				Try("end it with its first position, %g,%g", first[0], first[1]), last)
		}
		if (b.s.turn(*p) < 0) == (p.kind == outerPart) {
			b.s.reverse(*p)
		}
	}
	return nil
}

// ErrEmpty is the cause of the error for a geometry without any position.
var ErrEmpty = errors.New("the geometry is empty")

// shape finishes: bound, leaves and hierarchy.
func (b *builder) shape() (*Shape, error) {
	s := &b.s
	if len(s.xy) == 0 {
		return nil, geo.Errorf(geo.Invalid, "the geometry is empty").Try("give at least one position").Because(ErrEmpty)
	}
	s.bound = boundOf(s.xy)
	s.index()
	return s, nil
}

// boundOf bounds positions, of which there is one at least.
func boundOf(xy []float64) orb.Bound {
	west, south, east, north := xy[0], xy[1], xy[0], xy[1]
	for i := 2; i+1 < len(xy); i += 2 {
		west, east = min(west, xy[i]), max(east, xy[i])
		south, north = min(south, xy[i+1]), max(north, xy[i+1])
	}
	return orb.Bound{Min: orb.Point{west, south}, Max: orb.Point{east, north}}
}

// reset makes the builder ready for another shape, in the same memory.
func (b *builder) reset() {
	s := &b.s
	*s = Shape{xy: s.xy[:0], parts: s.parts[:0], leaves: s.leaves[:0], boxes: s.boxes[:0]}
}

// trim gives back memory that the shape, which is kept, does not need.
func (s *Shape) trim() {
	if cap(s.xy) > len(s.xy)+len(s.xy)/8 {
		s.xy = slices.Clone(s.xy)
	}
	if cap(s.parts) > len(s.parts) {
		s.parts = append(make([]part, 0, len(s.parts)), s.parts...)
	}
}

// turn gives twice the signed area of a ring in square degrees, positive when
// it runs counter-clockwise.
func (s *Shape) turn(p part) float64 {
	xy := s.xy[2*p.start : 2*p.end]
	ox, oy := xy[0], xy[1]
	ax, ay, sum := 0.0, 0.0, 0.0
	for i := 2; i+1 < len(xy); i += 2 {
		bx, by := xy[i]-ox, xy[i+1]-oy
		sum += ax*by - bx*ay
		ax, ay = bx, by
	}
	return sum
}

// reverse turns the vertices of a part round.
func (s *Shape) reverse(p part) {
	for i, j := 2*p.start, 2*(p.end-1); i < j; i, j = i+2, j-2 {
		s.xy[i], s.xy[j] = s.xy[j], s.xy[i]
		s.xy[i+1], s.xy[j+1] = s.xy[j+1], s.xy[i+1]
	}
}

// at adds the coordinate to an error.
func at(e *geo.Error, p orb.Point) *geo.Error {
	e.Place.Coordinate = &[2]float64{p[0], p[1]}
	return e
}

// badPosition says what is wrong with a position.
func badPosition(lon, lat float64) *geo.Error {
	if math.IsNaN(lon) || math.IsNaN(lat) || math.IsInf(lon, 0) || math.IsInf(lat, 0) {
		// No coordinate in the place: JSON cannot carry it.
		return geo.Errorf(geo.Invalid, "a coordinate is not a finite number").Try("a number such as 116.8")
	}
	e := geo.Errorf(geo.Invalid, "the position %g,%g lies outside the range of longitude and latitude", lon, lat)
	if math.Abs(lat) <= 360 && math.Abs(lon) <= 90 {
		e = e.Try("give longitude first, then latitude; these look swapped")
	} else {
		e = e.Try("give longitude, latitude in degrees: longitude from -180 to 180, latitude from -90 to 90")
	}
	return at(e, orb.Point{lon, lat})
}
