package cartography

import (
	"math"

	"github.com/paulmach/orb"

	"kawasan/geo/geodesy"
)

// window is the part of the world that a map shows, and where in the drawing.
type window struct {
	frame  Box
	middle orb.Point
	// metresX and metresY are the lengths of a degree of longitude and latitude in
	// the middle; metres is what one unit of the drawing stands for.
	metresX, metresY, metres float64
}

// maxLatitude bounds the middle of a map: nearer to a pole this projection is no use.
const maxLatitude = 84.0

// newWindow shows an extent in a frame, enlarged so that it is at least so many
// metres in both directions and has the shape of the frame.
func newWindow(extent orb.Bound, frame Box, leastMetres float64) window {
	w := around(extent.Center(), frame)
	width := math.Max((extent.Max[0]-extent.Min[0])*w.metresX, leastMetres)
	height := math.Max((extent.Max[1]-extent.Min[1])*w.metresY, leastMetres)
	w.metres = math.Max(width/frame.W, height/frame.H)
	return w
}

// around makes a window without a scale.
func around(middle orb.Point, frame Box) window {
	middle[1] = math.Max(-maxLatitude, math.Min(maxLatitude, middle[1]))
	const half = 0.005 // degrees
	return window{
		frame: frame, middle: middle,
		metresX: geodesy.Distance(orb.Point{-half, middle[1]}, orb.Point{half, middle[1]}) / (2 * half),
		metresY: geodesy.Distance(orb.Point{0, middle[1] - half}, orb.Point{0, middle[1] + half}) / (2 * half),
	}
}

// place gives the point of the drawing for a position in lon, lat.
func (w window) place(p orb.Point) Point {
	return Point{
		w.frame.X + w.frame.W/2 + (p[0]-w.middle[0])*w.metresX/w.metres,
		w.frame.Y + w.frame.H/2 - (p[1]-w.middle[1])*w.metresY/w.metres,
	}
}

// bound gives what is seen, and some units more, in lon, lat.
func (w window) bound(more float64) orb.Bound {
	dx, dy := (w.frame.W/2+more)*w.metres/w.metresX, (w.frame.H/2+more)*w.metres/w.metresY
	return orb.Bound{Min: orb.Point{w.middle[0] - dx, w.middle[1] - dy}, Max: orb.Point{w.middle[0] + dx, w.middle[1] + dy}}
}

// scaleNumber is the N of the scale 1 : N on paper.
func (w window) scaleNumber() float64 { return w.metres * 96 / 0.0254 }

// rounded gives the window at the next smaller scale whose number is round.
func (w window) rounded() window {
	n := w.scaleNumber()
	step := math.Pow(10, math.Floor(math.Log10(n)))
	for _, factor := range []float64{1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 7.5, 10} {
		if step*factor >= n*(1-1e-9) {
			w.metres = step * factor * 0.0254 / 96
			break
		}
	}
	return w
}
