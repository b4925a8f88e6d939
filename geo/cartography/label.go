package cartography

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"kawasan/geo"
	"kawasan/geo/tile"
	"kawasan/geo/wording"
)

// label is a name that seeks a place. The lines are set one below the other.
type label struct {
	lines []labelLine
	// weight decides who is placed first: the heavier.
	weight float64
	// spot is the point it belongs to, with the radius of its symbol; for an area
	// room lists places for its middle within, the widest first, and around is its box.
	spot   Point
	radius float64
	room   []room
	around Box
	colour Colour
	must   bool // it stands somewhere, whatever it covers
	shy    bool // it keeps away from areas
}

type labelLine struct {
	text string
	face Face
	size float64
}

// letterer places names so that none covers another or a symbol.
type letterer struct {
	set   *setter
	frame Box
	halo  Colour
	taken []Box // by names and symbols
	areas []Box // that are not too large to keep away from
}

// place draws the labels for which there is room, the weightiest first; equal
// ones in order of their text. It gives the number that found none.
func (a *letterer) place(d *Drawing, labels []label) (left int) {
	slices.SortStableFunc(labels, func(p, q label) int { return cmp.Compare(q.weight, p.weight) })
	for _, l := range labels {
		w, h := a.size(l)
		at, ok := a.find(l, w, h)
		if !ok {
			left++
			continue
		}
		a.taken = append(a.taken, at)
		a.draw(d, l, at)
	}
	return left
}

const leading = 1.16

func (a *letterer) size(l label) (w, h float64) {
	for _, line := range l.lines {
		w = math.Max(w, a.set.width(line.text, line.face, line.size))
		h += line.size * leading
	}
	return w, h
}

// find looks for a box of that size that is free.
func (a *letterer) find(l label, w, h float64) (Box, bool) {
	boxes := a.candidates(l, w, h)
	for _, b := range boxes {
		if a.free(b) && !(l.shy && slices.ContainsFunc(a.areas, b.meets)) {
			return b, true
		}
	}
	if l.must {
		for _, b := range boxes {
			if a.frame.contains(b) {
				return b, true
			}
		}
	}
	return Box{}, false
}

// candidates gives boxes for a label, the best first.
func (a *letterer) candidates(l label, w, h float64) []Box {
	if l.around == (Box{}) {
		return besides(Box{l.spot.X - l.radius, l.spot.Y - l.radius, 2 * l.radius, 2 * l.radius}, w, h)
	}
	var within, tight []Box
	for _, r := range l.room {
		b := Box{r.at.X - w/2, r.at.Y - h/2, w, h}
		switch {
		case r.width >= w*0.65:
			within = append(within, b)
		case r.width >= w*0.35 || l.must:
			tight = append(tight, b)
		}
	}
	// Beside a large area a name would seem to belong to another one.
	const large = 80
	if l.must || l.around.W < large && l.around.H < large {
		within = append(within, besides(l.around, w, h)...)
	}
	return append(within, tight...)
}

// besides gives the boxes beside another one: right, left, above, below, then the corners.
func besides(o Box, w, h float64) []Box {
	const gap = 2.5
	cx, cy := o.X+o.W/2, o.Y+o.H/2
	near := func(r float64) float64 { return (r + gap) * 0.75 }
	rx, ry := near(o.W/2), near(o.H/2)
	return []Box{
		{o.right() + gap, cy - h/2, w, h},
		{o.X - gap - w, cy - h/2, w, h},
		{cx - w/2, o.Y - gap - h, w, h},
		{cx - w/2, o.bottom() + gap, w, h},
		{cx + rx, cy - ry - h*0.9, w, h},
		{cx + rx, cy + ry - h*0.1, w, h},
		{cx - rx - w, cy - ry - h*0.9, w, h},
		{cx - rx - w, cy + ry - h*0.1, w, h},
	}
}

// anchor is the box of what the label names.
func (l label) anchor() Box {
	if l.around != (Box{}) {
		return l.around
	}
	return Box{X: l.spot.X, Y: l.spot.Y}
}

func (a *letterer) free(b Box) bool {
	if !a.frame.contains(b) {
		return false
	}
	grown := b.inset(-1.5)
	return !slices.ContainsFunc(a.taken, grown.meets)
}

