package api_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// Every answer about places and zones has sentences for a memo, in JSON and on its page, in the language asked for.
func TestAnswersHaveSentencesForTheMemo(t *testing.T) {
	t.Parallel()
	s := shippedServer(t)
	for target, want := range map[string]struct{ en, id string }{
		"/proximity/matrix?from=zones/kik&to=zones":                {"From ", "Dari "},
		"/proximity/buffer?from=zones/kik&distance=5km":            {"The area within 5 km of ", "Wilayah dalam jarak 5 km dari "},
		"/zones/kib/profile?collection=zones":                      {"the stored boundary encloses ", "batas tersimpan mencakup "},
		"/zones/compare?ids=kik,kib":                               {"Area: ", "Luas: "},
		"/zones/rank?criteria=" + url.QueryEscape(landAndPorts):    {" is first of ", " menempati urutan pertama dari "},
		"/proximity/nearest?from=zones/kik&to=ports&filter=false":  {"Nothing of ", "Tidak ada objek "},
		"/proximity/within?from=zones/kik&to=ports&distance=50km":  {"Ports within 50 km of ", "Pelabuhan dalam jarak 50 km dari "},
		"/proximity/nearest?from=zones/kib&to=ports&k=1&limit=100": {"Of Ports, nearest to ", "Pelabuhan yang terdekat dari "},
	} {
		for lang, words := range map[string][3]string{"en": {want.en, "For the memo", "Sources: "}, "id": {want.id, "Untuk memo", "Sumber: "}} {
			a := get(t, s, target+"&lang="+lang)
			if a.status != http.StatusOK {
				t.Errorf("%s: %d\n%.300s", target, a.status, a.body)
				continue
			}
			list, _ := a.json(t)["sentences"].([]any)
			if len(list) == 0 {
				t.Errorf("%s in %s has no sentence", target, lang)
				continue
			}
			if first, _ := list[0].(string); !strings.Contains(first, words[0]) || !strings.Contains(first, words[2]) {
				t.Errorf("%s in %s says %q, want %q and the sources", target, lang, first, words[0])
			}
			page := get(t, s, target+"&f=html&lang="+lang)
			if page.status != http.StatusOK || !strings.Contains(string(page.body), words[1]) || !strings.Contains(string(page.body), strings.TrimSpace(words[0])) {
				t.Errorf("the page of %s in %s (%d) lacks the sentence", target, lang, page.status)
			}
		}
	}
}

// People read the words of their language and figures that are rounded.
func TestPagesOfAnswersAreInWords(t *testing.T) {
	t.Parallel()
	s := shippedServer(t)
	within := string(get(t, s, "/proximity/within?from=zones/kik&to=ports&distance=12.5km&f=html&lang=id").body)
	if strings.Contains(within, "depends_on_boundary<") || !strings.Contains(within, ">tergantung batas</td>") && !strings.Contains(within, ">mungkin sekali</td>") && !strings.Contains(within, ">pasti</td>") || !strings.Contains(within, "12,5 km") {
		t.Error("the page has no words for certainty, or no decimal comma")
	}
	rank := string(get(t, s, "/zones/rank?f=html&lang=id&criteria="+url.QueryEscape(landAndPorts)).body)
	if !strings.Contains(rank, `<td data-label="port">0 m <small>`) || !strings.Contains(rank, " ha <small>") {
		t.Error("the raw values of a ranking have no units")
	}
}
