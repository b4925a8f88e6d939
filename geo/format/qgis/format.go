package qgis

import (
	"kawasan/geo"
	"kawasan/geo/format/export"
)

// Format describes the files.
func Format() export.Format {
	return export.Format{
		Name: "qgz", MediaType: "application/x-qgis-project", Extension: ".qgz",
		Title: geo.Text{EN: "QGIS project", ID: "Proyek QGIS"}, MultiLayer: true, Binary: true, New: New,
	}
}
