package geodesy_test

import (
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
	"pgregory.net/rapid"

	"kawasan/geo/geodesy"
)

// A position is within a distance just when a shape of it is.
func TestWithinPoint(t *testing.T) {
	ring := orb.Ring{{116, -1}, {116.2, -1.05}, {116.25, -0.9}, {116.1, -0.8}, {116, -1}}
	shape, err := geodesy.Prepare(orb.MultiPolygon{{ring}, {{{117, 0}, {117.1, 0}, {117.1, 0.1}, {117, 0}}}})
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		p := orb.Point{rapid.Float64Range(115.5, 117.5).Draw(t, "lon"), rapid.Float64Range(-1.5, 0.5).Draw(t, "lat")}
		limit := rapid.Float64Range(0, 50_000).Draw(t, "limit")
		point, err := geodesy.Prepare(p)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := geodesy.WithinPoint(shape, p, limit), geodesy.Within(shape, point, limit); got != want {
			t.Fatalf("%v within %g m: got %v, want %v", p, limit, got, want)
		}
	})
	if n := testing.AllocsPerRun(100, func() { geodesy.WithinPoint(shape, orb.Point{116.5, -0.5}, 20_000) }); n > 0 {
		t.Errorf("%g allocations", n)
	}
}

func TestFirstPosition(t *testing.T) {
	t.Parallel()
	for _, g := range append([]orb.Geometry{}, orb.AllGeometries...) {
		if g == nil {
			continue
		}
		raw, err := wkb.Marshal(g)
		if err != nil {
			continue // WKB has no such type
		}
		shape, err := geodesy.PrepareWKB(raw)
		p, ok := geodesy.FirstPosition(raw)
		if !ok {
			if err == nil {
				t.Errorf("%s: no first position", g.GeoJSONType())
			}
			continue
		}
		if err == nil && !geodesy.WithinPoint(shape, p, 1e-3) {
			t.Errorf("%s: %v lies outside of it", g.GeoJSONType(), p)
		}
		for cut := range raw {
			_, _ = geodesy.FirstPosition(raw[:cut]) // never panics
		}
	}
}

// What the bound of a shape decides is true of every shape inside it.
func TestWithinBox(t *testing.T) {
	ring := orb.Ring{{116, -1}, {116.2, -1.05}, {116.25, -0.9}, {116.1, -0.8}, {116, -1}}
	zone, err := geodesy.Prepare(orb.Polygon{ring})
	if err != nil {
		t.Fatal(err)
	}
	decided := 0
	rapid.Check(t, func(t *rapid.T) {
		at := orb.Point{rapid.Float64Range(115.5, 117).Draw(t, "lon"), rapid.Float64Range(-1.5, 0).Draw(t, "lat")}
		line := orb.LineString{at}
		for range rapid.IntRange(0, 4).Draw(t, "positions") {
			line = append(line, orb.Point{at[0] + rapid.Float64Range(-0.1, 0.1).Draw(t, "x"), at[1] + rapid.Float64Range(-0.1, 0.1).Draw(t, "y")})
		}
		if len(line) == 1 {
			line = append(line, at)
		}
		limit := rapid.Float64Range(0, 60_000).Draw(t, "limit")
		reach := limit + rapid.SampledFrom([]float64{0, 500}).Draw(t, "more")
		shape, err := geodesy.Prepare(line)
		if err != nil {
			t.Fatal(err)
		}
		all, none := geodesy.WithinBox(zone, line.Bound(), limit, reach)
		metres := geodesy.Between(zone, shape).Metres
		if all && metres > limit || none && metres <= reach {
			t.Fatalf("%v at %g m: all %v within %g, none %v within %g", line, metres, all, limit, none, reach)
		}
		if all || none {
			decided++
		}
	})
	if decided < 30 {
		t.Errorf("only %d were decided", decided)
	}
}
