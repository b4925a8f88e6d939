package geodesy_test

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"kawasan/geo"
	"kawasan/geo/geodesy"
	"kawasan/geo/geotest"
)

var everything = orb.Bound{Min: orb.Point{-180, -90}, Max: orb.Point{180, 90}}

// bands draws the bands of a geometry.
func bands(t testing.TB, g orb.Geometry, basis geodesy.Basis, steps int, detail float64, within orb.Bound) []orb.MultiPolygon {
	t.Helper()
	fringe, err := basis.Fringe(g, steps, detail)
	if err != nil || fringe == nil {
		t.Fatalf("fringe %v, %v", fringe, err)
	}
	all, err := fringe.Bands(within)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestBandIsAsWideAsTheUncertainty measures, on the ellipsoid, from the boundary to the band's own.
func TestBandIsAsWideAsTheUncertainty(t *testing.T) {
	t.Parallel()
	square := orb.Polygon{{{116, -1}, {117, -1}, {117, 0}, {116, 0}, {116, -1}}, {{116.4, -0.6}, {116.4, -0.4}, {116.6, -0.4}, {116.6, -0.6}, {116.4, -0.6}}}
	line := orb.LineString{{116, -1}, {116.3, -0.7}, {117, -0.9}}
	for _, c := range []struct {
		name   string
		g      orb.Geometry
		kind   geodesy.BoundaryKind
		u      float64
		steps  int
		step   int
		inside bool
	}{
		{name: "both sides", g: square, kind: geodesy.Indicative, u: 3000, steps: 1, step: 1},
		{name: "half of it", g: square, kind: geodesy.Generalised, u: 3000, steps: 2, step: 1},
		{name: "an envelope", g: square, kind: geodesy.OuterEnvelope, u: 2000, steps: 1, step: 1, inside: true},
		{name: "a line", g: line, kind: geodesy.Indicative, u: 500, steps: 1, step: 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			band := bands(t, c.g, geodesy.Basis{Kind: c.kind, UncertaintyM: &c.u}, c.steps, 0, everything)[c.step-1]
			if len(band) == 0 {
				t.Fatal("no band")
			}
			c.u *= float64(c.step) / float64(c.steps)
			edges := boundaryOf(c.g)
			boundary, err := geodesy.Prepare(edges)
			if err != nil {
				t.Fatal(err)
			}
			whole, err := geodesy.Prepare(c.g)
			if err != nil {
				t.Fatal(err)
			}
			for _, polygon := range band {
				for _, ring := range polygon {
					for _, v := range ring {
						_, d, err := geodesy.ClosestPoint(boundary, v)
						if err != nil {
							t.Fatal(err)
						}
						onBoundary := c.inside && d < 0.02*c.u
						if math.Abs(d-c.u) > 0.05*c.u && !onBoundary {
							t.Fatalf("%v lies %.0f m from the boundary, not %.0f", v, d, c.u)
						}
						if c.inside && d > 0.02*c.u && !whole.Contains(v) {
							t.Fatalf("%v lies outside of the envelope", v)
						}
					}
				}
			}
		})
	}
}

// shipped gives the features of a collection that ships.
func shipped(t testing.TB, collection string) []*geo.Feature {
	t.Helper()
	s, err := geotest.Shipped(t).Open(context.Background(), geo.Query{Collection: collection})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var all []*geo.Feature
	for f, err := range s.Features() {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, f)
	}
	return all
}

func TestNoBandWithoutUncertainty(t *testing.T) {
	t.Parallel()
	none := 0.0
	if band, err := (geodesy.Basis{Kind: geodesy.Indicative}).Fringe(orb.LineString{{0, 0}, {1, 1}}, 1, 0); band != nil || err != nil {
		t.Errorf("unknown: %v, %v", band, err)
	}
	if band, err := (geodesy.Basis{Kind: geodesy.Indicative, UncertaintyM: &none}).Fringe(orb.LineString{{0, 0}, {1, 1}}, 1, 0); band != nil || err != nil {
		t.Errorf("none: %v, %v", band, err)
	}
}

// TestBandOfShippedBoundaries draws bands around everything that ships, and measures on
// the ellipsoid whether places near the boundary belong to them.
func TestBandOfShippedBoundaries(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"zones", "ikn", "regencies", "plantations", "ports"} {
		for _, f := range shipped(t, id) {
			if f.WKB == nil {
				continue
			}
			g, err := f.Geometry()
			if err != nil {
				t.Fatal(err)
			}
			u, _ := f.Number("position_uncertainty_m")
			kind := geodesy.BoundaryKind(f.Text("boundary_kind"))
			all := bands(t, g, geodesy.Basis{Kind: kind, UncertaintyM: &u}, 4, u/50, everything)
			checkBands(t, f.Ref(), g, kind == geodesy.OuterEnvelope || kind == geodesy.LegalBBox, u, all)
		}
	}
}

