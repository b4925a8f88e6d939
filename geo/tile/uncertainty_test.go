package tile_test

import (
	"bytes"
	"fmt"
	"math"
	"syscall"
	"testing"
	"time"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"
	"github.com/paulmach/orb/planar"

	"kawasan/geo"
	"kawasan/geo/geodesy"
	"kawasan/geo/geotest"
	"kawasan/geo/tile"
)

// sketchy is a collection with a square of uncertain boundary, an envelope, and a legal one.
func sketchy() *geotest.Layer {
	l := geotest.NewLayer("sketchy", "Polygon", geotest.Basis()...)
	square := func(lon float64) orb.Polygon {
		return orb.Polygon{{{lon, -1}, {lon + 0.3, -1}, {lon + 0.3, -0.7}, {lon, -0.7}, {lon, -1}}}
	}
	l.Add("a", square(116), geotest.Values{"boundary_kind": "indicative", "position_uncertainty_m": 3000.0})
	l.Add("b", square(117), geotest.Values{"boundary_kind": "outer_envelope", "position_uncertainty_m": 2000.0})
	l.Add("c", square(118), geotest.Values{"boundary_kind": "legal", "position_uncertainty_m": 3000.0})
	l.Add("d", square(119), geotest.Values{"boundary_kind": "indicative"})
	return l
}

// around gives, for each step, the areas that a tile shows around a feature, in lon, lat.
func around(t *testing.T, m *tile.Maker, a tile.Address, collection, feature string) []orb.MultiPolygon {
	t.Helper()
	made, err := m.Make(t.Context(), tile.Request{Address: a, Collections: []string{collection}, Uncertainty: true})
	if err != nil {
		t.Fatal(err)
	}
	layer := decode(t, made.Data)[tile.UncertaintyLayer(collection)]
	if layer == nil {
		return nil
	}
	layer.ProjectToWGS84(maptile.New(uint32(a.Col), uint32(a.Row), maptile.Zoom(a.Zoom)))
	var steps []orb.MultiPolygon
	for _, f := range layer.Features {
		if f.Properties["feature"] != feature {
			continue
		}
		switch g := f.Geometry.(type) {
		case orb.Polygon:
			steps = append(steps, orb.MultiPolygon{g})
		case orb.MultiPolygon:
			steps = append(steps, g)
		}
	}
	return steps
}

// TestUncertaintyIsToScale takes places across the boundary: at each zoom those within
// the uncertainty are in the area, and those beyond it are not.
func TestUncertaintyIsToScale(t *testing.T) {
	t.Parallel()
	m := tile.NewMaker(geotest.NewReader(sketchy()), tile.Options{})
	for zoom, steps := range map[int]int{5: 0, 7: 2, 8: 4, 11: 8, 14: 8} {
		edge := orb.Point{116.15, -1}                     // in the middle of the southern side
		cells := math.Ldexp(40075016/512.0/2, -zoom) + 75 // half a pixel, and half a step of the narrowest
		for _, c := range []struct {
			name    string
			metres  float64 // south of the edge
			outside bool
		}{
			{"on the edge", 0, false}, {"2.8 km out", 2850 - cells, false}, {"2.8 km in", -2850 + cells, false}, {"beyond", 3150 + cells, true}, {"within", -3150 - cells, true},
		} {
			place := geodesy.Direct(edge, 180, c.metres)
			found := around(t, m, at(place, zoom), "sketchy", "a")
			if steps == 0 {
				if len(found) > 0 {
					t.Errorf("zoom %d: a band of less than two pixels is drawn", zoom)
				}
				continue
			}
			inside := 0
			for _, area := range found {
				if planar.MultiPolygonContains(area, place) {
					inside++
				}
			}
			if want := !c.outside; inside > 0 != want {
				t.Errorf("zoom %d, %s: %d of %d areas hold the place", zoom, c.name, inside, len(found))
			}
			if c.metres == 0 && inside != steps {
				t.Errorf("zoom %d: %d steps on the edge, want %d", zoom, inside, steps)
			}
		}
	}
}

