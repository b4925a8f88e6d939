package proximity_test

import (
	"context"
	"math"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"kawasan/geo"
	"kawasan/geo/geodesy"
	"kawasan/geo/geotest"
	"kawasan/geo/proximity"
)

func from(refs ...string) []proximity.Source {
	var all []proximity.Source
	for _, text := range refs {
		ref, err := proximity.ParseRef(text)
		if err != nil {
			panic(err)
		}
		all = append(all, proximity.Source{Ref: ref})
	}
	return all
}

func to(collection string, filter geo.Filter) []proximity.Target {
	return []proximity.Target{{Collection: collection, Filter: filter}}
}

// carries is the filter: the list of cargo contains a word.
func carries(cargo string) geo.Filter {
	return geotest.Where("A_CONTAINS(cargo, ('"+cargo+"'))", func(f *geo.Feature) bool {
		list, _ := f.Value("cargo").([]string)
		return slices.Contains(list, cargo)
	}, "cargo")
}

func nearest(t *testing.T, r geo.Reader, q proximity.NearestRequest) *proximity.Answer {
	t.Helper()
	a, err := proximity.New(r, proximity.Options{}).Nearest(context.Background(), q)
	if err != nil {
		t.Fatalf("Nearest: %v", err)
	}
	return a
}

// The figures are great circles from the marker of the zone on the map of the
// zone council, within 0.6 %, by which a sphere differs from the ellipsoid, and
// half a unit of their last digit.
func TestNearestMillsOfTheShippedZones(t *testing.T) {
	t.Parallel()
	r := geotest.Shipped(t)
	a := nearest(t, r, proximity.NearestRequest{Question: proximity.Question{From: []proximity.Source{{Geometry: orb.Point{117.930224, 0.816599}}}, To: to("mills", nil)}, K: 6})
	want := []struct {
		name string
		km   float64
	}{
		{"Ips Palm Oil Mill", 8.3},
		{"Fairco Agro Mandiri", 22.7},
		{"Sumber Kharisma Persada", 25.6},
		{"Sungai Bengalon", 32.1},
		{"Pt Hanusentra Agro Lestari", 40.3},
		{"Etam Bersama Lestari", 45.6},
	}
	if len(a.Pairs) != len(want) {
		t.Fatalf("got %d mills, want %d", len(a.Pairs), len(want))
	}
	for i, w := range want {
		p := a.Pairs[i]
		if got := p.Metres / 1000; p.To.Name() != w.name || math.Abs(got-w.km) > w.km*0.006+0.05 {
			t.Errorf("rank %d: got %s at %.2f km, want %s at %.1f km", i+1, p.To.Name(), got, w.name, w.km)
		}
	}
}

func TestPortsOfTheShippedZones(t *testing.T) {
	t.Parallel()
	r := geotest.Shipped(t)
	a := nearest(t, r, proximity.NearestRequest{Question: proximity.Question{From: from("zones/kik"), To: to("ports", carries("container"))}, K: 1})
	// The terminal is estimated to 3 km inside a sketch good to 4 km: 0 as stored, up to 7 km.
	if p := a.Pairs[0]; p.To.ID != "kkt" || p.Metres != 0 || p.Interval.MaxM == nil || *p.Interval.MaxM != 7000 {
		t.Errorf("container port of KIK: got %s at %g m, %v, want kkt at 0 to 7,000 m", p.To.ID, p.Metres, p.Interval)
	}
	a = nearest(t, r, proximity.NearestRequest{Question: proximity.Question{From: from("zones/kib"), To: to("ports", carries("container"))}, K: 1})
	if p := a.Pairs[0]; p.To.ID != "kkt" || p.WaterShare == nil || *p.WaterShare < 0.95 {
		t.Errorf("KIB to the container terminal: got %s, water %v, want kkt, all of it across the bay", p.To.ID, p.WaterShare)
	}
	a = nearest(t, r, proximity.NearestRequest{Question: proximity.Question{From: from("zones/kik"), To: to("ports", nil)}, K: 3})
	var names []string
	for _, f := range a.Unlocated.Named {
		names = append(names, f.ID)
	}
	if !slices.Contains(names, "bct") || !slices.Contains(names, "kenyamukan") {
		t.Errorf("unlocated: got %v, want the coal terminal and Kenyamukan among them", names)
	}
	a = nearest(t, r, proximity.NearestRequest{Question: proximity.Question{From: from("towns/town-balikpapan"), To: to("towns", nil)}, K: 20})
	i := slices.IndexFunc(a.Pairs, func(p *proximity.Pair) bool { return p.To.ID == "town-penajam" })
	if i < 0 {
		t.Fatal("Penajam is not among the 20 towns nearest to Balikpapan")
	}
	if p := a.Pairs[i]; len(p.Published) != 1 || p.Published[0].DistanceKM != 76.6 || math.Abs(p.Metres-6900) > 100 {
		t.Errorf("Balikpapan to Penajam: got %.1f km, published %v, want 6.9 km beside 76.6 km by road", p.Metres/1000, p.Published)
	}
}

