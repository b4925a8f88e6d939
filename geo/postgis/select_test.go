package postgis_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"kawasan/geo"
)

// things is a table with nulls, several types and an order that is not that of insertion.
const things = `CREATE TABLE kawasan.things (
	id text COLLATE "C" PRIMARY KEY, name text, size double precision, n bigint, built date, seen timestamptz, tags text[], extra jsonb,
	valid_from date, valid_to date, geom geometry(Point, 4326));
INSERT INTO kawasan.things VALUES
	('b', 'Ärger',  2.5, 1, '2020-01-01', '2020-01-01T00:00:00.000001Z', '{x,y}', '{"k": [1, 2]}', '2020-01-01', '2021-01-01', ST_Point(117, 0, 4326)),
	('a', 'zebra',  NULL, 2, NULL, NULL, '{}', NULL, NULL, NULL, ST_Point(116, 0, 4326)),
	('c', 'Zoo',    'NaN', 9007199254740993, 'infinity', 'infinity', NULL, '3', '2021-01-01', NULL, ST_Point(179.5, 1, 4326)),
	('d', 'apple',  2.5, NULL, '1900-02-28', '1899-12-31T23:59:59Z', '{NULL,"q\"r"}', 'null', NULL, '2020-06-01', ST_Point(-179.5, 1, 4326)),
	('e', NULL,     -1, -5, '2020-01-02', NULL, NULL, NULL, NULL, NULL, NULL);`

func TestSelect(t *testing.T) {
	t.Parallel()
	options := shippedDatabase(t)
	exec(t, options, things)
	store := openStore(t, options)
	day := func(s string) *geo.Date {
		d, err := geo.ParseDate(s)
		if err != nil {
			t.Fatal(err)
		}
		return &d
	}
	at := func(s string) *time.Time {
		v, err := time.Parse(time.RFC3339Nano, s)
		if err != nil {
			t.Fatal(err)
		}
		return &v
	}
	bySize := []geo.SortKey{{Property: "size"}}
	byNameDown := []geo.SortKey{{Property: "name", Descending: true}}
	tests := []struct {
		name  string
		query geo.Query
		want  []string
	}{
		{"all by id", geo.Query{}, []string{"a", "b", "c", "d", "e"}},
		{"limit and offset", geo.Query{Offset: 1, Limit: 2}, []string{"b", "c"}},
		{"ids, unknown ones ignored", geo.Query{IDs: []string{"e", "b", "zz"}}, []string{"b", "e"}},
		{"sort ascending, nulls last, ties by id", geo.Query{SortBy: bySize}, []string{"e", "b", "d", "a", "c"}},
		{"text sorts by code point, descending, nulls last", geo.Query{SortBy: byNameDown}, []string{"b", "a", "d", "c", "e"}},
		{"behind a cursor", geo.Query{SortBy: bySize, After: &geo.Cursor{Values: []any{2.5}, ID: "b"}}, []string{"d", "a", "c"}},
		{"behind a cursor among nulls", geo.Query{SortBy: byNameDown, After: &geo.Cursor{Values: []any{nil}, ID: "a"}}, []string{"e"}},
		{"backward from the end", geo.Query{Backward: true, Limit: 2}, []string{"e", "d"}},
		{"backward before a cursor", geo.Query{Backward: true, SortBy: byNameDown, After: &geo.Cursor{Values: []any{nil}, ID: "e"}}, []string{"c", "d", "a", "b"}},
		{"backward before a cursor, nulls behind it", geo.Query{Backward: true, SortBy: bySize, After: &geo.Cursor{Values: []any{2.5}, ID: "d"}}, []string{"b", "e"}},
		{"backward, descending", geo.Query{Backward: true, SortBy: byNameDown}, []string{"e", "c", "d", "a", "b"}},
		{"box, features without geometry match", geo.Query{Bounds: []orb.Bound{{Min: orb.Point{116, -1}, Max: orb.Point{116.5, 0}}}}, []string{"a", "e"}},
		{"two boxes across the antimeridian", geo.Query{Bounds: []orb.Bound{
			{Min: orb.Point{179, 0}, Max: orb.Point{180, 2}}, {Min: orb.Point{-180, 0}, Max: orb.Point{-179, 2}},
		}}, []string{"c", "d", "e"}},
		{"time", geo.Query{Time: &geo.Interval{Start: at("2021-01-02T00:00:00Z")}}, []string{"a", "c", "e"}},
		{"the last day of a time counts whole", geo.Query{Time: &geo.Interval{Start: at("2021-01-01T23:59:59.5Z"), End: at("2021-01-01T23:59:59.6Z")}}, []string{"a", "b", "c", "e"}},
		{"the end of a time is of it", geo.Query{Time: &geo.Interval{Start: at("2021-01-01T23:59:59.999999Z")}}, []string{"a", "b", "c", "e"}},
		{"the beginning of a time is of it", geo.Query{Time: &geo.Interval{End: at("2020-01-01T00:00:00Z")}}, []string{"a", "b", "d", "e"}},
		{"valid on a day", geo.Query{AsOf: day("2020-12-31")}, []string{"a", "b", "e"}},
		{"no longer valid on its last day", geo.Query{AsOf: day("2021-01-01")}, []string{"a", "c", "e"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			test.query.Collection = "things"
			if diff := cmp.Diff(test.want, ids(t, store, test.query)); diff != "" {
				t.Errorf("ids (-want +got):\n%s", diff)
			}
		})
	}
}

