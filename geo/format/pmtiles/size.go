package pmtiles

import "kawasan/geo/format/export"

// size estimates the bytes of an archive: a feature is once in most zoom levels, and its
// boundary in each tile that it crosses, with its attributes, which compression shrinks.
func size(f export.Figures) float64 {
	text := f.Text / max(f.Features, 1)
	return 3500 + 1370*f.Columns() + f.Features*(1140+5.3*text) + f.Degrees*(14_000+65*text) + 2.25*f.Positions
}
