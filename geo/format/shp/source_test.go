package shp_test

import (
	"testing"

	"kawasan/geo/format/export"
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

// FuzzIndex hands a hostile .shx to shapes and rows that are sound.
func FuzzIndex(f *testing.F) {
	l := sample.New(f, "points", "Point", false, "POINT (1 2)", "", "POINT (3 4)")
	files := sample.Unpacked(f, sample.Bytes(f, shp.Format(), export.Options{}, l))
	f.Add(files["points.shx"])
	f.Add(append(files["points.shx"][:100:100], make([]byte, 24)...))
	f.Fuzz(func(t *testing.T, index []byte) {
		files["points.shx"] = index
		if _, err := sample.ReadAll(t, shp.Source(), "a.zip", sample.Packed(t, files)); err != nil {
			sample.CheckFault(t, err)
		}
	})
}
