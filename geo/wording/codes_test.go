package wording_test

import (
	"testing"

	"kawasan/geo"
	"kawasan/geo/intake"
	"kawasan/geo/wording"
)

func TestValue(t *testing.T) {
	t.Parallel()
	p := geo.Property{Name: "kind", Words: map[string]geo.Text{"kek": {EN: "special economic zone", ID: "kawasan ekonomi khusus"}}}
	tests := []struct {
		p      geo.Property
		value  string
		en, id string
	}{
		{p, "kek", "special economic zone", "kawasan ekonomi khusus"},
		{p, "kawasan_industri", "kawasan industri", "kawasan industri"},
		{p, "A_b see C_d", "A_b see C_d", "A_b see C_d"},
		{geo.Property{Name: "confidence"}, "high", "high", "tinggi"},
		{geo.Property{Name: "target_confidence"}, "low", "low", "rendah"},
		{geo.Property{Name: "grade"}, "high", "high", "high"},
	}
	for _, test := range tests {
		if got := wording.Value(test.p, test.value); got.In("en") != test.en || got.In("id") != test.id {
			t.Errorf("%s of %s: got %+v, want %q, %q", test.value, test.p.Name, got, test.en, test.id)
		}
	}
}

// Every kind of boundary that data may have is worded in both languages.
func TestKindsAreWorded(t *testing.T) {
	t.Parallel()
	for _, kind := range intake.BoundaryKinds() {
		if w := wording.Kind(kind); w.EN == kind || w.EN == "" || w.ID == "" || w.ID == w.EN {
			t.Errorf("%s: %+v", kind, w)
		}
	}
}
