package cartography

import "math"

// graticule draws the frame of a map with meridians and parallels, and their
// degrees outside of it.
func (p *painter) graticule() {
	c := coloursOf(p.theme)
	f := p.window.frame
	b := p.window.bound(0)
	step := graticuleStep(math.Max(b.Max[0]-b.Min[0], b.Max[1]-b.Min[1]))
	var lines, ticks []Line
	for lon := math.Ceil(b.Min[0]/step) * step; lon <= b.Max[0]; lon += step {
		x := p.window.place([2]float64{lon, b.Min[1]}).X
		lines = append(lines, segment(x, f.Y, x, f.bottom()))
		ticks = append(ticks, segment(x, f.Y-4, x, f.Y), segment(x, f.bottom(), x, f.bottom()+4))
		text := degrees(lon, false, p.lang)
		half := p.set.width(text, Regular, 8) / 2
		if x-half > f.X && x+half < f.right() {
			p.text(Text{X: x - half, Y: f.bottom() + 13, Text: text, Size: 8, Colour: c.quiet})
		}
	}
	for lat := math.Ceil(b.Min[1]/step) * step; lat <= b.Max[1]; lat += step {
		y := p.window.place([2]float64{b.Min[0], lat}).Y
		lines = append(lines, segment(f.X, y, f.right(), y))
		ticks = append(ticks, segment(f.X-4, y, f.X, y), segment(f.right(), y, f.right()+4, y))
		text := degrees(lat, true, p.lang)
		if y > f.Y+6 && y < f.bottom()-2 {
			p.text(Text{X: f.X - 6 - p.set.width(text, Regular, 8), Y: y + 3, Text: text, Size: 8, Colour: c.quiet})
		}
	}
	p.path(Path{Lines: lines, Stroke: Stroke{Colour: faint(c.quiet, 0.25), Width: 0.4}})
	p.path(Path{Lines: ticks, Stroke: Stroke{Colour: c.ink, Width: 0.6}})
	p.rectangle(f, Colour{}, Stroke{Colour: c.ink, Width: 1})
}

// graticuleStep gives a round angle in degrees of which some four go into a span.
func graticuleStep(span float64) float64 {
	for _, step := range []float64{30, 20, 10, 5, 2, 1, 1 / 2., 1 / 3., 1 / 4., 1 / 6., 1 / 12., 1 / 30., 1 / 60., 1 / 120., 1 / 180., 1 / 360., 1 / 720., 1 / 3600.} {
		if span/step >= 4 {
			return step
		}
	}
	return 1 / 3600.
}
