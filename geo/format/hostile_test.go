package format_test

import (
	"math/rand/v2"
	"testing"

	"kawasan/geo/format"
	"kawasan/geo/format/export"
	"kawasan/geo/format/internal/sample"
	"kawasan/geo/format/source"
)

// readerOf finds the reader for a format that is written.
func readerOf(t testing.TB, name string) source.Format {
	t.Helper()
	same := map[string]string{"geojsonseq": "geojson", "ndjson": "geojson", "kmz": "kml"}
	if other, ok := same[name]; ok {
		name = other
	}
	for _, f := range format.Sources() {
		if f.Name == name {
			return f
		}
	}
	t.Fatalf("nothing reads %s", name)
	return source.Format{}
}

// A file that was cut short is refused, or, where a format has no end to miss, gives what is there.
func TestTruncated(t *testing.T) {
	t.Parallel()
	for _, f := range readable(t) {
		t.Run(f.Name, func(t *testing.T) {
			t.Parallel()
			l := sample.Layers(t)[6]
			whole := sample.Bytes(t, f, export.Options{}, l)
			for _, n := range []int{1, 9, len(whole) / 4, len(whole) / 2, len(whole) * 3 / 4, len(whole) - 100, len(whole) - 1} {
				got, err := sample.ReadAll(t, readerOf(t, f.Name), "sample"+f.Extension, whole[:max(n, 1)])
				if err != nil {
					sample.CheckFault(t, err)
				} else if got >= len(l.Features) && n < len(whole)-100 {
					t.Errorf("%d of %d bytes gave %d features", n, len(whole), got)
				}
			}
		})
	}
}

// Bytes changed at random never break a reader.
func TestMutated(t *testing.T) {
	t.Parallel()
	for _, f := range readable(t) {
		t.Run(f.Name, func(t *testing.T) {
			t.Parallel()
			random := rand.New(rand.NewPCG(1, 2))
			for _, l := range sample.Layers(t) {
				whole := sample.Bytes(t, f, export.Options{}, l)
				for range 30 {
					b := append([]byte(nil), whole...)
					for range 1 + random.IntN(4) {
						if len(b) > 0 {
							b[random.IntN(len(b))] = []byte{0, 1, 0x7f, 0x80, 0xff, byte(random.IntN(256))}[random.IntN(6)]
						}
					}
					if _, err := sample.ReadAll(t, readerOf(t, f.Name), "sample"+f.Extension, b); err != nil {
						sample.CheckFault(t, err)
					}
				}
			}
		})
	}
}
