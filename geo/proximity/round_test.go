package proximity_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"kawasan/geo/proximity"
)

// What is shown holds all that is possible, says no more than is known, and never turns something into nothing.
func TestRoundRange(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.Float64Range(0.001, 1e7).Draw(t, "value")
		below, above := rapid.Float64Range(0, value).Draw(t, "below"), rapid.Float64Range(0, 3*value).Draw(t, "above")
		least, most := value-below, value+above
		v, lo, hi := proximity.RoundRange(value, &least, &most)
		if *lo > least+1e-6*value || *hi < most-1e-6*value || *lo < 0 {
			t.Errorf("%g in %g to %g is shown as %g to %g", value, least, most, *lo, *hi)
		}
		if u := max(below, above); math.Abs(v-value) > max(u, 1e-6*value) || v == 0 {
			t.Errorf("%g known to %g is shown as %g", value, u, v)
		}
	})
	least, most := 0.0, 17971.2
	if v, lo, hi := proximity.RoundRange(4910.7, &least, &most); v != 4900 || *lo != 0 || *hi != 20000 {
		t.Errorf("got %g (%g to %g)", v, *lo, *hi)
	}
	if v, lo, hi := proximity.RoundRange(5424, nil, nil); v != 5424 || lo != nil || hi != nil {
		t.Errorf("a value without ends is shown as %g", v)
	}
}
