package tile

import (
	"testing"
	"time"

	"kawasan/geo"
)

type text string

func (f text) Match(*geo.Feature) (bool, error) { return true, nil }
func (f text) Properties() []string             { return nil }
func (f text) String() string                   { return string(f) }

// What is kept of a tile is found again by the same request on the same data, and by no other.
func TestKeysTellRequestsApart(t *testing.T) {
	t.Parallel()
	day := geo.NewDate(time.Date(2024, 1, 2, 0, 0, 0, 0, time.UTC))
	next := geo.NewDate(time.Date(2024, 1, 3, 0, 0, 0, 0, time.UTC))
	from, to := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2024, 2, 1, 0, 0, 0, 0, time.UTC)
	type change func(r *Request, ids *[]string, versions *[]geo.Version)
	changes := map[string]change{
		"nothing":            func(*Request, *[]string, *[]geo.Version) {},
		"the set":            func(r *Request, _ *[]string, _ *[]geo.Version) { r.Address.Set = WorldCRS84Quad() },
		"the zoom":           func(r *Request, _ *[]string, _ *[]geo.Version) { r.Address.Zoom = 4 },
		"the row":            func(r *Request, _ *[]string, _ *[]geo.Version) { r.Address.Row = 4 },
		"the column":         func(r *Request, _ *[]string, _ *[]geo.Version) { r.Address.Col = 4 },
		"row for column":     func(r *Request, _ *[]string, _ *[]geo.Version) { r.Address.Row, r.Address.Col = 2, 1 },
		"the order":          func(_ *Request, ids *[]string, _ *[]geo.Version) { *ids = []string{"b", "a"} },
		"one collection":     func(_ *Request, ids *[]string, _ *[]geo.Version) { *ids = []string{"a"} },
		"another collection": func(_ *Request, ids *[]string, _ *[]geo.Version) { *ids = []string{"a", "c"} },
		"the data":           func(_ *Request, _ *[]string, v *[]geo.Version) { *v = []geo.Version{1, 3} },
		"a filter":           func(r *Request, _ *[]string, _ *[]geo.Version) { r.Filters = map[string]geo.Filter{"a": text("x")} },
		"another's filter":   func(r *Request, _ *[]string, _ *[]geo.Version) { r.Filters = map[string]geo.Filter{"b": text("x")} },
		"another filter":     func(r *Request, _ *[]string, _ *[]geo.Version) { r.Filters = map[string]geo.Filter{"a": text("y")} },
		"a start":            func(r *Request, _ *[]string, _ *[]geo.Version) { r.Time = &geo.Interval{Start: &from} },
		"an end":             func(r *Request, _ *[]string, _ *[]geo.Version) { r.Time = &geo.Interval{End: &from} },
		"another end":        func(r *Request, _ *[]string, _ *[]geo.Version) { r.Time = &geo.Interval{End: &to} },
		"both":               func(r *Request, _ *[]string, _ *[]geo.Version) { r.Time = &geo.Interval{Start: &from, End: &to} },
		"a legal date":       func(r *Request, _ *[]string, _ *[]geo.Version) { r.AsOf = &day },
		"another legal date": func(r *Request, _ *[]string, _ *[]geo.Version) { r.AsOf = &next },
		"no properties":      func(r *Request, _ *[]string, _ *[]geo.Version) { r.Properties = []string{} },
		"a property":         func(r *Request, _ *[]string, _ *[]geo.Version) { r.Properties = []string{"name"} },
		"two properties":     func(r *Request, _ *[]string, _ *[]geo.Version) { r.Properties = []string{"name", "n"} },
		"labels":             func(r *Request, _ *[]string, _ *[]geo.Version) { r.Labels = true },
		"uncertainty":        func(r *Request, _ *[]string, _ *[]geo.Version) { r.Uncertainty = true },
		"who asks":           func(r *Request, _ *[]string, _ *[]geo.Version) { r.Principal.Name = "x" },
		"what they may":      func(r *Request, _ *[]string, _ *[]geo.Version) { r.Principal.Scopes = []string{"x"} },
	}
	seen := map[string]string{}
	for name, change := range changes {
		key := func() string {
			r := Request{Address: Address{Set: WebMercatorQuad(), Zoom: 3, Row: 1, Col: 2}}
			ids, versions := []string{"a", "b"}, []geo.Version{1, 2}
			change(&r, &ids, &versions)
			return r.key(ids, versions)
		}
		this := key()
		if again := key(); again != this {
			t.Errorf("%s: the same request has two keys, %s and %s", name, this, again)
		}
		if other, ok := seen[this]; ok {
			t.Errorf("%s and %s have the same key %s", name, other, this)
		}
		seen[this] = name
	}
	for name, want := range map[string]bool{"nothing": true, "a filter": false, "another's filter": true, "a start": false, "a legal date": false, "who asks": false, "what they may": false, "a property": true, "labels": true} {
		r := Request{}
		changes[name](&r, &[]string{}, &[]geo.Version{})
		if got := r.whole("a"); got != want {
			t.Errorf("%s: all of the collection is wanted: %v, want %v", name, got, want)
		}
	}
}
