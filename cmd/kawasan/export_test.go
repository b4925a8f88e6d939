package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// command runs a command line against a database.
func command(t *testing.T, ctx context.Context, dsn string, arguments ...string) (code int, out, problems string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code = run(ctx, append(arguments, "--database-url", dsn), streams{strings.NewReader(""), &stdout, &stderr})
	return code, stdout.String(), stderr.String()
}

func TestExportCommand(t *testing.T) {
	t.Parallel()
	dsn := mixedDatabase(t).URL
	byHand(t, dsn, `CREATE TABLE kawasan.keyless (name text)`)
	dir := t.TempDir()
	in := func(name string) string { return filepath.Join(dir, name) }
	for _, c := range []struct {
		name      string
		arguments []string
		code      int
		says      string // in what is printed
	}{
		{"one", []string{"zones", "-o", in("zones.gpkg")}, 0, "3 features to "},
		{"all", []string{"--all", "-o", in("all.gpkg")}, 0, "collections to "},
		{"several in a zip", []string{"zones", "mills", "zones", "-o", in("two.csv.zip")}, 0, "89 features of 2 collections"},
		{"by the name of the format", []string{"zones", "-f", "fgb", "-o", in("zones.data")}, 0, "3 features"},
		{"in a projected system", []string{"zones", "-o", in("utm.geojson"), "--crs", "EPSG:32750"}, 0, "3 features"},
		{"a box over the antimeridian", []string{"mills", "-o", in("antimeridian.csv"), "--bbox", "116.9,-1,-170,1"}, 0, "features"},
		{"a box in a projected system", []string{"zones", "-o", in("metres.csv"), "--bbox", "460000,9850000,490000,9900000", "--bbox-crs", "EPSG:32750", "--filter", "name LIKE 'Kaw%'"}, 0, "features"},
		{"a box", []string{"mills", "-o", in("box.csv"), "--bbox", "116,-1,117,1"}, 0, "features"},
		{"quiet", []string{"mills", "-q", "-o", in("quiet.csv")}, 0, ""},
		{"nothing", []string{"-o", in("x.gpkg")}, 1, "--all"},
		{"all and one", []string{"zones", "--all", "-o", in("x.gpkg")}, 1, "--all"},
		{"no such collection", []string{"zone", "-o", in("x.gpkg")}, 1, "needed: one of"},
		{"no such format", []string{"zones", "-f", "doc", "-o", in("x.gpkg")}, 1, "gpkg, fgb"},
		{"no such extension", []string{"zones", "-o", in("x.doc")}, 1, ".gpkg"},
		{"an extension of which a format has several files", []string{"zones", "-o", in("x.shp")}, 1, "x.zip"},
		{"another extension", []string{"zones", "-o", in("zones.json")}, 0, "3 features"},
		{"no such folder", []string{"zones", "-o", in("none/x.gpkg")}, 1, "folder"},
		{"no such system", []string{"zones", "-o", in("x.gpkg"), "--crs", "EPSG:1"}, 1, "EPSG:1"},
		{"a system that the format can't hold", []string{"zones", "-o", in("x.kml"), "--crs", "EPSG:32750"}, 1, "CRS84"},
		{"no such attribute", []string{"zones", "-o", in("x.gpkg"), "--properties", "nix"}, 1, "boundary_kind"},
		{"a wrong filter", []string{"zones", "-o", in("x.gpkg"), "--filter", "nix = 1"}, 1, "nix"},
		{"a wrong box", []string{"zones", "-o", in("x.gpkg"), "--bbox", "1,2,3"}, 1, "bbox has 3 numbers"},
		{"a box turned over", []string{"zones", "-o", in("x.gpkg"), "--bbox", "116,2,118,0"}, 1, "north of the northern one"},
		{"a box beyond the pole", []string{"zones", "-o", in("x.gpkg"), "--bbox", "116,2,118,91", "--lang", "id"}, 1, "di luar rentang"},
		{"a box in no system", []string{"zones", "-o", in("x.gpkg"), "--bbox", "116,0,118,2", "--bbox-crs", "EPSG:1"}, 1, `system "EPSG:1" is not supported`},
		{"a table that is not published", []string{"keyless", "-o", in("x.gpkg")}, 1, `the table "keyless" is not published as a collection: it has no single-column primary key`},
		{"a table that is not published, in Indonesian", []string{"keyless", "-o", in("x.gpkg"), "--lang", "id"}, 1, `tidak ada kunci utama satu kolom`},
		{"in Indonesian", []string{"zones", "-o", in("id.csv"), "--lang", "id"}, 0, "3 objek ke "},
		{"a wrong name in Indonesian", []string{"zone", "-o", in("x.gpkg"), "--lang", "id"}, 1, `tidak ada koleksi "zone"; yang diperlukan: salah satu dari `},
		{"no such format in Indonesian", []string{"zones", "-f", "doc", "-o", in("x.gpkg"), "--lang", "id"}, 1, `tidak ada format "doc"; yang diperlukan: salah satu dari gpkg, `},
		{"no such folder in Indonesian", []string{"zones", "-o", in("none/x.gpkg"), "--lang", "id"}, 1, "tidak dapat ditulis; yang diperlukan: nama di folder"},
		{"two in a file for one", []string{"zones", "mills", "-o", in("x.csv")}, 1, ".csv.zip"},
	} {
		code, out, problems := command(t, t.Context(), dsn, append([]string{"export"}, c.arguments...)...)
		if code != c.code || !strings.Contains(problems, c.says) || out != "" || c.name == "quiet" && problems != "" {
			t.Errorf("%s: got %d, %q on standard output, and %q", c.name, code, out, problems)
		}
	}
	left, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range left {
		names = append(names, f.Name())
	}
	if want := []string{"all.gpkg", "antimeridian.csv", "box.csv", "id.csv", "metres.csv", "quiet.csv", "two.csv.zip", "utm.geojson", "zones.data", "zones.gpkg", "zones.json"}; !slices.Equal(names, want) {
		t.Errorf("got files %v, want %v", names, want)
	}
	if n := countByGDAL(t, in("zones.gpkg"), "zones"); n != 3 {
		t.Errorf("GDAL finds %d zones", n)
	}
}

