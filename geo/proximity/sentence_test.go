package proximity_test

import (
	"context"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"kawasan/geo"
	"kawasan/geo/geotest"
	"kawasan/geo/proximity"
)

// says demands texts of a sentence in both languages.
func says(t *testing.T, got []geo.Text, n int, en, id string) {
	t.Helper()
	if n >= len(got) {
		t.Fatalf("%d sentences, want one with number %d: %v", len(got), n, got)
	}
	if !strings.Contains(got[n].EN, en) || !strings.Contains(got[n].ID, id) {
		t.Errorf("got %q\n and %q\nwant %q and %q in them", got[n].EN, got[n].ID, en, id)
	}
}

func TestMatrixSentences(t *testing.T) {
	t.Parallel()
	e := proximity.New(geotest.Shipped(t), proximity.Options{})
	ask := func(q proximity.Question) []geo.Text {
		a, err := e.Matrix(context.Background(), proximity.MatrixRequest{Question: q})
		if err != nil {
			t.Fatal(err)
		}
		return a.Sentences
	}
	few := ask(proximity.Question{From: from("zones/kik"), To: to("zones", nil)})
	if len(few) != 2 {
		t.Errorf("got %d sentences, want one for each of 2 pairs", len(few))
	}
	// As stored 247.6 km, each end good to some km: whole kilometres are left.
	says(t, few, 1, "(MBTK): about 248 km in a straight line (between 243 km and 252 km)", "(MBTK): sekitar 248 km garis lurus (antara 243 km dan 252 km)")
	says(t, few, 1, "data version published_distances:", "versi data published_distances:")
	many := ask(proximity.Question{From: from("zones/kik", "zones/kib"), To: to("mills", nil)})
	if len(many) != 2 {
		t.Errorf("got %d sentences, want one for each origin", len(many))
	}
	says(t, many, 0, "Of 86 places measured from", "Dari 86 tempat yang diukur dari")
	none := ask(proximity.Question{From: from("zones/kik"), To: to("mills", geotest.Where("nothing", func(*geo.Feature) bool { return false }))})
	says(t, none, 0, "Nothing of ", "Tidak ada objek ")
	says(t, none, 0, "(Sources: ", "(Sumber: ")
}

func TestNearestSaysThatNothingIsFound(t *testing.T) {
	t.Parallel()
	a := nearest(t, geotest.Shipped(t), proximity.NearestRequest{
		Question: proximity.Question{From: from("zones/kik"), To: to("ports", carries("nothing"))}, K: 1,
	})
	says(t, a.Sentences, 0, "with a known position fits the question asked from Kawasan Industri Kariangau", "yang sesuai dengan pertanyaan dari Kawasan Industri Kariangau")
}

func TestBufferSentences(t *testing.T) {
	t.Parallel()
	square := orb.Polygon{{{117, 0}, {117.1, 0}, {117.1, 0.1}, {117, 0.1}, {117, 0}}} // 12,308 ha
	l := geotest.NewLayer("estates", "Polygon", geotest.Basis()...)
	l.Add("survey", square, geotest.Values{"boundary_kind": "legal_exact", "position_uncertainty_m": 1.0})
	l.Add("sketch", square, geotest.Values{"boundary_kind": "indicative", "position_uncertainty_m": 500.0})
	l.Add("unknown", square, geotest.Values{"boundary_kind": "indicative"})
	l.Add("envelope", square, geotest.Values{"boundary_kind": "outer_envelope", "position_uncertainty_m": 10.0})
	e := proximity.New(geotest.NewReader(l), proximity.Options{})
	// By the area of a square and its perimeter of 44,379 m: 12,308 + 4,438 + 314 = 17,060 ha around it within 1 km.
	for _, c := range []struct{ id, en, id2 string }{
		{"survey", "within 1 km of survey (straight line, the place itself included) is about 17,0", "sekitar 17.0"},
		{"sketch", "is about 17,000 ha (between 14,000 and 20,000 ha)", "adalah sekitar 17.000 ha (antara 14.000 dan 20.000 ha)"},
		{"unknown", "is about 17,000 ha (how uncertain the boundary is is not known)", "sekitar 17.000 ha (ketidakpastian batas tidak diketahui)"},
		{"envelope", "is at most 17,", "adalah paling banyak 17."},
	} {
		a, err := e.Buffer(context.Background(), proximity.BufferRequest{From: from("estates/" + c.id), Radii: []float64{1000}})
		if err != nil {
			t.Fatal(err)
		}
		says(t, a.Sentences, 0, c.en, c.id2)
	}
	a, err := e.Buffer(context.Background(), proximity.BufferRequest{From: []proximity.Source{{Geometry: orb.Point{117, 0}}}, Radii: []float64{1000, 1500}})
	if err != nil {
		t.Fatal(err)
	}
	says(t, a.Sentences, 0, "about 314 ha", "sekitar 314 ha") // a circle
	says(t, a.Sentences, 1, "within 1.5 km", "dalam jarak 1,5 km")
	says(t, a.Sentences, 1, "(No stored data were read.)", "(Tidak ada data tersimpan yang dibaca.)")
}

