package zone

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"kawasan/geo"
)

// drawn is a candidate with one value that lies between whole numbers.
func drawn(t *rapid.T) *scored {
	v := raw{}
	if rapid.IntRange(0, 5).Draw(t, "known") > 0 {
		least := float64(rapid.IntRange(0, 4).Draw(t, "least"))
		most := least + float64(rapid.IntRange(0, 3).Draw(t, "wide"))
		v = raw{value: &least, min: &least, max: &most}
	}
	s := &scored{values: []raw{v}}
	switch rapid.IntRange(0, 4).Draw(t, "kept") {
	case 0:
		s.excluded, s.sure = true, true
	case 1:
		s.excluded = true
	case 2:
		s.doubts = []geo.Text{{EN: "?"}}
	}
	return s
}

// eachTruth goes through the whole numbers that the known values may be, and
// through which of those candidates are kept that may be.
func eachTruth(all []*scored, at []float64, kept []bool, see func()) {
	i := len(at)
	if i == len(all) {
		see()
		return
	}
	s, v := all[i], all[i].values[0]
	if v.value == nil || s.excluded && s.sure {
		eachTruth(all, append(at, math.NaN()), append(kept, false), see)
		return
	}
	for x := *v.min; x <= *v.max; x++ {
		if s.excluded || len(s.doubts) > 0 {
			eachTruth(all, append(at, x), append(kept, false), see)
		}
		eachTruth(all, append(at, x), append(kept, true), see)
	}
}

// span is what the values of those kept span.
func span(at []float64, kept []bool) float64 {
	low, high := math.Inf(1), math.Inf(-1)
	for i, x := range at {
		if kept[i] {
			low, high = min(low, x), max(high, x)
		}
	}
	return max(0, high-low)
}

// The scale of a criterion spans all that it can span in truth, and hardly more, and no
// advantage is said that is not there whatever the values are.
func TestScalesAndAdvantagesInTruth(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		all := make([]*scored, rapid.IntRange(1, 4).Draw(t, "n"))
		for i := range all {
			all[i] = drawn(t)
		}
		got := extentOf(all, 0)
		d := rapid.SampledFrom([]Direction{More, Less}).Draw(t, "direction")
		least, most := math.Inf(1), 0.0
		at, kept := make([]float64, 0, len(all)), make([]bool, 0, len(all))
		eachTruth(all, at, kept, func() {
			at, kept := at[:len(all)], kept[:len(all)]
			s := span(at, kept)
			least, most = min(least, s), max(most, s)
			for i, a := range all {
				for j, b := range all {
					if i == j || !kept[i] || !kept[j] {
						continue
					}
					better := at[i] - at[j]
					if d == Less {
						better = -better
					}
					if s > 0 {
						better /= s
					}
					if said := got.advantage(d, a.values[0], b.values[0]); !(said <= better+1e-12) {
						t.Fatalf("%d is said to be better than %d by %g, but by %g where the values are %v, kept %v", i, j, said, better, at, kept)
					}
				}
			}
		})
		known, widest := false, 0.0 // a value that is at its least and at its greatest counts as two
		for _, s := range all {
			if v := s.values[0]; v.value != nil && !(s.excluded && s.sure) {
				known, widest = true, max(widest, *v.max-*v.min)
			}
		}
		if known && (got.least != least || got.most < most || got.most > most+widest) {
			t.Fatalf("the scale spans %g to %g, in truth %g to %g", got.least, got.most, least, most)
		}
	})
}

// An advantage is as large as it can be said to be.
func TestAdvantage(t *testing.T) {
	t.Parallel()
	value := func(least, most float64) raw { return raw{value: &least, min: &least, max: &most} }
	low := 3.0
	open := raw{value: &low, min: &low}
	unknown := raw{}
	for name, c := range map[string]struct {
		e    extent
		d    Direction
		a, b raw
		want float64
	}{
		"more, better":              {extent{5, 10}, More, value(8, 9), value(2, 4), 0.4},
		"less, better":              {extent{5, 10}, Less, value(2, 4), value(8, 9), 0.4},
		"more, may be worse":        {extent{5, 10}, More, value(3, 9), value(2, 4), -0.2},
		"less, may be worse":        {extent{5, 10}, Less, value(2, 4), value(3, 9), -0.2},
		"worse by more than all":    {extent{5, 10}, More, value(0, 1), value(8, 10), -1},
		"on a scale of nothing":     {extent{0, 10}, More, value(3, 9), value(2, 4), -1},
		"level":                     {extent{5, 10}, More, value(4, 9), value(2, 4), 0},
		"level, on one of nothing":  {extent{0, 0}, More, value(4, 4), value(4, 4), 0},
		"better, on one of no end":  {extent{5, math.Inf(1)}, More, value(8, 9), value(2, 4), 0},
		"against an open end":       {extent{5, math.Inf(1)}, More, value(8, 9), open, -1},
		"with an open end":          {extent{1, math.Inf(1)}, More, open, value(1, 2), 0},
		"unknown against something": {extent{5, 10}, More, unknown, value(2, 4), -1},
		"something against unknown": {extent{5, 10}, More, value(2, 4), unknown, -1},
	} {
		if got := c.e.advantage(c.d, c.a, c.b); !(math.Abs(got-c.want) <= 1e-12) {
			t.Errorf("%s: got %g, want %g", name, got, c.want)
		}
	}
	if got := extentOf([]*scored{{values: []raw{open}}, {values: []raw{value(1, 2)}}}, 0); got.least != 1 || !math.IsInf(got.most, 1) {
		t.Errorf("with an open end the scale spans %+v, want 1 to no end", got)
	}
}
