package geodesy

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"
	"github.com/tidwall/geodesic"
	"pgregory.net/rapid"
)

// karneyRing measures a ring with the polygon of the GeographicLib port after
// densifying it in lon/lat, n pieces an edge.
func karneyRing(r orb.Ring, n int) (area, perimeter float64) {
	p := geodesic.WGS84.PolygonInit(false)
	for i := 1; i < len(r); i++ {
		for j := range n {
			t := float64(j) / float64(n)
			p.AddPoint(r[i-1][1]+t*(r[i][1]-r[i-1][1]), r[i-1][0]+t*(r[i][0]-r[i-1][0]))
		}
	}
	p.Compute(false, true, &area, &perimeter)
	return math.Abs(area), perimeter
}

func mustPrepare(t testing.TB, g orb.Geometry) *Shape {
	t.Helper()
	s, err := Prepare(g)
	if err != nil {
		t.Fatalf("Prepare: %v", err)
	}
	return s
}

func TestAreaAgainstDensifiedGeodesics(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		size := math.Pow(10, rapid.Float64Range(-4, 0.8).Draw(t, "size"))
		c := orb.Point{rapid.Float64Range(-170, 170).Draw(t, "lon"), rapid.Float64Range(-75, 75).Draw(t, "lat")}
		r := blob(rng, c, size, rapid.IntRange(3, 12).Draw(t, "n"))[0]
		s, err := Prepare(orb.Polygon{r})
		if err != nil {
			t.Fatal(err)
		}
		// The reference errs by the square of the piece: extrapolate it away.
		a1, p1 := karneyRing(r, 100)
		a2, p2 := karneyRing(r, 200)
		area, perimeter := a2+(a2-a1)/3, p2+(p2-p1)/3
		if got := Area(s); math.Abs(got-area) > 1e-9*area+1e-2 {
			t.Errorf("Area = %.6f, want %.6f", got, area)
		}
		if got := Perimeter(s); math.Abs(got-perimeter) > 1e-9*perimeter+1e-5 {
			t.Errorf("Perimeter = %.9f, want %.9f", got, perimeter)
		}
	})
}

// The whole ellipsoid is 4π times the square of its authalic radius.
func TestAreaOfEverything(t *testing.T) {
	t.Parallel()
	world := orb.Bound{Min: orb.Point{-180, -90}, Max: orb.Point{180, 90}}
	got := Area(mustPrepare(t, world))
	want := 510065621724088.44 // NIMA TR8350.2, to its 12 digits; geod_polygon's 4πc² in full
	if math.Abs(got-want) > 1000 {
		t.Errorf("got %.2f, want %.2f m²", got, want)
	}
	if got := Length(mustPrepare(t, orb.LineString{{7, -90}, {7, 90}})); math.Abs(got-halfwayM) > 1e-6 {
		t.Errorf("a meridian is %.9f m, want %.9f", got, halfwayM)
	}
}

func TestAreaOfParts(t *testing.T) {
	t.Parallel()
	outer := orb.Ring{{116, 0}, {117, 0}, {117, 1}, {116, 1}, {116, 0}}
	hole := orb.Ring{{116.2, 0.2}, {116.4, 0.2}, {116.4, 0.4}, {116.2, 0.4}, {116.2, 0.2}}
	back := hole.Clone()
	back.Reverse()
	area := func(g orb.Geometry) float64 { return Area(mustPrepare(t, g)) }
	want := area(orb.Polygon{outer}) - area(orb.Polygon{hole})
	for name, g := range map[string]orb.Geometry{
		"hole one way round":   orb.Polygon{outer, hole},
		"hole the other way":   orb.Polygon{outer, back},
		"with a line to spare": orb.Collection{orb.Polygon{outer, hole}, orb.LineString{{0, 0}, {1, 1}}},
	} {
		if got := area(g); math.Abs(got-want) > 1e-3 {
			t.Errorf("%s: got %f, want %f", name, got, want)
		}
	}
	if got := area(orb.LineString{{0, 0}, {1, 1}}); got != 0 {
		t.Errorf("a line has the area %f", got)
	}
}

func TestCentroid(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		g    orb.Geometry
		want orb.Point
		tol  float64
	}{
		{"square on the equator", orb.Bound{Min: orb.Point{116, -1}, Max: orb.Point{118, 1}}, orb.Point{117, 0}, 1e-9},
		{"points", orb.MultiPoint{{116, 0}, {118, 1}, {117, 2}}, orb.Point{117, 1}, 1e-12},
		{"line outweighs points", orb.Collection{orb.Point{0, 0}, orb.LineString{{116, 0}, {118, 0}}}, orb.Point{117, 0}, 1e-9},
		{"across the antimeridian", orb.MultiPolygon{
			orb.Bound{Min: orb.Point{179, -1}, Max: orb.Point{180, 1}}.ToPolygon(),
			orb.Bound{Min: orb.Point{-180, -1}, Max: orb.Point{-179, 1}}.ToPolygon(),
		}, orb.Point{180, 0}, 1e-9},
		{"polygon of no area", orb.Polygon{{{116, 0}, {118, 0}, {116, 0}, {116, 0}}}, orb.Point{117, 0}, 1e-9},
		{"point", orb.Point{116, 1}, orb.Point{116, 1}, 0},
		{"far north, area shrinks polewards", orb.Bound{Min: orb.Point{10, 60}, Max: orb.Point{12, 62}}, orb.Point{11, 60.9900}, 1e-3},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := Centroid(mustPrepare(t, tt.g))
			if lon := math.Abs(got[0] - tt.want[0]); math.Min(lon, 360-lon) > tt.tol || math.Abs(got[1]-tt.want[1]) > tt.tol {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}
