package snapshot

import (
	"slices"
	"time"

	"github.com/paulmach/orb"

	"kawasan/geo"
)

// conditions are what a query demands of each feature, with names resolved.
type conditions struct {
	bounds   []orb.Bound // boxes of which the geometry must meet one; nil for none
	time     *geo.Interval
	start    int // properties of the time, as indexes
	end      int
	asOf     *geo.Date
	from, to int // properties of validity, -1 where there is none
	filter   geo.Filter
	nowhere  bool // no position
}

// conditionsOf resolves a query on a view.
func (c *Collection) conditionsOf(q geo.Query) conditions {
	w := conditions{filter: q.Filter, nowhere: q.NoPosition, from: -1, to: -1}
	if len(q.Bounds) > 0 && c.about.HasGeometry() && !c.within(q.Bounds) {
		w.bounds = q.Bounds
		if slices.ContainsFunc(q.Bounds, func(b orb.Bound) bool { return b != ordered(b) }) {
			w.bounds = make([]orb.Bound, len(q.Bounds))
			for i, b := range q.Bounds {
				w.bounds[i] = ordered(b)
			}
		}
	}
	if q.Time != nil && (q.Time.Start != nil || q.Time.End != nil) && c.about.TimeStart != "" {
		start, ok1 := c.about.PropertyIndex(c.about.TimeStart)
		end, ok2 := c.about.PropertyIndex(c.about.TimeEnd)
		if ok1 && ok2 {
			w.time, w.start, w.end = q.Time, start, end
		}
	}
	if q.AsOf != nil {
		w.from, w.to = c.day("valid_from"), c.day("valid_to")
		if w.from >= 0 || w.to >= 0 {
			w.asOf = q.AsOf
		}
	}
	return w
}

// day gives the index of a property that is a date, -1 if there is none.
func (c *Collection) day(name string) int {
	if i, ok := c.about.PropertyIndex(name); ok && c.about.Properties[i].Type == geo.DateOnly {
		return i
	}
	return -1
}

// within reports whether one of the boxes holds everything that has a geometry,
// so that the boxes need not be looked at.
func (c *Collection) within(bounds []orb.Bound) bool {
	if c.hollow.Len() > 0 {
		return false
	}
	if c.places.Len() == 0 {
		return true
	}
	lo, hi := c.places.Bounds()
	return slices.ContainsFunc(bounds, func(b orb.Bound) bool {
		b = ordered(b)
		return lo[0] >= b.Min[0] && lo[1] >= b.Min[1] && hi[0] <= b.Max[0] && hi[1] <= b.Max[1]
	})
}

// ordered gives the box with its smaller coordinates first.
func ordered(b orb.Bound) orb.Bound {
	return orb.Bound{
		Min: orb.Point{min(b.Min[0], b.Max[0]), min(b.Min[1], b.Max[1])},
		Max: orb.Point{max(b.Min[0], b.Max[0]), max(b.Min[1], b.Max[1])},
	}
}

// none reports whether every feature fulfils the conditions.
func (w *conditions) none() bool {
	return w.bounds == nil && w.time == nil && w.asOf == nil && w.filter == nil && !w.nowhere
}

// match tests everything.
func (w *conditions) match(f *geo.Feature) (bool, error) {
	if w.bounds != nil && f.WKB != nil {
		bound := f.Bound
		if bound == (orb.Bound{}) { // nothing there, or all of it at 0, 0
			place, _ := measure(f.WKB) // measured when it was packed
			bound = place.bound
		}
		if !w.meets(f, bound) {
			return false, nil
		}
	}
	return w.matchRest(f)
}

// meets tests the boxes; bound is that of the geometry.
func (w *conditions) meets(f *geo.Feature, bound orb.Bound) bool {
	for _, box := range w.bounds {
		if overlap(bound, box) && meetsWithin(f.WKB, bound, box) {
			return true
		}
	}
	return false
}

// matchRest tests everything but the boxes.
func (w *conditions) matchRest(f *geo.Feature) (bool, error) {
	if w.nowhere && f.WKB != nil && !isHollow(f) || w.time != nil && !w.duringTime(f) {
		return false, nil
	}
	if w.asOf != nil && !w.valid(f) {
		return false, nil
	}
	if w.filter != nil {
		return w.filter.Match(f)
	}
	return true, nil
}

// isHollow reports whether the geometry that a feature of a view has is empty.
func isHollow(f *geo.Feature) bool {
	if f.Bound != (orb.Bound{}) {
		return false
	}
	p, _ := measure(f.WKB) // measured when it was packed
	return p.isEmpty()
}

// duringTime reports whether the feature's time meets the interval. An end
// that is not known is open, so what has no time matches.
func (w *conditions) duringTime(f *geo.Feature) bool {
	if w.time.End != nil {
		if start, ok := instant(valueAt(f, w.start), false); ok && start.After(*w.time.End) {
			return false
		}
	}
	if w.time.Start != nil {
		if end, ok := instant(valueAt(f, w.end), true); ok && end.Before(*w.time.Start) {
			return false
		}
	}
	return true
}

// instant gives the first instant of a time, or the last microsecond of a day.
func instant(v any, last bool) (time.Time, bool) {
	switch v := v.(type) {
	case time.Time:
		return v, true
	case geo.Date:
		if last {
			return (v + 1).Time().Add(-time.Microsecond), true
		}
		return v.Time(), true
	}
	return time.Time{}, false
}

// valid reports whether the feature was valid on the day: from its first day
// on, up to but without its last.
func (w *conditions) valid(f *geo.Feature) bool {
	if w.from >= 0 {
		if d, ok := valueAt(f, w.from).(geo.Date); ok && d > *w.asOf {
			return false
		}
	}
	if w.to >= 0 {
		if d, ok := valueAt(f, w.to).(geo.Date); ok && d <= *w.asOf {
			return false
		}
	}
	return true
}
