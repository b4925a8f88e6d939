package main

import (
	"context"
	"flag"
	"fmt"
	"math"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/paulmach/orb"
	"pgregory.net/rapid"

	"kawasan/geo"
	"kawasan/geo/cql2"
	"kawasan/geo/format/geojson"
	"kawasan/geo/postgis"
	"kawasan/geo/snapshot"
)

// twoStores are a database and the memory before it.
type twoStores struct {
	store  *postgis.Store
	memory *snapshot.Reader
	pools  map[string]*pool
}

// pool is what the stored features offer to ask for.
type pool struct {
	collection *geo.Collection
	features   []*geo.Feature
}

// Whether a question is answered from memory or from the database never shows:
// the same features in the same order, with the same values, geometries and bytes.
//
// The questions are the same each time, so that a change is judged by what it
// changed; make test-all asks new and more ones.
func TestStoresAnswerAlike(t *testing.T) {
	checks := map[string]string{"rapid.checks": "30", "rapid.seed": "64"}
	if os.Getenv("KAWASAN_TEST") == "all" {
		checks = map[string]string{"rapid.checks": "300"}
	}
	for name, value := range checks {
		if err := flag.Set(name, value); err != nil {
			t.Fatal(err)
		}
	}
	t.Parallel()
	s := openBoth(t, mixedDatabase(t))
	names := []string{}
	for name := range s.pools {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			p := s.pools[name]
			rapid.Check(t, func(t *rapid.T) {
				for range 2 {
					s.compare(t, p.query(t))
				}
			})
		})
	}
}

func openBoth(t *testing.T, database postgis.Options) *twoStores {
	t.Helper()
	store, err := postgis.Open(t.Context(), database)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(store.Close)
	memory := snapshot.NewReader(store, snapshot.ReaderOptions{Options: snapshot.Options{
		Encode: func(dst []byte, f *geo.Feature) ([]byte, error) {
			return geojson.AppendFeature(dst, f, geojson.Options{})
		},
	}})
	if err := memory.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	catalogue, err := memory.Catalogue(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	s := &twoStores{store: store, memory: memory, pools: map[string]*pool{}}
	for _, c := range catalogue.Collections {
		if memory.View(c.ID) == nil {
			t.Fatalf("%s is not held in memory: %s", c.ID, c.Note)
		}
		features, _, err := geo.Collect(t.Context(), store, geo.Query{Collection: c.ID})
		if err != nil {
			t.Fatal(err)
		}
		s.pools[c.ID] = &pool{c, features}
	}
	for _, m := range mixedTables {
		if s.pools[m.name] == nil {
			t.Fatalf("%s is not published", m.name)
		}
	}
	return s
}

// given is an answer, for comparing.
type given struct {
	IDs     []string
	Values  [][]any
	WKB     []string // as text they are compared at once
	JSON    []string
	Matched int
	Counted bool
	Code    geo.Code
	Cause   string // of a fault of ours
}

func ask(r geo.Reader, q geo.Query) (g given) {
	fail := func(err error) given {
		g := given{Code: geo.AsError(err).Code}
		if g.Code == geo.Internal {
			g.Cause = err.Error()
		}
		return g
	}
	s, err := r.Open(context.Background(), q)
	if err != nil {
		return fail(err)
	}
	defer s.Close()
	for f, err := range s.Features() {
		if err != nil {
			return fail(err)
		}
		g.IDs = append(g.IDs, f.ID)
		values := slices.Clone(f.Values)
		for i, p := range f.Collection.Properties {
			if q.Properties != nil && !slices.Contains(q.Properties, p.Name) {
				values[i] = nil // may be there or not
			}
		}
		g.Values = append(g.Values, values)
		geometry := ""
		if !q.SkipGeometry { // else it may be there or not
			geometry = string(f.WKB)
		}
		g.WKB = append(g.WKB, geometry)
		text, err := geojson.AppendFeature(nil, f, geojson.Options{Properties: q.Properties, SkipGeometry: q.SkipGeometry})
		if err != nil {
			return fail(err)
		}
		g.JSON = append(g.JSON, string(text))
	}
	if n, ok := s.Matched(); ok {
		g.Matched, g.Counted = n, ok
	}
	return g
}

func (s *twoStores) compare(t *rapid.T, q geo.Query) {
	want, got := ask(s.store, q), ask(s.memory, q)
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		text := "none"
		if q.Filter != nil {
			text = q.Filter.String()
		}
		t.Fatalf("%+v\nfilter %s\n(-database +memory):\n%s", q, text, diff)
	}
	if want.Code == geo.Internal {
		t.Fatalf("%+v: both fail", q)
	}
}

