package api_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
)

// What the OpenAPI document says of a parameter is what a request is held to: of each
// operation and each parameter, a value that its schema rules out is refused, and the
// answer names the parameter and says what would be right.
func TestEveryParameterIsChecked(t *testing.T) {
	t.Parallel()
	s := shippedServer(t)
	d, err := openapi3.NewLoader().LoadFromData(get(t, s, "/api").body)
	if err != nil {
		t.Fatal(err)
	}
	fill := strings.NewReplacer(
		"{featureId}", "kik", "{id}", "kik", "{tileMatrixSetId}", "WebMercatorQuad", "{tileMatrix}", "0", "{tileRow}", "0", "{tileCol}", "0",
		"{z}", "0", "{x}", "0", "{y}", "0", "{styleId}", "light",
	)
	tried := 0
	for path, item := range d.Paths.Map() {
		for method, operation := range item.Operations() {
			needed := url.Values{}
			for _, r := range operation.Parameters {
				if p := r.Value; p.In == openapi3.ParameterInQuery && p.Required {
					needed.Set(p.Name, map[string]string{"from": "zones/kik", "to": "ports", "distance": "5km", "ids": "kik", "collections": "zones"}[p.Name])
				}
			}
			for _, r := range operation.Parameters {
				p := r.Value
				if s := p.Schema.Value; s.Pattern != "" || s.MaxLength != nil || s.MultipleOf != nil || s.ExclusiveMin.IsTrue() || s.ExclusiveMax.IsTrue() || s.UniqueItems {
					t.Errorf("%s %s: the schema of %s says what is not checked", method, path, p.Name)
				}
				for _, wrong := range wrongValues(p) {
					tried++
					q := url.Values{p.Name: {wrong}}
					for name, value := range needed {
						if name != p.Name {
							q[name] = value
						}
					}
					target, statuses := fill.Replace(path)+"?"+q.Encode(), []int{http.StatusBadRequest}
					if p.In == openapi3.ParameterInPath {
						target = fill.Replace(strings.Replace(path, "{"+p.Name+"}", url.PathEscape(wrong), 1)) + "?" + needed.Encode()
						statuses = append(statuses, http.StatusNotFound)
					}
					request := httptest.NewRequest(method, target, nil)
					if method == http.MethodPost {
						request = httptest.NewRequest(method, target, strings.NewReader(`{"type":"Point","coordinates":[116.8,-1.2]}`))
						request.Header.Set("Content-Type", "application/geo+json")
					}
					request.Host = "example.test"
					a := send(t, s, request)
					if !slices.Contains(statuses, a.status) {
						t.Errorf("%s %s: got %d, want one of %d", method, target, a.status, statuses)
						continue
					}
					problem := a.json(t)
					if detail, _ := problem["detail"].(string); problem["parameter"] != p.Name || !strings.Contains(detail, p.Name) || problem["fix"] == nil {
						t.Errorf("%s %s: the answer doesn't say what is wrong with which parameter: %s", method, target, a.body)
					}
				}
			}
		}
	}
	if tried < 500 {
		t.Errorf("tried %d wrong values only", tried)
	}
}

