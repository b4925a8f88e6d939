package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"kawasan/geo/geotest"
	"kawasan/geo/localpg/pgtest"
)

// running is a whole kawasan in this process, started the way the command line starts it.
type running struct {
	url    string
	stderr *geotest.Log
	stop   func() int
}

var readyLine = regexp.MustCompile(`ready: (http://\S+)/`)

// start runs 'kawasan serve' with more arguments until it is ready.
func start(t *testing.T, arguments ...string) *running {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	stderr := &geotest.Log{}
	done := make(chan int, 1)
	go func() {
		done <- run(ctx, append([]string{"serve", "--listen", "127.0.0.1:0"}, arguments...), streams{strings.NewReader(""), io.Discard, stderr})
	}()
	r := &running{stderr: stderr}
	var once sync.Once
	code := -1
	r.stop = func() int {
		once.Do(func() { cancel(); code = <-done })
		return code
	}
	t.Cleanup(func() { r.stop() })
	deadline := time.After(2 * time.Minute) // a net under a hanging test
	for {
		if m := readyLine.FindStringSubmatch(stderr.String()); m != nil {
			r.url = m[1]
			return r
		}
		select {
		case code := <-done:
			done <- code
			t.Fatalf("serve ended with code %d:\n%s", code, stderr)
		case <-deadline:
			t.Fatalf("serve did not become ready:\n%s", stderr)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// get asks for a path and gives status, header and body.
func (r *running) get(t *testing.T, path string) (*http.Response, []byte) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, r.url+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatalf("get %s: %v", path, err)
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatalf("get %s: %v", path, err)
	}
	return response, body
}

// json asks for a path and reads the answer, which must be 200.
func (r *running) json(t *testing.T, path string, into any) {
	t.Helper()
	response, body := r.get(t, path)
	if response.StatusCode != http.StatusOK {
		t.Fatalf("get %s: %s\n%s", path, response.Status, body)
	}
	if err := json.Unmarshal(body, into); err != nil {
		t.Fatalf("get %s: %v", path, err)
	}
}

// dataDir is an empty data directory that the database's user can reach.
func dataDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "kw")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o755); err != nil { // the database's user passes through
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return filepath.Join(dir, "data")
}

// A stranger's first minutes: start with nothing, ask, stop, start again.
func TestServeWithItsOwnDatabase(t *testing.T) {
	t.Parallel()
	dir := dataDir(t)
	r := start(t, "--data-dir", dir)
	var zones struct {
		NumberMatched int
		Features      []struct {
			ID       string
			Geometry struct{ Type string }
		}
	}
	r.json(t, "/collections/zones/items", &zones)
	var got []string
	for _, f := range zones.Features {
		got = append(got, f.ID+" "+f.Geometry.Type)
	}
	want := "kek-mbtk MultiPolygon, kib MultiPolygon, kik MultiPolygon"
	if strings.Join(got, ", ") != want || zones.NumberMatched != 3 {
		t.Errorf("zones: got %v, matched %d, want %s", got, zones.NumberMatched, want)
	}
	_, first := r.get(t, "/collections/zones/items")
	_, again := r.get(t, "/collections/zones/items")
	if !bytes.Equal(first, again) {
		t.Error("the same request gives other bytes")
	}

	// a second one on the same directory says so and ends
	var stderr bytes.Buffer
	code := run(t.Context(), []string{"serve", "--listen", "127.0.0.1:0", "--data-dir", dir}, streams{strings.NewReader(""), io.Discard, &stderr})
	if code == 0 || !strings.Contains(stderr.String(), dir) {
		t.Errorf("second server on %s: code %d, said %q", dir, code, stderr.String())
	}

	if code := r.stop(); code != 0 {
		t.Errorf("stopping: code %d\n%s", code, r.stderr)
	}
	if left := processesOn(t, dir); len(left) > 0 {
		t.Errorf("processes left behind: %v", left)
	}
	r = start(t, "--data-dir", dir)
	if strings.Contains(r.stderr.String(), "loading") && strings.Contains(r.stderr.String(), "created") {
		t.Errorf("the second start loads again:\n%s", r.stderr)
	}
	if _, body := r.get(t, "/collections/zones/items"); len(body) != len(first) {
		t.Errorf("after a restart: %d bytes, want %d", len(body), len(first))
	}
}

// processesOn lists processes whose command line names the directory.
func processesOn(t *testing.T, dir string) []string {
	t.Helper()
	files, _ := filepath.Glob("/proc/[0-9]*/cmdline")
	var found []string
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err == nil && bytes.Contains(raw, []byte(dir)) && bytes.Contains(raw, []byte("postgres")) {
			found = append(found, string(bytes.ReplaceAll(raw, []byte{0}, []byte{' '})))
		}
	}
	return found
}

