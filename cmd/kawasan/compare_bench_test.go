package main

import (
	"context"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"kawasan/api"
	"kawasan/geo/localpg/pgtest"
	"kawasan/geo/postgis"
	"kawasan/geo/snapshot"
	"kawasan/geo/zone"
)

// BenchmarkComparison sets three zones side by side, on the data as they are and,
// after a change to each collection, as they were. What it tells of processor time
// is that of this process, without the database.
//
//	go test ./cmd/kawasan -run '^$' -bench Comparison -benchtime 3x
func BenchmarkComparison(b *testing.B) {
	ctx := context.Background()
	options := postgis.Options{URL: pgtest.DSN(b)}
	if err := postgis.Migrate(ctx, options, nil); err != nil {
		b.Fatal(err)
	}
	if _, err := postgis.Load(ctx, options, false, nil); err != nil {
		b.Fatal(err)
	}
	begin := func() *api.Server { // with the data as they are then
		store, err := postgis.Open(ctx, options)
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(store.Close)
		memory := snapshot.NewReader(store, snapshot.ReaderOptions{Options: snapshot.Options{Encode: encode}})
		if err := memory.Load(ctx); err != nil {
			b.Fatal(err)
		}
		server, err := api.New(api.Config{Reader: zone.Connectivity(memory, inMemory), BaseURL: "http://kawasan.test", Limits: api.Limits{Timeout: time.Minute}})
		if err != nil {
			b.Fatal(err)
		}
		return server
	}
	server := begin()
	get := func(target string) string {
		response, err := server.App().Test(httptest.NewRequest(http.MethodGet, target, nil), -1)
		if err != nil {
			b.Fatal(err)
		}
		defer func() { _ = response.Body.Close() }()
		var body strings.Builder
		if err := response.Write(&body); err != nil || response.StatusCode != http.StatusOK {
			b.Fatalf("%s: %d %v", target, response.StatusCode, err)
		}
		return body.String()
	}
	const target = "/zones/compare?ids=kik,kib,kek-mbtk"
	then := target + "&version=" + regexp.MustCompile(`"version":"([^"]+)"`).FindStringSubmatch(get(target))[1]
	conn, err := pgx.Connect(ctx, options.URL)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = conn.Close(ctx) }()
	for _, name := range []string{"zones", "ikn", "ports", "mills", "plantations", "regencies", "infrastructure", "towns", "published_distances"} {
		if _, err := conn.Exec(ctx, `UPDATE kawasan.`+name+` SET source = source || '.'`); err != nil {
			b.Fatal(err)
		}
	}
	server = begin()
	for name, target := range map[string]string{"now": target, "earlier": then} {
		b.Run(name, func(b *testing.B) {
			before := processor(b)
			for b.Loop() {
				get(target)
			}
			b.ReportMetric(float64((processor(b)-before).Milliseconds())/float64(b.N), "cpu-ms/op")
		})
	}
}

// processor is the processor time that this process has taken.
func processor(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
