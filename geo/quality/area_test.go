package quality_test

import (
	"strings"
	"testing"

	"github.com/paulmach/orb/encoding/wkb"

	"kawasan/geo"
	"kawasan/geo/quality"
)

func TestStatedAreas(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name        string
		property    geo.Property
		value       any
		uncertainty any
		kind        any
		want        string // in the message; "" for none
	}{
		{"right", geo.Property{Name: "stated_area_ha", Type: geo.Number}, 100.0, nil, nil, ""},
		{"a percent off", geo.Property{Name: "stated_area_ha", Type: geo.Number}, 101.0, nil, nil, ""},
		{"wrong", geo.Property{Name: "stated_area_ha", Type: geo.Number}, 150.0, nil, nil, "says 150 ha"},
		{"wrong, as text", geo.Property{Name: "luasha", Type: geo.String}, "150", nil, nil, "says 150 ha"},
		{"within the uncertainty", geo.Property{Name: "stated_area_ha", Type: geo.Number}, 110.0, 50.0, nil, ""},
		{"beyond the uncertainty", geo.Property{Name: "stated_area_ha", Type: geo.Number}, 150.0, 50.0, nil, "says 150 ha"},
		{"square metres", geo.Property{Name: "luas", Type: geo.Integer}, int64(1_000_000), nil, nil, "in m2"},
		{"square kilometres", geo.Property{Name: "luas", Type: geo.Number}, 1.0, nil, nil, "in km2"},
		{"square metres by name", geo.Property{Name: "luas_m2", Type: geo.Number}, 1e6, nil, nil, ""},
		{"an envelope", geo.Property{Name: "stated_area_ha", Type: geo.Number}, 15.0, nil, "outer_envelope", ""},
		{"no number", geo.Property{Name: "luas", Type: geo.String}, "luas sekali", nil, nil, ""},
		{"another area", geo.Property{Name: "planted_area_ha", Type: geo.Number}, 15.0, nil, nil, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			c := (&geo.Collection{ID: "c", GeometryType: "Polygon", Properties: []geo.Property{
				test.property, {Name: "position_uncertainty_m", Type: geo.Number}, {Name: "boundary_kind", Type: geo.String},
			}}).Index()
			j := quality.NewJudge(quality.Options{Collection: c, Alone: true, Today: 20780})
			defer j.Close()
			f := &geo.Feature{ID: "a", Collection: c, Values: []any{test.value, test.uncertainty, test.kind}, WKB: wkb.MustMarshal(box(0, 0, 1000, 1000))}
			if _, err := j.Feature(t.Context(), f, 1); err != nil {
				t.Fatal(err)
			}
			got := ""
			for _, g := range j.Report().Groups {
				if g.Rule.Name == "area-differs" {
					got = g.Issues[0].Message.EN
				}
			}
			if (test.want == "") != (got == "") || !strings.Contains(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
