package wkb

// AppendWithoutM appends a geometry as little-endian ISO WKB without measures. It
// fails with a SyntaxError on broken bytes, with dst as it was.
func AppendWithoutM(dst, data []byte) ([]byte, error) {
	start := len(dst)
	r := NewReader(data)
	h, err := r.Header()
	if err == nil {
		dst, err = r.rewrite(dst, h, false)
	}
	if err != nil {
		return dst[:start], err
	}
	return dst, nil
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
