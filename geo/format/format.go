package format

import (
	"strings"

	"kawasan/geo"
	"kawasan/geo/format/csv"
	"kawasan/geo/format/dxf"
	"kawasan/geo/format/export"
	"kawasan/geo/format/fgb"
	"kawasan/geo/format/gpkg"
	"kawasan/geo/format/jsonfile"
	"kawasan/geo/format/kml"
	"kawasan/geo/format/parquet"
	"kawasan/geo/format/pmtiles"
	"kawasan/geo/format/qgis"
	"kawasan/geo/format/shp"
	"kawasan/geo/format/xlsx"
)

// The words of the contract, for those who use the table; see the package export.
type (
	// Format is a kind of file.
	Format = export.Format
	// Writer writes one file.
	Writer = export.Writer
	// Layer is one table of features in a file.
	Layer = export.Layer
	// Options hold for a whole file.
	Options = export.Options
	// Figures are what sizes are estimated from.
	Figures = export.Figures
)

// All gives the formats, the ones that serve most first. The slice is the caller's.
func All() []Format {
	return []Format{
		gpkg.Format(),
		fgb.Format(),
		shp.Format(),
		parquet.Format(),
		pmtiles.Format(),
		jsonfile.Collection(),
		jsonfile.Sequence(),
		jsonfile.Lines(),
		csv.Format(),
		xlsx.Format(),
		qgis.Format(),
		kml.Zipped(),
		kml.Format(),
		dxf.Format(),
	}
}

// ByName finds a format by its code, as in f=gpkg, in lower case; false if there is none.
func ByName(name string) (Format, bool) {
	for _, f := range All() {
		if f.Name == name {
			return f, true
		}
	}
	return Format{}, false
}

// Find is ByName with an error for people: Invalid, and it lists the codes.
func Find(name string) (Format, error) {
	if f, ok := ByName(strings.ToLower(name)); ok {
		return f, nil
	}
	var names []string
	for _, f := range All() {
		names = append(names, f.Name)
	}
	if r := []rune(name); len(r) > 32 {
		name = string(r[:32]) + "…"
	}
	return Format{}, geo.Invalidf("f", "there is no format %q", name).Try("one of %s", strings.Join(names, ", "))
}
