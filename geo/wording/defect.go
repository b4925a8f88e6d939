package wording

import (
	"strings"

	"kawasan/geo"
)

// Defect says in a sentence what is wrong with rows of a table, and what follows.
func Defect(d geo.Defect) geo.Text {
	n, ids := Count(d.Rows), strings.Join(d.IDs, ", ")
	if len(d.IDs) == geo.DefectIDs {
		ids += " …"
	}
	switch d.Kind {
	case geo.WithoutID:
		return Say("Rows without an id, which are left out: %s.", "Baris tanpa id, yang ditinggalkan: %s.", n)
	case geo.SharedID:
		return Say("Rows whose id is also that of another row, which are left out: %s (%s).", "Baris yang id-nya juga dipakai baris lain, yang ditinggalkan: %s (%s).", n, ids)
	}
	return Say("Features whose geometry can't be converted to longitude and latitude, served without it: %s (%s).",
		"Fitur yang geometrinya tidak dapat diubah ke bujur dan lintang, disajikan tanpa geometri: %s (%s).", n, ids)
}
