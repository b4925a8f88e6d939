package main

import (
	"context"
	"encoding/binary"
	"fmt"
	"iter"
	"math"
	"math/rand/v2"

	"kawasan/geo"
	"kawasan/geo/postgis"
)

// sizes are the number of polygons by name.
var sizes = map[string]int{"s": 500, "m": 20_000, "l": 200_000}

// makePlantations fills a collection with polygons of 20 to 120 vertices around
// East Kalimantan: blobs of up to 3 km. The same size gives the same polygons.
func makePlantations(ctx context.Context, database, id string, n int) error {
	collection := plantationsCollection(id)
	_, err := postgis.Create(ctx, postgis.Options{URL: database}, collection, plantations(collection, n))
	if err != nil {
		return fmt.Errorf("make %s: %w", id, err)
	}
	return nil
}

func plantationsCollection(id string) *geo.Collection {
	return &geo.Collection{
		ID: id, GeometryType: "MultiPolygon", Title: geo.Text{EN: "Generated plantations", ID: "Kebun buatan"},
		Properties: []geo.Property{
			{Name: "name", Type: geo.String},
			{Name: "owner", Type: geo.String},
			{Name: "planted_area_ha", Type: geo.Number, Unit: "ha"},
			{Name: "planted_year", Type: geo.Integer},
			{Name: "commodity", Type: geo.String},
			{Name: "certified", Type: geo.Boolean},
			{Name: "surveyed", Type: geo.DateOnly},
		},
	}
}

// plantations yields n polygons.
func plantations(collection *geo.Collection, n int) iter.Seq2[*geo.Feature, error] {
	return func(yield func(*geo.Feature, error) bool) {
		random := rand.New(rand.NewPCG(64, uint64(n))) // must repeat, not surprise
		for i := range n {
			west, south := 113.9+random.Float64()*4.9, -2.3+random.Float64()*4.7
			radius := 0.002 + 0.012*random.Float64()
			f := &geo.Feature{
				ID: fmt.Sprintf("p-%06d", i+1), Collection: collection, WKB: blob(random, west, south, radius),
				Values: []any{
					fmt.Sprintf("Kebun %d", i+1), fmt.Sprintf("Perusahaan %d", random.IntN(400)), math.Round(radius*radius*math.Pi*1.23e8) / 100,
					int64(1990 + random.IntN(35)), []string{"oil palm", "rubber", "acacia"}[random.IntN(3)], random.IntN(2) == 0, geo.Date(18000 + random.IntN(2000)),
				},
			}
			if !yield(f, nil) {
				return
			}
		}
	}
}

// blob is a wavy ring around a point, as WKB of a multipolygon.
func blob(random *rand.Rand, x, y, radius float64) []byte {
	vertices := 20 + random.IntN(101)
	wave, phase := 2+random.IntN(5), random.Float64()*2*math.Pi
	b := binary.LittleEndian.AppendUint32([]byte{1}, 6)
	b = binary.LittleEndian.AppendUint32(b, 1)
	b = binary.LittleEndian.AppendUint32(append(b, 1), 3)
	b = binary.LittleEndian.AppendUint32(b, 1)
	b = binary.LittleEndian.AppendUint32(b, uint32(vertices+1)) // at most 121
	start := len(b)
	for i := range vertices {
		angle := 2 * math.Pi * float64(i) / float64(vertices)
		r := radius * (0.8 + 0.2*math.Sin(float64(wave)*angle+phase))
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(x+r*math.Cos(angle)))
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(y+r*math.Sin(angle)))
	}
	return append(b, b[start:start+16]...)
}
