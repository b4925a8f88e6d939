package filegdb_test

import (
	"os"
	"path/filepath"
	"testing"

	"kawasan/geo"
	"kawasan/geo/format"
	"kawasan/geo/format/source"
)

func TestNamesTheCommand(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "RTRW 2023.gdb")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"a00000001.gdbtable", "a00000001.gdbtablx", "gdb", "timestamps"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte("\x03\x00\x00\x00"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	in, err := source.OpenPath(folder, source.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	_, _, err = format.OpenSource(t.Context(), in, source.Options{})
	e := geo.AsError(err)
	if e == nil || e.Code != geo.Unsupported || e.Fix != "a GeoPackage made of it: ogr2ogr -f GPKG layers.gpkg 'RTRW 2023.gdb'" {
		t.Errorf("got %v", err)
	}
}
