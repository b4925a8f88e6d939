package tile

import (
	"fmt"
	"testing"

	"github.com/paulmach/orb"

	"kawasan/geo"
	"kawasan/geo/geotest"
)

// TestFringeIsOfWhatAFeatureIs: the same feature has its boundary made ready once for each
// zoom, and anew once its geometry, kind or uncertainty is another.
func TestFringeIsOfWhatAFeatureIs(t *testing.T) {
	t.Parallel()
	var c fringeCache
	feature := func(lon, u float64, kind string) *geo.Feature {
		l := geotest.NewLayer("sketchy", "Polygon", geotest.Basis()...)
		return l.Add("a", orb.Polygon{{{lon, -1}, {lon + 0.3, -1}, {lon + 0.3, -0.7}, {lon, -1}}}, geotest.Values{"boundary_kind": kind, "position_uncertainty_m": u})
	}
	made := map[string]any{}
	for _, s := range []struct {
		name, like string
		f          *geo.Feature
		zoom       int
	}{
		{"first", "", feature(116, 3000, "indicative"), 9},
		{"again", "first", feature(116, 3000, "indicative"), 9},
		{"deeper", "", feature(116, 3000, "indicative"), 10},
		{"the first zoom again", "first", feature(116, 3000, "indicative"), 9},
		{"moved", "", feature(117, 3000, "indicative"), 9},
		{"less sure", "", feature(117, 4000, "indicative"), 9},
		{"an envelope", "", feature(117, 4000, "outer_envelope"), 9},
	} {
		fringe, err := c.of(s.f, s.zoom)
		if err != nil || fringe == nil {
			t.Fatalf("%s: %v, %v", s.name, fringe, err)
		}
		for other, f := range made {
			if same := f == any(fringe); same != (other == s.like) && !(s.like != "" && made[s.like] == f) {
				t.Errorf("%s has the fringe of %s: %v", s.name, other, same)
			}
		}
		made[s.name] = fringe
	}
}

func TestFringesAreBounded(t *testing.T) {
	t.Parallel()
	var c fringeCache
	for i := range 400 {
		c.put(fringeKey{"sketchy", fmt.Sprint(i), 9}, &heldFringe{bytes: fringeBytes / 100})
		c.get(fringeKey{"sketchy", "0", 9})
		total := 0
		for _, h := range c.known {
			total += h.bytes
		}
		if total != c.bytes || total > fringeBytes {
			t.Fatalf("%d bytes are held, %d counted", total, c.bytes)
		}
	}
	if c.get(fringeKey{"sketchy", "0", 9}) == nil {
		t.Error("what is used all the time has gone")
	}
}
