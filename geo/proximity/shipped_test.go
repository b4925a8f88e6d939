package proximity_test

import (
	"context"
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"kawasan/geo"
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
		{"IPS", 8.3}, {"Fairco", 22.7}, {"Sumber Kharisma Persada", 25.6},
		{"Sungai Bengalon", 32.1}, {"Hanusentra", 40.3}, {"Etam Bersama Lestari", 45.6},
	}
	if len(a.Pairs) != len(want) {
		t.Fatalf("got %d mills, want %d", len(a.Pairs), len(want))
	}
	for i, w := range want {
		p := a.Pairs[i]
		t.Logf("%d %s %.0f m [%.0f, %v]", p.Rank, p.To.Name(), p.Metres, p.Interval.MinM, p.Interval.MaxM)
		if got := p.Metres / 1000; math.Abs(got-w.km) > w.km*0.006+0.05 {
			t.Errorf("rank %d: got %s at %.2f km, want %s at %.1f km", i+1, p.To.Name(), got, w.name, w.km)
		}
	}
	for _, n := range append(a.Sentences, a.Notes...) {
		t.Log(n.EN)
		t.Log(n.ID)
	}
}

func TestKariangauPorts(t *testing.T) {
	t.Parallel()
	r := geotest.Shipped(t)
	for _, filter := range []geo.Filter{nil, carries("container")} {
		a := nearest(t, r, proximity.NearestRequest{Question: proximity.Question{From: from("zones/kik"), To: to("ports", filter)}, K: 3})
		for _, f := range a.Features {
			t.Log(f.ID)
			for i, p := range a.Collection.Properties {
				if f.Values[i] != nil && i < 16 {
					t.Logf("   %s = %v", p.Name, f.Values[i])
				}
			}
		}
		for _, n := range append(a.Sentences, a.Notes...) {
			t.Log(n.EN)
			t.Log(n.ID)
		}
	}
}

func TestWithinAndShares(t *testing.T) {
	t.Parallel()
	r := geotest.Shipped(t)
	e := proximity.New(r, proximity.Options{})
	for _, zone := range []string{"kek-mbtk", "kik", "kib"} {
		a, err := e.Within(context.Background(), proximity.WithinRequest{
			Question:  proximity.Question{From: from("zones/" + zone), To: to("mills", nil)},
			Distances: []float64{10e3, 25e3, 50e3, 100e3},
		})
		if err != nil {
			t.Fatal(err)
		}
		b, err := e.Within(context.Background(), proximity.WithinRequest{
			Question:  proximity.Question{From: from("zones/" + zone), To: to("plantations", nil)},
			Distances: []float64{10e3, 25e3, 50e3, 100e3}, Sums: []proximity.Sum{{Property: "planted_area_ha", ByArea: true}},
		})
		if err != nil {
			t.Fatal(err)
		}
		for i, s := range a.Summaries {
			p := b.Summaries[i]
			most := "open"
			if s.CountMax != nil {
				most = fmt.Sprint(*s.CountMax)
			}
			t.Logf("%s %.0f m: mills %d [%d %s]; plantations %d %+v", zone, s.DistanceM, s.Count, s.CountMin, most, p.Count, *p.Sums[0].ByArea)
		}
		for _, n := range append(a.Sentences, b.Sentences...) {
			t.Log(n.EN)
			t.Log(n.ID)
		}
	}
}
