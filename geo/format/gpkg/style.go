package gpkg

import (
	"fmt"
	"strings"

	"kawasan/geo/format/export"
	"kawasan/geo/format/style"
	"kawasan/geo/xmltext"
)

// addStyle writes the style of the layer, as QGIS keeps it and as OGC SLD. That of a layer without
// geometry, or with mixed ones, for which neither form has a symbol, titles the columns alone.
func (t *table) addStyle() error {
	lang := t.w.options.Lang
	qml, geometry := style.QML(t.layer, lang, Aliases(t.layer, lang)), "geom"
	if !t.layer.HasGeometry() {
		geometry = ""
	}
	return t.w.exec(`insert into layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description, update_time)
		values ('', '', ?, ?, ?, ?, ?, 1, '', ?)`, t.name, geometry, t.name, qml, style.SLD(t.layer, lang), lastChange(t.layer))
}

// Aliases gives the element of a style of QGIS that titles the columns of the layer's
// table: QGIS takes titles from there, whichever GDAL it reads the table with.
func Aliases(l export.Layer, lang string) string {
	var b strings.Builder
	b.WriteString("<aliases>")
	for i, column := range ColumnNames(l) {
		p := l.Columns()[i].Property
		if title := TitleOf(p, lang); title != p.Name {
			fmt.Fprintf(&b, `<alias field="%s" index="%d" name="%s"/>`, xmltext.Escape(column), i+2, xmltext.Escape(title)) // after fid and id
		}
	}
	b.WriteString("</aliases>")
	return b.String()
}
