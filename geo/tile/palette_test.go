package tile_test

import (
	"math"
	"strconv"
	"testing"

	"kawasan/geo/tile"
)

// linear is a colour as linear light, red, green, blue from 0 to 1.
type linear [3]float64

func linearOf(t testing.TB, hex string) linear {
	t.Helper()
	v, err := strconv.ParseUint(hex[1:], 16, 32)
	if err != nil || len(hex) != 7 {
		t.Fatalf("%q is no colour", hex)
	}
	var c linear
	for i, shift := range []uint{16, 8, 0} {
		s := float64(v>>shift&255) / 255
		if c[i] = s / 12.92; s > 0.04045 {
			c[i] = math.Pow((s+0.055)/1.055, 2.4)
		}
	}
	return c
}

func (c linear) luminance() float64 { return 0.2126*c[0] + 0.7152*c[1] + 0.0722*c[2] }

// contrast is that of WCAG 2.2.
func contrast(a, b linear) float64 {
	l, d := a.luminance(), b.luminance()
	return (max(l, d) + 0.05) / (min(l, d) + 0.05)
}

// sights are how people see colours: with all cones, and without one kind of them
// (Machado, Oliveira and Fernandes 2009, severity 1, on linear light).
var sights = map[string][9]float64{
	"all cones": {1, 0, 0, 0, 1, 0, 0, 0, 1},
	"no red":    {0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998},
	"no green":  {0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881},
	"no blue":   {1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900},
}

func (c linear) seen(m [9]float64) linear {
	var out linear
	for i := range out {
		out[i] = min(1, max(0, m[3*i]*c[0]+m[3*i+1]*c[1]+m[3*i+2]*c[2]))
	}
	return out
}

// lab is CIE L*a*b* under D65.
func (c linear) lab() [3]float64 {
	x := (0.4124564*c[0] + 0.3575761*c[1] + 0.1804375*c[2]) / 0.95047
	y := 0.2126729*c[0] + 0.7151522*c[1] + 0.0721750*c[2]
	z := (0.0193339*c[0] + 0.1191920*c[1] + 0.9503041*c[2]) / 1.08883
	f := func(v float64) float64 {
		if v > 216.0/24389 {
			return math.Cbrt(v)
		}
		return (24389.0/27*v + 16) / 116
	}
	return [3]float64{116*f(y) - 16, 500 * (f(x) - f(y)), 200 * (f(y) - f(z))}
}

// apart is the colour difference of CIE 1976.
func apart(a, b linear) float64 {
	p, q := a.lab(), b.lab()
	return math.Sqrt((p[0]-q[0])*(p[0]-q[0]) + (p[1]-q[1])*(p[1]-q[1]) + (p[2]-q[2])*(p[2]-q[2]))
}

// Whoever looks, the shipped collections can be told apart, names can be read, and
// lines and the edges of points are seen on their ground.
func TestColours(t *testing.T) {
	t.Parallel()
	collections := []string{"zones", "ikn", "ports", "mills", "plantations", "infrastructure", "towns"}
	for _, theme := range tile.Themes() {
		for sight, matrix := range sights {
			for i, a := range collections {
				for _, b := range collections[:i] {
					d := apart(linearOf(t, theme.Colour(a)).seen(matrix), linearOf(t, theme.Colour(b)).seen(matrix))
					if d < 12 {
						t.Errorf("%s, %s: %s and %s are %.1f apart, want 12", theme, sight, a, b, d)
					}
				}
			}
		}
		ground, text, halo := tile.Grounds(theme)
		if c := contrast(linearOf(t, text), linearOf(t, halo)); c < 7 {
			t.Errorf("%s: names have a contrast of %.1f, want 7", theme, c)
		}
		for _, id := range []string{"zones", "ikn", "plantations", "regencies"} {
			if c := contrast(linearOf(t, theme.Colour(id)), linearOf(t, ground)); c < 3 {
				t.Errorf("%s: lines of %s have a contrast of %.2f, want 3", theme, id, c)
			}
		}
		for _, id := range append([]string{"imported", "estates", "roads", "soil"}, collections...) {
			if c := contrast(linearOf(t, tile.Edge(theme, id)), linearOf(t, ground)); c < 3 {
				t.Errorf("%s: points of %s have an edge with a contrast of %.2f, want 3", theme, id, c)
			}
		}
	}
}
