package intake

import (
	"encoding/binary"

	"kawasan/geo/format/wkb"
)

// fit brings a geometry into the form of a collection where that needs no
// judgement: a single one becomes a Multi, a Multi of one member the member, heights
// and measures that the collection doesn't keep are dropped, and a height of 0 is
// given where it wants one. Whatever else differs is left for the judge to refuse.
type fit struct {
	want       wkb.Type // 0 for mixed geometries
	hasZ, hasM bool
}

// fitFor is the form of a collection.
func fitFor(geometryType string, hasZ, hasM bool) fit {
	f := fit{hasZ: hasZ, hasM: hasM}
	for t := wkb.Point; t <= wkb.GeometryCollection; t++ {
		if t.String() == geometryType {
			f.want = t
		}
	}
	return f
}

// kind brings the type of a geometry (little-endian ISO WKB) in line.
func (f fit) kind(g []byte) ([]byte, error) {
	h, err := header(g)
	if err != nil || f.want == 0 || h.Type == f.want {
		return g, err
	}
	const head = 5
	switch {
	case f.want.Member() == h.Type:
		out := wkb.AppendCount(wkb.AppendHeader(make([]byte, 0, len(g)+head+4), f.want, h.HasZ, h.HasM), 1)
		return append(out, g...), nil
	case h.Type.Member() == f.want && len(g) > head+4 && binary.LittleEndian.Uint32(g[head:]) == 1:
		return g[head+4:], nil
	}
	return g, nil
}

// dimensions brings the dimensions in line. zDropped and zGiven say what that did.
func (f fit) dimensions(g []byte) (out []byte, zDropped, mDropped, zGiven bool, err error) {
	h, err := header(g)
	if err != nil || h.HasZ == f.hasZ && h.HasM == f.hasM {
		return g, false, false, false, err
	}
	r := wkb.NewReader(g)
	out, err = f.copy(make([]byte, 0, len(g)), &r, nil)
	return out, h.HasZ && !f.hasZ, h.HasM && !f.hasM, f.hasZ && !h.HasZ, err
}

// copy writes the next geometry; of is the one that it is a member of, nil for none.
func (f fit) copy(dst []byte, r *wkb.Reader, of *wkb.Header) ([]byte, error) {
	var h wkb.Header
	var err error
	if of == nil {
		h, err = r.Header()
	} else {
		h, err = r.Member(*of)
	}
	if err != nil {
		return dst, err
	}
	return f.body(wkb.AppendHeader(dst, h.Type, f.hasZ, f.hasM), r, h)
}

func (f fit) body(dst []byte, r *wkb.Reader, h wkb.Header) ([]byte, error) {
	switch h.Type {
	case wkb.Point:
		p, err := r.Positions(h, 1)
		return f.positions(dst, p), err
	case wkb.LineString:
		p, err := r.Sequence(h)
		return f.positions(wkb.AppendCount(dst, p.Len()), p), err
	case wkb.Polygon:
		n, err := r.Count(h, wkb.RingSize)
		dst = wkb.AppendCount(dst, n)
		for i := 0; i < n && err == nil; i++ {
			var p wkb.Positions
			p, err = r.Sequence(h)
			dst = f.positions(wkb.AppendCount(dst, p.Len()), p)
		}
		return dst, err
	}
	n, err := r.Count(h, wkb.MemberSize)
	dst = wkb.AppendCount(dst, n)
	for i := 0; i < n && err == nil; i++ {
		dst, err = f.copy(dst, r, &h)
	}
	return dst, err
}

func (f fit) positions(dst []byte, p wkb.Positions) []byte {
	for i := range p.Len() {
		x, y := p.XY(i)
		dst = wkb.AppendFloats(dst, x, y)
		if f.hasZ {
			dst = wkb.AppendFloats(dst, p.Z(i))
		}
		if f.hasM {
			dst = wkb.AppendFloats(dst, p.M(i))
		}
	}
	return dst
}

func header(g []byte) (wkb.Header, error) {
	r := wkb.NewReader(g)
	return r.Header()
}

// multi is the type that a new collection gets for one declared in a file:
// areas and lines become Multi, since the next feature may well have two parts.
func multi(geometryType string) string {
	switch geometryType {
	case "Polygon", "LineString":
		return "Multi" + geometryType
	}
	return geometryType
}
