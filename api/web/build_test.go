package web_test

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
)

// TestDistIsBuiltFromSources builds the application anew and compares it with what is committed.
func TestDistIsBuiltFromSources(t *testing.T) {
	t.Parallel()
	install(t)
	run(t, "npx", "--no-install", "tsc", "--noEmit")
	fresh := t.TempDir()
	run(t, "node", "build.mjs", fresh)
	want, got := names(t, fresh), names(t, "dist")
	if !slices.Equal(got, want) {
		t.Fatalf("dist has the files\n%v\nbut its sources give\n%v\nmake web builds it", got, want)
	}
	for _, name := range want {
		if !bytes.Equal(content(t, filepath.Join("dist", name)), content(t, filepath.Join(fresh, name))) {
			t.Errorf("dist/%s is not what its sources give; make web builds it", name)
		}
	}
}

// TestLogic runs the tests of what needs no browser.
func TestLogic(t *testing.T) {
	t.Parallel()
	install(t)
	out := filepath.Join(t.TempDir(), "unit.mjs")
	run(t, "node", "test/unit.mjs", out)
	run(t, "node", "--test", out)
}

func names(t *testing.T, folder string) []string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, e := range entries {
		list = append(list, e.Name())
	}
	return list
}

// content reads a file, unpacked if it is compressed: other versions of a compressor give other bytes.
func content(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasSuffix(path, ".br") {
		return b
	}
	var plain bytes.Buffer
	if _, err := plain.ReadFrom(brotli.NewReader(bytes.NewReader(b))); err != nil {
		t.Fatal(err)
	}
	return plain.Bytes()
}

var installing sync.Mutex

// install brings the packages of package-lock.json, unless they are there.
func install(t *testing.T) {
	t.Helper()
	installing.Lock()
	defer installing.Unlock()
	if _, err := exec.LookPath("npm"); err != nil {
		t.Fatal("there is no npm; make test installs it")
	}
	wanted, err := os.ReadFile("package-lock.json")
	if err != nil {
		t.Fatal(err)
	}
	const mark = "node_modules/.kawasan-lock"
	if there, err := os.ReadFile(mark); err == nil && bytes.Equal(there, wanted) {
		return
	}
	run(t, "npm", "ci")
	if err := os.WriteFile(mark, wanted, 0o600); err != nil {
		t.Fatal(err)
	}
}

// run runs a program and gives what it writes; its failure is the test's.
func run(t *testing.T, name string, arguments ...string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Minute)
	defer cancel()
	out, err := exec.CommandContext(ctx, name, arguments...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(arguments, " "), err, out)
	}
	return string(out)
}
