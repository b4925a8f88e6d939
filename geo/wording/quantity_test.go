package wording_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"kawasan/geo/wording"
)

// What is shown holds all that is possible, says no more than is known, and never
// turns something into nothing.
func TestRoundedHoldsWhatIsPossible(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.Float64Range(0.001, 1e7).Draw(t, "value")
		below, above := rapid.Float64Range(0, value).Draw(t, "below"), rapid.Float64Range(0, 3*value).Draw(t, "above")
		unit := rapid.SampledFrom([]string{"m", "ha", "", "MW"}).Draw(t, "unit")
		least, most := value-below, value+above
		r := wording.Quantity{Value: value, Least: &least, Most: &most, Unit: unit}.Rounded()
		if *r.Least > least+1e-5*value || *r.Most < most-1e-5*value || *r.Least < 0 {
			t.Errorf("%g in %g to %g is shown as %g to %g", value, least, most, *r.Least, *r.Most)
		}
		if u := max(below, above); math.Abs(r.Value-value) > max(u, 1e-6*value) || r.Value == 0 {
			t.Errorf("%g known to %g is shown as %g", value, u, r.Value)
		}
	})
}

func TestSaid(t *testing.T) {
	t.Parallel()
	number := func(v float64) *float64 { return &v }
	tests := []struct {
		name           string
		q              wording.Quantity
		en, enRange    string
		id, indonesian string
	}{
		{"less known than the value", wording.Quantity{4910.7, number(0), number(17971.2), "ha"}, "5,000 ha", "0 ha – 20,000 ha", "5.000 ha", "0 ha – 20.000 ha"},
		{"known to a tenth", wording.Quantity{27180, number(24000), number(31000), "ha"}, "27,000 ha", "24,000 ha – 31,000 ha", "27.000 ha", "24.000 ha – 31.000 ha"},
		{"an order of magnitude", wording.Quantity{27180, number(0), number(70100), "ha"}, "30,000 ha", "0 ha – 80,000 ha", "30.000 ha", "0 ha – 80.000 ha"},
		{"stated", wording.Quantity{557.34, nil, nil, "ha"}, "557.34 ha", "", "557,34 ha", ""},
		{"stated, with what arithmetic adds", wording.Quantity{0.1 + 0.2, nil, nil, "ha"}, "0.3 ha", "", "0,3 ha", ""},
		{"exact", wording.Quantity{7, number(7), number(7), ""}, "7", "", "7", ""},
		{"open", wording.Quantity{4234, number(4100), nil, "m"}, "4.2 km", "at least 4.1 km; at most: not known", "4,2 km", "paling sedikit 4,1 km; paling banyak: tidak diketahui"},
		{"metres", wording.Quantity{342, number(301), number(383), "m"}, "340 m", "300 m – 390 m", "340 m", "300 m – 390 m"},
		{"other units", wording.Quantity{1234.56, nil, nil, "MW"}, "1,234.56 MW", "", "1.234,56 MW", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got := test.q.Said()
			if got.Value.In("en") != test.en || got.Range.In("en") != test.enRange || got.Value.In("id") != test.id || got.Range.In("id") != test.indonesian {
				t.Errorf("got %+v, want %q (%q), %q (%q)", got, test.en, test.enRange, test.id, test.indonesian)
			}
		})
	}
}

func TestFigure(t *testing.T) {
	t.Parallel()
	tests := []struct {
		v        float64
		decimals int
		en, id   string
	}{
		{0, 0, "0", "0"},
		{-0.001, 2, "0", "0"},
		{999, 0, "999", "999"},
		{1000, 0, "1,000", "1.000"},
		{1234.5, 1, "1,234.5", "1.234,5"},
		{1234.5, 2, "1,234.5", "1.234,5"},
		{-1234567.891, 2, "-1,234,567.89", "-1.234.567,89"},
		{6189.82, -1, "6,189.82", "6.189,82"},
		{100, 2, "100", "100"},
		{1e9, 0, "1,000,000,000", "1.000.000.000"},
		{0.05, 1, "0.1", "0,1"},
	}
	for _, test := range tests {
		if en, id := wording.Figure(test.v, test.decimals, "en"), wording.Figure(test.v, test.decimals, "id"); en != test.en || id != test.id {
			t.Errorf("%v with %d decimals: got %q and %q, want %q and %q", test.v, test.decimals, en, id, test.en, test.id)
		}
	}
	if got := wording.Measured(2023, "", "en"); got != "2023" {
		t.Errorf("a year is written %q", got)
	}
	for share, want := range map[float64]string{0: "0 %", 0.001: "< 1 %", 0.456: "46 %", 0.999: "> 99 %", 1: "100 %"} {
		if got := wording.Share(share).In("en"); got != want {
			t.Errorf("the share %v is written %q, want %q", share, got, want)
		}
	}
}
