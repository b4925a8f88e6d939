package tile

import "math"

// vertex is a point in the units of a zoom: x to the east, y to the south.
type vertex struct{ x, y int64 }

// drawing is a geometry as it appears at a zoom. Rings run as MVT wants them:
// outer ones with positive area (in x east, y south), holes with negative.
type drawing struct {
	vertices []vertex
	runs     []run
}

func (d *drawing) reset() { d.vertices, d.runs = d.vertices[:0], d.runs[:0] }

// cell is the distance of the points to which vertices are moved, in units.
func cell(zoom int) float64 {
	switch {
	case zoom <= 12:
		return 4
	case zoom == 13:
		return 2
	}
	return 1
}

// unitsAt is the number of units along a tile of zoom 0.
func unitsAt(zoom int) float64 { return math.Ldexp(Extent, zoom) }

// bendAt is the bend that is let pass at a zoom: half a unit.
func bendAt(zoom int) float64 { return 0.5 / unitsAt(zoom) }

// generalise draws an outline for a zoom: steps 2 and 3 of the package comment.
func (d *drawing) generalise(o *outline, zoom int) {
	d.reset()
	c := cell(zoom)
	scale := unitsAt(zoom) / c
	kept := [4]bool{}
	outer := false // whether the last outer ring has been kept
	for _, r := range o.runs {
		if r.kind == holeKind && !outer {
			continue
		}
		ok := d.snap(o, r, scale, int64(c))
		switch r.kind {
		case areaKind:
			outer = ok
			kept[areaKind] = kept[areaKind] || ok
		case lineKind, pointKind:
			kept[r.kind] = kept[r.kind] || ok
		}
	}
	d.rescue(o, kept, scale, int64(c))
}

// snap appends a run and reports whether anything of it is left.
func (d *drawing) snap(o *outline, r run, scale float64, c int64) bool {
	start := len(d.vertices)
	for i := r.start; i < r.end; i++ {
		v := vertex{int64(math.Floor(o.xy[2*i]*scale+0.5)) * c, int64(math.Floor(o.xy[2*i+1]*scale+0.5)) * c}
		d.vertices = appendVertex(d.vertices, start, v, r.kind)
	}
	return d.finish(start, r.kind, pixel)
}

// appendVertex adds a vertex to the run that begins at start, leaving out what
// changes nothing: repetitions, points between their neighbours, and, in rings,
// spikes.
func appendVertex(vs []vertex, start int, v vertex, k kind) []vertex {
	if k == pointKind {
		return append(vs, v)
	}
	for n := len(vs); n > start; n = len(vs) {
		if vs[n-1] == v {
			return vs
		}
		if n-start < 2 || !between(vs[n-2], vs[n-1], v, k >= areaKind) {
			break
		}
		vs = vs[:n-1]
	}
	return append(vs, v)
}

// between reports whether b adds nothing on the way from a to c: it lies exactly
// on their line, between them or, with spikes, beyond.
func between(a, b, c vertex, spikes bool) bool {
	const exact = 1 << 30 // products of larger differences might overflow
	ux, uy, wx, wy := b.x-a.x, b.y-a.y, c.x-b.x, c.y-b.y
	if max(ux, -ux, uy, -uy, wx, -wx, wy, -wy) > exact {
		return false
	}
	return ux*wy == uy*wx && (spikes || ux*wx+uy*wy > 0)
}

// finish closes the run begun at start: it cleans the seam of a ring, turns it the
// right way and enters it, or takes it back if it is smaller than least units both ways.
func (d *drawing) finish(start int, k kind, least int64) bool {
	vs := d.vertices[start:]
	switch k {
	case pointKind:
	case lineKind:
		if len(vs) < 2 {
			d.vertices = d.vertices[:start]
			return false
		}
	default:
		vs = cleanSeam(vs)
		area := area2(vs)
		lo, hi := box(vs)
		if len(vs) < 3 || area == 0 || hi.x-lo.x < least && hi.y-lo.y < least {
			d.vertices = d.vertices[:start]
			return false
		}
		if area > 0 != (k == areaKind) {
			for i, j := 0, len(vs)-1; i < j; i, j = i+1, j-1 {
				vs[i], vs[j] = vs[j], vs[i]
			}
		}
		// cleanSeam may have moved the front.
		d.vertices = append(d.vertices[:start], vs...)
	}
	d.runs = append(d.runs, run{int32(start), int32(len(d.vertices)), k})
	return true
}

