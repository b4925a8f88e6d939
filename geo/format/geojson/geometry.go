package geojson

import (
	"math"

	"kawasan/geo"
	"kawasan/geo/format/decimal"
	"kawasan/geo/format/wkb"
)

// AppendGeometry writes well-known binary (ISO or EWKB, either byte order) as a
// GeoJSON geometry; null for no bytes. It fails with Invalid on broken bytes and
// on coordinates that are not finite, and with dst as it was.
func AppendGeometry(dst, bytes []byte, o Options) ([]byte, error) {
	if len(bytes) == 0 {
		return append(dst, "null"...), nil
	}
	start := len(dst)
	w := writer{r: wkb.NewReader(bytes), decimals: o.decimals(), transform: o.Transform}
	h, err := w.r.Header()
	if err == nil {
		if dst, err = w.geometry(dst, h); err == nil {
			err = w.r.End()
		}
	}
	if err != nil {
		return dst[:start], geo.Errorf(geo.Invalid, "the geometry can't be written as GeoJSON").Because(err)
	}
	return dst, nil
}

type writer struct {
	r         wkb.Reader
	decimals  int
	transform func(x, y float64) (float64, float64)
}

func (w *writer) geometry(dst []byte, h wkb.Header) ([]byte, error) {
	dst = append(dst, `{"type":"`...)
	dst = append(dst, h.Type.String()...)
	if h.Type == wkb.GeometryCollection {
		dst = append(dst, `","geometries":`...)
	} else {
		dst = append(dst, `","coordinates":`...)
	}
	dst, err := w.coordinates(dst, h)
	return append(dst, '}'), err
}

func (w *writer) coordinates(dst []byte, h wkb.Header) ([]byte, error) {
	switch h.Type {
	case wkb.Point:
		p, err := w.r.Positions(h, 1)
		if err != nil {
			return dst, err
		}
		if isEmpty(p) {
			return append(dst, "[]"...), nil
		}
		return w.position(dst, p, 0)
	case wkb.LineString:
		p, err := w.r.Sequence(h)
		if err != nil {
			return dst, err
		}
		return w.positions(dst, p, false)
	case wkb.Polygon:
		return w.polygon(dst, h)
	default:
		return w.members(dst, h)
	}
}

func (w *writer) polygon(dst []byte, h wkb.Header) ([]byte, error) {
	n, err := w.r.Count(h, wkb.RingSize)
	if err != nil {
		return dst, err
	}
	dst = append(dst, '[')
	for i := range n {
		ring, err := w.r.Sequence(h)
		if err != nil {
			return dst, err
		}
		if ring.Len() == 0 {
			continue
		}
		if dst[len(dst)-1] == ']' {
			dst = append(dst, ',')
		}
		area := ring.SignedArea()
		reverse := area < 0
		if i > 0 {
			reverse = area > 0
		}
		if dst, err = w.positions(dst, ring, reverse); err != nil {
			return dst, err
		}
	}
	return append(dst, ']'), nil
}

func (w *writer) members(dst []byte, h wkb.Header) ([]byte, error) {
	n, err := w.r.Count(h, wkb.MemberSize)
	if err != nil {
		return dst, err
	}
	dst = append(dst, '[')
	first := len(dst)
	for range n {
		m, err := w.r.Member(h)
		if err != nil {
			return dst, err
		}
		before := len(dst)
		if before > first {
			dst = append(dst, ',')
		}
		begin := len(dst)
		if h.Type == wkb.GeometryCollection {
			dst, err = w.geometry(dst, m)
		} else {
			dst, err = w.coordinates(dst, m)
			if err == nil && len(dst) == begin+2 { // [] is an empty member
				dst = dst[:before]
			}
		}
		if err != nil {
			return dst, err
		}
	}
	return append(dst, ']'), nil
}

func (w *writer) positions(dst []byte, p wkb.Positions, reverse bool) ([]byte, error) {
	dst = append(dst, '[')
	n := p.Len()
	var err error
	for i := range n {
		if i > 0 {
			dst = append(dst, ',')
		}
		k := i
		if reverse {
			k = n - 1 - i
		}
		if dst, err = w.position(dst, p, k); err != nil {
			return dst, err
		}
	}
	return append(dst, ']'), nil
}

func (w *writer) position(dst []byte, p wkb.Positions, i int) ([]byte, error) {
	x, y := p.XY(i)
	if w.transform != nil {
		x, y = w.transform(x, y)
	}
	if !isFinite(x) || !isFinite(y) {
		return dst, &wkb.SyntaxError{Offset: w.r.Offset(), Reason: "a coordinate is not a finite number"}
	}
	dst = append(dst, '[')
	dst = decimal.Append(dst, x, w.decimals)
	dst = append(dst, ',')
	dst = decimal.Append(dst, y, w.decimals)
	if p.Header.HasZ {
		if z := p.Ordinate(i, 2); isFinite(z) {
			dst = append(dst, ',')
			dst = decimal.Append(dst, z, w.decimals)
		}
	}
	return append(dst, ']'), nil
}

// isEmpty recognises POINT EMPTY, which has NaN for coordinates in binary.
func isEmpty(p wkb.Positions) bool {
	x, y := p.XY(0)
	return math.IsNaN(x) && math.IsNaN(y)
}

// isFinite is false for NaN and the infinities.
func isFinite(v float64) bool { return v-v == 0 }
