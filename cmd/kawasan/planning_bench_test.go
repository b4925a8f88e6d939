package main

import (
	"context"
	"iter"
	"math"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"

	"kawasan/geo"
	"kawasan/geo/localpg/pgtest"
	"kawasan/geo/postgis"
	"kawasan/geo/proximity"
	"kawasan/geo/snapshot"
)

// BenchmarkPlanning asks the two questions of planners among 200,000 polygons: the
// ten nearest, and what lies within 25 km with count and sum; from memory, from
// the store without memory, and in plain PostGIS. It takes some minutes to set up.
//
//	go test ./cmd/kawasan -run '^$' -bench Planning -benchtime 5x
func BenchmarkPlanning(b *testing.B) {
	ctx := context.Background()
	options := postgis.Options{URL: pgtest.DSN(b)}
	if err := postgis.Migrate(ctx, options, nil); err != nil {
		b.Fatal(err)
	}
	about, features := estates(200_000)
	if _, err := postgis.Create(ctx, options, about, each(features)); err != nil {
		b.Fatal(err)
	}
	store, err := postgis.Open(ctx, options)
	if err != nil {
		b.Fatal(err)
	}
	defer store.Close()
	memory := snapshot.NewReader(store, snapshot.ReaderOptions{})
	if err := memory.Load(ctx); err != nil {
		b.Fatal(err)
	}
	conn, err := pgx.Connect(ctx, options.URL)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = conn.Close(ctx) }()
	if _, err := conn.Exec(ctx, `CREATE INDEX ON kawasan.estates USING gist ((geom::geography)); ANALYZE kawasan.estates`); err != nil {
		b.Fatal(err)
	}
	zone := make(orb.Ring, 0, 201)
	for i := range 200 {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / 200)
		zone = append(zone, orb.Point{116.8 + 0.03*cos, -1.1 + 0.03*sin})
	}
	for name, origin := range map[string]orb.Geometry{"point": orb.Point{116.8, -1.1}, "zone": orb.Polygon{append(zone, zone[0])}} {
		question := proximity.Question{From: []proximity.Source{{Geometry: origin}}, To: []proximity.Target{{Collection: about.ID}}}
		for reader, r := range map[string]geo.Reader{"memory": memory, "store": store} {
			engine := proximity.New(r, proximity.Options{})
			b.Run("nearest 10/"+name+"/"+reader, func(b *testing.B) {
				for b.Loop() {
					if a, err := engine.Nearest(ctx, proximity.NearestRequest{Question: question, K: 10}); err != nil || len(a.Pairs) != 10 {
						b.Fatal(err)
					}
				}
			})
			b.Run("within 25 km/"+name+"/"+reader, func(b *testing.B) {
				for b.Loop() {
					a, err := engine.Within(ctx, proximity.WithinRequest{
						Question: question, Distances: []float64{25_000}, SummaryOnly: true, Sums: []proximity.Sum{{Property: "planted_area_ha"}},
					})
					if err != nil {
						b.Fatal(err)
					}
					b.ReportMetric(float64(a.Summaries[0].Count), "features")
				}
			})
		}
		for question, sql := range map[string]string{
			"nearest 10":   `SELECT count(d), sum(d) FROM (SELECT geom::geography <-> ST_GeomFromWKB($1, 4326)::geography AS d FROM kawasan.estates ORDER BY 1 LIMIT 10) n`,
			"within 25 km": `SELECT count(*), sum(planted_area_ha) FROM kawasan.estates WHERE ST_DWithin(geom::geography, ST_GeomFromWKB($1, 4326)::geography, 25000)`,
		} {
			b.Run(question+"/"+name+"/PostGIS", func(b *testing.B) {
				for b.Loop() {
					var n int
					var sum float64
					if err := conn.QueryRow(ctx, sql, wkb.MustMarshal(origin)).Scan(&n, &sum); err != nil {
						b.Fatal(err)
					}
					b.ReportMetric(float64(n), "features")
				}
			})
		}
	}
}

// each yields features one after another.
func each(features []*geo.Feature) iter.Seq2[*geo.Feature, error] {
	return func(yield func(*geo.Feature, error) bool) {
		for _, f := range features {
			if !yield(f, nil) {
				return
			}
		}
	}
}
