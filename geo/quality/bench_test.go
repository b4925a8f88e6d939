package quality_test

import (
	"context"
	"math"
	"runtime"
	"testing"
	"time"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"

	"kawasan/geo"
	"kawasan/geo/quality"
)

// BenchmarkTessellation judges 200,000 polygons of 72 vertices that share their edges,
// with all rules: go test -run - -bench Tessellation -benchtime 1x ./geo/quality
func BenchmarkTessellation(b *testing.B) {
	for b.Loop() {
		c := estates()
		j := quality.NewJudge(quality.Options{Collection: c, Today: 20780})
		row, peak := int64(0), uint64(0)
		var stats runtime.MemStats
		began := time.Now()
		tessellation(benchColumns, 400, 18, func(id string, p orb.Polygon) bool {
			row++
			f := &geo.Feature{ID: id, Collection: c, Values: []any{id, nil, nil, nil}, WKB: wkb.MustMarshal(p)}
			if _, err := j.Feature(context.Background(), f, row); err != nil {
				b.Fatal(err)
			}
			return true
		})
		b.ReportMetric(time.Since(began).Seconds(), "s-features")
		began = time.Now()
		done := make(chan struct{})
		go func() {
			defer close(done)
			if err := j.Finish(context.Background()); err != nil {
				b.Error(err)
			}
		}()
		tick := time.NewTicker(200 * time.Millisecond)
		for running := true; running; {
			select {
			case <-done:
				running = false
			case <-tick.C:
			}
			runtime.ReadMemStats(&stats)
			peak = max(peak, stats.HeapInuse)
		}
		tick.Stop()
		b.ReportMetric(time.Since(began).Seconds(), "s-neighbours")
		b.ReportMetric(float64(peak)/1e6, "MB-heap")
		_ = j.Close()
	}
}

// BenchmarkMillionVertices judges one polygon of a million vertices.
func BenchmarkMillionVertices(b *testing.B) {
	const n = 1_000_000
	ring := make(orb.Ring, 0, n+1)
	for i := range n {
		a := 2 * math.Pi * float64(i) / n
		r := 0.5 + 0.001*math.Sin(5000*a)
		ring = append(ring, orb.Point{116 + r*math.Cos(a), r * math.Sin(a)})
	}
	ring = append(ring, ring[0])
	c := estates()
	f := &geo.Feature{ID: "a", Collection: c, Values: []any{"A", nil, nil, nil}, WKB: wkb.MustMarshal(orb.Polygon{ring})}
	for b.Loop() {
		j := quality.NewJudge(quality.Options{Collection: c, Alone: true, Today: 20780})
		if _, err := j.Feature(context.Background(), f, 1); err != nil {
			b.Fatal(err)
		}
		if r := j.Report(); r.Errors > 0 {
			b.Fatal(r.Groups[0].Issues[0].Message.EN)
		}
	}
}

// benchColumns times 400 cells are judged.
const benchColumns = 500

// BenchmarkExamine judges one area of 90 vertices by itself, as each core does while a
// file is read.
func BenchmarkExamine(b *testing.B) {
	const n = 90
	ring := make(orb.Ring, 0, n+1)
	for i := range n {
		a := 2 * math.Pi * float64(i) / n
		r := 0.005 * (0.8 + 0.2*math.Sin(3*a))
		ring = append(ring, orb.Point{116 + r*math.Cos(a), -1 + r*math.Sin(a)})
	}
	ring = append(ring, ring[0])
	c := (&geo.Collection{ID: "estates", GeometryType: "MultiPolygon", Properties: []geo.Property{
		{Name: "name", Type: geo.String},
		{Name: "owner", Type: geo.String},
		{Name: "boundary_kind", Type: geo.String},
		{Name: "position_uncertainty_m", Type: geo.Number},
		{Name: "licence", Type: geo.String},
		{Name: "planted_year", Type: geo.Integer},
		{Name: "source", Type: geo.String},
	}}).Index()
	f := &geo.Feature{
		ID: "e-000001", Collection: c, WKB: wkb.MustMarshal(orb.MultiPolygon{{ring}}),
		Values: []any{"Kebun 1", "Perusahaan 7", "surveyed", 5.0, "CC-BY-4.0", int64(1999), "estates.gpkg"},
	}
	j := quality.NewJudge(quality.Options{Collection: c, Today: 20780})
	b.ReportAllocs()
	for b.Loop() {
		if _, err := j.Examine(context.Background(), f, quality.Row{Number: 1}); err != nil {
			b.Fatal(err)
		}
	}
}
