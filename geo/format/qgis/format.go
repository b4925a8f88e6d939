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
		Size: export.Weights{File: 6550, Column: 130, Feature: 37, Text: 0.35, Digit: 0.71}.Size,
	}
}
