package quality_test

import (
	"bytes"
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"kawasan/geo"
	"kawasan/geo/format/wkb"
	"kawasan/geo/quality"
)

// points gives the positions of a geometry in order of their numbers, repetitions left out.
func points(t *rapid.T, data []byte) [][2]float64 {
	var list [][2]float64
	if err := wkb.Walk(data, func(_ wkb.Header, p wkb.Positions) error {
		for i := range p.Len() {
			x, y := p.XY(i)
			list = append(list, [2]float64{x, y})
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(list, func(a, b [2]float64) int { return slices.Compare(a[:], b[:]) })
	return slices.Compact(list)
}

// area is that of all rings, whichever way they run.
func area(t *rapid.T, data []byte) (sum float64) {
	if err := wkb.Walk(data, func(_ wkb.Header, p wkb.Positions) error {
		if p.Len() > 3 {
			sum += math.Abs(p.SignedArea())
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return sum
}

// sloppy draws a polygon as people deliver them: rings open or closed, either way round, vertices repeated.
func sloppy() *rapid.Generator[[]byte] {
	return rapid.Custom(func(t *rapid.T) []byte {
		var dst []byte
		rings := rapid.IntRange(1, 3).Draw(t, "rings")
		dst = append(dst, 1, 3, 0, 0, 0, byte(rings), 0, 0, 0)
		for range rings {
			n := rapid.IntRange(0, 7).Draw(t, "vertices")
			var c [][2]float64
			for range n {
				p := [2]float64{rapid.Float64Range(115, 118).Draw(t, "lon"), rapid.Float64Range(-2, 2).Draw(t, "lat")}
				for range rapid.IntRange(1, 2).Draw(t, "times") {
					c = append(c, p)
				}
			}
			if n > 0 && rapid.Bool().Draw(t, "closed") {
				c = append(c, c[0])
			}
			dst = append(dst, byte(len(c)), 0, 0, 0)
			for _, p := range c {
				dst = appendFloats(dst, p[0], p[1])
			}
		}
		return dst
	})
}

func appendFloats(dst []byte, values ...float64) []byte {
	for _, v := range values {
		bits := math.Float64bits(v)
		for k := range 8 {
			dst = append(dst, byte(bits>>(8*k)))
		}
	}
	return dst
}

func TestFixMovesNothing(t *testing.T) {
	t.Parallel()
	c := anything()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SampledFrom([]string{"Maloy", " Maloy ", "Kutai\u0301", "\ufeffx", "", "  ", "ꦗꦮ"}).Draw(t, "name")
		before := &geo.Feature{ID: "a", Collection: c, Values: []any{text}, WKB: sloppy().Draw(t, "polygon")}
		kept := bytes.Clone(before.WKB)
		after, changes := quality.Fix(before)
		if !bytes.Equal(before.WKB, kept) || before.Values[0] != text {
			t.Fatal("the original was changed")
		}
		if diff := cmp.Diff(points(t, before.WKB), points(t, after.WKB)); diff != "" {
			t.Fatalf("positions differ: %s", diff)
		}
		if a, b := area(t, before.WKB), area(t, after.WKB); len(changes) == 0 && a != b || openRings(before.WKB) == 0 && math.Abs(a-b) > 1e-9*math.Max(1, a) {
			t.Fatalf("the area was %v and is %v", a, b)
		}
		again, more := quality.Fix(after)
		if again != after || len(more) > 0 {
			t.Fatalf("fixing again changed %v", more)
		}
		if (len(changes) > 0) == (after == before) {
			t.Fatalf("%d changes are listed, but the feature is the same: %v", len(changes), after == before)
		}
	})
}

// openRings counts rings whose area is not defined before they are closed.
func openRings(data []byte) (n int) {
	_ = wkb.Walk(data, func(_ wkb.Header, p wkb.Positions) error {
		if p.Len() == 0 {
			return nil
		}
		x, y := p.XY(0)
		if u, v := p.XY(p.Len() - 1); x != u || y != v {
			n++
		}
		return nil
	})
	return n
}

// TestFixLeavesNoFixableFinding judges what Fix gave back.
func TestFixLeavesNoFixableFinding(t *testing.T) {
	t.Parallel()
	c := anything()
	rapid.Check(t, func(t *rapid.T) {
		f := &geo.Feature{ID: "a", Collection: c, Values: []any{" x "}, WKB: sloppy().Draw(t, "polygon")}
		j := quality.NewJudge(quality.Options{Collection: c, Fix: true, Alone: true, Today: 20000})
		defer j.Close()
		if _, err := j.Feature(t.Context(), f, 1); err != nil {
			t.Fatal(err)
		}
		for _, g := range j.Report().Groups {
			if g.Rule.Fixable {
				t.Fatalf("%s is left: %v", g.Rule.Name, g.Issues)
			}
		}
	})
}