// checkBands tries places at random distances from the vertices of a geometry.
func checkBands(t *testing.T, ref string, g orb.Geometry, inside bool, u float64, bands []orb.MultiPolygon) {
	t.Helper()
	area, err := geodesy.Prepare(g)
	if err != nil {
		t.Fatal(err)
	}
	vertices := boundaryOf(g)
	boundary, err := geodesy.Prepare(vertices)
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 60 {
		line := vertices[r.IntN(len(vertices))].(orb.LineString)
		p := geodesy.Direct(line[r.IntN(len(line))], 360*r.Float64(), 1.3*u*r.Float64())
		_, d, err := geodesy.ClosestPoint(boundary, p)
		if err != nil {
			t.Fatal(err)
		}
		within := area.Contains(p)
		for i, band := range bands {
			width := u * float64(i+1) / float64(len(bands))
			// Simplification of the boundary, and of the ring, and the bevel of corners.
			if math.Abs(d-width) < 0.08*u || inside && d < 0.08*u {
				continue
			}
			if want := d < width && (within || !inside); want != planar.MultiPolygonContains(band, p) {
				t.Errorf("%s, step %d: %v lies %.0f m from the boundary (inside: %v), the band reaches %.0f m: held %v", ref, i, p, d, within, width, !want)
			}
		}
	}
}

// boundaryOf gives the lines around areas, lines, and points as lines.
func boundaryOf(g orb.Geometry) orb.Collection {
	var lines orb.Collection
	switch g := g.(type) {
	case orb.Point:
		lines = append(lines, orb.LineString{g, g})
	case orb.LineString:
		lines = append(lines, g)
	case orb.Polygon:
		for _, r := range g {
			lines = append(lines, orb.LineString(r))
		}
	case orb.MultiPolygon:
		for _, p := range g {
			lines = append(lines, boundaryOf(p)...)
		}
	}
	return lines
}

// Bands of views that adjoin are the same where both show them.
func TestBandsOfViewsAdjoin(t *testing.T) {
	t.Parallel()
	u := 3000.0
	basis := geodesy.Basis{Kind: geodesy.Indicative, UncertaintyM: &u}
	line := orb.LineString{{116, -1}, {116.3, -0.7}, {117, -0.9}, {116.5, -0.95}}
	prepared, err := geodesy.Prepare(line)
	if err != nil {
		t.Fatal(err)
	}
	whole := bands(t, line, basis, 4, 20, everything)
	for x := 115.9; x < 117.1; x += 0.0731 {
		view := orb.Bound{Min: orb.Point{x, -1.1}, Max: orb.Point{x + 0.0731, -0.6}}
		for step, part := range bands(t, line, basis, 4, 20, view) {
			for lat := -1.09; lat < -0.6; lat += 0.0113 {
				p := orb.Point{x + 0.03, lat}
				_, d, err := geodesy.ClosestPoint(prepared, p)
				if err != nil {
					t.Fatal(err)
				}
				if edge := u * float64(step+1) / 4; math.Abs(d-edge) < 60 {
					continue // as near to the edge as it may be off
				}
				if planar.MultiPolygonContains(part, p) != planar.MultiPolygonContains(whole[step], p) {
					t.Errorf("step %d at %v, %.0f m from the line: another answer in a part of the view", step, p, d)
				}
			}
		}
	}
}

func TestBandAroundAPointIsADisc(t *testing.T) {
	t.Parallel()
	u := 3000.0
	disc := bands(t, orb.Point{116, -1}, geodesy.Basis{Kind: geodesy.Estimated, UncertaintyM: &u}, 4, 20, everything)[3]
	got, err := geodesy.AreaOf(disc)
	if err != nil {
		t.Fatal(err)
	}
	if want := math.Pi * u * u; math.Abs(got-want) > 0.02*want {
		t.Errorf("%.0f m², not %.0f", got, want)
	}
}

func BenchmarkBand(b *testing.B) {
	for _, f := range shipped(b, "regencies") {
		if f.ID != "idn-64-02" {
			continue
		}
		g, err := f.Geometry()
		if err != nil {
			b.Fatal(err)
		}
		for _, c := range []struct {
			name   string
			steps  int
			detail float64
			view   orb.Bound
		}{
			{"whole, at zoom 8", 2, 150, g.Bound()},
			{"a tile of zoom 13", 8, 5, orb.Bound{Min: g.Bound().Center(), Max: orb.Point{g.Bound().Center()[0] + 0.05, g.Bound().Center()[1] + 0.05}}},
			{"whole", 8, 30, everything},
		} {
			u := 1000.0
			b.Run(c.name, func(b *testing.B) {
				for b.Loop() {
					bands(b, g, geodesy.Basis{Kind: geodesy.Generalised, UncertaintyM: &u}, c.steps, c.detail, c.view)
				}
			})
		}
	}
}
