package geodesy

import (
	"encoding/binary"
	"math"

	"github.com/paulmach/orb"

	"kawasan/geo"
)

// PrepareWKB makes a Shape straight from well-known binary, ISO or EWKB, of
// either byte order. Z and M are skipped, an SRID must be 4326 or absent. The
// types are those of Prepare, and so are the checks. Memory stays within a
// small multiple of the input whatever counts it claims. Bytes that are not WKB
// give a *geo.Error of code Invalid.
func PrepareWKB(b []byte) (*Shape, error) {
	var r wkbReader
	s, err := r.shape(b)
	if err != nil {
		return nil, err
	}
	s.trim()
	return s, nil
}

// Preparer makes shapes that are needed for a moment only, one at a time, in memory
// of its own: that costs half of what PrepareWKB does. The zero value is ready. It is for
// one goroutine.
type Preparer struct {
	reader wkbReader
	walk   pointWalk
}

// WKB is PrepareWKB; the shape is good until the next call.
func (p *Preparer) WKB(b []byte) (*Shape, error) { return p.reader.shape(b) }

// shape reads all of a geometry, in the memory of the shape before.
func (r *wkbReader) shape(b []byte) (*Shape, error) {
	r.data, r.order = b, nil
	r.out.reset()
	if err := r.geometry(0, 0); err != nil {
		return nil, err
	}
	if len(r.data) != 0 {
		return nil, geo.Errorf(geo.Invalid, "the binary geometry has %d bytes too many", len(r.data))
	}
	return r.out.shape()
}

// Types of WKB, without the Z, M and SRID marks.
const (
	wkbAny = iota
	wkbPoint
	wkbLineString
	wkbPolygon
	wkbMultiPoint
	wkbMultiLineString
	wkbMultiPolygon
	wkbCollection
)

type wkbReader struct {
	data  []byte
	order binary.ByteOrder
	out   builder
}

// geometry reads one geometry; member names the only type allowed here, or wkbAny.
func (r *wkbReader) geometry(member uint32, depth int) error {
	if depth > maxDepth {
		return geo.Errorf(geo.Invalid, "geometry collections are nested more than %d deep", maxDepth)
	}
	kind, dims, err := r.header()
	if err != nil {
		return err
	}
	if member != wkbAny && kind != member {
		return geo.Errorf(geo.Invalid, "the binary geometry has a member of a wrong type")
	}
	switch kind {
	case wkbPoint:
		return r.point(dims)
	case wkbLineString:
		return r.run(linePart, dims)
	case wkbPolygon:
		return r.polygon(dims)
	case wkbMultiPoint, wkbMultiLineString, wkbMultiPolygon:
		return r.members(kind-3, depth)
	case wkbCollection:
		return r.members(wkbAny, depth)
	}
	return geo.Errorf(geo.Unsupported, "binary geometries of type %d cannot be measured", kind).
		Try("give points, lines, polygons or collections of them")
}

// header reads byte order, type and SRID, and gives the type and the number of
// coordinates of a position.
func (r *wkbReader) header() (kind uint32, dims int, err error) {
	if len(r.data) < 5 {
		return 0, 0, truncated()
	}
	switch r.data[0] {
	case 0:
		r.order = binary.BigEndian
	case 1:
		r.order = binary.LittleEndian
	default:
		return 0, 0, geo.Errorf(geo.Invalid, "the binary geometry does not begin with a byte order of 0 or 1")
	}
	t := r.order.Uint32(r.data[1:])
	r.data = r.data[5:]
	const zMark, mMark, sridMark = 0x80000000, 0x40000000, 0x20000000
	dims = 2
	if t&zMark != 0 {
		dims++
	}
	if t&mMark != 0 {
		dims++
	}
	if t&sridMark != 0 {
		srid, err := r.uint32()
		if err != nil {
			return 0, 0, err
		}
		if srid != 4326 && srid != 0 {
			return 0, 0, geo.Errorf(geo.Invalid, "the binary geometry is in the reference system %d", srid).
				Try("give longitude and latitude on WGS84, 4326")
		}
	}
	t &^= zMark | mMark | sridMark
	switch t / 1000 {
	case 0:
	case 1, 2:
		dims++
	case 3:
		dims += 2
	default:
		return t, dims, nil // an unknown type, which the caller refuses
	}
	if dims > 4 {
		return 0, 0, geo.Errorf(geo.Invalid, "the binary geometry is marked as having Z or M twice")
	}
	return t % 1000, dims, nil
}

func (r *wkbReader) uint32() (uint32, error) {
	if len(r.data) < 4 {
		return 0, truncated()
	}
	v := r.order.Uint32(r.data)
	r.data = r.data[4:]
	return v, nil
}

// count reads a count of things of at least size bytes each.
func (r *wkbReader) count(size int) (int, error) {
	n, err := r.uint32()
	if err != nil {
		return 0, err
	}
	if uint64(n)*uint64(size) > uint64(len(r.data)) {
		return 0, truncated()
	}
	return int(n), nil
}

func (r *wkbReader) members(kind uint32, depth int) error {
	n, err := r.count(9) // byte order, type, and a count or more
	if err != nil {
		return err
	}
	for range n {
		if err := r.geometry(kind, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// point reads a position. An empty point is written as NaN and is skipped.
func (r *wkbReader) point(dims int) error {
	if len(r.data) < 8*dims {
		return truncated()
	}
	x, y := r.xy()
	r.data = r.data[8*dims:]
	if math.IsNaN(x) && math.IsNaN(y) {
		return nil
	}
	r.out.begin(pointPart)
	if err := r.out.vertex(x, y); err != nil {
		return err
	}
	return r.out.end()
}

func (r *wkbReader) polygon(dims int) error {
	n, err := r.count(4)
	if err != nil {
		return err
	}
	kind := outerPart
	for i := range n {
		before := len(r.out.s.parts)
		if err := r.run(kind, dims); err != nil {
			return err
		}
		if i == 0 && len(r.out.s.parts) == before && n > 1 {
			return geo.Errorf(geo.Invalid, "a polygon has holes but its exterior ring is empty").Try("give the exterior ring first")
		}
		kind = holePart
	}
	return nil
}

// run reads the positions of a line or ring; an empty one is skipped.
func (r *wkbReader) run(kind partKind, dims int) error {
	n, err := r.count(8 * dims)
	if err != nil || n == 0 {
		return err
	}
	if cap(r.out.s.xy) == 0 {
		r.out.s.xy = make([]float64, 0, 2*n)
	}
	r.out.begin(kind)
	if data := r.data[:8*dims*n]; r.order == binary.LittleEndian && dims == 2 && r.out.takes(n) {
		r.data = r.data[len(data):]
		if err := r.out.run(data); err != nil {
			return err
		}
		return r.out.end()
	}
	for range n {
		x, y := r.xy()
		r.data = r.data[8*dims:]
		if err := r.out.vertex(x, y); err != nil {
			return err
		}
	}
	return r.out.end()
}

func (r *wkbReader) xy() (x, y float64) {
	return math.Float64frombits(r.order.Uint64(r.data)), math.Float64frombits(r.order.Uint64(r.data[8:]))
}

func truncated() *geo.Error {
	return geo.Errorf(geo.Invalid, "the binary geometry ends too early")
}

// positions calls yield for the positions of one geometry until that says false or
// the bytes are not understood, and reports whether all were read. An empty point
// has none.
func (r *wkbReader) positions(depth int, yield func(x, y float64) bool) bool {
	kind, dims, err := r.header()
	if err != nil || depth > maxDepth {
		return false
	}
	switch kind {
	case wkbPoint:
		return r.steps(1, dims, yield)
	case wkbLineString:
		return r.countedSteps(dims, yield)
	case wkbPolygon:
		rings, err := r.count(4)
		for range rings {
			if !r.countedSteps(dims, yield) {
				return false
			}
		}
		return err == nil
	case wkbMultiPoint, wkbMultiLineString, wkbMultiPolygon, wkbCollection:
		members, err := r.count(9)
		for range members {
			if !r.positions(depth+1, yield) {
				return false
			}
		}
		return err == nil
	}
	return false
}

func (r *wkbReader) countedSteps(dims int, yield func(x, y float64) bool) bool {
	n, err := r.count(8 * dims)
	return err == nil && r.steps(n, dims, yield)
}

func (r *wkbReader) steps(n, dims int, yield func(x, y float64) bool) bool {
	if len(r.data) < 8*dims*n {
		return false
	}
	for range n {
		x, y := r.xy()
		r.data = r.data[8*dims:]
		if !(math.IsNaN(x) && math.IsNaN(y)) && !yield(x, y) {
			return false
		}
	}
	return true
}

// boundOfWKB bounds the positions of well-known binary; the zero Bound if there are
// none or the bytes are not understood.
func boundOfWKB(b []byte) orb.Bound {
	r := wkbReader{data: b}
	var bound orb.Bound
	first := true
	all := r.positions(0, func(x, y float64) bool {
		if p := (orb.Point{x, y}); first {
			bound, first = p.Bound(), false
		} else {
			bound = bound.Extend(p)
		}
		return !math.IsNaN(x) && !math.IsNaN(y)
	})
	if !all {
		return orb.Bound{}
	}
	return bound
}
