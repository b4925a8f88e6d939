package quality_test

import (
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"

	"kawasan/geo"
	"kawasan/geo/quality"
)

// FuzzJudge judges and repairs whatever bytes there are: it never fails for them, fixes
// nothing twice, and writes every report.
func FuzzJudge(f *testing.F) {
	f.Add(wkb.MustMarshal(orb.Polygon{{{116, 0}, {117, 1}, {117, 0}, {116, 1}, {116, 0}}}), "Maloy")
	f.Add(wkb.MustMarshal(orb.MultiPolygon{{{{116, 0}, {117, 0}, {117, 1}, {116, 0}}}, {{{116, 0}, {117, 0}, {117, 1}, {116, 0}}}}), "Kutai\u0301 ")
	f.Add(wkb.MustMarshal(orb.Point{-1.2, 116.8}), "\xff\x00")
	f.Add([]byte{1, 3, 0, 0, 0, 255, 255, 255, 255}, "")
	f.Fuzz(func(t *testing.T, data []byte, name string) {
		c := anything()
		j := quality.NewJudge(quality.Options{Collection: c, Fix: true, Today: 20780, Keep: 3})
		defer j.Close()
		for _, id := range []string{"a", "b"} {
			v, err := j.Feature(t.Context(), &geo.Feature{ID: id, Collection: c, Values: []any{name}, WKB: data}, 1)
			if err != nil {
				t.Fatal(err)
			}
			if again, changes := quality.Fix(v.Feature); len(changes) > 0 || again != v.Feature {
				t.Fatalf("fixing again changes %v", changes)
			}
		}
		if err := j.Finish(t.Context()); err != nil {
			t.Fatal(err)
		}
		for _, form := range quality.Forms() {
			if err := quality.Write(discard{}, j.Report(), form, "id"); err != nil {
				t.Fatal(err)
			}
		}
	})
}

type discard struct{}

func (discard) Write(p []byte) (int, error) { return len(p), nil }
