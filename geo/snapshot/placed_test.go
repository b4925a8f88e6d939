package snapshot

import (
	"bytes"
	"cmp"
	"errors"
	"math"
	"strconv"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
	"pgregory.net/rapid"

	"kawasan/geo"
)

// Where two keys differ they order as the ids do, of whatever ids they were made.
func TestKeysOrderLikeIDs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.StringN(0, 12, -1), rapid.StringMatching(`estate-[0-9]{1,10}`), rapid.StringMatching(`[ab]{0,12}`))
		k := keys{common: commonBeginning(text.Draw(t, "first"), text.Draw(t, "last"))}
		a, b := text.Draw(t, "a"), text.Draw(t, "b")
		if k.integers = rapid.Bool().Draw(t, "integers"); k.integers {
			number := rapid.Int64()
			a, b = strconv.FormatInt(number.Draw(t, "a"), 10), strconv.FormatInt(number.Draw(t, "b"), 10)
		}
		byKey, byID := cmp.Compare(k.of(a), k.of(b)), compareIDs(a, b, k.integers)
		if k.of(a) == 0 || byKey != 0 && byKey != byID {
			t.Fatalf("%+v: keys of %q and %q are %x and %x", k, a, b, k.of(a), k.of(b))
		}
	})
}

// Of no geometry is it said that it touches a box which it does not meet, and of a side
// that lies within a box it is always said.
func TestTouches(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		near := rapid.Float64Range(-1, 1)
		far := rapid.OneOf(near, rapid.Float64Range(-1e300, 1e300), rapid.Float64(), rapid.SampledFrom([]float64{0, 1, math.Nextafter(1, 2), 116.79999999999998, -math.MaxFloat64, math.MaxFloat64}))
		point := func(name string) orb.Point { return orb.Point{far.Draw(t, name), far.Draw(t, name)} }
		var line orb.LineString
		for range rapid.IntRange(2, 6).Draw(t, "vertices") {
			line = append(line, point("vertex"))
		}
		f := &geo.Feature{WKB: wkb.MustMarshal(line)}
		place, err := measure(f.WKB)
		if err != nil {
			t.Skip()
		}
		entry := (&Collection{}).placed(f, place)
		for side := range entry.touches {
			axis, n := across[side], int(entry.touches[side])
			v, from, to := place.touches[side], place.bound.Min[axis], place.bound.Max[axis]
			if step(n, from, to) > v || step(n+1, from, to) < v {
				t.Fatalf("%g is not in part %d of %g to %g", v, n, from, to)
			}
		}
		box := orb.MultiPoint{point("corner"), point("corner")}.Bound()
		if overlap(place.bound, box) && entry.touchesIn(place.bound, box) && !meets(f.WKB, box) {
			t.Fatalf("%v does not meet %v", line, box)
		}
		if height := place.bound.Max[1] - place.bound.Min[1]; height < math.MaxFloat64 && !entry.touchesIn(place.bound, orb.Bound{Min: place.bound.Min, Max: orb.Point{place.bound.Min[0], place.bound.Max[1]}}) {
			t.Fatalf("the western side of %v is not touched", place.bound)
		}
	})
}

// Collections may stand in collections, but not so deep that a walk through them needs a
// stack of any depth.
func TestNesting(t *testing.T) {
	for depth, want := range map[int]error{0: nil, maxDepth: nil, maxDepth + 1: errNested, 1 << 20: errNested} {
		nested := append(bytes.Repeat([]byte{1, wkbCollection, 0, 0, 0, 1, 0, 0, 0}, depth), wkb.MustMarshal(orb.Point{116, -1})...)
		place, err := measure(nested)
		if !errors.Is(err, want) {
			t.Errorf("%d deep: got %v, want %v", depth, err, want)
		}
		if want == nil && place.bound.Min != (orb.Point{116, -1}) {
			t.Errorf("%d deep: got bound %v", depth, place.bound)
		}
	}
}
