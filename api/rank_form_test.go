package api_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kawasan/geo/zone"
)

// filled is what a browser sends of the form.
func filled(fields map[string]string) string {
	v := url.Values{}
	for name, text := range fields {
		v.Set(name, text)
	}
	return "/zones/rank/form?" + v.Encode()
}

// What was filled in leads to the ranking, whose page has the same in its form: without a script.
func TestRankFormLeadsToTheRanking(t *testing.T) {
	t.Parallel()
	s := shippedServer(t)
	number := func(v float64) *float64 { return &v }
	tests := []struct {
		name   string
		fields map[string]string
		want   []zone.Criterion
	}{
		{
			"area and airport",
			map[string]string{
				"lang": "en", "collection": "zones", "ids": "", "within": "",
				"c1_measure": "area", "c1_name": "land", "c1_weight": "1.5", "c1_direction": "more", "c1_at_least": "50 ha", "c1_filter": "", "c1_at_most": "",
				"c2_measure": "", "c2_weight": "1", "c2_direction": "more",
				"c3_measure": "nearest:infrastructure", "c3_name": "", "c3_weight": "", "c3_direction": "less", "c3_at_most": "60 km", "c3_filter": "kind = 'airport'",
			},
			[]zone.Criterion{
				{Name: "land", Area: true, Direction: zone.More, Weight: 1.5, AtLeast: number(50)},
				{Name: "Distance to the nearest: Infrastructure", Nearest: &zone.Around{Collection: "infrastructure", Filter: "kind = 'airport'"}, Direction: zone.Less, Weight: 1, AtMost: number(60_000)},
			},
		},
		{
			"in Indonesian, with a decimal comma",
			map[string]string{
				"lang": "id", "c1_measure": "within:mills", "c1_name": "pabrik", "c1_weight": "0,5", "c1_direction": "more", "c1_distance": "12,5 km", "c1_at_least": "1",
				"c2_measure": "sum:plantations:planted_area_ha", "c2_name": "pabrik", "c2_distance": "25 km",
				"c3_measure": "property:stated_area_ha", "c3_name": "luas", "c3_direction": "more", "c3_at_most": "4000,5 ha",
			},
			[]zone.Criterion{
				{Name: "pabrik", Within: &zone.Ring{Around: zone.Around{Collection: "mills"}, DistanceM: 12_500}, Direction: zone.More, Weight: 0.5, AtLeast: number(1)},
				{Name: "pabrik 2", Within: &zone.Ring{Around: zone.Around{Collection: "plantations"}, DistanceM: 25_000, Sum: "planted_area_ha"}, Direction: zone.More, Weight: 1},
				{Name: "luas", Property: "stated_area_ha", Direction: zone.More, Weight: 1, AtMost: number(4000.5)},
			},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			a := get(t, s, filled(test.fields))
			to, err := url.Parse(a.header.Get("Location"))
			if err != nil || a.status != http.StatusSeeOther || to.Path != "/zones/rank" {
				t.Fatalf("got %d to %q: %s", a.status, a.header.Get("Location"), a.body)
			}
			var got []zone.Criterion
			if err := json.Unmarshal([]byte(to.Query().Get("criteria")), &got); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("criteria (-want +got):\n%s", diff)
			}
			page := get(t, s, to.RequestURI())
			if page.status != http.StatusOK || strings.Contains(string(page.body), "<script") || strings.Contains(string(page.body), "<textarea") {
				t.Fatalf("the ranking: %d", page.status)
			}
			again := get(t, s, filled(fieldsIn(string(page.body))))
			next, err := url.Parse(again.header.Get("Location"))
			if err != nil || next.Query().Get("criteria") != to.Query().Get("criteria") {
				t.Errorf("the form of the page sends %q, not %q", next.Query().Get("criteria"), to.Query().Get("criteria"))
			}
		})
	}
}

// fieldsIn reads the fields of the form from a page, as a browser would send them.
func fieldsIn(page string) map[string]string {
	fields := map[string]string{}
	_, form, _ := strings.Cut(page, `class="rank"><h2>`)
	form, _, _ = strings.Cut(form, "</form>")
	attribute := func(tag, name string) (string, bool) {
		_, rest, ok := strings.Cut(tag, " "+name+`="`)
		text, _, _ := strings.Cut(rest, `"`)
		return strings.NewReplacer("&#39;", "'", "&#34;", `"`, "&lt;", "<", "&gt;", ">", "&#43;", "+", "&amp;", "&").Replace(text), ok
	}
	selected := ""
	for _, tag := range strings.Split(form, "<")[1:] {
		tag, _, _ = strings.Cut(tag, ">")
		name, named := attribute(tag, "name")
		switch {
		case strings.HasPrefix(tag, "input") && named:
			fields[name], _ = attribute(tag, "value")
		case strings.HasPrefix(tag, "select"):
			selected, fields[name] = name, ""
		case strings.HasPrefix(tag, "option") && strings.HasSuffix(tag, " selected"):
			fields[selected], _ = attribute(tag, "value")
		}
	}
	return fields
}

func TestRankFormRefusesWhatIsWrong(t *testing.T) {
	t.Parallel()
	s := shippedServer(t)
	for parameter, fields := range map[string]map[string]string{
		"c1_measure":  {"c1_measure": "beauty"},
		"c1_weight":   {"c1_measure": "area", "c1_weight": "-1"},
		"c1_at_least": {"c1_measure": "area", "c1_at_least": "much"},
		"c1_at_most":  {"c1_measure": "nearest:ports", "c1_at_most": "60"}, // of what?
		"c2_distance": {"c2_measure": "within:mills"},
		"collection":  {"collection": "nope"},
	} {
		a := get(t, s, filled(fields))
		if a.status < 400 || a.status > 499 || !strings.Contains(string(a.body), parameter) {
			t.Errorf("%v: %d, want a 4xx that names %s\n%.600s", fields, a.status, parameter, a.body)
		}
	}
	// A thousand in Indonesian is not read as 1.
	if a := get(t, s, filled(map[string]string{"lang": "id", "c1_measure": "area", "c1_at_least": "1.000 ha"})); a.status != http.StatusBadRequest {
		t.Errorf("1.000 ha in Indonesian: %d", a.status)
	}
}

// Whoever asks for the page of a ranking without criteria gets the form; programs get the fault.
func TestRankWithoutCriteria(t *testing.T) {
	t.Parallel()
	s := shippedServer(t)
	page := get(t, s, "/zones/rank?f=html&lang=id&ids=kik,kib")
	if page.status != http.StatusOK || fieldsIn(string(page.body))["ids"] != "kik,kib" {
		t.Errorf("got %d %v", page.status, fieldsIn(string(page.body)))
	}
	if a := get(t, s, "/zones/rank"); a.status != http.StatusBadRequest || !strings.Contains(string(a.body), `"parameter":"criteria"`) {
		t.Errorf("got %d %s", a.status, a.body)
	}
	form := get(t, s, "/zones/rank/form?lang=id")
	fields := fieldsIn(string(form.body))
	if form.status != http.StatusOK || fields["c1_measure"] != "area" || fields["c2_measure"] != "nearest:infrastructure" || fields["c2_at_most"] != "60 km" {
		t.Errorf("the form: %d, %v", form.status, fields)
	}
	if a := get(t, s, filled(fields)); a.status != http.StatusSeeOther {
		t.Errorf("the form as it comes: %d %s", a.status, a.body)
	}
}
