package kml

import (
	"math"

	"kawasan/geo"
	"kawasan/geo/format/decimal"
	"kawasan/geo/format/wkb"
)

// geometry writes that of a feature; nothing if there is none or it is empty.
func (w *writer) geometry(f *geo.Feature) error {
	var err error
	if w.wkb, err = w.layer.AppendWKB(w.wkb[:0], f); err != nil || len(w.wkb) == 0 {
		return err
	}
	g := geometry{r: wkb.NewReader(w.wkb), decimals: w.layer.Decimals()}
	h, err := g.r.Header()
	if err != nil {
		return err
	}
	w.bytes, err = g.append(w.bytes, h)
	return err
}

type geometry struct {
	r        wkb.Reader
	decimals int
}

// append writes a geometry, or nothing for an empty one.
func (g *geometry) append(dst []byte, h wkb.Header) ([]byte, error) {
	start := len(dst)
	switch h.Type {
	case wkb.Point:
		p, err := g.r.Positions(h, 1)
		if err != nil || empty(p) {
			return dst, err
		}
		dst = altitude(append(dst, "<Point>"...), h)
		dst, err = g.coordinates(dst, p, false)
		return append(dst, "</Point>"...), err
	case wkb.LineString:
		p, err := g.r.Sequence(h)
		if err != nil || empty(p) {
			return dst, err
		}
		dst = altitude(append(dst, "<LineString><tessellate>1</tessellate>"...), h)
		dst, err = g.coordinates(dst, p, false)
		return append(dst, "</LineString>"...), err
	case wkb.Polygon:
		return g.polygon(dst, h)
	}
	n, err := g.r.Count(h, wkb.MemberSize)
	if err != nil {
		return dst, err
	}
	dst = append(dst, "<MultiGeometry>"...)
	first := len(dst)
	for range n {
		m, err := g.r.Member(h)
		if err != nil {
			return dst, err
		}
		if dst, err = g.append(dst, m); err != nil {
			return dst, err
		}
	}
	if len(dst) == first {
		return dst[:start], nil
	}
	return append(dst, "</MultiGeometry>"...), nil
}

// polygon writes the exterior ring counterclockwise and holes clockwise.
func (g *geometry) polygon(dst []byte, h wkb.Header) ([]byte, error) {
	n, err := g.r.Count(h, wkb.RingSize)
	if err != nil {
		return dst, err
	}
	start := len(dst)
	dst = altitude(append(dst, "<Polygon><tessellate>1</tessellate>"...), h)
	begun := false
	for i := range n {
		p, err := g.r.Sequence(h)
		if err != nil {
			return dst, err
		}
		if empty(p) {
			continue
		}
		side, reverse := "outerBoundaryIs>", p.SignedArea() < 0
		if i > 0 {
			side, reverse = "innerBoundaryIs>", p.SignedArea() > 0
		}
		begun = true
		dst = append(append(append(dst, '<'), side...), "<LinearRing>"...)
		if dst, err = g.coordinates(dst, p, reverse); err != nil {
			return dst, err
		}
		dst = append(append(dst, "</LinearRing></"...), side...)
	}
	if !begun {
		return dst[:start], nil
	}
	return append(dst, "</Polygon>"...), nil
}

// altitude says that heights count from the sea; without them shapes lie on the ground.
func altitude(dst []byte, h wkb.Header) []byte {
	if h.HasZ {
		return append(dst, "<altitudeMode>absolute</altitudeMode>"...)
	}
	return dst
}

func (g *geometry) coordinates(dst []byte, p wkb.Positions, reverse bool) ([]byte, error) {
	dst = append(dst, "<coordinates>"...)
	for i := range p.Len() {
		k := i
		if reverse {
			k = p.Len() - 1 - i
		}
		if i > 0 {
			dst = append(dst, ' ')
		}
		x, y := p.XY(k)
		if !finite(x) || !finite(y) {
			return dst, &wkb.SyntaxError{Offset: g.r.Offset(), Reason: "a coordinate is not a finite number"}
		}
		dst = append(decimal.Append(dst, x, g.decimals), ',')
		dst = decimal.Append(dst, y, g.decimals)
		if z := p.Z(k); p.Header.HasZ && finite(z) {
			dst = decimal.Append(append(dst, ','), z, g.decimals)
		}
	}
	return append(dst, "</coordinates>"...), nil
}

func empty(p wkb.Positions) bool {
	if p.Len() == 0 {
		return true
	}
	x, y := p.XY(0)
	return p.Header.Type == wkb.Point && math.IsNaN(x) && math.IsNaN(y)
}

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }
