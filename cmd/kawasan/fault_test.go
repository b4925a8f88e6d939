package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"kawasan/geo/localpg/pgtest"
)

// byHand runs statements as somebody with psql would.
func byHand(t *testing.T, dsn string, statements ...string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(t.Context())) }()
	for _, s := range statements {
		if _, err := conn.Exec(t.Context(), s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
}

// eventually waits until the condition holds; what tells the last state.
func eventually(t *testing.T, what string, holds func() (bool, string)) {
	t.Helper()
	last := ""
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		ok, state := holds()
		if ok {
			return
		}
		last = state
	}
	t.Fatalf("%s: not within a minute; last: %s", what, last)
}

// about is what /collections/{c} says.
func (r *running) about(t *testing.T, collection string) (inMemory bool, note, whole string) {
	t.Helper()
	_, body := r.get(t, "/collections/"+collection)
	var d struct {
		InMemory bool
		Note     string
	}
	_ = json.Unmarshal(body, &d)
	return d.InMemory, d.Note, string(body)
}

// Who has written something reads it at once, if that is asked for.
func TestReadsOwnWrites(t *testing.T) {
	t.Parallel()
	dsn := pgtest.DSN(t)
	r := start(t, "--database-url", dsn, "--log-level", "warn")
	conn, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(t.Context())) }()
	for i := range 30 {
		name := fmt.Sprintf("Zone %d", i)
		if _, err := conn.Exec(t.Context(), `UPDATE kawasan.zones SET name = $1 WHERE id = 'kik'`, name); err != nil {
			t.Fatal(err)
		}
		for _, path := range []string{"/collections/zones/items/kik", "/collections/zones/items?q=" + url.QueryEscape(name)} {
			request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, r.url+path, nil)
			if err != nil {
				t.Fatal(err)
			}
			request.Header.Set("Kawasan-Fresh", "20")
			response, err := http.DefaultClient.Do(request)
			if err != nil {
				t.Fatal(err)
			}
			body, _ := io.ReadAll(response.Body)
			_ = response.Body.Close()
			if response.StatusCode != http.StatusOK || !strings.Contains(string(body), strconv.Quote(name)) {
				t.Fatalf("%s after %q was written: %s %.500s", path, name, response.Status, body)
			}
		}
	}
}

// What people do to tables by hand never makes a fault of ours, and ends with
// answers that are right; the other collections are not disturbed.
func TestTablesChangedByHand(t *testing.T) {
	t.Parallel()
	dsn := pgtest.DSN(t)
	r := start(t, "--database-url", dsn, "--log-level", "warn")
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("the log:\n%.20000s", r.stderr)
		}
	})
	estate := func(id, wkt string) string {
		return fmt.Sprintf(`INSERT INTO kawasan.estates VALUES ('%s', 'Estate %s', ST_GeomFromText('%s', 4326))`, id, id, wkt)
	}
	square := "POLYGON((116 0, 116.1 0, 116.1 0.1, 116 0.1, 116 0))"
	byHand(t, dsn, `CREATE TABLE kawasan.estates (id text PRIMARY KEY, name text, geom geometry(Geometry, 4326))`, estate("a", square), estate("b", square),
		`CREATE VIEW kawasan.estates_seen AS SELECT * FROM kawasan.estates`)

	stop, done := make(chan struct{}), make(chan struct{})
	go func() { // somebody asks all the while
		defer close(done)
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			case <-time.After(5 * time.Millisecond):
			}
			path := []string{"/collections/estates/items", "/collections/estates/items/a", "/collections/zones/items?limit=1", "/collections/estates/items?bbox=116,0,116.05,0.05"}[i%4]
			response, err := http.Get(r.url + path) // ends with the server
			if err != nil {
				t.Errorf("%s: %v", path, err)
				return
			}
			body, _ := io.ReadAll(response.Body)
			_ = response.Body.Close()
			if s := response.StatusCode; s != 200 && s != 404 && s != 503 || s == 503 && !strings.Contains(string(body), `"fix"`) {
				t.Errorf("%s: %s %s", path, response.Status, body)
				return
			}
		}
	}()
	defer func() { close(stop); <-done }()

	held := func(what string, wanted bool, note string) {
		t.Helper()
		eventually(t, what, func() (bool, string) {
			inMemory, said, whole := r.about(t, "estates")
			return inMemory == wanted && strings.Contains(said, note) && strings.Contains(whole, `"estates"`), whole
		})
	}
	items := func(what, path string, wanted ...string) {
		t.Helper()
		eventually(t, what, func() (bool, string) {
			_, body := r.get(t, path)
			for _, w := range wanted {
				if !strings.Contains(string(body), w) {
					return false, string(body)
				}
			}
			return true, ""
		})
	}
	held("a table made by hand", true, "")
	if inMemory, note, whole := r.about(t, "estates_seen"); inMemory || note == "" {
		t.Errorf("a view, whose changes nothing tells of: %s", whole)
	}
	items("a view is read from the database", "/collections/estates_seen/items", `"numberMatched":2`)
	byHand(t, dsn, `UPDATE kawasan.estates SET name = 'Renamed' WHERE id = 'a'`)
	items("an update", "/collections/estates/items/a", `"Renamed"`)
	items("an update, through the view", "/collections/estates_seen/items/a", `"Renamed"`)

	byHand(t, dsn, estate("bowtie", "POLYGON((116 0, 116.1 0.1, 116.1 0, 116 0.1, 116 0))"))
	items("a polygon that is not valid", "/collections/estates/items?bbox=116.09,0.04,116.11,0.06", `"id":"bowtie"`)
	byHand(t, dsn, `INSERT INTO kawasan.estates VALUES ('nan', 'No number', ST_SetSRID(ST_MakePoint('NaN', 1), 4326)), ('far', 'Too far', ST_SetSRID(ST_MakePoint('Infinity', 1), 4326))`)
	items("places that are none", "/collections/estates", `"without_position","rows":2`, `"far"`, `"nan"`)
	items("a row with such a place", "/collections/estates/items/nan", `"No number"`, `"geometry":null`)
	held("places that are none", true, "")
	byHand(t, dsn, `INSERT INTO kawasan.estates VALUES ('line', 'No number within', ST_SetSRID(ST_MakeLine(ARRAY[ST_MakePoint(116, 0), ST_MakePoint('NaN', 1), ST_MakePoint(117, 1)]), 4326))`)
	items("places that are none inside a line", "/collections/estates", `"without_position","rows":3`, `"line"`)
	items("a row with such a line", "/collections/estates/items/line", `"No number within"`, `"geometry":null`)
	held("places that are none inside a line", true, "")
	items("what lies beside them", "/collections/estates/items/a", `"Renamed"`)
	for _, form := range []string{"html", "csv", "gpkg", "kml"} {
		if response, body := r.get(t, "/collections/estates/items?f="+form); response.StatusCode != http.StatusOK {
			t.Errorf("%s with coordinates that are no numbers: %s %.300s", form, response.Status, body)
		}
	}
	if inMemory, _, whole := r.about(t, "zones"); !inMemory {
		t.Errorf("another collection is not in memory any more: %s", whole)
	}
	byHand(t, dsn, `DELETE FROM kawasan.estates WHERE id IN ('nan', 'far', 'line')`)
	held("the numbers are right again", true, "")

	byHand(t, dsn, `ALTER TABLE kawasan.estates ADD COLUMN hectares bigint DEFAULT 7`)
	items("a column more", "/collections/estates/items/a", `"hectares":7`)
	byHand(t, dsn, `ALTER TABLE kawasan.estates ALTER COLUMN hectares TYPE text USING 'seven'`)
	items("a column of another type", "/collections/estates/items/a", `"hectares":"seven"`)
	items("a column of another type, as a filter", "/collections/estates/items?hectares=seven", `"numberMatched":3`)
	byHand(t, dsn, `DROP VIEW kawasan.estates_seen`, `ALTER TABLE kawasan.estates DROP COLUMN hectares`)
	eventually(t, "a column less", func() (bool, string) {
		_, body := r.get(t, "/collections/estates/items/a")
		return !strings.Contains(string(body), "hectares") && strings.Contains(string(body), "Renamed"), string(body)
	})
	byHand(t, dsn, `TRUNCATE kawasan.estates`)
	items("an emptied table", "/collections/estates/items", `"numberMatched":0`)
	byHand(t, dsn, `DROP TABLE kawasan.estates`)
	eventually(t, "a dropped table", func() (bool, string) {
		response, body := r.get(t, "/collections/estates/items")
		return response.StatusCode == http.StatusNotFound, string(body)
	})
	if response, body := r.get(t, "/collections/zones/items"); response.StatusCode != http.StatusOK {
		t.Errorf("zones: %s %s", response.Status, body)
	}
}

// While the database is away, reads go on, and say how old they may be.
func TestDatabaseAway(t *testing.T) {
	t.Parallel()
	dsn := pgtest.DSN(t)
	r := start(t, "--database-url", dsn)
	eventually(t, "zones in memory", func() (bool, string) {
		inMemory, _, whole := r.about(t, "zones")
		return inMemory, whole
	})
	u, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	name := strings.TrimPrefix(u.Path, "/")
	if name == "" {
		name = u.Query().Get("dbname")
	}
	quoted := pgx.Identifier{name}.Sanitize()
	byHand(t, pgtest.AdminDSN(t), "ALTER DATABASE "+quoted+" ALLOW_CONNECTIONS false",
		"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '"+name+"'")
	back := func() { byHand(t, pgtest.AdminDSN(t), "ALTER DATABASE "+quoted+" ALLOW_CONNECTIONS true") }
	defer back()
	response, _ := r.get(t, "/collections/zones/items")
	tag := response.Header.Get("ETag")
	eventually(t, "the age of the data grows", func() (bool, string) {
		response, body := r.get(t, "/collections/zones/items?bbox=116,-2,118,2")
		if response.StatusCode != http.StatusOK {
			t.Fatalf("zones: %s %s", response.Status, body)
		}
		age, _ := strconv.Atoi(response.Header.Get("Kawasan-Data-Age"))
		return age >= 2, response.Header.Get("Kawasan-Data-Age")
	})
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, r.url+"/collections/zones/items", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("If-None-Match", tag)
	same, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	_ = same.Body.Close()
	if age, _ := strconv.Atoi(same.Header.Get("Kawasan-Data-Age")); same.StatusCode != http.StatusNotModified || age < 2 {
		t.Errorf("with its label: %s, age %q", same.Status, same.Header.Get("Kawasan-Data-Age"))
	}
	for _, path := range []string{"/proximity/nearest?from=zones/kik&to=ports", "/collections", "/collections/zones/tiles/WebMercatorQuad/6/32/52"} {
		if response, body := r.get(t, path); response.StatusCode != http.StatusOK {
			t.Errorf("%s: %s %s", path, response.Status, body)
		}
	}
	if response, _ := r.get(t, "/readyz"); response.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("/readyz: %s", response.Status)
	}
	back()
	eventually(t, "the data are current again", func() (bool, string) {
		response, _ := r.get(t, "/collections/zones/items?bbox=116,-2,118,2.1")
		age, _ := strconv.Atoi(response.Header.Get("Kawasan-Data-Age"))
		return age <= 1, response.Header.Get("Kawasan-Data-Age")
	})
}

// A storm of clients that go away in the middle of requests leaves no connection
// and no goroutine behind, and the server answers normally after it.
func TestClientsThatGoAway(t *testing.T) {
	// Not parallel: it counts goroutines and memory of this process.
	t.Run("database", func(t *testing.T) { clientsGoAway(t, "0") })
	t.Run("memory", func(t *testing.T) { clientsGoAway(t, "256") })
}

func clientsGoAway(t *testing.T, memory string) {
	dsn := pgtest.DSN(t)
	r := start(t, "--database-url", dsn, "--memory", memory, "--pool-size", "8")
	byHand(t, dsn, `CREATE TABLE kawasan.many (id text PRIMARY KEY, name text, geom geometry(Point, 4326))`,
		`INSERT INTO kawasan.many SELECT 'p' || i, repeat('x', 200), ST_SetSRID(ST_MakePoint(116 + i / 1e5, 0), 4326) FROM generate_series(1, 5000) i`)
	eventually(t, "the table", func() (bool, string) {
		response, body := r.get(t, "/collections/many/items?limit=1")
		return response.StatusCode == http.StatusOK, string(body)
	})
	http.DefaultClient.CloseIdleConnections()
	before, heap := runtime.NumGoroutine(), liveHeap()
	length := 2 * time.Second
	if os.Getenv("KAWASAN_TEST") == "all" {
		length = 10 * time.Second
	}
	address := strings.TrimPrefix(r.url, "http://")
	until := time.Now().Add(length)
	var asked atomic.Int64
	var clients sync.WaitGroup
	for i := range 32 {
		clients.Go(func() {
			for n := 0; time.Now().Before(until); n++ {
				conn, err := net.Dial("tcp", address) // closed at once
				if err != nil {
					continue
				}
				path := []string{"/collections/many/items?limit=5000", "/collections/many/items?limit=10000&sortby=-name", "/collections/many/items?filter=casei(name)%3D%27y%27", "/proximity/nearest?from=zones&to=many"}[(i+n)%4]
				_, _ = fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: %s\r\n\r\n", path, address)
				_ = conn.SetDeadline(time.Now().Add(50 * time.Millisecond))
				if n%3 == 0 {
					_, _ = conn.Read(make([]byte, 100))
				}
				time.Sleep(time.Duration(n%7) * time.Millisecond)
				_ = conn.Close()
				asked.Add(1)
			}
		})
	}
	clients.Wait()
	t.Logf("%d requests were left", asked.Load())
	if response, body := r.get(t, "/collections/many/items?limit=10"); response.StatusCode != http.StatusOK {
		t.Fatalf("after the storm: %s %s", response.Status, body)
	}
	eventually(t, "nothing is left behind", func() (bool, string) {
		_, figures := r.get(t, "/metrics")
		http.DefaultClient.CloseIdleConnections()
		quiet := true
		for _, want := range []string{
			`kawasan_pool_connections{state="acquired"} 0`, "kawasan_http_requests_in_flight 1", "kawasan_http_streams_open 0", "kawasan_http_connections_open 1",
		} {
			quiet = quiet && strings.Contains(string(figures), want+"\n")
		}
		now := runtime.NumGoroutine()
		// Idle connections to the database and the server's own workers come and go.
		// Finished answers may be kept meanwhile, and buffers wait for the next ones.
		const kept = 100 << 20
		held := liveHeap()
		return quiet && now <= before+16 && held <= heap+kept, fmt.Sprintf("%d goroutines, %d before; %d bytes held, %d before\n%s", now, before, held, heap, figures)
	})
}

// liveHeap is the memory in use after collecting.
func liveHeap() uint64 {
	runtime.GC()
	runtime.GC() // what pools held
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// A feature of ten million vertices is served or refused with a clear problem,
// and the rest goes on.
func TestGiantFeature(t *testing.T) {
	if os.Getenv("KAWASAN_TEST") != "all" {
		t.Skip("takes minutes and gigabytes: only with KAWASAN_TEST=all")
	}
	dsn := pgtest.DSN(t)
	r := start(t, "--database-url", dsn, "--memory", "256", "--timeout", "60s")
	byHand(t, dsn, `CREATE TABLE kawasan.giant (id text PRIMARY KEY, geom geometry(LineString, 4326))`,
		`INSERT INTO kawasan.giant VALUES ('small', ST_GeomFromText('LINESTRING(116 0, 117 1)', 4326))`,
		`INSERT INTO kawasan.giant SELECT 'coast', ST_SetSRID(ST_MakeLine(array_agg(ST_MakePoint(115 + i / 1e7, sin(i / 1e4)) ORDER BY i)), 4326) FROM generate_series(1, 10000000) i`)
	eventually(t, "the table", func() (bool, string) {
		response, body := r.get(t, "/collections/giant/items/small")
		return response.StatusCode == http.StatusOK, string(body)
	})
	for _, path := range []string{
		"/collections/giant/items/coast", "/collections/giant/items", "/collections/giant/items?bbox=115.5,0,115.6,0.5",
		"/proximity/nearest?from=zones/kik&to=giant", "/collections/giant/tiles/WebMercatorQuad/6/32/52",
	} {
		response, body := r.get(t, path)
		if s := response.StatusCode; s != 200 && s != 413 && s != 503 && s != 504 || s != 200 && !strings.Contains(string(body), `"detail"`) {
			t.Errorf("%s: %s %.300s", path, response.Status, body)
		}
		if response, _ := r.get(t, "/collections/zones/items"); response.StatusCode != http.StatusOK {
			t.Errorf("zones after %s: %s", path, response.Status)
		}
	}
}