func TestPhraseHectares(t *testing.T) {
	t.Parallel()
	p := func(v float64) *float64 { return &v }
	for _, c := range []struct {
		value       float64
		least, most *float64
		en, id      string
	}{
		{1234.5, p(1234.5), p(1234.5), "1,235 ha", "1.235 ha"},
		{1234.5, p(1100), p(1400), "about 1,200 ha (between 1,100 and 1,400 ha)", "sekitar 1.200 ha (antara 1.100 dan 1.400 ha)"},
		{1234.5, nil, nil, "about 1,200 ha (how uncertain the boundary is is not known)", "sekitar 1.200 ha (ketidakpastian batas tidak diketahui)"},
		{1234.5, p(900.4), nil, "about 1,200 ha (at least 900 ha)", "sekitar 1.200 ha (paling sedikit 900 ha)"},
		{2.5, p(2.411), p(2.589), "about 2.5 ha (between 2.41 and 2.59 ha)", "sekitar 2,5 ha (antara 2,41 dan 2,59 ha)"},
	} {
		if got := proximity.PhraseHectares(c.value, c.least, c.most); got.EN != c.en || got.ID != c.id {
			t.Errorf("%v in %v, %v: got %q, %q", c.value, c.least, c.most, got.EN, got.ID)
		}
	}
}

// Areas that share nothing get a sentence, too: that they don't, how far apart they
// are, and how sure that is.
func TestOverlapSentences(t *testing.T) {
	t.Parallel()
	square := func(lon float64) orb.Polygon {
		return orb.Polygon{{{lon, 0}, {lon + 0.1, 0}, {lon + 0.1, 0.1}, {lon, 0.1}, {lon, 0}}}
	}
	l := geotest.NewLayer("estates", "Polygon", geotest.Basis()...)
	l.Add("a", square(117), geotest.Values{"boundary_kind": "surveyed", "position_uncertainty_m": 10.0})
	l.Add("b", square(117.05), geotest.Values{"boundary_kind": "surveyed", "position_uncertainty_m": 10.0})
	others := geotest.NewLayer("others", "Polygon", geotest.Basis()...)
	others.Add("far", square(118), geotest.Values{"boundary_kind": "surveyed", "position_uncertainty_m": 10.0})
	others.Add("beside", square(117.15), geotest.Values{"boundary_kind": "indicative", "position_uncertainty_m": 10.0})
	e := proximity.New(geotest.NewReader(l, others), proximity.Options{})
	ask := func(from1, to string, ids ...string) []geo.Text {
		a, err := e.Overlap(context.Background(), proximity.OverlapRequest{Question: proximity.Question{From: from("estates/" + from1), To: []proximity.Target{{Collection: to, IDs: ids}}}})
		if err != nil {
			t.Fatal(err)
		}
		return a.Sentences
	}
	says(t, ask("a", "estates"), 0, "a and b share 6,150 ha as stored; that they meet is certain.", "a dan b tumpang tindih 6.150 ha menurut batas tersimpan; bahwa keduanya bertemu adalah pasti.")
	says(t, ask("a", "others", "far"), 0, "a shares no area with any of others as stored; the nearest is far, about 100 km in a straight line", "; bahwa keduanya tidak bertemu adalah pasti.")
	says(t, ask("b", "others"), 0, "; the nearest is beside, touching or overlapping as stored", "bersentuhan atau tumpang tindih menurut posisi tersimpan (sebenarnya paling jauh terpisah 20 m).")
	says(t, ask("a", "others", "beside"), 0, "that they do not meet is likely.", "bahwa keduanya tidak bertemu mungkin sekali.")
}
