package api

import (
	"fmt"
	"strconv"
	"testing"
	"unicode/utf8"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// TestNamesHideNothing checks that names lie in the picture and cover neither each
// other nor a mark.
func TestNamesHideNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := &pageMap{Width: mapWidth, Height: 400}
		var bounds []orb.Bound
		for i := range rapid.IntRange(0, mostNames).Draw(t, "marks") {
			at := orb.Point{rapid.Float64Range(0, mapWidth).Draw(t, "x"), rapid.Float64Range(0, 400).Draw(t, "y")}
			m.Marks = append(m.Marks, pageMark{Name: fmt.Sprint("Pelabuhan ", i)})
			bounds = append(bounds, at.Bound().Pad(rapid.SampledFrom([]float64{6, 6, 20, 90}).Draw(t, "size")))
		}
		larger := rapid.SampledFrom([]float64{1, narrow}).Draw(t, "larger")
		var boxes []orb.Bound
		for _, n := range m.placeNames(bounds, larger) {
			x, errX := strconv.ParseFloat(n.X, 64)
			y, errY := strconv.ParseFloat(n.Y, 64)
			if errX != nil || errY != nil {
				t.Fatalf("name at %q, %q", n.X, n.Y)
			}
			width := float64(utf8.RuneCountInString(n.Text)) * letterWidth * larger
			left := map[string]float64{"start": x, "middle": x - width/2, "end": x - width}[n.Anchor]
			box := orb.Bound{Min: orb.Point{left, y - lineHeight*larger*11/15}, Max: orb.Point{left + width, y + lineHeight*larger*4/15}}
			if box.Min[0] < -0.1 || box.Max[0] > mapWidth+0.1 || box.Min[1] < -0.1 || box.Max[1] > 400.1 {
				t.Fatalf("%q leaves the picture: %v", n.Text, box)
			}
			for _, other := range boxes {
				if box.Pad(-0.2).Intersects(other) {
					t.Fatalf("%q hides another name", n.Text)
				}
			}
			for _, mark := range bounds {
				if mark.Max[0]-mark.Min[0] < 60 && box.Pad(-0.2).Intersects(mark) {
					t.Fatalf("%q hides a mark", n.Text)
				}
			}
			boxes = append(boxes, box)
		}
	})
	one := &pageMap{Width: mapWidth, Height: 400, Marks: []pageMark{{Name: "Kariangau"}}}
	if names := one.placeNames([]orb.Bound{orb.Point{400, 200}.Bound().Pad(6)}, 1); len(names) != 1 {
		t.Errorf("one mark alone has no name: %+v", names)
	}
}
