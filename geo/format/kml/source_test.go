package kml_test

import (
	"testing"

	"kawasan/geo/format/internal/sample"
	"kawasan/geo/format/kml"
)

func FuzzSource(f *testing.F) {
	writer := kml.Format()
	sample.FuzzSource(f, kml.Source(), "file.kml", &writer, `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><kml>&a;</kml>`, `<kml><Placemark><MultiGeometry><MultiGeometry><Point><coordinates>1,2</coordinates></Point></MultiGeometry></MultiGeometry></Placemark></kml>`)
}
