package geodesy

import (
	"bufio"
	"fmt"
	"math"
	"os"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// Karney's test set: lines of every kind, many of them nearly antipodal.
func TestInverseAndDirectOnTestSet(t *testing.T) {
	t.Parallel()
	f, err := os.Open("testdata/GeodTest-100.dat")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	n := 0
	for lines := bufio.NewScanner(f); lines.Scan(); n++ {
		var lat1, lon1, azi1, lat2, lon2, azi2, s12 float64
		if _, err := fmt.Sscan(lines.Text(), &lat1, &lon1, &azi1, &lat2, &lon2, &azi2, &s12); err != nil {
			t.Fatalf("line %d: %v", n+1, err)
		}
		p, q := orb.Point{lon1, lat1}, orb.Point{lon2, lat2}
		if got := Distance(p, q); math.Abs(got-s12) > 1e-6 {
			t.Errorf("line %d: Distance = %.8f, want %.8f", n+1, got, s12)
		}
		if got := Distance(q, p); math.Abs(got-s12) > 1e-6 {
			t.Errorf("line %d: back = %.8f, want %.8f", n+1, got, s12)
		}
		// Where the geodesic leads, rather than its azimuth, which hangs on the
		// last digit between antipodes.
		if got := Direct(p, azi1, s12); Distance(got, q) > 1e-6 {
			t.Errorf("line %d: Direct = %v, want %v", n+1, got, q)
		}
		g := Inverse(p, q)
		if got := Direct(p, g.FromDeg, g.Metres); Distance(got, q) > 1e-6 {
			t.Errorf("line %d: Direct of Inverse = %v, want %v", n+1, got, q)
		}
		if s12 < 19e6 && math.Abs(g.FromDeg-azi1) > 1e-6 {
			t.Errorf("line %d: azimuth %.9f, want %.9f", n+1, g.FromDeg, azi1)
		}
		if s12 < 19e6 && math.Abs(g.ToDeg-azi2) > 1e-6 {
			t.Errorf("line %d: azimuth at the end %.9f, want %.9f", n+1, g.ToDeg, azi2)
		}
	}
	if n != 100 {
		t.Errorf("read %d lines, want 100", n)
	}
}

// Lines printed in the literature.
func TestInversePublished(t *testing.T) {
	t.Parallel()
	dms := func(d, m, s float64) float64 { return math.Copysign(math.Abs(d)+m/60+s/3600, d) }
	tests := []struct {
		name            string
		p, q            orb.Point
		metres, bearing float64
		tolM, tolDeg    float64
	}{
		{
			"Karney 2013, table 2: 10,000 km from 40 N at 30 degrees",
			orb.Point{0, 40},
			orb.Point{137.84490004377, 41.79331020506},
			10_000_000, 30, 1e-5, 1e-9,
		},
		{
			"Karney 2013, table 3: some metres",
			orb.Point{0, -30.12345},
			orb.Point{0.00005, -30.12344},
			4.944208, 77.04353354237, 1e-6, 1e-5,
		},
		{
			"Karney 2013, table 4: nearly antipodal",
			orb.Point{0, -30},
			orb.Point{179.8, 29.9},
			19_989_832.827610, 161.890524736, 1e-6, 1e-8,
		},
		{
			"GDA technical manual: Flinders Peak to Buninyong (GRS80, the same to a micrometre)",
			orb.Point{dms(144, 25, 29.52440), dms(-37, 57, 3.72030)},
			orb.Point{dms(143, 55, 35.38390), dms(-37, 39, 10.15610)},
			54972.271, dms(306, 52, 5.37), 1e-3, 1e-5,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := Inverse(tt.p, tt.q)
			if math.Abs(got.Metres-tt.metres) > tt.tolM {
				t.Errorf("got %.7f m, want %.7f", got.Metres, tt.metres)
			}
			if math.Abs(got.FromDeg-tt.bearing) > tt.tolDeg {
				t.Errorf("got azimuth %.10f, want %.10f", got.FromDeg, tt.bearing)
			}
		})
	}
}

func TestInverseEdges(t *testing.T) {
	t.Parallel()
	p := orb.Point{117, 1}
	if got := Inverse(p, p); got.Metres != 0 || got.FromDeg != 0 || got.ToDeg != 0 {
		t.Errorf("from a point to itself: %+v", got)
	}
	if got := Distance(orb.Point{180, 10}, orb.Point{-180, 10}); got != 0 {
		t.Errorf("180 and -180 are %g m apart", got)
	}
	if got := Inverse(p, orb.Point{116, 1}).FromDeg; got < 269 || got > 271 {
		t.Errorf("west is %g", got)
	}
	if got := Distance(orb.Point{0, -90}, orb.Point{55, 90}); math.Abs(got-halfwayM) > 1e-6 {
		t.Errorf("pole to pole is %.9f, want %.9f", got, halfwayM)
	}
	rapid.Check(t, func(t *rapid.T) {
		p, az := drawPoint(t, "p"), rapid.Float64Range(-360, 720).Draw(t, "azimuth")
		d := rapid.Float64Range(0, 1e7).Draw(t, "metres")
		q := Direct(p, az, d)
		if got := Distance(p, q); math.Abs(got-d) > 1e-6 {
			t.Errorf("%v to %v is %.9f m, want %.9f", p, q, got, d)
		}
		if b := Inverse(p, q).FromDeg; b < 0 || b >= 360 {
			t.Errorf("bearing %v out of range", b)
		}
	})
}
