package cartography_test

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"strconv"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"

	"kawasan/geo"
	"kawasan/geo/cartography"
	"kawasan/geo/geotest"
	"kawasan/geo/tile"
)

var black = cartography.Colour{A: 255}

// ink sums how black a drawing is, in units of area.
func ink(t interface{ Fatal(...any) }, d *cartography.Drawing, dots float64) float64 {
	picture, err := d.Rasterise(dots)
	if err != nil {
		t.Fatal(err)
	}
	sum := 0.0
	for y := range picture.Rect.Dy() {
		for x := range picture.Rect.Dx() {
			sum += 1 - float64(picture.RGBAAt(x, y).R)/255
		}
	}
	return sum / (dots / 96) / (dots / 96)
}

// What is filled and stroked has the area that geometry gives it.
func TestInk(t *testing.T) {
	t.Parallel()
	square := func(lo, hi float64) []cartography.Point {
		return []cartography.Point{{X: lo, Y: lo}, {X: hi, Y: lo}, {X: hi, Y: hi}, {X: lo, Y: hi}}
	}
	hole := []cartography.Point{{X: 30, Y: 30}, {X: 30, Y: 50}, {X: 50, Y: 50}, {X: 50, Y: 30}}
	line := []cartography.Line{{Points: []cartography.Point{{X: 10, Y: 50.3}, {X: 90, Y: 50.3}}}}
	for _, c := range []struct {
		name string
		path cartography.Path
		want float64
	}{
		{"a square", cartography.Path{Lines: []cartography.Line{{Points: square(20, 60), Closed: true}}, Fill: black}, 1600},
		{"a square with a hole", cartography.Path{Lines: []cartography.Line{{Points: square(20, 60), Closed: true}, {Points: hole, Closed: true}}, Fill: black}, 1200},
		{"two that overlap", cartography.Path{Lines: []cartography.Line{{Points: square(20, 60), Closed: true}, {Points: square(40, 80), Closed: true}}, Fill: black}, 2800},
		{"beyond the picture", cartography.Path{Lines: []cartography.Line{{Points: square(-1e6, 50), Closed: true}}, Fill: black}, 2500},
		{"a line with round ends", cartography.Path{Lines: line, Stroke: cartography.Stroke{Colour: black, Width: 4}}, 80*4 + math.Pi*4},
		{"a dashed line", cartography.Path{Lines: line, Stroke: cartography.Stroke{Colour: black, Width: 4, Dash: []float64{10, 6}}}, 4 * 50},
		{"a frame", cartography.Path{Lines: []cartography.Line{{Points: square(20, 60), Closed: true}}, Stroke: cartography.Stroke{Colour: black, Width: 2}}, 4*40*2 - (4-math.Pi)*1},
	} {
		for _, dots := range []float64{96, 150, 301} {
			if got := ink(t, cartography.Drawn(100, 100, c.path), dots); math.Abs(got-c.want) > 0.01*c.want+1 {
				t.Errorf("%s at %v dots: %.1f of ink, want %.1f", c.name, dots, got, c.want)
			}
		}
	}
}

// A stroke covers every point nearer than half its width and none that is further.
func TestStroke(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		within := rapid.Float64Range(10, 90)
		line := cartography.Line{Closed: rapid.Bool().Draw(t, "closed")}
		for range rapid.IntRange(2, 8).Draw(t, "vertices") {
			line.Points = append(line.Points, cartography.Point{X: within.Draw(t, "x"), Y: within.Draw(t, "y")})
		}
		width := rapid.Float64Range(1, 30).Draw(t, "width")
		picture, err := cartography.Drawn(100, 100, cartography.Path{Lines: []cartography.Line{line}, Stroke: cartography.Stroke{Colour: black, Width: width}}).Rasterise(96)
		if err != nil {
			t.Fatal(err)
		}
		for range 50 {
			x, y := rapid.IntRange(0, 99).Draw(t, "px"), rapid.IntRange(0, 99).Draw(t, "py")
			d := distanceTo(line, float64(x)+0.5, float64(y)+0.5)
			v := picture.RGBAAt(x, y).R
			if d < width/2-0.9 && v > 8 || d > width/2+0.9 && v < 247 {
				t.Fatalf("a pixel %.2f from a line of width %.2f is %d", d, width, v)
			}
		}
	})
}

func distanceTo(l cartography.Line, x, y float64) float64 {
	points := l.Points
	if l.Closed {
		points = append(points[:len(points):len(points)], points[0])
	}
	best := math.Inf(1)
	for i := 1; i < len(points); i++ {
		a, b := points[i-1], points[i]
		dx, dy := b.X-a.X, b.Y-a.Y
		u := 0.0
		if s := dx*dx + dy*dy; s > 0 {
			u = max(0, min(1, ((x-a.X)*dx+(y-a.Y)*dy)/s))
		}
		best = min(best, math.Hypot(x-a.X-u*dx, y-a.Y-u*dy))
	}
	return best
}

