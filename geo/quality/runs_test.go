package quality

import (
	"reflect"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// TestRunsFindWhatTheTreeFinds holds both indexes over edges against each other.
func TestRunsFindWhatTheTreeFinds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		point := rapid.Custom(func(t *rapid.T) orb.Point {
			return orb.Point{float64(rapid.IntRange(0, 30).Draw(t, "x")), float64(rapid.IntRange(0, 30).Draw(t, "y"))}
		})
		b := &boundary{}
		for part := range rapid.IntRange(1, 3).Draw(t, "parts") {
			l := line{dims: 2}
			for _, p := range rapid.SliceOfN(point, 3, 60).Draw(t, "ring") {
				l.c = append(l.c, p[0], p[1])
			}
			b.add(l, part+1, 1, len(b.rings))
		}
		if len(b.rings) == 0 {
			t.Skip("no ring is sound")
		}
		b.index()
		tree := newBoxTree(len(b.edges), b.edgeBox)
		if whole := tree.levels[len(tree.levels)-1][0]; whole != b.box {
			t.Fatalf("the whole is %v, to the tree %v", b.box, whole)
		}
		box := edgeBound(point.Draw(t, "from"), point.Draw(t, "to"))
		var found, want []int
		b.search(box, func(i int) bool { found = append(found, i); return true })
		tree.search(box, func(i int) bool { want = append(want, i); return true })
		slices.Sort(want)
		if !slices.Equal(found, want) {
			t.Fatalf("within %v are %v, to the tree %v", box, found, want)
		}
		treed := *b
		treed.runs, treed.tree = nil, tree
		if got, want := b.meetings(), treed.meetings(); !reflect.DeepEqual(got.faults, want.faults) || !reflect.DeepEqual(got.touches, want.touches) || !reflect.DeepEqual(got.crossed, want.crossed) {
			t.Fatalf("meetings are %+v, to the tree %+v", got, want)
		}
	})
}
