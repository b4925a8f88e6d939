package wkb_test

import (
	"math"
	"testing"

	"github.com/paulmach/orb"
	orbwkb "github.com/paulmach/orb/encoding/wkb"

	"kawasan/geo/format/wkb"
)

func TestFinite(t *testing.T) {
	t.Parallel()
	nan, inf := math.NaN(), math.Inf(1)
	for _, c := range []struct {
		name     string
		geometry orb.Geometry
		want     bool
	}{
		{"point", orb.Point{1, 2}, true},
		{"empty point", orb.Point{nan, nan}, true},
		{"point without longitude", orb.Point{nan, 2}, false},
		{"point without end", orb.Point{1, -inf}, false},
		{"line", orb.LineString{{1e300, 2}, {-1e300, 4}}, true},
		{"empty line", orb.LineString{}, true},
		{"line with a gap", orb.LineString{{1, 2}, {nan, nan}, {3, 4}}, false},
		{"line without a latitude", orb.LineString{{1, 2}, {2, nan}, {3, 4}}, false},
		{"line without end", orb.LineString{{1, 2}, {inf, 2}, {-inf, 4}}, false},
		{"hole", orb.Polygon{{{0, 0}, {9, 0}, {9, 9}, {0, 0}}, {{1, 1}, {2, nan}, {2, 2}, {1, 1}}}, false},
		{"member", orb.Collection{orb.Point{1, 2}, orb.MultiPoint{{1, 2}, {inf, 2}}}, false},
		{"empty member", orb.Collection{orb.Point{nan, nan}, orb.Point{1, 2}}, true},
	} {
		data, err := orbwkb.Marshal(c.geometry)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := wkb.Finite(data); got != c.want || err != nil {
			t.Errorf("%s: got %t, %v", c.name, got, err)
		}
		if _, err := wkb.Finite(data[:len(data)-1]); err == nil {
			t.Errorf("%s, cut off: no error", c.name)
		}
	}
}

func BenchmarkFinite(b *testing.B) {
	line := make(orb.LineString, 73)
	for i := range line {
		line[i] = orb.Point{115 + float64(i)/100, math.Sin(float64(i))}
	}
	data, err := orbwkb.Marshal(orb.Polygon{orb.Ring(line)})
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if ok, err := wkb.Finite(data); !ok || err != nil {
			b.Fatal(ok, err)
		}
	}
}
