package parquet

import (
	"kawasan/geo"
	"kawasan/geo/format/export"
)

// Format describes the files.
func Format() export.Format {
	return export.Format{
		Name: "parquet", MediaType: "application/vnd.apache.parquet", Extension: ".parquet", AlsoCalled: []string{".geoparquet"},
		Title: geo.Text{EN: "GeoParquet"}, Use: geo.Text{EN: "for analysis with DuckDB, Python and R", ID: "untuk analisis dengan DuckDB, Python, dan R"},
		Binary: true, New: New,
		Size: export.Weights{File: 2080, Column: 250, Feature: 42, Text: 0.18, Digit: 0.77}.Size,
	}
}
