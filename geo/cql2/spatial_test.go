package cql2_test

import (
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
	"github.com/paulmach/orb/encoding/wkt"
	"github.com/peterstace/simplefeatures/geom"
	"pgregory.net/rapid"

	"kawasan/geo"
	"kawasan/geo/cql2"
	"kawasan/geo/geotest"
)

// The shortcuts by boxes and edges never change the answer of the exact predicate.
func TestShortcutsAgreeWithRelate(t *testing.T) {
	t.Parallel()
	exact := map[string]func(a, b geom.Geometry) (bool, error){
		"S_INTERSECTS": func(a, b geom.Geometry) (bool, error) { d, err := geom.Disjoint(a, b); return !d, err },
		"S_DISJOINT":   geom.Disjoint, "S_WITHIN": geom.Within, "S_CONTAINS": geom.Contains, "S_EQUALS": geom.Equals,
		"S_TOUCHES": geom.Touches, "S_OVERLAPS": geom.Overlaps, "S_CROSSES": geom.Crosses,
	}
	c := geotest.NewLayer("any", "Geometry").Collection
	rapid.Check(t, func(t *rapid.T) {
		literal, stored := drawPlane(t, "literal"), drawPlane(t, "stored")
		a, b := decode(t, stored), decode(t, literal)
		if a.Validate() != nil || b.Validate() != nil {
			t.Skip("not valid")
		}
		f := &geo.Feature{ID: "x", Collection: c, WKB: wkb.MustMarshal(stored)}
		for name, holds := range exact {
			for _, swap := range []bool{false, true} {
				text, x, y := name+"(geometry, "+wkt.MarshalString(literal)+")", a, b
				if swap {
					text, x, y = name+"("+wkt.MarshalString(literal)+", geometry)", b, a
				}
				want, err := holds(x, y)
				if err != nil {
					t.Fatal(err)
				}
				e, err := cql2.ParseText(text)
				if err != nil {
					t.Fatal(err)
				}
				filter, err := cql2.Check(e, c, cql2.Options{})
				if err != nil {
					t.Fatal(err)
				}
				if got, _ := filter.Match(f); got != want {
					t.Fatalf("%s on %s: got %v, want %v", text, wkt.MarshalString(stored), got, want)
				}
			}
		}
	})
}

func decode(t *rapid.T, g orb.Geometry) geom.Geometry {
	plane, err := geom.UnmarshalWKB(wkb.MustMarshal(g), geom.NoValidate{})
	if err != nil {
		t.Fatal(err)
	}
	return plane
}

// drawPlane draws a geometry on a small grid, so that edges and corners often meet.
func drawPlane(t *rapid.T, name string) orb.Geometry {
	n := rapid.IntRange(0, 8)
	point := func() orb.Point { return orb.Point{float64(n.Draw(t, name)), float64(n.Draw(t, name))} }
	switch rapid.IntRange(0, 5).Draw(t, name) {
	case 0:
		return point()
	case 1:
		return orb.LineString{point(), point(), point()}
	case 2:
		return square(float64(n.Draw(t, name)), float64(n.Draw(t, name)), float64(1+n.Draw(t, name)%4))
	case 3:
		return orb.Polygon{square(0, 0, 8)[0], square(1+float64(n.Draw(t, name)%3), 2, 3)[0]}
	case 4:
		return orb.MultiPolygon{square(0, 0, 1+float64(n.Draw(t, name)%3)), square(5, float64(n.Draw(t, name)), 2)}
	}
	p, q, r := point(), point(), point()
	return orb.Polygon{{p, q, r, p}}
}

// Geometries that break a rule, or bytes that are no geometry, neither panic nor stop the rest.
func TestBrokenGeometries(t *testing.T) {
	t.Parallel()
	c := geotest.NewLayer("any", "Geometry").Collection
	bow := wkb.MustMarshal(orb.Polygon{{{0, 0}, {4, 4}, {4, 0}, {0, 4}, {0, 0}}})
	spike := wkb.MustMarshal(orb.Polygon{{{0, 0}, {4, 0}, {0, 0}, {0, 0}}})
	open := wkb.MustMarshal(orb.Polygon{{{0, 0}, {4, 0}, {4, 4}}})
	for name, data := range map[string][]byte{
		"bow tie": bow, "spike": spike, "open": open, "cut": bow[:40], "empty": {}, "one byte": {1}, "huge count": {1, 2, 0, 0, 0, 255, 255, 255, 127},
		"empty point": wkb.MustMarshal(orb.MultiPoint{}), "curve": {1, 8, 0, 0, 0, 0, 0, 0, 0},
	} {
		f := &geo.Feature{ID: "x", Collection: c, WKB: data}
		for _, text := range []string{
			"S_INTERSECTS(geometry, POLYGON((1 0, 2 0, 2 5, 1 0)))", "S_WITHIN(geometry, BBOX(1,1,2,2))", "S_EQUALS(geometry, BBOX(0,0,4,4))", "S_CROSSES(geometry, LINESTRING(0 0, 4 4))",
			"S_OVERLAPS(geometry, BBOX(1,1,2,2))", "S_TOUCHES(geometry, POINT(0 0))", "S_CONTAINS(geometry, POINT(1 1))", "distance_m(geometry, POINT(9 9)) < 1", "area_ha(geometry) > 0",
		} {
			if _, err := check(t, c, text).Match(f); err != nil {
				t.Errorf("%s: %s: %v", name, text, err)
			}
		}
	}
	unreadable := &geo.Feature{ID: "x", Collection: c, WKB: bow[:40]}
	for _, text := range []string{"S_INTERSECTS(geometry, POINT(0 0))", "NOT S_INTERSECTS(geometry, POINT(0 0))"} {
		if ok, _ := check(t, c, text).Match(unreadable); ok {
			t.Errorf("%s is true for bytes that are no geometry, want unknown", text)
		}
	}
}
