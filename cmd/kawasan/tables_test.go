package main

import (
	"bytes"
	"io"
	"strings"
	"testing"
)

// Tables say what is unknown and what is in doubt, and refuse what is no answer.
func TestTablesOfZones(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := writeRanking(&b, "en", []byte(`{"ranked":[{"rank":1,"ref":"zones/a","name":"A","score":1,"score_min":0,"score_max":1,
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
	if err := writeProfile(&b, "en", []byte(`{"ref":"zones/a","name":"A","sections":[{"title":"Ports","items":[
		{"key":"nearest-1","ref":"ports/p","name":"P","value":4300,"unit":"m","min":0},{"key":"status","name":"Status"}]}],"sentences":["A lies 4 km from P."]}`)); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"A (zones/a)", "PORTS", "nearest-1  4.3 km  0 m to unknown  P", "Status", "\nA lies 4 km from P.\n"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the profile lacks %q:\n%s", want, b.String())
		}
	}
	b.Reset()
	if err := writeComparison(&b, "en", []byte(`{"zones":[{"ref":"zones/a","name":"A"},{"ref":"zones/b","name":"B"}],"rows":[{"section":"ports","title":"Ports","key":"nearest-1",
		"cells":[{"value":4300,"unit":"m","ref":"ports/p"},null]}],"sentences":["A is nearer than B."],"notes":["Straight lines."]}`)); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"zones/a", "zones/b", "PORTS", "4.3 km ports/p", "\nA is nearer than B.\n\nStraight lines.\n"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the comparison lacks %q:\n%s", want, b.String())
		}
	}
	if writeRanking(&b, "en", []byte("nonsense")) == nil || writeProfile(&b, "en", nil) == nil {
		t.Error("what is no answer is printed as one")
	}
}

// With --lang id the headings, the figures and what else is said are Indonesian.
func TestTablesInIndonesian(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		write func(io.Writer, tongue, []byte) error
		body  string
		want  []string
	}{
		"pairs": {
			writePairs, `{"features":[{"properties":{"rank":1,"from_name":"A","to_name":"P","to":"ports/p","distance_m":4321,"distance_min_m":4000,"distance_max_m":null,"water_share":0.5}}],
				"unlocated":[{"name":"Q"}]}`,
			[]string{"#  DARI  KE  ID       JARAK   PALING DEKAT  PALING JAUH      DI ATAS AIR", "4,3 km", "tidak diketahui", "50 %", "Tanpa posisi terpublikasi, sehingga tidak diukur: Q."},
		},
		"no pairs": {writePairs, `{}`, []string{"(tidak ada)"}},
		"shares": {
			writeShares, `{"features":[{"properties":{"from_name":"A","to_name":"B","to":"x/b","shared_area_ha":12345,"share_of_from":0.125,"certainty":"certain"}}]}`,
			[]string{"DENGAN", "LUAS BERSAMA", "BAGIAN DARI ASAL", "12.345 ha", "12,5 %", "pasti"},
		},
		"rings":   {writeShares, `{"features":[{"properties":{"from_name":"A","radius_m":1500,"area_ha":1234}}]}`, []string{"DI SEKITAR  DALAM JARAK  LUAS", "1,5 km", "1.234 ha"}},
		"profile": {writeProfile, `{"ref":"zones/a","name":"A","sections":[{"title":"Pelabuhan","items":[{"key":"x","value":4300,"unit":"m","min":0}]}]}`, []string{"4,3 km  0 m sampai tidak diketahui"}},
		"ranking": {
			writeRanking, `{"ranked":[{"rank":1,"ref":"zones/a","name":"A","score":0.5,"score_min":0.25,"score_max":1,"criteria":[{"criterion":"lahan","raw":null}]}],
				"excluded":[{"ref":"zones/b","name":"B","reason":"lahan 3"}],"rivals":["zones/b"],"smallest_flip":{"criterion":"lahan","from":1,"to":2.5,"first":"zones/b"}}`,
			[]string{"#  KAWASAN      SKOR  ANTARA            LAHAN", "0,50  0,25 sampai 1,00", "Dikeluarkan: B (zones/b): lahan 3.", "mungkin zones/b yang pertama", "lahan dari 1 menjadi 2,5, lalu zones/b yang pertama."},
		},
	} {
		var b bytes.Buffer
		if err := c.write(&b, "id", []byte(c.body)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for _, want := range c.want {
			if !strings.Contains(b.String(), want) {
				t.Errorf("%s: lacks %q:\n%s", name, want, b.String())
			}
		}
	}
}
