package cartography

import (
	"fmt"
	"math"
	"strconv"

	"kawasan/geo/xmltext"
)

// SVG writes the drawing as a document of its own, without scripts, and with its
// texts as text.
func (d *Drawing) SVG() ([]byte, error) {
	set, err := newSetter()
	if err != nil {
		return nil, err
	}
	w := &svgWriter{set: set}
	w.printf(`<svg xmlns="http://www.w3.org/2000/svg" width="%smm" height="%smm" viewBox="0 0 %s %s" role="img" aria-labelledby="t d"`,
		decimal(d.Width*25.4/96), decimal(d.Height*25.4/96), decimal(d.Width), decimal(d.Height))
	w.attribute("xml:lang", d.Lang)
	w.printf(">\n<title id=\"t\">%s</title>\n<desc id=\"d\">%s</desc>\n", xmltext.Escape(d.Title), xmltext.Escape(d.Description))
	w.printf(`<rect width="100%%" height="100%%" fill="#fff"/>` + "\n")
	for _, m := range d.marks {
		switch m := m.(type) {
		case Box:
			w.clip(m)
		case Path:
			w.path(m)
		case Text:
			w.text(m)
		}
	}
	w.clip(Box{})
	w.printf("</svg>\n")
	return w.b, nil
}

type svgWriter struct {
	b     []byte
	set   *setter
	clips int
	open  bool // a group that is clipped
}

func (w *svgWriter) printf(format string, args ...any) { w.b = fmt.Appendf(w.b, format, args...) }

func (w *svgWriter) attribute(name, value string) {
	if value != "" {
		w.printf(` %s="%s"`, name, xmltext.Escape(value))
	}
}

func (w *svgWriter) clip(b Box) {
	if w.open {
		w.printf("</g>\n")
	}
	if w.open = b != (Box{}); w.open {
		w.clips++
		w.printf(`<clipPath id="c%d"><rect x="%s" y="%s" width="%s" height="%s"/></clipPath><g clip-path="url(#c%d)">`+"\n",
			w.clips, decimal(b.X), decimal(b.Y), decimal(b.W), decimal(b.H), w.clips)
	}
}

func (w *svgWriter) path(p Path) {
	w.printf(`<path d="`)
	for _, l := range p.Lines {
		w.b = appendPathData(w.b, l)
	}
	w.printf(`"`)
	w.colour("fill", p.Fill)
	if s := p.Stroke; s.Width > 0 && s.Colour.A > 0 {
		w.colour("stroke", s.Colour)
		w.printf(` stroke-width="%s" stroke-linejoin="round"`, decimal(s.Width))
		if s.Dash == nil {
			w.printf(` stroke-linecap="round"`)
		} else {
			w.printf(` stroke-dasharray="`)
			for i, v := range s.Dash {
				if i > 0 {
					w.printf(" ")
				}
				w.printf("%s", decimal(v))
			}
			w.printf(`"`)
		}
	}
	w.printf("/>\n")
}

// colour writes a paint with its opacity.
func (w *svgWriter) colour(name string, c Colour) {
	if c.A == 0 {
		w.printf(` %s="none"`, name)
		return
	}
	w.printf(` %s="#%02x%02x%02x"`, name, c.R, c.G, c.B)
	if c.A < 255 {
		w.printf(` %s-opacity="%s"`, name, decimal(float64(c.A)/255))
	}
}

func (w *svgWriter) text(t Text) {
	w.printf(`<text x="%s" y="%s" font-family="Go, 'Go Regular', Arial, Helvetica, sans-serif" font-size="%s"`, decimal(t.X), decimal(t.Y), decimal(t.Size))
	switch t.Face {
	case Bold:
		w.printf(` font-weight="bold"`)
	case Italic:
		w.printf(` font-style="italic"`)
	}
	// Another font than ours must not run into its neighbours.
	w.printf(` textLength="%s" lengthAdjust="spacingAndGlyphs"`, decimal(w.set.width(t.Text, t.Face, t.Size)))
	w.colour("fill", t.Colour)
	if t.HaloWidth > 0 {
		w.colour("stroke", t.Halo)
		w.printf(` stroke-width="%s" stroke-linejoin="round" paint-order="stroke"`, decimal(2*t.HaloWidth))
	}
	w.printf(">%s</text>\n", xmltext.Escape(t.Text))
}

// appendPathData writes the commands of one line; positions to a hundredth.
func appendPathData(b []byte, l Line) []byte {
	for i, p := range l.Points {
		switch i {
		case 0:
			b = append(b, 'M')
		case 1:
			b = append(b, 'L')
		default:
			b = append(b, ' ')
		}
		b = appendDecimal(b, p.X)
		b = append(b, ' ')
		b = appendDecimal(b, p.Y)
	}
	if l.Closed {
		b = append(b, 'Z')
	}
	return b
}

func appendDecimal(b []byte, v float64) []byte {
	return strconv.AppendFloat(b, math.Round(v*100)/100+0, 'f', -1, 64)
}

func decimal(v float64) string { return string(appendDecimal(nil, v)) }
