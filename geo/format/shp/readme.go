package shp

import (
	"fmt"
	"strings"

	"kawasan/geo"
	"kawasan/geo/format/export"
)

// readme tells people what is in the zip and which field is which property.
func (w *writer) readme() string {
	lang := w.options.Lang
	say := func(en, id string) string { return geo.Text{EN: en, ID: id}.In(lang) }
	var b strings.Builder
	b.WriteString(say("Shapefiles. Text is UTF-8. Empty text and null look the same in a shapefile.\n",
		"Shapefile. Teks memakai UTF-8. Teks kosong dan null tampak sama dalam shapefile.\n"))
	for _, l := range w.layers {
		fmt.Fprintf(&b, "\n%s\n%s\n", l.base, strings.Repeat("=", len(l.base)))
		for _, fact := range l.Provenance(w.options) {
			fmt.Fprintf(&b, "%s: %s\n", fact.Title.In(lang), oneLine(fact.Value))
		}
		if !l.single {
			b.WriteString(say("The geometries are of several kinds, so there is a file for each; the parts of a geometry collection stand in the file of their kind, each with all attributes.\n",
				"Jenis geometrinya beragam, maka tiap jenis punya berkas sendiri; bagian dari kumpulan geometri ada di berkas jenisnya, masing-masing dengan semua atribut.\n"))
		}
		for _, f := range l.files {
			fmt.Fprintf(&b, "\n%s%s: %d %s\n", f.base, map[bool]string{true: ".dbf", false: ".shp"}[f.kind == none], f.records, say("records", "rekaman"))
			for i, column := range f.rows.fields {
				fmt.Fprintf(&b, "  %-10s  %s", column.name, describe(column, l.columns, i, lang))
				if column.cut > 0 {
					fmt.Fprintf(&b, "; "+say("cut to 254 bytes in %d records", "dipotong menjadi 254 byte pada %d rekaman"), column.cut)
				}
				if column.kind == 'C' && i > 0 && l.columns[i-1].Type == geo.Integer {
					b.WriteString("; " + say("as text, since a number would lose digits", "sebagai teks, karena sebagai bilangan akan kehilangan angka"))
				}
				b.WriteByte('\n')
			}
		}
	}
	return b.String()
}

// describe gives the property of field i, with title and unit.
func describe(f field, columns []export.Column, i int, lang string) string {
	text := f.property
	if i == 0 {
		return text
	}
	p := columns[i-1].Property
	if title := p.Title.In(lang); title != "" {
		text += ": " + oneLine(title)
	}
	if p.Unit != "" {
		text += " (" + p.Unit + ")"
	}
	return text
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
