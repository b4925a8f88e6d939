package proximity_test

import (
	"context"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"

	"kawasan/geo"
	"kawasan/geo/geotest"
	"kawasan/geo/proximity"
)

// grounds is a reader with a collection of land at a version.
func grounds(t *testing.T, version geo.Version, land orb.Polygon) geo.Reader {
	t.Helper()
	about := (&geo.Collection{ID: "ground", GeometryType: "Polygon", Version: version, Count: 1}).Index()
	f := &geo.Feature{ID: "g", Collection: about, Values: []any{}, WKB: wkb.MustMarshal(land)}
	return geotest.Shipped(t, &geotest.Layer{Collection: about, Features: []*geo.Feature{f}})
}

// What is remembered of a collection holds for its version, whichever question comes when.
func TestMemoryKnowsTheVersion(t *testing.T) {
	t.Parallel()
	box := func(west, east float64) orb.Polygon {
		return orb.Polygon{{{west, -3}, {east, -3}, {east, 3}, {west, 3}, {west, -3}}}
	}
	memory := proximity.NewMemory()
	readers := []geo.Reader{grounds(t, 7, box(116, 118)), grounds(t, 8, box(116.81, 118))}
	question := proximity.NearestRequest{K: 3, Question: proximity.Question{
		From: []proximity.Source{{Geometry: orb.Point{116.82, -1.2}}}, To: []proximity.Target{{Collection: "ports"}},
	}}
	shares := map[float64]bool{}
	for range 2 {
		for _, r := range readers {
			remembering, err := proximity.New(r, proximity.Options{Land: "ground", Memory: memory}).Nearest(t.Context(), question)
			if err != nil {
				t.Fatal(err)
			}
			fresh, err := proximity.New(r, proximity.Options{Land: "ground"}).Nearest(t.Context(), question)
			if err != nil {
				t.Fatal(err)
			}
			for i, p := range fresh.Pairs {
				got := remembering.Pairs[i]
				if got.Ref() != p.Ref() || (got.WaterShare == nil) != (p.WaterShare == nil) || p.WaterShare != nil && *got.WaterShare != *p.WaterShare {
					t.Errorf("%s: got %v, want %v", p.Ref(), got.WaterShare, p.WaterShare)
				}
			}
			if got, want := remembering.Unlocated.Count(), fresh.Unlocated.Count(); got != want {
				t.Errorf("%d without a position, want %d", got, want)
			}
			if p := fresh.Pairs[0]; p.WaterShare != nil {
				shares[*p.WaterShare] = true
			} else {
				shares[-1] = true
			}
		}
	}
	if len(shares) < 2 {
		t.Errorf("both versions give the same: %v", shares)
	}
}

// ordered counts the reads of a reader that are in an order.
type ordered struct {
	geo.Reader
	reads int
}

func (o *ordered) Open(ctx context.Context, q geo.Query) (geo.Selection, error) {
	if len(q.SortBy) > 0 {
		o.reads++
	}
	return o.Reader.Open(ctx, q)
}

// How uncertain positions are is read once of a collection as it stands; of a part of it, or of another
// version, again.
func TestUncertaintiesAreRemembered(t *testing.T) {
	t.Parallel()
	memory := proximity.NewMemory()
	at := func(version geo.Version, uncertainties ...any) *ordered {
		l := geotest.NewLayer("sites", "Point", geotest.Basis()...)
		l.Collection.Version = version
		for i, u := range uncertainties {
			l.Add(string(rune('a'+i)), orb.Point{116, 0}, geotest.Values{"position_uncertainty_m": u})
		}
		return &ordered{Reader: geotest.NewReader(l)}
	}
	first, second := at(1, 100.0, 2500.0), at(2, 100.0, nil)
	few := geotest.Where("few", func(f *geo.Feature) bool { return f.ID == "a" })
	for _, c := range []struct {
		name   string
		reader *ordered
		filter geo.Filter
		want   proximity.Spread
		reads  int
	}{
		{"first", first, nil, proximity.Spread{LargestM: 2500}, 2},
		{"again", first, nil, proximity.Spread{LargestM: 2500}, 0},
		{"a part", first, few, proximity.Spread{LargestM: 100}, 2},
		{"all, after that", first, nil, proximity.Spread{LargestM: 2500}, 0},
		{"changed", second, nil, proximity.Spread{LargestM: 100, Unknown: true}, 2},
		{"changed, again", second, nil, proximity.Spread{LargestM: 100, Unknown: true}, 0},
		{"as it was", first, nil, proximity.Spread{LargestM: 2500}, 2},
	} {
		before := c.reader.reads
		got, err := proximity.New(c.reader, proximity.Options{Memory: memory}).Spread(t.Context(), proximity.Question{
			From: []proximity.Source{{Geometry: orb.Point{116, 0}}}, To: []proximity.Target{{Collection: "sites", Filter: c.filter}},
		})
		if err != nil || got != c.want || c.reader.reads-before != c.reads {
			t.Errorf("%s: got %+v in %d reads, %v; want %+v in %d", c.name, got, c.reader.reads-before, err, c.want, c.reads)
		}
	}
}
