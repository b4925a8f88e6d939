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

func TestTitle(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		title geo.Text
		want  geo.Text
	}{
		"in both":            {geo.Text{EN: "Planted area", ID: "Luas tanam"}, geo.Text{EN: "Planted area", ID: "Luas tanam"}},
		"in Indonesian":      {geo.Text{ID: "Luas tanam"}, geo.Text{ID: "Luas tanam"}},
		"none":               {geo.Text{}, geo.Text{EN: "planted ha", ID: "planted ha"}},
		"the name":           {geo.Text{EN: "planted_ha"}, geo.Text{EN: "planted ha", ID: "planted ha"}},
		"the name, and more": {geo.Text{EN: "planted_ha", ID: "Luas tanam"}, geo.Text{EN: "planted ha", ID: "Luas tanam"}},
	} {
		if got := wording.Title(geo.Property{Name: "planted_ha", Title: test.title}); got != test.want {
			t.Errorf("%s: got %+v, want %+v", name, got, test.want)
		}
	}
}

func TestName(t *testing.T) {
	t.Parallel()
	worded := geo.Property{Name: "name", Type: geo.String, Words: map[string]geo.Text{"kik": {EN: "Kariangau", ID: "Kawasan Kariangau"}}}
	for value, want := range map[any]geo.Text{
		"kik": {EN: "Kariangau", ID: "Kawasan Kariangau"}, "Maloy_x": {EN: "Maloy_x", ID: "Maloy_x"}, nil: {EN: "7", ID: "7"},
	} {
		f := &geo.Feature{ID: "7", Collection: (&geo.Collection{ID: "zones", Properties: []geo.Property{worded}}).Index(), Values: []any{value}}
		if got := wording.Name(f); got != want {
			t.Errorf("%v: got %+v, want %+v", value, got, want)
		}
	}
	nameless := &geo.Feature{ID: "7", Collection: (&geo.Collection{ID: "zones"}).Index()}
	if got, want := wording.Name(nameless), (geo.Text{EN: "7", ID: "7"}); got != want {
		t.Errorf("without an attribute name: got %+v, want %+v", got, want)
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
