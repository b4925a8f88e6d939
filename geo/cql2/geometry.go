package cql2

import (
	"strings"

	"kawasan/geo"
)

// GeometryType is the type of a geometry literal, as GeoJSON spells it, or BBox.
type GeometryType string

// The types.
const (
	Point              GeometryType = "Point"
	LineString         GeometryType = "LineString"
	Polygon            GeometryType = "Polygon"
	MultiPoint         GeometryType = "MultiPoint"
	MultiLineString    GeometryType = "MultiLineString"
	MultiPolygon       GeometryType = "MultiPolygon"
	GeometryCollection GeometryType = "GeometryCollection"
	// BBox is a box: west, south, east, north.
	BBox GeometryType = "BBox"
)

func geometryTypes() []GeometryType {
	return []GeometryType{Point, LineString, Polygon, MultiPoint, MultiLineString, MultiPolygon, GeometryCollection}
}

// geometryTypeNamed finds a type by its name in any case; BBox is none.
func geometryTypeNamed(name string) (GeometryType, bool) {
	for _, t := range geometryTypes() {
		if strings.EqualFold(string(t), name) {
			return t, true
		}
	}
	return "", false
}

// part is the type of the members; a ring of a polygon counts as a line.
func (t GeometryType) part() GeometryType {
	switch t {
	case Polygon, MultiLineString:
		return LineString
	case MultiPoint:
		return Point
	case MultiPolygon:
		return Polygon
	}
	return ""
}

// code is the type in well-known binary.
func (t GeometryType) code() uint32 {
	for i, other := range geometryTypes() {
		if t == other {
			return uint32(i + 1) // at most 7
		}
	}
	return 0
}

// Geometry is a geometry literal in the reference system of the filter.
type Geometry struct {
	Position
	Type GeometryType
	// HasZ says that each position has three numbers (a BBox six instead of four).
	HasZ bool
	// Coordinates are the positions of a Point or LineString, number by number, or
	// the numbers of a BBox in their order.
	Coordinates []float64
	// Members are the rings, the parts or the geometries of the other types.
	Members []*Geometry
	// Value is the geometry in WGS84; nil before [Check].
	Value *Value
}

func (g *Geometry) stride() int {
	if g.HasZ {
		return 3
	}
	return 2
}

// add appends a position; the first one decides whether there are heights.
func (g *Geometry) add(at Position, numbers []float64) error {
	switch hasZ := len(numbers) == 3; {
	case len(numbers) < 2 || len(numbers) > 3:
		return invalid(at, "the position has %d numbers", len(numbers)).Try("longitude, latitude and perhaps height")
	case len(g.Coordinates) == 0:
		g.HasZ = g.HasZ || hasZ
		fallthrough
	default:
		if g.HasZ != hasZ {
			return invalid(at, "some positions have a height and some have none").Try("the same number of coordinates everywhere")
		}
	}
	if len(g.Coordinates) > 3*MaxVertices {
		return tooManyVertices(at)
	}
	g.Coordinates = append(g.Coordinates, numbers...)
	return nil
}

func tooManyVertices(at Position) *geo.Error {
	return invalid(at, "the geometries of the filter have too many positions").Try("at most %d positions", MaxVertices)
}

// settle makes heights the same throughout and checks that lines and rings are complete.
func settle(g *Geometry) error {
	declared := g.HasZ
	hasZ, hasFlat := false, false
	g.each(func(m *Geometry) {
		if len(m.Coordinates) > 0 {
			hasZ, hasFlat = hasZ || m.HasZ, hasFlat || !m.HasZ
		}
	})
	if hasFlat && (hasZ || declared) {
		return invalid(g.Position, "some positions have a height and some have none").Try("the same number of coordinates everywhere")
	}
	g.setZ(hasZ)
	return g.complete(false)
}

func (g *Geometry) setZ(hasZ bool) {
	g.HasZ = hasZ
	for _, m := range g.Members {
		m.setZ(hasZ)
	}
}

// each visits the geometry and its members.
func (g *Geometry) each(visit func(*Geometry)) {
	visit(g)
	for _, m := range g.Members {
		m.each(visit)
	}
}

// complete checks the numbers of positions and that rings are closed.
func (g *Geometry) complete(ring bool) error {
	n := len(g.Coordinates) / g.stride()
	switch {
	case g.Type == Point && n > 1:
		return invalid(g.Position, "the point has %d positions", n).Try("one position")
	case g.Type != LineString || n == 0:
	case ring && n < 4:
		return invalid(g.Position, "the ring has %d positions", n).Try("at least 4 positions, the last equal to the first")
	case n < 2:
		return invalid(g.Position, "the line has %d position", n).Try("at least 2 positions")
	case ring:
		first, last := g.Coordinates[:2], g.Coordinates[(n-1)*g.stride():]
		if first[0] != last[0] || first[1] != last[1] {
			return invalid(g.Position, "the ring is not closed: it begins at %v %v and ends at %v %v", first[0], first[1], last[0], last[1]).
				Try("a last position equal to the first")
		}
	}
	for _, m := range g.Members {
		if err := m.complete(g.Type == Polygon); err != nil {
			return err
		}
	}
	return nil
}

// vertices counts positions.
func (g *Geometry) vertices() int {
	n := 0
	g.each(func(m *Geometry) { n += len(m.Coordinates) / m.stride() })
	return n
}

// newBox makes a box of 4 or 6 numbers.
func newBox(at Position, numbers []float64) (*Geometry, error) {
	if len(numbers) != 4 && len(numbers) != 6 {
		return nil, boxNumbers(at, len(numbers))
	}
	g := &Geometry{Position: at, Type: BBox, HasZ: len(numbers) == 6, Coordinates: numbers}
	if _, south, _, north := g.box(); south > north {
		return nil, invalid(at, "the box has its south edge (%v) north of its north edge (%v)", south, north).
			Try("BBOX(west, south, east, north)")
	}
	return g, nil
}

func boxNumbers(at Position, n int) *geo.Error {
	return invalid(at, "the box has %d numbers", n).Try("4 numbers: west, south, east, north; or 6, with the heights after south and north")
}

// box gives the edges of a BBox.
func (g *Geometry) box() (west, south, east, north float64) {
	c := g.Coordinates
	if g.HasZ {
		return c[0], c[1], c[3], c[4]
	}
	return c[0], c[1], c[2], c[3]
}
