package cartography

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"slices"
	"unicode/utf16"
)

// PDF writes the drawing as a document of one page (PDF 1.4, ISO 32000). Texts are
// drawn as shapes, so that no font is needed.
func (d *Drawing) PDF() ([]byte, error) {
	set, err := newSetter()
	if err != nil {
		return nil, err
	}
	w := &pdfWriter{set: set}
	// From our units, y down, to points, y up.
	w.printf("0.75 0 0 -0.75 0 %s cm 1 j\nq\n", decimal(d.Height*0.75))
	for _, m := range d.marks {
		switch m := m.(type) {
		case Box:
			w.printf("Q\nq\n")
			if m != (Box{}) {
				w.printf("%s %s %s %s re W n\n", decimal(m.X), decimal(m.Y), decimal(m.W), decimal(m.H))
			}
		case Path:
			w.path(m)
		case Text:
			lines := w.set.outlines(m)
			if m.HaloWidth > 0 {
				w.path(Path{Lines: lines, Stroke: Stroke{Colour: m.Halo, Width: 2 * m.HaloWidth}})
			}
			w.path(Path{Lines: lines, Fill: m.Colour})
		}
	}
	w.printf("Q\n")
	return w.document(d)
}

type pdfWriter struct {
	b         []byte
	set       *setter
	opacities []uint8 // those used, each a graphics state
}

func (w *pdfWriter) printf(format string, args ...any) { w.b = fmt.Appendf(w.b, format, args...) }

func (w *pdfWriter) path(p Path) {
	if p.Fill.A > 0 {
		w.opacity(p.Fill.A)
		w.printf("%s rg\n", pdfColour(p.Fill))
		w.lines(p.Lines)
		w.printf("f\n")
	}
	if s := p.Stroke; s.Width > 0 && s.Colour.A > 0 {
		w.opacity(s.Colour.A)
		caps := 1
		if s.Dash != nil {
			caps = 0
		}
		w.printf("%s RG %s w %d J [", pdfColour(s.Colour), decimal(s.Width), caps)
		for _, v := range s.Dash {
			w.printf("%s ", decimal(v))
		}
		w.printf("] 0 d\n")
		w.lines(p.Lines)
		w.printf("S\n")
	}
}

func (w *pdfWriter) opacity(a uint8) {
	if !slices.Contains(w.opacities, a) {
		w.opacities = append(w.opacities, a)
	}
	w.printf("/A%d gs ", a)
}

func pdfColour(c Colour) string {
	return decimal(float64(c.R)/255) + " " + decimal(float64(c.G)/255) + " " + decimal(float64(c.B)/255)
}

func (w *pdfWriter) lines(lines []Line) {
	for _, l := range lines {
		for i, p := range l.Points {
			w.b = appendDecimal(w.b, p.X)
			w.b = append(w.b, ' ')
			w.b = appendDecimal(w.b, p.Y)
			if i == 0 {
				w.b = append(w.b, " m\n"...)
			} else {
				w.b = append(w.b, " l\n"...)
			}
		}
		if l.Closed {
			w.b = append(w.b, "h\n"...)
		}
	}
}

// document puts the page's content between the objects that a document needs.
func (w *pdfWriter) document(d *Drawing) ([]byte, error) {
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	if _, err := z.Write(w.b); err != nil {
		return nil, fmt.Errorf("pack the page: %w", err)
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("pack the page: %w", err)
	}
	states := ""
	for _, a := range w.opacities {
		states += fmt.Sprintf("/A%d <</ca %s /CA %s>> ", a, decimal(float64(a)/255), decimal(float64(a)/255))
	}
	objects := []string{
		fmt.Sprintf("<</Type /Catalog /Pages 2 0 R /Lang %s>>", pdfText(d.Lang)),
		"<</Type /Pages /Kids [3 0 R] /Count 1>>",
		fmt.Sprintf("<</Type /Page /Parent 2 0 R /MediaBox [0 0 %s %s] /Contents 4 0 R /Resources <</ExtGState <<%s>>>>>>", decimal(d.Width*0.75), decimal(d.Height*0.75), states),
		fmt.Sprintf("<</Length %d /Filter /FlateDecode>>\nstream\n%s\nendstream", packed.Len(), packed.String()),
		fmt.Sprintf("<</Title %s /Subject %s /Creator (Kawasan)>>", pdfText(d.Title), pdfText(d.Description)),
	}
	out := []byte("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
	places := make([]int, 0, len(objects))
	for i, o := range objects {
		places = append(places, len(out))
		out = fmt.Appendf(out, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	table := len(out)
	out = fmt.Appendf(out, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, p := range places {
		out = fmt.Appendf(out, "%010d 00000 n \n", p)
	}
	return fmt.Appendf(out, "trailer\n<</Size %d /Root 1 0 R /Info 5 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, table), nil
}

// pdfText writes a text string as UTF-16 in hexadecimal digits.
func pdfText(s string) string {
	b := []byte("<FEFF")
	for _, u := range utf16.Encode([]rune(s)) {
		b = fmt.Appendf(b, "%04X", u)
	}
	return string(append(b, '>'))
}
