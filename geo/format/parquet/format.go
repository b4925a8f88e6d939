package parquet

import (
	"kawasan/geo"
	"kawasan/geo/format/export"
)

// Format describes the files.
func Format() export.Format {
	return export.Format{
		Name: "parquet", MediaType: "application/vnd.apache.parquet", Extension: ".parquet",
		Title: geo.Text{EN: "GeoParquet"}, Binary: true, New: New,
	}
}
