package shp_test

import (
	"testing"

	"kawasan/geo/format/internal/sample"
	"kawasan/geo/format/shp"
)

func FuzzSource(f *testing.F) {
	writer := shp.Format()
	sample.FuzzSource(f, shp.Source(), "file.zip", &writer)
}

func FuzzParts(f *testing.F) {
	sample.FuzzParts(f, shp.Source(), shp.Format(), ".shp", ".dbf")
}
