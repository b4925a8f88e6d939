package cql2_test

import (
	"testing"

	"kawasan/geo"
	"kawasan/geo/cql2"
	"kawasan/geo/geotest"
)

func BenchmarkParse(b *testing.B) {
	for _, c := range [][2]string{
		{"comparison", "kind = 'airport' AND use = 'scheduled' AND area_ha > 100"},
		{"spatial", "S_INTERSECTS(geometry, POLYGON((116 -1, 117 -1, 117 0, 116 0, 116 -1)))"},
	} {
		b.Run(c[0], func(b *testing.B) {
			for b.Loop() {
				if _, err := cql2.ParseText(c[1]); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// grid is small polygons over a part of the globe.
func grid() *geotest.Layer {
	l := geotest.NewLayer("grid", "Polygon", geotest.Prop("name", geo.String), geotest.Prop("number", geo.Number))
	for x := range 100 {
		for y := range 100 {
			l.Add("", square(float64(x)/10, float64(y)/10, 0.05), geotest.Values{"name": "Straße", "number": float64(x * y)})
		}
	}
	return l
}

func BenchmarkMatch(b *testing.B) {
	l := grid()
	for _, c := range [][2]string{
		{"number", "number > 100"},
		{"text", "name LIKE '%ra%'"},
		{"casei", "CASEI(name) = CASEI('STRASSE')"},
		{"bbox", "S_INTERSECTS(geometry, BBOX(2,2,5,5))"},
		{"polygon", "S_INTERSECTS(geometry, POLYGON((0 0, 10 0, 10 10, 5 2, 0 0)))"},
		{"within", "S_WITHIN(geometry, POLYGON((0 0, 10 0, 10 10, 5 2, 0 0)))"},
		{"crosses", "S_CROSSES(geometry, LINESTRING(0 0, 10 10))"},
		{"distance", "within_distance(geometry, POINT(5 5), 100000)"},
	} {
		f := check(b, l.Collection, c[1])
		b.Run(c[0], func(b *testing.B) {
			b.ReportAllocs()
			i, found := 0, 0
			for b.Loop() {
				if ok, _ := f.Match(l.Features[i%len(l.Features)]); ok {
					found++
				}
				i++
			}
			_ = found
		})
	}
}
