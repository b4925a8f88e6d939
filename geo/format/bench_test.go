package format_test

import (
	"encoding/binary"
	"io"
	"math"
	"testing"

	"kawasan/geo"
	"kawasan/geo/format"
	"kawasan/geo/format/internal/sample"
)

// polygon gives a ring of 72 positions around a centre.
func polygon(lon, lat float64) []byte {
	b := binary.LittleEndian.AppendUint32([]byte{1, 3, 0, 0, 0, 1, 0, 0, 0}, 72)
	for i := range 72 {
		sin, cos := math.Sincos(float64(i%71) / 71 * 2 * math.Pi)
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(lon+0.01*cos))
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(lat+0.01*sin))
	}
	return b
}

// One operation is one polygon with twelve attributes, its share of Close included.
func BenchmarkWrite(b *testing.B) {
	l := sample.New(b, "estates", "Polygon", false, "POLYGON ((0 0, 1 0, 1 1, 0 0))", "", "")
	values := [][]any{l.Features[0].Values, l.Features[2].Values}
	for _, f := range format.All() {
		b.Run(f.Name, func(b *testing.B) {
			b.ReportAllocs()
			w, err := f.New(io.Discard, format.Options{TempDir: b.TempDir()})
			if err != nil {
				b.Fatal(err)
			}
			defer w.Discard()
			if err := w.Open(l.Layer); err != nil {
				b.Fatal(err)
			}
			for i := range b.N {
				x := uint32(i) * 2654435761 // spread, the same in each run
				feature := geo.Feature{ID: "e", Collection: l.Collection, Values: values[i%2], WKB: polygon(108+float64(x>>16)/6553.6, -4+float64(x&0xffff)/8192)}
				if err := w.Write(&feature); err != nil {
					b.Fatal(err)
				}
			}
			if err := w.Close(); err != nil {
				b.Fatal(err)
			}
		})
	}
}
