package cql2

import (
	"encoding/binary"
	"math"

	"github.com/paulmach/orb"
	"github.com/peterstace/simplefeatures/geom"

	"kawasan/geo"
	"kawasan/geo/geodesy"
)

// Value is a geometry made ready for predicates and functions: a literal once,
// when the filter is checked, or the geometry of the feature at hand. A literal
// is safe for concurrent use; the geometry of a feature is for one goroutine.
type Value struct {
	// WKB is the geometry as well-known binary in WGS84.
	WKB []byte
	// Box says that the geometry is just its bounding box.
	Box bool

	bound            orb.Bound
	hasBound, bounds bool // known, and there is one
	exact            geom.Geometry
	exactState       state
	shape            *geodesy.Shape
	shapeState       state
	edges            *edges // of a literal
}

// state of something that is made when it is first needed.
type state uint8

const (
	notTried state = iota
	made
	failed
)

// featureValue is the geometry of a feature; nil if it has none.
func featureValue(f *geo.Feature) *Value {
	if len(f.WKB) == 0 {
		return nil
	}
	v := &Value{WKB: f.WKB}
	if s, ok := f.Prepared.(*geodesy.Shape); ok && s != nil {
		v.shape, v.shapeState = s, made
	}
	return v
}

// Bound gives the bounding box in lon, lat; ok is false for an empty geometry
// and for one that can't be read.
func (v *Value) Bound() (b orb.Bound, ok bool) {
	if !v.hasBound {
		v.bound, v.bounds = wkbBound(v.WKB)
		v.hasBound = true
	}
	return v.bound, v.bounds
}

// Shape gives the geometry for measuring on the ellipsoid; ok is false when it
// is empty or can't be read.
func (v *Value) Shape() (*geodesy.Shape, bool) {
	if v.shapeState == notTried {
		v.shapeState = failed
		if s, err := geodesy.PrepareWKB(v.WKB); err == nil {
			v.shape, v.shapeState = s, made
		}
	}
	return v.shape, v.shapeState == made
}

// plane gives the geometry for predicates in the lon/lat plane. It is not
// validated: what the predicate makes of it counts.
func (v *Value) plane() (geom.Geometry, bool) {
	if v.exactState == notTried {
		v.exactState = failed
		if g, err := geom.UnmarshalWKB(v.WKB, geom.NoValidate{}); err == nil {
			v.exact, v.exactState = g.Force2D(), made
		}
	}
	return v.exact, v.exactState == made
}

// literalValue turns a literal in WGS84 into a Value with everything made.
func literalValue(g *Geometry) (*Value, error) {
	var outside error
	g.each(func(m *Geometry) {
		if outside == nil {
			outside = m.inRange()
		}
	})
	if outside != nil {
		return nil, outside
	}
	flat := g
	box := false
	if g.Type == BBox {
		flat, box = boxGeometry(g)
	}
	v := &Value{WKB: appendWKB(nil, flat), Box: box}
	v.Bound()
	exact, ok := v.plane()
	if !ok {
		return nil, invalid(g.Pos(), "the %s can't be used", g.Type).Try("a valid geometry")
	}
	if err := exact.Validate(); err != nil {
		return nil, invalid(g.Pos(), "the %s is not valid: its lines have no length, or its rings cross, overlap or lie outside one another", g.Type).
			Try("a geometry that ST_IsValid of PostGIS accepts").Because(err)
	}
	v.Shape()
	v.edges = edgesOf(flat)
	return v, nil
}

// inRange checks that positions lie on the globe.
func (g *Geometry) inRange() error {
	stride := g.stride()
	for i := 0; i+1 < len(g.Coordinates); i += stride {
		lon, lat := g.Coordinates[i], g.Coordinates[i+1]
		if math.Abs(lon) > 180 || math.Abs(lat) > 90 {
			e := invalid(g.Pos(), "the position %v %v is outside the globe", lon, lat).
				Try("longitude from -180 to 180 first, then latitude from -90 to 90, or the reference system of the geometry in filter-crs")
			e.Place.Coordinate = &[2]float64{lon, lat}
			return e
		}
	}
	return nil
}

// boxGeometry gives the box as a geometry that is valid however thin it is; two
// boxes where it crosses the antimeridian.
func boxGeometry(g *Geometry) (flat *Geometry, isBox bool) {
	west, south, east, north := g.box()
	if west == 180 && east < west {
		west = -180
	}
	if west <= east {
		return rectangle(west, south, east, north), true
	}
	return &Geometry{Type: GeometryCollection, Members: []*Geometry{
		rectangle(west, south, 180, north), rectangle(-180, south, east, north),
	}}, false
}

func rectangle(west, south, east, north float64) *Geometry {
	switch {
	case west == east && south == north:
		return &Geometry{Type: Point, Coordinates: []float64{west, south}}
	case west == east || south == north:
		return &Geometry{Type: LineString, Coordinates: []float64{west, south, east, north}}
	}
	ring := []float64{west, south, east, south, east, north, west, north, west, south}
	return &Geometry{Type: Polygon, Members: []*Geometry{{Type: LineString, Coordinates: ring}}}
}

// appendWKB writes a geometry in two dimensions, little endian.
func appendWKB(b []byte, g *Geometry) []byte {
	b = binary.LittleEndian.AppendUint32(append(b, 1), g.Type.code())
	switch g.Type {
	case Point:
		if len(g.Coordinates) == 0 {
			return appendXY(b, []float64{math.NaN(), math.NaN()}, 2)
		}
		return appendXY(b, g.Coordinates, g.stride())
	case LineString:
		return appendRun(b, g)
	case Polygon:
		b = appendCount(b, len(g.Members))
		for _, ring := range g.Members {
			b = appendRun(b, ring)
		}
		return b
	}
	b = appendCount(b, len(g.Members))
	for _, m := range g.Members {
		b = appendWKB(b, m)
	}
	return b
}

func appendRun(b []byte, g *Geometry) []byte {
	return appendXY(appendCount(b, len(g.Coordinates)/g.stride()), g.Coordinates, g.stride())
}

func appendCount(b []byte, n int) []byte {
	return binary.LittleEndian.AppendUint32(b, uint32(n)) // limited by MaxVertices
}

func appendXY(b []byte, c []float64, stride int) []byte {
	for i := 0; i+1 < len(c); i += stride {
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(c[i]))
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(c[i+1]))
	}
	return b
}
