package geodesy

import (
	"context"
	"encoding/binary"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
	"pgregory.net/rapid"
)

// What is measured along the binary is what is measured to the shape, to the last bit.
func TestFromPointIsMeasure(t *testing.T) {
	t.Parallel()
	var p Preparer
	decisions := 0
	rapid.Check(t, func(t *rapid.T) {
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		centre := orb.Point{rapid.Float64Range(-178, 178).Draw(t, "lon"), rapid.OneOf(rapid.Float64Range(-3, 3), rapid.Float64Range(-85, 85)).Draw(t, "lat")}
		size := math.Pow(10, rapid.Float64Range(-4, -0.5).Draw(t, "size"))
		g := drawGeometry(t, random, centre, size)
		raw := wkb.MustMarshal(g, binary.LittleEndian)
		shape, err := PrepareWKB(raw)
		if err != nil {
			t.Skip(err)
		}
		from := drawOrigin(t, shape, centre, size)
		a, err := Prepare(from)
		if err != nil {
			t.Skip(err)
		}
		limit := rapid.SampledFrom([]float64{0, 100, 5000, 1e5, math.Inf(1)}).Draw(t, "limit")
		want, near, err := Measure(context.Background(), a, shape, limit)
		if err != nil {
			t.Fatal(err)
		}
		for _, bound := range []orb.Bound{{}, shape.Bound()} {
			got, within, decided := p.FromPoint(a, raw, bound, limit)
			if !decided {
				continue
			}
			decisions++
			if within && near && got.Meets() && want.Meets() && Distance(got.To, want.To) < 2*meetMetres {
				continue // any of the common points will do
			}
			if within != near || within && got != want {
				t.Fatalf("from %v to %v within %g: got %+v, %t; want %+v, %t", from, g, limit, got, within, want, near)
			}
		}
	})
	if !testing.Short() && decisions < 50 {
		t.Errorf("only %d were decided", decisions)
	}
}

// drawGeometry draws points, lines and polygons with holes, rings either way round.
func drawGeometry(t *rapid.T, random *rand.Rand, centre orb.Point, size float64) orb.Geometry {
	ring := func(r float64) orb.Ring {
		ring := blob(random, centre, r, rapid.IntRange(3, 70).Draw(t, "vertices"))[0]
		if rapid.Bool().Draw(t, "clockwise") {
			ring = ring.Clone()
			ring.Reverse()
		}
		return ring
	}
	polygon := orb.Polygon{ring(size)}
	if rapid.Bool().Draw(t, "hole") {
		polygon = append(polygon, ring(size/3))
	}
	switch rapid.IntRange(0, 5).Draw(t, "kind") {
	case 0:
		return centre
	case 1:
		return orb.LineString(polygon[0])
	case 2:
		return orb.MultiPoint{centre, polygon[0][1]}
	case 3:
		return orb.MultiLineString{orb.LineString(polygon[0])}
	case 4:
		return orb.MultiPolygon{polygon}
	}
	return polygon
}

// drawOrigin draws a place near a shape, on it, at a vertex or just beside one.
func drawOrigin(t *rapid.T, s *Shape, centre orb.Point, size float64) orb.Point {
	v := s.vertex(int32(rapid.IntRange(0, s.Vertices()-1).Draw(t, "vertex")))
	off := func(name string, far float64) float64 { return rapid.Float64Range(-far, far).Draw(t, name) }
	switch rapid.IntRange(0, 4).Draw(t, "place") {
	case 0:
		return v
	case 1:
		return orb.Point{v[0] + off("dx", 1e-9), v[1] + off("dy", 1e-9)}
	case 2:
		return centre
	case 3:
		return orb.Point{centre[0] + off("dx", 1), centre[1] + off("dy", 1)}
	}
	return orb.Point{centre[0] + off("dx", 2*size), centre[1] + off("dy", 2*size)}
}

// Bytes that are no geometry are left to others, and never read beyond.
func FuzzFromPoint(f *testing.F) {
	f.Add(wkb.MustMarshal(orb.Polygon{{{0, 0}, {1, 0}, {1, 1}, {0, 0}}}, binary.LittleEndian), 0.5, 0.2)
	f.Add(wkb.MustMarshal(orb.MultiPoint{{0, 0}, {1, 0}}, binary.LittleEndian), 3.0, 0.2)
	f.Fuzz(func(t *testing.T, raw []byte, lon, lat float64) {
		a, err := Prepare(orb.Point{lon, lat})
		if err != nil {
			t.Skip()
		}
		var p Preparer
		got, within, decided := p.FromPoint(a, raw, orb.Bound{}, math.Inf(1))
		if !decided {
			return
		}
		shape, err := PrepareWKB(raw)
		if err != nil {
			t.Fatalf("%x is measured but no shape: %v", raw, err)
		}
		if want := Between(a, shape); !within || math.Abs(got.Metres-want.Metres) > 1e-5 {
			t.Fatalf("%x: got %+v, want %+v", raw, got, want)
		}
	})
}
