// Package wkb reads well-known binary, the form in which geometries travel
// between the store and the exchange formats. It accepts ISO WKB and the EWKB of
// PostGIS in either byte order, and is safe on hostile bytes: no count is believed
// before the bytes that it promises are there, and nesting is limited.
package wkb

import (
	"encoding/binary"
	"fmt"
	"math"
	"slices"
)

// Type is the kind of a geometry, with the codes of ISO 19125.
type Type uint8

// The types; of curves Linear makes some of these, surfaces in space are not read.
const (
	Point Type = iota + 1
	LineString
	Polygon
	MultiPoint
	MultiLineString
	MultiPolygon
	GeometryCollection
)

var names = [...]string{"", "Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon", "GeometryCollection", "CircularString", "CompoundCurve", "CurvePolygon", "MultiCurve", "MultiSurface"}

// String gives the name as GeoJSON spells it.
func (t Type) String() string {
	if int(t) < len(names) {
		return names[t]
	}
	return fmt.Sprintf("type %d", uint8(t))
}

// Member gives the type of the members of a Multi type, 0 for all others.
func (t Type) Member() Type {
	if t >= MultiPoint && t <= MultiPolygon {
		return t - 3
	}
	return 0
}

// MaxDepth is how deep geometry collections may nest.
const MaxDepth = 32

// A SyntaxError says what is wrong with the bytes, and where.
type SyntaxError struct {
	Offset int    // in bytes from the start
	Reason string // a phrase, safe to show
}

func (e *SyntaxError) Error() string { return fmt.Sprintf("WKB at byte %d: %s", e.Offset, e.Reason) }

// Header is what stands before the coordinates of a geometry.
type Header struct {
	Type       Type
	HasZ, HasM bool
	BigEndian  bool
	SRID       uint32 // of EWKB; 0 if there is none
	Depth      int    // 0 for the outermost geometry
}

// Size gives the number of bytes of a position.
func (h Header) Size() int {
	n := 16
	if h.HasZ {
		n += 8
	}
	if h.HasM {
		n += 8
	}
	return n
}

// Reader walks over the bytes of one geometry. Headers, counts and positions are
// read in the order in which they stand.
type Reader struct {
	data []byte
	at   int
	arcs bool // types with arcs are read too
}

// NewReader starts at the first byte.
func NewReader(data []byte) Reader { return Reader{data: data} }

// Offset is the number of bytes read so far.
func (r *Reader) Offset() int { return r.at }

// Rest is the number of bytes not yet read.
func (r *Reader) Rest() int { return len(r.data) - r.at }

func (r *Reader) fail(format string, args ...any) error {
	return &SyntaxError{Offset: r.at, Reason: fmt.Sprintf(format, args...)}
}

// Header reads the header of the outermost geometry.
func (r *Reader) Header() (Header, error) { return r.header(0) }

// Member reads the header of a member of a collection or Multi geometry.
func (r *Reader) Member(of Header) (Header, error) {
	h, err := r.header(of.Depth + 1)
	if err != nil {
		return h, err
	}
	if want := of.Type.Member(); want != 0 && h.Type != want {
		return h, r.fail("a %s contains a %s", of.Type, h.Type)
	}
	return h, nil
}

// SRID gives that of the outermost geometry of EWKB; 0 if there is none.
func SRID(data []byte) int {
	r := Reader{data: data, arcs: true}
	h, err := r.Header()
	if err != nil {
		return 0
	}
	return int(h.SRID)
}

const (
	flagZ    = 0x80000000
	flagM    = 0x40000000
	flagSRID = 0x20000000
)

func (r *Reader) header(depth int) (Header, error) {
	h := Header{Depth: depth}
	if depth > MaxDepth {
		return h, r.fail("collections are nested more than %d deep", MaxDepth)
	}
	if r.Rest() < 5 {
		return h, r.fail("the bytes end within a header")
	}
	switch r.data[r.at] {
	case 0:
		h.BigEndian = true
	case 1:
	default:
		return h, r.fail("byte order %d is neither 0 nor 1", r.data[r.at])
	}
	r.at++
	code := r.uint32(h)
	h.HasZ, h.HasM = code&flagZ != 0, code&flagM != 0
	srid := code&flagSRID != 0
	code &^= flagZ | flagM | flagSRID
	if dims := code / 1000; dims <= 3 {
		h.HasZ = h.HasZ || dims == 1 || dims == 3
		h.HasM = h.HasM || dims >= 2
		code %= 1000
	}
	last := GeometryCollection
	if r.arcs {
		last = triangle
	}
	if code < uint32(Point) || code > uint32(last) {
		return h, r.fail("geometry type %d is not supported", code)
	}
	h.Type = Type(code)
	if srid {
		if r.Rest() < 4 {
			return h, r.fail("the bytes end within a header")
		}
		h.SRID = r.uint32(h)
	}
	return h, nil
}

func (r *Reader) uint32(h Header) uint32 {
	b := r.data[r.at:]
	r.at += 4
	if h.BigEndian {
		return binary.BigEndian.Uint32(b)
	}
	return binary.LittleEndian.Uint32(b)
}

