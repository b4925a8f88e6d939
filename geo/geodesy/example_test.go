package geodesy_test

import (
	"fmt"

	"github.com/paulmach/orb"

	"kawasan/geo/geodesy"
)

// A zone known to 50 m and a port known to 1,000 m.
func ExampleDistanceInterval() {
	shape := func(g orb.Geometry) *geodesy.Shape {
		s, err := geodesy.Prepare(g)
		if err != nil {
			panic(err)
		}
		return s
	}
	zoneM, portM := 50.0, 1000.0
	zone := geodesy.Party{
		Shape: shape(orb.Polygon{{{117.93, 0.81}, {117.94, 0.81}, {117.94, 0.82}, {117.93, 0.82}, {117.93, 0.81}}}),
		Basis: geodesy.Basis{Kind: geodesy.OfficialExtract, UncertaintyM: &zoneM},
	}
	port := geodesy.Party{
		Shape: shape(orb.Point{117.922, 0.804}),
		Basis: geodesy.Basis{Kind: geodesy.PublishedPoint, UncertaintyM: &portM},
	}
	r := geodesy.Between(zone.Shape, port.Shape)
	iv := geodesy.DistanceInterval(r.Metres, zone, port)
	fmt.Printf("%.1f m at %.0f degrees, between %.0f and %.0f m\n", r.Metres, r.BearingDeg, iv.MinM, *iv.MaxM)
	for _, limit := range []float64{5000, 2000, 1000} {
		j := geodesy.JudgeWithin(r.Metres, limit, iv, zone.Basis, port.Basis)
		fmt.Printf("within %.0f m: %v, %s, margin %.0f m\n", limit, j.Holds, j.Verdict, *j.MarginM)
	}
	rounded, step := geodesy.RoundForUncertainty(r.Metres, zoneM+portM)
	fmt.Printf("for the memo: %.0f m, to %.0f m\n", rounded, step)
	// Output:
	// 1110.4 m at 233 degrees, between 60 and 2160 m
	// within 5000 m: true, certain, margin 2840 m
	// within 2000 m: true, likely, margin -160 m
	// within 1000 m: false, depends_on_boundary, margin -940 m
	// for the memo: 1000 m, to 1000 m
}

func ExampleArea() {
	s, err := geodesy.Prepare(orb.Bound{Min: orb.Point{117, 0}, Max: orb.Point{117.01, 0.01}})
	if err != nil {
		panic(err)
	}
	fmt.Printf("%.4f ha\n", geodesy.Hectares(geodesy.Area(s)))
	// Output:
	// 123.0907 ha
}
