package geodesy

import "math"

// segment is a straight edge in lon/lat; a point is one whose ends coincide.
type segment struct {
	ax, ay, bx, by float64
}

func (s segment) box() box { return edgeBox(s.ax, s.ay, s.bx, s.by) }

func (s segment) at(t float64) (x, y float64) {
	switch t {
	case 0:
		return s.ax, s.ay
	case 1:
		return s.bx, s.by
	}
	return s.ax + t*(s.bx-s.ax), s.ay + t*(s.by-s.ay)
}

func (s segment) isPoint() bool { return s.ax == s.bx && s.ay == s.by }

// shifted moves a segment by degrees of longitude.
func (s segment) shifted(lon float64) segment {
	s.ax += lon
	s.bx += lon
	return s
}

// halves splits a segment in the middle.
func (s segment) halves() (segment, segment) {
	x, y := s.ax+(s.bx-s.ax)/2, s.ay+(s.by-s.ay)/2
	return segment{s.ax, s.ay, x, y}, segment{x, y, s.bx, s.by}
}

// isShort reports whether a segment is short and straight enough to be solved
// without being split: at most half a degree of arc long, and turning by at
// most 5 degrees against a geodesic.
func (s segment) isShort() bool {
	const length, turn = 0.5, 5.0
	dx, dy := math.Abs(s.bx-s.ax), math.Abs(s.by-s.ay)
	if dy > length {
		return false
	}
	if dx <= length {
		return true
	}
	near, far := absRange(min(s.ay, s.by), max(s.ay, s.by))
	return dx*math.Cos(near) <= length && dx*math.Sin(far) <= turn
}

// toSegment gives the squared planar distance in a frame from a point to a
// segment, and where on the segment the nearest point lies, 0 to 1.
func (f frame) toSegment(x, y float64, s segment) (d2, t float64) {
	vx, vy := (s.bx-s.ax)*f.lon, (s.by-s.ay)*f.lat
	wx, wy := (x-s.ax)*f.lon, (y-s.ay)*f.lat
	if c := wx*vx + wy*vy; c > 0 {
		if l2 := vx*vx + vy*vy; c < l2 {
			t = c / l2
			wx -= t * vx
			wy -= t * vy
		} else {
			t = 1
			wx -= vx
			wy -= vy
		}
	}
	return wx*wx + wy*wy, t
}

// between gives the squared planar distance in a frame of two segments and
// where on each the nearest points lie. It is 0 where they cross.
func (f frame) between(a, b segment) (d2, s, t float64) {
	d2, t = f.toSegment(a.ax, a.ay, b)
	if d, u := f.toSegment(a.bx, a.by, b); d < d2 {
		d2, s, t = d, 1, u
	}
	if d, u := f.toSegment(b.ax, b.ay, a); d < d2 {
		d2, s, t = d, u, 0
	}
	if d, u := f.toSegment(b.bx, b.by, a); d < d2 {
		d2, s, t = d, u, 1
	}
	if d2 > 0 {
		if u, v, ok := crossingOf(a, b); ok {
			return 0, u, v
		}
	}
	return d2, s, t
}

// crossingOf tells where two segments cross properly, if they do.
func crossingOf(a, b segment) (s, t float64, ok bool) {
	if max(a.ax, a.bx) < min(b.ax, b.bx) || max(b.ax, b.bx) < min(a.ax, a.bx) ||
		max(a.ay, a.by) < min(b.ay, b.by) || max(b.ay, b.by) < min(a.ay, a.by) {
		return 0, 0, false
	}
	ux, uy := a.bx-a.ax, a.by-a.ay
	vx, vy := b.bx-b.ax, b.by-b.ay
	c := ux*vy - uy*vx
	if c == 0 {
		return 0, 0, false
	}
	wx, wy := b.ax-a.ax, b.ay-a.ay
	s, t = (wx*vy-wy*vx)/c, (wx*uy-wy*ux)/c
	return s, t, s >= 0 && s <= 1 && t >= 0 && t <= 1
}