// Count reads how many members, rings or positions follow, each at least size
// bytes long; it fails if so many can't be there.
func (r *Reader) Count(h Header, size int) (int, error) {
	if r.Rest() < 4 {
		return 0, r.fail("the bytes end within a count")
	}
	n := r.uint32(h)
	if uint64(n)*uint64(size) > uint64(r.Rest()) {
		return 0, r.fail("%d parts are announced but %d bytes are left", n, r.Rest())
	}
	return int(n), nil
}

// Smallest sizes of what Count may announce.
const (
	MemberSize = 9 // a header and a count
	RingSize   = 4 // a count
)

// Positions takes the bytes of n positions.
func (r *Reader) Positions(h Header, n int) (Positions, error) {
	size := h.Size()
	if n > r.Rest()/size {
		return Positions{}, r.fail("%d positions are announced but %d bytes are left", n, r.Rest())
	}
	p := Positions{Header: h, bytes: r.data[r.at : r.at+n*size], size: size, n: n}
	r.at += n * size
	return p, nil
}

// Sequence reads a count and as many positions: a line or a ring.
func (r *Reader) Sequence(h Header) (Positions, error) {
	n, err := r.Count(h, h.Size())
	if err != nil {
		return Positions{}, err
	}
	return r.Positions(h, n)
}

// End fails unless all bytes have been read.
func (r *Reader) End() error {
	if r.Rest() > 0 {
		return r.fail("%d bytes are left over", r.Rest())
	}
	return nil
}

// Positions are positions that lie one after another in the bytes.
type Positions struct {
	Header Header
	bytes  []byte
	size   int
	n      int
}

// Len is the number of positions.
func (p Positions) Len() int { return p.n }

// Slice gives those from one to before another.
func (p Positions) Slice(from, to int) Positions {
	p.bytes, p.n = p.bytes[from*p.size:to*p.size], to-from
	return p
}

// XY gives the first two coordinates of a position.
func (p Positions) XY(i int) (x, y float64) {
	b := p.bytes[i*p.size:]
	if len(b) < 16 {
		return 0, 0
	}
	if p.Header.BigEndian {
		return math.Float64frombits(binary.BigEndian.Uint64(b)), math.Float64frombits(binary.BigEndian.Uint64(b[8:]))
	}
	return math.Float64frombits(binary.LittleEndian.Uint64(b)), math.Float64frombits(binary.LittleEndian.Uint64(b[8:]))
}

// AppendXY appends the first two coordinates of each position, little endian: where
// that is how they lie already, in one go.
func (p Positions) AppendXY(dst []byte) []byte {
	if p.size == 16 && !p.Header.BigEndian {
		return append(dst, p.bytes...)
	}
	for i := range p.n {
		x, y := p.XY(i)
		dst = AppendFloats(dst, x, y)
	}
	return dst
}

// Ordinate gives coordinate k (0 is x) of a position.
func (p Positions) Ordinate(i, k int) float64 {
	b := p.bytes[i*p.size+k*8:]
	if p.Header.BigEndian {
		return math.Float64frombits(binary.BigEndian.Uint64(b))
	}
	return math.Float64frombits(binary.LittleEndian.Uint64(b))
}

// AppendCoordinates appends all coordinates of one position.
func (p Positions) AppendCoordinates(dst []float64, i int) []float64 {
	return p.Slice(i, i+1).AppendOrdinates(dst)
}

// AppendOrdinates appends all coordinates of all positions, in order.
func (p Positions) AppendOrdinates(dst []float64) []float64 {
	b := p.bytes[:p.n*p.size]
	first := len(dst)
	dst = slices.Grow(dst, len(b)/8)[:first+len(b)/8]
	to := dst[first:]
	if p.Header.BigEndian {
		for i := range to {
			to[i] = math.Float64frombits(binary.BigEndian.Uint64(b[8*i:]))
		}
		return dst
	}
	for i := range to {
		to[i] = math.Float64frombits(binary.LittleEndian.Uint64(b[8*i:]))
	}
	return dst
}

// Z gives the height of a position; 0 if there is none.
func (p Positions) Z(i int) float64 {
	if !p.Header.HasZ {
		return 0
	}
	return p.Ordinate(i, 2)
}

// M gives the measure of a position; 0 if there is none.
func (p Positions) M(i int) float64 {
	if !p.Header.HasM {
		return 0
	}
	return p.Ordinate(i, p.size/8-1)
}

// SignedArea gives the area enclosed in the plane, in squared units of the
// coordinates: positive if the ring runs counterclockwise.
func (p Positions) SignedArea() float64 {
	if p.n < 3 {
		return 0
	}
	// Relative to the first position, so that small rings far from 0 keep their digits.
	x0, y0 := p.XY(0)
	var sum, px, py float64
	for i := 1; i < p.n; i++ {
		x, y := p.XY(i)
		x -= x0
		y -= y0
		sum += px*y - x*py
		px, py = x, y
	}
	return sum / 2
}