// wrongValues are values that the schema of a parameter rules out, one for each thing that it says.
func wrongValues(p *openapi3.Parameter) (wrong []string) {
	add := func(s *openapi3.Schema, around string) {
		number := func(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
		if len(s.Enum) > 0 {
			wrong = append(wrong, "neither"+around)
		}
		if s.Type.Is("integer") {
			wrong = append(wrong, "1.5"+around)
		}
		if s.Type.Is("integer") || s.Type.Is("number") {
			wrong = append(wrong, "many"+around, "NaN"+around, "0x1"+around)
			if s.Min != nil {
				wrong = append(wrong, number(*s.Min-1)+around)
			}
			if s.Max != nil && p.Name != "limit" { // which is documented to be taken as the maximum
				wrong = append(wrong, number(*s.Max+1)+around, "99999999999999999999"+around)
			}
		}
	}
	s := p.Schema.Value
	add(s, "")
	if s.MinLength > 0 || s.MinItems > 0 {
		wrong = append(wrong, "")
	}
	if !s.Type.Is("array") {
		return wrong
	}
	if s.MinItems > 1 {
		wrong = append(wrong, strings.Repeat(",1", int(s.MinItems)-1)[1:])
	}
	if s.MaxItems != nil {
		wrong = append(wrong, strings.Repeat(",1", int(*s.MaxItems)+1)[1:])
	}
	add(s.Items.Value, strings.Repeat(",1", int(max(s.MinItems, 1))-1))
	return wrong
}

// What is wrong with a value is said in words, and what would be right.
func TestWrongValues(t *testing.T) {
	t.Parallel()
	s := shippedServer(t)
	const within = "/proximity/within?from=zones/kik&to=ports&distance=5km&"
	for target, want := range map[string][2]string{
		within + "by_area=yes":                                    {`by_area is "yes"`, "true or false"},
		within + "summary=":                                       {},
		within + "summary=all":                                    {`summary is "all"`, "only or with-features"},
		within + "measure=middle":                                 {`measure is "middle"`, "boundary, centroid or anchor"},
		within + "lang=fr":                                        {`lang is "fr"`, "en or id"},
		"/collections/zones/items?f=":                             {"f is empty", "or no f at all"},
		"/collections/zones/items?limit=99999999999999999999":     {},
		"/collections/zones/items?limit=0":                        {`limit is "0"`, "a whole number of at least 1"},
		"/collections/zones/items?limit=abc&limit=5":              {}, // the last one counts
		"/collections/zones/items?limit=":                         {"limit is empty", "a whole number of at least 1"},
		"/collections/zones/items?coordinate-precision=16":        {`coordinate-precision is "16"`, "a whole number from 0 to 15"},
		"/collections/zones/items?bbox=1,2,3":                     {"bbox has 3 values", "four numbers minx,miny,maxx,maxy"},
		"/collections/zones/items?bbox=1,2,3,4,5":                 {"bbox has 5 numbers", "four numbers minx,miny,maxx,maxy"},
		"/collections/zones/items?bbox=1,,3,4":                    {`"" in bbox is not a number`, "four numbers minx,miny,maxx,maxy"},
		"/collections/zones/items?datetime=":                      {"datetime is empty", "an instant such as"},
		"/collections/zones/items?properties=":                    {}, // none of them
		"/collections/zones/items?zoom-level=-1":                  {`zoom-level is "-1"`, "a number of at least 0"},
		"/collections/zones/map.png?dpi=12":                       {`dpi is "12"`, "a number from 72 to 300"},
		"/zones/compare?ids=":                                     {"ids is empty", "separated by commas"},
		"/zones/compare?ids=,":                                    {"ids has 0 values", "separated by commas"},
		"/tiles/WebMercatorQuad/0/0/0?labels=1":                   {`labels is "1"`, "true or false"},
		"/tiles/WebMercatorQuad/0/north/0":                        {`tileRow is "north"`, "a whole number of at least 0"},
		"/proximity/within?from=zones/kik&to=ports&distance=-5":   {`the distance "-5" is negative`, "a number and a unit"},
		"/proximity/within?from=zones/kik&to=ports&distance=-5km": {`the distance "-5km" is negative`, "a number and a unit"},
		"/proximity/within?from=zones/kik&to=ports&distance=5":    {`the distance "5" has no unit`, "a number and a unit"},
	} {
		a := get(t, s, target)
		if want == [2]string{} {
			if a.status != http.StatusOK {
				t.Errorf("%s: got %d, want 200: %s", target, a.status, a.body)
			}
			continue
		}
		problem := a.json(t)
		detail, _ := problem["detail"].(string)
		fix, _ := problem["fix"].(string)
		if a.status != http.StatusBadRequest || !strings.Contains(detail, want[0]) || !strings.Contains(fix, want[1]) {
			t.Errorf("%s: got %d %s", target, a.status, a.body)
		}
	}
}
