package pmtiles

import (
	"kawasan/geo"
	"kawasan/geo/format/export"
)

// Format describes the files.
func Format() export.Format {
	return export.Format{
		Name: "pmtiles", MediaType: "application/vnd.pmtiles", Extension: ".pmtiles",
		Title: geo.Text{EN: "PMTiles", ID: "PMTiles"}, MultiLayer: true, Binary: true, WGS84Only: true, NeedsGeometry: true, New: New,
	}
}
