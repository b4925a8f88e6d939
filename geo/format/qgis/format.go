package qgis

import (
	"kawasan/geo"
	"kawasan/geo/format/export"
)

// Format describes the files.
func Format() export.Format {
	return export.Format{
		Name: "qgis", MediaType: "application/zip", Extension: ".qgis.zip",
		Title: geo.Text{EN: "QGIS project with data", ID: "Proyek QGIS dengan data"}, Use: geo.Text{EN: "opens in QGIS, styled", ID: "langsung terbuka di QGIS, sudah bergaya"},
		MultiLayer: true, Binary: true, New: New,
	}
}