// ogr2ogr imports every collection with its attributes.
func TestGDALImportsEverything(t *testing.T) {
	t.Parallel()
	r := start(t, "--database-url", pgtest.DSN(t))
	out := filepath.Join(t.TempDir(), "out.gpkg")
	command := exec.CommandContext(t.Context(), "ogr2ogr", "-f", "GPKG", out, "OAPIF:"+r.url) // our own URL
	if said, err := command.CombinedOutput(); err != nil {
		t.Fatalf("ogr2ogr (package gdal-bin): %v\n%s", err, said)
	}
	var collections struct {
		Collections []struct {
			ID        string
			ItemCount int
		}
	}
	r.json(t, "/collections", &collections)
	if len(collections.Collections) < 10 {
		t.Errorf("collections: got %d, want all that ship", len(collections.Collections))
	}
	for _, c := range collections.Collections {
		said, err := exec.CommandContext(t.Context(), "ogrinfo", "-so", out, c.ID).CombinedOutput() // a collection of ours
		if err != nil {
			t.Errorf("ogrinfo %s: %v\n%s", c.ID, err, said)
			continue
		}
		var page struct{ NumberMatched int }
		r.json(t, "/collections/"+c.ID+"/items?limit=1", &page)
		if want := fmt.Sprintf("Feature Count: %d\n", page.NumberMatched); !strings.Contains(string(said), want) {
			t.Errorf("%s: want %q in\n%s", c.ID, want, said)
		}
		var queryables struct{ Properties map[string]json.RawMessage }
		r.json(t, "/collections/"+c.ID+"/queryables", &queryables)
		for name := range queryables.Properties {
			if name != "geometry" && name != "id" && !strings.Contains(string(said), "\n"+name+": ") {
				t.Errorf("%s: attribute %s did not arrive", c.ID, name)
			}
		}
	}
}

// Each refusal is one sentence that names the remedy, and no success.
func TestServeSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = taken.Close() })
	tests := []struct {
		name      string
		arguments []string
		code      int
		want      string
	}{
		{"port taken", []string{"serve", "--listen", taken.Addr().String()}, 1, "is taken by another program"},
		{"no port", []string{"serve", "--listen", "nowhere"}, 1, "can't be listened on"},
		{"nobody at the address", []string{"serve", "--listen", "127.0.0.1:0", "--database-url", "postgres://127.0.0.1:1/x"}, 1, "no database answers"},
		{"not a URL", []string{"serve", "--listen", "127.0.0.1:0", "--database-url", "postgres://%zz"}, 1, "can't be read"},
		{"no connections", []string{"serve", "--pool-size", "0"}, 2, "--pool-size is 0; needed: 1 or more"},
		{"no time", []string{"migrate", "--timeout=-1s"}, 2, "--timeout is -1s; needed: a time such as 20s"},
		{"no exports", []string{"serve", "--exports", "0"}, 2, "--exports is 0; needed: 1 or more"},
		{"unknown flag", []string{"serve", "--nonsense"}, 2, "unknown flag"},
		{"unknown command", []string{"fly"}, 2, "unexpected argument"},
		{"bad log format", []string{"serve", "--log-format", "xml"}, 2, "must be one of"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var stderr bytes.Buffer
			code := run(t.Context(), test.arguments, streams{strings.NewReader(""), io.Discard, &stderr})
			if code != test.code || !strings.Contains(stderr.String(), test.want) {
				t.Errorf("got code %d and %q, want code %d and %q", code, stderr.String(), test.code, test.want)
			}
			if lines := bufio.NewScanner(bytes.NewReader(stderr.Bytes())); test.code == 1 && countLines(lines) != 1 {
				t.Errorf("want one sentence, got %q", stderr.String())
			}
		})
	}
}

func countLines(s *bufio.Scanner) int {
	n := 0
	for s.Scan() {
		n++
	}
	return n
}

func TestHelpTeaches(t *testing.T) {
	t.Parallel()
	for _, arguments := range [][]string{{}, {"--help"}, {"serve", "--help"}, {"load", "--help"}} {
		var out bytes.Buffer
		if code := run(t.Context(), arguments, streams{strings.NewReader(""), &out, io.Discard}); code != 0 || !strings.Contains(out.String(), "KAWASAN_") {
			t.Errorf("kawasan %v: code %d\n%s", arguments, code, out.String())
		}
	}
}

// The figures tell of what is in memory, on the address that they were given.
func TestMetricsOnTheirOwnAddress(t *testing.T) {
	t.Parallel()
	r := start(t, "--data-dir", dataDir(t), "--metrics-listen", "127.0.0.1:0")
	if response, _ := r.get(t, "/metrics"); response.StatusCode != http.StatusNotFound {
		t.Errorf("/metrics of the server: got %s, want 404", response.Status)
	}
	address := regexp.MustCompile(`url=(http://\S+)/metrics`).FindStringSubmatch(r.stderr.String())
	if address == nil {
		t.Fatalf("the log does not say where the metrics are:\n%s", r.stderr)
	}
	own := &running{url: address[1]}
	_, body := own.get(t, "/metrics")
	for _, want := range []string{
		`kawasan_snapshot_in_memory{collection="zones"} 1`, `kawasan_snapshot_features{collection="zones"} 3`,
		"kawasan_data_age_seconds ", `kawasan_pool_connections_max 8`, "go_goroutines ", `kawasan_build_info{version="dev"} 1`,
	} {
		if !strings.Contains(string(body), want) {
			t.Errorf("/metrics lacks %s", want)
		}
	}
}