// The share by area is compared with a count of points on a grid.
func TestShareByAreaAgainstAGrid(t *testing.T) {
	t.Parallel()
	r := geotest.Shipped(t)
	ctx := context.Background()
	rings := []float64{25e3, 50e3, 100e3}
	a, err := proximity.New(r, proximity.Options{}).Within(ctx, proximity.WithinRequest{
		Question:  proximity.Question{From: from("zones/kek-mbtk"), To: to("plantations", nil)},
		Distances: rings, Sums: []proximity.Sum{{Property: "planted_area_ha", ByArea: true}}, SummaryOnly: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	zone, err := geo.FeatureByID(ctx, r, "zones", "kek-mbtk")
	if err != nil {
		t.Fatal(err)
	}
	origin, err := proximity.ShapeOf(zone)
	if err != nil {
		t.Fatal(err)
	}
	envelopes, _, err := geo.Collect(ctx, r, geo.Query{Collection: "plantations"})
	if err != nil {
		t.Fatal(err)
	}
	want := make([]float64, len(rings))
	for _, f := range envelopes {
		shape, err := proximity.ShapeOf(f)
		if err != nil {
			t.Fatal(err)
		}
		all, inside := 0.0, make([]float64, len(rings))
		const step = 0.02
		for lon := shape.Bound().Min[0]; lon < shape.Bound().Max[0]; lon += step {
			for lat := shape.Bound().Min[1]; lat < shape.Bound().Max[1]; lat += step {
				if !shape.Contains(orb.Point{lon, lat}) {
					continue
				}
				weight := math.Cos(lat * math.Pi / 180)
				all += weight
				_, d, _ := geodesy.ClosestPoint(origin, orb.Point{lon, lat})
				for i, ring := range rings {
					if d <= ring {
						inside[i] += weight
					}
				}
			}
		}
		v, _ := f.Number("planted_area_ha")
		for i := range rings {
			if all > 0 {
				want[i] += v * inside[i] / all
			}
		}
	}
	if len(a.Summaries) != len(rings) {
		t.Fatalf("got %d summaries, want %d", len(a.Summaries), len(rings))
	}
	for i, s := range a.Summaries {
		share := s.Sums[0].ByArea
		if math.Abs(share.Sum-want[i]) > 0.03*want[i] {
			t.Errorf("within %g km: got %g ha, a grid gives %g", rings[i]/1000, share.Sum, want[i])
		}
		if share.Max == nil || share.Sum < share.Min || share.Sum > *share.Max || math.Abs(share.Rounded-share.Sum) > 0.34*share.Sum {
			t.Errorf("within %g km: %g is not between %g and %g, or %g is not it rounded", rings[i]/1000, share.Sum, share.Min, *share.Max, share.Rounded)
		}
	}
}
