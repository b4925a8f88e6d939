package api_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// portAndArea asks for a container port nearby and much land.
const portAndArea = `[{"name":"container port","nearest":{"collection":"ports","filter":"A_CONTAINS(cargo, ('container'))"},"direction":"less","weight":2},` +
	`{"name":"land","area":true,"direction":"more","weight":1,"at_least":50}]`

func TestRanking(t *testing.T) {
	t.Parallel()
	response := get(t, shippedServer(t), "/zones/rank?criteria="+url.QueryEscape(portAndArea))
	if response.status != http.StatusOK {
		t.Fatalf("got %d\n%s", response.status, response.body)
	}
	var a struct {
		Ranked []struct {
			Ref      string
			Score    float64
			Criteria []struct {
				Contribution float64
				To           string
			}
		}
		Sources []struct{ Collection string }
	}
	if err := json.Unmarshal(response.body, &a); err != nil {
		t.Fatal(err)
	}
	if len(a.Ranked) != 3 || len(a.Sources) != 2 {
		t.Fatalf("got %+v", a)
	}
	for i, r := range a.Ranked {
		sum := 0.0
		for _, c := range r.Criteria {
			sum += c.Contribution
		}
		if d := sum - r.Score; d > 1e-9 || d < -1e-9 {
			t.Errorf("%s: contributions sum to %v, the score is %v", r.Ref, sum, r.Score)
		}
		if i > 0 && r.Score > a.Ranked[i-1].Score {
			t.Errorf("%s is ranked below a lower score", r.Ref)
		}
		if r.Ref == "zones/kik" && r.Criteria[0].To != "ports/kkt" {
			t.Errorf("the container port of KIK is %s", r.Criteria[0].To)
		}
	}
}

func TestWrongCriteria(t *testing.T) {
	t.Parallel()
	for _, criteria := range []string{
		``, `[]`, `{}`, `nonsense`, `[{}]`, `[{"area":true,"direction":"more","weight":1}] 2`, `[{"area":true,"direction":"up","weight":1}]`,
		`[{"area":true,"direction":"more","weight":0}]`, `[{"area":true,"direction":"more","weight":-1}]`, `[{"area":true,"direction":"more","weight":"x"}]`,
		`[{"area":true,"direction":"more","weight":1,"wieght":2}]`, `[{"property":"nope","direction":"more","weight":1}]`,
		`[{"nearest":{"collection":"nope"},"direction":"less","weight":1}]`, `[{"nearest":{"collection":"ports","filter":"nope = 1"},"direction":"less","weight":1}]`,
		`[{"within":{"collection":"mills"},"direction":"more","weight":1}]`, `[{"within":{"collection":"mills","distance_m":1e9},"direction":"more","weight":1}]`,
		`[{"nearest":{"collection":"published_distances"},"direction":"less","weight":1}]`, `[{"within":{"collection":"mills","distance_m":9,"sum":"name"},"direction":"more","weight":1}]`,
		`[{"area":true,"property":"stated_area_ha","direction":"more","weight":1}]`, `[{"area":true,"direction":"more","weight":1,"at_least":2,"at_most":1}]`,
	} {
		response := get(t, shippedServer(t), "/zones/rank?criteria="+url.QueryEscape(criteria))
		var problem struct{ Detail, Parameter string }
		if err := json.Unmarshal(response.body, &problem); err != nil {
			t.Fatal(err)
		}
		if response.status < 400 || response.status > 499 || problem.Detail == "" || problem.Parameter != "criteria" {
			t.Errorf("%s: got %d %+v", criteria, response.status, problem)
		}
	}
}

func TestComparison(t *testing.T) {
	t.Parallel()
	response := get(t, shippedServer(t), "/zones/compare?ids=kik,kib,kek-mbtk")
	var a struct {
		Zones []struct{ Ref string }
		Rows  []struct {
			Key   string
			Cells []any
		}
	}
	if err := json.Unmarshal(response.body, &a); err != nil {
		t.Fatal(err)
	}
	if len(a.Zones) != 3 || a.Zones[0].Ref != "zones/kik" || len(a.Rows) < 20 {
		t.Fatalf("got %d, zones %v, %d rows", response.status, a.Zones, len(a.Rows))
	}
	for _, r := range a.Rows {
		if len(r.Cells) != 3 {
			t.Errorf("row %s has %d cells", r.Key, len(r.Cells))
		}
	}
	for path, status := range map[string]int{
		"/zones/compare": 400, "/zones/compare?ids=,": 400, "/zones/compare?ids=kik,kik": 400, "/zones/compare?ids=kik,nope": 404,
		"/zones/compare?ids=kik&collection=nope": 404, "/zones/rank?ids=nope&criteria=" + url.QueryEscape(portAndArea): 404,
	} {
		if got := get(t, shippedServer(t), path); got.status != status {
			t.Errorf("%s: got %d, want %d\n%.300s", path, got.status, status, got.body)
		}
	}
}

func TestPagesOfZonesAndBuffers(t *testing.T) {
	t.Parallel()
	for _, path := range []string{
		"/zones/compare?ids=kik,kib", "/zones/rank?criteria=" + url.QueryEscape(portAndArea), "/proximity/buffer?from=zones/kik&distance=5km,1km",
	} {
		for _, lang := range []string{"en", "id"} {
			a := get(t, shippedServer(t), path+"&f=html&lang="+lang)
			if a.status != http.StatusOK || !strings.Contains(string(a.body), `<html lang="`+lang+`"`) || !strings.Contains(string(a.body), "</html>") {
				t.Errorf("%s in %s: %d\n%.300s", path, lang, a.status, a.body)
			}
		}
	}
}

func TestBuffer(t *testing.T) {
	t.Parallel()
	a := get(t, shippedServer(t), "/proximity/buffer?from=116.8,-1.2&distance=2km,1km").json(t)
	features, _ := a["features"].([]any)
	if len(features) != 2 {
		t.Fatalf("got %d rings, want 2", len(features))
	}
	for i, want := range []float64{314.16, 1256.64} { // hectares of circles of 1 and 2 km
		f, _ := features[i].(map[string]any)
		p, _ := f["properties"].(map[string]any)
		if got, _ := p["area_ha"].(float64); got < want*0.998 || got > want*1.002 {
			t.Errorf("ring %d has %v ha, want %v", i, got, want)
		}
	}
	for query, parameter := range map[string]string{
		"from=zones/kik": "distance", "distance=1km": "from", "from=zones/kik&distance=0km": "distance", "from=zones/kik&distance=5000km": "distance",
		"from=zones/kik&distance=1km&to=ports": "to", "from=-1.2,116.8&distance=1km": "from", "from=zones/kik&distance=5": "distance",
	} {
		response := get(t, shippedServer(t), "/proximity/buffer?"+query)
		var problem struct{ Detail, Parameter string }
		if err := json.Unmarshal(response.body, &problem); err != nil {
			t.Fatal(err)
		}
		if response.status != 400 || problem.Parameter != parameter {
			t.Errorf("%s: got %d %+v, want 400 in %s", query, response.status, problem, parameter)
		}
	}
}
