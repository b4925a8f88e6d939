// Package geodata holds the data that come with the program, as one file of
// GeoJSON for each collection and one file of JSON for each table without
// geometry, and reads them.
//
// Coordinates are WGS84, longitude first, in degrees with at most seven decimals;
// outer rings run counterclockwise. Every file begins with a header that titles
// the collection in English and Indonesian and describes each attribute, so that a
// loader can make a typed table of it. SOURCES.md says what the data rest on.
//
// The package uses the standard library alone.
package geodata

import "embed"

//go:embed *.geojson *.json
var files embed.FS

// Collections reads the embedded collections, in order of their ids. Each call
// parses the files anew (some 300 kB) and gives values that the caller may keep
// and change.
func Collections() ([]Dataset, error) { return ReadCollections(files) }

// Tables reads the embedded tables without geometry, in order of their ids, at
// the same cost as Collections.
func Tables() ([]Table, error) { return ReadTables(files) }
