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
		"excluded":[{"ref":"zones/b","name":"B","reason":"land is 3"}],"first_survives_uncertainty":false,"rivals":["zones/b"],"sentences":["First is A, of 1."],"notes":["By weight."]}`)); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"LAND", "unknown", "A: land is unknown.", "Excluded: B (zones/b): land is 3.", "it may be zones/b instead", "\nFirst is A, of 1.\n\nBy weight.\n"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the ranking lacks %q:\n%s", want, b.String())
		}
	}
	b.Reset()
	if err := writeProfile(&b, []byte(`{"ref":"zones/a","name":"A","sections":[{"title":"Ports","items":[
		{"key":"nearest-1","ref":"ports/p","name":"P","value":4300,"unit":"m","min":0},{"key":"status","name":"Status"}]}],"sentences":["A lies 4 km from P."]}`)); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"A (zones/a)", "PORTS", "nearest-1  4.3 km  0 m to unknown  P", "Status", "\nA lies 4 km from P.\n"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the profile lacks %q:\n%s", want, b.String())
		}
	}
	b.Reset()
	if err := writeComparison(&b, []byte(`{"zones":[{"ref":"zones/a","name":"A"},{"ref":"zones/b","name":"B"}],"rows":[{"section":"ports","title":"Ports","key":"nearest-1",
		"cells":[{"value":4300,"unit":"m","ref":"ports/p"},null]}],"sentences":["A is nearer than B."],"notes":["Straight lines."]}`)); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"zones/a", "zones/b", "PORTS", "4.3 km ports/p", "\nA is nearer than B.\n\nStraight lines.\n"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the comparison lacks %q:\n%s", want, b.String())
		}
	}
	if writeRanking(&b, []byte("nonsense")) == nil || writeProfile(&b, nil) == nil {
		t.Error("what is no answer is printed as one")
	}
}
