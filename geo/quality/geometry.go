package quality

import (
	"encoding/binary"
	"math"

	"kawasan/geo/format/wkb"
)

// geometry is a decoded geometry that keeps everything, broken or not.
type geometry struct {
	kind       wkb.Type
	hasZ, hasM bool
	members    []*geometry // of a Multi type or collection
	lines      []line      // rings of a polygon; the one line of a line or point
}

// line is a run of positions, dims numbers each: lon, lat, then Z and M.
type line struct {
	c    []float64
	dims int
}

func (l line) len() int                 { return len(l.c) / l.dims }
func (l line) at(i int) (x, y float64)  { return l.c[i*l.dims], l.c[i*l.dims+1] }
func (l line) position(i int) []float64 { return l.c[i*l.dims : (i+1)*l.dims] }
func (l line) closed() bool             { return l.len() > 0 && samePosition(l.position(0), l.position(l.len()-1)) }

func (l line) sameXY(i, j int) bool {
	return l.c[i*l.dims] == l.c[j*l.dims] && l.c[i*l.dims+1] == l.c[j*l.dims+1]
}

func (g *geometry) polygonal() bool { return g.kind == wkb.Polygon || g.kind == wkb.MultiPolygon }
func finite(x float64) bool         { return !math.IsNaN(x) && !math.IsInf(x, 0) }
func samePosition(a, b []float64) bool {
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// decode reads WKB. It fails with a *wkb.SyntaxError on broken bytes. It takes 8
// bytes of memory for each of the input that is coordinates, more for tiny members.
func decode(data []byte) (*geometry, error) { return new(bench).decode(data) }

// decode is decode on the bench, in place of what lay there.
func (b *bench) decode(data []byte) (*geometry, error) {
	b.clear()
	r := wkb.NewReader(data)
	h, err := r.Header()
	if err != nil {
		return nil, err
	}
	g, err := b.member(&r, h)
	if err != nil {
		return nil, err
	}
	return g, r.End()
}

func (b *bench) member(r *wkb.Reader, h wkb.Header) (*geometry, error) {
	g := b.geometry(h)
	switch h.Type {
	case wkb.Point:
		p, err := r.Positions(h, 1)
		if err != nil {
			return nil, err
		}
		g.lines = append(room(&b.lines, 1), b.line(p))
		return g, nil
	case wkb.LineString:
		p, err := r.Sequence(h)
		if err != nil {
			return nil, err
		}
		g.lines = append(room(&b.lines, 1), b.line(p))
		return g, nil
	case wkb.Polygon:
		n, err := r.Count(h, wkb.RingSize)
		if err == nil {
			g.lines = room(&b.lines, n)
		}
		for i := 0; i < n && err == nil; i++ {
			var p wkb.Positions
			if p, err = r.Sequence(h); err == nil {
				g.lines = append(g.lines, b.line(p))
			}
		}
		return g, err
	}
	n, err := r.Count(h, wkb.MemberSize)
	if err == nil {
		g.members = room(&b.members, n)
	}
	for i := 0; i < n && err == nil; i++ {
		var header wkb.Header
		var m *geometry
		if header, err = r.Member(h); err != nil {
			break
		}
		if m, err = b.member(r, header); err == nil {
			g.members = append(g.members, m)
		}
	}
	return g, err
}

// empty reports whether there is no position at all; the point of NaN is POINT EMPTY.
func (g *geometry) empty() bool {
	for _, m := range g.members {
		if !m.empty() {
			return false
		}
	}
	for _, l := range g.lines {
		if g.kind == wkb.Point && math.IsNaN(l.c[0]) && math.IsNaN(l.c[1]) {
			continue
		}
		if l.len() > 0 {
			return false
		}
	}
	return true
}

// walk visits the members that are no collections, with their number from 1.
func (g *geometry) walk(visit func(part int, g *geometry)) {
	part := 0
	g.leaves(&part, visit)
}

func (g *geometry) leaves(part *int, visit func(int, *geometry)) {
	if g.kind >= wkb.MultiPoint {
		for _, m := range g.members {
			m.leaves(part, visit)
		}
		return
	}
	*part++
	visit(*part, g)
}

// encode gives little-endian ISO WKB.
func (g *geometry) encode(dst []byte) []byte {
	code := uint32(g.kind)
	if g.hasZ {
		code += 1000
	}
	if g.hasM {
		code += 2000
	}
	dst = binary.LittleEndian.AppendUint32(append(dst, 1), code)
	switch g.kind {
	case wkb.Point:
	case wkb.LineString:
		dst = binary.LittleEndian.AppendUint32(dst, uint32(g.lines[0].len()))
	case wkb.Polygon:
		dst = binary.LittleEndian.AppendUint32(dst, uint32(len(g.lines)))
	default:
		dst = binary.LittleEndian.AppendUint32(dst, uint32(len(g.members)))
		for _, m := range g.members {
			dst = m.encode(dst)
		}
	}
	for _, l := range g.lines {
		if g.kind == wkb.Polygon {
			dst = binary.LittleEndian.AppendUint32(dst, uint32(l.len()))
		}
		for _, v := range l.c {
			dst = binary.LittleEndian.AppendUint64(dst, math.Float64bits(v))
		}
	}
	return dst
}
