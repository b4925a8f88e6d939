package geodesy

import (
	"cmp"
	"math"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// bruteDistance is the reference for Between that shares nothing with it but
// the inverse geodesic: every edge is densified in lon/lat, the chords of all pairs of
// points are measured, and the places that may be the best are searched again on ever
// finer grids, until the distance is known to a tenth of the tolerance. It
// measures real points only, so it is never too small; and Between, whose
// closest points are checked to lie on the shapes, cannot be too small either.
func bruteDistance(a, b []segment, steps int, tolerance float64) float64 {
	const degree = 111_700.0 // metres, at least
	var starts []bruteStart
	result := math.Inf(1)
	nodes := make([][][3]float64, len(b))
	for k, y := range b {
		nodes[k] = chordNodes(y, steps)
	}
	for _, x := range a {
		from := chordNodes(x, steps)
		for k, y := range b {
			i, j := closestNodes(from, nodes[k])
			st := bruteStart{x: x, y: y, s: float64(i) / float64(steps), t: float64(j) / float64(steps)}
			st.d = segDistance(x, y, st.s, st.t)
			result = min(result, st.d)
			starts = append(starts, st)
		}
	}
	slices.SortFunc(starts, func(a, b bruteStart) int { return cmp.Compare(a.d, b.d) })
	for _, st := range starts {
		length := degree * (math.Sqrt(st.x.length2()) + math.Sqrt(st.y.length2()))
		// A place is no further than half a piece from a node on each side. Chords
		// and geodesics do not sort nodes quite alike.
		if st.d-length/float64(2*steps) > result+1e-4*st.d {
			continue
		}
		result = min(result, st.refined(1/float64(steps), tolerance/10, length, result))
	}
	return result
}

// bruteStart is a pair of places on two edges, in parts of their lengths.
type bruteStart struct {
	x, y    segment
	d, s, t float64
}

// refined looks around on grids of falling width, in parts of the edges, which have that
// length together, until there is nothing to gain, or nothing in reach can be less than what is known.
func (st bruteStart) refined(width, gain, length, known float64) float64 {
	for w := width; w*length > gain && st.d-2*w*length < known; {
		c := st
		for i := -2; i <= 2; i++ {
			for j := -2; j <= 2; j++ {
				s := math.Max(0, math.Min(1, c.s+w*float64(i)/2))
				t := math.Max(0, math.Min(1, c.t+w*float64(j)/2))
				if d := segDistance(c.x, c.y, s, t); d < st.d {
					st.d, st.s, st.t = d, s, t
				}
			}
		}
		if st.d > c.d-gain {
			w /= 2 // nothing better at this width
		}
	}
	return st.d
}

// chordNodes are places along an edge in space, in units of the equator's radius.
func chordNodes(g segment, steps int) [][3]float64 {
	const f = 1 / 298.257223563
	all := make([][3]float64, steps+1)
	for i := range all {
		lon, lat := g.at(float64(i) / float64(steps))
		sinLat, cosLat := math.Sincos(lat * math.Pi / 180)
		sinLon, cosLon := math.Sincos(lon * math.Pi / 180)
		n := 1 / math.Sqrt(1-f*(2-f)*sinLat*sinLat)
		all[i] = [3]float64{n * cosLat * cosLon, n * cosLat * sinLon, n * (1 - f) * (1 - f) * sinLat}
	}
	return all
}

// closestNodes are those with the shortest chord between them.
func closestNodes(a, b [][3]float64) (i, j int) {
	best := math.Inf(1)
	for k := range a {
		for l := range b {
			x, y, z := a[k][0]-b[l][0], a[k][1]-b[l][1], a[k][2]-b[l][2]
			if d := x*x + y*y + z*z; d < best {
				best, i, j = d, k, l
			}
		}
	}
	return i, j
}

func segDistance(a, b segment, s, t float64) float64 {
	ax, ay := a.at(s)
	bx, by := b.at(t)
	return Distance(orb.Point{ax, ay}, orb.Point{bx, by})
}

// offShape is how far, in degrees, a point lies off the nearest segment, modulo 360.
func offShape(p orb.Point, segments []segment) float64 {
	off := math.Inf(1)
	for _, g := range segments {
		for k := -720.0; k <= 720; k += 360 {
			d2, _ := frame{1, 1}.toSegment(p[0]+k, p[1], g)
			off = min(off, math.Sqrt(d2))
		}
	}
	return off
}

func segmentsOf(s *Shape) []segment {
	var out []segment
	for _, l := range s.leaves {
		for i := range max(1, int32(l.edges)) {
			out = append(out, s.edge(l, i))
		}
	}
	return out
}

// drawLine draws a line that begins at p, with edges of about size degrees.
func drawLine(t *rapid.T, p orb.Point, size float64, name string) orb.LineString {
	n := rapid.IntRange(0, 4).Draw(t, name+" edges")
	ls := orb.LineString{p}
	for range n {
		step := rapid.Float64Range(-size, size)
		p[0] = math.Max(-360, math.Min(360, p[0]+step.Draw(t, name+" dx")))
		if !rapid.Bool().Draw(t, name+" level") {
			p[1] = math.Max(-90, math.Min(90, p[1]+step.Draw(t, name+" dy")))
		}
		ls = append(ls, p)
	}
	if len(ls) == 1 {
		ls = append(ls, p)
	}
	return ls
}

func TestBetweenAgainstBruteForce(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name             string
		lat0, lat1       float64
		size0, size1     float64 // edge length, powers of ten of a degree
		apart0, apart1   float64 // distance, powers of ten of a degree
		within, tolerate float64 // metres
	}{
		{"short edges close by", -6, 6, -4, -2, -4, -1.5, 100e3, 1e-3},
		{"short edges up to 100 km", -6, 6, -3, -1, -2, -0.1, 100e3, 1e-3},
		{"middle latitudes", -70, 70, -3, -0.5, -3, -0.1, 100e3, 1e-3},
		{"high latitudes", 70, 89.99, -3, 0.3, -3, 0, 100e3, 1e-3},
		{"edges of hundreds of km close by", -60, 60, 0, 0.8, -2, -0.3, 100e3, 1e-3},
		{"edges of hundreds of km on the equator", -4, 4, 0, 0.8, -2, -0.2, 100e3, 1e-3},
		{"edges of thousands of km", -80, 80, 1, 2.2, -1, 1, 2000e3, 1},
		{"up to 2,000 km", -60, 60, -2, 0.7, 0, 1.2, 2000e3, 1},
		{"up to 2,000 km near the equator", -4, 4, -2, 0.7, 0, 1.2, 2000e3, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			rapid.Check(t, func(t *rapid.T) {
				p := orb.Point{
					rapid.OneOf(rapid.Float64Range(-180, 180), rapid.SampledFrom([]float64{180, -180, 179.9})).Draw(t, "lon"),
					rapid.OneOf(rapid.Float64Range(tt.lat0, tt.lat1), rapid.SampledFrom([]float64{tt.lat0, (tt.lat0 + tt.lat1) / 2})).Draw(t, "lat"),
				}
				apart := math.Pow(10, rapid.Float64Range(tt.apart0, tt.apart1).Draw(t, "apart"))
				angle := rapid.Float64Range(0, 2*math.Pi).Draw(t, "angle")
				q := orb.Point{p[0] + apart*math.Cos(angle)/math.Max(0.02, math.Cos(p[1]*radians)), math.Max(-90, math.Min(90, p[1]+apart*math.Sin(angle)))}
				if rapid.Bool().Draw(t, "wrapped") {
					q[0] -= 360 * math.Round(q[0]/360)
				}
				size := rapid.Float64Range(tt.size0, tt.size1)
				a, err := Prepare(drawLine(t, p, math.Pow(10, size.Draw(t, "a size")), "a"))
				if err != nil {
					t.Fatal(err)
				}
				b, err := Prepare(drawLine(t, q, math.Pow(10, size.Draw(t, "b size")), "b"))
				if err != nil {
					t.Fatal(err)
				}
				steps := 12
				if tt.size1 > 1 {
					steps = 60
				}
				want := bruteDistance(segmentsOf(a), segmentsOf(b), steps, tt.tolerate)
				if want > tt.within {
					t.Skip("too far apart for the promise")
				}
				got := Between(a, b)
				if got.Metres > want+tt.tolerate {
					t.Errorf("Between = %.6f m from %v to %v, brute force %.6f", got.Metres, got.From, got.To, want)
				}
				if d := Distance(got.From, got.To); math.Abs(d-got.Metres) > 1e-6 {
					t.Errorf("the closest points are %.9f apart, the distance is %.9f", d, got.Metres)
				}
				if off := offShape(got.From, segmentsOf(a)); off > 1e-9 {
					t.Errorf("From %v lies %g degrees off the shape", got.From, off)
				}
				if off := offShape(got.To, segmentsOf(b)); off > 1e-9 {
					t.Errorf("To %v lies %g degrees off the shape", got.To, off)
				}
				if back := Between(b, a); math.Abs(back.Metres-got.Metres) > 1e-5 {
					t.Errorf("%.9f one way, %.9f the other", got.Metres, back.Metres)
				}
			})
		})
	}
}