// query draws a question whose answer is neither empty nor everything more often than not.
func (p *pool) query(t *rapid.T) geo.Query {
	c := p.collection
	q := geo.Query{Collection: c.ID, Count: rapid.Bool().Draw(t, "count"), Backward: rapid.IntRange(0, 3).Draw(t, "backward") == 0}
	some := func(name string) bool { return rapid.IntRange(0, 3).Draw(t, name) == 0 }
	q.Unlocated = rapid.IntRange(0, 15).Draw(t, "unlocated") == 0
	q.NoPosition = rapid.IntRange(0, 7).Draw(t, "no position") == 0
	if some("by ids") {
		q.IDs = []string{}
		for range rapid.IntRange(0, 12).Draw(t, "ids") {
			id := rapid.SampledFrom([]string{"nobody", "", "00", "-1", "9223372036854775808"}).Draw(t, "unknown id")
			if f := p.any(t); f != nil && !some("unknown") {
				id = f.ID
			}
			q.IDs = append(q.IDs, id)
		}
	}
	if rapid.Bool().Draw(t, "by box") {
		q.Bounds = rapid.SliceOfN(rapid.Custom(p.box), 1, 3).Draw(t, "boxes")
	}
	if some("by time") {
		q.Time = &geo.Interval{}
		q.Time.Start, q.Time.End = instantOrNone(t, "start"), instantOrNone(t, "end")
	}
	if some("by day") {
		d := geo.NewDate(instant(t, "as of"))
		q.AsOf = &d
	}
	if some("by filter") {
		q.Filter = p.filter(t)
	}
	if n := len(c.Properties); n > 0 && rapid.Bool().Draw(t, "sorted") {
		for _, i := range rapid.SliceOfNDistinct(rapid.IntRange(0, n-1), 1, min(3, n), rapid.ID[int]).Draw(t, "keys") {
			if k := c.Properties[i]; !k.Type.IsArray() && k.Type != geo.JSON {
				q.SortBy = append(q.SortBy, geo.SortKey{Property: k.Name, Descending: rapid.Bool().Draw(t, "descending")})
			}
		}
	}
	if f := p.any(t); f != nil && some("after") {
		q.After = &geo.Cursor{ID: f.ID}
		for _, k := range q.SortBy {
			q.After.Values = append(q.After.Values, f.Value(k.Property))
		}
	}
	q.Offset = rapid.SampledFrom([]int{0, 0, 0, 1, 5, 1000}).Draw(t, "offset")
	q.Limit = rapid.SampledFrom([]int{0, 1, 3, 10, 100}).Draw(t, "limit")
	if some("some properties") {
		q.Properties = []string{}
		for _, property := range c.Properties {
			if rapid.Bool().Draw(t, "wanted") {
				q.Properties = append(q.Properties, property.Name)
			}
		}
	}
	q.SkipGeometry = some("no position")
	return q
}

func (p *pool) any(t *rapid.T) *geo.Feature {
	if len(p.features) == 0 {
		return nil
	}
	return rapid.SampledFrom(p.features).Draw(t, "feature")
}

// box draws one whose sides often pass through vertices, that often is a line or
// a point, or is the half of a box that crosses the antimeridian.
func (p *pool) box(t *rapid.T) orb.Bound {
	corner := func(name string) orb.Point {
		// To a tenth of a millimetre: nearer to a line than that, PostGIS and exact arithmetic may differ.
		const digits = 1e9
		v := orb.Point{
			math.Round(rapid.Float64Range(113, 120).Draw(t, name+" lon")*digits) / digits,
			math.Round(rapid.Float64Range(-4, 4).Draw(t, name+" lat")*digits) / digits,
		}
		if rapid.Bool().Draw(t, name+" on the grid") {
			v = orb.Point{math.Round(v[0]*2) / 2, math.Round(v[1]*2) / 2}
		}
		if f := p.any(t); f != nil && f.WKB != nil && rapid.Bool().Draw(t, name+" at a feature") {
			if g, err := f.Geometry(); err == nil && g != nil && !g.Bound().IsEmpty() {
				v = g.Bound().Min
				if rapid.Bool().Draw(t, name+" at its end") {
					v = g.Bound().Max
				}
			}
		}
		if rapid.IntRange(0, 5).Draw(t, name+" nudged") == 0 {
			v[0] = math.Nextafter(v[0], rapid.SampledFrom([]float64{-180, 180}).Draw(t, name+" to"))
		}
		return v
	}
	a, b := corner("a"), corner("b")
	if p.collection.ID == "projected" {
		// Transformed coordinates are rounded, so that edges slant by a last digit, and
		// PostGIS compares points with such edges in plain floating point: boxes without
		// an area differ there by less than a nanometre.
		b = orb.Point{a[0] + rapid.Float64Range(0.001, 3).Draw(t, "width"), a[1] + rapid.Float64Range(0.001, 3).Draw(t, "height")}
		return rapid.SampledFrom([]orb.Bound{
			{Min: a, Max: b},
			{Min: a, Max: b},
			{Min: a, Max: orb.Point{180, b[1]}},
			{Min: orb.Point{-180, a[1]}, Max: b},
			{Min: orb.Point{-180, -90}, Max: orb.Point{180, 90}},
		}).Draw(t, "box")
	}
	switch rapid.IntRange(0, 9).Draw(t, "kind of box") {
	case 0:
		b = a
	case 1:
		b[0] = a[0]
	case 2:
		b[1] = a[1]
	case 3:
		return orb.Bound{Min: orb.Point{a[0], min(a[1], b[1])}, Max: orb.Point{180, max(a[1], b[1])}}
	case 4:
		return orb.Bound{Min: orb.Point{-180, min(a[1], b[1])}, Max: orb.Point{a[0], max(a[1], b[1])}}
	case 5:
		return orb.Bound{Min: orb.Point{-180, -90}, Max: orb.Point{180, 90}}
	}
	return orb.MultiPoint{a, b}.Bound()
}