func TestValues(t *testing.T) {
	t.Parallel()
	options := shippedDatabase(t)
	exec(t, options, things)
	store := openStore(t, options)
	features, _, err := geo.Collect(t.Context(), store, geo.Query{Collection: "things"})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]map[string]any{}
	for _, f := range features {
		got[f.ID] = map[string]any{}
		for _, name := range []string{"size", "n", "built", "seen", "tags", "extra"} {
			v := f.Value(name)
			if raw, ok := v.(interface{ MarshalJSON() ([]byte, error) }); ok && name == "extra" {
				b, _ := raw.MarshalJSON()
				v = string(b)
			}
			got[f.ID][name] = v
		}
	}
	date := func(y int, m time.Month, d int) geo.Date {
		return geo.NewDate(time.Date(y, m, d, 0, 0, 0, 0, time.UTC))
	}
	want := map[string]map[string]any{
		"a": {"size": nil, "n": int64(2), "built": nil, "seen": nil, "tags": []string{}, "extra": nil},
		"b": {"size": 2.5, "n": int64(1), "built": date(2020, 1, 1), "seen": time.Date(2020, 1, 1, 0, 0, 0, 1000, time.UTC), "tags": []string{"x", "y"}, "extra": `{"k":[1,2]}`},
		"c": {"size": nil, "n": int64(9007199254740993), "built": nil, "seen": nil, "tags": nil, "extra": `3`},
		"d": {"size": 2.5, "n": nil, "built": date(1900, 2, 28), "seen": time.Date(1899, 12, 31, 23, 59, 59, 0, time.UTC), "tags": []string{`q"r`}, "extra": `null`},
		"e": {"size": -1.0, "n": int64(-5), "built": date(2020, 1, 2), "seen": nil, "tags": nil, "extra": nil},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("values (-want +got):\n%s", diff)
	}
}

func TestUnknownNames(t *testing.T) {
	t.Parallel()
	store := openStore(t, shippedDatabase(t))
	tests := []struct {
		name  string
		query geo.Query
		want  geo.Code
	}{
		{"collection", geo.Query{Collection: "nowhere"}, geo.NotFound},
		{"internal table", geo.Query{Collection: "_change_log"}, geo.NotFound},
		{"hostile name", geo.Query{Collection: `zones"; DROP SCHEMA kawasan; --`}, geo.NotFound},
		{"property", geo.Query{Collection: "zones", Properties: []string{"nothing"}}, geo.Invalid},
		{"sort property", geo.Query{Collection: "zones", SortBy: []geo.SortKey{{Property: "nothing"}}}, geo.Invalid},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, err := store.Open(t.Context(), test.query)
			if !geo.IsCode(err, test.want) {
				t.Errorf("got error %v, want code %s", err, test.want)
			}
		})
	}
}

func TestMatchedAndUnlocated(t *testing.T) {
	t.Parallel()
	store := openStore(t, shippedDatabase(t))
	s, err := store.Open(t.Context(), geo.Query{Collection: "mills", Limit: 2, Count: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if n, ok := s.Matched(); n != 86 || !ok {
		t.Errorf("mills matched: got %d, %t, want 86, true", n, ok)
	}
	got := ids(t, store, geo.Query{Collection: "ports", Unlocated: true})
	if diff := cmp.Diff([]string{"bct", "ferry-kariangau", "ferry-penajam", "kenyamukan"}, got); diff != "" {
		t.Errorf("unlocated ports (-want +got):\n%s", diff)
	}
	some, _, err := geo.Collect(t.Context(), store, geo.Query{Collection: "ports", Unlocated: true, Offset: 1, Limit: 2})
	if err != nil {
		t.Fatal(err)
	}
	got = nil
	for _, f := range some {
		got = append(got, fmt.Sprint(f.ID, " ", f.Value("name") != nil))
	}
	if diff := cmp.Diff([]string{"ferry-kariangau true", "ferry-penajam true"}, got); diff != "" {
		t.Errorf("two of them, and whether they have a name (-want +got):\n%s", diff)
	}
}

// Answers that are read slowly leave connections to pages, and to the reading of changes.
func TestSlowReadersLeaveConnections(t *testing.T) {
	t.Parallel()
	options := shippedDatabase(t)
	options.PoolSize = 3
	store := openStore(t, options)
	slow, err := store.Open(t.Context(), geo.Query{Collection: "mills", Bulk: true})
	if err != nil {
		t.Fatal(err)
	}
	// It alone has little time: it waits for what does not come.
	brief, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	_, err = store.Open(brief, geo.Query{Collection: "mills"})
	if !geo.IsCode(err, geo.Unavailable) {
		t.Errorf("one more such reader: got %v, want that it is asked to come again", err)
	}
	if _, _, err := geo.Collect(t.Context(), store, geo.Query{Collection: "mills", Limit: 10}); err != nil {
		t.Errorf("a page meanwhile: %v", err)
	}
	slow.Close()
	if _, _, err := geo.Collect(t.Context(), store, geo.Query{Collection: "mills"}); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}
