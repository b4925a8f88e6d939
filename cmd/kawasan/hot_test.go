package main

import (
	"context"
	"encoding/binary"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/valyala/fasthttp"

	"kawasan/api"
	"kawasan/geo"
	"kawasan/geo/geotest"
	"kawasan/geo/snapshot"
)

// estates are n wavy polygons of 20 to 120 vertices, as dense as 200,000 of them
// would be over East Kalimantan, around Kariangau.
func estates(n int) (*geo.Collection, []*geo.Feature) {
	about := (&geo.Collection{
		ID: "estates", GeometryType: "MultiPolygon", Version: 1, Count: int64(n),
		Properties: []geo.Property{
			{Name: "name", Type: geo.String},
			{Name: "owner", Type: geo.String},
			{Name: "planted_area_ha", Type: geo.Number, Unit: "ha"},
			{Name: "planted_year", Type: geo.Integer},
			{Name: "certified", Type: geo.Boolean},
			{Name: "surveyed", Type: geo.DateOnly},
		},
	}).Index()
	random := rand.New(rand.NewPCG(1, 2))
	side := math.Sqrt(float64(n) / 8684)
	var all []*geo.Feature
	for i := range n {
		x, y, radius := 116.8+(random.Float64()-.5)*side, -1.1+(random.Float64()-.5)*side, 0.002+0.012*random.Float64()
		vertices, waves := 20+random.IntN(101), 2+random.IntN(5)
		b := binary.LittleEndian.AppendUint32([]byte{1}, 6)
		b = binary.LittleEndian.AppendUint32(b, 1)
		b = binary.LittleEndian.AppendUint32(append(b, 1), 3)
		b = binary.LittleEndian.AppendUint32(b, 1)
		b = binary.LittleEndian.AppendUint32(b, uint32(vertices+1))
		first := len(b)
		for k := range vertices {
			angle := 2 * math.Pi * float64(k) / float64(vertices)
			r := radius * (0.8 + 0.2*math.Sin(float64(waves)*angle))
			b = binary.LittleEndian.AppendUint64(b, math.Float64bits(x+r*math.Cos(angle)))
			b = binary.LittleEndian.AppendUint64(b, math.Float64bits(y+r*math.Sin(angle)))
		}
		all = append(all, &geo.Feature{
			ID: fmt.Sprintf("p-%06d", i+1), Collection: about, WKB: append(b, b[first:first+16]...),
			Values: []any{fmt.Sprintf("Kebun %d", i+1), fmt.Sprintf("Perusahaan %d", random.IntN(400)), radius * 1e6, int64(1990 + random.IntN(35)), i%2 == 0, geo.Date(18000 + i%2000)},
		})
	}
	return about, all
}

// hotServer serves the shipped data and the estates, all of it from memory, with
// shapes for measuring of geometries from that many positions on.
func hotServer(b *testing.B, n, shapesFrom int) *api.Server {
	b.Helper()
	about, features := estates(n)
	source := geotest.Shipped(b, &geotest.Layer{Collection: about, Features: features})
	reader := snapshot.NewReader(source, snapshot.ReaderOptions{Options: snapshot.Options{Encode: encode, ShapesFrom: shapesFrom}})
	if err := reader.Load(context.Background()); err != nil {
		b.Fatal(err)
	}
	server, err := api.New(api.Config{Reader: reader, DataAge: func() (float64, bool) { return reader.DataAge().Seconds(), true }})
	if err != nil {
		b.Fatal(err)
	}
	return server
}

// BenchmarkAnswers takes whole answers, from the parsed request to the finished
// response, with links, ETag and number matched. Of the processor time the part of
// the collector is counted; large collections are held without most of their shapes.
func BenchmarkAnswers(b *testing.B) {
	server, shapeless := hotServer(b, 20_000, 0), hotServer(b, 20_000, 512)
	random := rand.New(rand.NewPCG(3, 4))
	at := func(format string, side float64) func() string {
		return func() string {
			x, y := 116.4+random.Float64()*.7, -1.5+random.Float64()*.7
			return fmt.Sprintf(format, x, y, x+side, y+side)
		}
	}
	nearest := func() string {
		return fmt.Sprintf("/proximity/nearest?k=10&to=estates&from=%.6f,%.6f", 116.4+random.Float64()*.7, -1.5+random.Float64()*.7)
	}
	within := func() string {
		return fmt.Sprintf("/proximity/within?from=zones/kik&distance=%.4fkm&sum=planted_area_ha&summary=only&to=estates", 25+random.Float64())
	}
	for _, w := range []struct {
		name string
		path func() string
	}{
		{"health check", func() string { return "/healthz" }},
		{"kept page of 10", func() string { return "/collections/estates/items?limit=10&bbox=116.8,-1.1,116.895,-1.005" }},
		{"page of 10", at("/collections/estates/items?limit=10&bbox=%.4f,%.4f,%.4f,%.4f", 0.095)},
		{"page of 100", at("/collections/estates/items?limit=100&bbox=%.4f,%.4f,%.4f,%.4f", 0.095)},
		{"feature", func() string { return fmt.Sprintf("/collections/estates/items/p-%06d", 1+random.IntN(20_000)) }},
		{"10 nearest", nearest},
		{"10 nearest, no shapes", nearest},
		{"within 25 km", within},
		{"within 25 km, no shapes", within},
	} {
		b.Run(w.name, func(b *testing.B) {
			handler := server.App().Handler()
			if strings.HasSuffix(w.name, "no shapes") {
				handler = shapeless.App().Handler()
			}
			paths := make([]string, 50_000) // so many that none is kept
			for i := range paths {
				paths[i] = w.path()
			}
			var ctx fasthttp.RequestCtx
			b.ReportAllocs()
			b.ResetTimer()
			before := processor(b)
			for i := range b.N {
				ctx.Request.Reset()
				ctx.Response.Reset()
				ctx.Request.SetRequestURI(paths[i%len(paths)])
				ctx.Request.SetHost("localhost")
				handler(&ctx)
				if ctx.Response.StatusCode() != fasthttp.StatusOK {
					b.Fatalf("%s: %d %s", paths[i%len(paths)], ctx.Response.StatusCode(), ctx.Response.Body())
				}
			}
			b.ReportMetric(float64((processor(b)-before).Nanoseconds())/float64(b.N)/1e3, "cpu-µs/op")
			b.ReportMetric(float64(len(ctx.Response.Body())), "bytes")
		})
	}
}
