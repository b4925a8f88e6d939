package cql2_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"kawasan/geo"
	"kawasan/geo/cql2"
	"kawasan/geo/geotest"
)

func at(s string) time.Time {
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		panic(err)
	}
	return t.UTC()
}

func day(s string) geo.Date {
	d, err := geo.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func square(x, y, side float64) orb.Polygon {
	return orb.Polygon{{{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}, {x, y}}}
}

// sample is a collection of mixed types, with nulls in every property.
func sample() *geotest.Layer {
	l := geotest.NewLayer("mixed", "Geometry",
		geotest.Prop("name", geo.String), geotest.Prop("number", geo.Number), geotest.Prop("count", geo.Integer),
		geotest.Prop("flag", geo.Boolean), geotest.Prop("day", geo.DateOnly), geotest.Prop("moment", geo.Timestamp),
		geotest.Prop("until", geo.Timestamp), geotest.Prop("tags", geo.TextArray), geotest.Prop("sizes", geo.IntegerArray),
		geotest.Prop("shares", geo.NumberArray), geotest.Prop("extra", geo.JSON), geotest.Prop("luas tanah", geo.Number))
	l.Add("a", square(0, 0, 2), geotest.Values{
		"name": "Straße", "number": 1.5, "count": int64(9007199254740993), "flag": true, "day": day("2024-02-29"),
		"moment": at("2024-02-29T10:00:00.000001Z"), "until": at("2024-03-02T00:00:00Z"), "tags": []string{"CPO", "container"},
		"sizes": []int64{1, 2}, "shares": []float64{0.5, 2}, "extra": json.RawMessage(`{"a":1}`), "luas tanah": 3.0,
	})
	l.Add("b", orb.Point{1, 1}, geotest.Values{
		"name": "débárquér", "number": -2.0, "count": int64(0), "flag": false, "day": day("2023-12-31"),
		"moment": at("2023-12-31T23:59:59.999999Z"), "until": at("2023-12-31T23:59:59.999999Z"), "tags": []string{},
		"sizes": []int64{}, "shares": []float64{}, "luas tanah": 0.0,
	})
	l.Add("c", orb.LineString{{-1, 1}, {3, 1}}, geotest.Values{
		"name": `100%_it's\`, "number": 1e300, "count": int64(-7), "tags": []string{"container"}, "sizes": []int64{2, 1, 2},
	})
	l.Add("d", orb.MultiPolygon{square(10, 10, 1), square(12, 10, 1)}, geotest.Values{"name": "ΟΔΟΣ", "number": 0.0})
	l.Add("n", nil, geotest.Values{})
	l.Features = append(l.Features, l.Unlocated...)
	return l
}

type judgement struct{ filter, want string } // want: the ids for which the filter is true

func judgements() []judgement {
	return []judgement{
		{"TRUE", "abcdn"},
		{"FALSE", ""},
		{"NOT FALSE", "abcdn"},
		{"flag", "a"},
		{"NOT flag", "b"},
		{"flag = true", "a"},
		{"flag <> TRUE", "b"},
		{"flag IS NULL", "cdn"},

		{"number > 0", "ac"},
		{"NOT number > 0", "bd"},
		{"number > 0 OR number <= 0", "abcd"},
		{"number IS NULL OR number > 0", "acn"},
		{"number > 0 AND name IS NULL", ""},
		{"NOT (number > 0 AND flag)", "bd"},
		{"1.5 = number", "a"},
		{"number = 1.50E0", "a"},
		{"number <> 1.5", "bcd"},
		{"number = .0", "d"},
		{"count = 9007199254740993", "a"},
		{"count = 9007199254740992", ""},
		{"count > 9007199254740992.0", "a"},
		{"count < 9223372036854775808", "abc"},
		{"count >= -7.5", "abc"},
		{"count < -6.5", "c"},
		{"count = number", ""},
		{`"luas tanah" = 3`, "a"},
		{"id = 'a'", "a"},
		{"id IN ('a','n')", "an"},
		{"id > 'b'", "cdn"},

		{"name = 'Straße'", "a"},
		{"name < 'a'", "ac"},
		{"name > 'z'", "d"},
		{`name = '100%_it''s\'`, "c"},
		{`name = '100%_it\'s\'`, "c"},
		{"name LIKE 'Stra%'", "a"},
		{"name LIKE '%e'", "a"},
		{"name LIKE 'Stra_e'", "a"},
		{"name LIKE '____'", "d"},
		{`name LIKE '100\%\_%'`, "c"},
		{"name LIKE '%'", "abcd"},
		{"name LIKE ''", ""},
		{"name NOT LIKE '%t%'", "bd"},
		{"name LIKE '%r%r%r'", ""},
		{"name LIKE 'd%r%r'", "b"},
		{"name LIKE 'D%'", ""},
		{`name LIKE '%s\\'`, "c"},
		{"CASEI(name) = CASEI('STRASSE')", "a"},
		{"CASEI(name) IN (CASEI('οδος'), CASEI('x'))", "d"},
		{"CASEI(name) LIKE CASEI('%SS%')", "a"},
		{"ACCENTI(name) = ACCENTI('debarquer')", "b"},
		{"CASEI(ACCENTI(name)) = 'debarquer'", "b"},
		{"ACCENTI(CASEI(name)) LIKE CASEI(ACCENTI('DÉB%'))", "b"},

		{"number BETWEEN -2 AND 1.5", "abd"},
		{"number NOT BETWEEN -2 AND 1.5", "c"},
		{"number BETWEEN 2 AND 1", ""},
		{"name BETWEEN 'A' AND 'd'", "a"},
		{"day BETWEEN DATE('2023-01-01') AND DATE('2023-12-31')", "b"},
		{"number IN (1.5, 0)", "ad"},
		{"number NOT IN (1.5, 0)", "bc"},
		{"count IN (0.0, 7)", "b"},
		{"number IN (count)", ""},
		{"number IN (count, 1.5)", "a"},
		{"NOT number IN (count, 1.5)", "bc"},
		{"1.5 IN (number)", "a"},
		{"day IN (DATE('2024-02-29'))", "a"},
		{"day IN ('2024-02-29')", "a"},

		{"number + 1 = 2.5", "a"},
		{"number - -2 = 0", "b"},
		{"-number = 2", "b"},
		{"number * 2 / 3 = 1", "a"},
		{"number / 0 IS NULL", "abcdn"},
		{"number * 1E300 IS NULL", "cn"},
		{"0 = number % 1.5", "acd"},
		{"count % 4 = -3", "c"},
		{"count div 4 = -1", "c"},
		{"number ^ 2 = 4", "b"},
		{"number ^ 0.5 IS NULL", "bn"},
		{"2 ^ count < 1", "c"},
		{"2 + 3 * 4 = 14", "abcdn"},
		{"(2 + 3) * 4 = 20", "abcdn"},
		{"-2 ^ 2 = 4", "abcdn"},
		{"10 - 3 - 2 = 5", "abcdn"},
		{"number > (count + 1)", "c"},

		{"day = DATE('2024-02-29')", "a"},
		{"day > '2024-01-01'", "a"},
		{"moment > TIMESTAMP('2024-02-29T10:00:00Z')", "a"},
		{"moment = TIMESTAMP('2024-02-29T10:00:00.000001Z')", "a"},
		{"moment = TIMESTAMP('2024-02-29T17:00:00.000001+07:00')", "a"},
		{"moment = DATE('2024-02-29')", "a"},
		{"moment <= DATE('2023-12-31')", "b"},
		{"moment > DATE('2023-12-31')", "a"},
		{"moment = day", "ab"},
		{"T_AFTER(moment, DATE('2023-12-31'))", "a"},
		{"T_BEFORE(moment, DATE('2024-02-29'))", "b"},
		{"T_EQUALS(moment, DATE('2024-02-29'))", "a"},
		{"T_DURING(day, INTERVAL('2024-01-01','..'))", "a"},
		{"T_INTERSECTS(moment, INTERVAL('..','2023-12-31'))", "b"},
		{"T_INTERSECTS(INTERVAL(moment, until), DATE('2024-03-01'))", "a"},
		{"T_DISJOINT(INTERVAL(moment, until), DATE('2024-03-01'))", "b"},
		{"T_CONTAINS(INTERVAL(moment, until), DATE('2024-03-01'))", "a"},
		{"T_EQUALS(INTERVAL(moment, until), until)", "b"},
		{"T_MEETS(INTERVAL(moment, until), INTERVAL('2024-03-02T00:00:00Z','..'))", "a"},
		{"T_METBY(INTERVAL(moment, until), INTERVAL('..', '2024-02-29T10:00:00.000001Z'))", "a"},
		{"T_STARTS(INTERVAL(moment, until), INTERVAL('2024-02-29T10:00:00.000001Z','..'))", "a"},
		{"T_STARTEDBY(INTERVAL(moment, '..'), INTERVAL(moment, until))", "ab"},
		{"T_FINISHES(INTERVAL(moment, until), INTERVAL('..','2024-03-02T00:00:00Z'))", "a"},
		{"T_FINISHEDBY(INTERVAL('..',until), INTERVAL(moment, until))", "ab"},
		{"T_OVERLAPS(INTERVAL(moment, until), INTERVAL('2024-03-01','..'))", "a"},
		{"T_OVERLAPPEDBY(INTERVAL(moment, until), INTERVAL('..','2024-03-01'))", "a"},
		{"NOT T_AFTER(moment, DATE('2023-12-31'))", "b"},

		{"A_CONTAINS(tags, ('container'))", "ac"},
		{"A_CONTAINS(tags, ('CPO','container'))", "a"},
		{"A_CONTAINEDBY(tags, ('container','x'))", "bc"},
		{"A_EQUALS(tags, ('container','CPO'))", "a"},
		{"A_EQUALS(sizes, (1,2))", "ac"},
		{"A_OVERLAPS(sizes, (2,3))", "ac"},
		{"A_EQUALS(tags, ())", "b"},
		{"NOT A_CONTAINS(tags, ('CPO'))", "bc"},
		{"A_CONTAINS(sizes, shares)", "b"},
		{"A_CONTAINS(shares, (2))", "a"},
		{"A_CONTAINS(tags, (name))", ""},
		{"A_CONTAINS(sizes, (1.0))", "ac"},

		{"S_INTERSECTS(geometry, POINT(1 1))", "abc"},
		{"S_INTERSECTS(geom, BBOX(1.5,1.5,1.7,1.7))", "a"},
		{"S_DISJOINT(geometry, POINT(1 1))", "d"},
		{"S_INTERSECTS(geometry, BBOX(170, -10, -170, 10))", ""},
		{"S_INTERSECTS(geometry, BBOX(10.5, -10, -170, 90))", "d"},
		{"S_WITHIN(geometry, BBOX(-1,-1,3,3))", "abc"},
		{"S_WITHIN(geometry, BBOX(0,0,2,2))", "ab"},
		{"S_CONTAINS(geometry, POINT(1 1))", "abc"},
		{"S_CONTAINS(BBOX(0,0,2,2), geometry)", "ab"},
		{"S_EQUALS(geometry, POLYGON((2 2, 0 2, 0 0, 1 0, 2 0, 2 2)))", "a"},
		{"S_TOUCHES(geometry, POLYGON((2 0, 3 0, 3 2, 2 2, 2 0)))", "a"},
		{"S_CROSSES(geometry, POLYGON((0 0, 2 0, 2 2, 0 2, 0 0)))", "c"},
		{"S_OVERLAPS(geometry, BBOX(1,0,3,2))", "a"},
		{"S_WITHIN(POINT(1 1), geometry)", "abc"},
		{"S_INTERSECTS(geometry, GEOMETRYCOLLECTION(POINT(10.5 10.5), POINT(0 0)))", "ad"},
		{"S_INTERSECTS(geometry, POLYGON((9 9, 14 9, 14 14, 9 14, 9 9), (9.5 9.5, 13.5 9.5, 13.5 13.5, 9.5 13.5, 9.5 9.5)))", ""},
		{"NOT S_INTERSECTS(geometry, POINT(1 1))", "d"},
		{"geometry IS NULL", "n"},
		{"geometry IS NOT NULL", "abcd"},
		{"S_EQUALS(geometry, geometry)", "abcd"},
		{"S_INTERSECTS(geometry, POINT EMPTY)", ""},
		{"S_INTERSECTS(POINT(1 1), BBOX(0,0,2,2))", "abcdn"},
		{"S_INTERSECTS(geometry, POINT Z(1 1 5))", "abc"},

		{"distance_m(geometry, POINT(1 2)) = 0", "a"},
		{"DISTANCE_M(geometry, POINT(1 2)) < 111000", "abc"},
		{"within_distance(geometry, POINT(1 2), 110573)", "a"},
		{"within_distance(geometry, POINT(1 2), 110600)", "abc"},
		{"NOT within_distance(geometry, POINT(1 2), 110600)", "d"},
		{"within_distance(geometry, POINT(1 2), -1)", ""},
		{"area_ha(geometry) > 4900000", "a"},
		{"lower(name) = 'straße'", "a"},
		{"length(name) = 9", "b"},
		{"year(moment) = 2024", "a"},
		{"abs(number) = 2", "b"},
		{"length_m(geometry) > 445000 AND length_m(geometry) < 445300", "c"},
		{"extra IS NOT NULL", "a"},
	}
}

func check(t testing.TB, c *geo.Collection, text string) *cql2.Filter {
	t.Helper()
	e, err := cql2.ParseText(text)
	if err != nil {
		t.Fatalf("read %s: %v", text, err)
	}
	f, err := cql2.Check(e, c, cql2.Options{})
	if err != nil {
		t.Fatalf("check %s: %v", text, err)
	}
	return f
}

func matching(t testing.TB, l *geotest.Layer, f geo.Filter) string {
	t.Helper()
	var ids []string
	for _, feature := range l.Features {
		ok, err := f.Match(feature)
		if err != nil {
			t.Fatalf("match %s: %v", f, err)
		}
		if ok {
			ids = append(ids, feature.ID)
		}
	}
	slices.Sort(ids)
	return strings.Join(ids, "")
}

func TestFiltersMatchWhatTheyShould(t *testing.T) {
	t.Parallel()
	layer := sample()
	for _, c := range judgements() {
		t.Run(c.filter, func(t *testing.T) {
			t.Parallel()
			f := check(t, layer.Collection, c.filter)
			if got := matching(t, layer, f); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
			if !endsWithBackslash(f.Expr()) {
				if got := matching(t, layer, check(t, layer.Collection, f.String())); got != c.want {
					t.Errorf("printed as %s: got %q, want %q", f, got, c.want)
				}
			}
			fromJSON, err := cql2.ParseJSON(string(cql2.JSON(f.Expr())))
			if err != nil {
				t.Fatal(err)
			}
			again, err := cql2.Check(fromJSON, layer.Collection, cql2.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if got := matching(t, layer, again); got != c.want {
				t.Errorf("as JSON: got %q, want %q", got, c.want)
			}
			checkBounds(t, layer, f)
		})
	}
}

// checkBounds checks that whatever matches lies in the box that the filter names.
func checkBounds(t *testing.T, l *geotest.Layer, f *cql2.Filter) {
	t.Helper()
	box, ok := f.Bounds()
	if !ok {
		return
	}
	for _, feature := range l.Features {
		if matches, _ := f.Match(feature); !matches {
			continue
		}
		g, err := feature.Geometry()
		if err != nil || g == nil {
			t.Fatalf("%s matches %s, which has no place (%v)", f, feature.ID, err)
		}
		if !g.Bound().Intersects(box) {
			t.Errorf("%s matches %s at %v outside its box %v", f, feature.ID, g.Bound(), box)
		}
	}
}

func TestFilterNamesItsProperties(t *testing.T) {
	t.Parallel()
	f := check(t, sample().Collection, "number > count AND id = 'a' AND S_INTERSECTS(geometry, POINT(1 1)) AND number < 3")
	if d := cmp.Diff([]string{"count", "number"}, f.Properties()); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
	if !f.UsesGeometry() {
		t.Error("got no use of the geometry")
	}
}

func TestTransform(t *testing.T) {
	t.Parallel()
	// a reference system with latitude first
	swapped := cql2.Options{Transform: func(x, y float64) (float64, float64, error) { return y, x, nil }}
	layer := sample()
	for _, c := range []judgement{
		{"S_INTERSECTS(geometry, POINT(10.5 12.5))", "d"},
		{"S_INTERSECTS(geometry, BBOX(10.2, 12.2, 10.4, 12.4))", "d"},
		{"S_INTERSECTS(geometry, BBOX(12.2, 10.2, 12.4, 10.4))", ""},
	} {
		e, err := cql2.ParseText(c.filter)
		if err != nil {
			t.Fatal(err)
		}
		f, err := cql2.Check(e, layer.Collection, swapped)
		if err != nil {
			t.Fatal(err)
		}
		if got := matching(t, layer, f); got != c.want {
			t.Errorf("%s: got %q, want %q", c.filter, got, c.want)
		}
	}
}

func TestEqualsReadsTheTypeOfTheProperty(t *testing.T) {
	t.Parallel()
	layer := sample()
	for _, c := range []struct{ property, value, want string }{
		{"name", "Straße", "a"},
		{"number", "1.5", "a"},
		{"count", "-7", "c"},
		{"flag", "true", "a"},
		{"day", "2024-02-29", "a"},
		{"moment", "2024-02-29T10:00:00.000001Z", "a"},
		{"moment", "2024-02-29", "a"},
		{"tags", "container", "ac"},
		{"sizes", "2", "ac"},
		{"id", "b", "b"},
	} {
		e, err := cql2.Equals(layer.Collection, c.property, c.value)
		if err != nil {
			t.Errorf("%s=%s: %v", c.property, c.value, err)
			continue
		}
		f, err := cql2.Check(e, layer.Collection, cql2.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got := matching(t, layer, f); got != c.want {
			t.Errorf("%s=%s: got %q, want %q", c.property, c.value, got, c.want)
		}
	}
	for _, c := range [][2]string{{"number", "NaN"}, {"number", "0x10"}, {"count", "1.5"}, {"flag", "yes"}, {"day", "soon"}, {"geometry", "x"}, {"extra", "x"}, {"nope", "x"}, {"name", "\x00"}} {
		_, err := cql2.Equals(layer.Collection, c[0], c[1])
		if f := geo.AsError(err); err == nil || f.Code != geo.Invalid || f.Fix == "" {
			t.Errorf("%s=%s: got %v, want an invalid value with a remedy", c[0], c[1], err)
		}
	}
}

func TestTextSearch(t *testing.T) {
	t.Parallel()
	layer := sample()
	for _, c := range []struct{ words, want string }{
		{"strasse", "a"}, {"DEBARQUER", "b"}, {"container", "ac"}, {"CONTAINER cpo", "a"}, {"", "abcdn"}, {"nothing", ""}, {"οδος", "d"},
	} {
		f := cql2.TextSearch(layer.Collection, strings.Fields(c.words))
		if got := matching(t, layer, f); got != c.want {
			t.Errorf("%q: got %q, want %q", c.words, got, c.want)
		}
	}
	both := cql2.All(nil, cql2.TextSearch(layer.Collection, []string{"container"}), check(t, layer.Collection, "flag"))
	if got := matching(t, layer, both); got != "a" {
		t.Errorf("%s: got %q, want a", both, got)
	}
	if f := cql2.All(nil, nil); f != nil {
		t.Errorf("got %v, want nil", f)
	}
}
