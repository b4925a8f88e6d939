package cartography

import (
	"bytes"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"math"

	"golang.org/x/image/vector"
)

// PNG draws at a number of dots an inch. It takes four bytes of memory a dot.
func (d *Drawing) PNG(dotsPerInch float64) ([]byte, error) {
	picture, err := d.Rasterise(dotsPerInch)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.DefaultCompression}
	if err := encoder.Encode(&b, picture); err != nil {
		return nil, fmt.Errorf("write the picture: %w", err)
	}
	return b.Bytes(), nil
}

// Rasterise draws into memory on white.
func (d *Drawing) Rasterise(dotsPerInch float64) (*image.RGBA, error) {
	set, err := newSetter()
	if err != nil {
		return nil, err
	}
	scale := dotsPerInch / 96
	bounds := image.Rect(0, 0, int(math.Round(d.Width*scale)), int(math.Round(d.Height*scale)))
	r := &raster{picture: image.NewRGBA(bounds), clip: bounds, scale: scale}
	draw.Draw(r.picture, bounds, image.White, image.Point{}, draw.Src)
	for _, m := range d.marks {
		switch m := m.(type) {
		case Box:
			r.clip = bounds
			if m != (Box{}) {
				r.clip = image.Rect(
					int(math.Round(m.X*scale)), int(math.Round(m.Y*scale)), int(math.Round(m.right()*scale)), int(math.Round(m.bottom()*scale)),
				).Intersect(bounds)
			}
		case Path:
			r.path(m)
		case Text:
			lines := set.outlines(m)
			if m.HaloWidth > 0 {
				r.stroke(lines, Stroke{Colour: m.Halo, Width: 2 * m.HaloWidth})
			}
			r.fill(lines, m.Colour)
		}
	}
	return r.picture, nil
}

// raster is a picture that is being drawn.
type raster struct {
	picture *image.RGBA
	clip    image.Rectangle
	scale   float64
	shape   vector.Rasterizer
}

func (r *raster) path(p Path) {
	r.fill(p.Lines, p.Fill)
	r.stroke(p.Lines, p.Stroke)
}

func (r *raster) fill(lines []Line, c Colour) {
	if c.A == 0 {
		return
	}
	var pieces [][]Point
	for _, l := range lines {
		if l.Closed && len(l.Points) > 2 {
			pieces = append(pieces, l.Points)
		}
	}
	r.cover(pieces, c)
}

func (r *raster) stroke(lines []Line, s Stroke) {
	if s.Width <= 0 || s.Colour.A == 0 {
		return
	}
	r.cover(outlineStroke(lines, s, 0.1/r.scale), s.Colour)
}

// cover colours what lies within any of the rings (nonzero rule, rings one way
// round add up), dots at their edges in part.
func (r *raster) cover(rings [][]Point, c Colour) {
	lo, hi := Point{math.Inf(1), math.Inf(1)}, Point{math.Inf(-1), math.Inf(-1)}
	for _, ring := range rings {
		for _, p := range ring {
			lo.X, lo.Y = math.Min(lo.X, p.X), math.Min(lo.Y, p.Y)
			hi.X, hi.Y = math.Max(hi.X, p.X), math.Max(hi.Y, p.Y)
		}
	}
	if !(lo.X <= hi.X) {
		return
	}
	dot := func(v float64) int { return int(math.Max(-1, math.Min(1<<20, v*r.scale))) }
	area := image.Rect(dot(lo.X)-1, dot(lo.Y)-1, dot(hi.X)+2, dot(hi.Y)+2).Intersect(r.clip)
	if area.Empty() {
		return
	}
	r.shape.Reset(area.Dx(), area.Dy())
	ox, oy := float64(area.Min.X), float64(area.Min.Y)
	for _, ring := range rings {
		for i, p := range ring {
			x, y := float32(p.X*r.scale-ox), float32(p.Y*r.scale-oy)
			if i == 0 {
				r.shape.MoveTo(x, y)
			} else {
				r.shape.LineTo(x, y)
			}
		}
		r.shape.ClosePath()
	}
	r.shape.Draw(r.picture, area, image.NewUniform(c), image.Point{})
}
