package cartography

import (
	"math"

	"github.com/paulmach/orb"

	"kawasan/geo/geodesy"
	"kawasan/geo/wording"
)

// scaleBar is a round distance and its length in the drawing.
type scaleBar struct {
	metres float64
	length float64
}

// scaleBar gives the largest round distance (1, 2 or 5 with zeros) that is at most
// so long in the drawing. Its length is that of the geodesic along the middle
// latitude on the WGS84 ellipsoid.
func (w window) scaleBar(longest float64) scaleBar {
	most := longest * w.metres
	step := math.Pow(10, math.Floor(math.Log10(most)))
	for _, factor := range []float64{5, 2} {
		if step*factor <= most {
			step *= factor
			break
		}
	}
	// The span of longitude whose ends are that far apart. Two steps of the secant
	// are exact to a millimetre: the length is nearly proportional to the span.
	span := step / w.metresX
	for range 2 {
		if got := geodesy.Distance(orb.Point{w.middle[0] - span/2, w.middle[1]}, orb.Point{w.middle[0] + span/2, w.middle[1]}); got > 0 && span < 90 {
			span *= step / got
		}
	}
	return scaleBar{step, span * w.metresX / w.metres}
}

// distance writes a round distance, all its decimals included.
func distance(metres float64, lang string) string {
	if metres >= 1000 {
		return wording.Figure(metres/1000, -1, lang) + " km"
	}
	return wording.Figure(metres, -1, lang) + " m"
}

// scaleBar draws the bar in four fields, its lower left corner at a place.
func (p *painter) scaleBar(at Point, longest float64) Box {
	bar := p.window.scaleBar(longest)
	c := coloursOf(p.theme)
	const height = 4.5
	box := Box{at.X, at.Y - height - 14, bar.length + 26, height + 16}
	p.rectangle(box.inset(-5), faint(c.halo, 0.75), Stroke{})
	for i := range 4 {
		field := Box{at.X + bar.length*float64(i)/4, at.Y - height, bar.length / 4, height}
		fill := c.ink
		if i%2 == 1 {
			fill = c.halo
		}
		p.rectangle(field, fill, Stroke{Colour: c.ink, Width: 0.8})
	}
	for i, text := range []string{"0", distance(bar.metres/2, p.lang), distance(bar.metres, p.lang)} {
		x := at.X + bar.length*float64(i)/2
		if i == 1 && bar.length < 110 {
			continue
		}
		if i > 0 {
			x -= p.set.width(text, Regular, 9) / 2
		}
		p.text(Text{X: x, Y: at.Y - height - 4, Text: text, Size: 9, Colour: c.ink})
	}
	return box.inset(-5)
}

// northArrow draws an arrow to the top, where north is everywhere on the map.
func (p *painter) northArrow(at Point) Box {
	c := coloursOf(p.theme)
	box := Box{at.X - 14, at.Y - 4, 28, 50}
	p.path(Path{Lines: []Line{{circle(Point{at.X, at.Y + 22}, 24, 48), true}}, Fill: faint(c.halo, 0.7)})
	left := Line{[]Point{{at.X, at.Y + 13}, {at.X - 8, at.Y + 42}, {at.X, at.Y + 35}}, true}
	right := Line{[]Point{{at.X, at.Y + 13}, {at.X + 8, at.Y + 42}, {at.X, at.Y + 35}}, true}
	p.path(Path{Lines: []Line{left}, Fill: c.ink, Stroke: Stroke{Colour: c.ink, Width: 0.8}})
	p.path(Path{Lines: []Line{right}, Fill: c.halo, Stroke: Stroke{Colour: c.ink, Width: 0.8}})
	text := sayNorth.In(p.lang)
	p.text(Text{X: at.X - p.set.width(text, Bold, 11)/2, Y: at.Y + 9, Text: text, Size: 11, Face: Bold, Colour: c.ink})
	return box
}
