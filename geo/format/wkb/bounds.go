package wkb

import (
	"encoding/binary"
	"math"
)

// Box bounds positions in the plane. The zero Box is not empty: start with EmptyBox.
type Box struct{ MinX, MinY, MaxX, MaxY float64 }

// EmptyBox bounds nothing.
func EmptyBox() Box {
	return Box{MinX: math.Inf(1), MinY: math.Inf(1), MaxX: math.Inf(-1), MaxY: math.Inf(-1)}
}

// IsEmpty reports whether the box bounds nothing.
func (b Box) IsEmpty() bool { return !(b.MinX <= b.MaxX && b.MinY <= b.MaxY) }

// Extend makes the box bound the position too; NaN is passed over.
func (b *Box) Extend(x, y float64) {
	if math.IsNaN(x) || math.IsNaN(y) {
		return
	}
	b.MinX, b.MinY = min(b.MinX, x), min(b.MinY, y)
	b.MaxX, b.MaxY = max(b.MaxX, x), max(b.MaxY, y)
}

// Union makes the box bound another one too.
func (b *Box) Union(o Box) {
	if !o.IsEmpty() {
		b.Extend(o.MinX, o.MinY)
		b.Extend(o.MaxX, o.MaxY)
	}
}

// Bounds reads a whole geometry and bounds its positions. It is EmptyBox for a
// geometry without any. It fails with a SyntaxError on broken bytes.
func Bounds(data []byte) (Box, error) {
	b := EmptyBox()
	err := Walk(data, func(_ Header, p Positions) error {
		for i := range p.Len() {
			b.Extend(p.XY(i))
		}
		return nil
	})
	return b, err
}

// Finite reports whether the first two coordinates of all positions are finite numbers. A
// point of which neither is a number is an empty one. It costs about 1 ns a position, and
// fails with a SyntaxError on broken bytes.
func Finite(data []byte) (bool, error) {
	finite := true
	err := Walk(data, func(h Header, p Positions) error {
		finite = finite && (p.finite() || h.Type == Point && p.isEmpty())
		return nil
	})
	return finite, err
}

// finite reports whether there is a number wherever one belongs: 0 times what is not finite is
// no number, and neither is any sum with that.
func (p Positions) finite() bool {
	var inX, inY float64
	if p.Header.BigEndian {
		for i := range p.n {
			x, y := p.XY(i)
			inX, inY = inX+0*x, inY+0*y
		}
		return inX+inY == 0
	}
	for b := p.bytes; len(b) >= 16; b = b[p.size:] { // three times as quick
		inX += 0 * math.Float64frombits(binary.LittleEndian.Uint64(b))
		inY += 0 * math.Float64frombits(binary.LittleEndian.Uint64(b[8:]))
	}
	return inX+inY == 0
}

// isEmpty reports whether the one position is how a point without any is written.
func (p Positions) isEmpty() bool {
	x, y := p.XY(0)
	return math.IsNaN(x) && math.IsNaN(y)
}

// Walk calls visit for each run of positions (a point, a line, a ring) in order,
// with the header of the geometry that it belongs to directly. It stops at the
// first error of visit, and fails with a SyntaxError on broken bytes.
func Walk(data []byte, visit func(Header, Positions) error) error {
	r := NewReader(data)
	h, err := r.Header()
	if err != nil {
		return err
	}
	err = r.Runs(h, func(h Header, _ int, p Positions) error { return visit(h, p) })
	if err != nil {
		return err
	}
	return r.End()
}

// Runs reads the geometry whose header was read last, and calls visit for each run of
// positions in order, with the header of the geometry that it belongs to directly and,
// in a polygon, the number of the ring, 0 for the outer one. It stops at the first error.
func (r *Reader) Runs(h Header, visit func(Header, int, Positions) error) error {
	switch h.Type {
	case Point:
		p, err := r.Positions(h, 1)
		if err != nil {
			return err
		}
		return visit(h, 0, p)
	case LineString:
		p, err := r.Sequence(h)
		if err != nil {
			return err
		}
		return visit(h, 0, p)
	case Polygon:
		n, err := r.Count(h, RingSize)
		for i := 0; i < n && err == nil; i++ {
			var p Positions
			if p, err = r.Sequence(h); err == nil {
				err = visit(h, i, p)
			}
		}
		return err
	}
	n, err := r.Count(h, MemberSize)
	for i := 0; i < n && err == nil; i++ {
		var m Header
		if m, err = r.Member(h); err == nil {
			err = r.Runs(m, visit)
		}
	}
	return err
}
