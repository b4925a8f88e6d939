package api_test

import (
	"net/http"
	"strings"
	"testing"
)

// The map of an answer shows what was measured from, and each target once, in however
// many pairs it is.
func TestMapOfAnAnswer(t *testing.T) {
	t.Parallel()
	s := shippedServer(t)
	for _, test := range []struct {
		target  string
		once    []string // names of what is drawn, each as often as here
		origins int
	}{
		{"/proximity/matrix?from=zones&to=ports", []string{"Terminal Peti Kemas Kariangau (KKT)", "Kawasan Industri Kariangau (KIK)"}, 3},
		{"/proximity/nearest?from=zones/kib&to=ports&k=2", []string{"Kawasan Industri Buluminung (KIB)", "Terminal Peti Kemas Kariangau (KKT)"}, 1},
		{"/proximity/nearest?from=116.8,-1.2&to=ports&k=1", []string{"116.8,-1.2"}, 1},
		{"/proximity/within?from=zones/kib&to=mills&distance=25km", []string{"Kawasan Industri Buluminung (KIB)", "Megah Hijau Lestari"}, 1},
		{"/proximity/matrix?from=zones&to=zones", []string{"Kawasan Industri Kariangau (KIK)", "Kawasan Industri Buluminung (KIB)"}, 3},
		{"/proximity/buffer?from=zones/kib&distance=5km,10km", []string{"5 km", "10 km", "Kawasan Industri Buluminung (KIB)"}, 1},
		{"/proximity/overlap?from=zones/kib,zones/kik&to=ikn", []string{"Kawasan Industri Kariangau (KIK)", "Kawasan Industri Buluminung (KIB)"}, 2},
		{"/proximity/overlap?from=zones/kek-mbtk&to=ikn", []string{"KEK Maloy Batuta Trans Kalimantan (MBTK)"}, 1},
	} {
		a := get(t, s, test.target+"&f=html&lang=en")
		page := string(a.body)
		if a.status != http.StatusOK {
			t.Errorf("%s: %d", test.target, a.status)
			continue
		}
		for _, name := range test.once {
			if n := strings.Count(page, `aria-label="`+name+`"`); n != 1 {
				t.Errorf("%s: %s is drawn %d times", test.target, name, n)
			}
		}
		if n := strings.Count(page, ` origin" `); n != test.origins {
			t.Errorf("%s: %d places measured from are drawn, want %d", test.target, n, test.origins)
		}
	}
}

// Pages say codes in words and numbers the way of the language; JSON keeps them.
func TestPagesWordCodes(t *testing.T) {
	t.Parallel()
	s := shippedServer(t)
	for target, want := range map[string]struct {
		en, id  []string
		neither []string
	}{
		"/zones/kik/profile?x":                                       {[]string{"industrial estate", "containers: ", "3,565 ha"}, []string{"kawasan industri<", "peti kemas: ", "3.565 ha", "batu bara"}, []string{"kawasan_industri<", ">container: ", "container port<"}},
		"/collections/ports/items/kkt?x":                             {[]string{"placed by estimate, not published", "containers", "<td>bay</td>"}, []string{"perkiraan, bukan posisi terpublikasi", "peti kemas", "<td>teluk</td>"}, []string{"published_point"}},
		"/collections/ports/items?id=kkt":                            {[]string{">placed by estimate, not published</td>"}, []string{">perkiraan, bukan posisi terpublikasi</td>"}, nil},
		"/zones/compare?ids=kik,kek-mbtk":                            {[]string{"special economic zone (KEK)"}, []string{"kawasan ekonomi khusus (KEK)", "Luas menurut sumber lain"}, []string{">kek<"}},
		"/proximity/nearest?from=towns/town-balikpapan&to=towns&k=1": {[]string{"76.6 km by road", "published: 76.6 km (by road)"}, []string{"76,6 km lewat jalan", "menurut publikasi: 76,6 km (lewat jalan)"}, nil},
	} {
		target = strings.TrimSuffix(target, "?x") + map[bool]string{true: "?", false: "&"}[strings.HasSuffix(target, "?x")] + "f=html"
		for lang, words := range map[string][]string{"en": want.en, "id": want.id} {
			page := string(get(t, s, target+"&lang="+lang).body)
			for _, w := range words {
				if !strings.Contains(page, w) {
					t.Errorf("%s in %s lacks %q", target, lang, w)
				}
			}
			for _, code := range want.neither {
				if strings.Contains(page, code) {
					t.Errorf("%s in %s shows %q", target, lang, code)
				}
			}
		}
	}
	if body := string(get(t, s, "/zones/kik/profile?lang=id").body); !strings.Contains(body, `"text":"kawasan_industri","words":"kawasan industri"`) || !strings.Contains(body, `"key":"cargo=container nearest-1"`) {
		t.Error("JSON does not keep the codes beside the words")
	}
}
