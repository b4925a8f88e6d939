package cartography

import (
	"fmt"
	"strings"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goitalic"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// Face is a cut of the typeface.
type Face int

// The faces.
const (
	Regular Face = iota
	Bold
	Italic
)

// typefaces reads the fonts once.
var typefaces = sync.OnceValues(func() ([]*sfnt.Font, error) {
	var all []*sfnt.Font
	for _, data := range [][]byte{goregular.TTF, gobold.TTF, goitalic.TTF} {
		f, err := sfnt.Parse(data)
		if err != nil {
			return nil, fmt.Errorf("read the typeface: %w", err)
		}
		all = append(all, f)
	}
	return all, nil
})

// setter sets text: it measures, breaks and outlines. It is for one goroutine.
type setter struct {
	fonts  []*sfnt.Font
	buffer sfnt.Buffer
}

func newSetter() (*setter, error) {
	fonts, err := typefaces()
	if err != nil {
		return nil, err
	}
	return &setter{fonts: fonts}, nil
}

func ppem(size float64) fixed.Int26_6 { return fixed.Int26_6(size*64 + 0.5) }

// width measures a line of text.
func (s *setter) width(text string, f Face, size float64) float64 {
	var sum fixed.Int26_6
	for _, r := range text {
		g, _ := s.fonts[f].GlyphIndex(&s.buffer, r)
		if advance, err := s.fonts[f].GlyphAdvance(&s.buffer, g, ppem(size), font.HintingNone); err == nil {
			sum += advance
		}
	}
	return float64(sum) / 64
}

// wrap breaks text at blanks into lines of at most that width, where words allow.
func (s *setter) wrap(text string, f Face, size, width float64) []string {
	var lines []string
	line := ""
	for word := range strings.FieldsSeq(text) {
		longer := strings.TrimSpace(line + " " + word)
		if line != "" && s.width(longer, f, size) > width {
			lines = append(lines, line)
			longer = word
		}
		line = longer
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// cut shortens text to a width, with an ellipsis.
func (s *setter) cut(text string, f Face, size, width float64) string {
	if s.width(text, f, size) <= width {
		return text
	}
	letters := []rune(text)
	for len(letters) > 0 && s.width(string(letters)+"…", f, size) > width {
		letters = letters[:len(letters)-1]
	}
	return strings.TrimSpace(string(letters)) + "…"
}

// outlines gives the letters of a text as closed lines, curves in small pieces.
func (s *setter) outlines(t Text) []Line {
	var lines []Line
	x := t.X
	for _, r := range t.Text {
		g, _ := s.fonts[t.Face].GlyphIndex(&s.buffer, r)
		segments, err := s.fonts[t.Face].LoadGlyph(&s.buffer, g, ppem(t.Size), nil)
		if err != nil {
			continue
		}
		lines = appendGlyph(lines, segments, x, t.Y)
		if advance, err := s.fonts[t.Face].GlyphAdvance(&s.buffer, g, ppem(t.Size), font.HintingNone); err == nil {
			x += float64(advance) / 64
		}
	}
	return lines
}

func appendGlyph(lines []Line, segments sfnt.Segments, x, y float64) []Line {
	at := func(p fixed.Point26_6) Point { return Point{x + float64(p.X)/64, y + float64(p.Y)/64} }
	for _, s := range segments {
		if s.Op == sfnt.SegmentOpMoveTo {
			lines = append(lines, Line{Points: []Point{at(s.Args[0])}, Closed: true})
			continue
		}
		l := &lines[len(lines)-1]
		from := l.Points[len(l.Points)-1]
		const pieces = 6
		switch s.Op {
		case sfnt.SegmentOpLineTo:
			l.Points = append(l.Points, at(s.Args[0]))
		case sfnt.SegmentOpQuadTo:
			b, c := at(s.Args[0]), at(s.Args[1])
			for i := 1; i <= pieces; i++ {
				u := float64(i) / pieces
				v := 1 - u
				l.Points = append(l.Points, Point{v*v*from.X + 2*v*u*b.X + u*u*c.X, v*v*from.Y + 2*v*u*b.Y + u*u*c.Y})
			}
		case sfnt.SegmentOpCubeTo:
			b, c, e := at(s.Args[0]), at(s.Args[1]), at(s.Args[2])
			for i := 1; i <= pieces; i++ {
				u := float64(i) / pieces
				v := 1 - u
				l.Points = append(l.Points, Point{
					v*v*v*from.X + 3*v*v*u*b.X + 3*v*u*u*c.X + u*u*u*e.X,
					v*v*v*from.Y + 3*v*v*u*b.Y + 3*v*u*u*c.Y + u*u*u*e.Y,
				})
			}
		}
	}
	return lines
}
