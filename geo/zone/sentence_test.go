package zone_test

import (
	"context"
	"strings"
	"testing"

	"kawasan/geo"
	"kawasan/geo/geotest"
	"kawasan/geo/zone"
)

// says demands that one of the sentences has a text, in each language.
func says(t *testing.T, sentences []geo.Text, en, id string) {
	t.Helper()
	for _, s := range sentences {
		if strings.Contains(s.EN, en) && strings.Contains(s.ID, id) {
			return
		}
	}
	t.Errorf("no sentence says %q and %q: %v", en, id, sentences)
}

func TestProfileSentences(t *testing.T) {
	t.Parallel()
	r := geotest.Shipped(t)
	kib := profile(t, r, "kib").Sentences
	// Nobody stated its area: that is said, and is not 0.
	says(t, kib, "(KIB): no area is stated; the stored boundary encloses about 5,000 ha (between 0 and ", "(KIB): luas tidak dinyatakan; batas tersimpan mencakup sekitar 5.000 ha (antara 0 dan ")
	says(t, kib, "(containers): Nearest to Kawasan Industri Buluminung (KIB) is Terminal Peti Kemas Kariangau (KKT), about 3 km in a straight line (between 0 m and 9 km); the line crosses the bay: no road distance",
		"(peti kemas): Yang terdekat dari Kawasan Industri Buluminung (KIB) adalah Terminal Peti Kemas Kariangau (KKT), sekitar 3 km garis lurus (antara 0 m dan 9 km); garis itu menyeberangi teluk: bukan jarak jalan")
	says(t, kib, "Within 10 km of Kawasan Industri Buluminung (KIB) (straight line): 1 (between 0 and 3", "Dalam jarak 10 km dari Kawasan Industri Buluminung (KIB) (garis lurus): 1 (antara 0 dan 3")
	says(t, kib, "; planted area, shared out by area: about 30,000 ha (between 0 and 70,000 ha; an order of magnitude)", "; luas tanam, dibobot menurut luas: sekitar 30.000 ha (antara 0 dan 70.000 ha; orde besaran)")
	says(t, kib, "Pelabuhan Benuo Taka (Buluminung), touching or overlapping as stored (in truth at most 5 km apart)", "bersentuhan atau tumpang tindih menurut posisi tersimpan (sebenarnya paling jauh terpisah 5 km)")
	for _, s := range kib {
		if !strings.Contains(s.EN, "(Sources: ") || !strings.Contains(s.EN, "ports:") || !strings.Contains(s.EN, ",zones:") || !strings.Contains(s.ID, "versi data ") {
			t.Errorf("not the sources, or not the versions of all: %q", s)
		}
	}
	says(t, profile(t, r, "kek-mbtk").Sentences, "stated area 557.34 ha", "luas yang dinyatakan 557,34 ha")
}

func TestComparisonSentences(t *testing.T) {
	t.Parallel()
	c, err := zone.Compare(context.Background(), geotest.Shipped(t), "zones", []string{"kik", "kib"}, zone.Options{Parse: parse})
	if err != nil {
		t.Fatal(err)
	}
	says(t, c.Sentences, "Kawasan Industri Buluminung (KIB) (no area is stated; ", "Kawasan Industri Buluminung (KIB) (luas tidak dinyatakan; ")
	says(t, c.Sentences, "from Kawasan Industri Buluminung (KIB) to Terminal Peti Kemas Kariangau (KKT) about 3 km", "dari Kawasan Industri Buluminung (KIB) ke Terminal Peti Kemas Kariangau (KKT) sekitar 3 km")
	says(t, c.Sentences, "data version ", "versi data ")
}

func TestComparisonOfZonesOfWhichNothingIsMeasured(t *testing.T) {
	t.Parallel()
	none := zone.Lookup{Section: "none", Title: geo.Text{EN: "Others", ID: "Lainnya"}, Collection: "estates", Filter: "access = 'public'", Nearest: 1}
	c, err := zone.Compare(context.Background(), estates(), "estates", []string{"a", "b"}, zone.Options{Parse: parse, Lookups: []zone.Lookup{none}})
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Sentences) != 0 {
		t.Errorf("got %v, want nothing said of nothing", c.Sentences)
	}
	says(t, c.Profiles[0].Sentences, "Others: Nothing of ", "Lainnya: Tidak ada objek ")
}

func TestRankSentences(t *testing.T) {
	t.Parallel()
	ask := func(criteria ...zone.Criterion) []geo.Text {
		r, err := zone.Rank(context.Background(), estates(), zone.RankRequest{Collection: "estates", Criteria: criteria})
		if err != nil {
			t.Fatal(err)
		}
		return r.Sentences
	}
	both := ask(zone.Criterion{Name: "a", Property: "a", Direction: zone.More, Weight: 3}, zone.Criterion{Name: "b", Property: "b", Direction: zone.More, Weight: 1})
	says(t, both, "By a (weight 3), b (weight 1), a is first of 3 with a score of 0.75; within the uncertainties first may instead be c; b draws level if the weight of ",
		"Menurut a (bobot 3), b (bobot 1), a menempati urutan pertama dari 3 dengan skor 0,75; menurut ketidakpastian, yang pertama mungkin juga c; b menyamai bila bobot ")
	unknown := ask(zone.Criterion{Name: "a", Property: "a", Direction: zone.Less, Weight: 1, AtMost: number(-1)})
	says(t, unknown, "c is first of 3 with a score of 0.5 (between 0 and 1); not known of it: a (counts one half)", "(antara 0 dan 1); belum diketahui: a (dihitung setengah)")
	says(t, unknown, "excluded by a hard limit: 2", "dikecualikan oleh batas mutlak: 2")
	says(t, ask(zone.Criterion{Name: "b", Property: "b", Direction: zone.More, Weight: 1, AtLeast: number(99)}), "none of 3 is left", "tidak ada yang tersisa dari 3")
	says(t, ask(zone.Criterion{Name: "b", Property: "b", Direction: zone.More, Weight: 1}), "it stays first whatever the values are", "urutan ini bertahan")
}
