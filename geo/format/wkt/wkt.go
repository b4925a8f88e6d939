// Package wkt writes geometries as well-known text (OGC 06-103r4), straight from
// their binary form.
package wkt

import (
	"math"
	"strings"

	"kawasan/geo"
	"kawasan/geo/format/decimal"
	"kawasan/geo/format/wkb"
)

// Append writes well-known binary (ISO or EWKB, either byte order) as text with
// at most that many decimals, heights and measures included: POINT Z (116.8 -1.2 30).
// Empty parts are EMPTY. An SRID is left out; no bytes give no text. It fails with
// Invalid, and with dst as it was, on broken bytes and numbers that are not finite.
func Append(dst, bytes []byte, decimals int) ([]byte, error) {
	if len(bytes) == 0 {
		return dst, nil
	}
	start := len(dst)
	w := writer{r: wkb.NewReader(bytes), decimals: decimals}
	h, err := w.r.Header()
	if err == nil {
		if dst, err = w.geometry(dst, h); err == nil {
			err = w.r.End()
		}
	}
	if err != nil {
		return dst[:start], geo.Errorf(geo.Invalid, "the geometry can't be written as text").Because(err)
	}
	return dst, nil
}

type writer struct {
	r        wkb.Reader
	decimals int
}

// geometry writes the name, the dimensions and the body.
func (w *writer) geometry(dst []byte, h wkb.Header) ([]byte, error) {
	dst = append(dst, strings.ToUpper(h.Type.String())...)
	switch {
	case h.HasZ && h.HasM:
		dst = append(dst, " ZM"...)
	case h.HasZ:
		dst = append(dst, " Z"...)
	case h.HasM:
		dst = append(dst, " M"...)
	}
	return w.body(append(dst, ' '), h)
}

func (w *writer) body(dst []byte, h wkb.Header) ([]byte, error) {
	switch h.Type {
	case wkb.Point:
		p, err := w.r.Positions(h, 1)
		if err != nil {
			return dst, err
		}
		if x, y := p.XY(0); math.IsNaN(x) && math.IsNaN(y) {
			return append(dst, "EMPTY"...), nil
		}
		return w.positions(dst, p)
	case wkb.LineString:
		return w.sequence(dst, h)
	case wkb.Polygon:
		n, err := w.r.Count(h, wkb.RingSize)
		if err != nil {
			return dst, err
		}
		return w.list(dst, n, func(dst []byte) ([]byte, error) { return w.sequence(dst, h) })
	}
	n, err := w.r.Count(h, wkb.MemberSize)
	if err != nil {
		return dst, err
	}
	return w.list(dst, n, func(dst []byte) ([]byte, error) {
		m, err := w.r.Member(h)
		if err != nil {
			return dst, err
		}
		if h.Type == wkb.GeometryCollection {
			return w.geometry(dst, m)
		}
		return w.body(dst, m)
	})
}

// list writes n parts in parentheses.
func (w *writer) list(dst []byte, n int, part func([]byte) ([]byte, error)) ([]byte, error) {
	if n == 0 {
		return append(dst, "EMPTY"...), nil
	}
	var err error
	for i := range n {
		dst = append(dst, separator(i))
		if dst, err = part(dst); err != nil {
			return dst, err
		}
	}
	return append(dst, ')'), nil
}

func (w *writer) sequence(dst []byte, h wkb.Header) ([]byte, error) {
	p, err := w.r.Sequence(h)
	if err != nil {
		return dst, err
	}
	return w.positions(dst, p)
}

func (w *writer) positions(dst []byte, p wkb.Positions) ([]byte, error) {
	if p.Len() == 0 {
		return append(dst, "EMPTY"...), nil
	}
	for i := range p.Len() {
		dst = append(dst, separator(i))
		for k := range p.Header.Size() / 8 {
			if k > 0 {
				dst = append(dst, ' ')
			}
			v := p.Ordinate(i, k)
			if math.IsNaN(v) || math.IsInf(v, 0) {
				return dst, &wkb.SyntaxError{Offset: w.r.Offset(), Reason: "a coordinate is not a finite number"}
			}
			dst = decimal.Append(dst, v, w.decimals)
		}
	}
	return append(dst, ')'), nil
}

func separator(i int) byte {
	if i == 0 {
		return '('
	}
	return ','
}