func instant(t *rapid.T, name string) time.Time {
	day := rapid.SampledFrom([]string{"1899-12-31", "2019-12-31", "2020-01-01", "2020-01-02", "2020-06-01", "2021-01-01", "2026-07-01"}).Draw(t, name)
	v, err := time.Parse(time.DateOnly, day)
	if err != nil {
		t.Fatal(err)
	}
	return v.Add(time.Duration(rapid.IntRange(-1, 1).Draw(t, name+" off")) * time.Microsecond)
}

func instantOrNone(t *rapid.T, name string) *time.Time {
	if rapid.IntRange(0, 2).Draw(t, name+" open") == 0 {
		return nil
	}
	v := instant(t, name)
	return &v
}

// filter draws a condition on a property, or on the geometry.
func (p *pool) filter(t *rapid.T) geo.Filter {
	text := p.condition(t)
	switch rapid.IntRange(0, 3).Draw(t, "joined") {
	case 0:
		text = fmt.Sprintf("(%s) AND (%s)", text, p.condition(t))
	case 1:
		text = fmt.Sprintf("(%s) OR NOT (%s)", text, p.condition(t))
	}
	e, err := cql2.ParseText(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	f, err := cql2.Check(e, p.collection, cql2.Options{})
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return f
}

func (p *pool) condition(t *rapid.T) string {
	c := p.collection
	if c.GeometryType != "" && rapid.IntRange(0, 3).Draw(t, "spatial") == 0 {
		b := p.box(t)
		return fmt.Sprintf("%s(geometry, BBOX(%f, %f, %f, %f))", rapid.SampledFrom([]string{"S_INTERSECTS", "S_DISJOINT"}).Draw(t, "predicate"), b.Min[0], b.Min[1], b.Max[0], b.Max[1])
	}
	if len(c.Properties) == 0 {
		return "id > 'm'"
	}
	property := rapid.SampledFrom(c.Properties).Draw(t, "property")
	name := `"` + property.Name + `"`
	if rapid.IntRange(0, 4).Draw(t, "null") == 0 {
		return name + rapid.SampledFrom([]string{" IS NULL", " IS NOT NULL"}).Draw(t, "is")
	}
	sign := rapid.SampledFrom([]string{"=", "<>", "<", "<=", ">", ">="}).Draw(t, "sign")
	switch {
	case property.Type.IsNumeric():
		return name + " " + sign + " " + rapid.SampledFrom([]string{"0", "1", "2.5", "-5", "0.1", "9007199254740993"}).Draw(t, "number")
	case property.Type == geo.Boolean:
		return name + " = " + rapid.SampledFrom([]string{"TRUE", "FALSE"}).Draw(t, "truth")
	case property.Type == geo.DateOnly:
		return name + " " + sign + " DATE('" + geo.NewDate(instant(t, "day")).String() + "')"
	case property.Type == geo.Timestamp:
		return name + " " + sign + " TIMESTAMP('" + instant(t, "moment").Format("2006-01-02T15:04:05.000000Z") + "')"
	case property.Type == geo.String:
		value := rapid.SampledFrom([]string{"Ärger", "a", "", "Z", "näher", "𐍈"}).Draw(t, "text")
		switch rapid.IntRange(0, 2).Draw(t, "how") {
		case 0:
			return name + " LIKE '%" + value + "%'"
		case 1:
			return "CASEI(" + name + ") = CASEI('" + value + "')"
		}
		return name + " " + sign + " '" + value + "'"
	case property.Type == geo.TextArray:
		return "A_CONTAINS(" + name + ", ('x'))"
	}
	return name + " IS NOT NULL"
}
