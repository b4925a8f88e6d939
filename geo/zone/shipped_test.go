package zone_test

import (
	"context"
	"math"
	"slices"
	"testing"

	"kawasan/geo"
	"kawasan/geo/geotest"
	"kawasan/geo/zone"
)

// parse knows the filters that the tests use.
func parse(_ *geo.Collection, text string) (geo.Filter, error) {
	match := map[string]func(*geo.Feature) bool{
		"access = 'public'":        func(f *geo.Feature) bool { return f.Text("access") == "public" },
		"id IN ('ikn','ikn-kipp')": func(f *geo.Feature) bool { return f.ID == "ikn" || f.ID == "ikn-kipp" },
		"id = 'ikn-titik-nol'":     func(f *geo.Feature) bool { return f.ID == "ikn-titik-nol" },
		"kind = 'substation'":      func(f *geo.Feature) bool { return f.Text("kind") == "substation" },
		"kind = 'power_plant'":     func(f *geo.Feature) bool { return f.Text("kind") == "power_plant" },
		"kind = 'airport' AND air_service = 'scheduled'": func(f *geo.Feature) bool {
			return f.Text("kind") == "airport" && f.Text("air_service") == "scheduled"
		},
	}[text]
	if match == nil {
		return nil, geo.Invalidf("filter", "the test does not know %q", text)
	}
	return geotest.Where(text, match), nil
}

func profile(t *testing.T, r geo.Reader, id string) *zone.Profile {
	t.Helper()
	p, err := zone.NewProfile(context.Background(), r, "zones", id, zone.Options{Parse: parse})
	if err != nil {
		t.Fatalf("NewProfile(%s): %v", id, err)
	}
	return p
}

func item(t *testing.T, p *zone.Profile, section, key string) zone.Item {
	t.Helper()
	for _, s := range p.Sections {
		for _, i := range s.Items {
			if s.Name == section && i.Key == key {
				return i
			}
		}
	}
	t.Fatalf("%s has no %s in section %s", p.Ref, key, section)
	return zone.Item{}
}

func TestProfilesOfTheShippedZones(t *testing.T) {
	t.Parallel()
	r := geotest.Shipped(t)
	kik, kib, mbtk := profile(t, r, "kik"), profile(t, r, "kib"), profile(t, r, "kek-mbtk")
	for _, c := range []struct {
		name     string
		profile  *zone.Profile
		section  string
		key      string
		ref      string
		low, top float64
	}{
		{"KIK holds its container port", kik, "ports", "cargo=container nearest-1", "ports/kkt", 0, 0},
		{"Maloy loads palm oil next door", mbtk, "ports", "cargo=cpo nearest-1", "ports/maloy", 1000, 1200},
		{"KIK is close to the land of the capital", kik, "capital", "nearest-1", "ikn/ikn", 300, 400},
		{"KIB is close to the land of the capital", kib, "capital", "nearest-1", "ikn/ikn", 300, 400},
		{"KIK measures as the facts say", kik, "area", "computed", "", 3540.3, 3540.4},
		{"KIB measures as the facts say", kib, "area", "computed", "", 4910.7, 4910.8},
		{"MBTK measures as the facts say", mbtk, "area", "computed", "", 599.7, 599.8},
		{"the law's area stands beside it", mbtk, "area", "stated", "", 557.34, 557.34},
	} {
		i := item(t, c.profile, c.section, c.key)
		if i.Ref != c.ref || i.Value == nil || *i.Value < c.low || *i.Value > c.top {
			t.Errorf("%s: got %s %v, want %s from %g to %g", c.name, i.Ref, deref(i.Value), c.ref, c.low, c.top)
		}
		if i.Value != nil && i.Min != nil && *i.Min > *i.Value || i.Max != nil && *i.Max < *i.Value {
			t.Errorf("%s: the value %v is not between %v and %v", c.name, *i.Value, deref(i.Min), deref(i.Max))
		}
	}
	if i := item(t, kib, "area", "stated"); i.Value != nil {
		t.Errorf("stated area of KIB: got %g, want unknown", *i.Value)
	}
	if i := item(t, kib, "airports", "nearest-1"); i.Ref == "infrastructure/apt-ivd" {
		t.Error("the capital's airport has no scheduled service but is named as if it had")
	}
	for _, s := range kik.Sections {
		if s.Name == "ports" && (s.Filter != "access = 'public'" || len(s.Unlocated) == 0) {
			t.Errorf("ports: got filter %q, unlocated %v, want the filter shown and Kenyamukan named", s.Filter, s.Unlocated)
		}
	}
	c, rows := zone.Rows("en", kik, kib)
	if len(rows) < 100 || len(rows[0].Values) != len(c.Properties) || c.HasGeometry() {
		t.Errorf("rows: got %d of %d values, want a table of all items", len(rows), len(rows[0].Values))
	}
}

func deref(v *float64) any {
	if v == nil {
		return nil
	}
	return *v
}

func TestCompareLinesUpItems(t *testing.T) {
	t.Parallel()
	c, err := zone.Compare(context.Background(), geotest.Shipped(t), "zones", []string{"kik", "kib", "kek-mbtk"}, zone.Options{Parse: parse})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range c.Rows {
		if row.Section == "mills" && row.Key == "within-50000m" {
			for n, cell := range row.Cells {
				if cell == nil || cell.Value == nil {
					t.Errorf("%s has no mills within 50 km", c.Profiles[n].Ref)
				}
			}
			return
		}
	}
	t.Error("there is no row of mills within 50 km")
}

func memory(_ context.Context, c *geo.Collection, features []*geo.Feature) (geo.Reader, error) {
	return geotest.NewReader(&geotest.Layer{Collection: c, Features: features}), nil
}

func TestConnectivityIsACollectionLikeOthers(t *testing.T) {
	t.Parallel()
	inner := geotest.Shipped(t)
	r := zone.Connectivity(inner, memory)
	ctx := context.Background()
	catalogue, err := r.Catalogue(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.IsSortedFunc(catalogue.Collections, func(a, b *geo.Collection) int {
		if a.ID < b.ID {
			return -1
		}
		return 1
	}) {
		t.Error("collections are not in order of id")
	}
	c, err := catalogue.Collection(zone.ConnectivityID)
	if err != nil {
		t.Fatal(err)
	}
	features, _, err := geo.Collect(ctx, r, geo.Query{Collection: zone.ConnectivityID})
	if err != nil {
		t.Fatal(err)
	}
	if want := 3 * (17 + 11 + 7 + 32); len(features) != want || c.Count != int64(want) {
		t.Errorf("got %d features, count %d, want %d", len(features), c.Count, want)
	}
	one, err := geo.FeatureByID(ctx, r, zone.ConnectivityID, "zones--kek-mbtk--ports--maloy")
	if err != nil {
		t.Fatal(err)
	}
	if d, _ := one.Number("distance_m"); math.Abs(d-1100) > 60 {
		t.Errorf("MBTK to Maloy port: got %.0f m, want about 1,100", d)
	}
	opened := inner.Opened.Load()
	if _, err := r.Catalogue(ctx); err != nil || inner.Opened.Load() != opened {
		t.Errorf("unchanged data were measured again (%d queries, %v)", inner.Opened.Load()-opened, err)
	}
	if _, _, err := geo.Collect(ctx, r, geo.Query{Collection: "zones"}); err != nil {
		t.Errorf("another collection: %v", err)
	}
}
