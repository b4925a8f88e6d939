package proximity_test

import (
	"math"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"kawasan/geo"
	"kawasan/geo/geotest"
	"kawasan/geo/proximity"
)

// crossing is a place with two neighbours known to metres, one east and one south of it, and one that is there twice.
func crossing() *geotest.Reader {
	places := geotest.NewLayer("places", "Point", geotest.Basis()...)
	places.Add("here", orb.Point{116, 0}, geotest.Values{"name": "Here", "boundary_kind": "surveyed", "position_uncertainty_m": 10.0})
	ports := geotest.NewLayer("ports", "Point", geotest.Basis()...)
	ports.Add("east", orb.Point{116.01, 0}, geotest.Values{"name": "East", "boundary_kind": "surveyed", "position_uncertainty_m": 100.0})
	ports.Add("south", orb.Point{116, -0.02}, geotest.Values{"name": "South", "boundary_kind": "surveyed", "position_uncertainty_m": 5000.0})
	ports.Add("same", orb.Point{116, 0}, geotest.Values{"name": "Same"})
	return geotest.NewReader(places, ports)
}

// What an answer says of each pair stands in the attributes of its features, rounded to what they are written in.
func TestAnswersSayWhatWasMeasured(t *testing.T) {
	t.Parallel()
	a := nearest(t, crossing(), proximity.NearestRequest{Question: proximity.Question{From: from("places/here"), To: to("ports", nil)}, K: 3, MaxDistance: 3000})
	if len(a.Features) != 3 {
		t.Fatalf("got %d features, want 3", len(a.Features))
	}
	for i, want := range []geotest.Values{
		{
			"rank": int64(1), "from": "places/here", "from_name": "Here", "to": "ports/same", "to_name": "Same", "distance_m": 0.0,
			"distance_min_m": 0.0, "distance_max_m": nil, "bearing_deg": nil, "certainty": "depends_on_boundary", "margin_m": nil,
		},
		{ // of the equator, a degree is 111,319.491 m
			"rank": int64(2), "to": "ports/east", "distance_m": 1113.195, "distance_min_m": 1003.195, "distance_max_m": 1223.195,
			"bearing_deg": 90.0, "certainty": "certain", "margin_m": 1776.805,
		},
		{ // of a meridian at the equator, 110,574.276 m
			"rank": int64(3), "to": "ports/south", "distance_m": 2211.486, "distance_min_m": 0.0, "distance_max_m": 7221.486,
			"bearing_deg": 180.0, "certainty": "depends_on_boundary", "margin_m": -4221.486,
		},
	} {
		f := a.Features[i]
		for name, v := range want {
			got := f.Value(name)
			if x, ok := v.(float64); ok {
				if y, ok := got.(float64); ok && math.Abs(x-y) < 2e-3 && y == math.Round(y*1000)/1000 {
					continue
				}
			}
			if got != v {
				t.Errorf("%v: %s is %v, want %v", want["to"], name, got, v)
			}
		}
	}
	for i, want := range [][]string{{"ports/east", "ports/south"}, {"ports/same", "ports/south"}, {"ports/same", "ports/east"}} {
		got, _ := a.Features[i].Value("not_told_apart_from").([]string)
		if len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
			t.Errorf("%s is not told apart from %v, want %v", a.Features[i].Value("to"), got, want)
		}
	}
}

// Positions that are out of range are refused, and those that are in it, or at home, only the other way round.
func TestCheckPoint(t *testing.T) {
	t.Parallel()
	nowhere := orb.Bound{Min: orb.Point{1, 1}, Max: orb.Point{-1, -1}}
	for _, c := range []struct {
		p    orb.Point
		home orb.Bound
		says string
	}{
		{orb.Point{116.8, -1.2}, home, ""},
		{orb.Point{180, 90}, home, ""},
		{orb.Point{-180, -90}, home, ""},
		{orb.Point{10, 50}, home, ""}, // not at home either way
		{orb.Point{-1.2, 116.8}, home, "looks like latitude,longitude"},
		{orb.Point{2, 114}, home, "looks like latitude,longitude"},
		{orb.Point{50, 100}, nowhere, "looks like latitude,longitude"},
		{orb.Point{-90, -180}, nowhere, "looks like latitude,longitude"},
		{orb.Point{90, 180}, nowhere, "looks like latitude,longitude"},
		{orb.Point{1, 50}, nowhere, ""},
		{orb.Point{181, 0}, nowhere, "outside the range"},
		{orb.Point{-180.1, 10}, nowhere, "outside the range"},
		{orb.Point{100, 91}, nowhere, "outside the range"},
		{orb.Point{0, 181}, nowhere, "outside the range"},
		{orb.Point{91, -181}, nowhere, "outside the range"},
		{orb.Point{91, 100}, nowhere, "outside the range"},
		{orb.Point{math.NaN(), 0}, nowhere, "outside the range"},
	} {
		err := proximity.CheckPoint(c.p, c.home)
		if c.says == "" {
			if err != nil {
				t.Errorf("%v: %v", c.p, err)
			}
			continue
		}
		if !geo.IsCode(err, geo.Invalid) || geo.AsError(err).Fix == "" || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%v: got %v, want %q", c.p, err, c.says)
		}
	}
}
