package geodesy_test

import (
	"context"
	"math"
	"testing"

	"github.com/paulmach/orb"

	"kawasan/geo"
	"kawasan/geo/geodesy"
	"kawasan/geo/geotest"
)

var everything = geodesy.View{Bound: orb.Bound{Min: orb.Point{-180, -90}, Max: orb.Point{180, 90}}}

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
		share  float64
		inside bool
	}{
		{name: "both sides", g: square, kind: geodesy.Indicative, u: 3000, share: 1},
		{name: "half of it", g: square, kind: geodesy.Generalised, u: 3000, share: 0.5},
		{name: "an envelope", g: square, kind: geodesy.OuterEnvelope, u: 2000, share: 1, inside: true},
		{name: "a line", g: line, kind: geodesy.Indicative, u: 500, share: 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			basis := geodesy.Basis{Kind: c.kind, UncertaintyM: &c.u}
			band, err := basis.Band(c.g, c.share, everything)
			if err != nil || len(band) == 0 {
				t.Fatalf("band %v, %v", band, err)
			}
			var edges orb.Collection
			if p, ok := c.g.(orb.Polygon); ok {
				for _, r := range p {
					edges = append(edges, orb.LineString(r))
				}
			} else {
				edges = append(edges, c.g)
			}
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
						onBoundary := c.inside && d < 1
						if math.Abs(d-c.u*c.share) > 0.05*c.u*c.share && !onBoundary {
							t.Fatalf("%v lies %.0f m from the boundary, not %.0f", v, d, c.u*c.share)
						}
						if c.inside && d > 1 && !whole.Contains(v) {
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

func TestNoBandWithoutUncertaintyOrBoundary(t *testing.T) {
	t.Parallel()
	u, none := 1000.0, 0.0
	if band, err := (geodesy.Basis{Kind: geodesy.Indicative}).Band(orb.LineString{{0, 0}, {1, 1}}, 1, everything); band != nil || err != nil {
		t.Errorf("unknown: %v, %v", band, err)
	}
	if band, err := (geodesy.Basis{Kind: geodesy.Indicative, UncertaintyM: &none}).Band(orb.LineString{{0, 0}, {1, 1}}, 1, everything); band != nil || err != nil {
		t.Errorf("none: %v, %v", band, err)
	}
	if band, err := (geodesy.Basis{Kind: geodesy.Indicative, UncertaintyM: &u}).Band(orb.Point{116, -1}, 1, everything); band != nil || err != nil {
		t.Errorf("a point: %v, %v", band, err)
	}
}

// TestBandOfShippedBoundaries draws a band around everything that ships.
func TestBandOfShippedBoundaries(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"zones", "ikn", "regencies", "plantations"} {
		for _, f := range shipped(t, id) {
			g, err := f.Geometry()
			if err != nil {
				t.Fatal(err)
			}
			u, _ := f.Number("position_uncertainty_m")
			basis := geodesy.Basis{Kind: geodesy.BoundaryKind(f.Text("boundary_kind")), UncertaintyM: &u}
			band, err := basis.Band(g, 1, geodesy.View{Bound: g.Bound()})
			if err != nil || len(band) == 0 {
				t.Errorf("%s: %d polygons, %v", f.Ref(), len(band), err)
			}
			if err := geodesy.Valid(band); err != nil {
				t.Errorf("%s: %v", f.Ref(), err)
			}
		}
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
			name  string
			share float64
			view  geodesy.View
		}{
			{"whole, at zoom 8", 1, geodesy.View{Bound: g.Bound(), Detail: 150}},
			{"sixteenth, a tile of zoom 13", 1.0 / 16, geodesy.View{Bound: orb.Bound{Min: g.Bound().Center(), Max: orb.Point{g.Bound().Center()[0] + 0.05, g.Bound().Center()[1] + 0.05}}, Detail: 2}},
			{"whole", 1, everything},
		} {
			u := 1000.0
			b.Run(c.name, func(b *testing.B) {
				for b.Loop() {
					if _, err := (geodesy.Basis{Kind: geodesy.Generalised, UncertaintyM: &u}).Band(g, c.share, c.view); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
