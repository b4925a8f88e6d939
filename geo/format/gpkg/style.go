package gpkg

import "kawasan/geo/format/style"

// addStyle writes the style of the layer, as QGIS keeps it and as OGC SLD. Layers
// of mixed geometries have none: neither form has a symbol for them.
func (t *table) addStyle() error {
	lang := t.w.options.Lang
	qml := style.QML(t.layer, lang)
	if qml == "" {
		return nil
	}
	return t.w.exec(`insert into layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description, update_time)
		values ('', '', ?, 'geom', ?, ?, ?, 1, '', ?)`, t.name, t.name, qml, style.SLD(t.layer, lang), lastChange(t.layer))
}