func TestExportToStandardOutput(t *testing.T) {
	t.Parallel()
	dsn := mixedDatabase(t).URL
	code, out, problems := command(t, t.Context(), dsn, "export", "mills", "-f", "geojson", "-o", "-", "--filter", "id < 'mill-003'", "--properties", "name")
	var d struct {
		Provenance struct{ Query string }
		Features   []struct {
			ID         string
			Properties map[string]any
		}
	}
	if err := json.Unmarshal([]byte(out), &d); err != nil || code != 0 {
		t.Fatalf("got %d %v %s %.500s", code, err, problems, out)
	}
	if len(d.Features) != 2 || len(d.Features[0].Properties) != 1 || !strings.HasPrefix(d.Provenance.Query, `kawasan export mills --filter "id <`) {
		t.Errorf("got %+v", d)
	}
}

// An export that is interrupted leaves no file, and says that it failed.
func TestExportInterrupted(t *testing.T) {
	t.Parallel()
	dsn := mixedDatabase(t).URL
	dir := t.TempDir()
	ctx, cancel := context.WithCancel(t.Context())
	old := filepath.Join(dir, "zones.gpkg")
	if err := os.WriteFile(old, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	cancel()
	code, _, problems := command(t, ctx, dsn, "export", "zones", "-o", old)
	content, err := os.ReadFile(old)
	if files, _ := os.ReadDir(dir); len(files) != 1 || err != nil || string(content) != "old" {
		t.Errorf("%d files, and the old one has %q", len(files), content)
	}
	if code == 0 {
		t.Errorf("got %d %s", code, problems)
	}
}

// What was imported says in each file which file it was.
func TestExportNamesTheFileImported(t *testing.T) {
	t.Parallel()
	dsn := mixedDatabase(t).URL
	file := filepath.Join(t.TempDir(), "plots.geojson")
	const content = `{"type":"FeatureCollection","features":[{"type":"Feature","id":"a","properties":{"name":"A"},"geometry":{"type":"Polygon","coordinates":[[[116,-1],[116.1,-1],[116.1,-0.9],[116,-1]]]}}]}`
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, out, problems := command(t, t.Context(), dsn, "import", "plots", file); code != 0 {
		t.Fatalf("got %d %s %s", code, out, problems)
	}
	want := fmt.Sprintf("plots.geojson sha256:%x", sha256.Sum256([]byte(content)))
	if code, out, problems := command(t, t.Context(), dsn, "export", "plots", "-f", "geojson", "-o", "-"); code != 0 || !strings.Contains(out, want) {
		t.Errorf("%q is not there: got %d %s %s", want, code, problems, out)
	}
}

// What the help and the page on exports show works, with the shipped data.
func TestExamplesOfExports(t *testing.T) {
	t.Parallel()
	dsn := mixedDatabase(t).URL
	page, err := os.ReadFile("../../docs/export.md")
	if err != nil {
		t.Fatal(err)
	}
	tried := map[string]bool{}
	for line := range strings.Lines(exportCommand{}.Help() + string(page)) {
		line, found := strings.CutPrefix(strings.TrimSpace(line), "kawasan export ")
		line, _, _ = strings.Cut(line, " | ")
		if !found || tried[line] {
			continue
		}
		tried[line] = true
		var arguments []string
		for i, quoted := range strings.Split(line, `"`) { // every other one stands in quotes
			if i%2 == 1 {
				arguments = append(arguments, quoted)
			} else {
				arguments = append(arguments, strings.Fields(quoted)...)
			}
		}
		if i := slices.Index(arguments, "-o"); arguments[i+1] != "-" {
			arguments[i+1] = filepath.Join(t.TempDir(), arguments[i+1])
		}
		if code, _, problems := command(t, t.Context(), dsn, append([]string{"export"}, arguments...)...); code != 0 || strings.HasPrefix(problems, "0 ") {
			t.Errorf("%s: %d %s", line, code, problems)
		}
	}
	if len(tried) < 5 {
		t.Errorf("only %d examples are tried", len(tried))
	}
}