// cleanSeam applies the rule of appendVertex where the end of a ring meets its start.
func cleanSeam(vs []vertex) []vertex {
	for len(vs) >= 3 {
		n := len(vs)
		switch {
		case vs[0] == vs[n-1], between(vs[n-2], vs[n-1], vs[0], true):
			vs = vs[:n-1]
		case between(vs[n-1], vs[0], vs[1], true):
			vs = vs[1:]
		default:
			return vs
		}
	}
	return vs
}

// area2 is twice the area of a ring; positive if it turns from east to south.
func area2(vs []vertex) float64 {
	var sum float64
	for i := 1; i+1 < len(vs); i++ {
		a, b, c := vs[0], vs[i], vs[i+1]
		sum += float64(b.x-a.x)*float64(c.y-a.y) - float64(c.x-a.x)*float64(b.y-a.y)
	}
	return sum
}

// box bounds vertices; of none it is a point at 0.
func box(vs []vertex) (lo, hi vertex) {
	if len(vs) == 0 {
		return lo, hi
	}
	lo, hi = vs[0], vs[0]
	for _, v := range vs[1:] {
		lo.x, lo.y = min(lo.x, v.x), min(lo.y, v.y)
		hi.x, hi.y = max(hi.x, v.x), max(hi.y, v.y)
	}
	return lo, hi
}

// rescue draws a pixel for areas, and a dash for lines, of which nothing is left.
func (d *drawing) rescue(o *outline, kept [4]bool, scale float64, c int64) {
	for _, k := range [...]kind{lineKind, areaKind} {
		if kept[k] {
			continue
		}
		x, y, found := middleOfLargest(o, k)
		if !found {
			continue
		}
		m := vertex{int64(math.Floor(x*scale+0.5)) * c, int64(math.Floor(y*scale+0.5)) * c}
		start := len(d.vertices)
		const h = pixel / 2
		if k == lineKind {
			d.vertices = append(d.vertices, vertex{m.x - h, m.y}, vertex{m.x + h, m.y})
		} else {
			d.vertices = append(d.vertices, vertex{m.x - h, m.y - h}, vertex{m.x + h, m.y - h}, vertex{m.x + h, m.y + h}, vertex{m.x - h, m.y + h})
		}
		d.runs = append(d.runs, run{int32(start), int32(len(d.vertices)), k})
	}
}

// middleOfLargest gives the middle of the box of the largest run of a kind: by
// area of its box, then by its longer side, the first of equals.
func middleOfLargest(o *outline, k kind) (x, y float64, found bool) {
	best, bestSide := -1.0, -1.0
	for _, r := range o.runs {
		if r.kind != k {
			continue
		}
		lo, hi := o.box(r)
		w, h := hi[0]-lo[0], hi[1]-lo[1]
		if area, side := w*h, max(w, h); area > best || area == best && side > bestSide {
			best, bestSide, found = area, side, true
			x, y = (lo[0]+hi[0])/2, (lo[1]+hi[1])/2
		}
	}
	return x, y, found
}

// box bounds a run, which has a vertex at least.
func (o *outline) box(r run) (lo, hi [2]float64) {
	lo = [2]float64{math.Inf(1), math.Inf(1)}
	hi = [2]float64{math.Inf(-1), math.Inf(-1)}
	for i := r.start; i < r.end; i++ {
		x, y := o.xy[2*i], o.xy[2*i+1]
		lo[0], lo[1] = min(lo[0], x), min(lo[1], y)
		hi[0], hi[1] = max(hi[0], x), max(hi[1], y)
	}
	return lo, hi
}
