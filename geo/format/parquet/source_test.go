package parquet_test

import (
	"testing"

	"kawasan/geo/format/internal/sample"
	"kawasan/geo/format/parquet"
)

func FuzzSource(f *testing.F) {
	writer := parquet.Format()
	sample.FuzzSource(f, parquet.Source(), "file.parquet", &writer, seeds(f)...)
}
