package proximity_test

import (
	"fmt"
	"testing"

	"github.com/paulmach/orb"

	"kawasan/geo"
	"kawasan/geo/geotest"
	"kawasan/geo/proximity"
)

// Those without a position count once each, however a collection is asked for: as what is measured
// from, as what is measured to, or both, in whole or in part. Among them are more than are named.
func TestUnlocatedCountOnce(t *testing.T) {
	t.Parallel()
	l := geotest.NewLayer("sites", "Point", geotest.Prop("n", geo.Integer))
	nowhere := map[int64]bool{}
	for n := range int64(260) {
		var place orb.Geometry = orb.Point{116 + float64(n)/1000, 0}
		if n%13 != 0 {
			place, nowhere[n] = nil, true
		}
		l.Add(fmt.Sprintf("s%03d", n), place, geotest.Values{"n": n})
	}
	e := proximity.New(geotest.NewReader(l), proximity.Options{Land: "-", Published: "-"})
	type part struct{ from, to int64 } // of n; all where both are 0
	filter := func(p part) geo.Filter {
		if p == (part{}) {
			return nil
		}
		return geotest.Where(fmt.Sprint(p), func(f *geo.Feature) bool { n, _ := f.Number("n"); return int64(n) >= p.from && int64(n) < p.to }, "n")
	}
	for name, c := range map[string]struct {
		from []part
		to   part
		ids  []string // of the target
	}{
		"all and all":      {[]part{{}}, part{}, nil},
		"all and a part":   {[]part{{}}, part{10, 60}, nil},
		"a part and all":   {[]part{{10, 60}}, part{}, nil},
		"parts that meet":  {[]part{{0, 180}}, part{90, 250}, nil},
		"parts apart":      {[]part{{0, 50}}, part{100, 250}, nil},
		"one in the other": {[]part{{0, 250}}, part{100, 120}, nil},
		"ids":              {[]part{{0, 250}}, part{}, []string{"s001", "s002", "s255", "s000", "s013"}},
		"twice the same":   {[]part{{0, 250}, {0, 250}}, part{100, 120}, nil},
		"two that meet":    {[]part{{0, 150}, {100, 260}}, part{255, 260}, nil},
		"all, and a part":  {[]part{{}, {100, 260}}, part{255, 260}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			q := proximity.Question{To: []proximity.Target{{Collection: "sites", Filter: filter(c.to), IDs: c.ids}}}
			want := map[string]bool{}
			for n := range nowhere {
				id := fmt.Sprintf("s%03d", n)
				in := func(p part) bool { return p == (part{}) || n >= p.from && n < p.to }
				asked := in(c.to) && c.ids == nil
				for _, one := range c.ids {
					asked = asked || one == id
				}
				for _, p := range c.from {
					asked = asked || in(p)
				}
				if asked {
					want[id] = true
				}
			}
			for _, p := range c.from {
				q.From = append(q.From, proximity.Source{Ref: proximity.Ref{Collection: "sites"}, Filter: filter(p)})
			}
			a, err := e.Within(t.Context(), proximity.WithinRequest{Question: q, Distances: []float64{1000}})
			if err != nil {
				t.Fatal(err)
			}
			if got := a.Unlocated.Count(); got != len(want) {
				t.Errorf("got %d without a position, %d of them named; want %d", got, len(a.Unlocated.Named), len(want))
			}
			named := map[string]bool{}
			for _, f := range a.Unlocated.Named {
				if named[f.ID] || !want[f.ID] {
					t.Errorf("%s is named, although twice or not asked for", f.ID)
				}
				named[f.ID] = true
			}
			if len(named) != min(len(want), proximity.MaxUnlocated) {
				t.Errorf("%d are named", len(named))
			}
		})
	}
}

// Nothing but what has no position to measure from is another matter than nothing at all, whether or not it is looked for too.
func TestNothingLocatedToMeasureFrom(t *testing.T) {
	t.Parallel()
	l := geotest.NewLayer("sites", "Point", geotest.Prop("n", geo.Integer))
	l.Add("a", nil, geotest.Values{"n": int64(1)})
	e := proximity.New(geotest.NewReader(l), proximity.Options{Land: "-", Published: "-"})
	none := geotest.Where("none", func(*geo.Feature) bool { return false })
	for want, filter := range map[geo.Code]geo.Filter{geo.Invalid: nil, geo.NotFound: none} {
		for _, to := range []geo.Filter{nil, none} {
			q := proximity.Question{From: []proximity.Source{{Ref: proximity.Ref{Collection: "sites"}, Filter: filter}}, To: []proximity.Target{{Collection: "sites", Filter: to}}}
			if _, err := e.Within(t.Context(), proximity.WithinRequest{Question: q, Distances: []float64{1000}}); !geo.IsCode(err, want) {
				t.Errorf("got %v, want %s", err, want)
			}
		}
	}
}
