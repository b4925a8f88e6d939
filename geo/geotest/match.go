package geotest

import (
	"cmp"
	"encoding/json"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
	"github.com/peterstace/simplefeatures/geom"

	"kawasan/geo"
)

// matches reports whether a feature is wanted, before order and limit.
func matches(f *geo.Feature, q geo.Query) (bool, error) {
	if q.IDs != nil && !slices.Contains(q.IDs, f.ID) {
		return false, nil
	}
	if q.NoPosition {
		if g, err := f.Geometry(); err != nil || g != nil && hasPosition(g) {
			return false, err
		}
	}
	if q.AsOf != nil && !validOn(f, *q.AsOf) {
		return false, nil
	}
	if q.Time != nil && !during(f, *q.Time) {
		return false, nil
	}
	if ok, err := meetsBounds(f, q.Bounds); !ok || err != nil {
		return false, err
	}
	if q.Filter == nil {
		return true, nil
	}
	return q.Filter.Match(f)
}

func hasPosition(g orb.Geometry) bool {
	b := g.Bound()
	return !b.IsEmpty() && !math.IsNaN(b.Min[0]) // an empty point is one of NaN
}

func validOn(f *geo.Feature, day geo.Date) bool {
	from, hasFrom := f.Value("valid_from").(geo.Date)
	to, hasTo := f.Value("valid_to").(geo.Date)
	return (!hasFrom || from <= day) && (!hasTo || day < to)
}

// during compares the feature's time with an interval, ends included.
func during(f *geo.Feature, i geo.Interval) bool {
	c := f.Collection
	if c.TimeStart == "" {
		return true
	}
	start, _ := instants(f.Value(c.TimeStart))
	_, end := instants(f.Value(c.TimeEnd))
	if c.TimeStart == c.TimeEnd && start == nil {
		return true
	}
	return (start == nil || i.End == nil || !start.After(*i.End)) &&
		(end == nil || i.Start == nil || !end.Before(*i.Start))
}

// instants gives the first and the last instant of a temporal value.
func instants(v any) (first, last *time.Time) {
	switch v := v.(type) {
	case time.Time:
		return &v, &v
	case geo.Date:
		a := v.Time()
		b := a.Add(24*time.Hour - time.Microsecond)
		return &a, &b
	}
	return nil, nil
}

func meetsBounds(f *geo.Feature, bounds []orb.Bound) (bool, error) {
	if len(bounds) == 0 || len(f.WKB) == 0 {
		return true, nil
	}
	own, _ := boundOf(f)
	for _, b := range bounds {
		if !own.Intersects(b) {
			continue
		}
		g, err := geom.UnmarshalWKB(f.WKB, geom.NoValidate{})
		if err != nil {
			return false, err
		}
		box, err := geom.UnmarshalWKB(wkb.MustMarshal(boxGeometry(b)), geom.NoValidate{})
		if err != nil {
			return false, err
		}
		if geom.Intersects(g, box) {
			return true, nil
		}
	}
	return false, nil
}

// boxGeometry is the box as a geometry that is valid however thin it is.
func boxGeometry(b orb.Bound) orb.Geometry {
	wide, high := b.Max[0] > b.Min[0], b.Max[1] > b.Min[1]
	switch {
	case wide && high:
		return b.ToPolygon()
	case wide || high:
		return orb.LineString{b.Min, b.Max}
	}
	return b.Min
}

// compare orders by the keys, nulls last whatever the direction, then by id.
func compare(a, b *geo.Feature, keys []geo.SortKey) int {
	for _, k := range keys {
		x, y := a.Value(k.Property), b.Value(k.Property)
		switch {
		case x == nil && y == nil:
			continue
		case x == nil:
			return 1
		case y == nil:
			return -1
		}
		c := compareValues(x, y)
		if k.Descending {
			c = -c
		}
		if c != 0 {
			return c
		}
	}
	return byID(a, b)
}

func compareValues(x, y any) int {
	switch x := x.(type) {
	case string:
		return strings.Compare(x, y.(string))
	case int64:
		return cmp.Compare(x, y.(int64))
	case float64:
		return cmp.Compare(x, y.(float64))
	case bool:
		return cmp.Compare(asInt(x), asInt(y.(bool)))
	case geo.Date:
		return cmp.Compare(x, y.(geo.Date))
	case time.Time:
		return x.Compare(y.(time.Time))
	case []string:
		return slices.Compare(x, y.([]string))
	case json.RawMessage:
		return strings.Compare(string(x), string(y.(json.RawMessage)))
	}
	return 0
}

func asInt(b bool) int {
	if b {
		return 1
	}
	return 0
}