// Whatever the geometry and the name, there is a picture or an error, and the SVG
// is well-formed.
func FuzzPicture(f *testing.F) {
	f.Add([]byte{1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 93, 64, 0, 0, 0, 0, 0, 0, 0, 0}, "a name")
	f.Add([]byte{1, 7, 0, 0, 0, 0, 0, 0, 0}, "<&\"\x01\xff>")
	f.Add(geotest.NewLayer("c", "Polygon").Add("p", orb.Polygon{{{0, 0}, {1e300, 0}, {1, 1}, {0, 0}}}, nil).WKB, "")
	f.Fuzz(func(t *testing.T, wkb []byte, name string) {
		l := geotest.NewLayer("c", "Geometry", geotest.Basis()...)
		feature := l.Add("f", orb.Point{116, 0}, geotest.Values{"name": name, "boundary_kind": "indicative", "position_uncertainty_m": 500.0})
		feature.WKB = wkb
		box := orb.Bound{Min: orb.Point{115, 10}, Max: orb.Point{117, 12}} // beyond the land known
		reader := anywhere{geotest.NewReader(l)}
		d, err := cartography.DrawPicture(t.Context(), reader, cartography.Picture{Collections: []string{"c"}, Width: 120, Height: 80, Bounds: &box, Theme: tile.Light, Lang: "en"})
		if err != nil {
			return
		}
		if _, err := d.PNG(96); err != nil {
			t.Fatal(err)
		}
		checkSVG(t, d)
		checkPDF(t, d)
	})
}

func checkSVG(t testing.TB, d *cartography.Drawing) {
	t.Helper()
	svg, err := d.SVG()
	if err != nil {
		t.Fatal(err)
	}
	decoder := xml.NewDecoder(bytes.NewReader(svg))
	for {
		_, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("the SVG is not well-formed: %v", err)
		}
	}
}

var number = regexp.MustCompile(`(?s)startxref\n(\d+)\n%%EOF\n$`)

// checkPDF follows the table of objects.
func checkPDF(t testing.TB, d *cartography.Drawing) {
	t.Helper()
	pdf, err := d.PDF()
	if err != nil {
		t.Fatal(err)
	}
	m := number.FindSubmatch(pdf)
	if m == nil {
		t.Fatal("the PDF has no end")
	}
	at, _ := strconv.Atoi(string(m[1]))
	if !bytes.HasPrefix(pdf[at:], []byte("xref\n0 6\n0000000000 65535 f \n")) {
		t.Fatal("the PDF has no table where it says")
	}
	rows := bytes.SplitAfter(pdf[at:], []byte("\n"))
	for i, row := range rows[3:8] {
		place, _ := strconv.Atoi(string(row[:10]))
		if len(row) != 20 || !bytes.HasPrefix(pdf[place:], fmt.Appendf(nil, "%d 0 obj\n", i+1)) {
			t.Errorf("object %d is not where the table says", i+1)
		}
	}
}

func TestDocuments(t *testing.T) {
	t.Parallel()
	d := sheet(t, "zones", "kib", tile.Print, "id")
	checkSVG(t, d)
	checkPDF(t, d)
}

func BenchmarkPicture(b *testing.B) {
	reader := geotest.Shipped(b)
	for b.Loop() {
		d, err := cartography.DrawPicture(b.Context(), reader, cartography.Picture{Collections: []string{"zones"}, Width: 1200, Height: 630, Theme: tile.Light, Lang: "en"})
		if err != nil {
			b.Fatal(err)
		}
		if _, err := d.PNG(96); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSheet(b *testing.B) {
	reader := geotest.Shipped(b)
	for _, form := range []string{"png", "svg", "pdf"} {
		b.Run(form, func(b *testing.B) {
			for b.Loop() {
				d, err := cartography.DrawSheet(b.Context(), reader, cartography.Sheet{Collection: "zones", Feature: "kik", Paper: cartography.Papers()[0], Theme: tile.Print, Lang: "id"})
				if err != nil {
					b.Fatal(err)
				}
				var out []byte
				switch form {
				case "png":
					out, err = d.PNG(150)
				case "svg":
					out, err = d.SVG()
				default:
					out, err = d.PDF()
				}
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(len(out)), "bytes")
			}
		})
	}
}

// anywhere is a reader that ignores boxes.
type anywhere struct{ geo.Reader }

func (a anywhere) Open(ctx context.Context, q geo.Query) (geo.Selection, error) {
	q.Bounds = nil
	return a.Reader.Open(ctx, q)
}
