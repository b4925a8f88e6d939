package api_test

import (
	"encoding/json"
	"net/http"
	"os/exec"
	"strings"
	"testing"
)

// The parts of an answer, by their next links, are the answer; each says how much there is.
func TestAnswersAreLinkedLikeItems(t *testing.T) {
	t.Parallel()
	s := shippedServer(t)
	type part struct {
		NumberMatched, NumberReturned int
		Features                      []json.RawMessage
		Links                         []struct{ Rel, Href string }
	}
	read := func(target string) (p part, next string) {
		a := get(t, s, strings.TrimPrefix(target, "http://example.test"))
		if err := json.Unmarshal(a.body, &p); err != nil || a.status != http.StatusOK {
			t.Fatalf("%s: %d %s", target, a.status, a.body)
		}
		for _, l := range p.Links {
			if l.Rel == "next" {
				next = l.Href
			}
		}
		return p, next
	}
	for _, question := range []string{"/proximity/matrix?from=zones&to=ikn,towns", "/proximity/nearest?from=zones/kik&to=ports&k=7", "/proximity/buffer?from=zones&distance=1km,2km"} {
		whole, next := read(question)
		if next != "" || whole.NumberMatched != len(whole.Features) || whole.NumberReturned != len(whole.Features) {
			t.Errorf("%s: %d features, %d matched, %d returned, next %q", question, len(whole.Features), whole.NumberMatched, whole.NumberReturned, next)
		}
		var parts []json.RawMessage
		for next = question + "&limit=4"; next != ""; {
			var p part
			p, next = read(next)
			if parts = append(parts, p.Features...); p.NumberMatched != whole.NumberMatched || p.NumberReturned != len(p.Features) || len(parts) > whole.NumberMatched {
				t.Fatalf("%s: %d matched, %d returned, %d so far", question, p.NumberMatched, p.NumberReturned, len(parts))
			}
		}
		if len(parts) != len(whole.Features) || string(parts[len(parts)-1]) != string(whole.Features[len(parts)-1]) {
			t.Errorf("%s: %d features in parts, %d in all", question, len(parts), len(whole.Features))
		}
	}
	if p, _ := read("/proximity/matrix?from=zones&to=ikn&offset=1000"); p.NumberReturned != 0 {
		t.Errorf("behind the end: %d features", p.NumberReturned)
	}
}

// GIS programs open the address of an answer as a layer of one type.
func TestOgrinfoOpensAnswers(t *testing.T) {
	t.Parallel()
	program, err := exec.LookPath("ogrinfo")
	if err != nil {
		t.Fatal("ogrinfo is not installed; make test does that")
	}
	base := serve(t, newServer(t))
	for question, want := range map[string]string{
		"/proximity/nearest?from=zones/kik&to=ports&k=3":           "Geometry: Point",
		"/proximity/matrix?from=zones&to=ikn&as=lines":             "Geometry: Multi Line String",
		"/proximity/overlap?from=zones/kib&to=regencies":           "Geometry: Multi Polygon",
		"/proximity/buffer?from=zones/kik&distance=1km":            "Geometry: Multi Polygon",
		"/proximity/within?from=zones/kib&to=mills&distance=100km": "Geometry: Point",
	} {
		out, err := exec.CommandContext(t.Context(), program, "-al", "-so", base+question).CombinedOutput()
		if err != nil || !strings.Contains(string(out), want) || !strings.Contains(string(out), "distance_") && !strings.Contains(string(out), "radius_m") {
			t.Errorf("%s: want %q: %v\n%.1500s", question, want, err, out)
		}
	}
}
