package cql2_test

import (
	"fmt"
	"maps"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"kawasan/geo"
	"kawasan/geo/geotest"
)

// A pattern matches what a regular expression of the same meaning does.
func TestLikeAgainstRegexp(t *testing.T) {
	t.Parallel()
	outer := t
	rapid.Check(t, func(t *rapid.T) {
		letters := rapid.SampledFrom([]string{"a", "b", "é"})
		signs := rapid.OneOf(letters, rapid.SampledFrom([]string{"%", "_", `\%`, `\_`}))
		text := strings.Join(rapid.SliceOfN(rapid.OneOf(letters, rapid.SampledFrom([]string{"%", "_"})), 0, 8).Draw(t, "text"), "")
		signed := rapid.SliceOfN(signs, 0, 6).Draw(t, "pattern")
		var as strings.Builder
		for _, sign := range signed {
			switch sign {
			case "%":
				as.WriteString(".*")
			case "_":
				as.WriteString(".")
			default:
				as.WriteString(regexp.QuoteMeta(strings.TrimPrefix(sign, `\`)))
			}
		}
		want := regexp.MustCompile("^(?s:" + as.String() + ")$").MatchString(text)
		l := geotest.NewLayer("texts", "Point", geotest.Prop("name", geo.String))
		l.Add("t", nil, geotest.Values{"name": text})
		f := check(outer, l.Collection, "name LIKE '"+strings.Join(signed, "")+"'")
		if got, err := f.Match(l.Unlocated[0]); err != nil || got != want {
			t.Fatalf("%q LIKE %q: got %v, %v, want %v", text, strings.Join(signed, ""), got, err, want)
		}
	})
}

// Of two intervals exactly one of Allen's relations holds, and its inverse the other way round.
func TestOneOfAllensRelations(t *testing.T) {
	t.Parallel()
	inverse := map[string]string{
		"T_BEFORE": "T_AFTER",
		"T_MEETS":  "T_METBY", "T_OVERLAPS": "T_OVERLAPPEDBY", "T_STARTS": "T_STARTEDBY",
		"T_DURING": "T_CONTAINS", "T_FINISHES": "T_FINISHEDBY", "T_EQUALS": "T_EQUALS",
	}
	for one, other := range maps.Clone(inverse) {
		inverse[other] = one
	}
	if len(inverse) != 13 {
		t.Fatalf("%d relations, want 13", len(inverse))
	}
	l := geotest.NewLayer("times", "Point")
	l.Add("x", nil, nil)
	holds := func(relation string, a, b [2]int) bool {
		interval := func(i [2]int) string { return fmt.Sprintf("INTERVAL('2024-01-0%d','2024-01-0%d')", i[0], i[1]) }
		ok, err := check(t, l.Collection, relation+"("+interval(a)+","+interval(b)+")").Match(l.Unlocated[0])
		if err != nil {
			t.Fatal(err)
		}
		return ok
	}
	var all [][2]int
	for from := 1; from <= 4; from++ {
		for to := from + 1; to <= 4; to++ {
			all = append(all, [2]int{from, to})
		}
	}
	for _, a := range all {
		for _, b := range all {
			var found []string
			for relation := range inverse {
				if holds(relation, a, b) {
					found = append(found, relation)
				}
			}
			if len(found) != 1 || !holds(inverse[found[0]], b, a) {
				t.Errorf("%v and %v: %v hold, want one, and its inverse the other way round", a, b, found)
				continue
			}
			apart := found[0] == "T_BEFORE" || found[0] == "T_AFTER"
			if holds("T_DISJOINT", a, b) != apart || holds("T_INTERSECTS", a, b) == apart {
				t.Errorf("%v and %v: %s, but disjoint %v, intersecting %v", a, b, found[0], holds("T_DISJOINT", a, b), holds("T_INTERSECTS", a, b))
			}
		}
	}
}
