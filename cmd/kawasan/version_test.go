package main

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"kawasan/api"
	"kawasan/geo/postgis"
	"kawasan/geo/postgis/postgistest"
	"kawasan/geo/snapshot"
	"kawasan/geo/zone"
)

// Every answer names the data it rests on, and is had again from them byte for
// byte after everything was edited: by address in the link memento.
func TestAnswersCanBeRepeated(t *testing.T) {
	t.Parallel()
	dsn := postgistest.Shipped(t)
	store, err := postgis.Open(t.Context(), postgis.Options{URL: dsn})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(store.Close)
	memory := snapshot.NewReader(store, snapshot.ReaderOptions{Options: snapshot.Options{Encode: encode}})
	if err := memory.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	server, err := api.New(api.Config{Reader: zone.Connectivity(memory, inMemory), BaseURL: "http://kawasan.test"})
	if err != nil {
		t.Fatal(err)
	}
	get := func(address string) (int, string) {
		t.Helper()
		response, err := server.App().Test(httptest.NewRequest(http.MethodGet, strings.TrimPrefix(address, "http://kawasan.test"), nil), -1)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = response.Body.Close() }()
		body, err := io.ReadAll(response.Body)
		if err != nil {
			t.Fatal(err)
		}
		return response.StatusCode, string(body)
	}
	questions := []string{
		"/proximity/nearest?from=zones&to=ports,mills&k=4&filter=boundary_kind%20IS%20NOT%20NULL",
		"/proximity/nearest?from=zones/kik&to=connectivity&k=2&as=lines",
		"/proximity/within?from=zones/kib&to=plantations&distance=25km&sum=planted_area_ha&by_area=true",
		"/proximity/matrix?from=zones&to=ikn&lang=id",
		"/proximity/overlap?from=zones&to=regencies",
		"/proximity/buffer?from=zones/kik&distance=2km",
		"/zones/kik/profile",
		"/zones/compare?ids=kik,kib&lang=id",
		"/zones/rank?criteria=" + url.QueryEscape(`[{"name":"port","nearest":{"collection":"ports"},"direction":"less","weight":1}]`),
	}
	then, first, before := map[string]string{}, map[string]string{}, map[string]string{}
	for _, q := range questions {
		status, body := get(q)
		var a struct {
			Version   string
			Sentences []string
			Links     []struct{ Rel, Href string }
		}
		if err := json.Unmarshal([]byte(body), &a); status != http.StatusOK || err != nil {
			t.Fatalf("%s: %d %s", q, status, body)
		}
		before[q] = body
		for _, l := range a.Links {
			if l.Rel == "memento" {
				then[q] = l.Href
			}
		}
		if a.Version == "" || then[q] == "" {
			t.Fatalf("%s: no version, or no address for it:\n%s", q, body)
		}
		for _, s := range a.Sentences {
			if !strings.Contains(s, a.Version) {
				t.Errorf("%s: the sentence does not name version %s: %s", q, a.Version, s)
			}
		}
		_, first[q] = get(then[q])
	}
	items := "/collections/mills/items?limit=5&sortby=-name&version=" + versionOf(t, get, "mills")
	_, first[items] = get(items)
	then[items] = items

	conn, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(context.Background()) }()
	for _, sql := range []string{
		`UPDATE kawasan.zones SET geom = ST_Translate(geom, 0.01, 0), name = name || ' (new)', position_uncertainty_m = 1`,
		`DELETE FROM kawasan.ports WHERE id = 'kkt'`, `UPDATE kawasan.ports SET id = id || 'x'`, `TRUNCATE kawasan.mills`,
		`UPDATE kawasan.plantations SET planted_area_ha = 1`, `UPDATE kawasan.ikn SET geom = ST_Translate(geom, 0.1, 0)`,
		`DELETE FROM kawasan.regencies WHERE id > 'idn-64-05'`, `DELETE FROM kawasan._unlocated`, `DELETE FROM kawasan.published_distances`,
		`DELETE FROM kawasan.infrastructure`, `UPDATE kawasan.towns SET name = 'x'`,
	} {
		if _, err := conn.Exec(t.Context(), sql); err != nil {
			t.Fatalf("%s: %v", sql, err)
		}
	}
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	done := make(chan struct{})
	go func() { defer close(done); _ = memory.Follow(ctx, feed{store}) }()
	if err := memory.Fresh(ctx, time.Now()); err != nil {
		t.Fatal(err)
	}
	for _, q := range questions { // what is remembered of the data of now is no answer to what was asked of then
		_, _ = get(q)
	}
	for q, address := range then {
		status, body := get(address)
		if status != http.StatusOK {
			t.Errorf("%s: %d %s", address, status, body)
		}
		if diff := cmp.Diff(first[q], body); diff != "" {
			t.Errorf("%s (-then +now):\n%s", address, diff)
		}
		if _, now := get(q); now == before[q] {
			t.Errorf("%s: the answer has not changed, so nothing is shown", q)
		}
	}
	stop()
	<-done
}

// versionOf gives the version of a collection as the memory has it.
func versionOf(t *testing.T, get func(string) (int, string), collection string) string {
	t.Helper()
	_, body := get("/proximity/buffer?distance=1km&from=" + collection + "/mill-031")
	var a struct{ Version string }
	if err := json.Unmarshal([]byte(body), &a); err != nil || a.Version == "" {
		t.Fatalf("no version in %s", body)
	}
	return a.Version
}
