package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"kawasan/api"
	"kawasan/geo"
	"kawasan/geo/format"
	"kawasan/geo/postgis"
	"kawasan/geo/postgis/postgistest"
	"kawasan/geo/snapshot"
	"kawasan/geo/zone"
)

// withoutPlaces imports wells, of which two rows have no coordinates, and gives
// servers that answer from memory and from the database.
func withoutPlaces(t *testing.T) (memory, store func(target string) (int, http.Header, []byte)) {
	t.Helper()
	dsn := postgistest.Shipped(t)
	file := filepath.Join(t.TempDir(), "wells.csv")
	rows := "id,name,lon,lat,debit,use\nw1,Sumur Satu,116.80,-1.15,1.5,air\nw2,Sumur Dua,,,3,air\nw3,Sumur Tiga,,,9,api\nw4,Sumur Empat,116.9,-1.2,4,air\n"
	if err := os.WriteFile(file, []byte(rows), 0o600); err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	if code := run(t.Context(), []string{"import", "wells", file, "--database-url", dsn}, streams{strings.NewReader(""), &out, &errs}); code != 0 {
		t.Fatalf("import: code %d, %s%s", code, out.String(), errs.String())
	}
	conn, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(context.Background()) }()
	for _, sql := range []string{
		`INSERT INTO kawasan._unlocated (collection, id, properties) VALUES ('wells', 'w0', '{"name": "Sumur Nol", "debit": 3, "use": "air"}')`,
		`CREATE TABLE kawasan.lost (id text PRIMARY KEY, name text, geom geometry(Polygon, 4326))`,
		`INSERT INTO kawasan.lost SELECT 'l' || to_char(i, 'FM000'), 'Lost ' || i, CASE i WHEN 1 THEN ST_MakeEnvelope(116.7, -1.2, 116.8, -1.1, 4326) WHEN 2 THEN 'SRID=4326;POLYGON EMPTY'::geometry END FROM generate_series(1, 160) i`,
		`CREATE TABLE kawasan.nowhere (id text PRIMARY KEY, name text, geom geometry(MultiPolygon, 4326))`,
		`INSERT INTO kawasan.nowhere VALUES ('n1', 'Nusa', NULL)`,
	} {
		if _, err := conn.Exec(t.Context(), sql); err != nil {
			t.Fatalf("%s: %v", sql, err)
		}
	}
	database, err := postgis.Open(t.Context(), postgis.Options{URL: dsn})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(database.Close)
	held := snapshot.NewReader(database, snapshot.ReaderOptions{Options: snapshot.Options{Encode: encode}})
	if err := held.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	server := func(r geo.Reader) func(string) (int, http.Header, []byte) {
		s, err := api.New(api.Config{Reader: zone.Connectivity(r, inMemory), BaseURL: "http://kawasan.test", Exports: api.Exports{Dir: t.TempDir()}})
		if err != nil {
			t.Fatal(err)
		}
		return func(target string) (int, http.Header, []byte) {
			response, err := s.App().Test(httptest.NewRequest(http.MethodGet, target, nil), -1)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = response.Body.Close() }()
			body, err := io.ReadAll(response.Body)
			if err != nil {
				t.Fatal(err)
			}
			return response.StatusCode, response.Header, body
		}
	}
	return server(held), server(database)
}

