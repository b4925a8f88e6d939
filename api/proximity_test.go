package api_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// answerOf is what tests look at in an answer.
type answerOf struct {
	Features []struct {
		Properties struct {
			Rank     int      `json:"rank"`
			To       string   `json:"to"`
			Distance float64  `json:"distance_m"`
			Least    float64  `json:"distance_min_m"`
			Most     *float64 `json:"distance_max_m"`
			Water    *float64 `json:"water_share"`

			Certainty string
		}
	}
	Summaries []struct {
		Count    int
		CountMax *int `json:"count_max"`
		Sums     []struct {
			ByArea *struct {
				Rounded float64
			} `json:"by_area"`
		}
	}
	Unlocated []struct{ Ref string }
	Named     map[string]string
	Sentences []string
}

func askFor(t *testing.T, path string, query url.Values) answerOf {
	t.Helper()
	response := get(t, shippedServer(t), path+"?"+query.Encode())
	if response.status != http.StatusOK {
		t.Fatalf("%s?%s: %d\n%s", path, query.Encode(), response.status, response.body)
	}
	var a answerOf
	if err := json.Unmarshal(response.body, &a); err != nil {
		t.Fatal(err)
	}
	return a
}

// The questions that planners begin with, on the shipped data.
func TestPlannersQuestions(t *testing.T) {
	t.Parallel()
	found := func(a answerOf) string {
		var refs []string
		for _, f := range a.Features {
			refs = append(refs, f.Properties.To)
		}
		return strings.Join(refs, " ")
	}
	t.Run("nearest public ports", func(t *testing.T) {
		t.Parallel()
		a := askFor(t, "/proximity/nearest", url.Values{"from": {"zones/kik"}, "to": {"ports"}, "k": {"3"}, "filter": {"access = 'public'"}})
		if got := found(a); got != "ports/kkt ports/benuo-taka ports/balikpapan-semayang" {
			t.Errorf("got %s", got)
		}
		across := a.Features[1].Properties
		if across.Water == nil || *across.Water < 0.99 || across.Least > across.Distance || across.Most == nil || *across.Most < across.Distance {
			t.Errorf("across the bay: got %+v", across)
		}
		if len(a.Unlocated) != 1 || a.Unlocated[0].Ref != "ports/kenyamukan" || len(a.Sentences) == 0 {
			t.Errorf("unlocated %v, sentences %v", a.Unlocated, a.Sentences)
		}
	})
	t.Run("names of those that are not listed", func(t *testing.T) {
		t.Parallel()
		for k, want := range map[string]map[string]string{"2": {"ports/balikpapan-semayang": "Pelabuhan Balikpapan (Semayang)"}, "3": nil} {
			a := askFor(t, "/proximity/nearest", url.Values{"from": {"zones/kik"}, "to": {"ports"}, "k": {k}, "filter": {"access = 'public'"}})
			if !maps.Equal(a.Named, want) {
				t.Errorf("%s nearest: %v, want %v", k, a.Named, want)
			}
		}
	})
	t.Run("container ports by property", func(t *testing.T) {
		t.Parallel()
		a := askFor(t, "/proximity/nearest", url.Values{"from": {"zones/kik"}, "to": {"ports"}, "k": {"3"}, "cargo": {"container"}})
		if got := found(a); got != "ports/kkt ports/tpk-palaran" {
			t.Errorf("got %s", got)
		}
	})
	t.Run("mills within 50 km of Maloy", func(t *testing.T) {
		t.Parallel()
		a := askFor(t, "/proximity/within", url.Values{"from": {"zones/kek-mbtk"}, "to": {"mills"}, "distance": {"50km"}})
		if len(a.Features) != 6 || len(a.Summaries) != 1 || a.Summaries[0].Count != 6 {
			t.Errorf("got %d features, summaries %+v", len(a.Features), a.Summaries)
		}
	})
	t.Run("what may lie within", func(t *testing.T) {
		t.Parallel()
		ask := url.Values{"from": {"zones/kek-mbtk"}, "to": {"mills"}, "distance": {"50km"}, "possible": {"true"}}
		a := askFor(t, "/proximity/within", ask)
		if len(a.Features) != 7 || a.Summaries[0].Count != 6 || *a.Summaries[0].CountMax != 7 {
			t.Fatalf("got %d features, summaries %+v", len(a.Features), a.Summaries)
		}
		if last := a.Features[6].Properties; last.Distance <= 50_000 || last.Least > 50_000 || last.Certainty != "depends_on_boundary" {
			t.Errorf("the seventh: %+v", last)
		}
	})
	t.Run("hectares by area, an order of magnitude", func(t *testing.T) {
		t.Parallel()
		a := askFor(t, "/proximity/within", url.Values{"from": {"zones/kib"}, "to": {"plantations"}, "distance": {"25km"}, "sum": {"planted_area_ha"}, "by_area": {"true"}, "summary": {"only"}})
		if len(a.Summaries) != 1 || len(a.Summaries[0].Sums) != 1 || a.Summaries[0].Sums[0].ByArea == nil || a.Summaries[0].Sums[0].ByArea.Rounded != 30000 {
			t.Errorf("got %+v", a.Summaries)
		}
	})
	t.Run("matrix of zones and the capital", func(t *testing.T) {
		t.Parallel()
		if a := askFor(t, "/proximity/matrix", url.Values{"from": {"zones"}, "to": {"ikn"}, "as": {"lines"}}); len(a.Features) != 21 {
			t.Errorf("got %d pairs, want 21", len(a.Features))
		}
	})
	t.Run("overlap", func(t *testing.T) {
		t.Parallel()
		if a := askFor(t, "/proximity/overlap", url.Values{"from": {"zones/kib"}, "to": {"regencies"}}); len(a.Features) == 0 || a.Features[0].Properties.To != "regencies/idn-64-09" && found(a) == "" {
			t.Errorf("got %+v", a.Features)
		}
	})
}

