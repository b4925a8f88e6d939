package csv_test

import (
	"testing"

	"kawasan/geo/format/csv"
	"kawasan/geo/format/internal/sample"
)

func FuzzSource(f *testing.F) {
	writer := csv.Format()
	sample.FuzzSource(f, csv.Source(), "file.csv", &writer, "sep=;\nid;x;y\n1;1,5;2,5\n", "a,wkt\n1,\"POINT (1 2)\"\n2,SRID=4326;POINT Z (1 2 3)\n")
}