func TestUncertaintyOfAnEnvelopeIsWithin(t *testing.T) {
	t.Parallel()
	m := tile.NewMaker(geotest.NewReader(sketchy()), tile.Options{})
	edge := orb.Point{117.15, -1}
	for metres, want := range map[float64]bool{-1500: true, 1500: false, -2500: false} {
		p := geodesy.Direct(edge, 180, metres)
		held := false
		for _, area := range around(t, m, at(p, 11), "sketchy", "b") {
			held = held || planar.MultiPolygonContains(area, p)
		}
		if held != want {
			t.Errorf("%g m outside of the envelope: held %v, want %v", metres, held, want)
		}
	}
}

// Tiles without it are as they were; firm boundaries and unknown uncertainties have none; a
// filter holds for it too.
func TestUncertaintyOnlyWhereAskedFor(t *testing.T) {
	t.Parallel()
	reader := geotest.NewReader(sketchy())
	m := tile.NewMaker(reader, tile.Options{})
	request := tile.Request{Address: at(orb.Point{116.15, -0.9}, 7), Collections: []string{"sketchy"}}
	plain, err := m.Make(t.Context(), request)
	if err != nil {
		t.Fatal(err)
	}
	if decode(t, plain.Data)["sketchy_uncertainty"] != nil {
		t.Error("a tile shows uncertainty unasked")
	}
	request.Uncertainty = true
	with, err := m.Make(t.Context(), request)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(with.Data, plain.Data) || len(with.Data) == len(plain.Data) {
		t.Error("the uncertainty is not added behind the features")
	}
	for _, f := range decode(t, with.Data)["sketchy_uncertainty"].Features {
		if f.Properties["feature"] != "a" && f.Properties["feature"] != "b" {
			t.Errorf("%v has an area of uncertainty", f.Properties["feature"])
		}
	}
	request.Filters = map[string]geo.Filter{"sketchy": geotest.Where("b", func(f *geo.Feature) bool { return f.ID == "b" })}
	filtered, err := m.Make(t.Context(), request)
	if err != nil {
		t.Fatal(err)
	}
	if layer := decode(t, filtered.Data)["sketchy_uncertainty"]; layer != nil {
		for _, f := range layer.Features {
			if f.Properties["feature"] != "b" {
				t.Errorf("the filter leaves %v", f.Properties["feature"])
			}
		}
	}
}

// Where features leave no room, the uncertainty goes first.
func TestUncertaintyTakesWhatRoomIsLeft(t *testing.T) {
	t.Parallel()
	m := tile.NewMaker(geotest.NewReader(sketchy()), tile.Options{MaxTileBytes: 700})
	request := tile.Request{Address: at(orb.Point{116.15, -0.9}, 7), Collections: []string{"sketchy"}, Uncertainty: true}
	made, err := m.Make(t.Context(), request)
	if err != nil {
		t.Fatal(err)
	}
	if len(made.Data) > 700 || made.Dropped > 0 {
		t.Errorf("%d bytes, %d features dropped", len(made.Data), made.Dropped)
	}
}

// BenchmarkUncertainty makes tiles where the shipped boundaries are densest, in processor
// time: without uncertainty, with it for the first time, and with boundaries that another tile has made ready.
func BenchmarkUncertainty(b *testing.B) {
	reader := geotest.Shipped(b)
	for _, zoom := range []int{6, 7, 8, 9, 10, 11, 12, 14} {
		for _, with := range []string{"without", "first", "again"} {
			b.Run(fmt.Sprintf("z%d/%s", zoom, with), func(b *testing.B) {
				request := tile.Request{Address: at(orb.Point{116.8, -1.1}, zoom), Collections: []string{"zones", "ikn", "regencies"}}
				ready := func() *tile.Maker {
					m := tile.NewMaker(reader, tile.Options{CacheBytes: -1})
					for range 2 { // levels are made beside the first
						if _, err := m.Make(b.Context(), request); err != nil {
							b.Fatal(err)
						}
					}
					return m
				}
				m, asked := ready(), request
				asked.Uncertainty = with != "without"
				var spent time.Duration
				for b.Loop() {
					if with == "first" {
						m = ready()
					}
					before := processorTime(b)
					if _, err := m.Make(b.Context(), asked); err != nil {
						b.Fatal(err)
					}
					spent += processorTime(b) - before
				}
				b.ReportMetric(float64(spent.Microseconds())/1000/float64(b.N), "cpu-ms/tile")
			})
		}
	}
}

// processorTime is what this process has used.
func processorTime(t testing.TB) time.Duration {
	t.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		t.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
