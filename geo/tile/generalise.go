package tile

import "math"

// vertex is a point in the units of a zoom: x to the east, y to the south.
type vertex struct{ x, y int64 }

// drawing is a geometry as it appears at a zoom. Rings run as MVT wants them:
// outer ones with positive area (in x east, y south), holes with negative.
type drawing struct {
	vertices []vertex
	runs     []run
	snapped  []vertex // a run before what changes nothing is left out
}

func (d *drawing) reset() { d.vertices, d.runs = d.vertices[:0], d.runs[:0] }

// unitsAt is the number of units along a tile of zoom 0.
func unitsAt(zoom int) float64 { return math.Ldexp(Extent, zoom) }

// bendAt is the bend that is let pass at a zoom: half a unit.
func bendAt(zoom int) float64 { return 0.5 / unitsAt(zoom) }

// generalise draws a form for a zoom: steps 2 and 3 of the package comment.
func (d *drawing) generalise(o form, zoom int) {
	d.reset()
	g := gridAt(zoom)
	kept := [4]bool{}
	outer := false // whether the last outer ring has been kept
	for _, r := range o.list() {
		if r.kind == holeKind && !outer {
			continue
		}
		ok := d.snap(o, r, g)
		switch r.kind {
		case areaKind:
			outer = ok
			kept[areaKind] = kept[areaKind] || ok
		case lineKind, pointKind:
			kept[r.kind] = kept[r.kind] || ok
		}
	}
	d.rescue(o, kept, g)
}

// snap appends a run and reports whether anything of it is left.
func (d *drawing) snap(o form, r run, g grid) bool {
	start := len(d.vertices)
	d.snapped = o.appendSnapped(d.snapped[:0], r, g)
	for _, v := range d.snapped {
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
	ux, uy, wx, wy := b.x-a.x, b.y-a.y, c.x-b.x, c.y-b.y
	if ux*wy != uy*wx {
		return false
	}
	const exact = 1 << 30 // products of larger differences might overflow
	return max(ux, -ux, uy, -uy, wx, -wx, wy, -wy) <= exact && (spikes || ux*wx+uy*wy > 0)
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
func (d *drawing) rescue(o form, kept [4]bool, g grid) {
	for _, k := range [...]kind{lineKind, areaKind} {
		if kept[k] {
			continue
		}
		middle, found := middleOfLargest(o, k)
		if !found {
			continue
		}
		m := g.snap(middle)
		if k == areaKind {
			d.pixel(m)
			continue
		}
		start := int32(len(d.vertices))
		const h = pixel / 2
		d.vertices = append(d.vertices, vertex{m.x - h, m.y}, vertex{m.x + h, m.y})
		d.runs = append(d.runs, run{start, start + 2, k})
	}
}

// pixel appends a square of one pixel.
func (d *drawing) pixel(m vertex) {
	start := int32(len(d.vertices))
	const h = pixel / 2
	d.vertices = append(d.vertices, vertex{m.x - h, m.y - h}, vertex{m.x + h, m.y - h}, vertex{m.x + h, m.y + h}, vertex{m.x - h, m.y + h})
	d.runs = append(d.runs, run{start, start + 4, areaKind})
}

// middleOfLargest gives the middle of the box of the largest run of a kind: by
// area of its box, then by its longer side, the first of equals.
func middleOfLargest(o form, k kind) (middle vertex, found bool) {
	best, bestSide := -1.0, int64(-1)
	for _, r := range o.list() {
		if r.kind != k {
			continue
		}
		lo, hi := o.box(r)
		w, h := hi.x-lo.x, hi.y-lo.y
		if area, side := float64(w)*float64(h), max(w, h); area > best || area == best && side > bestSide {
			best, bestSide, found = area, side, true
			middle = vertex{(lo.x + hi.x) / 2, (lo.y + hi.y) / 2}
		}
	}
	return middle, found
}
