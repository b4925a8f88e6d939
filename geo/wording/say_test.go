package wording_test

import (
	"testing"

	"kawasan/geo"
	"kawasan/geo/wording"
)

func TestSay(t *testing.T) {
	t.Parallel()
	port := geo.Text{EN: "oil terminal", ID: "terminal minyak"}
	got := wording.Say("%s of %s, %d more: %s", "%s dari %s, %d lagi: %s", wording.Metres(4234), port, 2, wording.Hectares(1234.5))
	want := geo.Text{EN: "4.2 km of oil terminal, 2 more: 1,235 ha", ID: "4,2 km dari terminal minyak, 2 lagi: 1.235 ha"}
	if got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	// What data say is no format.
	if got := wording.Say("%s", "%s", "100 %d"); got.EN != "100 %d" || got.ID != "100 %d" {
		t.Errorf("got %+v", got)
	}
	if got := wording.Inside(geo.Text{EN: "Planted area", ID: "KEK"}); got != (geo.Text{EN: "planted area", ID: "KEK"}) {
		t.Errorf("got %+v", got)
	}
	if got := wording.Inside(geo.Text{EN: "B3 waste", ID: "Z"}); got != (geo.Text{EN: "B3 waste", ID: "z"}) {
		t.Errorf("got %+v", got)
	}
	if got := wording.Inside(geo.Text{}); got != (geo.Text{}) {
		t.Errorf("nothing became %+v", got)
	}
}
