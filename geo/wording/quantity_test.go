package wording_test

import (
	"fmt"
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
		{"nothing known below", wording.Quantity{4234, nil, number(5100), "m"}, "4.2 km", "at most 5.1 km; at least: not known", "4,2 km", "paling banyak 5,1 km; paling sedikit: tidak diketahui"},
		{"a count for sure", wording.Quantity{3, number(3), nil, ""}, "3", "for sure 3; at most: not known", "3", "pasti 3; paling banyak: tidak diketahui"},
		{"a count that may be more", wording.Quantity{3, number(3), number(5), ""}, "3", "3 – 5", "3", "3 – 5"},
		{"a stated count", wording.Quantity{3, nil, nil, ""}, "3", "", "3", ""},
		{"a stated length", wording.Quantity{4234, nil, nil, "m"}, "4.2 km", "", "4,2 km", ""},
		{"an exact length", wording.Quantity{4234, number(4234), number(4234), "m"}, "4.2 km", "", "4,2 km", ""},
		{"ends that are written alike", wording.Quantity{7, number(6.9999999999), number(7.0000000001), "ha"}, "7 ha", "", "7 ha", ""},
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

// Lengths and areas change how they are written where rounding reaches the next form.
func TestMeasured(t *testing.T) {
	t.Parallel()
	tests := []struct {
		v      float64
		unit   string
		en, id string
	}{
		{0, "m", "0 m", "0 m"},
		{999.4, "m", "999 m", "999 m"},
		{999.5, "m", "1 km", "1 km"},
		{4249, "m", "4.2 km", "4,2 km"},
		{99_949, "m", "99.9 km", "99,9 km"},
		{99_950, "m", "100 km", "100 km"},
		{1_234_567, "m", "1,235 km", "1.235 km"},
		{9.876, "ha", "9.88 ha", "9,88 ha"},
		{-9.876, "ha", "-9.88 ha", "-9,88 ha"},
		{10, "ha", "10 ha", "10 ha"},
		{10.4, "ha", "10 ha", "10 ha"},
		{1234.5, "ha", "1,235 ha", "1.235 ha"},
		{1999, "", "1999", "1999"},
		{-1999, "", "-1999", "-1999"},
		{9999.5, "", "9,999.5", "9.999,5"},
		{10_000, "", "10,000", "10.000"},
		{1.2345, "", "1.23", "1,23"},
		{1234.567, "MW", "1,234.57 MW", "1.234,57 MW"},
	}
	for _, test := range tests {
		a := wording.Amount{Value: test.v, Unit: test.unit}
		if en, id := a.In("en"), a.In("id"); en != test.en || id != test.id {
			t.Errorf("%v %s: got %q and %q, want %q and %q", test.v, test.unit, en, id, test.en, test.id)
		}
	}
	for n, want := range map[wording.Spoken]string{wording.Count(12345): "12.345", wording.Exact(0.1234567): "0,1234567", wording.Number{Value: 1234.567, Decimals: 1}: "1.234,6"} {
		if got := n.In("id"); got != want {
			t.Errorf("%v: got %q, want %q", n, got, want)
		}
	}
}

// Nothing is left of a value that is less than it may be off, and only of that.
func TestVanishes(t *testing.T) {
	t.Parallel()
	end := func(v float64) *float64 { return &v }
	for _, test := range []struct {
		q    wording.Quantity
		want bool
	}{
		{wording.Quantity{Value: 400, Least: end(0), Most: end(3400)}, true},
		{wording.Quantity{Value: 3400, Least: end(400), Most: end(6400)}, false},
		{wording.Quantity{Value: 0, Least: end(0), Most: end(3400)}, false},
		{wording.Quantity{Value: 400, Most: end(3400)}, false},
		{wording.Quantity{Value: 400, Least: end(-3400)}, false},
		{wording.Quantity{Value: 400}, false},
	} {
		if got := test.q.Vanishes(); got != test.want {
			t.Errorf("%v: got %v", test.q.Value, got)
		}
	}
}

func TestRounded(t *testing.T) {
	t.Parallel()
	end := func(v float64) *float64 { return &v }
	show := func(q wording.Quantity) string {
		ends := [2]string{"open", "open"}
		for i, e := range []*float64{q.Least, q.Most} {
			if e != nil {
				ends[i] = fmt.Sprint(*e)
			}
		}
		return fmt.Sprintf("%v in %s to %s", q.Value, ends[0], ends[1])
	}
	for _, test := range []struct {
		q    wording.Quantity
		want string
	}{
		{wording.Quantity{12345, end(12045), end(12645), "m"}, "12300 in 12000 to 12700"},
		{wording.Quantity{12345, end(12345), end(12345), "m"}, "12345 in 12345 to 12345"},
		{wording.Quantity{12345, end(12345), end(12345.4), "m"}, "12345 in 12300 to 12400"}, // kilometres have one decimal
		{wording.Quantity{123456, end(123455), end(123457), "m"}, "123456 in 123000 to 124000"},
		{wording.Quantity{12345, nil, nil, "m"}, "12345 in open to open"},
		{wording.Quantity{12345, end(12045), end(12645), ""}, "12345 in 12045 to 12645"},
		{wording.Quantity{1234, end(1000), nil, "m"}, "1200 in 1000 to open"},
		{wording.Quantity{1234, nil, end(2111), "MW"}, "1200 in open to 2120"},
		{wording.Quantity{0, end(0), nil, "m"}, "0 in 0 to open"},
		{wording.Quantity{0, nil, end(12.3), "MW"}, "0 in open to 12.3"},
		{wording.Quantity{4910.7, end(0), end(17971.2), "ha"}, "5000 in 0 to 20000"},
		{wording.Quantity{9.871, end(9.869), end(9.873), "ha"}, "9.871 in 9.86 to 9.88"},
		{wording.Quantity{10.5, end(10.4), end(10.6), "ha"}, "10.5 in 10 to 11"},
		{wording.Quantity{500.3, end(500.2), end(500.4), "m"}, "500.3 in 500 to 501"},
		{wording.Quantity{0.034, end(0.03), end(0.2), "MW"}, "0.03 in 0 to 0.2"},
	} {
		if got := show(test.q.Rounded()); got != test.want {
			t.Errorf("%s: got %s, want %s", show(test.q), got, test.want)
		}
	}
}

func TestSignificant(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		v      float64
		digits int
		want   float64
	}{
		{0, 2, 0},
		{12345, 2, 12000},
		{-12345, 2, -12000},
		{12.345, 3, 12.3},
		{12.345, 2, 12},
		{0.0012345, 2, 0.0012},
		{99.5, 2, 100},
		{1234, 4, 1234},
		{1234, 9, 1234},
		{math.Inf(1), 2, math.Inf(1)},
		{math.Inf(-1), 2, math.Inf(-1)},
	} {
		if got := wording.Significant(test.v, test.digits); got != test.want {
			t.Errorf("%v to %d digits: got %v, want %v", test.v, test.digits, got, test.want)
		}
	}
	if got := wording.Significant(math.NaN(), 2); !math.IsNaN(got) {
		t.Errorf("NaN became %v", got)
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
		{2.5, 0, "3", "3"},
		{1.005, -1, "1.005", "1,005"},
		{12345678901.5, 2, "12,345,678,901.5", "12.345.678.901,5"},
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