func (a *letterer) draw(d *Drawing, l label, at Box) {
	y := at.Y
	for _, line := range l.lines {
		w := a.set.width(line.text, line.face, line.size)
		x := at.X + (at.W-w)/2
		switch o := l.anchor(); {
		case o.right() <= at.X:
			x = at.X
		case o.X >= at.right():
			x = at.right() - w
		}
		d.text(Text{X: x, Y: y + line.size*0.92, Text: line.text, Size: line.size, Face: line.face, Colour: l.colour, Halo: faint(a.halo, 0.85), HaloWidth: 1.6})
		y += line.size * leading
	}
}

// labels names the features of a layer; focus is the one that the map is about.
func (p *painter) labels(l *layer, focus string) []label {
	var all []label
	for _, f := range l.features {
		if !f.seen(p.window.frame) {
			continue
		}
		isFocus := f.feature.Ref() == focus
		n := label{weight: importance(l.collection.ID) + standing(f.feature), colour: lettering(p.theme, l.collection.ID), must: isFocus, radius: symbolSize(l.collection.ID)}
		size, face := 10.0, Regular
		if len(f.shape.areas) > 0 {
			n.room, n.around = roomFor(f.shape, p.window.frame), f.shape.box
			n.weight += math.Min(0.9, f.shape.box.W*f.shape.box.H/1e6)
			size = 11
		} else if len(f.shape.spots) > 0 {
			n.spot = f.shape.spots[0]
		} else if len(f.shape.lines) > 0 {
			n.spot = f.shape.lines[0].Points[len(f.shape.lines[0].Points)/2]
		}
		switch {
		case isFocus:
			size, face, n.weight = 14, Bold, 100
		case l.collection.ID == ground:
			face, size, n.shy = Italic, 11, true
		case l.collection.ID == "zones":
			face = Bold
		}
		widest := size * 13
		for _, text := range p.set.wrap(wording.Name(f.feature).In(p.lang), face, size, widest) {
			n.lines = append(n.lines, labelLine{text, face, size})
		}
		if f.sketch && len(f.shape.areas) > 0 {
			for _, text := range p.set.wrap("("+tile.SketchNote().In(p.lang)+")", Italic, size*0.82, widest) {
				n.lines = append(n.lines, labelLine{text, Italic, size * 0.82})
			}
		}
		all = append(all, n)
	}
	return all
}

// importance orders the names of collections.
func importance(collection string) float64 {
	switch collection {
	case "zones":
		return 9
	case "ikn":
		return 8
	case "ports":
		return 7
	case "towns":
		return 6
	case "infrastructure":
		return 4
	case "mills":
		return 3
	case ground:
		return 2
	case "plantations":
		return 1
	}
	return 5
}

// standing is what a place has beyond others of its collection, below 1: people, if
// it says how many, or a city named after it.
func standing(f *geo.Feature) float64 {
	if n, ok := f.Number("population"); ok && n > 0 {
		return math.Min(0.9, math.Log10(n)/10)
	}
	if strings.HasSuffix(f.Text("regency"), " "+f.Name()) {
		return 0.5
	}
	return 0
}

// room is a place within an area, with its width there.
type room struct {
	at    Point
	width float64
}

// roomFor gives places for the middle of an area's name: where the area is widest
// on some level, the widest first. The middle levels are a little better.
func roomFor(s shape, frame Box) []room {
	var found []room
	top, bottom := math.Max(s.box.Y, frame.Y), math.Min(s.box.bottom(), frame.bottom())
	const levels = 15
	for i := 1; i < levels; i++ {
		y := top + (bottom-top)*float64(i)/levels
		crossings := crossingsAt(s.areas, y)
		for k := 0; k+1 < len(crossings); k += 2 {
			left, right := math.Max(crossings[k], frame.X), math.Min(crossings[k+1], frame.right())
			if right > left {
				found = append(found, room{Point{(left + right) / 2, y}, right - left})
			}
		}
	}
	worth := func(r room) float64 {
		return r.width * (1 - 0.6*math.Abs((r.at.Y-top)/math.Max(bottom-top, 1e-9)-0.5))
	}
	slices.SortStableFunc(found, func(a, b room) int { return cmp.Compare(worth(b), worth(a)) })
	return found[:min(len(found), 12)]
}

// crossingsAt gives where a level crosses the outlines, from the left.
func crossingsAt(areas []Line, y float64) []float64 {
	var xs []float64
	for _, l := range areas {
		for i := range l.Points {
			a, b := l.Points[i], l.Points[(i+1)%len(l.Points)]
			if (a.Y > y) != (b.Y > y) {
				xs = append(xs, a.X+(b.X-a.X)*(y-a.Y)/(b.Y-a.Y))
			}
		}
	}
	slices.Sort(xs)
	return xs
}
