package wkb

import (
	"encoding/binary"
	"math"
)

// The types of ISO 13249-3 (SQL/MM) beyond the others: arcs and what is made of them. Linear
// alone reads them.
const (
	CircularString Type = iota + 8
	CompoundCurve
	CurvePolygon
	MultiCurve
	MultiSurface
)

// Types without geometries of their own, and surfaces in space.
const (
	abstractCurve Type = iota + MultiSurface + 1
	abstractSurface
	polyhedralSurface
	tin
	triangle
)

// linearType is the type without arcs that takes the place of each.
var linearType = map[Type]Type{
	CircularString: LineString, CompoundCurve: LineString, CurvePolygon: Polygon, MultiCurve: MultiLineString, MultiSurface: MultiPolygon,
	abstractCurve: LineString, abstractSurface: Polygon,
}

// LinearType gives the type that a code of ISO 13249-3 has once arcs have become straight
// edges; false for surfaces in space and for what is no type.
func LinearType(code uint32) (Type, bool) {
	if code >= uint32(Point) && code <= uint32(GeometryCollection) {
		return Type(code), true
	}
	if code > uint32(triangle) {
		return 0, false
	}
	t, ok := linearType[Type(code)]
	return t, ok
}

// mostLinear is how many bytes may become of the arcs of one geometry.
const mostLinear = 256 << 20

// Linear is Normalise for a geometry that may have arcs (CIRCULARSTRING, COMPOUNDCURVE,
// CURVEPOLYGON, MULTICURVE, MULTISURFACE, also within a collection): each becomes straight edges
// between points of it, the three that define it among them, no further from it than the tolerance,
// which is in units of the coordinates. Heights and measures change evenly along it. A
// full circle runs counterclockwise. curved says whether there were arcs.
func Linear(dst, data []byte, tolerance float64) (out []byte, curved bool, err error) {
	l := linear{Reader: Reader{data: data, arcs: true}, tolerance: tolerance, start: len(dst)}
	out, err = l.geometry(dst, nil)
	if err == nil {
		err = l.End()
	}
	if err != nil {
		return out[:len(dst)], false, err
	}
	return out, l.curved, nil
}

type linear struct {
	Reader
	tolerance float64
	start     int
	curved    bool
}

// geometry writes the next one; of is what it is a member of, nil for the outermost.
func (l *linear) geometry(dst []byte, of *Header) ([]byte, error) {
	depth := 0
	if of != nil {
		depth = of.Depth + 1
	}
	h, err := l.header(depth)
	if err != nil {
		return dst, err
	}
	to, known := LinearType(uint32(h.Type))
	if !known || h.Type == abstractCurve || h.Type == abstractSurface {
		return dst, l.fail("geometry type %d is not supported", h.Type)
	}
	if of != nil && of.Type != GeometryCollection {
		if want, _ := LinearType(uint32(of.Type)); to != want.Member() {
			return dst, l.fail("a %s contains a %s", want, to)
		}
	}
	if h.Type < GeometryCollection {
		return l.rewrite(dst, h, true)
	}
	dst = AppendHeader(dst, to, h.HasZ, h.HasM)
	switch h.Type {
	case CircularString, CompoundCurve:
		return l.run(dst, h)
	case CurvePolygon:
		return l.members(dst, h, func(dst []byte) ([]byte, error) { return l.ring(dst, h) })
	}
	return l.members(dst, h, func(dst []byte) ([]byte, error) { return l.geometry(dst, &h) })
}

// members writes as many members as are announced.
func (l *linear) members(dst []byte, h Header, one func([]byte) ([]byte, error)) ([]byte, error) {
	n, err := l.Count(h, MemberSize)
	dst = AppendCount(dst, n)
	for i := 0; i < n && err == nil; i++ {
		dst, err = one(dst)
	}
	return dst, err
}

// ring writes the next line, of arcs or not, as a ring of a polygon.
func (l *linear) ring(dst []byte, of Header) ([]byte, error) {
	h, err := l.header(of.Depth + 1)
	if err != nil {
		return dst, err
	}
	if to, _ := LinearType(uint32(h.Type)); to != LineString || h.HasZ != of.HasZ || h.HasM != of.HasM {
		return dst, l.fail("a ring is a geometry of type %d", h.Type)
	}
	return l.run(dst, h)
}

// run writes the positions of a line, of an arc string, or of lines and arcs in a row, with their number.
func (l *linear) run(dst []byte, h Header) ([]byte, error) {
	at := len(dst)
	dst = AppendCount(dst, 0)
	var err error
	if h.Type != CompoundCurve {
		dst, err = l.part(dst, h, at+4)
	} else {
		var n int
		n, err = l.Count(h, MemberSize)
		for i := 0; i < n && err == nil; i++ {
			var m Header
			if m, err = l.header(h.Depth + 1); err != nil {
				break
			}
			if m.Type != LineString && m.Type != CircularString || m.HasZ != h.HasZ || m.HasM != h.HasM {
				return dst, l.fail("a part of a line is a geometry of type %d", m.Type)
			}
			dst, err = l.part(dst, m, at+4)
		}
	}
	binary.LittleEndian.PutUint32(dst[at:], uint32((len(dst)-at-4)/h.Size()))
	return dst, err
}

// part writes the positions of a line or an arc string behind those from a place on. Where it
// begins with the position before, that is not written twice.
func (l *linear) part(dst []byte, h Header, from int) ([]byte, error) {
	p, err := l.Sequence(h)
	if err != nil || p.Len() == 0 {
		return dst, err
	}
	size := h.Size()
	first := len(dst)
	if dst = p.Slice(0, 1).append(dst, true); first > from && string(dst[first-size:first]) == string(dst[first:]) {
		dst = dst[:first]
	}
	if h.Type == LineString {
		return p.Slice(1, p.Len()).append(dst, true), nil
	}
	if p.Len()%2 == 0 {
		return dst, l.fail("an arc string has %d positions, an even number", p.Len())
	}
	l.curved = l.curved || p.Len() > 1
	for i := 0; i+2 < p.Len(); i += 2 {
		dst = l.arc(dst, p, i)
		if len(dst)-l.start > mostLinear {
			return dst, l.fail("its arcs would have more than %d MB as straight edges", mostLinear>>20)
		}
	}
	return dst, nil
}

// arc writes the positions behind the first of the arc through three.
func (l *linear) arc(dst []byte, p Positions, i int) []byte {
	x0, y0 := p.XY(i)
	x1, y1 := p.XY(i + 1)
	x2, y2 := p.XY(i + 2)
	c, ok := circleThrough(x0, y0, x1, y1, x2, y2)
	if !ok {
		return p.Slice(i+1, i+3).append(dst, true)
	}
	for k, sweep := range c.sweeps {
		n := c.edges(sweep, l.tolerance)
		from, to := p.AppendCoordinates(nil, i+k), p.AppendCoordinates(nil, i+k+1)
		for e := 1; e < n; e++ {
			part := float64(e) / float64(n)
			sin, cos := math.Sincos(c.angles[k] + sweep*part)
			dst = AppendFloats(dst, c.x+c.radius*cos, c.y+c.radius*sin)
			for d := 2; d < len(from); d++ {
				dst = AppendFloats(dst, from[d]+(to[d]-from[d])*part)
			}
		}
		dst = AppendFloats(dst, to...)
	}
	return dst
}
