package tile

import (
	"math"
	"slices"

	"kawasan/geo"
)

// LabelLayer names the layer of a tile that says where the names of a collection's
// areas and lines stand: a point for each feature, with its number and properties, in that tile
// alone that holds the point. The feature's own layer has a piece of it in every tile
// that it meets, and maps would write its name on each.
func LabelLayer(collection string) string { return collection + "_labels" }

// labelShare is the part of a tile's bytes that is kept for labels, as 1 in so many.
const labelShare = 20

// hasLabels reports whether a collection may have areas or lines.
func hasLabels(c *geo.Collection) bool {
	return c.HasGeometry() && c.GeometryType != "Point" && c.GeometryType != "MultiPoint"
}

// label is where the name of a feature stands.
type label struct {
	at    int32 // place in the layer
	point vertex
}

// label notes where the name of a feature that is shown stands, if that is in the tile.
func (s *source) label(c *composer, at int32) {
	if !s.labelled {
		return
	}
	units := unitsAt(c.address.Zoom)
	b := s.layer.boxes[at]
	o := c.origin
	if b.hi[0]*units < float64(o.x) || b.hi[1]*units < float64(o.y) || b.lo[0]*units > float64(o.x+Extent) || b.lo[1]*units > float64(o.y+Extent) {
		return
	}
	p, ok := c.anchor(s.layer.form(at, &c.spare))
	if !ok {
		return
	}
	shift := MaxZoom - c.address.Zoom
	p = vertex{p.x >> shift, p.y >> shift}
	if p.x >= o.x && p.y >= o.y && p.x < o.x+Extent && p.y < o.y+Extent {
		s.labels = append(s.labels, label{at, p})
	}
}

// appendLabels appends the layers of labels, as far as there is room.
func (c *composer) appendLabels(dst []byte, sources []*source, room int) []byte {
	w := &c.labels
	point := drawing{vertices: make([]vertex, 1), runs: []run{{0, 1, pointKind}}}
	for _, s := range sources {
		if len(s.labels) == 0 {
			continue
		}
		w.begin(LabelLayer(s.name), s.about, s.wanted)
		overhead := 64 + len(w.name)
		for _, l := range s.labels {
			point.vertices[0] = l.point
			w.blob = appendGeometry(w.blob[:0], &point, pointKind, c.origin)
			before := w.mark()
			w.encode(&item{number: s.layer.numbers[l.at], at: int(l.at), kind: pointKind, end: len(w.blob)})
			if w.size+overhead > room {
				w.back(before)
				break
			}
		}
		before := len(dst)
		dst = w.append(dst)
		room -= len(dst) - before
		w.reset()
	}
	w.about, w.wanted = nil, nil
	return dst
}

// anchor gives a point for the name of a form, in units of the deepest zoom: within its
// largest area, where that is widest half way between north and south; of a form without
// areas, half way along its longest line. False if it has neither.
func (c *composer) anchor(f form) (vertex, bool) {
	finest := gridAt(MaxZoom)
	runs := f.list()
	best, most := -1, -1.0
	for i, r := range runs {
		if r.kind != areaKind {
			continue
		}
		c.ring = f.appendSnapped(c.ring[:0], r, finest)
		if size := math.Abs(area2(c.ring)); size > most {
			best, most = i, size
		}
	}
	if best < 0 {
		return c.halfWay(f)
	}
	c.ring = f.appendSnapped(c.ring[:0], runs[best], finest)
	lo, hi := box(c.ring)
	middle := float64(lo.y)/2 + float64(hi.y)/2
	c.crossings = appendCrossings(c.crossings[:0], c.ring, middle)
	for _, r := range runs[best+1:] {
		if r.kind != holeKind {
			break
		}
		c.ring = f.appendSnapped(c.ring[:0], r, finest)
		c.crossings = appendCrossings(c.crossings, c.ring, middle)
	}
	slices.Sort(c.crossings)
	x, width := float64(lo.x)/2+float64(hi.x)/2, -1.0
	for i := 1; i < len(c.crossings); i += 2 {
		if w := c.crossings[i] - c.crossings[i-1]; w > width {
			x, width = (c.crossings[i]+c.crossings[i-1])/2, w
		}
	}
	return vertex{nearest(x), nearest(middle)}, true
}

// halfWay gives the point in the middle of the longest line of a form; false if it has none.
func (c *composer) halfWay(f form) (vertex, bool) {
	finest := gridAt(MaxZoom)
	var middle vertex
	most := -1.0
	for _, r := range f.list() {
		if r.kind != lineKind {
			continue
		}
		c.ring = f.appendSnapped(c.ring[:0], r, finest)
		if length := lengthOf(c.ring); length > most {
			middle, most = pointAlong(c.ring, length/2), length
		}
	}
	return middle, most >= 0
}

// lengthOf is the length of a line in its own units.
func lengthOf(line []vertex) float64 {
	length := 0.0
	for i := 1; i < len(line); i++ {
		length += math.Hypot(float64(line[i].x-line[i-1].x), float64(line[i].y-line[i-1].y))
	}
	return length
}

// pointAlong gives the point that lies so far from the beginning of a line; its end if it is shorter.
func pointAlong(line []vertex, way float64) vertex {
	for i := 1; i < len(line); i++ {
		a, b := line[i-1], line[i]
		step := math.Hypot(float64(b.x-a.x), float64(b.y-a.y))
		if step > 0 && step >= way {
			return vertex{nearest(float64(a.x) + float64(b.x-a.x)*way/step), nearest(float64(a.y) + float64(b.y-a.y)*way/step)}
		}
		way -= step
	}
	return line[len(line)-1]
}

// appendCrossings appends where a ring crosses a line from west to east.
func appendCrossings(dst []float64, ring []vertex, y float64) []float64 {
	a := ring[len(ring)-1]
	for _, b := range ring {
		if (float64(a.y) > y) != (float64(b.y) > y) {
			dst = append(dst, float64(a.x)+(y-float64(a.y))/float64(b.y-a.y)*float64(b.x-a.x))
		}
		a = b
	}
	return dst
}
