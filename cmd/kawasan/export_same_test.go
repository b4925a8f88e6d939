package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"kawasan/geo"
	"kawasan/geo/format"
	"kawasan/geo/postgis"
)

// sameCollections are in each file that the command line writes.
var sameCollections = []string{"zones", "mixed", "numbered", "rows_only"}

// The same data are the same bytes in every format: whichever process writes them, on
// however many processors, from memory or from the database, at another time, in
// another time zone, folder and language of the environment.
func TestExportsOfTwoProcesses(t *testing.T) {
	if dsn := os.Getenv("KAWASAN_TEST_EXPORTS"); dsn != "" { // one of the processes
		writeExports(t, dsn)
		return
	}
	t.Parallel()
	dsn := mixedDatabase(t).URL
	changedLongAgo(t, dsn)
	var folders [2]string
	for i, environment := range [][]string{
		{"GOMAXPROCS=1", "TZ=Asia/Jayapura", "LANG=C", "KAWASAN_TEST_FROM=memory"},
		{"GOMAXPROCS=7", "TZ=America/New_York", "LANG=id_ID.UTF-8", "LC_ALL=id_ID.UTF-8", "KAWASAN_TEST_FROM=database", "GOGC=20"},
	} {
		folders[i] = t.TempDir()
		self := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestExportsOfTwoProcesses$")
		self.Dir, self.Env = folders[i], slices.Concat(os.Environ(), []string{"KAWASAN_TEST_EXPORTS=" + dsn, "TMPDIR=" + t.TempDir()}, environment)
		if out, err := self.CombinedOutput(); err != nil {
			t.Fatalf("%v: %v\n%s", environment, err, out)
		}
		if i == 0 {
			time.Sleep(2100 * time.Millisecond) // the clock of a zip goes in steps of two seconds
		}
	}
	compareFolders(t, folders[0], folders[1])
}

// changedLongAgo dates all changes so that today's date can come from nowhere but the clock.
func changedLongAgo(t *testing.T, dsn string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(t.Context()) }()
	if _, err := conn.Exec(t.Context(), `UPDATE kawasan._change_log SET changed_at = '2001-02-03 04:05:06+00'`); err != nil {
		t.Fatal(err)
	}
}

// writeExports writes every format into the working folder: by the API, and by the command line.
func writeExports(t *testing.T, dsn string) {
	both := openBoth(t, postgis.Options{URL: dsn})
	var reader geo.Reader = both.store
	if os.Getenv("KAWASAN_TEST_FROM") == "memory" {
		reader = both.memory
	}
	for _, f := range format.All() {
		id := "mixed"
		if f.Name == "pmtiles" {
			id = "zones" // which are few, so that there are not too many tiles
		}
		body := exported(t, reader, "/collections/"+id+"/items?f="+f.Name)
		if err := os.WriteFile("api"+f.Extension, body, 0o600); err != nil {
			t.Fatal(err)
		}
		out := "command" + f.Extension
		if !f.MultiLayer {
			out += ".zip"
		}
		arguments := slices.Concat([]string{"export", "--quiet", "--lang", "en", "--max-zoom", "5", "--format", f.Name, "--output", out, "--database-url", dsn}, sameCollections)
		var problems strings.Builder
		if code := run(t.Context(), arguments, streams{strings.NewReader(""), io.Discard, &problems}); code != 0 {
			t.Fatalf("%s: %d %s", f.Name, code, problems.String())
		}
	}
}

// compareFolders compares the files of two folders, which are those of all formats.
func compareFolders(t *testing.T, one, other string) {
	t.Helper()
	files, err := os.ReadDir(one)
	if err != nil || len(files) != 2*len(format.All()) {
		t.Fatalf("%d files: %v", len(files), err)
	}
	for _, file := range files {
		a, err := os.ReadFile(filepath.Join(one, file.Name()))
		if err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(filepath.Join(other, file.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(a, b) {
			t.Errorf("%s has %d bytes and %d, and they differ: %s", file.Name(), len(a), len(b), firstDifference(a, b))
		}
		if today := time.Now().UTC().Format(time.DateOnly); bytes.Contains(a, []byte(today)) {
			t.Errorf("%s has today's date in it", file.Name())
		}
	}
}

func firstDifference(a, b []byte) string {
	i := 0
	for i < min(len(a), len(b)) && a[i] == b[i] {
		i++
	}
	around := func(s []byte) []byte { return s[max(i-40, 0):min(i+40, len(s))] }
	return fmt.Sprintf("at %d %q and %q, on %s", i, around(a), around(b), runtime.GOARCH)
}
