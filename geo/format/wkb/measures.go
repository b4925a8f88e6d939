package wkb

// AppendWithoutM appends a geometry as little-endian ISO WKB without measures. It
// fails with a SyntaxError on broken bytes, with dst as it was.
func AppendWithoutM(dst, data []byte) ([]byte, error) {
	start := len(dst)
	r := NewReader(data)
	h, err := r.Header()
	if err == nil {
		dst, err = r.withoutM(dst, h)
	}
	if err != nil {
		return dst[:start], err
	}
	return dst, nil
}

func (r *Reader) withoutM(dst []byte, h Header) ([]byte, error) {
	dst = AppendHeader(dst, h.Type, h.HasZ, false)
	switch h.Type {
	case Point:
		p, err := r.Positions(h, 1)
		return p.appendXYZ(dst), err
	case LineString:
		p, err := r.Sequence(h)
		return p.appendXYZ(AppendCount(dst, p.Len())), err
	case Polygon:
		n, err := r.Count(h, RingSize)
		dst = AppendCount(dst, n)
		for i := 0; i < n && err == nil; i++ {
			var p Positions
			p, err = r.Sequence(h)
			dst = p.appendXYZ(AppendCount(dst, p.Len()))
		}
		return dst, err
	}
	n, err := r.Count(h, MemberSize)
	dst = AppendCount(dst, n)
	for i := 0; i < n && err == nil; i++ {
		var m Header
		if m, err = r.Member(h); err == nil {
			dst, err = r.withoutM(dst, m)
		}
	}
	return dst, err
}

func (p Positions) appendXYZ(dst []byte) []byte {
	for i := range p.Len() {
		x, y := p.XY(i)
		dst = AppendFloats(dst, x, y)
		if p.Header.HasZ {
			dst = AppendFloats(dst, p.Z(i))
		}
	}
	return dst
}