// Each wrong question says in which parameter it is wrong, and what would be right.
func TestWrongQuestions(t *testing.T) {
	t.Parallel()
	tests := []struct {
		path, query string
		status      int
		parameter   string
	}{
		{"nearest", "to=ports", 400, "from"},
		{"nearest", "from=zones/kik", 400, "to"},
		{"nearest", "from=zones/nope&to=ports", 404, "from"},
		{"nearest", "from=nope&to=ports", 404, "from"},
		{"nearest", "from=zones/kik&to=nope", 404, "to"},
		{"nearest", "from=-1.2,116.8&to=ports", 400, "from"},
		{"nearest", "from=116.8&to=ports", 400, "from"},
		{"nearest", "from=NaN,0&to=ports", 404, "from"},
		{"nearest", "from=zones/kik&to=published_distances", 400, "to"},
		{"nearest", "from=zones/kik&to=ports,ports", 400, "to"},
		{"nearest", "from=zones/kik&to=ports&k=0", 400, "k"},
		{"nearest", "from=zones/kik&to=ports&k=1000000", 400, "k"},
		{"nearest", "from=zones/kik&to=ports&k=x", 400, "k"},
		{"nearest", "from=zones/kik&to=ports&measure=guess", 400, "measure"},
		{"nearest", "from=zones/kik&to=ports&as=dots", 400, "as"},
		{"nearest", "from=zones/kik&to=ports&max_distance=5", 400, "max_distance"},
		{"nearest", "from=zones/kik&to=ports&max_distance=0km", 400, "max_distance"},
		{"nearest", "from=zones/kik&to=ports&filter=nope%3D1", 400, "filter"},
		{"nearest", "from=zones/kik&to=ports,towns&cargo=container", 400, "cargo"},
		{"nearest", "from=zones/kik&to=ports&nonsense=1", 400, "nonsense"},
		{"nearest", "from=zones/kik&to=ports&crs=EPSG:1", 400, "crs"},
		{"nearest", "from=zones/kik&to=ports&f=dwg", 400, "f"},
		{"within", "from=zones/kik&to=ports", 400, "distance"},
		{"within", "from=zones/kik&to=ports&distance=50", 400, "distance"},
		{"within", "from=zones/kik&to=ports&distance=-5km", 400, "distance"},
		{"within", "from=zones/kik&to=ports&distance=1e999km", 400, "distance"},
		{"within", "from=zones/kik&to=ports&distance=30000km", 400, "distance"},
		{"within", "from=zones/kik&to=ports&distance=5miles", 400, "distance"},
		{"within", "from=zones/kik&to=ports&distance=5km&sum=nope", 400, "sum"},
		{"within", "from=zones/kik&to=ports&distance=5km&possible=perhaps", 400, "possible"},
		{"within", "from=zones/kik&to=ports&distance=5km&by_area=1", 400, "by_area"},
		{"within", "from=zones/kik&to=ports&distance=5km&summary=all", 400, "summary"},
		{"within", "from=zones/kik&to=ports&distance=5km&sum=name", 400, "sum"},
	}
	for _, test := range tests {
		t.Run(test.path+"?"+test.query, func(t *testing.T) {
			t.Parallel()
			response := get(t, shippedServer(t), "/proximity/"+test.path+"?"+test.query)
			var problem struct{ Detail, Fix, Parameter string }
			if err := json.Unmarshal(response.body, &problem); err != nil {
				t.Fatal(err)
			}
			if response.status != test.status || problem.Parameter != test.parameter || problem.Detail == "" || problem.Fix == "" {
				t.Errorf("got %d and %+v, want %d in %s", response.status, problem, test.status, test.parameter)
			}
		})
	}
}

