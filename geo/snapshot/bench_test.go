package snapshot_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"testing"

	"github.com/paulmach/orb"

	"kawasan/geo"
	"kawasan/geo/snapshot"
)

// estates makes polygons of about 65 vertices around East Kalimantan.
func estates(n int) (*geo.Collection, []*geo.Feature) {
	about := &geo.Collection{ID: "estates", GeometryType: "Polygon", Version: 1, Properties: []geo.Property{
		{Name: "name", Type: geo.String},
		{Name: "source", Type: geo.String},
		{Name: "area_ha", Type: geo.Number},
		{Name: "planted", Type: geo.Integer},
		{Name: "valid_from", Type: geo.DateOnly},
	}}
	about.Index()
	r := rand.New(rand.NewPCG(1, 2))
	all := make([]*geo.Feature, n)
	for i := range all {
		c := orb.Point{114 + 5*r.Float64(), -2.5 + 5*r.Float64()}
		size := 0.005 + 0.01*r.Float64()
		vertices := 20 + r.IntN(100)
		ring := make(orb.Ring, 0, vertices+1)
		for v := range vertices {
			sin, cos := math.Sincos(2 * math.Pi * float64(v) / float64(vertices))
			d := size * (0.8 + 0.2*r.Float64())
			ring = append(ring, orb.Point{math.Round((c[0]+d*cos)*1e7) / 1e7, math.Round((c[1]+d*sin)*1e7) / 1e7})
		}
		ring = append(ring, ring[0])
		all[i] = &geo.Feature{ID: fmt.Sprintf("estate-%06d", i), Collection: about, WKB: encode(orb.Polygon{ring}), Values: []any{
			fmt.Sprintf("Estate %d", i), "Register of estates", 1000 * r.Float64(), int64(1990 + i%30), geo.Date(i % 9000),
		}}
	}
	return about, all
}

// window is a box in which some hundred of 20,000 lie.
func window(r *rand.Rand) orb.Bound {
	c := orb.Point{114.5 + 4*r.Float64(), -2 + 4*r.Float64()}
	return orb.Bound{Min: c, Max: orb.Point{c[0] + 0.34, c[1] + 0.34}}
}

// The memory of a view stays within half as much again as geometry and GeoJSON, and Bytes tells it.
func TestMemory(t *testing.T) {
	about, all := estates(20_000)
	heap := func() int64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.GC()
		runtime.ReadMemStats(&m)
		return int64(m.HeapAlloc)
	}
	for _, from := range []int{-1, 0} {
		o := options()
		o.ShapesFrom = from
		before := heap()
		view, err := snapshot.Build(context.Background(), about, each(all), o)
		if err != nil {
			t.Fatal(err)
		}
		used := heap() - before
		raw := int64(0)
		for _, f := range view.Features() {
			raw += int64(len(f.WKB) + len(f.JSON))
		}
		t.Logf("shapes from %d positions: %d bytes a feature measured, %d told, %.2f times WKB and GeoJSON",
			from, used/20_000, view.Bytes()/20_000, float64(used)/float64(raw))
		if ratio := float64(view.Bytes()) / float64(used); ratio < 0.8 || ratio > 1.3 {
			t.Errorf("shapes from %d positions: Bytes tells %d, measured %d", from, view.Bytes(), used)
		}
		if limit := []float64{1.7, 1.5}[-min(from, 0)]; float64(used) > limit*float64(raw) {
			t.Errorf("%d bytes for %d of WKB and GeoJSON", used, raw)
		}
		runtime.KeepAlive(view)
	}
	runtime.KeepAlive(all)
}

// A page of a box allocates the same whatever the number that lies in it.
func TestPageAllocations(t *testing.T) {
	about, all := estates(20_000)
	view := build(t, about, all)
	q := geo.Query{Bounds: make([]orb.Bound, 1), Count: true, Limit: 10}
	allocations := func(side float64) float64 {
		q.Bounds[0] = orb.Bound{Min: orb.Point{116, 0}, Max: orb.Point{116 + side, side}}
		return testing.AllocsPerRun(20, func() { read10(t, view, q) })
	}
	few, many := allocations(0.34), allocations(2)
	t.Logf("allocations: %g for about 100 matches, %g for about 3,200", few, many)
	if many > few+2 || many > 20 {
		t.Errorf("allocations: %g for about 100 matches, %g for about 3,200; want no more than 20, and about the same", few, many)
	}
}

func read10(t testing.TB, view *snapshot.Collection, q geo.Query) {
	s, err := view.Open(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for range s.Features() {
		n++
	}
	s.Close()
	if n != 10 {
		t.Fatalf("got %d features, want 10", n)
	}
}

func BenchmarkBuild20k(b *testing.B) {
	about, all := estates(20_000)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := snapshot.Build(context.Background(), about, each(all), options()); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPage10(b *testing.B) {
	about, all := estates(20_000)
	view := build(b, about, all)
	r := rand.New(rand.NewPCG(3, 4))
	b.ReportAllocs()
	for b.Loop() {
		read10(b, view, geo.Query{Bounds: []orb.Bound{window(r)}, Count: true, Limit: 10})
	}
}

func BenchmarkByID(b *testing.B) {
	about, all := estates(20_000)
	view := build(b, about, all)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		s, err := view.Open(context.Background(), geo.Query{IDs: []string{all[i%len(all)].ID}, Limit: 1})
		if err != nil {
			b.Fatal(err)
		}
		for range s.Features() {
		}
	}
}

func BenchmarkNear10(b *testing.B) {
	about, all := estates(20_000)
	view := build(b, about, all)
	r := rand.New(rand.NewPCG(5, 6))
	b.ReportAllocs()
	for b.Loop() {
		p := window(r).Min
		found, err := view.Near(context.Background(), geo.Query{}, p.Bound())
		if err != nil {
			b.Fatal(err)
		}
		n := 0
		for range found {
			if n++; n == 10 {
				break
			}
		}
	}
}

func BenchmarkApplyOne(b *testing.B) {
	for _, n := range []int{20_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			about, all := estates(n)
			view := build(b, about, all)
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				next, err := view.Apply(all[i%n:i%n+1], nil, about)
				if err != nil {
					b.Fatal(err)
				}
				view = next
			}
		})
	}
}
