package export

import "context"

// Options hold for a whole file. The zero value is usable.
type Options struct {
	// Context ends work that takes long after the last feature, such as making
	// tiles; nil never does. It lives as long as the file that is written.
	Context context.Context
	// Lang is the language of titles and readmes: "id", or anything else for English.
	Lang string
	// TempDir is where formats that don't stream keep their files until Close or
	// Discard; "" is the system's. They take about the size of the result, some twice that.
	TempDir string
	// Generator names the program and its version, for the provenance in the file.
	Generator string
	// WKT writes geometries of points as well-known text too, where the format
	// would give them a column for each coordinate (CSV, XLSX).
	WKT bool
	// GuardFormulas puts an apostrophe before text that a spreadsheet would run as
	// a formula (CSV only: no other format is read that way).
	GuardFormulas bool
	// MaxZoom is the deepest zoom of tiles (PMTiles only); 0 is 14.
	MaxZoom int
	// BOM begins text files with a byte order mark, by which Excel knows UTF-8 (CSV only).
	BOM bool
}
