package pmtiles

import (
	"kawasan/geo"
	"kawasan/geo/format/export"
)

// Format describes the files.
func Format() export.Format {
	return export.Format{
		Name: "pmtiles", MediaType: "application/vnd.pmtiles", Extension: ".pmtiles",
		Title: geo.Text{EN: "PMTiles", ID: "PMTiles"}, Use: geo.Text{EN: "vector tiles for web maps, as one file", ID: "petak vektor untuk peta web, dalam satu berkas"},
		MultiLayer: true, Binary: true, WGS84Only: true, NeedsGeometry: true, New: New, Size: size,
	}
}