func TestAnswerFormsAndBytes(t *testing.T) {
	t.Parallel()
	question := "/proximity/nearest?from=zones/kib&to=ports&k=2"
	for form, begins := range map[string]string{"csv": "id,", "xlsx": "PK", "gpkg": "SQLite format 3", "html": "<!doctype html>", "json": `{"type":"FeatureCollection"`} {
		response := get(t, shippedServer(t), question+"&f="+form)
		again := get(t, newServer(t), question+"&f="+form).body
		if response.status != http.StatusOK || !strings.HasPrefix(strings.TrimPrefix(string(response.body), "\ufeff"), begins) {
			t.Errorf("%s: %d, begins with %.40q", form, response.status, response.body)
		}
		if string(response.body) != string(again) {
			t.Errorf("%s: the same question gives other bytes", form)
		}
	}
}

func TestProfileOfAZone(t *testing.T) {
	t.Parallel()
	for path, status := range map[string]int{
		"/zones/kik/profile": 200, "/zones/kib/profile?f=html&lang=id": 200, "/zones/kek-mbtk/profile": 200, "/zones/apt-bpn/profile?collection=infrastructure": 200,
		"/zones/nope/profile": 404, "/zones/kik/profile?collection=nope": 404, "/zones/kik/profile?nonsense=1": 400, "/zones/d-01/profile?collection=published_distances": 400,
	} {
		if response := get(t, shippedServer(t), path); response.status != status {
			t.Errorf("%s: got %d, want %d\n%.300s", path, response.status, status, response.body)
		}
	}
	body := get(t, shippedServer(t), "/zones/kik/profile").body
	var p struct {
		Sections []struct {
			Name  string
			Items []struct{ Key string }
		}
	}
	if err := json.Unmarshal(body, &p); err != nil {
		t.Fatal(err)
	}
	have := map[string]int{}
	for _, s := range p.Sections {
		have[s.Name] = len(s.Items)
	}
	for _, name := range []string{"ports", "mills", "plantations", "capital", "titik_nol", "airports", "substations", "power_plants", "towns"} {
		if have[name] == 0 {
			t.Errorf("section %s is empty: %v", name, have)
		}
	}
}

// An answer that is kept is the answer that was given, headers included.
func TestKeptAnswerIsTheSame(t *testing.T) {
	t.Parallel()
	s := shippedServer(t)
	for _, path := range []string{
		"/zones/kik/profile", "/zones/kik/profile?f=html", "/proximity/nearest?from=zones/kib&to=ports&k=2", "/proximity/nearest?from=zones/kib&to=ports&k=2&f=csv",
		"/proximity/nearest?from=zones/kib&to=ports&k=2&crs=EPSG:32750",
	} {
		for _, encoding := range []string{"", "gzip"} {
			first := get(t, s, path, "Accept-Encoding", encoding)
			second := get(t, s, path, "Accept-Encoding", encoding)
			for _, name := range []string{"Content-Type", "Content-Encoding", "Content-Disposition", "Content-Crs", "Content-Language", "Etag", "Vary", "Cache-Control", "Content-Security-Policy"} {
				if first.header.Get(name) != second.header.Get(name) {
					t.Errorf("%s: %s was %q and is %q", path, name, first.header.Get(name), second.header.Get(name))
				}
			}
			if string(first.body) != string(second.body) || first.status != second.status {
				t.Errorf("%s: other bytes the second time", path)
			}
		}
	}
}
