package zone

import (
	"testing"
)

func between(least, value, most float64) raw { return raw{value: &value, min: &least, max: &most} }

// A limit is broken as stored, for sure, or perhaps; what is at a limit keeps it.
func TestBreaks(t *testing.T) {
	t.Parallel()
	open := between(0, 5, 0)
	open.min, open.max = nil, nil
	type broken struct{ value, least, most bool }
	for name, c := range map[string]struct {
		v      raw
		limit  float64
		upper  bool
		broken broken
	}{
		"at the lower limit":        {between(5, 5, 5), 5, false, broken{}},
		"below the lower limit":     {between(4, 4, 4), 5, false, broken{true, true, true}},
		"may be below":              {between(4, 6, 8), 5, false, broken{false, true, false}},
		"below, may be above":       {between(2, 4, 6), 5, false, broken{true, true, false}},
		"at the upper limit":        {between(5, 5, 5), 5, true, broken{}},
		"above the upper limit":     {between(6, 6, 6), 5, true, broken{true, true, true}},
		"may be above":              {between(2, 4, 6), 5, true, broken{false, false, true}},
		"above, may be below":       {between(4, 6, 8), 5, true, broken{true, false, true}},
		"open at a lower limit":     {open, 4, false, broken{false, true, false}},
		"open at an upper limit":    {open, 6, true, broken{false, false, true}},
		"open, below a lower limit": {open, 6, false, broken{true, true, false}},
	} {
		value, least, most := breaks(c.v, c.limit, c.upper)
		if got := (broken{value, least, most}); got != c.broken {
			t.Errorf("%s: got %+v, want %+v", name, got, c.broken)
		}
	}
}

// A value is put on the scale with its ends, which may lie beyond those of the scale.
func TestPart(t *testing.T) {
	t.Parallel()
	openAbove, openBelow := between(20, 30, 0), between(0, 30, 40)
	openAbove.max, openBelow.min = nil, nil
	more, less := scale{More, 10, 50, true}, scale{Less, 10, 50, true}
	for name, c := range map[string]struct {
		s                scale
		v                raw
		value, low, high float64
	}{
		"the worst":                     {more, between(10, 10, 10), 0, 0, 0},
		"the best":                      {more, between(50, 50, 50), 1, 1, 1},
		"between":                       {more, between(20, 30, 40), 0.5, 0.25, 0.75},
		"less is better":                {less, between(20, 40, 45), 0.25, 0.125, 0.75},
		"beyond the scale":              {more, between(0, 20, 60), 0.25, -0.25, 1.25},
		"open above":                    {more, openAbove, 0.5, 0.25, 1},
		"open below":                    {more, openBelow, 0.5, 0, 0.75},
		"open above, less is better":    {less, openAbove, 0.5, 0, 0.75},
		"open below, less is better":    {less, openBelow, 0.5, 0.25, 1},
		"unknown":                       {more, raw{}, 0.5, 0, 1},
		"excluded, better than all":     {more, between(60, 60, 60), 1.25, 1.25, 1.25},
		"excluded and open":             {more, func() raw { v := between(60, 60, 0); v.min, v.max = nil, nil; return v }(), 1.25, 0, 1.25},
		"a scale of nothing":            {scale{More, 10, 10, true}, between(10, 10, 10), 0.5, 0.5, 0.5},
		"a scale of nothing, uncertain": {scale{More, 10, 10, true}, between(9, 10, 10), 0.5, 0, 1},
		"a scale of nothing, excluded":  {scale{More, 10, 10, true}, between(9, 9, 9), 0.5, 0, 1},
		"a scale of nothing, open":      {scale{More, 10, 10, true}, func() raw { v := between(10, 10, 0); v.max = nil; return v }(), 0.5, 0, 1},
		"no scale":                      {scale{direction: More}, between(10, 10, 10), 0.5, 0, 1},
	} {
		if p := c.s.part(c.v); p.Normalised != c.value || p.NormalisedMin != c.low || p.NormalisedMax != c.high {
			t.Errorf("%s: got %g [%g, %g], want %g [%g, %g]", name, p.Normalised, p.NormalisedMin, p.NormalisedMax, c.value, c.low, c.high)
		}
	}
}

// A scale spans what is stored of those kept.
func TestNewScale(t *testing.T) {
	t.Parallel()
	all := []*scored{
		{values: []raw{between(0, 30, 100)}},
		{values: []raw{{}}},
		{values: []raw{between(20, 20, 20)}},
		{values: []raw{between(99, 99, 99)}, excluded: true},
		{values: []raw{between(25, 25, 25)}},
	}
	if got, want := newScale(Less, all, 0), (scale{Less, 20, 30, true}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if got, want := newScale(More, all[3:4], 0), (scale{direction: More}); got != want {
		t.Errorf("of nothing: got %+v, want %+v", got, want)
	}
}
