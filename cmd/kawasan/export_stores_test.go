package main

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"kawasan/api"
	"kawasan/geo"
	"kawasan/geo/format"
)

// exported asks a server over a reader for a file.
func exported(t *testing.T, r geo.Reader, target string) []byte {
	t.Helper()
	s, err := api.New(api.Config{Reader: r, Version: "test", Exports: api.Exports{Dir: t.TempDir()}})
	if err != nil {
		t.Fatal(err)
	}
	response, err := s.App().Test(httptest.NewRequest(http.MethodGet, target, nil), -1)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("%s: %d %v %.500s", target, response.StatusCode, err, body)
	}
	return body
}

// Files are the same from memory and from PostGIS, and GDAL finds in them as many
// features as the database has.
func TestExportsOfBothStores(t *testing.T) {
	t.Parallel()
	s := openBoth(t, mixedDatabase(t))
	for id, p := range s.pools {
		for _, f := range format.All() {
			if f.NeedsGeometry && !p.collection.HasGeometry() || f.Name == "pmtiles" && id != "zones" {
				continue // many tiles of one kind tell no more than a few
			}
			if shipped := !slices.ContainsFunc(mixedTables, func(m struct{ name, key, geometry string }) bool { return m.name == id }); shipped && id != "zones" && f.Name != "gpkg" {
				continue
			}
			t.Run(id+" "+f.Name, func(t *testing.T) {
				target := "/collections/" + id + "/items?f=" + f.Name
				fromMemory, fromDatabase := exported(t, s.memory, target), exported(t, s.store, target)
				if !bytes.Equal(fromMemory, fromDatabase) {
					t.Fatalf("%d bytes from memory, %d from PostGIS, and not the same", len(fromMemory), len(fromDatabase))
				}
				layers := map[string]string{"gpkg": id, "fgb": "", "geojson": "", "geojsonseq": "", "csv": ""}
				if _, known := layers[f.Name]; !known {
					return // the layers of the others are told apart by more than the collection
				}
				path := filepath.Join(t.TempDir(), id+f.Extension)
				if err := os.WriteFile(path, fromDatabase, 0o600); err != nil {
					t.Fatal(err)
				}
				if got := countByGDAL(t, path, layers[f.Name]); got != len(p.features) {
					t.Errorf("GDAL finds %d features, the database has %d", got, len(p.features))
				}
			})
		}
	}
}

func countByGDAL(t *testing.T, path, layer string) int {
	t.Helper()
	arguments := []string{"-ro", "-so", "-al", path}
	if layer != "" {
		arguments = []string{"-ro", "-so", path, layer}
	}
	out, err := exec.Command("ogrinfo", arguments...).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	_, rest, found := strings.Cut(string(out), "Feature Count: ")
	line, _, _ := strings.Cut(rest, "\n")
	n, err := strconv.Atoi(line)
	if !found || err != nil {
		t.Fatal(fmt.Errorf("no count in %s", out))
	}
	return n
}
