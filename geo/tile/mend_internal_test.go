package tile

import (
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/peterstace/simplefeatures/geom"
	"pgregory.net/rapid"
)

// drawingOf makes a drawing of rings given as x, y in turn; after the first those
// that run the other way are holes.
func drawingOf(rings ...[]int64) *drawing {
	d := &drawing{}
	for _, ring := range rings {
		start := len(d.vertices)
		for i := 1; i < len(ring); i += 2 {
			d.vertices = appendVertex(d.vertices, start, vertex{ring[i-1], ring[i]}, areaKind)
		}
		k := areaKind
		if start > 0 && area2(d.vertices[start:]) < 0 {
			k = holeKind
		}
		d.finish(start, k, 0)
	}
	return d
}

// areas gives the areas of the rings of a drawing, holes negative.
func (d *drawing) areas() []float64 {
	all := []float64{}
	for _, r := range d.runs {
		all = append(all, area2(d.vertices[r.start:r.end])/2)
	}
	return all
}

func TestMend(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		rings [][]int64
		want  []float64
	}{
		{"a square stays", [][]int64{{0, 0, 10, 0, 10, 10, 0, 10}}, []float64{100}},
		{"so does a hole", [][]int64{{0, 0, 10, 0, 10, 10, 0, 10}, {2, 2, 2, 4, 4, 4, 4, 2}}, []float64{100, -4}},
		{"two squares that touch in a ring", [][]int64{{0, 0, 10, 0, 10, 10, 20, 10, 20, 20, 10, 20, 10, 10, 0, 10}}, []float64{100, 100}},
		{"a ring that touches itself around a hole", [][]int64{{0, 0, 20, 0, 20, 20, 0, 20, 0, 10, 5, 15, 10, 10, 5, 5, 0, 10}}, []float64{400, -50}},
		{"a neck without width", [][]int64{{0, 0, 10, 0, 10, 5, 20, 5, 20, 0, 30, 0, 30, 10, 20, 10, 20, 5, 10, 5, 10, 10, 0, 10}}, []float64{100, 100}},
		{"a small loop the wrong way is gone", [][]int64{{0, 0, 20, 0, 20, 20, 12, 20, 8, 24, 12, 24, 8, 20, 0, 20}}, []float64{404}},
		{"parts with a common border become one", [][]int64{{0, 0, 10, 0, 10, 10, 0, 10}, {10, 0, 20, 0, 20, 10, 10, 10}}, []float64{200}},
		{"parts that lie on one another too", [][]int64{{0, 0, 10, 0, 10, 10, 0, 10}, {5, 0, 20, 0, 20, 10, 5, 10}}, []float64{200}},
		{"a hole across the border is a bay", [][]int64{{0, 0, 20, 0, 20, 20, 0, 20}, {15, 5, 15, 10, 20, 10, 20, 5}}, []float64{375}},
		{"a hole from border to border divides", [][]int64{{0, 0, 20, 0, 20, 20, 0, 20}, {0, 10, 10, 15, 20, 10, 10, 5}}, []float64{150, 150}},
	} {
		d := drawingOf(c.rings...)
		new(mender).mend(d)
		if diff := cmp.Diff(c.want, d.areas()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

// Whatever the rings, the result is valid, and a point farther than a unit from all
// edges is surrounded by it if the rings went around it (where not all comes to nothing).
func TestMendAnything(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		reach := rapid.SampledFrom([]int64{4, 12, 60, 1000}).Draw(t, "reach")
		var rings [][]int64
		hole := rapid.Bool().Draw(t, "a hole")
		if hole {
			rings = append(rings, []int64{-1, -1, reach + 1, -1, reach + 1, reach + 1, -1, reach + 1})
		}
		for range rapid.IntRange(1, 3).Draw(t, "rings") {
			// All begin at one place: rings that lie in one another unseen are the data's fault.
			rings = append(rings, append([]int64{0, 0}, rapid.SliceOfN(rapid.Int64Range(0, reach), 6, 30).Draw(t, "ring")...))
		}
		d := drawingOf(rings...)
		other := areaKind // no area in an area, nor a hole in nothing: they need not meet
		if !hole {
			other = holeKind
		}
		if len(d.runs) == 0 || slices.ContainsFunc(d.runs[1:], func(r run) bool { return r.kind == other }) {
			return
		}
		before := *drawingOf(rings...)
		new(mender).mend(d)
		around := func(d *drawing, p vertex) (times int, near bool) {
			for _, r := range d.runs {
				ring := d.vertices[r.start:r.end]
				last := ring[len(ring)-1]
				for _, v := range ring {
					side := turn(last, v, p)
					if last.y <= p.y && v.y > p.y && side > 0 {
						times++
					}
					if last.y > p.y && v.y <= p.y && side < 0 {
						times--
					}
					near = near || apart(last, v, p) <= 1.5
					last = v
				}
			}
			return times, near
		}
		pixelAlone := cmp.Equal(d.areas(), []float64{pixel * pixel}) // all has come to nothing
		for range 40 {
			p := vertex{rapid.Int64Range(0, reach).Draw(t, "x"), rapid.Int64Range(0, reach).Draw(t, "y")}
			was, near := around(&before, p)
			if is, _ := around(d, p); !near && !pixelAlone && (was > 0) != (is > 0) {
				t.Fatalf("the rings went around %v %d times, what is made of them %d times", p, was, is)
			}
		}
		if err := d.multiPolygon().Validate(); err != nil {
			t.Fatalf("%v: %s", err, d.multiPolygon().AsText())
		}
	})
}

// apart is the distance from a point to an edge.
func apart(a, b, p vertex) float64 {
	dx, dy := float64(b.x-a.x), float64(b.y-a.y)
	px, py := float64(p.x-a.x), float64(p.y-a.y)
	share := max(0, min(1, (px*dx+py*dy)/(dx*dx+dy*dy)))
	return math.Hypot(px-share*dx, py-share*dy)
}

func (d *drawing) multiPolygon() geom.MultiPolygon {
	var polygons []geom.Polygon
	var rings []geom.LineString
	finish := func() {
		if rings != nil {
			polygons = append(polygons, geom.NewPolygon(rings))
		}
		rings = nil
	}
	for _, r := range d.runs {
		if r.kind == areaKind {
			finish()
		}
		var xy []float64
		ring := d.vertices[r.start:r.end]
		for _, v := range append(ring[:len(ring):len(ring)], ring[0]) {
			xy = append(xy, float64(v.x), float64(v.y))
		}
		rings = append(rings, geom.NewLineString(geom.NewSequence(xy, geom.DimXY)))
	}
	finish()
	return geom.NewMultiPolygon(polygons)
}