// What has no position is named by every answer that it might belong to, wherever it is
// kept and whichever store answers, if the filter is true for it.
func TestAnswersNameWhatHasNoPosition(t *testing.T) {
	t.Parallel()
	memory, store := withoutPlaces(t)
	lookups := url.QueryEscape(`[{"section":"Wells","collection":"wells","filter":"use = 'air'","nearest":2}]`)
	criteria := url.QueryEscape(`[{"name":"wells","nearest":{"collection":"wells","filter":"use = 'air'"},"direction":"less","weight":1}]`)
	for _, test := range []struct {
		target string
		want   []string
		more   int
		says   string
	}{
		{"/proximity/nearest?from=zones/kik&to=wells&k=9", []string{"wells/w0", "wells/w2", "wells/w3"}, 0, "3 that fit the question"},
		{"/proximity/nearest?from=zones/kik&to=wells&k=9&measure=centroid&filter=debit%20%3E%205", []string{"wells/w3"}, 0, "1 that fit"},
		{"/proximity/within?from=116.8,-1.2&to=wells&distance=1km&filter=use%3D%27air%27", []string{"wells/w0", "wells/w2"}, 0, "Sumur Nol, Sumur Dua"},
		{"/proximity/matrix?from=zones&to=wells&filter=debit%3C2", []string{}, 0, ""},
		{"/proximity/overlap?from=zones&to=nowhere", []string{"nowhere/n1"}, 0, "Nusa"},
		{"/proximity/nearest?from=zones/kik&to=lost,wells&k=9", nil, 62, "162 that fit"},
		{"/proximity/nearest?from=wells&to=zones&k=1", []string{"wells/w0", "wells/w2", "wells/w3"}, 0, "3 that fit"},
		{"/proximity/matrix?from=wells&to=wells", []string{"wells/w0", "wells/w2", "wells/w3"}, 0, "3 that fit"},
		{"/proximity/matrix?from=lost,wells&to=lost", nil, 62, "162 that fit"},
		{"/proximity/buffer?from=wells&distance=1km", []string{"wells/w0", "wells/w2", "wells/w3"}, 0, "3 that fit"},
		{"/zones/kik/profile?lookups=" + lookups, nil, 0, `"unlocated":["Sumur Nol","Sumur Dua"]`},
		{"/zones/kik/profile?lookups=" + url.QueryEscape(`[{"section":"Lost","collection":"lost","rings_m":[1000]}]`), nil, 59, `"unlocated_more":59`},
		{"/zones/compare?ids=kik,kib&lookups=" + lookups, nil, 0, ""},
		{"/zones/rank?criteria=" + criteria, nil, 0, "2 of wells that fit have no published position"},
	} {
		status, _, body := memory(test.target)
		if status != http.StatusOK {
			t.Errorf("%s: %d %s", test.target, status, body)
			continue
		}
		if other, _, second := store(test.target); other != status || !bytes.Equal(second, body) {
			t.Errorf("%s: not the same from the database (-memory +database):\n%s", test.target, cmp.Diff(string(body), string(second)))
		}
		if !strings.Contains(string(body), test.says) {
			t.Errorf("%s: does not say %q: %s", test.target, test.says, body)
		}
		var a struct {
			Unlocated []struct{ Ref string }
			More      int `json:"unlocated_more"`
		}
		if err := json.Unmarshal(body, &a); err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(test.target, "/proximity/") && a.More != test.more {
			t.Errorf("%s: %d more, want %d", test.target, a.More, test.more)
		}
		if test.want == nil {
			continue
		}
		got := []string{}
		for _, u := range a.Unlocated {
			got = append(got, u.Ref)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s: unlocated (-want +got):\n%s", test.target, diff)
		}
	}
	for _, from := range []string{"wells/w0", "wells/w2", "lost/l002", "lost/l003", "nowhere"} {
		target := "/proximity/nearest?to=ports&from=" + from
		status, _, body := memory(target)
		if status != http.StatusBadRequest || !strings.Contains(string(body), "has no published position") {
			t.Errorf("%s: %d %s", target, status, body)
		}
		if _, _, second := store(target); !bytes.Equal(second, body) {
			t.Errorf("%s: not the same from the database: %s", target, second)
		}
	}
}

// Features without a geometry, and collections that have no other, hinder nothing
// that is served of a collection.
func TestNothingFailsWithoutAPosition(t *testing.T) {
	t.Parallel()
	memory, store := withoutPlaces(t)
	for _, id := range []string{"wells", "lost", "nowhere"} {
		c := "/collections/" + id
		targets := []string{
			c, c + "?f=html", c + "/items?limit=200", c + "/items?f=html", c + "/items?bbox=116,-2,117,0", c + "/items?f=json&crs=http://www.opengis.net/def/crs/EPSG/0/32750",
			c + "/items?zoom-level=5", c + "/map.png", c + "/map.png?bbox=116,-2,117,0", c + "/map.svg", c + "/tiles/WebMercatorQuad/0/0/0?f=mvt",
			c + "/tiles/WebMercatorQuad?f=tilejson", c + "/queryables", c + "/schema", "/proximity/nearest?from=zones/kik&f=html&to=" + id, "/proximity/overlap?from=zones/kik&to=" + id,
			"/proximity/nearest?from=zones/kik&f=csv&to=" + id, "/proximity/nearest?from=zones/kik&as=lines&to=" + id,
			"/zones/kik/profile?f=html&lookups=" + url.QueryEscape(fmt.Sprintf(`[{"section":"There","collection":%q,"nearest":2}]`, id)), "/export?collections=" + id,
		}
		for _, item := range map[string][]string{"wells": {"w1", "w2"}, "lost": {"l001", "l002", "l003"}, "nowhere": {"n1"}}[id] {
			one := c + "/items/" + item
			targets = append(targets, one, one+"?f=html", one+"?crs=http://www.opengis.net/def/crs/EPSG/0/32750")
		}
		for _, f := range format.All() {
			targets = append(targets, c+"/items?f="+f.Name)
		}
		for _, target := range targets {
			status, header, body := memory(target)
			if status != http.StatusOK && status != http.StatusNoContent || len(body) == 0 && status == http.StatusOK && !strings.Contains(target, "f=mvt") {
				t.Errorf("%s: %d %.300s", target, status, body)
			}
			if kind := header.Get("Content-Type"); strings.HasPrefix(kind, "application/geo+json") && kind != "application/geo+json-seq" && !json.Valid(body) {
				t.Errorf("%s: no JSON: %.300s", target, body)
			}
			if strings.Contains(target, "/map.") || strings.Contains(target, "/items?f=") {
				continue // other tests compare maps and files
			}
			if other, _, second := store(target); other != status || !bytes.Equal(second, body) && target != c && target != c+"?f=html" { // which say how they are held
				t.Errorf("%s: not the same from the database: %d, %d bytes, and %d, %d bytes", target, status, len(body), other, len(second))
			}
		}
	}
}
