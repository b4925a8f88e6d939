package fgb_test

import (
	"testing"

	"kawasan/geo/format/fgb"
	"kawasan/geo/format/internal/sample"
)

func FuzzSource(f *testing.F) {
	writer := fgb.Format()
	sample.FuzzSource(f, fgb.Source(), "file.fgb", &writer)
}
