package proximity_test

import (
	"math"
	"testing"

	"github.com/paulmach/orb"

	"kawasan/geo"
	"kawasan/geo/proximity"
)

var home = orb.Bound{Min: orb.Point{113.8, -2.5}, Max: orb.Point{119, 2.6}}

func TestParseDistance(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]float64{"50km": 50_000, "500 m": 500, "2.5nm": 4630, "0m": 0, "1e3m": 1000, " 3KM ": 3000} {
		if got, err := proximity.ParseDistance(text); err != nil || got != want {
			t.Errorf("ParseDistance(%q): got %g, %v, want %g", text, got, err, want)
		}
	}
	for _, text := range []string{"", "50", "km", "-1km", "1e999m", "NaNm", "Infkm", "50mi", "1,5km", "0x10m", "1_0m", "21000km", "--1m", "1e-m"} {
		if got, err := proximity.ParseDistance(text); !geo.IsCode(err, geo.Invalid) || geo.AsError(err).Fix == "" {
			t.Errorf("ParseDistance(%q): got %g, %v, want a refusal with its remedy", text, got, err)
		}
	}
}

func TestParseSources(t *testing.T) {
	t.Parallel()
	all, err := proximity.ParseSources("zones/kik,zones/12/HGU/2010;116.79,-1.17;towns", home)
	if err != nil || len(all) != 4 || all[1].String() != "zones/12/HGU/2010" || all[2].Geometry != (orb.Point{116.79, -1.17}) || all[3].String() != "towns" {
		t.Errorf("got %+v, %v, want two zones, a point and a collection", all, err)
	}
	for _, text := range []string{"", "zones/", "/kik", "-1.17,116.79", "1,2,3", "200,0", "116.79,", "1e999,2", "zones/\xff"} {
		if got, err := proximity.ParseSources(text, home); !geo.IsCode(err, geo.Invalid) {
			t.Errorf("ParseSources(%q): got %+v, %v, want an error of code invalid", text, got, err)
		}
	}
}

func FuzzParseDistance(f *testing.F) {
	for _, seed := range []string{"50km", "1e999m", "-1nm", "1,5 km", ""} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := proximity.ParseDistance(text)
		if err == nil && (math.IsNaN(got) || math.Signbit(got) || got > proximity.MaxDistance) {
			t.Errorf("ParseDistance(%q) gave %g", text, got)
		}
		if err != nil && !geo.IsCode(err, geo.Invalid) {
			t.Errorf("ParseDistance(%q): %v is not an error of code invalid", text, err)
		}
	})
}

func FuzzParseSources(f *testing.F) {
	for _, seed := range []string{"zones/kik", "116.79,-1.17", "zones;ports/kkt,ikn", "-1.17,116.79"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		all, err := proximity.ParseSources(text, home)
		if err != nil && !geo.IsCode(err, geo.Invalid) && !geo.IsCode(err, geo.TooLarge) {
			t.Errorf("ParseSources(%q): %v", text, err)
		}
		for _, s := range all {
			if p, ok := s.Geometry.(orb.Point); ok && !(math.Abs(p[0]) <= 180 && math.Abs(p[1]) <= 90) {
				t.Errorf("ParseSources(%q) gave %v", text, p)
			}
		}
	})
}
