package cartography

import (
	"fmt"

	"kawasan/geo"
)

// entry is one line of a legend: what it looks like and what it is.
type entry struct {
	text   string
	sample func(at Box)
}

// legend lists what the layers show in the frame, and the kinds of boundary that
// occur there.
func (p *painter) legend(layers []*layer, hasLand bool) []entry {
	var entries []entry
	var firm, broken, band, hollow bool
	for i := len(layers) - 1; i >= 0; i-- { // the topmost first
		l := layers[i]
		count, areas, spots, lines := 0, false, false, false
		for _, f := range l.features {
			if !f.seen(p.window.frame) {
				continue
			}
			count++
			areas, lines = areas || len(f.shape.areas) > 0, lines || len(f.shape.lines) > 0
			spots = spots || len(f.shape.spots) > 0
			outlined := len(f.shape.edges)+len(f.shape.lines) > 0
			firm, broken = firm || f.firm && outlined, broken || !f.firm && outlined
			band = band || !f.firm && outlined && f.band >= 1
			hollow = hollow || f.sketch && len(f.shape.spots) > 0
		}
		if count == 0 {
			continue
		}
		entries = append(entries, entry{fmt.Sprintf("%s (%d)", l.collection.Title.In(p.lang), count), p.sampleOf(l.collection, areas, lines, spots)})
	}
	ink := coloursOf(p.theme).quiet
	rule := func(s Stroke) func(Box) {
		return func(at Box) {
			p.path(Path{Lines: []Line{segment(at.X, at.Y+at.H/2, at.right(), at.Y+at.H/2)}, Stroke: s})
		}
	}
	for _, kind := range []struct {
		shown  bool
		text   geo.Text
		sample func(Box)
	}{
		{firm, sayFirm, rule(Stroke{Colour: ink, Width: lineWidth * 1.25})},
		{broken, sayBroken, rule(Stroke{Colour: ink, Width: lineWidth, Dash: dashes()})},
		{band, sayBand, func(at Box) {
			const steps = 6
			for i := range steps {
				rule(Stroke{Colour: faint(ink, 0.08), Width: at.H * float64(steps-i) / steps, Dash: []float64{at.W, at.W}})(at)
			}
		}},
		{hollow, sayHollow, func(at Box) {
			form := square.outline(Point{at.X + at.W/2, at.Y + at.H/2}, 4)
			p.path(Path{Lines: []Line{form}, Fill: coloursOf(p.theme).halo, Stroke: Stroke{Colour: ink, Width: 1.4}})
		}},
		{hasLand, sayLand, func(at Box) {
			p.rectangle(at.inset(1), coloursOf(p.theme).land, Stroke{Colour: coloursOf(p.theme).border, Width: 0.7})
		}},
	} {
		if kind.shown {
			entries = append(entries, entry{kind.text.In(p.lang), kind.sample})
		}
	}
	return entries
}

// sampleOf draws how a collection looks.
func (p *painter) sampleOf(c *geo.Collection, areas, lines, spots bool) func(Box) {
	colour := hex(p.theme.Colour(c.ID))
	return func(at Box) {
		switch {
		case areas:
			p.rectangle(at.inset(1), faint(colour, 0.25), Stroke{Colour: colour, Width: 1.2})
		case lines:
			p.path(Path{Lines: []Line{segment(at.X, at.Y+at.H/2, at.right(), at.Y+at.H/2)}, Stroke: Stroke{Colour: colour, Width: lineWidth}})
		}
		if spots {
			p.symbol(c.ID, Point{at.X + at.W/2, at.Y + at.H/2}, false, symbolSize(c.ID))
		}
	}
}

// column sets headings, texts and samples one below the other.
type column struct {
	p     *painter
	box   Box
	y     float64 // where the next line begins
	limit float64 // where the column ends
}

func (c *column) heading(text string) {
	c.y += 6
	c.line(text, Bold, 11, coloursOf(c.p.theme).ink)
	c.y += 2
}

// paragraph breaks a text into the column; what finds no room is left out, with an ellipsis.
func (c *column) paragraph(text string, f Face, size float64, colour Colour) {
	lines := c.p.set.wrap(text, f, size, c.box.W)
	for i, line := range lines {
		if c.y+2*size*leading*1.1 > c.limit && i < len(lines)-1 {
			c.line(c.p.set.cut(line+" …", f, size, c.box.W), f, size, colour)
			return
		}
		c.line(line, f, size, colour)
	}
}

func (c *column) line(text string, f Face, size float64, colour Colour) {
	if c.y+size > c.limit {
		return
	}
	c.p.text(Text{X: c.box.X, Y: c.y + size, Text: text, Size: size, Face: f, Colour: colour})
	c.y += size * leading * 1.1
}

// entries sets a legend.
func (c *column) entries(entries []entry) {
	const sampleWidth, size = 24.0, 9.5
	for _, e := range entries {
		lines := c.p.set.wrap(e.text, Regular, size, c.box.W-sampleWidth-8)
		if c.y+size*leading*float64(len(lines)) > c.limit {
			return
		}
		e.sample(Box{c.box.X, c.y, sampleWidth, 12})
		for i, line := range lines {
			c.p.text(Text{X: c.box.X + sampleWidth + 8, Y: c.y + size + float64(i)*size*leading, Text: line, Size: size, Colour: coloursOf(c.p.theme).ink})
		}
		c.y += float64(len(lines))*size*leading + 4.5
	}
}
