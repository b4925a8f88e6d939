package geodesy_test

import (
	"fmt"
	"math"
	"os"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
	sf "github.com/peterstace/simplefeatures/geom"

	"kawasan/geo"
	"kawasan/geo/geodesy"
	"kawasan/geo/geotest"
)

// Every shipped area and the outline of each, at radii of every size: valid, and
// every point of the boundary where it should be.
func TestBufferOfShippedAreas(t *testing.T) {
	t.Parallel()
	reader := geotest.Shipped(t)
	radii := []float64{10, 100, 1000, 3006, 10e3, 30e3, 100e3}
	for _, collection := range []string{"zones", "ikn", "regencies"} {
		features, _, err := geo.Collect(t.Context(), reader, geo.Query{Collection: collection})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range features {
			g, err := f.Geometry()
			if err != nil {
				t.Fatal(err)
			}
			area, ok := g.(orb.MultiPolygon)
			if !ok {
				t.Fatalf("%s/%s is a %s", collection, f.ID, g.GeoJSONType())
			}
			for i, radius := range radii {
				if len(vertices(area)) > 250 && i%3 != 0 {
					continue // the long ones only at 10 m, 3,006 m and 100 km
				}
				if os.Getenv("KAWASAN_TEST") != "all" && (collection == "regencies" && f.ID != "idn-64-74" || radius > 30e3) {
					continue // minutes under the race detector: for make test-all
				}
				name := fmt.Sprintf("%s/%s at %g m", collection, f.ID, radius)
				t.Run(name, func(t *testing.T) {
					t.Parallel()
					checkBuffer(t, area, radius)
				})
				if len(vertices(area)) > 1000 && radius > 10e3 {
					continue // a dozen seconds
				}
				t.Run("outline of "+name, func(t *testing.T) {
					t.Parallel()
					checkBuffer(t, outline(area), radius)
				})
			}
		}
	}
}

func outline(m orb.MultiPolygon) (all orb.MultiLineString) {
	for _, p := range m {
		for _, r := range p {
			all = append(all, orb.LineString(r))
		}
	}
	return all
}

func checkBuffer(t *testing.T, g orb.Geometry, radius float64) {
	t.Helper()
	shape, err := geodesy.Prepare(g)
	if err != nil {
		t.Fatal(err)
	}
	got, err := geodesy.Buffer(t.Context(), shape, radius)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := wkb.Marshal(got)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := sf.UnmarshalWKB(raw); err != nil {
		t.Errorf("not valid: %v", err)
	}
	tolerance, worst, at := geodesy.BufferTolerance(radius), 0.0, orb.Point{}
	for _, p := range got {
		for _, r := range p {
			for i := 1; i < len(r); i++ {
				for _, part := range []float64{0, 0.4, 0.5} {
					v := orb.Point{r[i-1][0] + part*(r[i][0]-r[i-1][0]), r[i-1][1] + part*(r[i][1]-r[i-1][1])}
					place, err := geodesy.Prepare(v)
					if err != nil {
						t.Fatal(err)
					}
					if off := math.Abs(geodesy.Between(shape, place).Metres - radius); off > worst {
						worst, at = off, v
					}
				}
			}
		}
	}
	if worst > tolerance {
		t.Errorf("the boundary at %v is %.3f m off, allowed are %.3f", at, worst, tolerance)
	}
	// Nothing may be lost: the shape lies inside.
	inside, err := geodesy.Prepare(got)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range vertices(g) {
		if !inside.Contains(p) {
			t.Fatalf("the buffer lacks %v, a vertex of the shape", p)
		}
	}
}

func vertices(g orb.Geometry) (all []orb.Point) {
	switch g := g.(type) {
	case orb.MultiLineString:
		for _, l := range g {
			all = append(all, l...)
		}
	case orb.MultiPolygon:
		all = vertices(outline(g))
	}
	return all
}
