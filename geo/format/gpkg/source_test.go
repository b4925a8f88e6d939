package gpkg_test

import (
	"testing"

	"kawasan/geo/format/gpkg"
	"kawasan/geo/format/internal/sample"
)

func FuzzSource(f *testing.F) {
	writer := gpkg.Format()
	sample.FuzzSource(f, gpkg.Source(), "file.gpkg", &writer)
}
