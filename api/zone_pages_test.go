package api_test

import (
	"encoding/csv"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

const landAndPorts = `[{"name":"land","area":true,"direction":"more","weight":1},{"name":"port","nearest":{"collection":"ports"},"direction":"less","weight":2}]`

// Answers about zones are tables too, with the words of the language asked for.
func TestZonesAsTables(t *testing.T) {
	t.Parallel()
	s := shippedServer(t)
	rank := "/zones/rank?criteria=" + url.QueryEscape(landAndPorts)
	for target, want := range map[string]string{
		"/zones/kib/profile?f=csv":                               "Stated area",
		"/zones/kib/profile?f=csv&lang=id":                       "Luas yang dinyatakan",
		"/zones/compare?ids=kik,kib&f=csv":                       "zones/kik",
		"/zones/apt-bpn/profile?f=csv&collection=infrastructure": "infrastructure/apt-bpn",
		"/zones/compare?ids=kkt,maloy&collection=ports&f=csv":    "ports/maloy",
		rank + "&f=csv": "ports/kkt",
	} {
		a := get(t, s, target)
		rows, err := csv.NewReader(strings.NewReader(string(a.body))).ReadAll()
		if a.status != http.StatusOK || err != nil || len(rows) < 4 || !strings.Contains(string(a.body), want) {
			t.Errorf("%s: %d, %d rows, %v, want %q in it", target, a.status, len(rows), err, want)
		}
	}
	for _, target := range []string{"/zones/kib/profile?f=xlsx", "/zones/compare?ids=kik,kib&f=xlsx", rank + "&f=xlsx"} {
		if a := get(t, s, target); a.status != http.StatusOK || !strings.HasPrefix(string(a.body), "PK") {
			t.Errorf("%s: %d", target, a.status)
		}
	}
}

// The pages name each source once, draw charts without scripts, and speak the language asked for.
func TestZonePages(t *testing.T) {
	t.Parallel()
	s := shippedServer(t)
	rank := "/zones/rank?f=html&criteria=" + url.QueryEscape(landAndPorts)
	for _, target := range []string{"/zones/kib/profile?f=html", "/zones/compare?ids=kik,kib&f=html", rank, "/zones/rank?f=html&collection=ports&criteria=" + url.QueryEscape(`[{"name":"mill","nearest":{"collection":"mills"},"direction":"less","weight":1}]`)} {
		for _, lang := range []string{"en", "id"} {
			a := get(t, s, target+"&lang="+lang)
			page := string(a.body)
			if a.status != http.StatusOK || strings.Contains(page, "<script") || !strings.Contains(page, `<svg class="bar"`) || !strings.Contains(page, `<figure class="map"`) {
				t.Errorf("%s in %s: %d, or a script, or no chart", target, lang, a.status)
			}
			for _, english := range []string{"Stated area", "Computed area", "within 10", "geodesic distance", "as stated", "Data version", "References", "Change criteria"} {
				if lang == "id" && strings.Contains(page, english) {
					t.Errorf("%s in Indonesian says %q", target, english)
				}
			}
			for _, item := range strings.Split(page, "<li id=\"ref-")[1:] {
				_, text, _ := strings.Cut(item, ">")
				text, _, _ = strings.Cut(text, "</li>")
				if strings.Count(page, ">"+text+"</li>") != 1 {
					t.Errorf("%s: the reference %q does not stand there once", target, text)
				}
			}
		}
	}
	changed := get(t, s, rank+"&weights=1,0")
	if !strings.Contains(string(changed.body), `name="c2_weight" size="6" inputmode="decimal" value="0"`) {
		t.Errorf("the form does not show the weights given")
	}
	for _, wrong := range []string{"1", "1,x", "1,-2", "0,0"} {
		if a := get(t, s, rank+"&weights="+wrong); a.status != http.StatusBadRequest {
			t.Errorf("weights=%s: %d", wrong, a.status)
		}
	}
}
