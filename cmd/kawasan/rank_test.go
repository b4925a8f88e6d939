package main

import (
	"bytes"
	"strings"
	"testing"
)

// Tables say what is unknown and what is in doubt, and refuse what is no answer.
func TestTablesOfZones(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := writeRanking(&b, []byte(`{"ranked":[{"rank":1,"ref":"zones/a","name":"A","score":1,"score_min":0,"score_max":1,
		"criteria":[{"criterion":"land","raw":null}],"doubts":["land is unknown"]}],
		"excluded":[{"ref":"zones/b","name":"B","reason":"land is 3"}],"first_survives_uncertainty":false,"rivals":["zones/b"]}`)); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"LAND", "unknown", "A: land is unknown.", "Excluded: B (zones/b): land is 3.", "it may be zones/b instead"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the ranking lacks %q:\n%s", want, b.String())
		}
	}
	b.Reset()
	if err := writeProfile(&b, []byte(`{"ref":"zones/a","name":"A","sections":[{"title":"Ports","items":[
		{"key":"nearest-1","ref":"ports/p","name":"P","value":4300,"unit":"m","min":0},{"key":"status","name":"Status"}]}]}`)); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"A (zones/a)", "PORTS", "nearest-1  4.3 km  0 m to unknown  P", "Status"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the profile lacks %q:\n%s", want, b.String())
		}
	}
	if writeRanking(&b, []byte("nonsense")) == nil || writeProfile(&b, nil) == nil {
		t.Error("what is no answer is printed as one")
	}
}
