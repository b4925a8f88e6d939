package jsonfile_test

import (
	"testing"

	"kawasan/geo/format/internal/sample"
	"kawasan/geo/format/jsonfile"
)

func FuzzSource(f *testing.F) {
	writer := jsonfile.Collection()
	sample.FuzzSource(f, jsonfile.Source(), "file.geojson", &writer, "{\"type\":\"Feature\",\"geometry\":null,\"properties\":{\"a\":[1,\"x\"]}}\n\x1e{\"type\":\"Feature\",\"id\":1,\"geometry\":{\"type\":\"Point\",\"coordinates\":[]},\"properties\":null}", `{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2,3,4]}]}`)
}
