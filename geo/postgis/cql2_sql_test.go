package postgis_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"kawasan/geo"
	"kawasan/geo/cql2"
)

// byRows hides what kind a filter is, so that the store decides it on the rows alone.
type byRows struct{ geo.Filter }

// Each condition gives the rows that it gives when the evaluator decides alone,
// whether SQL decides it, narrows it, or knows nothing of it.
func TestFilterInSQLAndOnRows(t *testing.T) {
	t.Parallel()
	options := shippedDatabase(t)
	exec(t, options, things, `INSERT INTO kawasan.things (id, name, size, n, geom) VALUES ('f', '100%_\x', 'Infinity', 1, ST_Point(117, 0, 4326)), ('g', '', 0, 0, ST_Point(0, 0, 4326))`)
	store := openStore(t, options)
	catalogue, _ := store.Catalogue(t.Context())
	collection, err := catalogue.Collection("things")
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		filter string
		want   []string
	}{
		{`size > 1`, []string{"b", "d"}},
		{`NOT (size > 1)`, []string{"e", "g"}},
		{`size IS NULL`, []string{"a", "c", "f"}},
		{`size IS NOT NULL AND name <> 'apple'`, []string{"b", "g"}},
		{`size = 2.5 OR n = 9007199254740993`, []string{"b", "c", "d"}},
		{`size <> 2.5`, []string{"e", "g"}},
		{`n = 1`, []string{"b", "f"}},
		{`n > 0.5 AND n < 1.5`, []string{"b", "f"}},
		{`n BETWEEN -5 AND 1`, []string{"b", "e", "f", "g"}},
		{`NOT n BETWEEN -5 AND 1`, []string{"a", "c"}},
		{`n IN (1, 2, 9007199254740993)`, []string{"a", "b", "c", "f"}},
		{`n NOT IN (1, 2)`, []string{"c", "e", "g"}},
		{`name LIKE 'z%'`, []string{"a"}},
		{`name LIKE '%\%\_%'`, []string{"f"}},
		{`name LIKE 'z\'`, []string{}},
		{`name LIKE '%\\x'`, []string{"f"}},
		{`n = size`, []string{"g"}},
		{`name LIKE '_rger'`, []string{"b"}},
		{`name NOT LIKE '%o%'`, []string{"a", "b", "d", "f", "g"}},
		{`CASEI(name) = CASEI('ÄRGER')`, []string{"b"}},
		{`ACCENTI(name) = ACCENTI('Arger')`, []string{"b"}},
		{`name < 'a'`, []string{"c", "f", "g"}},
		{`name >= 'Ä'`, []string{"b"}},
		{`name = ''`, []string{"g"}},
		{`id IN ('a', 'e')`, []string{"a", "e"}},
		{`built = DATE('2020-01-01')`, []string{"b"}},
		{`built > DATE('1900-01-01')`, []string{"b", "d", "e"}},
		{`built IS NULL`, []string{"a", "c", "f", "g"}},
		{`seen >= TIMESTAMP('2020-01-01T00:00:00Z')`, []string{"b"}},
		{`T_BEFORE(built, DATE('2000-01-01'))`, []string{"d"}},
		{`size / 0 = 1`, []string{}},
		{`size + n = 3.5`, []string{"b"}},
		{`size = n`, []string{"g"}},
		{`A_CONTAINS(tags, ('x'))`, []string{"b"}},
		{`A_OVERLAPS(tags, ('x', 'q"r'))`, []string{"b", "d"}},
		{`NOT A_CONTAINS(tags, ('x'))`, []string{"a", "d"}},
		{`S_INTERSECTS(geom, BBOX(115, -1, 117, 1))`, []string{"a", "b", "f"}},
		{`S_DISJOINT(geom, BBOX(115, -1, 117, 1))`, []string{"c", "d", "g"}},
		{`NOT S_INTERSECTS(geom, BBOX(115, -1, 117, 1))`, []string{"c", "d", "g"}},
		{`S_WITHIN(geom, POLYGON((116.5 -1, 117.5 -1, 117.5 1, 116.5 1, 116.5 -1))) AND n = 1`, []string{"b", "f"}},
		{`n = 2 OR n = 1 AND CASEI(name) = CASEI('ÄRGER')`, []string{"a", "b"}},
		{`S_INTERSECTS(geom, POINT(0 0)) OR name = 'zebra'`, []string{"a", "g"}},
	}
	for _, test := range tests {
		t.Run(test.filter, func(t *testing.T) {
			t.Parallel()
			e, err := cql2.ParseText(test.filter)
			if err != nil {
				t.Fatal(err)
			}
			filter, err := cql2.Check(e, collection, cql2.Options{})
			if err != nil {
				t.Fatal(err)
			}
			for name, f := range map[string]geo.Filter{"in SQL": filter, "on rows": byRows{filter}, "taken apart": cql2.Conjunction{filter, filter}} {
				s, err := store.Open(t.Context(), geo.Query{Collection: "things", Filter: f, Count: true})
				if err != nil {
					t.Fatalf("%s: %v", name, err)
				}
				got := []string{}
				for f, err := range s.Features() {
					if err != nil {
						t.Fatalf("%s: %v", name, err)
					}
					got = append(got, f.ID)
				}
				n, ok := s.Matched()
				s.Close()
				if diff := cmp.Diff(test.want, got); diff != "" || !ok || n != len(test.want) {
					t.Errorf("%s: matched %d, %t, ids (-want +got):\n%s", name, n, ok, diff)
				}
			}
		})
	}
}

// A page of a filtered collection skips and ends where it should, by SQL or by rows.
func TestFilteredPage(t *testing.T) {
	t.Parallel()
	store := openStore(t, shippedDatabase(t))
	catalogue, _ := store.Catalogue(t.Context())
	collection, _ := catalogue.Collection("mills")
	for _, text := range []string{`boundary_kind = 'published_point'`, `CASEI(boundary_kind) = 'published_point'`} {
		e, err := cql2.ParseText(text)
		if err != nil {
			t.Fatal(err)
		}
		filter, err := cql2.Check(e, collection, cql2.Options{})
		if err != nil {
			t.Fatal(err)
		}
		got := ids(t, store, geo.Query{Collection: "mills", Filter: filter, Offset: 2, Limit: 2, Properties: []string{"name"}, SkipGeometry: true})
		if diff := cmp.Diff([]string{"mill-003", "mill-004"}, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", text, diff)
		}
	}
}
