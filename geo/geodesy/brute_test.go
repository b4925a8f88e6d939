package geodesy

import (
	"math"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// bruteDistance is the reference for Between that shares nothing with it but
// the inverse geodesic: every edge is densified in lon/lat, all pairs of points
// are measured, and the best places are searched again on ever finer grids. It
// measures real points only, so it is never too small; and Between, whose
// closest points are checked to lie on the shapes, cannot be too small either.
func bruteDistance(a, b []segment, steps int) float64 {
	best := math.Inf(1)
	type start struct{ d, s, t float64 }
	starts := make([]start, 0, len(a)*len(b))
	for _, x := range a {
		for _, y := range b {
			st := start{d: math.Inf(1)}
			for i := 0; i <= steps; i++ {
				for j := 0; j <= steps; j++ {
					s, t := float64(i)/float64(steps), float64(j)/float64(steps)
					if d := segDistance(x, y, s, t); d < st.d {
						st = start{d, s, t}
					}
				}
			}
			best = min(best, st.d)
			starts = append(starts, st)
		}
	}
	result := best
	k := 0
	for _, x := range a {
		for _, y := range b {
			st := starts[k]
			k++
			reach := (math.Sqrt(x.length2()) + math.Sqrt(y.length2())) / float64(steps)
			if st.d > best+2*reach {
				continue
			}
			for w := 1 / float64(steps); w > 1e-9; {
				c := st
				for i := -3; i <= 3; i++ {
					for j := -3; j <= 3; j++ {
						s := math.Max(0, math.Min(1, c.s+w*float64(i)/3))
						t := math.Max(0, math.Min(1, c.t+w*float64(j)/3))
						if d := segDistance(x, y, s, t); d < st.d {
							st = start{d, s, t}
						}
					}
				}
				if st.d > c.d-1e-4 {
					w /= 2.5 // nothing better at this width
				}
			}
			result = min(result, st.d)
		}
	}
	return result
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
				want := bruteDistance(segmentsOf(a), segmentsOf(b), steps)
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
