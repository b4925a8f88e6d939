package quality_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"

	"kawasan/geo"
	"kawasan/geo/geotest"
	"kawasan/geo/quality"
)

// ports is a collection of points that name their regency.
func ports() *geo.Collection {
	return (&geo.Collection{ID: "list", GeometryType: "Point", Properties: []geo.Property{
		{Name: "name", Type: geo.String}, {Name: "regency", Type: geo.String}, {Name: "regency_code", Type: geo.String},
	}}).Index()
}

func TestPositionsAreCorrected(t *testing.T) {
	t.Parallel()
	stored := geotest.Shipped(t)
	tests := []struct {
		name     string
		lon, lat float64
		regency  string
		want     string // rule
		fix      string // in the message
	}{
		{"right", 116.83, -1.27, "Kota Balikpapan", "", ""},
		{"swapped", -1.27, 116.83, "", "coordinates-swapped", "swapped"},
		{"lost sign of the longitude", -116.83, -1.27, "", "coordinate-sign", "other sign of the longitude"},
		{"lost decimal point", 116.83, -127, "", "coordinate-digits", "latitude divided by 100"},
		{"lost decimal points", 11683000, -127000, "", "coordinate-digits", "divided"},
		{"lost digit", 11.683, -1.27, "", "coordinate-digits", "longitude multiplied by 10"},
		{"degrees, minutes and seconds run together", 1164722.5, -11030, "", "coordinate-digits", "taken apart"},
		{"metres of UTM 50 S", 480123, 9870123, "", "coordinates-projected", "EPSG:32750"},
		{"nowhere", 3e9, 4e9, "", "coordinate-out-of-range", "no longitude"},
		{"another province of Indonesia", 106.8, -6.2, "", "outside-province", "East Kalimantan"},
		{"another country", 2.35, 48.86, "", "outside-province", "East Kalimantan"},
		{"lost sign that only the regency shows", 117.47, -0.13, "Kota Bontang", "outside-regency", "other sign of the latitude"},
		{"a digit that only the regency shows", 115.83, -1.27, "Balikpapan", "outside-regency", "one degree larger"},
		{"of several corrections that of the regency", 116.83, -127, "Kota Balikpapan", "coordinate-digits", "inside the province it would be with the latitude divided by 100"},
		{"by the code of the regency", 117.47, -0.13, "", "outside-regency", "other sign of the latitude"},
		{"regency that nobody knows", 117.47, -0.13, "Atlantis", "", ""},
		{"off the coast", 117.62, 0.13, "Kota Bontang", "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			c := ports()
			values := []any{"P", nil, nil}
			if test.regency != "" {
				values[1] = test.regency
			}
			if strings.Contains(test.name, "code") {
				values[2] = "64.74"
			}
			j := quality.NewJudge(quality.Options{Collection: c, Stored: stored, Alone: true, Today: 20780})
			defer j.Close()
			f := &geo.Feature{ID: "p", Collection: c, Values: values, WKB: wkb.MustMarshal(orb.Point{test.lon, test.lat})}
			if _, err := j.Feature(context.Background(), f, 1); err != nil {
				t.Fatal(err)
			}
			var got, message string
			for _, g := range j.Report().Groups {
				if strings.Contains(g.Rule.Name, "coordinate") || strings.Contains(g.Rule.Name, "outside") {
					got, message = g.Rule.Name, g.Issues[0].Message.EN
				}
			}
			if got != test.want || !strings.Contains(message, test.fix) {
				t.Errorf("got %q (%s), want %q (%s)", got, message, test.want, test.fix)
			}
		})
	}
}

// TestRegionsOfTheShippedData checks the codes of the program against the shipped regencies.
func TestRegionCodesAreThoseShipped(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile(filepath.Join("..", "..", "geodata", "regencies.geojson"))
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Features []struct{ Properties struct{ Name, Code string } }
	}
	if err := json.Unmarshal(raw, &file); err != nil {
		t.Fatal(err)
	}
	for _, f := range file.Features {
		for _, test := range []struct {
			code  string
			wrong bool
		}{{f.Properties.Code, false}, {f.Properties.Code + ".01.2001", false}, {"64.99", true}, {"6x", true}} {
			c := ports()
			j := quality.NewJudge(quality.Options{Collection: c, Alone: true, Today: 20780})
			defer j.Close()
			g := wkb.MustMarshal(orb.Point{116.83, -1.27})
			if _, err := j.Feature(t.Context(), &geo.Feature{ID: "p", Collection: c, Values: []any{"P", f.Properties.Name, test.code}, WKB: g}, 1); err != nil {
				t.Fatal(err)
			}
			found := false
			for _, g := range j.Report().Groups {
				found = found || g.Rule.Name == "region-code-unknown"
			}
			if found != test.wrong {
				t.Errorf("%s of %s: found wrong %v, want %v", test.code, f.Properties.Name, found, test.wrong)
			}
		}
	}
}
