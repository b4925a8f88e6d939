package api_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// A profile looks for what is asked, around a feature of any collection, and says
// all that its collection alone says of it.
func TestLookupsOfOnesOwn(t *testing.T) {
	t.Parallel()
	lookups := url.QueryEscape(`[{"section":"Towns to live in","collection":"towns","nearest":2,"rings_m":[30000]}]`)
	response := get(t, shippedServer(t), "/zones/kkt/profile?collection=ports&lookups="+lookups)
	var p struct {
		Sections []struct {
			Name, Title string
			Items       []struct{ Key, Ref, Text string }
		}
	}
	if err := json.Unmarshal(response.body, &p); err != nil || response.status != http.StatusOK {
		t.Fatalf("%d %v\n%s", response.status, err, response.body)
	}
	var names []string
	for _, s := range p.Sections {
		names = append(names, s.Name)
	}
	if got := strings.Join(names, "|"); got != "identity|area|Towns to live in" {
		t.Fatalf("sections: %s", got)
	}
	if items := p.Sections[2].Items; len(items) != 3 || !strings.HasPrefix(items[0].Ref, "towns/") || items[2].Key != "within-30000m" {
		t.Errorf("looked up: %+v", items)
	}
	found := false
	for _, i := range p.Sections[0].Items {
		found = found || i.Key == "cargo" && strings.Contains(i.Text, "container")
	}
	if !found {
		t.Errorf("the profile of a port does not say its cargo: %+v", p.Sections[0].Items)
	}
	if compared := get(t, shippedServer(t), "/zones/compare?ids=kkt,maloy&collection=ports&lookups="+lookups); compared.status != http.StatusOK || strings.Contains(string(compared.body), "mills") {
		t.Errorf("compared: %d", compared.status)
	}
}

func TestWrongLookups(t *testing.T) {
	t.Parallel()
	for _, lookups := range []string{
		`nonsense`, `{}`, `[{}]`, `[{"section":"A","collection":"ports"}]`, `[{"section":"A","collection":"nope","nearest":1}]`, `[{"section":"A","collection":"ports","nearest":-1}]`,
		`[{"section":"A","collection":"ports","nearest":1000000}]`, `[{"section":"A","collection":"ports","rings_m":[-1]}]`, `[{"section":"A","collection":"ports","rings_m":[1e9]}]`,
		`[{"section":"A","collection":"ports","nearest":1,"filter":"nope = 1"}]`, `[{"section":"A","collection":"published_distances","nearest":1}]`,
		`[{"section":"A","collection":"ports","nearest":1,"group_by":"berth_length_m"}]`, `[{"section":"A","collection":"ports","nearest":1,"colour":"red"}]`,
		`[{"section":"A","collection":"ports","rings_m":[1000],"sum":"name"}]`,
	} {
		for _, path := range []string{"/zones/kik/profile?lookups=", "/zones/compare?ids=kik,kib&lookups="} {
			response := get(t, shippedServer(t), path+url.QueryEscape(lookups))
			var problem struct{ Detail, Parameter string }
			if err := json.Unmarshal(response.body, &problem); err != nil {
				t.Fatal(err)
			}
			if response.status < 400 || response.status > 499 || problem.Detail == "" || problem.Parameter != "lookups" {
				t.Errorf("%s: got %d %+v", lookups, response.status, problem)
			}
		}
	}
}
