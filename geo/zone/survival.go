package zone

import (
	"math"
	"slices"
)

// survival compares the first with all that may be in its place: those ranked, and
// those excluded by a limit that they may keep in truth.
func (k *ranker) survival(first *scored, all []*scored) {
	extents := make([]extent, len(k.Criteria))
	for c := range k.Criteria {
		extents[c] = extentOf(all, c)
	}
	k.out.Survives = len(first.doubts) == 0
	for _, other := range all {
		if other == first || other.excluded && other.sure {
			continue
		}
		advantage := 0.0
		for c, criterion := range k.Criteria {
			advantage += first.parts[c].Weight * extents[c].advantage(criterion.Direction, first.values[c], other.values[c])
		}
		if !(advantage > level) {
			k.out.Survives = false
			k.out.Rivals = append(k.out.Rivals, other.feature.Ref())
		}
	}
	slices.Sort(k.out.Rivals)
}

// level is the advantage, in parts of a score, that may be nothing but rounding: weights
// of 1/2 against 1/3 and 1/6 are a tie.
const level = 1e-12

// extent is the least and the greatest that the scale of a criterion can span in
// truth: its ends are values themselves, and as uncertain.
type extent struct{ least, most float64 }

// extentOf spans the known values of those that are sure to be kept, and of those that may be.
func extentOf(all []*scored, c int) extent {
	low, high := math.Inf(1), math.Inf(-1)              // of what each value can be
	highestLow, lowestHigh := math.Inf(-1), math.Inf(1) // whatever they are, the scale spans these
	for _, s := range all {
		v := s.values[c]
		if v.value == nil || s.excluded && s.sure {
			continue
		}
		least, most := v.ends()
		low, high = min(low, least), max(high, most)
		if !s.excluded && len(s.doubts) == 0 {
			highestLow, lowestHigh = max(highestLow, least), min(lowestHigh, most)
		}
	}
	return extent{max(0, highestLow-lowestHigh), high - low}
}

// ends are what the value can be; open ends are infinite.
func (r raw) ends() (least, most float64) {
	least, most = math.Inf(-1), math.Inf(1)
	if r.min != nil {
		least = *r.min
	}
	if r.max != nil {
		most = *r.max
	}
	return least, most
}

// advantage is the least that a may be better than b by, in parts of the scale. An
// unknown value may be anywhere on it.
func (e extent) advantage(d Direction, a, b raw) float64 {
	if a.value == nil || b.value == nil {
		return -1
	}
	leastA, mostA := a.ends()
	leastB, mostB := b.ends()
	better := leastA - mostB
	if d == Less {
		better = leastB - mostA
	}
	switch {
	case better == 0:
		return 0 // on a scale that may span nothing too
	case better > 0:
		return better / e.most
	}
	return max(-1, better/e.least) // a scale that may span nothing tells nothing
}
