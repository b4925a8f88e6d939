package main

import (
	"context"
	"testing"

	"github.com/paulmach/orb"

	"kawasan/geo"
	"kawasan/geo/localpg/pgtest"
	"kawasan/geo/postgis"
	"kawasan/geo/proximity"
	"kawasan/geo/snapshot"
)

// BenchmarkWithin asks what lies within 5 km of a point, of memory and of the database, with and without
// what is remembered between questions.
//
//	go test ./cmd/kawasan -run '^$' -bench 'Within$' -benchtime 300x
func BenchmarkWithin(b *testing.B) {
	ctx := context.Background()
	options := postgis.Options{URL: pgtest.DSN(b)}
	if err := postgis.Migrate(ctx, options, nil); err != nil {
		b.Fatal(err)
	}
	if _, err := postgis.Load(ctx, options, false, nil); err != nil {
		b.Fatal(err)
	}
	store, err := postgis.Open(ctx, options)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(store.Close)
	memory := snapshot.NewReader(store, snapshot.ReaderOptions{Options: snapshot.Options{Encode: encode}})
	if err := memory.Load(ctx); err != nil {
		b.Fatal(err)
	}
	question := proximity.WithinRequest{Distances: []float64{5000}, SummaryOnly: true, Question: proximity.Question{
		From: []proximity.Source{{Geometry: orb.Point{116.8, -1.2}}}, To: []proximity.Target{{Collection: "mills"}},
	}}
	for _, from := range []struct {
		name   string
		reader geo.Reader
	}{{"memory", memory}, {"database", store}} {
		for _, kept := range []struct {
			name   string
			memory *proximity.Memory
		}{{"forgetting", nil}, {"remembering", proximity.NewMemory()}} {
			b.Run(from.name+"/"+kept.name, func(b *testing.B) {
				e := proximity.New(from.reader, proximity.Options{Memory: kept.memory})
				before := processor(b)
				for b.Loop() {
					if _, err := e.Within(ctx, question); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64((processor(b)-before).Microseconds())/float64(b.N), "cpu-µs/op")
			})
		}
	}
}
