package api_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// postGeometry sends a body of GeoJSON.
func postGeometry(t *testing.T, target, body string, headers ...string) answer {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, target, strings.NewReader(body))
	r.Host = "example.test"
	r.Header.Set("Content-Type", "application/geo+json")
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return send(t, shippedServer(t), r)
}

// A body above the limit is refused before it is read.
func TestBodyTooLarge(t *testing.T) {
	t.Parallel()
	at := serve(t, newServer(t))
	response, err := http.Post(at+"/proximity/nearest?to=ports", "application/geo+json", strings.NewReader(strings.Repeat(" ", 50<<20)))
	if err != nil {
		return // the connection was closed while the body was on its way: refused all the same
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusRequestEntityTooLarge {
		t.Errorf("got %d", response.StatusCode)
	}
}

// Every question can be asked of a geometry in the body; a point there gives
// what the same point gives in the address.
func TestQuestionsOfGeometry(t *testing.T) {
	t.Parallel()
	for _, question := range []string{
		"nearest?to=ports&k=3&filter=access%3D'public'", "within?to=mills&distance=50km&cargo=", "matrix?to=ikn,towns", "buffer?distance=1km,2km", "overlap?to=regencies",
	} {
		question = strings.ReplaceAll(question, "&cargo=", "")
		t.Run(question, func(t *testing.T) {
			t.Parallel()
			features := func(a answer) string {
				var body struct{ Features json.RawMessage }
				if err := json.Unmarshal(a.body, &body); a.status != http.StatusOK || err != nil {
					t.Fatalf("%d %s", a.status, a.body)
				}
				return string(body.Features)
			}
			given := postGeometry(t, "/proximity/"+question, `{"type":"Point","coordinates":[116.8,-1.2]}`)
			named := get(t, shippedServer(t), "/proximity/"+question+"&from=116.8,-1.2")
			if features(given) != features(named) {
				t.Errorf("got %s, want %s", given.body, named.body)
			}
			if given.header.Get("ETag") != "" {
				t.Error("the answer to a body has a label that does not cover the body")
			}
			if area := postGeometry(t, "/proximity/"+question+"&f=html", `{"type":"Polygon","coordinates":[[[116.7,-1.3],[116.9,-1.3],[116.9,-1.1],[116.7,-1.1],[116.7,-1.3]]]}`); area.status != http.StatusOK {
				t.Errorf("%d %s", area.status, area.body)
			}
		})
	}
}

func TestBadGeometry(t *testing.T) {
	t.Parallel()
	point := `{"type":"Point","coordinates":[116.8,-1.2]}`
	tests := []struct {
		name, target, body, mediaType string
		status                        int
		parameter, says               string
	}{
		{"both", "/proximity/nearest?to=ports&from=zones/kik", point, "application/geo+json", 400, "from", "twice"},
		{"none", "/proximity/nearest?to=ports", "", "application/geo+json", 400, "body", "empty"},
		{"an image", "/proximity/nearest?to=ports", point, "image/png", 400, "body", "not read"},
		{"bow tie", "/proximity/overlap?to=regencies", `{"type":"Polygon","coordinates":[[[116,-1],[117,0],[117,-1],[116,0],[116,-1]]]}`, "application/json", 400, "body", "cross"},
		{"latitude first", "/proximity/buffer?distance=1km", `{"type":"Point","coordinates":[-1.2,116.8]}`, "application/json", 400, "body", "latitude,longitude"},
		{"target without geometry", "/proximity/nearest?to=published_distances", point, "application/json", 400, "to", "no geometry"},
		{"edges of a buffer", "/proximity/buffer?distance=1km", `{"type":"LineString","coordinates":[[116,0]` + strings.Repeat(`,[116,1],[116,0]`, 10_001) + `]}`, "application/json", 413, "distance", "too many or too long edges"},
		{"not a question of geometry", "/zones/kik/profile", point, "application/json", 405, "", "method"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			a := postGeometry(t, test.target, test.body, "Content-Type", test.mediaType)
			var p struct{ Parameter, Detail, Fix string }
			if err := json.Unmarshal(a.body, &p); err != nil || a.status != test.status || p.Parameter != test.parameter || !strings.Contains(p.Detail, test.says) {
				t.Errorf("got %d %s, want %d in %q that says %q", a.status, a.body, test.status, test.parameter, test.says)
			}
		})
	}
}
