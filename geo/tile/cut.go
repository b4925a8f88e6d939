package tile

import "math"

// frame is the box, in the units of a zoom, that a tile is cut to; closed.
type frame struct{ lo, hi vertex }

// frame gives the tile with its margin.
func (a Address) frame() frame {
	o := a.origin()
	return frame{vertex{o.x - margin, o.y - margin}, vertex{o.x + Extent + margin, o.y + Extent + margin}}
}

func (f frame) holds(v vertex) bool {
	return v.x >= f.lo.x && v.x <= f.hi.x && v.y >= f.lo.y && v.y <= f.hi.y
}

// covers reports whether the box lo..hi lies within; meets whether they have a point in common.
func (f frame) covers(lo, hi vertex) bool { return f.holds(lo) && f.holds(hi) }

func (f frame) meets(lo, hi vertex) bool {
	return lo.x <= f.hi.x && hi.x >= f.lo.x && lo.y <= f.hi.y && hi.y >= f.lo.y
}

// side is one edge of a frame: what has the coordinate on the inner side stays.
type side struct {
	vertical bool // a border of x
	at       int64
	below    bool // keep what is not larger
}

func (f frame) sides() [4]side {
	return [4]side{{true, f.lo.x, false}, {true, f.hi.x, true}, {false, f.lo.y, false}, {false, f.hi.y, true}}
}

func (s side) keeps(v vertex) bool {
	c := v.y
	if s.vertical {
		c = v.x
	}
	if s.below {
		return c <= s.at
	}
	return c >= s.at
}

// crossing gives the point at which an edge crosses the side, the same whichever
// way the edge runs. Its ends lie on different sides.
func (s side) crossing(a, b vertex) vertex {
	if a.x > b.x || a.x == b.x && a.y > b.y {
		a, b = b, a
	}
	if s.vertical {
		return vertex{s.at, a.y + along(s.at-a.x, b.x-a.x, b.y-a.y)}
	}
	return vertex{a.x + along(s.at-a.y, b.y-a.y, b.x-a.x), s.at}
}

// along gives part/whole of length, rounded.
func along(part, whole, length int64) int64 {
	return int64(math.Floor(float64(part)/float64(whole)*float64(length) + 0.5))
}

// cut writes to out what of d lies within the frame. A ring that the frame cuts
// into several stays one ring along the border (Sutherland and Hodgman 1974),
// which nobody sees: the border is a margin away from the tile.
func (d *drawing) cut(f frame, out *drawing, spare *[2][]vertex) {
	out.reset()
	outer := false
	for _, r := range d.runs {
		vs := d.vertices[r.start:r.end]
		switch r.kind {
		case pointKind:
			if f.holds(vs[0]) {
				out.vertices = append(out.vertices, vs[0])
				n := int32(len(out.vertices))
				out.runs = append(out.runs, run{n - 1, n, pointKind})
			}
		case lineKind:
			out.cutLine(vs, f)
		default:
			if r.kind == holeKind && !outer {
				continue
			}
			ok := out.cutRing(vs, r.kind, f, spare)
			if r.kind == areaKind {
				outer = ok
			}
		}
	}
}

func (d *drawing) cutRing(vs []vertex, k kind, f frame, spare *[2][]vertex) bool {
	lo, hi := box(vs)
	if !f.meets(lo, hi) {
		return false
	}
	start := len(d.vertices)
	if f.covers(lo, hi) {
		d.vertices = append(d.vertices, vs...)
		d.runs = append(d.runs, run{int32(start), int32(len(d.vertices)), k})
		return true
	}
	into := 0 // the other spare has the vertices
	for _, s := range f.sides() {
		if s.keeps(lo) && s.keeps(hi) {
			continue
		}
		kept := spare[into][:0]
		before := vs[len(vs)-1]
		in := s.keeps(before)
		for _, v := range vs {
			stays := s.keeps(v)
			if in != stays {
				kept = append(kept, s.crossing(before, v))
			}
			if stays {
				kept = append(kept, v)
			}
			before, in = v, stays
		}
		spare[into], vs = kept, kept
		into = 1 - into
		if len(vs) == 0 {
			return false
		}
	}
	for _, v := range vs {
		d.vertices = appendVertex(d.vertices, start, v, k)
	}
	return d.finish(start, k, 0)
}

// cutLine appends the pieces of a line within the frame.
func (d *drawing) cutLine(vs []vertex, f frame) {
	start := len(d.vertices)
	for i := 1; i < len(vs); i++ {
		a, b, ok := f.segment(vs[i-1], vs[i])
		if !ok {
			continue
		}
		if n := len(d.vertices); n == start || d.vertices[n-1] != a {
			d.finish(start, lineKind, 0)
			start = len(d.vertices)
			d.vertices = append(d.vertices, a)
		}
		d.vertices = appendVertex(d.vertices, start, b, lineKind)
	}
	d.finish(start, lineKind, 0)
}

// segment cuts one edge.
func (f frame) segment(a, b vertex) (vertex, vertex, bool) {
	for _, s := range f.sides() {
		switch {
		case s.keeps(a) && s.keeps(b):
		case s.keeps(a):
			b = s.crossing(a, b)
		case s.keeps(b):
			a = s.crossing(a, b)
		default:
			return a, b, false
		}
	}
	return a, b, true
}
