package snapshot_test

import (
	"encoding/binary"
	"fmt"
	"math"
	"strconv"
	"time"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
	sf "github.com/peterstace/simplefeatures/geom"
	"pgregory.net/rapid"

	"kawasan/geo"
)

func boxGeometry(b orb.Bound) sf.Geometry {
	return sf.NewEnvelope(sf.XY{X: b.Min[0], Y: b.Min[1]}, sf.XY{X: b.Max[0], Y: b.Max[1]}).AsGeometry()
}

// description of the generated collections.
func description(integers bool) geo.Collection {
	c := geo.Collection{
		ID: "plots", GeometryType: "Geometry", IntegerID: integers, Version: 1, TimeStart: "from", TimeEnd: "to",
		Properties: []geo.Property{
			{Name: "name", Type: geo.String},
			{Name: "rank", Type: geo.Integer},
			{Name: "area", Type: geo.Number},
			{Name: "open", Type: geo.Boolean},
			{Name: "from", Type: geo.DateOnly},
			{Name: "to", Type: geo.DateOnly},
			{Name: "valid_from", Type: geo.DateOnly},
			{Name: "valid_to", Type: geo.DateOnly},
			{Name: "seen", Type: geo.Timestamp},
		},
	}
	return *c.Index()
}

// The generators are functions, since rapid does not share one between parallel tests.

// lattice gives coordinates that often coincide, and some that all but do.
func lattice() *rapid.Generator[float64] {
	return rapid.Custom(func(t *rapid.T) float64 {
		x := float64(rapid.IntRange(-6, 6).Draw(t, "x")) / 2
		switch rapid.IntRange(0, 9).Draw(t, "nudge") {
		case 0:
			return math.Nextafter(x, 9)
		case 1:
			return x / 3
		}
		return x
	})
}

func points() *rapid.Generator[orb.Point] {
	return rapid.Custom(func(t *rapid.T) orb.Point {
		return orb.Point{lattice().Draw(t, "lon"), lattice().Draw(t, "lat")}
	})
}

// halves gives coordinates on which floating point is exact.
func halves(p orb.Point) orb.Point {
	return orb.Point{math.Round(p[0]*2) / 2, math.Round(p[1]*2) / 2}
}

func boxes() *rapid.Generator[orb.Bound] {
	return rapid.Custom(func(t *rapid.T) orb.Bound {
		return orb.MultiPoint{points().Draw(t, "a"), points().Draw(t, "b")}.Bound()
	})
}

// triangle gives a valid polygon: three corners that are clearly not on a line.
func triangle() *rapid.Generator[orb.Polygon] {
	return rapid.Custom(func(t *rapid.T) orb.Polygon {
		a := points().Draw(t, "a")
		dx, dy := rapid.Float64Range(0.1, 3).Draw(t, "dx"), rapid.Float64Range(0.1, 3).Draw(t, "dy")
		if rapid.Bool().Draw(t, "even") {
			dx, dy = math.Round(dx)+1, math.Round(dy)+1
		}
		return orb.Polygon{{a, {a[0] + dx, a[1]}, {a[0] + dx/2, a[1] + dy}, a}}
	})
}

// frame gives a rectangle with a hole.
func frame() *rapid.Generator[orb.Polygon] {
	return rapid.Custom(func(t *rapid.T) orb.Polygon {
		outer := orb.Bound{Min: points().Draw(t, "corner")}
		side := float64(rapid.IntRange(2, 4).Draw(t, "side"))
		outer.Max = orb.Point{outer.Min[0] + side, outer.Min[1] + side}
		hole := outer.Pad(-0.5).ToRing()
		hole.Reverse()
		return orb.Polygon{outer.ToRing(), hole}
	})
}

func geometries() *rapid.Generator[orb.Geometry] {
	return rapid.Custom(func(t *rapid.T) orb.Geometry {
		switch rapid.IntRange(0, 7).Draw(t, "kind") {
		case 0:
			return points().Draw(t, "point")
		case 1:
			return orb.MultiPoint(rapid.SliceOfN(points(), 1, 4).Draw(t, "points"))
		case 2:
			a, b := points().Draw(t, "a"), points().Draw(t, "b")
			return orb.LineString{a, b, {b[0] + 1, b[1] - 0.5}, {a[0] - 1, a[1] + 0.25}}
		case 3:
			a := points().Draw(t, "a")
			return orb.MultiLineString{{a, {a[0] + 1, a[1] + 2}}, {{a[0] - 3, a[1]}, {a[0] - 1, a[1] + 0.5}}}
		case 4:
			return triangle().Draw(t, "triangle")
		case 5:
			return frame().Draw(t, "frame")
		case 6:
			p := triangle().Draw(t, "one")
			far := orb.Clone(p).(orb.Polygon)
			for i := range far[0] {
				far[0][i][0] += 5
			}
			return orb.MultiPolygon{p, far}
		default:
			return orb.Collection{points().Draw(t, "point"), triangle().Draw(t, "triangle")}
		}
	})
}

func encode(g orb.Geometry) []byte {
	return wkb.MustMarshal(g, binary.LittleEndian)
}

