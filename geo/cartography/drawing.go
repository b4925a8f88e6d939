package cartography

import (
	"image/color"
	"strconv"
)

// Colour is red, green, blue and opacity; zero draws nothing.
type Colour = color.NRGBA

// hex reads #rrggbb; anything else is black.
func hex(s string) Colour {
	if len(s) == 7 && s[0] == '#' {
		if v, err := strconv.ParseUint(s[1:], 16, 32); err == nil {
			return Colour{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: 255}
		}
	}
	return Colour{A: 255}
}

// faint gives the colour with an opacity from 0 to 1.
func faint(c Colour, opacity float64) Colour {
	c.A = uint8(float64(c.A)*opacity + 0.5)
	return c
}

// mixed goes from one colour towards another by a share from 0 to 1.
func mixed(from, to Colour, share float64) Colour {
	blend := func(a, b uint8) uint8 { return uint8(float64(a) + (float64(b)-float64(a))*share + 0.5) }
	return Colour{R: blend(from.R, to.R), G: blend(from.G, to.G), B: blend(from.B, to.B), A: from.A}
}

// Point is a place in a drawing: x to the right, y down.
type Point struct{ X, Y float64 }

// Box is an upright rectangle of a drawing.
type Box struct{ X, Y, W, H float64 }

func (b Box) right() float64  { return b.X + b.W }
func (b Box) bottom() float64 { return b.Y + b.H }

// inset gives the box with a margin taken off each side; a negative one adds it.
func (b Box) inset(m float64) Box { return Box{b.X + m, b.Y + m, b.W - 2*m, b.H - 2*m} }

func (b Box) meets(o Box) bool {
	return b.X < o.right() && o.X < b.right() && b.Y < o.bottom() && o.Y < b.bottom()
}

func (b Box) contains(o Box) bool {
	return o.X >= b.X && o.Y >= b.Y && o.right() <= b.right() && o.bottom() <= b.bottom()
}

// Line is a run of straight pieces. A closed one encloses an area: outer rings run
// the one way, holes the other, so that they can be filled together (nonzero rule).
type Line struct {
	Points []Point
	Closed bool
}

// Stroke is how a line is drawn: width 0 draws nothing. Corners are round; without
// a dash ends are round as well.
type Stroke struct {
	Colour Colour
	Width  float64
	Dash   []float64 // lengths of pieces and gaps in turn; nil is solid
}

// Path is lines that are filled, then stroked.
type Path struct {
	Lines  []Line
	Fill   Colour
	Stroke Stroke
}

// Text is one line of text; X, Y is where its baseline begins.
type Text struct {
	X, Y   float64
	Text   string
	Size   float64
	Face   Face
	Colour Colour
	// Halo surrounds the letters so that they can be read on any ground.
	Halo      Colour
	HaloWidth float64
}

// Drawing is a picture made of paths and texts, the later ones on top.
type Drawing struct {
	Width, Height float64
	// Title and Description say what is seen, for those who can't see it.
	Title, Description string
	// Lang is the language of its texts.
	Lang  string
	marks []mark
}

// mark is a Path, a Text, or a Box that all marks are cut to until the next one;
// the zero Box cuts nothing.
type mark any

func (d *Drawing) path(p Path) {
	if len(p.Lines) > 0 {
		d.marks = append(d.marks, p)
	}
}

func (d *Drawing) text(t Text) {
	if t.Text != "" {
		d.marks = append(d.marks, t)
	}
}

func (d *Drawing) clip(b Box) { d.marks = append(d.marks, b) }
func (d *Drawing) unclip()    { d.marks = append(d.marks, Box{}) }

// rectangle fills and strokes a box.
func (d *Drawing) rectangle(b Box, fill Colour, s Stroke) {
	d.path(Path{Lines: []Line{b.outline()}, Fill: fill, Stroke: s})
}

func (b Box) outline() Line {
	return Line{[]Point{{b.X, b.Y}, {b.right(), b.Y}, {b.right(), b.bottom()}, {b.X, b.bottom()}}, true}
}

func segment(x1, y1, x2, y2 float64) Line { return Line{Points: []Point{{x1, y1}, {x2, y2}}} }