func days() *rapid.Generator[any] {
	return rapid.Custom(func(t *rapid.T) any {
		if rapid.IntRange(0, 3).Draw(t, "known") == 0 {
			return nil
		}
		return geo.Date(rapid.Int32Range(-3, 6).Draw(t, "day"))
	})
}

// feature generates one; nulls and geometries that are absent or empty occur.
func feature(t *rapid.T, about *geo.Collection, id string) *geo.Feature {
	f := &geo.Feature{ID: id, Collection: about}
	switch rapid.IntRange(0, 9).Draw(t, "geometry") {
	case 0:
	case 1:
		f.WKB = encode(orb.Polygon{})
	default:
		f.WKB = encode(geometries().Draw(t, "geometry"))
	}
	or := func(v any) any {
		if rapid.IntRange(0, 3).Draw(t, "null") == 0 {
			return nil
		}
		return v
	}
	f.Values = []any{
		or(rapid.SampledFrom([]string{"a", "B", "é", "Z", "𐍈", "\uffee", ""}).Draw(t, "name")),
		or(rapid.Int64Range(-2, 2).Draw(t, "rank")), or(rapid.SampledFrom([]float64{-1.5, 0, math.Copysign(0, -1), 2}).Draw(t, "area")),
		or(rapid.Bool().Draw(t, "open")),
		days().Draw(t, "from"), days().Draw(t, "to"), days().Draw(t, "valid_from"), days().Draw(t, "valid_to"),
		or(time.UnixMicro(rapid.Int64Range(-3, 3).Draw(t, "seen")).UTC()),
	}
	return f
}

func ident(t *rapid.T, integers bool) string {
	n := rapid.IntRange(-12, 30).Draw(t, "id")
	if integers {
		return strconv.Itoa(n)
	}
	return fmt.Sprintf("%c%d", []rune("aZé𐍈\uffee")[(n+12)%5], n)
}

func features(t *rapid.T, about *geo.Collection, most int) []*geo.Feature {
	byID := map[string]bool{}
	var all []*geo.Feature
	for range rapid.IntRange(0, most).Draw(t, "features") {
		id := ident(t, about.IntegerID)
		if !byID[id] {
			byID[id] = true
			all = append(all, feature(t, about, id))
		}
	}
	return all
}

// ranked is a filter: rank is at least that.
type ranked int64

func (r ranked) Match(f *geo.Feature) (bool, error) {
	n, ok := f.Value("rank").(int64)
	return ok && n >= int64(r), nil
}
func (r ranked) Properties() []string { return []string{"rank"} }
func (r ranked) String() string       { return fmt.Sprintf("rank >= %d", int64(r)) }

func query(t *rapid.T, about *geo.Collection) geo.Query {
	q := geo.Query{Collection: about.ID, Count: rapid.Bool().Draw(t, "count"), Backward: rapid.Bool().Draw(t, "backward")}
	some := func(name string) bool { return rapid.IntRange(0, 2).Draw(t, name) == 0 }
	if some("by ids") {
		q.IDs = []string{}
		for range rapid.IntRange(0, 12).Draw(t, "ids") {
			q.IDs = append(q.IDs, ident(t, about.IntegerID))
		}
	}
	if rapid.Bool().Draw(t, "by box") {
		q.Bounds = rapid.SliceOfN(boxes(), 1, 2).Draw(t, "boxes")
	}
	if some("everywhere") {
		q.Bounds = []orb.Bound{{Min: orb.Point{-180, -90}, Max: orb.Point{180, 90}}}
	}
	q.NoPosition = rapid.IntRange(0, 5).Draw(t, "without position") == 0
	if some("by time") {
		q.Time = &geo.Interval{}
		at := func(name string) *time.Time {
			if rapid.IntRange(0, 2).Draw(t, name) == 0 {
				return nil
			}
			day := geo.Date(rapid.Int32Range(-3, 6).Draw(t, name)).Time().Add(time.Duration(rapid.IntRange(-1, 1).Draw(t, name)) * time.Microsecond)
			return &day
		}
		q.Time.Start, q.Time.End = at("start"), at("end")
	}
	if some("by day") {
		d := geo.Date(rapid.Int32Range(-3, 6).Draw(t, "as of"))
		q.AsOf = &d
	}
	if some("by filter") {
		q.Filter = ranked(rapid.IntRange(-2, 2).Draw(t, "rank"))
	}
	for _, i := range rapid.SliceOfNDistinct(rapid.IntRange(0, len(about.Properties)-1), 0, 2, rapid.ID[int]).Draw(t, "keys") {
		q.SortBy = append(q.SortBy, geo.SortKey{Property: about.Properties[i].Name, Descending: rapid.Bool().Draw(t, "descending")})
	}
	if some("after") {
		f := feature(t, about, ident(t, about.IntegerID))
		q.After = &geo.Cursor{ID: f.ID}
		for _, k := range q.SortBy {
			q.After.Values = append(q.After.Values, f.Value(k.Property))
		}
	}
	q.Offset = rapid.SampledFrom([]int{0, 0, 1, 5, 99}).Draw(t, "offset")
	q.Limit = rapid.SampledFrom([]int{0, 1, 3, 10}).Draw(t, "limit")
	return q
}
